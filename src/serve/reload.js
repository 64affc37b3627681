// Reloads the page once it shows another build than the latest. The browser keeps the reader's place.
//
// A browser opens six connections to a host and no more: only pages that can be seen may hold one.
(() => {
  "use strict";
  const shown = document.currentScript.dataset.build;
  let events = null;

  const rest = () => {
    events?.close();
    events = null;
  };

  const listen = () => {
    if (document.visibilityState !== "visible") return rest();
    if (events) return;
    events = new EventSource("/__journeybook/events");
    events.onmessage = (message) => {
      if (message.data === shown) return;
      rest();
      location.reload();
    };
  };

  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  addEventListener("pagehide", rest);
  listen();
})();
