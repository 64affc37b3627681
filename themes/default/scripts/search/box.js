// The search box: what a reader types, the results below it, the way through them with the keyboard.
(() => {
  const { search, snippet } = globalThis.journeybookSearch;
  const dialog = document.querySelector('[data-jb="search"]');
  if (!dialog) return;
  const form = dialog.querySelector('form');
  const input = form.querySelector('input[type="search"]');
  const list = dialog.querySelector('ol');
  const said = dialog.querySelector('output');
  const more = dialog.querySelector('[data-part="more"]');
  const { root, none, some, one } = dialog.dataset;
  const [lang, ...languages] = `${dialog.dataset.lang} ${dialog.dataset.languages}`.trim().toLowerCase().split(' ');
  /** Grows with every query, so that an answer to an older one is not shown. */
  let asked = 0;
  let answer;

  const element = (name, parts = {}, ...children) => {
    const made = Object.assign(document.createElement(name), parts);
    made.append(...children);
    return made;
  };

  const kinds = new Map();
  const entry = (result, typed) => {
    const link = element('a', { href: root + result.href }, element('b', { textContent: result.title }));
    if (result.lang !== lang) link.lang = result.lang;
    const where = [kinds.get(result.kind), result.place].filter(Boolean).join(' · ');
    link.append(element('small', { textContent: where }));
    const shown = snippet(result.text, typed).map(([text, found]) => found ? element('mark', { textContent: text }) : text);
    link.append(element('span', {}, ...shown));
    return element('li', {}, link);
  };

  const show = async typed => {
    const { results, left } = await answer.more();
    list.append(...results.map(result => entry(result, typed)));
    more.hidden = left === 0;
    return results;
  };

  const ask = async () => {
    const mine = asked += 1;
    const typed = input.value.trim();
    const chosen = new FormData(form);
    const filters = ['kind', 'stage', 'channel', 'persona'].map(by => [by, chosen.get(by)]).filter(([, id]) => id);
    const sources = (chosen.get('everywhere') ? languages : [lang]).map(tag => ({ root, lang: tag }));
    try {
      const found = typed === '' ? undefined : await search(sources, typed, filters);
      if (mine !== asked) return;
      answer = found;
      list.replaceChildren();
      more.hidden = true;
      if (!found) {
        said.textContent = '';
        return;
      }
      const results = await show(typed);
      if (mine !== asked) return;
      const count = results.length === 0 ? 0 : found.most;
      said.textContent = count === 0 ? none : (count === 1 ? one : some).replace('{n}', count.toLocaleString(lang));
    } catch (error) {
      said.textContent = error.message;
    }
  };

  /** The choices of each filter, once the index is there. */
  const fill = async () => {
    const index = await globalThis.journeybookSearch.index(root, lang);
    for (const [by, choices] of Object.entries(index.facets)) {
      const select = form.elements[by];
      if (by === 'kind') choices.forEach(([id, title]) => kinds.set(id, title));
      if (!select || select.options.length > 1) continue;
      select.append(...choices.map(([value, textContent]) => element('option', { value, textContent })));
      select.closest('label').hidden = choices.length < 2;
    }
  };

  const move = step => {
    const links = [input, ...list.querySelectorAll('a'), ...(more.hidden ? [] : [more])];
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
    next?.focus();
  };

  input.addEventListener('input', ask);
  form.addEventListener('change', event => { if (event.target !== input) ask(); });
  form.addEventListener('submit', event => {
    if (event.submitter?.value === 'close') return;
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  more.addEventListener('click', async () => {
    const first = list.children.length;
    await show(input.value.trim());
    list.children[first]?.querySelector('a').focus();
  });
  dialog.addEventListener('keydown', event => {
    if (event.target.tagName === 'SELECT' || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  });
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  // A result on this page closes the box on its way.
  list.addEventListener('click', event => { if (event.target.closest('a')) dialog.close(); });

  globalThis.journeybookSearch.open = () => {
    if (!dialog.open) dialog.showModal();
    input.select();
    const before = asked;
    // Whoever has typed meanwhile has been answered already.
    fill().then(() => asked === before && ask(), error => { said.textContent = error.message; });
  };
})();
