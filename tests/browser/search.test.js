// The search: the twin tokenizer, what is found and what is not, and the box that a reader types into.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { BOUNDED, buildSite, newPage, none, openSite, temporaryFolder, until } from './support.js';
import { Truth, all, dice, first, searchOf, sectionsOf } from './searching.js';

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

  await t.test('every stretch of characters and every word is found where it stands, and nowhere else', () => heldToTruth(folder, 40));

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

  for (const [lang, query] of [['en', 'door'], ['zh-cn', '门'], ['en', 'CSAT'], ['zh-cn', '配送 门']]) {
    await t.test(`filters leave only what they name: ${lang}, ${query}`, async () => {
      const search = searchOf(folder);
      const { facets } = await search.index('', lang);
      const hrefs = async filters => (await all(search, lang, query, filters)).map(result => result.href).sort();
      const unfiltered = await all(search, lang, query);
      const choices = Object.entries(facets).flatMap(([by, choices]) => choices.map(([id]) => [by, id]));
      for (const by of ['kind', 'stage', 'channel', 'persona']) assert.ok(choices.some(([name]) => name === by), by);
      let [some, seen] = [0, 0];
      for (const [by, id] of choices) {
        const found = await hrefs([[by, id]]);
        assert.ok(found.every(href => unfiltered.some(result => result.href === href)), `${by}: ${id}`);
        // What kind a section is of stands in its text's file, whatever the lists say.
        if (by === 'kind') {
          assert.deepEqual(found, unfiltered.filter(result => result.kind === id).map(result => result.href).sort(), id);
          seen += found.length;
        }
        if (found.length > 0) some += 1;
      }
      // The front page is of none.
      assert.equal(seen, unfiltered.filter(result => result.kind !== '').length, 'each section is of one kind');
      assert.ok(seen >= unfiltered.length - 1);
      assert.ok(some >= 4);
      // Two filters leave what both do.
      for (const [one, other] of choices.map((choice, at) => [choice, choices[(at * 7 + 5) % choices.length]]).filter(([a, b]) => a[0] !== b[0])) {
        const [both, first, second] = [await hrefs([one, other]), await hrefs([one]), await hrefs([other])];
        assert.deepEqual(both, first.filter(href => second.includes(href)), `${one} and ${other}`);
      }
    });
  }

  await t.test('filters by persona, channel and stage count what the handbook says', async () => {
    const search = searchOf(folder);
    const site = JSON.parse(readFileSync(join(folder, 'handbook.json'), 'utf8'));
    for (const [lang, prefix] of [['en', ''], ['zh-cn', 'zh-cn/']]) {
      const { facets } = await search.index('', lang);
      const listed = async (by, id) => new Set((await all(search, lang, '', [[by, id]])).map(({ href }) => href));
      for (const [id] of facets.persona) {
        const found = await listed('persona', id);
        const maps = site.maps.filter(map => [map.persona, ...map.personas ?? []].some(one => one === id || one?.id === id));
        for (const map of maps) assert.ok(found.has(`${prefix}maps/${map.id}.html`), `${id}: ${map.id}`);
        const others = [...found].filter(href => /maps\/[^/#]*\.html$/.test(href)).map(href => href.replace(/^.*maps\/|\.html$/g, ''));
        for (const other of others) assert.ok(JSON.stringify(site.maps.find(map => map.id === other)).includes(`"${id}"`), `${id}: ${other}`);
        assert.ok(others.length >= maps.length && others.length < site.maps.length);
      }
    }
  });

  await t.test('the first results are the titles, then the headings, then the texts; the words as typed come first', async () => {
    for (const lang of ['en', 'zh-cn']) {
      const search = searchOf(folder);
      const sections = sectionsOf(folder, lang);
      let asked = 0;
      for (let at = 0; at < sections.length; at += 5) {
        const { title } = sections[at];
        const query = search.fold(title);
        if (!/\p{L}{2}/u.test(query)) continue;
        const { results } = await first(search, lang, title);
        const ranks = results.map(result => [search.fold(result.title), search.fold(result.text)]).map(([name, text]) => name === query ? 3 : name.includes(query) ? 2 : text.includes(query) ? 1 : 0);
        assert.equal(ranks[0], 3, `${title}: ${results[0]?.title}`);
        // A plural's ending counts as typed.
        if (!/s\b/.test(query)) assert.deepEqual(ranks, ranks.toSorted((a, b) => b - a), title);
        asked += 1;
      }
      assert.ok(asked > 40, `${asked}`);
    }
  });

  await t.test('no file of the index is large, and a snippet marks what was found', async () => {
    const search = searchOf(folder);
    await all(search, 'zh-cn', '配送');
    assert.ok(search.read.files.length > 2 && search.read.files.every(file => readFileSync(join(folder, file)).length < 30_000));
    assert.deepEqual(JSON.parse(JSON.stringify(search.snippet('顾客说门太窄。', '门太'))), [['顾客说', false], ['门太', true], ['窄。', false]]);
    assert.deepEqual(JSON.parse(JSON.stringify(search.snippet('Two Journeys', 'journeys'))), [['Two ', false], ['Journey', true], ['s', false]]);
  });
});

/** Asks for stretches and words out of the texts, and for some that are nowhere, and compares with plain reading. */
async function heldToTruth(folder, count) {
  for (const lang of ['en', 'zh-cn']) {
    const search = searchOf(folder);
    const truth = new Truth(search, sectionsOf(folder, lang), 3);
    const chinese = truth.sections.some(section => section.runs.some(run => run.kind === 'cjk'));
    const queries = Array.from({ length: count }, (_, at) => [
      truth.words(1 + at % 3), truth.words(1).slice(0, 1 + at % 5),
      ...chinese ? [truth.stretch(1 + at % 7), truth.absent(3 + at % 4), `${truth.words(1)} ${truth.stretch(2)}`] : [],
    ]).flat();
    for (const query of new Set(queries)) {
      const fresh = searchOf(folder);
      const { results, left, exact } = await first(fresh, lang, query);
      const held = truth.holding(query);
      none(results.slice(0, 10).filter(result => !held.includes(result.href)).map(result => result.href), `${lang}, ${query}: found wrongly`);
      assert.ok(fresh.read.bytes() < 150_000, query);
      const found = (await all(search, lang, query)).map(result => result.href).sort();
      assert.deepEqual(found, held, `${lang}, ${query}`);
      assert.ok(exact ? results.length + left === held.length : results.length + left >= held.length, `${query}: said ${results.length + left}`);
    }
  }
}

test('what is found in a handbook of texts by chance', BOUNDED, async t => {
  const content = join(await temporaryFolder(t), 'handbook');
  const roll = dice(5);
  const pick = (list, skew = 1) => list[Math.min(...Array.from({ length: skew }, () => roll(list.length)))];
  const english = ['door', 'doors', 'doorstep', 'delivery', 'deliveries', 'CSAT', 'wait', 'waits', 'slot', 'to', 'the', ...'bcdfghklmnprst'.split('').flatMap(sign => ['a', 'e', 'o'].map(vowel => `${sign}${vowel}${sign}e`))];
  const signs = [...'客户配送安装门店短信痛点机会旅程服务满意度等待师傅𠮷々カタ고객'];
  const words = () => Array.from({ length: 3 + roll(9) }, () => pick(english, 2)).join(' ');
  const stretch = () => Array.from({ length: 3 + roll(9) }, () => pick(signs, 2)).join('');
  const text = () => Array.from({ length: 2 + roll(5) }, () => pick([() => `${words()}. `, () => `${stretch()}，${stretch()}。`, () => `${words()} ${stretch()} `])()).join('');
  mkdirSync(content);
  writeFileSync(join(content, 'handbook.yaml'), 'title: By chance\nlanguages: [en, zh-CN]\n');
  mkdirSync(join(content, 'guides'));
  for (let number = 0; number < 400; number += 1) {
    for (const ending of ['md', 'zh.md']) {
      const sections = Array.from({ length: 3 }, (_, at) => `## Part ${at} ${pick(english)}\n\n${text()}\n\n- ${text()}\n`);
      writeFileSync(join(content, `guides/guide-${number}.${ending}`), `---\ntitle: Guide ${number} ${pick(english)} ${stretch()}\n---\n\n${text()}\n\n${sections.join('\n')}`);
    }
  }
  const folder = await buildSite(t, content);
  await heldToTruth(folder, 25);
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
    assert.equal(await page.locator('[data-jb=search-opener]').getAttribute('aria-keyshortcuts'), '/ Control+K');
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.ok(asked.length > 0);
  });

  for (const [start, typed] of [['index.html', 'door'], ['zh-cn/index.html', '门']]) {
    await t.test(`${start}: fits a phone, and axe finds nothing, light and dark, in one language and in all`, async () => {
      const page = await newPage(browser, { viewport: { width: 390, height: 800 } });
      await page.goto(url + start);
      await page.locator('[data-jb="search-opener"]').click();
      const dialog = page.locator('dialog[open]');
      await dialog.waitFor();
      await page.keyboard.type(typed);
      await dialog.locator('ol a').first().waitFor();
      await page.evaluate(axe.source);
      for (const everywhere of [false, true]) {
        await dialog.locator('[name="everywhere"]').setChecked(everywhere);
        await dialog.locator('ol a').first().waitFor();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('dialog').scrollWidth <= innerWidth));
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
          none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`), `${colorScheme}, everywhere: ${everywhere}`);
        }
      }
    });

    await t.test(`${start}: an index that cannot be read is told in the words of the page`, async () => {
      const page = await newPage(browser);
      await page.route('**/search/*/index.js', route => route.abort());
      await page.goto(url + start);
      await page.keyboard.press('/');
      const dialog = page.locator('dialog[open]');
      await dialog.waitFor();
      const words = await dialog.getAttribute('data-unread');
      assert.ok(words.length > 10);
      await until('the box says that it cannot search', async () => await dialog.locator('output').textContent() === words);
    });
  }

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
    const other = page.locator('dialog ol a[lang="zh-CN"]').first();
    await other.waitFor();
    assert.match(await other.locator('small').textContent(), /中文/);
    assert.ok(await page.locator('dialog ol a:not([lang])').count() > 0);
  });

  await t.test('whoever is among the results stays there when an answer comes', async () => {
    const page = await newPage(browser);
    await page.goto(`${url}zh-cn/index.html`);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.insertText('门');
    await page.locator('dialog ol li:nth-child(3) a').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.evaluate(() => { document.querySelector('dialog [name="kind"]').value = 'touchpoints'; document.querySelector('dialog form').dispatchEvent(new Event('change')); });
    await until('the list is a new one', () => page.evaluate(() => [...document.querySelectorAll('dialog ol a')].every(link => link.href.includes('/touchpoints/'))));
    assert.ok(await page.evaluate(() => document.activeElement.matches('dialog ol li:nth-child(2) a')));
    const more = page.locator('dialog [data-part="more"]');
    while (await more.isVisible()) {
      const before = await page.locator('dialog ol a').count();
      await more.click();
      await until('more are there', async () => await page.locator('dialog ol a').count() > before || !await more.isVisible());
      await until('the focus is in the box', () => page.evaluate(() => document.activeElement.matches('dialog ol a')));
    }
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
