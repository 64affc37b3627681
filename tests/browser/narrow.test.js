// On a phone: no page scrolls sideways, and what navigates can be hit with a thumb.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, KINDS, newPage, none, openSite } from './support.js';

/** The least size of something to tap, in pixels: WCAG 2.2, success criterion 2.5.8. */
const LEAST_TARGET = 24;

test('narrow', BOUNDED, async t => {
  const { url, browser } = await openSite(t);
  for (const width of [390, 320]) {
    const page = await newPage(browser, { viewport: { width, height: 800 } });
    const wide = [];
    const small = [];
    await page.goto(url + KINDS.map);
    const bar = await page.locator('.jb-jump-bar a').first().evaluate(drawn);
    for (const [kind, path] of Object.entries(KINDS)) {
      await page.goto(url + path);
      wide.push(...(await page.evaluate(tooWide)).map(fault => `${kind}: ${fault}`));
      const targets = page.locator(':is(nav, .jb-top-bar) :is(a, button):visible, summary:visible');
      small.push(...(await targets.evaluateAll(tooSmall, LEAST_TARGET)).map(fault => `${kind}: ${fault}`));
    }
    await t.test(`no page scrolls sideways at ${width} pixels`, () => none(wide, 'these stick out'));
    await t.test(`numbers to jump to are as bold as those of stages at ${width} pixels`, () => assert.deepEqual(bar.jump, bar.stage));
    await t.test(`targets are large enough at ${width} pixels`, () => none(small, `less than ${LEAST_TARGET} pixels`));
  }
});

/** In the page: what sticks out of a page that scrolls sideways. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const all = [...document.querySelectorAll('body *')];
  const out = all.filter(element => element.getBoundingClientRect().right > clientWidth + 1);
  return [`${scrollWidth} > ${clientWidth}`, ...out.slice(0, 4).map(element => element.outerHTML.slice(0, 100))];
}

/** In the page: the weight of a number to jump to and what is kept free below it, and the weight of a stage's number. */
function drawn(link) {
  const stage = document.querySelector('.jb-stage-heading .jb-number');
  return { jump: [getComputedStyle(link, '::before').fontWeight, getComputedStyle(link).rowGap], stage: [getComputedStyle(stage).fontWeight, '0px'] };
}

/** In the page: those that are too small to tap. */
function tooSmall(targets, least) {
  const sized = targets.map(target => ({ target, box: target.getBoundingClientRect() }));
  const small = sized.filter(({ box }) => Math.min(box.width, box.height) < least - 0.5);
  const size = box => `${Math.round(box.width)}×${Math.round(box.height)}`;
  return small.map(({ target, box }) => `${size(box)} ${target.outerHTML.slice(0, 100)}`);
}
