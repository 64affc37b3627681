// Asks the index that stands beside the site, file by file, without a server. Loaded when a reader opens the search.
//
// The tokenizer is the twin of `src/search/token.rs`: tests/vectors/search.json holds both to the same answers.
(() => {
  // ---- The tokenizer

  const CJK = /[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{323af}]/u;
  const LETTER = /[\p{Alphabetic}\p{N}]/u;

  /** A text as it is compared. */
  const fold = text => text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');

  const kinds = new Map();
  /** What a sign is a part of: a word, a stretch of CJK characters, or neither. */
  const kindOf = sign => {
    if (!kinds.has(sign)) kinds.set(sign, CJK.test(sign) ? 'cjk' : LETTER.test(sign) ? 'word' : '');
    return kinds.get(sign);
  };

  /** The runs of a folded text: words, and stretches of CJK characters. */
  const runs = folded => {
    const found = [];
    for (const sign of folded) {
      const kind = kindOf(sign);
      const last = found.at(-1);
      if (last && last.kind === kind) last.text += sign;
      else found.push({ kind, text: sign });
    }
    return found.filter(run => run.kind);
  };

  /** A word without the ending of an English plural; the word itself if it has none. */
  const stem = word => {
    if (word.length < 4 || !/^[\x00-\x7f]*$/.test(word)) return word;
    if (word.endsWith('ies')) return /[ae]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
    if (word.endsWith('es')) return /[aeo]es$/.test(word) ? word : word.slice(0, -1);
    return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
  };

  /** The pairs of a stretch of CJK characters; the character itself if it is alone. */
  const pairs = text => {
    const signs = [...text];
    return signs.length < 2 ? signs : signs.slice(1).map((sign, index) => signs[index] + sign);
  };

  // ---- The index

  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const DIGITS = Object.fromEntries([...ALPHABET].map((sign, value) => [sign, value]));
  /** What a token weighs in a section: in its text, its heading, its title, and where it is all of either. */
  const WEIGHTS = [1, 4, 10, 20];
  /** How many results are shown at first and at each further step. */
  const STEP = 10;
  /** How many more are read to put those first that hold several words or characters as they were typed. */
  const AHEAD = 18;
  /** How many files of texts may be read for a step, and how many results are read at once. */
  const TEXTS_A_STEP = 20;
  const BATCH = 8;
  /** How many parts of a query are looked up at once, and how many characters of lists are enough. */
  const PARTS = 4;
  const LISTS = 60_000;
  /** So few sections are read rather than narrowed down further. */
  const FEW = 12;

  const received = new Map();
  const waiting = new Map();
  // In a preview, what was loaded may be of an older build now.
  globalThis.document?.addEventListener?.('journeybook:patched', () => { waiting.clear(); received.clear(); });

  /** Every file of the index hands its contents over by calling this. */
  const receive = (lang, what, number, contents) => received.set(`${lang}/${what}/${number}`, contents);

  const load = (root, lang, what, number = 0) => {
    const key = `${lang}/${what}/${number}`;
    if (!waiting.has(key)) {
      waiting.set(key, new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = `${root}search/${lang}/${what === 'index' ? 'index' : `${what}/${number}`}.js`;
        script.onload = () => done(received.get(key));
        script.onerror = () => { waiting.delete(key); failed(new Error(script.src)); };
        document.head.append(script);
        script.remove();
      }));
    }
    return waiting.get(key);
  };

  /** Compares as the index is ordered: by code points, where JavaScript compares by halves of them. */
  const compare = (a, b) => {
    const [one, other] = [[...a], [...b]];
    for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
      if (one[at] !== other[at]) return one[at].codePointAt(0) - other[at].codePointAt(0);
    }
    return one.length - other.length;
  };

  /** The numbers of a packed text. */
  const unpack = packed => {
    const numbers = [];
    let [number, shift] = [0, 0];
    for (let at = 0; at < packed.length; at += 1) {
      const digit = DIGITS[packed[at]];
      number += (digit & 31) * 2 ** shift;
      if (digit < 32) {
        numbers.push(number);
        [number, shift] = [0, 0];
      } else shift += 5;
    }
    return numbers;
  };

  /** The first section of each file of texts. */
  const firsts = new WeakMap();
  const firstSections = index => {
    if (!firsts.has(index)) {
      let section = 0;
      firsts.set(index, unpack(index.texts).map(step => section += step));
    }
    return firsts.get(index);
  };

  /** The number of the last entry that is not after `wanted`; -1 if all are. */
  const place = (entries, wanted, order) => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(entries[middle], wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  /** The packed list of a token; the lists of all that begin with it. */
  const lookUp = async (source, wanted, begins = false) => {
    const index = await load(source.root, source.lang, 'index');
    const first = Math.max(0, place(index.tokens, wanted, compare));
    const found = [];
    for (let file = first; file < (begins ? index.tokens.length : first + 1); file += 1) {
      if (file > first && !index.tokens[file].startsWith(wanted)) break;
      const text = `\n${await load(source.root, source.lang, 'tokens', file)}`;
      let at = text.indexOf(`\n${wanted}${begins ? '' : '\t'}`);
      while (at >= 0 && text.startsWith(wanted, at + 1)) {
        const [tab, end] = [text.indexOf('\t', at), text.indexOf('\n', at + 1)];
        found.push(text.slice(tab + 1, end));
        if (!begins || end + 1 >= text.length) break;
        at = end;
      }
    }
    return found;
  };

  /** Lists of the words that begin with one: a single list where there are many words. */
  const beginnings = async (source, word) => {
    const index = await load(source.root, source.lang, 'index');
    const one = index.beginnings.find(known => known.startsWith(word));
    return one ? lookUp(source, `\u0003${one}`) : lookUp(source, word, true);
  };

  /** The weight of each section that is in any of some lists. */
  const weigh = (lists, all) => {
    const weights = new Map();
    for (const list of lists) {
      const numbers = unpack(list);
      const rare = Math.log(1 + all / numbers.length);
      let section = 0;
      for (const number of numbers) {
        section += Math.floor(number / 4);
        const weight = WEIGHTS[number % 4] * rare;
        if (!(weights.get(section) >= weight)) weights.set(section, weight);
      }
    }
    return weights;
  };

  /** What has to be looked up for a query: first what narrows it down most. */
  const partsOf = query => {
    const parts = [];
    const overlapping = [];
    for (const { kind, text } of runs(query)) {
      if (kind === 'word') parts.push({ word: text });
      // Every other pair, and the last one, hold all characters.
      else pairs(text).forEach((pair, at, { length }) => (at % 2 === 0 || at === length - 1 ? parts : overlapping).push({ pair }));
    }
    const known = new Set();
    return [...parts, ...overlapping].filter(part => !known.has(part.word ?? part.pair) && known.add(part.word ?? part.pair));
  };

  const listsOf = async (source, { word, pair }) => {
    if (pair) return lookUp(source, pair);
    const base = stem(word);
    const [exact, based, begun] = await Promise.all([lookUp(source, word), base === word ? [] : lookUp(source, base), beginnings(source, word)]);
    return [...exact, ...based, ...begun];
  };

  /** Sections that hold what was looked up of the query, the weightiest first; without a query all that the filters leave; `whole` if that was all of it. */
  const candidates = async (source, parts, filters) => {
    const index = await load(source.root, source.lang, 'index');
    if (parts.length + filters.length === 0) return { found: [], whole: true };
    let weights;
    let letters = 0;
    const narrow = lists => {
      letters += lists.reduce((sum, list) => sum + list.length, 0);
      const more = weigh(lists, index.sections);
      if (!weights) weights = more;
      else {
        for (const [section, weight] of weights) {
          if (more.has(section)) weights.set(section, weight + more.get(section));
          else weights.delete(section);
        }
      }
    };
    const chosen = await Promise.all(filters.map(([by, id]) => lookUp(source, `\u0001${by}\u0002${id}`)));
    chosen.forEach(narrow);
    let at = 0;
    while (at < parts.length && (at === 0 || letters < LISTS && weights.size > FEW)) {
      const some = await Promise.all(parts.slice(at, at + PARTS).map(part => listsOf(source, part)));
      some.forEach(narrow);
      at += PARTS;
    }
    const found = [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return { found, whole: at >= parts.length || weights.size === 0 };
  };

  /** The file that a section's text is in, which is called by its first section, and the place there. */
  const placeOf = async (source, section) => {
    const starts = firstSections(await load(source.root, source.lang, 'index'));
    const file = starts[place(starts, section, (a, b) => a - b)];
    return { file, row: section - file };
  };

  const textOf = async ({ source, section, weight }) => {
    const { file, row } = await placeOf(source, section);
    const [title, place_, kind, href, text] = (await load(source.root, source.lang, 'texts', file))[row];
    return { title, place: place_, kind, href, text, lang: source.lang, weight };
  };

  /** Whether a text holds all of a query: its stretches as they are, its words or what begins with them. */
  const holdsAll = (asked, text) => {
    const words = asked.some(run => run.kind === 'word') ? [...new Set(runs(text).filter(run => run.kind === 'word').map(run => run.text))] : [];
    return asked.every(run => {
      if (run.kind === 'cjk') return text.includes(run.text);
      const base = stem(run.text);
      return words.some(word => word.startsWith(run.text) || stem(word) === base || stem(word).startsWith(run.text) || word === base);
    });
  };

  /** A search that gives its results step by step; results of all sources are put in one order. */
  const search = async (sources, typed, filters = []) => {
    const query = fold(typed).trim();
    const asked = runs(query);
    const stemmed = asked.map(run => run.kind === 'word' ? stem(run.text) : run.text).join(' ');
    const parts = partsOf(query);
    const lists = await Promise.all(sources.map(async source => ({ source, ...await candidates(source, parts, filters) })));
    const queue = lists.flatMap(({ source, found }) => found.map(([section, weight]) => ({ source, section, weight }))).sort((a, b) => b.weight - a.weight);
    const ahead = [];
    const hrefs = new Set();
    /** Reads results until there are so many, or until that has taken enough. */
    const read = async count => {
      const files = new Set();
      while (ahead.length < count && queue.length > 0 && files.size < TEXTS_A_STEP) {
        const batch = [];
        while (batch.length < BATCH && queue.length > 0) {
          const { file } = await placeOf(queue[0].source, queue[0].section);
          const key = `${queue[0].source.lang}/texts/${file}`;
          if (!received.has(key) && !files.has(key) && files.size >= TEXTS_A_STEP) break;
          if (!received.has(key)) files.add(key);
          batch.push(queue.shift());
        }
        for (const result of await Promise.all(batch.map(textOf))) {
          const [title, text] = [fold(result.title), fold(result.text)];
          if (!holdsAll(asked, `${title}\n${text}`)) continue;
          // A long text is several sections that lead to one place.
          if (hrefs.has(result.href)) continue;
          hrefs.add(result.href);
          // The words as typed, side by side, come first.
          const holds = part => part.includes(query) || part.includes(stemmed);
          result.rank = title === query || title === stemmed ? 3 : holds(title) ? 2 : holds(text) ? 1 : 0;
          ahead.push(result);
        }
      }
      ahead.sort((a, b) => b.rank - a.rank || b.weight - a.weight);
    };
    // Nothing but the texts tells whether more than two characters stand side by side.
    const sure = lists.every(list => list.whole) && asked.every(run => run.kind === 'word' || [...run.text].length <= 2);
    /** The next results, how many more there may be, and whether it is exactly so many. None and some left: none so far. */
    return async () => {
      await read(parts.length > 1 ? STEP + AHEAD : STEP);
      return { results: ahead.splice(0, STEP), left: ahead.length + queue.length, exact: sure || queue.length === 0 };
    };
  };

  const foldedSigns = new Map();

  /** A stretch of a text around what was found, as parts: `[text, whether it was found]`. */
  const snippet = (text, typed, length = 160) => {
    const wanted = runs(fold(typed)).map(run => run.kind === 'word' && stem(run.text).length < run.text.length ? stem(run.text) : run.text);
    const signs = [...text];
    const folded = signs.map(sign => {
      if (!foldedSigns.has(sign)) foldedSigns.set(sign, fold(sign));
      return foldedSigns.get(sign);
    });
    const starts = [];
    let flat = '';
    folded.forEach((sign, at) => { for (let half = 0; half < sign.length; half += 1) starts.push(at); flat += sign; });
    const marks = new Array(signs.length).fill(false);
    let first = -1;
    for (const word of wanted) {
      for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + word.length)) {
        if (/^[\x00-\x7f]+$/.test(word) && at > 0 && LETTER.test(flat[at - 1]) && !CJK.test(flat[at - 1])) continue;
        if (first < 0 || starts[at] < first) first = starts[at];
        marks.fill(true, starts[at], starts[at + word.length - 1] + 1);
      }
    }
    // A CJK character is twice as wide as a letter.
    length = CJK.test(signs[Math.max(0, first)] ?? '') ? length / 2 : length;
    const from = Math.max(0, Math.min(first - length / 4, signs.length - length) | 0);
    const parts = from > 0 ? [['…', false]] : [];
    for (let at = from; at < Math.min(signs.length, from + length); at += 1) {
      const sign = signs[at] === '\n' ? ' ' : signs[at];
      if (parts.length > 0 && parts.at(-1)[1] === marks[at]) parts.at(-1)[0] += sign;
      else parts.push([sign, marks[at]]);
    }
    if (from + length < signs.length) parts.push(['…', false]);
    return parts;
  };

  globalThis.journeybookSearch = Object.assign(receive, { index: (root, lang) => load(root, lang, 'index'), fold, runs, stem, pairs, search, snippet });
})();
