// Without scripts: everything is there, and nothing that would need one.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BOUNDED, CONTENT, KINDS, newPage, openSite } from './support.js';

test('without scripts', BOUNDED, async t => {
  const { url, browser } = await openSite(t);
  const page = await newPage(browser, { javaScriptEnabled: false });

  await t.test('every kind of page can be read, and shows no control that does nothing', async () => {
    for (const [kind, path] of Object.entries(KINDS)) {
      await page.goto(url + path);
      assert.ok(await page.locator('h1').isVisible(), `${kind}: no title`);
      assert.ok((await page.locator('main').innerText()).length > 80, `${kind}: no text`);
      assert.ok(await page.locator('header nav a:visible').count() >= 5, `${kind}: no menu`);
      const dead = page.locator('button:visible, select:visible, textarea:visible, input[type=search]:visible');
      assert.deepEqual(await dead.evaluateAll(all => all.map(control => control.outerHTML)), [], kind);
    }
  });

  await t.test('links lead on', async () => {
    const follow = async (link, kind) => {
      await page.locator(link).first().click();
      await page.waitForURL(url + KINDS[kind]);
    };
    await page.goto(url);
    await follow('header nav a[href$="maps/index.html"]', 'map index');
    await follow('main a[href$="buying-a-first-machine.html"]', 'map');
    await follow('.jb-touchpoint-list a[href$="video-support.html"]', 'touchpoint');
    await follow('header nav a[href$="training/index.html"]', 'training index');
    await follow('main a[href$="doorstep/index.html"]', 'course');
    await follow('main a[href$="delivery-day.html"]', 'lesson');
  });

  await t.test('the catalogue lists every touchpoint', async () => {
    const touchpoints = (await readdir(join(CONTENT, 'touchpoints'))).filter(name => !name.includes('.zh.')).map(name => name.replace('.md', '.html'));
    await page.goto(url + KINDS.catalogue);
    const links = page.locator('.jb-catalog tbody tr:visible th a');
    const listed = await links.evaluateAll(all => all.map(link => link.href.split('/').at(-1)));
    assert.deepEqual(listed.sort(), touchpoints.sort());
  });

  await t.test('a quiz shows its answer when asked', async () => {
    await page.goto(url + KINDS.lesson);
    const answer = page.locator('.jb-quiz__right').first();
    assert.equal(await answer.isVisible(), false);
    await page.locator('.jb-quiz summary').first().click();
    await answer.waitFor();
  });
});
