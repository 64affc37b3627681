// On paper: a map is one A3 sheet, everything else is A4.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, KINDS, newPage, openSite } from './support.js';

/** Width and height in points. */
const A3_LANDSCAPE = [1191, 842];
const A4 = [595, 842];

test('print', BOUNDED, async t => {
  const { url, browser } = await openSite(t);
  const page = await newPage(browser, { colorScheme: 'dark' });

  const sheets = async kind => {
    await page.goto(url + KINDS[kind]);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    return sizes(pdf.toString('latin1'));
  };

  await t.test('the map of seven stages is one sheet of A3, landscape', async () => {
    assert.deepEqual(await sheets('map'), [A3_LANDSCAPE]);
  });

  for (const kind of ['future state', 'map without persona', 'blueprint', 'empathy map']) {
    await t.test(`the notes of the ${kind} stand on its one sheet of A3, however many lanes it has`, async () => {
      assert.deepEqual(await sheets(kind), [A3_LANDSCAPE]);
    });
  }

  for (const kind of ['comparison', 'map of several personas', 'day in the life']) {
    await t.test(`the ${kind} is on a sheet or two of A3, landscape`, async () => {
      const found = await sheets(kind);
      assert.ok(found.length === 1 || found.length === 2, `${found.length} sheets`);
      assert.deepEqual(found, found.map(() => A3_LANDSCAPE));
    });
  }

  for (const kind of ['lesson', 'persona', 'guide', 'catalogue']) {
    await t.test(`the ${kind} is on A4`, async () => {
      const found = await sheets(kind);
      assert.ok(found.length > 0);
      assert.deepEqual(found, found.map(() => A4));
    });
  }

  await t.test('a guide and a lesson fill their column on paper of any width', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1100, height: 800 });
    for (const kind of ['guide', 'lesson']) {
      await page.goto(url + KINDS[kind]);
      const [head, text] = await page.locator('.jb-reading > :is(header, div)').evaluateAll(parts => parts.map(part => part.getBoundingClientRect().toJSON()));
      assert.deepEqual([text.left, text.width], [head.left, head.width], kind);
      assert.ok(text.top >= head.bottom, kind);
    }
  });

  await t.test('paper is white, whatever the screen is', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = await page.locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
    assert.equal(ground, 'rgb(255, 255, 255)');
    assert.equal(await page.locator('header nav').first().isVisible(), false);
  });
});

/** The size of each sheet of a PDF. */
function sizes(pdf) {
  const sheets = pdf.split('/Type /Page\n').slice(1).map(sheet => sheet.match(/\/MediaBox \[([^\]]+)\]/)[1]);
  return sheets.map(box => box.trim().split(/\s+/).slice(2).map(points => Math.round(points)));
}
