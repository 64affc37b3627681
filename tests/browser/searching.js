// The search without a browser: the theme's script over the files of a built site, and the plain truth to hold it to.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

const SCRIPT = new URL('../../themes/default/scripts/search/ask.js', import.meta.url);

/** The search as the page has it, over the site in a folder. `read` counts the bytes of the files it asked for. */
export function searchOf(folder) {
  const read = { files: 0, bytes: 0, packed: [] };
  const head = {
    append(script) {
      const text = readFileSync(join(folder, script.src), 'utf8');
      read.files += 1;
      read.bytes += Buffer.byteLength(text);
      read.packed.push(text);
      vm.runInContext(text, context);
      queueMicrotask(() => script.onload());
    },
  };
  const context = vm.createContext({ document: { createElement: () => ({ remove() {} }), head }, queueMicrotask });
  vm.runInContext(readFileSync(SCRIPT, 'utf8'), context);
  return { ...context.journeybookSearch, read };
}

/** Every section of a language's index: title, place, kind, address and text. */
export function sectionsOf(folder, lang) {
  const sections = [];
  const context = vm.createContext({ journeybookSearch: (_, what, number, contents) => { received = contents; } });
  let received;
  const load = name => {
    vm.runInContext(readFileSync(join(folder, 'search', lang, `${name}.js`), 'utf8'), context);
    return received;
  };
  const { texts } = load('index');
  for (let file = 0; file < texts.length; file += 1) {
    for (const [title, place, kind, href, text] of load(`texts/${file}`)) sections.push({ title, place, kind, href, text });
  }
  return sections;
}

/** All results of a query, in order. */
export async function all(search, lang, query, filters = []) {
  const asked = await search.search([{ root: '', lang }], query, filters);
  const found = [];
  for (;;) {
    const { results, left } = await asked.more();
    found.push(...results);
    if (left === 0) return found;
  }
}
