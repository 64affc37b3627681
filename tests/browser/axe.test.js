// No violation of the accessibility rules that a program can check: light and dark, wide and narrow.

import { test } from 'node:test';
import axe from 'axe-core';
import { BOUNDED, KINDS, newPage, none, openSite } from './support.js';

test('axe-core finds nothing', BOUNDED, async t => {
  const { url, browser } = await openSite(t);
  const page = await newPage(browser);
  for (const [kind, path] of Object.entries(KINDS)) {
    await t.test(kind, async () => {
      await page.goto(url + path);
      await page.evaluate(axe.source);
      const found = [];
      for (const width of [1440, 390]) {
        for (const colorScheme of ['light', 'dark']) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          found.push(...(await page.evaluate(violationsOf)).map(violation => `${width} ${colorScheme} ${violation}`));
        }
      }
      none(found, 'violations');
    });
  }
});

/** In the page: each broken rule with the places where it is broken. */
async function violationsOf() {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  const places = nodes => nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ');
  return violations.map(({ id, nodes }) => `${id}: ${places(nodes)}`);
}
