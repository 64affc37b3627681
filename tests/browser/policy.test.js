// A site may be put anywhere: behind a strict policy, into a sub-folder, on a USB stick.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { BOUNDED, KINDS, host, htmlFiles, newPage, none, openSite } from './support.js';

test('policy', BOUNDED, async t => {
  const { folder, url, browser } = await openSite(t);
  const files = await htmlFiles(folder);

  await t.test('no page breaks it or asks another host', async () => {
    const page = await newPage(browser);
    const complaints = await listen(page, url);
    for (const file of files) {
      await page.goto(url + file);
    }
    none(complaints, 'complaints');
  });

  await t.test('no file has anything inline', async () => {
    const page = await newPage(browser);
    const inline = [];
    for (const file of files) {
      const parts = await page.evaluate(inlineParts, await readFile(join(folder, file), 'utf8'));
      inline.push(...parts.map(part => `${file}: ${part}`));
    }
    none(inline, 'inline');
  });

  await t.test('the page for what is missing is whole at any depth', async () => {
    const page = await newPage(browser);
    const answer = await page.goto(`${url}no/such/place/`);
    assert.equal(answer.status(), 404);
    await dressed(page);
    await page.locator('main a[href$="maps/index.html"]').click();
    await page.waitForURL(url + KINDS['map index']);
  });

  await t.test('a site works from a sub-folder of a server', async t => {
    await walk(await newPage(browser), await host(t, folder, '/teams/cx/handbook/'));
  });

  await t.test('a site works from the disk', async () => {
    await walk(await newPage(browser), `${pathToFileURL(folder)}/`);
  });
});

/** Clicks from home to a map, to a touchpoint, and back, with styles and scripts at work everywhere. */
async function walk(page, top) {
  const complaints = await listen(page, top);
  const arrived = async kind => {
    await page.waitForURL(top + KINDS[kind]);
    await dressed(page);
  };
  await page.goto(`${top}index.html`);
  await arrived('home');
  await page.locator('.jb-feature a[href$="buying-a-first-machine.html"]').click();
  await arrived('map');
  await page.locator('.jb-touchpoint-list a[href$="video-support.html"]').first().click();
  await arrived('touchpoint');
  await page.goBack();
  await arrived('map');
  await page.locator('.jb-top-bar__brand').click();
  await arrived('home');
  none(complaints, 'complaints');
}

/** Waits until a page has its styles and scripts at work. */
async function dressed(page) {
  await page.locator('.jb-theme-toggle').waitFor();
  assert.equal(await page.locator('.jb-top-bar').evaluate(bar => getComputedStyle(bar).display), 'flex', page.url());
}

/** Whatever goes wrong on a page from now on, and every request that leaves the site. */
async function listen(page, top) {
  const complaints = [];
  const complain = text => complaints.push(`${page.url()}: ${text}`);
  await page.addInitScript(() => addEventListener('securitypolicyviolation', event => {
    console.error(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  }));
  page.on('console', message => ['error', 'warning'].includes(message.type()) && complain(message.text()));
  page.on('pageerror', error => complain(error.message));
  page.on('requestfailed', request => {
    // What was still under way when the reader went on is no complaint.
    if (request.failure().errorText !== 'net::ERR_ABORTED') complain(`no answer from ${request.url()}`);
  });
  page.on('request', request => request.url().startsWith(top) || complain(`asks ${request.url()}`));
  return complaints;
}

/** In a page: what a strict policy forbids in a document. */
function inlineParts(html) {
  const all = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')];
  const forbidden = ({ localName, attributes }) => {
    const names = [...attributes].map(({ name }) => name);
    return localName === 'style' || localName === 'base' || (localName === 'script' && !names.includes('src'))
      || names.some(name => name === 'style' || name.startsWith('on'))
      || [...attributes].some(({ value }) => /^\s*javascript:/i.test(value));
  };
  return all.filter(forbidden).map(element => element.outerHTML.slice(0, 120));
}
