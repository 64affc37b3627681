// Adds the colour-scheme switch. Every page is complete without this file.
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
})();
