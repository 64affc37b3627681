// Adds the colour-scheme switch and the catalogue's filters. Every page is complete without this file.
(() => {
  const root = document.documentElement;

  for (const button of document.querySelectorAll('[data-jb="theme-toggle"]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const now = root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
      root.dataset.theme = now === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem('journeybook-theme', root.dataset.theme); } catch {}
    });
  }

  for (const catalog of document.querySelectorAll('[data-jb="catalog"]')) {
    const form = catalog.querySelector('form');
    const table = catalog.querySelector('table');
    if (!form || !table) continue;
    const rows = [...table.tBodies[0].rows];
    const output = form.querySelector('output');
    const apply = () => {
      const wanted = [...new FormData(form)].filter(([, value]) => value);
      for (const row of rows) {
        row.hidden = !wanted.every(([name, value]) => (row.dataset[name] || '').split(' ').includes(value));
      }
      if (output) output.textContent = `${rows.filter(row => !row.hidden).length} ${output.dataset.count}`;
    };
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('reset', () => setTimeout(apply));
    apply();
  }
})();
