// The search box: what a reader types, the results below it, the way through them with the keyboard.
(() => {
  const { index, search, snippet } = globalThis.journeybookSearch;
  const dialog = document.querySelector('[data-jb="search"]');
  if (!dialog) return;
  const form = dialog.querySelector('form');
  const input = form.querySelector('input[type="search"]');
  const list = dialog.querySelector('ol');
  const said = dialog.querySelector('output');
  const more = dialog.querySelector('[data-part="more"]');
  const words = dialog.dataset;
  const { root } = words;
  const lang = words.lang.toLowerCase();
  /** Tag and own name of each language that there is, by the name of its index. */
  const languages = new Map(words.languages.split('|').filter(Boolean).map(entry => {
    const [tag, ...name] = entry.split(' ');
    return [tag.toLowerCase(), [tag, name.join(' ')]];
  }));
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
    const [tag, name] = result.lang === lang ? [] : languages.get(result.lang);
    if (tag) link.lang = link.hreflang = tag;
    const where = [kinds.get(`${result.lang} ${result.kind}`), result.place, name].filter(Boolean).join(' · ');
    link.append(element('small', { textContent: where }));
    const shown = snippet(result.text, typed).map(([text, found]) => found ? element('mark', { textContent: text }) : text);
    link.append(element('span', {}, ...shown));
    return element('li', {}, link);
  };

  /** Says how many there are, as far as that is known. */
  const say = (count, exact) => {
    const none = exact || count === 0 ? words.none : words.noneYet;
    const some = !exact ? words.most : count === 1 ? words.one : words.some;
    said.textContent = (list.children.length === 0 ? none : some).replace('{n}', count.toLocaleString(lang));
  };

  /** Shows the next results below those that are there; says how many there are in all. */
  const show = async (from, typed, before = 0) => {
    const { results, left, exact } = await from();
    return () => {
      list.append(...results.map(result => entry(result, typed)));
      more.hidden = left === 0;
      say(before + results.length + left, exact);
    };
  };

  const ask = async () => {
    const mine = asked += 1;
    const typed = input.value.trim();
    const chosen = new FormData(form);
    const filters = ['kind', 'stage', 'channel', 'persona'].map(by => [by, chosen.get(by)]).filter(([, id]) => id);
    const sources = (chosen.get('everywhere') ? [...languages.keys()] : [lang]).map(tag => ({ root, lang: tag }));
    try {
      await Promise.all(sources.map(source => name(source.lang)));
      const found = typed === '' && filters.length === 0 ? undefined : await search(sources, typed, filters);
      const put = found && await show(found, typed);
      if (mine !== asked) return;
      answer = found;
      // Whoever has gone on to the results already stays among them.
      const at = [...list.querySelectorAll('a'), more].indexOf(document.activeElement);
      list.replaceChildren();
      more.hidden = true;
      said.textContent = '';
      put?.();
      if (at >= 0) ([...list.querySelectorAll('a')].slice(0, at + 1).at(-1) ?? input).focus();
    } catch {
      if (mine === asked) said.textContent = words.unread;
    }
  };

  /** What the kinds are called in a language. */
  const name = async tag => {
    const { facets } = await index(root, tag);
    for (const [id, title] of facets.kind) kinds.set(`${tag} ${id}`, title);
    return facets;
  };

  /** The choices of each filter, once the index is there. */
  const fill = async () => {
    for (const [by, choices] of Object.entries(await name(lang))) {
      const select = form.elements[by];
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
    const [from, first] = [answer, list.children.length];
    const put = await show(from, input.value.trim(), first);
    if (from !== answer) return;
    put();
    // The button goes when nothing is left; the focus does not go with it.
    (list.children[first]?.querySelector('a') ?? (more.hidden ? list.querySelector('li:last-child a') ?? input : more)).focus();
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
    fill().then(() => asked === before && ask(), () => { said.textContent = words.unread; });
  };
})();
