// Follows the latest build while the page can be seen: asks what changed, patches the page, swaps styles and pictures.
// Whatever cannot be done in place loads the page anew, and the browser keeps the reader's place.
(() => {
  'use strict';
  const { remember, patch, loaded, isSheet, stands } = globalThis.journeybookPreview;
  const me = document.currentScript;
  let { build, tag } = me.dataset;
  // Scripts of the theme that run before the first paint may change the root.
  const root = document.documentElement;
  const attributes = root.getAttributeNames().map(name => [name, root.getAttribute(name)]);
  performance.setResourceTimingBufferSize(5000);

  // ---- The panel with the errors

  const DISMISSED = 'journeybook-dismissed';
  const kept = { get: () => { try { return sessionStorage.getItem(DISMISSED); } catch { return null; } }, set: mark => { try { sessionStorage.setItem(DISMISSED, mark); } catch {} } };

  const dress = () => {
    const panel = document.querySelector('.journeybook-overlay');
    if (!panel) return;
    panel.hidden = kept.get() === panel.dataset.mark;
    for (const button of panel.querySelectorAll('[data-journeybook="dismiss"]')) button.hidden = false;
  };
  const dismiss = panel => {
    kept.set(panel.dataset.mark);
    panel.hidden = true;
  };
  document.addEventListener('click', ({ target }) => {
    if (target.closest?.('[data-journeybook="dismiss"]')) dismiss(target.closest('.journeybook-overlay'));
  });
  document.addEventListener('keydown', ({ key, target }) => {
    const panel = key === 'Escape' && target.closest?.('.journeybook-overlay');
    if (panel) dismiss(panel);
  });

  // ---- Files that the page shows

  /** The place in the site that an address leads to; nothing for another site's. */
  const placeOf = address => {
    try {
      const url = new URL(address, document.baseURI);
      return url.origin === location.origin ? decodeURIComponent(url.pathname).slice(1) : '';
    } catch { return ''; }
  };

  /** The same address in another spelling, so that the browser has to ask for it. */
  const anew = address => {
    const url = new URL(address, document.baseURI);
    url.searchParams.set('journeybook', build);
    return url.href;
  };

  const SHOWN = [
    ['img, input[type="image"], source, video, audio, track, embed, iframe', 'src'],
    ['video', 'poster'],
    ['image, use', 'href'],
    ['link[rel~="icon"]', 'href'],
    ['object', 'data'],
  ];

  /** Shows these files anew, wherever the page shows them; false if it uses one in a way that only loading it anew mends. */
  const swap = files => {
    const wanted = new Set(files);
    const left = new Set();
    for (const { name, initiatorType } of performance.getEntriesByType('resource')) {
      const place = placeOf(name);
      if (!wanted.has(place)) continue;
      if (initiatorType === 'script') return false;
      left.add(place);
    }
    if ([...document.scripts].some(script => script.src && wanted.has(placeOf(script.src)))) return false;
    for (const sheet of [...document.querySelectorAll('link')].filter(isSheet)) {
      if (!wanted.has(placeOf(sheet.href)) || sheet.dataset.leaving) continue;
      left.delete(placeOf(sheet.href));
      const next = sheet.cloneNode();
      next.href = anew(sheet.href);
      sheet.dataset.leaving = 'yes';
      sheet.after(next);
      stands(sheet, next);
      loaded([next]).then(() => sheet.remove());
    }
    for (const [elements, attribute] of SHOWN) {
      for (const element of document.querySelectorAll(elements)) {
        const address = element.getAttribute(attribute);
        if (!address || !wanted.has(placeOf(address))) continue;
        left.delete(placeOf(address));
        element.setAttribute(attribute, anew(address));
        if (element.localName === 'source') element.parentElement.load?.();
      }
    }
    for (const element of document.querySelectorAll('[srcset]')) {
      const parts = element.getAttribute('srcset').split(/,\s+/).map(part => part.trim().split(/\s+/));
      if (!parts.some(([address]) => wanted.has(placeOf(address)))) continue;
      for (const part of parts) if (left.delete(placeOf(part[0])) || wanted.has(placeOf(part[0]))) part[0] = anew(part[0]);
      element.setAttribute('srcset', parts.map(part => part.join(' ')).join(', '));
    }
    // What a style sheet or a script brought is not ours to swap.
    return left.size === 0;
  };

  // ---- Catching up

  /** Ends whatever goes on here. */
  const reload = () => {
    location.reload();
    return new Promise(() => {});
  };

  const catchUp = async () => {
    const answer = await fetch(`/__journeybook/changes?since=${build}`);
    if (!answer.ok) return;
    const [latest, which, ...files] = (await answer.text()).trimEnd().split('\n');
    if (latest === build) return;
    if (which !== 'some') await reload();
    // Never a redirect: what lies elsewhere now is another page.
    const page = await fetch(location.pathname + location.search, { headers: { 'If-None-Match': `"${tag}"`, 'Journeybook-Preview': 'patch' }, redirect: 'manual' });
    build = latest;
    if (page.status !== 304) {
      const next = page.headers.get('etag')?.slice(1, -1) ?? '';
      const text = await page.text();
      // Between nothing and something there is nothing to keep.
      if (!next || next.startsWith('404-') !== tag.startsWith('404-')) await reload();
      tag = next;
      try {
        patch(text);
      } catch (error) {
        console.info('journeybook loads the page anew:', error.message);
        await reload();
      }
      dress();
    }
    if (!swap(files)) await reload();
    document.dispatchEvent(new CustomEvent('journeybook:patched', { bubbles: true }));
  };

  let busy = false;
  let again = false;
  const follow = async () => {
    again = true;
    if (busy || document.visibilityState !== 'visible') return;
    busy = true;
    while (again) {
      again = false;
      // The preview may be gone for a while: whoever says that it is back asks once more.
      await catchUp().catch(() => {});
    }
    busy = false;
  };

  // ---- Hearing of builds

  let listener = null;
  let events = null;
  const here = () => document.visibilityState === 'visible';
  const tell = word => listener?.port.postMessage(word);

  /** A channel of this page's own, where pages cannot share one. */
  const listenAlone = () => {
    listener = null;
    if (!here()) {
      events?.close();
      events = null;
    }
    if (!here() || events && events.readyState !== EventSource.CLOSED) return;
    events = new EventSource('/__journeybook/events');
    events.onmessage = follow;
  };

  const settle = () => {
    if (listener) tell(here() ? 'seen' : 'hidden');
    else listenAlone();
    if (here()) follow();
  };

  const start = () => {
    try {
      listener = new SharedWorker('/__journeybook/listen.js', 'journeybook');
      listener.onerror = listenAlone;
      listener.port.onmessage = ({ data }) => { if (data !== build) follow(); };
    } catch { listener = null; }
    document.addEventListener('visibilitychange', settle);
    addEventListener('pageshow', settle);
    addEventListener('online', settle);
    addEventListener('focus', settle);
    addEventListener('pagehide', () => {
      tell('gone');
      events?.close();
      events = null;
    });
    settle();
  };

  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    try { remember(attributes); } catch {}
    dress();
    start();
  });
})();
