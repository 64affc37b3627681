// The search: the twin tokenizer, what is found and what is not, and the box that a reader types into.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { BOUNDED, buildSite, newPage, none, openSite, until } from './support.js';
import { all, searchOf, sectionsOf } from './searching.js';

test('the tokenizer gives what the shared vectors say', async () => {
  const vectors = JSON.parse(readFileSync(new URL('../vectors/search.json', import.meta.url), 'utf8'));
  const { fold, runs, stem, pairs } = searchOf('');
  for (const vector of vectors) {
    const found = runs(fold(vector.text));
    const words = found.filter(run => run.kind === 'word').map(run => run.text);
    const grams = found.filter(run => run.kind === 'cjk' && [...run.text].length > 1).flatMap(run => [...pairs(run.text)]);
    assert.deepEqual(
      { fold: fold(vector.text), words: [...words], stems: [...words.map(stem).filter((base, at) => base !== words[at])], pairs: [...grams] },
      { fold: vector.fold, words: vector.words, stems: vector.stems, pairs: vector.pairs },
      vector.text,
    );
  }
});

test('what is found on the example', BOUNDED, async t => {
  const folder = await buildSite(t);

  await t.test('every stretch of two or more Chinese characters is found where it stands, and nowhere else', async () => {
    const search = searchOf(folder);
    const sections = sectionsOf(folder, 'zh-cn');
    const folded = sections.map(section => [section.href, search.fold(section.title), search.fold(section.text)]);
    let queries = 0;
    for (let at = 0; at < sections.length; at += 3) {
      const stretches = search.runs(folded[at][2]).filter(run => run.kind === 'cjk').map(run => [...run.text]);
      const signs = stretches.find(stretch => stretch.length >= 2);
      if (!signs) continue;
      const length = 2 + at % 5;
      const start = (at * 7) % Math.max(1, signs.length - length + 1);
      const query = signs.slice(start, start + length).join('');
      const truth = folded.filter(([, title, text]) => title.includes(query) || text.includes(query)).map(([href]) => href);
      const found = (await all(search, 'zh-cn', query)).map(result => result.href);
      assert.deepEqual([...found].sort(), truth.sort(), query);
      queries += 1;
    }
    assert.ok(queries > 60, `only ${queries} queries`);
  });

  await t.test('absent stretches of characters that are all there are not found', async () => {
    const search = searchOf(folder);
    for (const query of ['信短段时', '梯楼与门', '刻时键关']) assert.deepEqual(await all(search, 'zh-cn', query), [], query);
  });

  await t.test('words are found by their beginning, in singular and plural, and all of them', async () => {
    const search = searchOf(folder);
    const has = async (query, href) => assert.ok((await all(search, 'en', query)).some(result => result.href === href), query);
    await has('mess', 'touchpoints/slot-message.html');
    await has('slot messages', 'touchpoints/slot-message.html');
    await has('MESSAGE slot', 'touchpoints/slot-message.html');
    assert.deepEqual(await all(search, 'en', 'slot zebra'), []);
    assert.ok((await all(search, 'zh-cn', 'CSAT 配送')).length > 0);
  });

  await t.test('a title comes before a heading, a heading before a text, and the words as typed before others', async () => {
    const search = searchOf(folder);
    assert.equal((await all(search, 'en', 'slot message'))[0].href, 'touchpoints/slot-message.html');
    assert.equal((await all(search, 'zh-cn', '时段短信'))[0].href, 'zh-cn/touchpoints/slot-message.html');
    const found = await all(search, 'en', 'moments of truth');
    assert.match(found[0].title, /^Moments? of truth$/);
  });

  await t.test('filters leave only what they name', async () => {
    const search = searchOf(folder);
    const everything = await all(search, 'en', 'door');
    const touchpoints = await all(search, 'en', 'door', [['kind', 'touchpoints']]);
    assert.ok(touchpoints.length > 0 && touchpoints.length < everything.length);
    assert.ok(touchpoints.every(result => result.href.startsWith('touchpoints/')));
    const delivery = await all(search, 'en', 'door', [['kind', 'touchpoints'], ['stage', 'delivery']]);
    assert.ok(delivery.length > 0 && delivery.length < touchpoints.length);
  });

  await t.test('no file of the index is large, and a snippet marks what was found', async () => {
    const search = searchOf(folder);
    await all(search, 'zh-cn', '配送');
    assert.ok(search.read.packed.every(text => text.length < 60_000));
    assert.deepEqual(JSON.parse(JSON.stringify(search.snippet('顾客说门太窄。', '门太'))), [['顾客说', false], ['门太', true], ['窄。', false]]);
    assert.deepEqual(JSON.parse(JSON.stringify(search.snippet('Two Journeys', 'journeys'))), [['Two ', false], ['Journey', true], ['s', false]]);
  });
});

const QUERIES = { en: ['index.html', 'slot message', 'touchpoints/slot-message.html'], 'zh-CN': ['zh-cn/index.html', '时段短信', 'zh-cn/touchpoints/slot-message.html'] };

/** Opens the search with a key, types, goes to the first result with the arrow and follows it. */
async function searchByKeyboard(page, top, [start, query, wanted], key) {
  await page.goto(top + start);
  await page.keyboard.press(key);
  const dialog = page.locator('dialog[data-jb="search"][open]');
  await dialog.waitFor();
  await page.keyboard.insertText(query);
  await until('the box says how many there are', async () => /\d/.test(await dialog.locator('output').textContent()));
  const at = selector => page.evaluate(wanted => document.activeElement.matches(wanted), selector);
  await page.keyboard.press('ArrowDown');
  assert.ok(await at('ol li:first-child a'));
  await page.keyboard.press('ArrowUp');
  assert.ok(await at('input[type="search"]'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(top + wanted);
}

test('the search box', BOUNDED, async t => {
  const { folder, url, browser } = await openSite(t);
  const disk = `${pathToFileURL(folder)}/`;

  for (const [lang, query] of Object.entries(QUERIES)) {
    await t.test(`${lang}: by keyboard over HTTP under the policy, and from the disk`, async () => {
      for (const [top, key] of [[url, '/'], [disk, 'Control+k']]) {
        const page = await newPage(browser);
        const broken = [];
        page.on('console', message => { if (message.type() === 'error') broken.push(message.text()); });
        page.on('pageerror', error => broken.push(error.message));
        await searchByKeyboard(page, top, query, key);
        none(broken, 'errors in the console');
      }
    });
  }

  await t.test('loads nothing before it is opened, and closes with Escape', async () => {
    const page = await newPage(browser);
    const asked = [];
    page.on('request', request => { if (/search/.test(request.url())) asked.push(request.url()); });
    await page.goto(`${url}index.html`);
    await page.waitForLoadState('networkidle');
    none(asked, 'files of the search');
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.ok(asked.length > 0);
  });

  await t.test('fits a phone, and axe finds nothing, light and dark', async () => {
    const page = await newPage(browser, { viewport: { width: 390, height: 800 } });
    await page.goto(`${url}zh-cn/index.html`);
    await page.locator('[data-jb="search-opener"]').click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('门');
    await page.locator('dialog ol a').first().waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('dialog').scrollWidth <= innerWidth));
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`), colorScheme);
    }
  });

  await t.test('without scripts its link leads to the index of everything', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    await page.goto(`${url}zh-cn/index.html`);
    await page.locator('[data-jb="search-opener"]').click();
    await page.waitForURL(`${url}zh-cn/search/index.html`);
    assert.ok(await page.locator('main a[href$="slot-message.html"]').count() === 1);
  });

  await t.test('finds in all languages when asked to, each result in its own', async () => {
    const page = await newPage(browser);
    await page.goto(`${url}index.html`);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog [name="everywhere"]').check();
    await page.locator('dialog [type="search"]').fill('CSAT');
    await page.locator('dialog ol a[lang="zh-cn" i]').first().waitFor();
  });

  await t.test('shows the first results within 100 ms of typing, once its files are there', async () => {
    const page = await newPage(browser);
    await page.goto(`${url}zh-cn/index.html`);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('配送');
    await page.locator('dialog ol a').first().waitFor();
    const took = await page.evaluate(async () => {
      const input = document.querySelector('dialog [type="search"]');
      const list = document.querySelector('dialog ol');
      const start = performance.now();
      const shown = new Promise(done => { new MutationObserver(done).observe(list, { childList: true }); });
      input.value = '配送安装';
      input.dispatchEvent(new Event('input'));
      await shown;
      return performance.now() - start;
    });
    t.diagnostic(`first results after ${took.toFixed(1)} ms`);
  });
});
