// Adds the colour-scheme switch and the search. Every page is complete without this file.
(() => {
  const root = document.documentElement;

  const setUpToggle = button => {
    button.hidden = false;
    button.addEventListener('click', () => {
      const now = root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
      root.dataset.theme = now === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem('journeybook-theme', root.dataset.theme); } catch {}
    });
  };
  for (const button of document.querySelectorAll('[data-jb="theme-toggle"]')) setUpToggle(button);
  // The preview put another one in its place.
  document.addEventListener('journeybook:patched', event => {
    if (!event.target.matches?.('[data-jb="theme-toggle"]')) return;
    event.preventDefault();
    setUpToggle(event.target);
  });

  // On small screens the table of a map is laid out as cards. A table that is laid out otherwise is not told as one by every
  // browser unless its parts say what they are. It bears no `data-jb`, so that the preview patches it row by row.
  const roles = { TABLE: 'table', TR: 'row', TD: 'cell' };
  const roleOf = part => roles[part.tagName] ?? (part.scope.startsWith('row') ? 'rowheader' : 'columnheader');
  const tellTables = () => {
    for (const part of document.querySelectorAll('.jb-journey-map :is(table, tr, th, td):not([role])')) part.setAttribute('role', roleOf(part));
  };
  tellTables();
  document.addEventListener('journeybook:patched', tellTables);

  // The site's top folder, where the theme lies.
  const top = document.currentScript ? new URL('..', document.currentScript.src).href : '';
  const opener = document.querySelector('[data-jb="search-opener"]');
  const box = () => document.querySelector('[data-jb="search"]');
  if (opener && typeof HTMLDialogElement === 'function') {
    const load = src => new Promise((done, failed) => {
      const script = document.createElement('script');
      Object.assign(script, { src, onload: done, onerror: failed });
      document.head.append(script);
    });
    const prepare = async () => {
      // A theme of one's own may have put the box into the page.
      const { root: home, lang } = { root: top, lang: root.lang, ...opener.dataset, ...box()?.dataset };
      if (!box()) await load(`${home}search/${lang.toLowerCase()}/box.js`);
      box().dataset.root = home;
      await load(`${home}theme/search.js`);
    };
    let loaded;
    const open = () => {
      // Nothing of the search is loaded before somebody wants it.
      loaded ??= prepare();
      loaded.then(() => journeybookSearch.open(), () => { location.href = opener.href; });
    };
    opener.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    opener.setAttribute('aria-keyshortcuts', '/ Control+K');
    document.addEventListener('keydown', event => {
      const typing = event.target.closest('input, select, textarea, [contenteditable]');
      const wanted = event.key === '/' ? !typing && !event.ctrlKey && !event.metaKey : event.key === 'k' && (event.ctrlKey || event.metaKey);
      if (!wanted || box()?.open) return;
      event.preventDefault();
      open();
    });
  }
})();
