// The open page is patched, not lost: what the reader did to it stays, styles and pictures are swapped where they stand, and
// any number of tabs follow. A mark on the window tells a page that was patched from one that was loaded anew.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BOUNDED, KINDS, launch, newPage, none, preview, until, writer } from './support.js';

/** A preview with an open page, and ways to change the handbook. */
async function open(t, path, settings = {}, options = []) {
  const shown = await preview(t, options);
  const { folder, url, terminal } = shown;
  const browser = await launch(t);
  const page = await newPage(browser, settings);
  const violations = [];
  page.on('console', message => /content.security.policy/i.test(message.text()) && violations.push(message.text()));
  page.on('pageerror', error => violations.push(`script error: ${error.message}`));
  const { write, replace } = writer(folder);
  await page.goto(url + path);
  await mark(page);
  return { shown, folder, url, terminal, browser, page, violations, write, replace };
}

const mark = page => page.evaluate(() => { window.first = true; });
/** Whether the page is still the one that was loaded first. */
const isFirst = page => page.evaluate(() => window.first === true);

const MAP = 'maps/buying-a-first-machine.yaml';

test('an edit leaves what the reader did', BOUNDED, async t => {
  const { url, page, violations, replace } = await open(t, KINDS.map, { viewport: { width: 1000, height: 600 } });

  await t.test('scroll, selection and a field that the page has', async () => {
    await page.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'mine';
      document.querySelector('main').append(field);
      field.value = 'half a sentence';
      scrollTo(0, 700);
      field.focus({ preventScroll: true });
      field.setSelectionRange(2, 5);
    });
    const before = await page.evaluate(() => scrollY);
    assert.ok(before > 300, `the page is too short: ${before}`);
    await replace(MAP, 'finding: ', 'finding: Mind the doorstep. ');
    await page.locator('.jb-finding', { hasText: 'Mind the doorstep.' }).waitFor();
    const after = await page.evaluate(() => ({ y: scrollY, id: document.activeElement.id, value: document.activeElement.value, at: [document.activeElement.selectionStart, document.activeElement.selectionEnd] }));
    assert.ok(Math.abs(after.y - before) < 80, `from ${before} to ${after.y}`);
    assert.deepEqual({ id: after.id, value: after.value, at: after.at }, { id: 'mine', value: 'half a sentence', at: [2, 5] });
    assert.ok(await isFirst(page));
  });

  await t.test('an open dialog with what was typed in it', async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('[data-jb="search-opener"]').click();
    await page.locator('.jb-search input[type="search"]').fill('deliv');
    await replace(MAP, 'finding: ', 'finding: A third time. ');
    await page.locator('.jb-finding', { hasText: 'A third time.' }).waitFor();
    assert.ok(await page.locator('.jb-search[open]').count() === 1);
    assert.equal(await page.locator('.jb-search input[type="search"]').inputValue(), 'deliv');
    assert.ok(await page.evaluate(() => document.activeElement.type === 'search'));
    assert.ok(await isFirst(page));
    await page.keyboard.press('Escape');
  });

  await t.test('many edits end in the page that a reader would be sent now', async () => {
    const edits = [['goals: [', 'goals: [One more goal, '], ['thinks: ', 'thinks: Well, '], ['title: ', 'title: At last, ']];
    for (const [from, to] of edits) await replace(MAP, from, to);
    await page.locator('h1', { hasText: 'At last,' }).waitFor();
    await until('the page is as it is sent', () => page.evaluate(async () => {
      const sent = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
      const clean = root => {
        const main = root.querySelector('main').cloneNode(true);
        main.querySelector('#mine')?.remove();
        for (const details of main.querySelectorAll('details')) details.removeAttribute('open');
        // The script that tells what the parts of a map's table are.
        for (const part of main.querySelectorAll('.jb-journey-map :is(table, tr, th, td)')) part.removeAttribute('role');
        return main.outerHTML;
      };
      return clean(document) === clean(sent) && document.title === sent.title;
    }));
    assert.ok(await isFirst(page));
  });

  await t.test('a page that did not change is left alone', async () => {
    await page.evaluate(() => {
      window.changes = [];
      const named = node => node.nodeType === 1 ? `${node.localName}.${node.className}` : `${node.nodeName} ${node.data}`;
      new MutationObserver(all => {
        for (const { type, target, attributeName, addedNodes, removedNodes } of all) {
          window.changes.push([type, named(target), attributeName, [...addedNodes].map(named), [...removedNodes].map(named)]);
        }
      }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    });
    // A guide that says nothing of the map.
    await replace('guides/08-data-for-programs.md', 'title: ', 'title: So, ');
    const guide = new URL('guides/data-for-programs.html', url);
    await until('the guide is another one', async () => (await (await fetch(guide)).text()).includes('<h1>So, '));
    // Whoever looks has heard of it by now.
    await new Promise(rest => setTimeout(rest, 500));
    assert.deepEqual(await page.evaluate(() => window.changes), []);
    assert.ok(await isFirst(page));
  });

  await t.test('none of it breaks the policy', () => none(violations, 'violations'));
});

test('open details stay open, also where their own words change', BOUNDED, async t => {
  const { page, violations, replace } = await open(t, KINDS.lesson);
  const details = page.locator('main details');
  const opened = () => details.evaluateAll(all => all.map(one => one.open));
  await details.evaluateAll(all => all.forEach(one => { one.open = !one.open; }));
  const before = await opened();
  assert.ok(before.length > 1 && before.some(Boolean), `${before}`);
  const lesson = 'training/doorstep/03-delivery-day.md';
  await replace(lesson, 'title: "', 'title: "Once more, ');
  await page.locator('h1', { hasText: 'Once more,' }).waitFor();
  await replace(lesson, 'Eight in ten returned', 'Nine in ten returned');
  await page.locator('main details', { hasText: 'Nine in ten returned' }).waitFor();
  assert.deepEqual(await opened(), before);
  assert.ok(await isFirst(page));
  none(violations, 'violations');
});

test('a component that a script runs is set up again', BOUNDED, async t => {
  const { page, violations, replace } = await open(t, KINDS.catalogue);
  const filter = page.locator('[data-jb="catalog"] input[name="text"]');
  await filter.fill('video');
  await filter.evaluate(field => field.setSelectionRange(1, 3));
  const rows = () => page.locator('[data-jb="catalog"] tbody tr').count();
  const before = await rows();
  assert.ok(before > 0);
  await replace('touchpoints/video-support.md', 'title: ', 'title: Grand ');
  await page.locator('[data-jb="catalog"] tbody', { hasText: 'Grand' }).waitFor();
  assert.equal(await rows(), before, 'the filter holds');
  assert.equal(await filter.inputValue(), 'video');
  assert.deepEqual(await filter.evaluate(field => [document.activeElement === field, field.selectionStart, field.selectionEnd]), [true, 1, 3]);
  await filter.fill('no such thing');
  await until('the filter works', async () => await rows() === 0);
  assert.ok(await isFirst(page));
  none(violations, 'violations');
});

test('styles and pictures are swapped, scripts are loaded anew', BOUNDED, async t => {
  const { page, violations, write, url } = await open(t, KINDS.map);
  const colour = () => page.evaluate(() => getComputedStyle(document.body).outlineColor);

  await t.test('a style sheet, with never a moment without', async () => {
    await page.evaluate(() => {
      window.bare = 0;
      const look = () => {
        if (getComputedStyle(document.querySelector('.jb-top-bar')).display === 'block') window.bare += 1;
        window.looked = (window.looked ?? 0) + 1;
        requestAnimationFrame(look);
      };
      window.display = getComputedStyle(document.querySelector('.jb-top-bar')).display;
      look();
    });
    assert.notEqual(await page.evaluate(() => window.display), 'block', 'the test needs another element');
    for (const [name, value] of [['red', 'rgb(255, 0, 0)'], ['lime', 'rgb(0, 255, 0)']]) {
      await write('themes/default/handbook.css', `body { outline: 1px solid ${name}; }\n`);
      await until(`it is ${name}`, async () => await colour() === value);
    }
    await until('the old ones are gone', async () => await page.locator('link[href*="handbook.css"]').count() === 1);
    assert.deepEqual(await page.evaluate(() => [window.bare, window.looked > 5]), [0, true]);
    assert.ok(await isFirst(page));
  });

  await t.test('a style and a text at once', async () => {
    await write('themes/default/handbook.css', 'body { outline: 1px solid blue; }\n');
    await until('it is blue', async () => await colour() === 'rgb(0, 0, 255)');
    assert.ok(await isFirst(page));
  });

  await t.test('a picture', async () => {
    const svg = width => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="${width}" height="10"/></svg>`;
    await write('assets/swap.svg', svg(40));
    await write('guides/90-swap.md', '---\ntitle: Swap\nsummary: A picture.\n---\n\n![A bar](../assets/swap.svg)\n');
    await until('the page is there', async () => (await page.request.get(`${url}guides/swap.html`)).status() === 200);
    await page.goto(`${url}guides/swap.html`);
    await mark(page);
    const width = () => page.locator('main img').evaluate(image => image.naturalWidth);
    await until('it is narrow', async () => await width() === 40);
    await write('assets/swap.svg', svg(70));
    await until('it is wide', async () => await width() === 70);
    await write('guides/90-swap.md', '---\ntitle: Swap\nsummary: A picture.\n---\n\nAnd a text.\n\n![A bar](../assets/swap.svg)\n');
    await page.locator('main', { hasText: 'And a text.' }).waitFor();
    assert.equal(await width(), 70);
    assert.ok(await isFirst(page));
  });

  await t.test('a script', async () => {
    await page.evaluate(() => { document.body.append(Object.assign(document.createElement('div'), { id: 'tall' })); });
    await write('themes/default/scripts/own.js', 'window.own = 1;\n');
    await until('it runs', () => page.evaluate(() => window.own === 1).catch(() => false));
    assert.ok(!await isFirst(page));
  });

  await t.test('none of it breaks the policy', () => none(violations, 'violations'));
});

test('an error comes and goes without a load', BOUNDED, async t => {
  const { page, folder, violations, replace, write } = await open(t, KINDS.map, {}, ['--editor', 'vscode']);
  const overlay = page.locator('.journeybook-overlay');
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'mine';
    document.querySelector('main').append(field);
    field.focus();
  });
  await replace(MAP, 'persona: first-time-buyer', 'persona: first-time-buier');
  await overlay.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'mine', 'focus stays');
  assert.match(await overlay.locator('[role="alert"]').innerText(), /^1 error in the handbook/);
  assert.ok(await page.locator('.jb-finding').isVisible(), 'the last good page');
  const link = overlay.locator('pre a').first();
  assert.match(await link.getAttribute('href'), new RegExp(`^vscode://file${folder.replaceAll('/', '\\/')}/maps/buying-a-first-machine\\.yaml:\\d+:\\d+$`));
  const status = async () => (await page.request.head(page.url())).status();
  assert.equal(await status(), 500);

  await t.test('it can be put away, and comes back with something else', async () => {
    await overlay.getByRole('button', { name: 'Dismiss' }).click();
    assert.ok(await overlay.isHidden());
    await write('guides/91-other.md', '---\ntitle: Other\nsummary: A second mistake.\n---\n\n[Nobody](persona:nobody)\n');
    await overlay.filter({ hasText: 'nobody' }).waitFor();
    assert.equal(await overlay.locator('pre').count(), 2, 'several at once');
    await overlay.locator('summary').focus();
    await page.keyboard.press('Escape');
    assert.ok(await overlay.isHidden());
  });

  await t.test('it goes when all is mended', async () => {
    await rm(join(folder, 'guides/91-other.md'));
    await replace(MAP, 'persona: first-time-buier', 'persona: first-time-buyer');
    await until('the overlay is gone', async () => await overlay.count() === 0);
    assert.equal(await status(), 200);
  });

  await t.test('a template that fails leaves the page beneath', async () => {
    await write('themes/default/templates/map.html', '<!doctype html><title>Map</title>{{ page.no_such_thing }}');
    await overlay.filter({ hasText: 'no_such_thing' }).waitFor();
    assert.ok(await page.locator('.jb-finding').isVisible(), 'the last good page');
    assert.equal(await status(), 500);
    await rm(join(folder, 'themes'), { recursive: true });
    await until('the overlay is gone', async () => await overlay.count() === 0);
  });

  await t.test('and nothing was loaded anew', async () => {
    assert.ok(await isFirst(page));
    none(violations, 'violations');
  });
});

test('a page has a badge with its own findings', BOUNDED, async t => {
  const { page, url, violations, write } = await open(t, KINDS.home, {}, ['--editor', 'subl://open?url=file:///{path}&line={line}']);
  await write('maps/bare.yaml', 'title: Bare\nkind: current-state\npersona: first-time-buyer\nstages:\n  - id: empty\n    title: Empty\n    steps: []\n');
  await until('the page is there', async () => (await page.request.get(`${url}maps/bare.html`)).status() !== 404);
  await page.goto(`${url}maps/bare.html`);
  const badge = page.locator('.journeybook-badge');
  await badge.locator('summary').click();
  assert.match(await badge.locator('li').first().innerText(), /(warning|note)\[[a-z-]+\]/);
  assert.match(await badge.locator('li a').first().getAttribute('href'), /^subl:\/\/open\?url=file:\/\/\/.*maps\/bare\.yaml&line=\d+$/);
  await page.goto(url + KINDS.map);
  await page.locator('.jb-finding').waitFor();
  const own = await page.locator('.journeybook-badge li').allInnerTexts();
  assert.ok(!own.some(text => text.includes('bare.yaml')), own.join('\n'));
  none(violations, 'violations');
});

test('eight tabs follow, seen or not', BOUNDED, async t => {
  const { page: first, url, folder, replace } = await open(t, KINDS.map);
  const pages = [first];
  while (pages.length < 8) {
    const page = await first.context().newPage();
    await page.goto(url + KINDS.map);
    await mark(page);
    pages.push(page);
  }
  // In a headless browser every tab counts as seen: eight windows beside each other.
  assert.ok((await Promise.all(pages.map(page => page.evaluate(() => document.visibilityState)))).every(state => state === 'visible'));
  for (const words of ['Mind the doorstep.', 'And the stairs.']) {
    await replace(MAP, 'finding: ', `finding: ${words} `);
    await Promise.all(pages.map(page => page.locator('.jb-finding', { hasText: words }).waitFor()));
  }
  assert.ok((await Promise.all(pages.map(isFirst))).every(Boolean));

  await t.test('a tab that is hidden lets go, and catches up when it is seen again', async () => {
    const hide = state => page => page.evaluate(state => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await Promise.all(pages.map(hide('hidden')));
    await replace(MAP, 'finding: ', 'finding: While nobody looked. ');
    await until('it is built', async () => (await (await first.request.get(url + KINDS.map)).text()).includes('While nobody looked.'));
    await new Promise(rest => setTimeout(rest, 300));
    assert.equal(await first.locator('.jb-finding', { hasText: 'While nobody looked.' }).count(), 0);
    await Promise.all(pages.map(hide('visible')));
    await Promise.all(pages.map(page => page.locator('.jb-finding', { hasText: 'While nobody looked.' }).waitFor()));
    assert.ok((await Promise.all(pages.map(isFirst))).every(Boolean));
  });

  await t.test('and a ninth page with many parts still loads at once', async () => {
    const page = await first.context().newPage();
    const before = Date.now();
    await page.goto(url + KINDS.home, { waitUntil: 'load' });
    assert.ok(Date.now() - before < 5000);
    void folder;
  });
});

test('pages that cannot share a channel follow as well', BOUNDED, async t => {
  const { page, browser, url, replace } = await open(t, KINDS.home);
  await page.close();
  const context = await browser.newContext();
  await context.addInitScript(() => { delete window.SharedWorker; });
  const alone = await context.newPage();
  await alone.goto(url + KINDS.map);
  await mark(alone);
  assert.equal(await alone.evaluate(() => typeof SharedWorker), 'undefined');
  await replace(MAP, 'finding: ', 'finding: Mind the doorstep. ');
  await alone.locator('.jb-finding', { hasText: 'Mind the doorstep.' }).waitFor();
  assert.ok(await isFirst(alone));
});

test('a page that outlives its preview catches up with the next one', BOUNDED, async t => {
  const { page, shown, replace } = await open(t, KINDS.map);
  await shown.end();
  await replace(MAP, 'finding: ', 'finding: While nobody served. ');
  await preview(t, [], shown);
  await page.locator('.jb-finding', { hasText: 'While nobody served.' }).waitFor({ timeout: 20_000 });
  await mark(page);
  await replace(MAP, 'finding: ', 'finding: And served again. ');
  await page.locator('.jb-finding', { hasText: 'And served again.' }).waitFor();
  assert.ok(await isFirst(page));
});

test('a page with thirty parts loads a hundred times without one stall', BOUNDED, async t => {
  // Tall enough that no picture waits for its reader to come near.
  const { page, write, url } = await open(t, KINDS.home, { viewport: { width: 1000, height: 4000 } });
  const names = Array.from({ length: 30 }, (_, index) => `assets/parts/part-${index}.svg`);
  for (const [index, name] of names.entries()) {
    await write(name, `<svg xmlns="http://www.w3.org/2000/svg" width="${index + 1}" height="10"><desc>${'x'.repeat(20_000)}</desc></svg>`);
  }
  const pictures = names.map(name => `![A part](../${name})`).join('\n\n');
  await write('guides/92-parts.md', `---\ntitle: Parts\nsummary: Many pictures.\n---\n\n${pictures}\n`);
  await until('the page is there', async () => (await page.request.get(`${url}guides/parts.html`)).status() === 200);
  await new Promise(rest => setTimeout(rest, 500));
  const [times, waited] = [[], []];
  for (let turn = 0; turn < 100; turn += 1) {
    const before = performance.now();
    await page.goto(`${url}guides/parts.html?turn=${turn}`, { waitUntil: 'load' });
    const widths = await page.evaluate(() => Promise.all([...document.querySelectorAll('main img')].map(image => image.decode().then(() => image.naturalWidth))));
    times.push(performance.now() - before);
    assert.deepEqual(widths, names.map((_, index) => index + 1));
    const waits = await page.evaluate(() => performance.getEntriesByType('resource').map(part => part.responseStart - part.requestStart));
    waited.push(Math.max(...waits));
  }
  times.sort((a, b) => a - b);
  waited.sort((a, b) => a - b);
  const told = ([name, figures]) => `${name}: median ${figures[50].toFixed(0)} ms, longest ${figures[99].toFixed(0)} ms`;
  t.diagnostic([['the page with all its pictures', times], ['its slowest answer', waited]].map(told).join('; '));
  assert.ok(waited[99] < 2000, `an answer took ${waited[99].toFixed(0)} ms`);
  assert.ok(times[99] < 8000, `the longest took ${times[99].toFixed(0)} ms`);
});
