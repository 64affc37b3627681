// The catalogue: filtering and sorting without a page load, a filtered view as a link, and all rows of a long one.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { BOUNDED, KINDS, buildSite, launch, newPage, openSite, temporaryFolder } from './support.js';

const ROWS = '.jb-catalog tbody tr';

/** The titles of the rows that are shown. */
const titles = page => page.locator(`${ROWS} th a`).allInnerTexts();
/** The figures of a column, `null` for none. */
const column = (page, number) => page.locator(`${ROWS} > :nth-child(${number})`)
  .evaluateAll(cells => cells.map(cell => cell.dataset.value ?? cell.textContent.trim())
    .map(text => text === '' ? null : Number(text)));
const output = page => page.locator('.jb-catalog output').innerText();
const said = (page, text) => page.waitForFunction(
  text => document.querySelector('.jb-catalog output').textContent.includes(text), text);

test('the catalogue', BOUNDED, async t => {
  const { url, browser } = await openSite(t);
  const open = async (query = '') => {
    const page = await newPage(browser);
    await page.goto(url + KINDS.catalogue + query);
    return page;
  };

  await t.test('filters by each choice, and says how many are left', async () => {
    const page = await open();
    const all = (await titles(page)).length;
    for (const [name, value, data] of [['channel', 'app', 'channel'], ['stage', 'delivery', 'stage'],
      ['kind', 'human', 'kind'], ['owner', 'logistics', 'owner'], ['status', 'planned', 'status']]) {
      await page.selectOption(`[name=${name}]`, value);
      const left = await page.locator(ROWS).evaluateAll((rows, data) => rows.map(row => row.dataset[data]), data);
      assert.ok(left.length > 0 && left.length < all, `${name}: ${left.length} of ${all}`);
      assert.ok(left.every(found => found.split(' ').includes(value)), `${name}: ${left}`);
      assert.equal(await output(page), `${left.length} of ${all} touchpoints`);
      await page.click('[type=reset]');
      await said(page, `${all} of`);
    }
    await page.check('[name=moment]');
    assert.ok((await column(page, 8)).every(count => count > 0));
    await page.fill('[name=text]', 'video');
    assert.deepEqual(await titles(page), ['Video support']);
    assert.equal(page.url(), `${url}${KINDS.catalogue}?text=video&moment=yes`);
  });

  await t.test('sorts numbers as numbers, what nobody said last, and says so', async () => {
    const page = await open();
    await page.click('thead th[data-key=priority] button');
    const falling = (await column(page, 6)).filter(value => value !== null);
    assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
    assert.ok(falling.some(value => value < 10) && falling.some(value => value >= 10));
    assert.equal(await page.getAttribute('th[data-key=priority]', 'aria-sort'), 'descending');
    assert.match(await output(page), /sorted by Priority, descending$/);
    await page.click('thead th[data-key=feeling] button');
    const feelings = await column(page, 7);
    const known = feelings.filter(value => value !== null);
    assert.deepEqual(known, known.toSorted((a, b) => a - b));
    assert.deepEqual(feelings.slice(known.length).filter(value => value !== null), [], 'unknown feelings come last');
    assert.ok(known.length < feelings.length && known[0] < 0);
    assert.equal(await page.locator('[aria-sort]').count(), 1);
    await page.click('thead th[data-key=touchpoint] button');
    const names = await titles(page);
    assert.deepEqual(names, names.toSorted(new Intl.Collator('en').compare));
    await page.click('thead th[data-key=touchpoint] button');
    assert.deepEqual(await titles(page), names.toReversed());
  });

  await t.test('opens as it was left, and from a link', async () => {
    const page = await open('?channel=app&sort=-maps');
    assert.equal(await page.inputValue('[name=channel]'), 'app');
    const maps = await column(page, 9);
    assert.deepEqual(maps, maps.toSorted((a, b) => b - a));
    const shown = await titles(page);
    await page.reload();
    assert.deepEqual(await titles(page), shown);
    await page.goto(url + KINDS.channel);
    await page.click('a[href*="?channel=app"]');
    await page.waitForURL(/channel=app/);
    assert.equal(await page.inputValue('[name=channel]'), 'app');
    assert.deepEqual((await titles(page)).toSorted(), shown.toSorted());
    await page.goto(`${url}${KINDS.catalogue}?channel=nonsense&sort=nothing`);
    assert.equal((await titles(page)).length, 26, 'what is no choice is left alone');
  });

  await t.test('can be worked without a mouse', async () => {
    const page = await open();
    await page.focus('[name=text]');
    await page.keyboard.type('hotline');
    await said(page, '1 of');
    await page.keyboard.press('Enter');
    assert.deepEqual(await titles(page), ['Hotline'], 'Enter leaves the page where it is');
    await page.focus('th[data-key=weight] button');
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('th[data-key=weight]', 'aria-sort'), 'descending');
    await page.keyboard.press('Space');
    assert.equal(await page.getAttribute('th[data-key=weight]', 'aria-sort'), 'ascending');
    assert.ok(await page.evaluate(() => document.activeElement.closest('th').dataset.key === 'weight'));
  });
});

test('a long catalogue opened from a folder', BOUNDED, async t => {
  const ALL = 1200;
  const PART = 90;
  const content = join(await temporaryFolder(t), 'handbook');
  await mkdir(join(content, 'touchpoints'), { recursive: true });
  await writeFile(join(content, 'handbook.yaml'), 'title: Long\nlanguages: [en]\n');
  await writeFile(join(content, 'channels.yaml'),
    'app: { title: App, icon: app }\nvan: { title: Van, icon: van }\n');
  for (let number = 0; number < ALL; number += 1) {
    // One touchpoint of the whole has a channel whose drawing no other part carries.
    const channel = number === 1111 ? 'van' : 'app';
    const text = `---\ntitle: Thing ${String(number).padStart(4, '0')}\nchannel: ${channel}\nkind: digital\n`
      + `importance: { customer: ${number % 5 + 1}, organisation: 1 }\n---\n`;
    await writeFile(join(content, 'touchpoints', `thing-${number}.md`), text);
  }
  const folder = await buildSite(t, content);
  const browser = await launch(t);
  const at = path => pathToFileURL(join(folder, path)).href;

  await t.test('shows its first part, and loads nothing more until asked', async () => {
    const page = await newPage(browser);
    await page.goto(at('touchpoints/index.html'));
    assert.equal((await titles(page)).length, PART);
    assert.equal(await page.locator('script[src*="all/"]').count(), 0);
    assert.ok(await page.locator('.jb-pager').isVisible());
  });

  await t.test('filters and sorts over all parts, from any of them', async () => {
    for (const part of ['touchpoints/index.html', 'touchpoints/all/3.html']) {
      const page = await newPage(browser);
      const faults = [];
      page.on('pageerror', error => faults.push(error.message));
      await page.goto(at(part));
      const before = await titles(page);
      await page.selectOption('[name=channel]', 'van');
      await said(page, `1 of ${ALL.toLocaleString('en')}`);
      assert.deepEqual(await titles(page), ['Thing 1111']);
      assert.ok(await page.evaluate(() => document.querySelector('#jb-i-van') !== null), 'its drawing came along');
      assert.ok(page.url().endsWith('?channel=van'), page.url());
      assert.equal(await page.locator('.jb-pager').isVisible(), false);
      await page.click('[type=reset]');
      await said(page, `${PART} of`);
      assert.deepEqual(await titles(page), before, 'cleared, the part is as it was');
      await page.click('th[data-key=touchpoint] button');
      await page.click('th[data-key=touchpoint] button');
      await said(page, 'first 300 shown');
      assert.equal((await titles(page))[0], 'Thing 1199');
      await page.fill('[name=text]', 'thing 1111');
      await said(page, '1 of');
      await page.click(`${ROWS} th a`);
      assert.equal(page.url(), at('touchpoints/thing-1111.html'), 'links of loaded rows lead on');
      assert.deepEqual(faults, []);
    }
  });

  await t.test('a link to a filtered view finds what stands on another part', async () => {
    const page = await newPage(browser);
    await page.goto(`${at('touchpoints/index.html')}?text=0777`);
    await said(page, '1 of');
    assert.deepEqual(await titles(page), ['Thing 0777']);
  });

  await t.test('every row can be read without scripts', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    const seen = new Set();
    for (let path = at('touchpoints/index.html'); path;) {
      await page.goto(path);
      for (const title of await titles(page)) seen.add(title);
      assert.equal(await page.locator('.jb-catalog form').isVisible(), false);
      const next = page.locator('.jb-pager a[rel=next]');
      path = await next.count() ? new URL(await next.getAttribute('href'), path).href : undefined;
    }
    assert.equal(seen.size, ALL);
  });
});
