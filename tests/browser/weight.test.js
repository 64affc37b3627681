// How heavy a page is when a reader comes, and whether it stands still: over real requests, as a web server that packs texts sends
// them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BOUNDED, KINDS, buildSite, htmlFiles, launch, newPage, none } from './support.js';

/** The most that a page may weigh in all when a reader comes, and what more a later page may need, in bytes. */
const FIRST = { map: 45_000, text: 25_000 };
const LATER = { map: 12_288, text: 12_000 };
/** What every page loads. */
const EVERYWHERE = new Set(['theme/handbook.css', 'theme/handbook.js', 'theme/theme.js', 'theme/favicon.svg']);

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };

/** Which pages also come in pieces. */
const PIECES = new Set([
  'home', 'map', 'empathy map', 'map without persona', 'day in the life', 'catalogue', 'touchpoint', 'opportunity', 'lesson', 'guide', 'guide folder',
  'missing page',
]);

/** A page in pieces: cut within the bar at its top, after it, beside what stands beside the text, at sections, and before the foot. */
function pieces(html) {
  const brand = html.indexOf('</a>', html.indexOf('jb-top-bar__brand')) + '</a>'.length;
  const bar = html.indexOf('</header>') + '</header>'.length;
  const foot = html.indexOf('<footer');
  const parts = [...html.slice(0, foot).matchAll(/<aside|(?<=<\/aside>)|<section/g)].map(({ index }) => index).filter(at => at > bar);
  const seams = [brand, html.indexOf('<div class="jb-top-bar__tools'), bar, ...parts.slice(0, 5), foot];
  return [0, ...seams].map((start, at) => html.slice(start, seams[at]));
}

/** A server that packs texts, zlib at level 6, and lets browsers keep what is not a page; `sent` says what it sent. */
async function packing(t, folder) {
  const sent = [];
  /** How long scripts are kept back, and each piece of a page that comes in pieces, in milliseconds. */
  const late = { scripts: 0, pieces: 0 };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const bytes = await readFile(join(folder, file)).catch(() => undefined);
    const type = TYPES[extname(file)];
    const body = bytes && type ? gzipSync(bytes, { level: 6 }) : bytes ?? Buffer.alloc(0);
    sent.push({ file, bytes: body.length, content: !type });
    const keep = extname(file) === '.html' ? 'no-store' : 'max-age=600';
    if (late.scripts > 0 && extname(file) === '.js') await new Promise(rest => setTimeout(rest, late.scripts));
    if (late.pieces > 0 && extname(file) === '.html') {
      response.writeHead(200, { 'Content-Type': type });
      for (const piece of pieces(bytes.toString())) {
        response.write(piece);
        await new Promise(rest => setTimeout(rest, late.pieces));
      }
      response.end();
      return;
    }
    response.writeHead(bytes ? 200 : 404, { 'Content-Type': type ?? 'application/octet-stream', 'Cache-Control': keep, ...type ? { 'Content-Encoding': 'gzip' } : {} });
    response.end(body);
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, sent, late };
}

/** What was sent, but for a handbook's own pictures, and for the mark in the tab, which comes when the browser likes. */
const ours = sent => sent.filter(({ content, file }) => !content && !file.includes('/assets/') && !file.endsWith('favicon.svg'));
const weight = sent => ours(sent).reduce((sum, { bytes }) => sum + bytes, 0);

const kb = bytes => (bytes / 1000).toFixed(1);

/** What moves while a page loads: by how much, and which elements. */
async function movesOf(browser, address, viewport) {
  const page = await newPage(browser, { viewport });
  await page.addInitScript(() => {
    globalThis.moved = [];
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) globalThis.moved.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node, previousRect: from, currentRect: to }) => `${node?.className || node?.nodeName} “${node?.textContent.trim().slice(0, 20)}” ${from.x},${from.y} → ${to.x},${to.y}`).join('; ')}`);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const moved = await page.evaluate(() => globalThis.moved);
  await page.context().close();
  return moved;
}

test('the weight of pages', BOUNDED, async t => {
  const folder = await buildSite(t);
  const { url, sent, late } = await packing(t, folder);
  const browser = await launch(t);

  await t.test('whoever comes to a page loads little, and less for the next', async () => {
    const faults = [];
    const heaviest = { map: [0], text: [0], later: [0] };
    const files = await htmlFiles(folder);
    assert.ok(files.length > 200);
    // What comes with every page is measured in the browser for one page of each kind and language; the pages differ by their HTML.
    const mark = gzipSync(await readFile(join(folder, 'theme/favicon.svg')), { level: 6 }).length;
    const beside = new Map();
    for (const [kind, path] of Object.entries(KINDS)) {
      for (const file of [path, `zh-cn/${path}`]) {
        const page = await newPage(browser);
        sent.length = 0;
        await page.goto(url + file, { waitUntil: 'load' });
        const html = sent.filter(request => request.file === `/${file}`);
        assert.equal(html.length, 1, file);
        beside.set(file, weight(sent) - html[0].bytes + mark);
        sent.length = 0;
        await page.goto(`${url}guides/index.html`, { waitUntil: 'load' });
        const more = ours(sent).filter(request => !request.file.endsWith('.html')).map(request => request.file);
        if (kind !== 'guide index') none(more, `${file} and then another page: loaded again`);
        await page.context().close();
      }
    }
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      const html = gzipSync(text, { level: 6 }).length;
      const kind = /(^|\/)maps\//.test(file) ? 'map' : 'text';
      const linked = [...text.matchAll(/(?:src|href)="[^"]*(theme\/[^"]*)"/g)].map(([, name]) => name);
      let all = html;
      // What a page loads that others do not: more than its HTML, for whoever has seen another page.
      let later = html;
      for (const name of new Set(linked)) {
        const bytes = gzipSync(await readFile(join(folder, name)), { level: 6 }).length;
        all += bytes;
        if (!EVERYWHERE.has(name)) later += bytes;
      }
      if (beside.has(file)) assert.equal(all, html + beside.get(file), `${file}: what the browser asked for`);
      if (all > heaviest[kind][0]) heaviest[kind] = [all, file];
      if (later > heaviest.later[0]) heaviest.later = [later, file];
      if (all > FIRST[kind]) faults.push(`${file}: ${kb(all)} KB in all`);
      if (later > LATER[kind]) faults.push(`${file}: ${kb(later)} KB after another page`);
    }
    for (const [what, [bytes, file]] of Object.entries(heaviest)) t.diagnostic(`heaviest ${what}: ${kb(bytes)} KB, ${file}`);
    t.diagnostic(`beside the page: ${kb(Math.min(...beside.values()))} to ${kb(Math.max(...beside.values()))} KB`);
    none(faults, 'too heavy');
  });

  await t.test('nothing but one style sheet holds up the first paint', async () => {
    const faults = [];
    const page = await newPage(browser);
    for (const path of Object.values(KINDS)) {
      await page.goto(url + path, { waitUntil: 'load' });
      const holding = await page.evaluate(() => performance.getEntriesByType('resource').filter(entry => entry.renderBlockingStatus === 'blocking').map(entry => new URL(entry.name).pathname));
      if (holding.join() !== '/theme/handbook.css') faults.push(`${path}: ${holding}`);
    }
    none(faults, 'held up by');
  });

  await t.test('nothing moves while a page loads, wide and on a phone', async () => {
    const faults = [];
    for (const [lang, viewport] of [['', { width: 1440, height: 900 }], ['zh-cn/', { width: 390, height: 800 }]]) {
      for (const [kind, path] of Object.entries(KINDS)) {
        for (const [how, held] of [['late scripts', { scripts: 100, pieces: 0 }], ...PIECES.has(kind) ? [['in pieces', { scripts: 0, pieces: 60 }]] : []]) {
          Object.assign(late, held);
          // A busy machine may paint half a table before it reads on: what moves once and then no more is not the page's fault.
          const move = () => movesOf(browser, url + lang + path, viewport);
          const moved = (await move()).length > 0 ? await move() : [];
          for (const by of moved) faults.push(`${lang}${path} at ${viewport.width} px, ${how}: ${by}`);
        }
      }
    }
    none(faults, 'moved');
  });
});
