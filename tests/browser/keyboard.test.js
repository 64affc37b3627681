// From the front page to a lesson without a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, KINDS, newPage, openSite } from './support.js';

test('keyboard', BOUNDED, async t => {
  const { url, browser } = await openSite(t);

  await t.test('leads from home by a map and a touchpoint to a lesson', async () => {
    const page = await newPage(browser);
    await page.goto(url);
    for (const next of ['map', 'touchpoint']) {
      await tabTo(page, `main a[href$="${KINDS[next].split('/').at(-1)}"]`);
      await page.keyboard.press('Enter');
      await page.waitForURL(url + KINDS[next]);
    }
    await tabTo(page, 'a[href$="training/index.html"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(url + KINDS['training index']);
    await tabTo(page, 'main a[href$="doorstep/index.html"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(url + KINDS.course);
    await tabTo(page, 'main a[href$="delivery-day.html"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(url + KINDS.lesson);
  });

  await t.test('meets the skip link first, which shows itself and leads past the menu', async () => {
    const page = await newPage(browser);
    for (const [kind, path] of Object.entries(KINDS)) {
      await page.goto(url + path);
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(look, '.jb-skip-link');
      assert.ok(stop.found && stop.seen, `${kind}: the first stop is ${stop.name}, seen: ${stop.seen}`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement.closest('main, footer') !== null), kind);
    }
  });

  await t.test('scrolls a map that is wider than the window', async () => {
    const page = await newPage(browser, { viewport: { width: 800, height: 700 } });
    await page.goto(url + KINDS.map);
    await tabTo(page, '.jb-journey-map');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.jb-journey-map').scrollLeft > 0);
  });

  await t.test('opens the answer of a quiz', async () => {
    const page = await newPage(browser);
    await page.goto(url + KINDS.lesson);
    await tabTo(page, '.jb-quiz summary');
    await page.keyboard.press('Enter');
    await page.locator('.jb-quiz__right').first().waitFor();
  });
});

/** Presses Tab until the focus is on an element that matches; it must be seen at every stop on the way. */
async function tabTo(page, selector) {
  for (let stops = 0; stops < 150; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look, selector);
    assert.ok(stop.seen, `${page.url()}: the focus cannot be seen on ${stop.name}`);
    if (stop.found) return;
  }
  assert.fail(`${page.url()}: no way to ${selector}`);
}

/** In the page: where the focus is, and whether a reader sees it there. */
function look(selector) {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const onScreen = box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    name: element.outerHTML.slice(0, 120),
    found: element.matches(selector),
    seen: onScreen && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  };
}
