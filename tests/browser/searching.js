// The search without a browser: the theme's script over the files of a built site, and the plain truth to hold it to.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';

const SCRIPT = new vm.Script(readFileSync(new URL('../../themes/default/scripts/search/ask.js', import.meta.url), 'utf8'));

/** Bytes on the wire: as a web server sends text, zlib at level 6. */
export const zipped = text => gzipSync(text, { level: 6 }).length;

/** The search as the page has it, over the site in a folder. `read` names the files it asked for. */
export function searchOf(folder) {
  const read = { files: [], bytes: () => read.files.reduce((sum, file) => sum + zipped(readFileSync(join(folder, file))), 0) };
  const head = {
    append(script) {
      read.files.push(script.src);
      vm.runInContext(readFileSync(join(folder, script.src), 'utf8'), context);
      queueMicrotask(() => script.onload());
    },
  };
  const context = vm.createContext({ document: { createElement: () => ({ remove() {} }), head }, queueMicrotask });
  SCRIPT.runInContext(context);
  return { ...context.journeybookSearch, read };
}

/** Every section of a language's index: title, place, kind, address and text. */
export function sectionsOf(folder, lang) {
  const sections = [];
  let received;
  const context = vm.createContext({ journeybookSearch: (_, what, number, contents) => { received = contents; } });
  const load = name => {
    vm.runInContext(readFileSync(join(folder, 'search', lang, `${name}.js`), 'utf8'), context);
    return received;
  };
  // Each file of texts is called by the number of its first section.
  const files = readdirSync(join(folder, 'search', lang, 'texts')).map(name => parseInt(name, 10)).sort((a, b) => a - b);
  for (const file of files) {
    for (const [title, place, kind, href, text] of load(`texts/${file}`)) sections.push({ title, place, kind, href, text });
  }
  return sections;
}

/** The first results of a query and how many there may be in all. */
export async function first(search, lang, query, filters = []) {
  return (await search.search([{ root: '', lang }], query, filters))();
}

/** All results of a query, in order. */
export async function all(search, lang, query, filters = []) {
  const asked = await search.search([{ root: '', lang }], query, filters);
  const found = [];
  for (;;) {
    const { results, left } = await asked();
    found.push(...results);
    if (left === 0) return found;
  }
}

/** Chance that falls the same way every time: a number from 0 to `sides - 1`. */
export function dice(seed) {
  let state = seed >>> 0;
  return sides => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) % sides;
  };
}

/** What plain reading finds, section by section, and queries to ask: stretches of the texts, and some that are nowhere. */
export class Truth {
  constructor(search, sections, seed = 1) {
    this.roll = dice(seed);
    this.search = search;
    this.sections = sections.map(section => {
      const [title, text] = [search.fold(section.title), search.fold(section.text)];
      return { ...section, all: `${title}\n${text}`, runs: search.runs(`${title}\n${text}`) };
    });
  }

  /** Where a query's stretches and words stand: words by their beginning, or alike but for a plural's ending. */
  holding(query) {
    const { runs, fold, stem } = this.search;
    const asked = runs(fold(query));
    const holds = (section, run) => {
      if (run.kind === 'cjk') return section.all.includes(run.text);
      section.words ??= new Set(section.runs.filter(one => one.kind === 'word').flatMap(one => [one.text, stem(one.text)]));
      if (section.words.has(run.text) || section.words.has(stem(run.text))) return true;
      for (const word of section.words) if (word.startsWith(run.text)) return true;
      return false;
    };
    return [...new Set(this.sections.filter(section => asked.every(run => holds(section, run))).map(section => section.href))].sort();
  }

  /** A stretch of CJK characters of so many signs, out of some text. */
  stretch(length) {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const { runs } = this.sections[this.roll(this.sections.length)];
      const long = runs.filter(run => run.kind === 'cjk' && [...run.text].length >= length);
      if (long.length === 0) continue;
      const signs = [...long[this.roll(long.length)].text];
      const start = this.roll(signs.length - length + 1);
      return signs.slice(start, start + length).join('');
    }
    throw new Error(`no text has ${length} CJK characters in a row`);
  }

  /** So many Latin words in a row, out of some text. */
  words(count) {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const { runs } = this.sections[this.roll(this.sections.length)];
      const start = this.roll(Math.max(1, runs.length - count));
      const words = runs.slice(start, start + count);
      if (words.length === count && words.every(run => /^[a-z]+$/.test(run.text))) return words.map(run => run.text).join(' ');
    }
    throw new Error(`no text has ${count} words in a row`);
  }

  /** A stretch whose characters are there, and which no text holds. */
  absent(length) {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const query = this.stretch(length >> 1) + this.stretch(length - (length >> 1));
      if (!this.sections.some(section => section.all.includes(query))) return query;
    }
    throw new Error(`every ${length} characters stand side by side somewhere`);
  }
}
