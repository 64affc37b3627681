// The catalogue: filters and sorting of its table, kept in the address so that a filtered view can be linked. The table is
// whole without this file.
//
// A long catalogue stands on several pages. The rows of the others come as scripts, for a site opened from a folder may
// load nothing else; they are asked for when a reader first filters or sorts.
(() => {
  const MOST = 300; // rows shown at once: more would make a phone wait
  const NAMES = ['text', 'channel', 'stage', 'kind', 'owner', 'status', 'moment'];
  const loaded = new Map();
  self.journeybookRows = (part, html, drawings) => loaded.set(part, { html, drawings });

  /** Loads a script once; resolves also where it cannot be had. */
  const load = src => new Promise(done => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = script.onerror = done;
    document.head.append(script);
  });

  /** The rows of another part, with links that work from this page, and the drawings that this page lacks. */
  const unpack = ({ html, drawings }, base) => {
    const body = document.createElement('tbody');
    body.innerHTML = html;
    for (const link of body.querySelectorAll('a[href]')) link.href = new URL(link.getAttribute('href'), base);
    const sheet = document.createElement('div');
    sheet.innerHTML = drawings;
    const defs = document.querySelector('.jb-sprite defs') || document.body;
    for (const drawing of sheet.querySelectorAll('[id]')) {
      if (!document.getElementById(drawing.id)) defs.append(drawing);
    }
    return [...body.rows];
  };

  /** What a cell is sorted by: a number where it has one, else its words; `null` where there is nothing. */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? (cell.querySelector('a') ?? cell).textContent.trim();
    return text === '' ? null : Number.isNaN(Number(text)) ? text : Number(text);
  };

  const setUp = catalog => {
    const form = catalog.querySelector('form');
    const table = catalog.querySelector('table');
    if (!form || !table) return;
    const output = form.querySelector('output');
    const pager = catalog.querySelector('.jb-pager');
    const scripts = [...(catalog.querySelector('template[data-rows]')?.content.querySelectorAll('a') ?? [])];
    const own = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    let rows = own;
    let whole = scripts.length === 0;
    let missing = false;
    let turn = 0;
    const sorted = { key: '', order: '' };

    const gather = async () => {
      const parts = [[Number(catalog.dataset.part), own]];
      await Promise.all(scripts.map(async link => {
        const part = Number(link.dataset.part);
        if (!loaded.has(part)) await load(link.getAttribute('href'));
        if (loaded.has(part)) parts.push([part, unpack(loaded.get(part), new URL(link.getAttribute('href'), location.href))]);
      }));
      missing = parts.length <= scripts.length;
      rows = parts.sort(([one], [other]) => one - other).flatMap(([, rows]) => rows);
      whole = true;
    };

    const compare = column => (one, other) => {
      const [a, b] = [valueOf(one, column), valueOf(other, column)];
      // What nobody said comes last, whichever way the rows run.
      if (a === null || b === null) return (a === null) - (b === null);
      const rising = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
      return sorted.order === 'descending' ? -rising : rising;
    };

    const show = async () => {
      const wanted = [...new FormData(form)].filter(([, value]) => value.trim());
      const idle = wanted.length === 0 && !sorted.key;
      const mine = turn += 1;
      if (!idle && !whole) await gather();
      if (mine !== turn) return;
      const words = (form.elements.text?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const fits = row => wanted.every(([name, value]) => name === 'text'
        ? words.every(word => row.textContent.toLowerCase().includes(word))
        : (row.dataset[name] || '').split(' ').includes(value));
      const found = idle ? own : rows.filter(fits);
      const column = heads.findIndex(head => head.dataset.key === sorted.key);
      if (column >= 0) found.sort(compare(column));
      table.tBodies[0].replaceChildren(...(idle ? own : found.slice(0, MOST)));
      for (const head of heads) {
        if (head.dataset.key === sorted.key) head.setAttribute('aria-sort', sorted.order);
        else head.removeAttribute('aria-sort');
      }
      if (pager) pager.hidden = !idle;
      const said = [`${found.length} ${output.dataset.count}`];
      if (!idle && found.length > MOST) said.push(output.dataset.first.replace('{n}', MOST));
      if (column >= 0) said.push(output.dataset[sorted.order].replace('{column}', heads[column].textContent.trim()));
      if (missing) said.push(output.dataset.partly);
      output.textContent = said.join(output.dataset.comma);
    };

    /** The choice as the end of the page's address. */
    const remember = () => {
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
      if (sorted.key) query.set('sort', sorted.order === 'descending' ? `-${sorted.key}` : sorted.key);
      const address = new URL(location.href);
      address.search = query;
      try { history.replaceState(null, '', address); } catch {}
    };

    /** The choice that the page's address ends with. */
    const recall = () => {
      const query = new URLSearchParams(location.search);
      for (const name of NAMES) {
        const field = form.elements[name];
        if (!field || !query.has(name)) continue;
        if (field.type === 'checkbox') field.checked = query.get(name) === field.value;
        else field.value = query.get(name);
      }
      const sort = query.get('sort') ?? '';
      const key = sort.replace(/^-/, '');
      if (heads.some(head => head.dataset.key === key)) {
        Object.assign(sorted, { key, order: sort === key ? 'ascending' : 'descending' });
      }
    };

    for (const head of heads.filter(head => head.dataset.key)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const other = { ascending: 'descending', descending: 'ascending' }[sorted.order];
        sorted.order = sorted.key === head.dataset.key ? other : head.dataset.sort;
        sorted.key = head.dataset.key;
        remember();
        show();
      });
    }
    form.hidden = false;
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', () => { remember(); show(); });
    form.addEventListener('reset', () => setTimeout(() => {
      Object.assign(sorted, { key: '', order: '' });
      remember();
      show();
    }));
    // In a preview the other parts may be of a newer build now.
    document.addEventListener('journeybook:patched', event => {
      if (event.target !== document || scripts.length === 0) return;
      rows = own;
      whole = false;
      if (catalog.isConnected) show();
    });
    recall();
    show();
  };

  for (const catalog of document.querySelectorAll('[data-jb="catalog"]')) setUp(catalog);
  // The preview put another one in its place.
  document.addEventListener('journeybook:patched', event => {
    if (event.target === document) loaded.clear();
    if (!event.target.matches?.('[data-jb="catalog"]')) return;
    event.preventDefault();
    setUp(event.target);
  }, true);
})();
