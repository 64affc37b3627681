#!/usr/bin/env node
// What the search costs and what it finds, on a handbook of ten thousand pages in English and Chinese: the page's own script over
// the built site, held to plain reading of all texts. Ends with 1 if something is missed, wrongly found or too heavy.
//
// usage: benches/search.mjs [PAGES] [QUERIES] [SITE]        [10000] [60 of each sort] [none: a handbook is made and built]
//
// Needs Node, and for the times Chromium with the packages of tests/browser. Bytes are what a web server sends: zlib, level 6.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Truth, all, first, searchOf, sectionsOf, zipped } from '../tests/browser/searching.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'release/examples/indexing');
const PAGES = process.argv[2] ?? '10000';
const QUERIES = Number(process.argv[3] ?? 60);
/** What a query may load, in bytes. */
const MOST = 150_000;
const work = mkdtempSync(join(tmpdir(), 'journeybook-search-'));
const say = line => process.stdout.write(`${line}\n`);
const kb = bytes => (bytes / 1000).toFixed(1);
const middle = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
const LANGUAGES = ['en', 'zh-cn'];
let wrong = 0;

/** Seconds of work, seconds until the end, and the peak of memory in MiB of a build. */
function build(kind, out, ...more) {
  rmSync(out, { recursive: true, force: true });
  // Only a parent knows what a child used: one for each build.
  const script = `import os,resource,sys,time;s=time.monotonic();c=os.spawnv(os.P_WAIT,sys.argv[1],sys.argv[1:]);u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,time.monotonic()-s,u.ru_maxrss/1024);sys.exit(c)`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, EXAMPLE, kind, PAGES, out, ...more], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.split(' ').map(Number);
}

function costs() {
  say(`| ${PAGES} pages | search | CPU s | wall s | peak MiB |\n|---|---|--:|--:|--:|`);
  for (const kind of ['journeybook', 'search']) {
    const turns = { with: [], without: [] };
    for (let turn = 0; turn < 3; turn += 1) {
      turns.without.push(build(kind, join(work, 'site'), '--without-search'));
      turns.with.push(build(kind, join(work, 'site')));
    }
    const [without, whole] = ['without', 'with'].map(name => [0, 1, 2].map(at => middle(turns[name].map(turn => turn[at]))));
    for (const [name, row] of [['without', without], ['with', whole]]) say(`| ${kind} | ${name} | ${row[0].toFixed(2)} | ${row[1].toFixed(2)} | ${row[2].toFixed(0)} |`);
    say(`| ${kind} | **share** | **${(1 - without[0] / whole[0]).toFixed(2)}** | ${(1 - without[1] / whole[1]).toFixed(2)} | **${(1 - without[2] / whole[2]).toFixed(2)}** |`);
  }
}

function sizes(folder) {
  say('\n| index | sections | files of words | of texts | raw KB | gzip KB | on opening KB |\n|---|--:|--:|--:|--:|--:|--:|');
  for (const lang of LANGUAGES) {
    const list = what => readdirSync(join(folder, 'search', lang, what)).map(name => readFileSync(join(folder, 'search', lang, what, name)));
    const [tokens, texts, index] = [list('tokens'), list('texts'), readFileSync(join(folder, 'search', lang, 'index.js'))];
    const files = [...tokens, ...texts, index];
    const total = measure => kb(files.reduce((sum, file) => sum + measure(file), 0));
    const { sections } = JSON.parse(String(index).replace(/^[^{]*/, '').replace(/[^}]*$/, ''));
    say(`| ${lang} | ${sections} | ${tokens.length} | ${texts.length} | ${total(file => file.length)} | ${total(zipped)} | ${kb(zipped(index))} |`);
  }
}

/** The queries of each sort; `found` are those that must be. */
function queries(truth) {
  const many = make => Array.from({ length: QUERIES }, (_, number) => make(number));
  const cut = word => word.slice(0, 1 + truth.roll(word.length));
  return {
    'one CJK character': many(() => truth.stretch(1)),
    'two CJK characters': many(() => truth.stretch(2)),
    'three to eight': many(number => truth.stretch(3 + number % 6)),
    'nowhere: CJK': many(number => truth.absent(3 + number % 4)),
    'a word': many(() => truth.words(1)),
    'a letter': [...'abcdefghijklmnopqrstuvwxyz'],
    'a beginning': many(() => cut(truth.words(1))),
    'two words': many(() => truth.words(2)),
    'many words': many(number => truth.words(3 + number % 3)),
    'word and CJK': many(() => `${truth.words(1)} ${truth.stretch(2)}`),
    'common ones': ['客户 配送 服务 我们 门店 短信', '客户服务的痛点', 'the customer and the delivery of a message to the store', 'CSAT 配送', 'a b c d e f', '的了是在不'],
    'a sentence': many(() => truth.stretch(10)),
  };
}

async function asked(folder, lang) {
  const shared = searchOf(folder);
  const truth = new Truth(shared, sectionsOf(folder, lang), 7);
  say(`\n| ${lang}: queries | asked | answers, median | missed | false | phrase not first | KB, median | KB, most | by |\n|---|--:|--:|--:|--:|--:|--:|--:|---|`);
  for (const [sort, list] of Object.entries(queries(truth))) {
    const [counts, bytes] = [[], []];
    let [missed, falsely, late] = [0, 0, 0];
    for (const query of new Set(list)) {
      const held = truth.holding(query);
      counts.push(held.length);
      const fresh = searchOf(folder);
      const { results, left, exact } = await first(fresh, lang, query);
      bytes.push([fresh.read.bytes(), query]);
      falsely += results.filter(result => !held.includes(result.href)).length;
      if (exact && results.length + left !== held.length) falsely += 1;
      // Of short answers all are held to the truth; of long ones the first.
      if (held.length <= 2000) {
        const hrefs = new Set((await all(shared, lang, query)).map(result => result.href));
        missed += held.filter(href => !hrefs.has(href)).length;
        falsely += [...hrefs].filter(href => !held.includes(href)).length;
      } else if (results.length < 10) missed += 1;
      const phrase = shared.fold(query);
      const alike = shared.runs(phrase).map(run => run.kind === 'word' ? shared.stem(run.text) : run.text).join(' ');
      const holds = text => text.includes(phrase) || text.includes(alike);
      const exactly = truth.sections.filter(section => holds(section.all)).length;
      const best = results.slice(0, exactly).findIndex(result => !holds(`${shared.fold(result.title)}\n${shared.fold(result.text)}`));
      if (best >= 0) late += 1;
    }
    const [most, by] = bytes.toSorted((a, b) => b[0] - a[0])[0];
    wrong += missed + falsely + (most > MOST ? 1 : 0);
    say(`| ${sort} | ${counts.length} | ${middle(counts)} | ${missed} | ${falsely} | ${late} | ${kb(middle(bytes.map(([size]) => size)))} | ${kb(most)} | ${by} |`);
  }
}

/** Milliseconds from typing to the first results, the files being there, in a real browser; what no text holds has none. */
async function times(folder) {
  const { chromium } = await import('../tests/browser/node_modules/playwright-core/index.mjs').catch(() => ({}));
  if (!chromium) return say('\nNo browser: no times.');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  say('\n| page | typed | ms to the first results |\n|---|---|--:|');
  for (const [start, lang, list] of [['index.html', 'en', ['delivery', 'c', 'customer message', 'CSAT 配送']], ['zh-cn/index.html', 'zh-cn', ['客户', '配送安装', '的', 'CSAT 配送']]]) {
    const truth = new Truth(searchOf(folder), sectionsOf(folder, lang), 7);
    // A long phrase is written out of a text: nearly none that one thinks of stands in texts made by throwing dice.
    if (lang !== 'en') list.push(truth.stretch(7));
    await page.goto(`file://${join(folder, start)}`);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    for (const query of list) {
      const took = await page.evaluate(async typed => {
        const [input, list] = [document.querySelector('dialog [type="search"]'), document.querySelector('dialog ol')];
        const type = async text => {
          const shown = new Promise(done => { new MutationObserver((_, self) => { self.disconnect(); requestAnimationFrame(done); }).observe(document.querySelector('dialog output'), { childList: true }); });
          input.value = text;
          input.dispatchEvent(new Event('input'));
          await shown;
        };
        await type(typed);
        await type('');
        const start = performance.now();
        await type(typed);
        return list.children.length > 0 ? performance.now() - start : undefined;
      }, query);
      const held = truth.holding(query).length > 0;
      if (held !== (took !== undefined)) wrong += 1;
      say(`| ${start} | ${query} | ${took?.toFixed(1) ?? (held ? 'missed' : 'nowhere')} |`);
    }
  }
  await browser.close();
}

try {
  const folder = process.argv[4] ?? join(work, 'site');
  if (!process.argv[4]) {
    execFileSync('cargo', ['build', '--release', '--quiet', '--example', 'indexing'], { cwd: ROOT, stdio: 'inherit' });
    costs();
  }
  sizes(folder);
  for (const lang of LANGUAGES) await asked(folder, lang);
  await times(folder);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
