// Listens for all open pages of a browser, as long as one of them can be seen.
//
// A browser opens six connections to a host and no more, so that pages with a channel each would keep one another from
// loading.
'use strict';

/** How long the channel may be silent before it counts as broken, in milliseconds: it is tried every ten seconds. */
const SILENCE = 30_000;

const pages = new Map();
let events = null;
let heard = 0;
let latest = '';

const rest = () => {
  events?.close();
  events = null;
};

const listen = () => {
  rest();
  heard = Date.now();
  const channel = new EventSource('/__journeybook/events');
  events = channel;
  channel.onmessage = ({ data }) => {
    heard = Date.now();
    latest = data;
    for (const [page, seen] of pages) if (seen) page.postMessage(latest);
  };
  channel.addEventListener('ping', () => { heard = Date.now(); });
};

const settle = () => {
  const seen = [...pages.values()].some(Boolean);
  if (!seen) rest();
  else if (!events) listen();
};

setInterval(() => {
  if (!events) return;
  // A browser comes back by itself where nobody answers, but not where something else does.
  if (events.readyState === EventSource.CLOSED || Date.now() - heard > SILENCE) listen();
}, 1000);

addEventListener('connect', ({ ports: [page] }) => {
  page.addEventListener('message', ({ data }) => {
    if (data === 'gone') pages.delete(page);
    else pages.set(page, data === 'seen');
    settle();
    if (data === 'seen' && latest && events) page.postMessage(latest);
  });
  page.addEventListener('close', () => { pages.delete(page); settle(); });
  page.start();
});
