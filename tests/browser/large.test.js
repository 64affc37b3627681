// A map of forty steps by twelve lanes: laid out once, never jumping, and usable all the way along.
//
// What is counted here does not depend on how busy the machine is; how long it takes is a benchmark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, buildSite, handbook, host, launch, newPage } from './support.js';

test('a map of forty steps', BOUNDED, async t => {
  const url = await host(t, await buildSite(t, handbook('forty-steps')));
  const browser = await launch(t);
  for (const width of [1440, 390]) {
    const page = await newPage(browser, { viewport: { width, height: 900 } });
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver(list => list.getEntries().forEach(entry => (window.shifted += entry.value)))
        .observe({ type: 'layout-shift', buffered: true });
    });
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Performance.enable');
    const metric = async name => {
      const { metrics } = await protocol.send('Performance.getMetrics');
      return metrics.find(entry => entry.name === name).value;
    };
    await page.goto(`${url}maps/forty-steps.html`);
    const laidOut = await metric('LayoutCount');

    await t.test(`is laid out a few times and then left alone, ${width} pixels`, async () => {
      assert.ok(laidOut <= 12, `${laidOut} layouts to begin with`);
      for (let step = 1; step <= 40; step += 1) {
        await page.evaluate(id => document.getElementById(id).scrollIntoView({ block: 'center' }), `step-${step}`);
      }
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
      const scrolled = (await metric('LayoutCount')) - laidOut;
      assert.ok(scrolled <= 50, `${scrolled} layouts while scrolling to forty places`);
    });
    await t.test(`does not jump, ${width} pixels`, async () => {
      assert.equal(await page.evaluate(() => window.shifted), 0);
    });
    await t.test(`does not stick out, ${width} pixels`, async () => {
      const [has, shows] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.ok(has <= shows, `${has} > ${shows}`);
    });
    await page.close();
  }
});
