// Every link leads somewhere, and every page is a sound document.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { BOUNDED, buildSite, htmlFiles, launch, newPage, none } from './support.js';

test('the site holds together', BOUNDED, async t => {
  const folder = await buildSite(t);
  const files = new Set(await readdir(folder, { recursive: true }));
  const page = await newPage(await launch(t));
  const pages = new Map();
  for (const file of await htmlFiles(folder)) {
    pages.set(file, await page.evaluate(outline, await readFile(join(folder, file), 'utf8')));
  }
  const links = [...pages].flatMap(([from, { links }]) => links.map(link => ({ from, link, ...follow(from, link) })));

  /** No page may have a fault of this kind. */
  const faultless = (name, faultsOf) => t.test(name, () => {
    none([...pages].flatMap(([file, page]) => faultsOf(page, file).map(fault => `${file}: ${fault}`)), 'faults');
  });
  const lost = links => none(links.map(({ from, link }) => `${from}: ${link}`), 'these lead nowhere');

  await t.test('every link within the site meets a file', () => {
    lost(links.filter(({ path }) => path !== undefined && !files.has(path)));
  });

  await t.test('every link to a place meets that place', () => {
    const anchored = links.filter(({ path, anchor }) => anchor && pages.has(path));
    assert.ok(anchored.length > 100);
    lost(anchored.filter(({ path, anchor }) => !pages.get(path).ids.includes(anchor)));
  });

  await t.test('every page can be reached from the front page', () => {
    const reached = new Set(['index.html']);
    for (const file of reached) {
      links.filter(({ from, path }) => from === file && pages.has(path)).forEach(({ path }) => reached.add(path));
    }
    // The missing page, and where an item was before: no page leads there.
    const apart = ['404.html', 'touchpoints/video-call.html', 'zh-cn/404.html', 'zh-cn/touchpoints/video-call.html'];
    assert.deepEqual([...pages.keys()].filter(file => !reached.has(file)), apart);
  });

  await t.test('no two pages have one title', () => {
    const titles = [...pages.values()].map(({ title }) => title);
    none(titles.filter((title, index) => !title || titles.indexOf(title) !== index), 'again');
  });

  await faultless('no id stands twice on a page', ({ ids }) => ids.filter((id, index) => ids.indexOf(id) !== index));
  await faultless('what is named by id is there', ({ ids, named }) => named.filter(id => !ids.includes(id)));
  await faultless('every page says its language', ({ lang }, file) => {
    return lang === (file.startsWith('zh-cn/') ? 'zh-CN' : 'en') ? [] : [`lang="${lang}"`];
  });
  await faultless('every page has one first heading and skips no level', ({ headings }) => {
    const ones = headings.filter(({ level }) => level === 1);
    const skips = headings.filter(({ level }, index) => level > (headings[index - 1]?.level ?? 0) + 1);
    return ones.length === 1 ? skips.map(({ level, text }) => `h${level} ${text}`) : [`${ones.length} first headings`];
  });
});

/** Where a link leads: a file of the site and a place in it; neither if it leaves the site. */
function follow(from, link) {
  if (/^(https?|mailto|tel):/.test(link)) return {};
  // What follows a question mark is a choice that the page's script keeps, no other page.
  const [address, anchor] = link.replace(/\?[^#]*/, '').split('#').map(decodeURIComponent);
  // Only the page for what is missing may count from the server's top, for it is shown at any depth.
  if (address.startsWith('/') && !from.endsWith('404.html')) return { path: address };
  const path = address === '' ? from : posix.join(address.startsWith('/') ? '' : posix.dirname(from), address);
  return { path: path.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html'), anchor };
}

/** In a page: what of a document other documents, and readers, rely on. */
function outline(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const values = name => [...page.querySelectorAll(`[${name}]`)].map(element => element.getAttribute(name));
  const words = name => values(name).flatMap(value => value.split(/\s+/));
  return {
    title: page.title,
    lang: page.documentElement.lang,
    ids: values('id'),
    links: [...values('href'), ...values('src')],
    named: [...words('aria-labelledby'), ...words('aria-describedby'), ...words('for'), ...words('headers'),
      ...[...html.matchAll(/url\(#([^)]+)\)/g)].map(match => match[1])],
    headings: [...page.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .map(({ localName, textContent }) => ({ level: Number(localName[1]), text: textContent.trim() })),
  };
}
