// Makes an open page the page of a newer build, and leaves everything as it is that did not change.
//
// Three documents are compared: the page as it was sent, the page as it is sent now, and the page as it stands, to which
// its scripts and its reader have done things. Only what differs between the first two is done to the third. So scroll
// position, open details, form input, focus, selection, playing media and whatever a script has set up survive, unless
// their own source changed.
//
// A component that a script runs bears `data-jb`. Where its source changed it is replaced whole, and `journeybook:patched`
// is dispatched on it and bubbles: the script that sets it up says so with `preventDefault()`. If none does, the page is
// loaded anew. After every build the same event is dispatched on the document, for scripts that keep what they loaded.
(() => {
  'use strict';

  /** Thrown for what a patch cannot express: the page has to be loaded anew. */
  class Unpatchable extends Error {}

  const ELEMENT = 1;
  /** Nothing in it is loaded or run. */
  const quiet = document.implementation.createHTMLDocument('');

  /** The page as it was sent, and for each of its nodes the node that stands for it. */
  const sent = { root: null, live: new WeakMap() };

  const pair = (source, live) => {
    sent.live.set(source, live);
    const [sources, lives] = [source.childNodes, live.childNodes];
    if (sources.length !== lives.length) throw new Unpatchable('the page is not what was sent');
    for (let at = 0; at < sources.length; at += 1) pair(sources[at], lives[at]);
  };

  /** Remembers the page as it stands, but with these attributes of its root: what was sent. */
  const remember = attributes => {
    sent.root = quiet.importNode(document.documentElement, true);
    for (const name of sent.root.getAttributeNames()) sent.root.removeAttribute(name);
    for (const [name, value] of attributes) sent.root.setAttribute(name, value);
    sent.live = new WeakMap();
    pair(sent.root, document.documentElement);
  };

  /** Whether two nodes are the same; the contents of templates are no children, and count as well. */
  const same = (one, other) => {
    if (!one.isEqualNode(other)) return false;
    if (one.nodeType !== ELEMENT) return true;
    const [here, there] = [templates(one), templates(other)];
    return here.every((template, at) => template.innerHTML === there[at].innerHTML);
  };
  const templates = node => [...node.localName === 'template' ? [node] : [], ...node.querySelectorAll('template')];

  /** What tells an element from its neighbours whatever else changes about it; nothing for most. */
  const keyOf = node => {
    if (node.nodeType !== ELEMENT) return '';
    if (node.id) return `${node.localName}#${node.id}`;
    if (node.localName === 'link') return `link ${node.getAttribute('rel')} ${node.getAttribute('hreflang') ?? ''} ${node.getAttribute('href')}`;
    if (node.localName === 'script') return `script ${node.getAttribute('src')}`;
    if (node.localName === 'meta') return `meta ${node.getAttribute('name') ?? node.getAttribute('property')}`;
    if (node.dataset?.jb) return `jb ${node.dataset.jb}`;
    return '';
  };
  const kindOf = node => `${node.nodeType} ${node.nodeName} ${node.nodeType === ELEMENT ? node.getAttribute('class') ?? '' : ''}`;
  const textOf = node => node.nodeType === ELEMENT ? node.outerHTML : `${node.nodeType} ${node.data}`;

  /** For each new node the old one that becomes it, or nothing. */
  const match = (olds, news) => {
    const found = new Array(news.length);
    let [from, oldEnd, newEnd] = [0, olds.length, news.length];
    while (from < oldEnd && from < newEnd && same(olds[from], news[from])) { found[from] = olds[from]; from += 1; }
    while (oldEnd > from && newEnd > from && same(olds[oldEnd - 1], news[newEnd - 1])) {
      oldEnd -= 1;
      newEnd -= 1;
      found[newEnd] = olds[oldEnd];
    }
    const left = new Set(olds.slice(from, oldEnd));
    // The same key, then the same contents, then the same kind, then the same name: first come, first served.
    for (const sign of [keyOf, textOf, kindOf, node => node.nodeName]) {
      const waiting = new Map();
      for (const old of left) {
        const name = sign(old);
        // A key is for good: what has one becomes nothing else.
        if (!name || sign !== keyOf && sign !== textOf && keyOf(old)) continue;
        if (!waiting.has(name)) waiting.set(name, []);
        waiting.get(name).push(old);
      }
      for (let at = from; at < newEnd; at += 1) {
        if (found[at] || sign !== keyOf && sign !== textOf && keyOf(news[at])) continue;
        const old = waiting.get(sign(news[at]))?.shift();
        if (!old) continue;
        found[at] = old;
        left.delete(old);
      }
    }
    return found;
  };

  /** Which of these numbers, some missing, need not move: a longest rising run. */
  const staying = numbers => {
    const ends = [];
    const before = new Map();
    numbers.forEach((number, at) => {
      if (number === undefined) return;
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (numbers[ends[middle]] < number) low = middle + 1;
        else high = middle;
      }
      before.set(at, ends[low - 1]);
      ends[low] = at;
    });
    const stay = new Set();
    for (let at = ends.at(-1); at !== undefined; at = before.get(at)) stay.add(at);
    return stay;
  };

  /** Moves a node with all its state where the browser can, else as well as it can. */
  const move = (parent, node, next) => {
    if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, next);
    else parent.insertBefore(node, next);
  };

  const isSheet = node => node.localName === 'link' && /(^|\s)stylesheet(\s|$)/i.test(node.getAttribute('rel') ?? '') && !node.hasAttribute('disabled');

  /** One patch under way. */
  class Patch {
    /** Components whose source is another one now, or that are new. */
    components = [];
    /** Style sheets that came, and those that go once these are there. */
    sheets = [];
    leaving = [];
    /** Gives the focus back to where it was. */
    focus = () => {};

    node(old, now) {
      if (same(old, now)) return;
      const live = sent.live.get(old);
      if (!live) throw new Unpatchable('a node is not there any more');
      if (old.nodeType !== ELEMENT) {
        old.data = now.data;
        live.data = now.data;
      } else if (old.localName === 'script') {
        if (!old.dataset.build) throw new Unpatchable('a script changed');
      } else if (old.localName === 'template') {
        this.attributes(old, now, live);
        old.innerHTML = now.innerHTML;
        live.innerHTML = now.innerHTML;
      } else if (old.dataset?.jb) {
        this.component(old, now, live);
      } else {
        this.attributes(old, now, live);
        this.children(old, now, live);
      }
    }

    attributes(old, now, live) {
      for (const { name, namespaceURI, value } of [...now.attributes]) {
        if (old.getAttribute(name) === value) continue;
        for (const element of [old, live]) {
          if (namespaceURI) element.setAttributeNS(namespaceURI, name, value);
          else element.setAttribute(name, value);
        }
      }
      for (const name of old.getAttributeNames()) {
        if (now.hasAttribute(name)) continue;
        old.removeAttribute(name);
        live.removeAttribute(name);
      }
    }

    children(old, now, live) {
      const [olds, news] = [[...old.childNodes], [...now.childNodes]];
      const found = match(olds, news);
      const kept = new Set(found);
      for (const gone of olds) if (!kept.has(gone)) this.remove(gone);
      const places = new Map(olds.map((node, at) => [node, at]));
      const stay = staying(found.map(node => node && places.get(node)));
      let next = null;
      for (let at = news.length - 1; at >= 0; at -= 1) {
        let node = found[at];
        if (!node) {
          node = this.make(news[at]);
          old.insertBefore(node, next);
          this.place(live, sent.live.get(node), next, olds);
        } else {
          if (!stay.has(at)) {
            old.insertBefore(node, next);
            this.place(live, sent.live.get(node), next, olds);
          }
          this.node(node, news[at]);
        }
        next = node;
      }
    }

    /** Puts a live node before the one that stands for `next`; what scripts have put between stays where it is. */
    place(parent, node, next, olds) {
      let anchor = next && sent.live.get(next);
      if (next && anchor?.parentNode !== parent) throw new Unpatchable('a neighbour is not there any more');
      if (!next) {
        const last = olds.map(old => old.isConnected || old.parentNode ? sent.live.get(old) : null).filter(live => live && live !== node && live.parentNode === parent).at(-1);
        anchor = last ? last.nextSibling : null;
      }
      if (anchor !== node) move(parent, node, anchor);
    }

    make(now) {
      const [source, live] = [quiet.importNode(now, true), document.importNode(now, true)];
      pair(source, live);
      if (live.nodeType !== ELEMENT) return source;
      if (live.localName === 'script' || live.querySelector('script')) throw new Unpatchable('a script is new');
      if (live.dataset?.jb) this.components.push(live);
      else this.components.push(...live.querySelectorAll('[data-jb]'));
      for (const sheet of [live, ...live.querySelectorAll('link')].filter(isSheet)) this.sheets.push(sheet);
      return source;
    }

    remove(old) {
      const live = sent.live.get(old);
      if (old.nodeType === ELEMENT && (old.localName === 'script' || old.querySelector('script'))) throw new Unpatchable('a script is gone');
      old.remove();
      if (!live) return;
      if (live.nodeType === ELEMENT && isSheet(live)) this.leaving.push(live);
      else live.remove();
    }

    /** Replaces a component, and takes along what its reader typed and where its reader is. */
    component(old, now, live) {
      if (!live.isConnected) throw new Unpatchable('a component is not there any more');
      const source = this.make(now);
      const fresh = sent.live.get(source);
      const at = document.activeElement;
      const within = at && live.contains(at) && at !== document.body;
      const selection = within && 'selectionStart' in at ? selected(at) : null;
      const typed = [...live.querySelectorAll('input, select, textarea')].filter(field => field.name || field.id).map(field => [field, twin(field, live, fresh)]);
      const opened = [...live.querySelectorAll('details[id], details[name]')].map(details => [details, twin(details, live, fresh)]);
      const to = within && twin(at, live, fresh);
      if (to) {
        // Only a component that has been set up may take the focus: parts of it may be hidden until then.
        this.focus = () => {
          to.focus({ preventScroll: true });
          if (selection) try { to.setSelectionRange(...selection); } catch {}
        };
      }
      old.replaceWith(source);
      live.replaceWith(fresh);
      for (const [field, other] of typed) {
        if (!other) continue;
        if (field.type === 'checkbox' || field.type === 'radio') other.checked = field.checked;
        else if (field.type !== 'file') other.value = field.value;
      }
      for (const [details, other] of opened) if (other) other.open = details.open;
    }
  }

  const selected = field => {
    try { return [field.selectionStart, field.selectionEnd, field.selectionDirection]; } catch { return null; }
  };

  /** The element of a new component that stands where this one stood in the old one. */
  const twin = (element, live, fresh) => {
    if (element === live) return fresh;
    const alike = root => element.id
      ? [...root.querySelectorAll(`#${CSS.escape(element.id)}`)]
      : [...root.querySelectorAll(element.localName)].filter(other => other.getAttribute('name') === element.getAttribute('name') && other.getAttribute('value') === element.getAttribute('value'));
    return alike(fresh)[alike(live).indexOf(element)];
  };

  /** Resolves once style sheets are there, or cannot be had. */
  const loaded = sheets => Promise.race([
    Promise.all(sheets.map(sheet => sheet.sheet ? null : new Promise(done => {
      sheet.addEventListener('load', done);
      sheet.addEventListener('error', done);
    }))),
    new Promise(done => setTimeout(done, 3000)),
  ]);

  /** Makes the page the one of this text. Throws if it has to be loaded anew. */
  const patch = text => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    // Where scripts run, what is meant for those without them is text.
    for (const without of page.querySelectorAll('noscript')) without.textContent = without.innerHTML;
    const work = new Patch();
    work.node(sent.root, page.documentElement);
    // The old ones stay until the new ones are there, so that the page never stands bare.
    if (work.leaving.length > 0) loaded(work.sheets).then(() => work.leaving.forEach(sheet => sheet.remove()));
    const patched = () => new CustomEvent('journeybook:patched', { bubbles: true, cancelable: true });
    for (const component of work.components) {
      if (component.isConnected && component.dispatchEvent(patched())) throw new Unpatchable(`nothing sets up ${component.dataset.jb}`);
    }
    work.focus();
  };

  /** Lets another live node stand for what this one stood for. */
  const stands = (live, next) => {
    for (const source of sent.root?.querySelectorAll(live.localName) ?? []) {
      if (sent.live.get(source) === live) sent.live.set(source, next);
    }
  };

  globalThis.journeybookPreview = { remember, patch, loaded, isSheet, stands };
})();
