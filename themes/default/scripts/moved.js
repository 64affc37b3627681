// An old address leads on by itself; with a place in the page, the place comes along.
for (const link of document.querySelectorAll('[data-jb="moved"]')) {
  if (location.hash) location.replace(link.href + location.hash);
}
