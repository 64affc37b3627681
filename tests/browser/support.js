// What the browser tests share: the example as a site, a server for it, the preview, and a browser to look with.
//
// Whatever is opened belongs to the test that opened it and is closed when that test ends, however it ends.
// Nothing leaves this machine: every address is on 127.0.0.1 or on the disk.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = resolve(HOME, process.env.CARGO_TARGET_DIR ?? 'target', 'release/journeybook');

// What tests build is of no use to a later build.
process.env.JOURNEYBOOK_CACHE = '';

/** The handbook that is shown. */
export const CONTENT = join(HOME, 'content-example');

/** A handbook made for one test, by its folder's name. */
export const handbook = name => join(HOME, 'tests/handbooks', name);

/** The promise of a published site: nothing inline, nothing from elsewhere. */
export const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'";

/** Far longer than any test here takes, so that only a hang runs into it. */
export const BOUNDED = { timeout: 600_000 };

/** How long a single step in the browser may take, in milliseconds. */
const PATIENCE = 10_000;

/** One page of every kind. */
export const KINDS = {
  'home': 'index.html',
  'persona index': 'personas/index.html',
  'persona': 'personas/first-time-buyer.html',
  'map index': 'maps/index.html',
  'map': 'maps/buying-a-first-machine.html',
  'empathy map': 'maps/mei-lin-waiting-for-the-van.html',
  'blueprint': 'maps/delivery-behind-the-door.html',
  'future state': 'maps/buying-a-first-machine-2027.html',
  'comparison': 'maps/buying-a-first-machine-2027/compare.html',
  'map without persona': 'maps/appliance-life.html',
  'map of several personas': 'maps/one-delivery-three-people.html',
  'day in the life': 'maps/mei-lin-thursday.html',
  'catalogue': 'touchpoints/index.html',
  'touchpoint': 'touchpoints/video-support.html',
  'channels': 'channels/index.html',
  'channel': 'channels/app.html',
  'moments': 'moments/index.html',
  'moments by owner': 'moments/by-owner.html',
  'coverage of personas': 'coverage/index.html',
  'coverage of touchpoints': 'coverage/touchpoints.html',
  'coverage of moments': 'coverage/moments.html',
  'teams': 'teams/index.html',
  'team': 'teams/logistics.html',
  'insights': 'insights/index.html',
  'insight': 'insights/two-thursdays-2026.html',
  'evidence coverage': 'coverage/evidence.html',
  'opportunities': 'opportunities/index.html',
  'opportunities by team': 'opportunities/by/team.html',
  'opportunities by map': 'opportunities/by/map.html',
  'opportunity gaps': 'opportunities/by/gaps.html',
  'opportunity': 'opportunities/parts-promise.html',
  'finished opportunity': 'opportunities/two-programme-card.html',
  'metrics': 'metrics/index.html',
  'walk-throughs': 'walkthroughs/index.html',
  'walk-through': 'walkthroughs/a-wednesday-on-the-third-floor.html',
  'reviews': 'reviews/index.html',
  'overdue map': 'maps/repair-under-warranty.html',
  'metric': 'metrics/started-unaided.html',
  'training index': 'training/index.html',
  'course': 'training/doorstep/index.html',
  'lesson': 'training/doorstep/delivery-day.html',
  'guide index': 'guides/index.html',
  'guide': 'guides/what-a-journey-map-is.html',
  'guide folder': 'guides/map-kinds/index.html',
  'glossary': 'glossary/index.html',
  'tags': 'tags/index.html',
  'tag': 'tags/door-and-stairs.html',
  'missing page': '404.html',
};

/** A new folder, gone when the test is. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'journeybook-browser-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** Builds the example, or another handbook; gives the site's folder. */
export async function buildSite(t, content = CONTENT) {
  const folder = join(await temporaryFolder(t), 'site');
  await promisify(execFile)(PROGRAM, ['build', content, '--out', folder], { timeout: PATIENCE });
  return folder;
}

/** Every HTML file of a site, from its top folder, in order. */
export async function htmlFiles(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter(name => name.endsWith('.html')).sort();
}

const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A plain web server for a folder, below `prefix`, with the policy on every answer; gives the site's address. */
export async function host(t, folder, prefix = '/') {
  const read = path => readFile(join(folder, path)).catch(() => undefined);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const bytes = file.startsWith(prefix) ? await read(file.slice(prefix.length)) : undefined;
    const type = bytes ? MEDIA_TYPES[extname(file)] ?? 'application/octet-stream' : MEDIA_TYPES['.html'];
    response.writeHead(bytes ? 200 : 404, { 'Content-Security-Policy': POLICY, 'Content-Type': type });
    response.end(bytes ?? await read('404.html'));
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}${prefix}`;
}

/**
 * `journeybook serve` on a copy of the example, or once more on the folder and the port of an earlier one; gives its folder,
 * its address, what its terminal shows, and a way to end it.
 */
export async function preview(t, options = [], earlier = undefined) {
  const folder = earlier?.folder ?? join(await temporaryFolder(t), 'handbook');
  if (!earlier) await cp(CONTENT, folder, { recursive: true });
  const port = earlier ? new URL(earlier.url).port : '0';
  const child = spawn(PROGRAM, ['serve', folder, '--port', port, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise(done => child.once('exit', done));
  const end = () => {
    child.kill('SIGKILL');
    return ended;
  };
  t.after(end);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => { said += text; });
  const url = await until('the preview starts', () => said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0]);
  return { folder, url, terminal: () => said, end };
}

/** Ways to change the files of a handbook: to write one, with its folder if need be, and to replace words in one. */
export function writer(folder) {
  const write = async (name, text) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const replace = async (name, from, to) => {
    const text = await readFile(join(folder, name), 'utf8');
    assert.ok(text.includes(from), `${name} has no ${from}`);
    await write(name, text.replace(from, to));
  };
  return { write, replace };
}

/** Asks again and again until the answer is truthy, and gives it. */
export async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise(rest => setTimeout(rest, 20));
  }
  throw new Error(`waited ${PATIENCE / 1000} s in vain until ${what}`);
}

/** Chromium with a profile of its own. */
export async function launch(t) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    timeout: 30_000,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  t.after(() => browser.close());
  return browser;
}

/** An empty page, still unless asked to move, in a window of its own. */
export async function newPage(browser, settings = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...settings });
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

/** The built and hosted example with a browser to look at it. */
export async function openSite(t) {
  const folder = await buildSite(t);
  const [url, browser] = await Promise.all([host(t, folder), launch(t)]);
  return { folder, url, browser };
}

/** Fails with every fault there is, one a line. */
export function none(faults, what) {
  if (faults.length > 0) assert.fail(`${what}:\n${faults.slice(0, 40).join('\n')}${faults.length > 40 ? '\n…' : ''}`);
}
