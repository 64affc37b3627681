// Runs as soon as it is there, so that a reader who chose a colour scheme hardly ever sees the other one. The first paint does
// not wait for it.
try {
  const chosen = localStorage.getItem('journeybook-theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
