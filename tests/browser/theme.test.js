// What scripts add: a switch between light and dark, and filters over the catalogue.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, KINDS, newPage, openSite } from './support.js';

test('theme', BOUNDED, async t => {
  const { url, browser } = await openSite(t);

  await t.test('the switch changes the colours and is remembered', async () => {
    const page = await newPage(browser, { colorScheme: 'light' });
    const ground = () => page.locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
    await page.goto(url);
    const light = await ground();
    await page.locator('.jb-theme-toggle').click();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await ground(), dark, 'after a reload');
    await page.goto(url + KINDS.lesson);
    assert.equal(await ground(), dark, 'on another page');
    await page.locator('.jb-theme-toggle').press('Enter');
    assert.equal(await ground(), light, 'switched back');
    await page.goto(url);
    assert.equal(await ground(), light, 'remembered as well');
  });

  await t.test('filters leave only what fits, and say how many that are', async () => {
    const page = await newPage(browser);
    await page.goto(url + KINDS.catalogue);
    const all = await page.locator('.jb-catalog tbody tr').count();
    const shown = page.locator('.jb-catalog tbody tr:visible');
    const filters = page.locator('.jb-catalog__filters');
    const count = filters.getByRole('status');
    /** The rows that are left, which must be as many as announced. */
    const left = async () => {
      const rows = await shown.evaluateAll(rows => rows.map(row => ({ ...row.dataset })));
      assert.equal(await count.innerText(), `${rows.length} of ${all} touchpoints`);
      return rows;
    };
    assert.equal((await left()).length, all);

    await filters.getByLabel('Channel').selectOption('app');
    const inApp = await left();
    assert.ok(inApp.length > 0 && inApp.length < all && inApp.every(({ channel }) => channel === 'app'));

    await filters.getByLabel('Channel').selectOption('');
    await filters.getByLabel('Stage').selectOption('delivery');
    const delivering = await left();
    assert.ok(delivering.length > 1 && delivering.every(({ stage }) => stage.split(' ').includes('delivery')));

    await filters.getByLabel('Moments of truth only').check();
    const both = await left();
    assert.ok(both.length > 0 && both.length < delivering.length && both.every(({ moment }) => moment === 'yes'));

    await filters.getByRole('button', { name: 'Clear' }).click();
    await count.filter({ hasText: `${all} of ${all}` }).waitFor();
    assert.equal((await left()).length, all);
  });
});
