// Runs before the first paint, so that a reader who chose a colour scheme never sees the other one.
try {
  const chosen = localStorage.getItem('journeybook-theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
