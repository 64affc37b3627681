// Built pages as a reader takes them in: sections by their heading, tables by their headers, terms by their label.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, newPage } from '../support.js';

/** Gives a way to read the pages of a site; each is parsed by a browser, and what is hidden from readers is left out. */
export async function openReader(t, folder) {
  const page = await newPage(await launch(t));
  const read = new Map();
  return async path => {
    if (!read.has(path))
      read.set(path, await page.evaluate(outline, [path, await readFile(join(folder, path), 'utf8')]));
    return new Reading(path, read.get(path));
  };
}

/** A page that was read. */
class Reading {
  constructor(path, { top, sections }) {
    Object.assign(this, { path, top, sections });
  }

  /** The section under the heading with this id. */
  section(id) {
    const found = this.sections.find(section => section.id === id);
    if (!found) throw new Error(`${this.path} has no section #${id}`);
    return found;
  }

  /** The same, or nothing. */
  maybe(id) {
    return this.sections.find(section => section.id === id);
  }
}

/** Runs in the browser: a page as its sections. */
function outline([path, html]) {
  const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  for (const unseen of main.querySelectorAll('svg, script, [aria-hidden="true"]')) unseen.remove();
  const words = node => {
    const texts = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.data);
    return texts
      .join(' ')
      .replace(/\s+/g, ' ')
      .replace(/ ([,.:;)])/g, '$1')
      .trim();
  };
  const place = href => {
    const url = new URL(href, `http://site/${path}`);
    return decodeURIComponent(url.pathname.slice(1) + url.search + url.hash);
  };
  const links = node =>
    [...node.querySelectorAll('a[href]')].map(link => ({ text: words(link), to: place(link.getAttribute('href')) }));
  const dates = node => [...node.querySelectorAll('time')].map(time => time.getAttribute('datetime'));
  const cell = node => ({
    text: words(node),
    links: links(node),
    items: [...node.querySelectorAll('li')].map(words),
    dates: dates(node),
  });
  const table = node => {
    const columns = [...node.querySelectorAll('thead tr:last-child > *')];
    const row = group => line => {
      const cells = [...line.children].map(cell);
      return {
        group,
        title: cells[0].text,
        to: cells[0].links[0]?.to,
        cells,
        by: Object.fromEntries(cells.map((one, at) => [words(columns[at] ?? line), one])),
      };
    };
    const lines = part => [...part.querySelectorAll(':scope > tr')];
    return {
      columns: columns.map(cell),
      rows: [...node.querySelectorAll(':scope > tbody')].flatMap(body => {
        const head = body.querySelector('th[colspan]');
        return lines(body)
          .filter(line => line.children.length > 1)
          .map(row(head ? words(head) : ''));
      }),
      foot: [...node.querySelectorAll(':scope > tfoot')].flatMap(part => lines(part).map(row(''))),
    };
  };
  const content = (node, heading) => {
    const own = document.createElement('div');
    own.append(node.cloneNode(true));
    for (const inner of own.querySelectorAll('section section')) inner.remove();
    return {
      id: heading?.id ?? '',
      heading: heading ? words(heading) : '',
      text: words(own),
      tables: [...own.querySelectorAll('table')].map(table),
      items: [...own.querySelectorAll('li')].filter(item => !item.closest('table')).map(cell),
      pairs: Object.fromEntries(
        [...own.querySelectorAll('dl > div')].map(pair => [
          words(pair.querySelector('dt')),
          cell(pair.querySelector('dd')),
        ]),
      ),
      terms: [...own.querySelectorAll('dl > div')].map(pair => ({
        id: pair.id,
        term: cell(pair.querySelector('dt')),
        said: cell(pair.querySelector('dd')),
      })),
      paragraphs: [...own.querySelectorAll('p')].map(words),
    };
  };
  const sections = [...main.querySelectorAll('section')].map(section =>
    content(section, section.querySelector('h2, h3')),
  );
  const rest = main.cloneNode(true);
  for (const section of rest.querySelectorAll('section')) section.remove();
  return { top: content(rest), sections };
}
