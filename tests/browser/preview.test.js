// The preview as its writer sees it: an edit shows by itself, a mistake lies over the page until it is mended.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BOUNDED, KINDS, launch, newPage, none, preview, until, writer } from './support.js';

test('the open page follows its writer', BOUNDED, async t => {
  const { folder, url, terminal } = await preview(t);
  const page = await newPage(await launch(t));
  const violations = [];
  page.on('console', message => /content.security.policy/i.test(message.text()) && violations.push(message.text()));
  const overlay = page.locator('.journeybook-overlay');

  const { write, replace } = writer(folder);
  /** What the overlay says, once it holds `text`. */
  const complaint = async text => {
    await overlay.filter({ hasText: text }).waitFor();
    return (await overlay.locator('pre', { hasText: text }).first().textContent()).trim();
  };
  /** The terminal may speak a moment after the page. */
  const told = words => until('the terminal says so', () => terminal().includes(words))
    .catch(() => assert.fail(`the terminal says something else:\n${terminal()}`));
  const mended = () => until('the overlay is gone', async () => await overlay.count() === 0);

  await t.test('an edit shows', async () => {
    await page.goto(url + KINDS.map);
    await replace('maps/buying-a-first-machine.yaml', 'finding: ', 'finding: Mind the doorstep. ');
    await page.locator('.jb-finding', { hasText: 'Mind the doorstep.' }).waitFor();
  });

  await t.test('a misspelt persona lies over the page in the terminal’s words, until it is mended', async () => {
    await replace('maps/buying-a-first-machine.yaml', 'persona: first-time-buyer', 'persona: first-time-buier');
    const words = await complaint('first-time-buier');
    assert.match(words, /^error\[unknown-persona\]/);
    assert.match(words, /did you mean `first-time-buyer`/);
    await told(words);
    assert.ok(await page.locator('.jb-finding', { hasText: 'Mind the doorstep.' }).isVisible(), 'the last good page');
    await replace('maps/buying-a-first-machine.yaml', 'persona: first-time-buier', 'persona: first-time-buyer');
    await mended();
  });

  await t.test('a template that cannot be read is a mistake like any other', async () => {
    await write('themes/default/templates/map.html', '{% extends "default/map.html" %}{% block x %}');
    const words = await complaint('themes/default/templates/map.html');
    assert.match(words, /^error\[template-error\]/);
    await told(words);
    await write('themes/default/templates/map.html', '{% extends "default/map.html" %}');
    await mended();
  });

  await t.test('a template that fails on a page says so there', async () => {
    await write('themes/default/templates/map.html', '<!doctype html><title>Map</title>{{ page.no_such_thing }}');
    assert.match(await complaint('no_such_thing'), /^error\[template-error\]/);
    await rm(join(folder, 'themes'), { recursive: true });
    await page.locator('.jb-journey-map').waitFor();
    await mended();
  });

  await t.test('a new page appears, and a deleted one is gone', async () => {
    const address = `${url}guides/on-the-phone.html`;
    const status = async () => (await page.request.get(address)).status();
    assert.equal(await status(), 404);
    await page.goto(address);
    await write('guides/07-on-the-phone.md', '---\ntitle: On the phone\nsummary: How to listen.\n---\n\nListen first.\n');
    await page.locator('h1', { hasText: 'On the phone' }).waitFor();
    assert.equal(await status(), 200);
    await rm(join(folder, 'guides/07-on-the-phone.md'));
    await page.locator('.jb-error-page').waitFor();
    assert.equal(await status(), 404);
  });

  await t.test('none of it breaks the policy', () => none(violations, 'violations'));
});
