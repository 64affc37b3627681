// Asks the index that stands beside the site, file by file, without a server. Loaded when a reader opens the search.
//
// The tokenizer is the twin of `src/search/token.rs`: tests/vectors/search.txt holds both to the same answers.
(() => {
  // ---- The tokenizer

  const CJK = /[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{323af}]/u;
  const LETTER = /[\p{Alphabetic}\p{N}]/u;

  /** A text as it is compared. */
  const fold = text => text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');

  /** The runs of a folded text: words, and stretches of CJK characters. */
  const runs = folded => {
    const found = [];
    for (const sign of folded) {
      const kind = CJK.test(sign) ? 'cjk' : LETTER.test(sign) ? 'word' : '';
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
  /** What a token weighs in a section: as a facet, in its text, its heading, its title. */
  const WEIGHTS = [0, 1, 4, 10];
  /** The most files of tokens that a word's beginning may lead to. */
  const MOST_FILES = 12;
  /** How many results are shown at first and at each further step, and how many more are read to order them. */
  const STEP = 10;
  const AHEAD = 6;

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
        script.onerror = () => { waiting.delete(key); failed(new Error(`${script.src} cannot be read`)); };
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

  /** The sections of a packed list: pairs of number and weight. */
  const unpack = packed => {
    const sections = [];
    let [section, number, shift] = [0, 0, 0];
    for (const sign of packed) {
      const digit = DIGITS[sign];
      number += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit < 32) {
        section += Math.floor(number / 4);
        sections.push([section, WEIGHTS[number % 4]]);
        [number, shift] = [0, 0];
      }
    }
    return sections;
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

  /** Packed lists of all tokens that are `wanted`, or begin with it. */
  const lookUp = async (source, wanted, begins = false) => {
    const index = await load(source.root, source.lang, 'index');
    const first = Math.max(0, place(index.tokens, wanted, compare));
    const found = [];
    for (let file = first; file < Math.min(index.tokens.length, first + (begins ? MOST_FILES : 1)); file += 1) {
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

  /** The weight of each section for one part of the query. */
  const weigh = async (lists, all) => {
    const weights = new Map();
    for (const list of lists) {
      const sections = unpack(list);
      const rare = Math.log(1 + all / sections.length);
      for (const [section, weight] of sections) {
        weights.set(section, Math.max(weights.get(section) ?? 0, weight * rare));
      }
    }
    return weights;
  };

  /** Sections that hold every part of the query, the weightiest first. */
  const candidates = async (source, query, filters) => {
    const index = await load(source.root, source.lang, 'index');
    const parts = [];
    for (const { kind, text } of runs(query)) {
      if (kind === 'word') {
        const lists = [...await lookUp(source, text, text.length > 1), ...(stem(text) === text ? [] : await lookUp(source, stem(text)))];
        parts.push(await weigh(lists, index.sections));
      } else {
        for (const pair of pairs(text)) parts.push(await weigh(await lookUp(source, pair), index.sections));
      }
    }
    if (parts.length === 0) return [];
    for (const [by, id] of filters) parts.push(await weigh(await lookUp(source, `\u0001${by}\u0002${id}`), index.sections));
    parts.sort((a, b) => a.size - b.size);
    const [fewest, ...others] = parts;
    const found = [];
    for (const [section, weight] of fewest) {
      if (others.every(other => other.has(section))) {
        found.push([section, others.reduce((sum, other) => sum + other.get(section), weight)]);
      }
    }
    return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  };

  const textOf = async (source, section) => {
    const index = await load(source.root, source.lang, 'index');
    const file = place(index.texts, section, (a, b) => a - b);
    const rows = await load(source.root, source.lang, 'texts', file);
    const [title, place_, kind, href, text] = rows[section - index.texts[file]];
    return { title, place: place_, kind, href, text, lang: source.lang };
  };

  /** A search that gives its results step by step; results of all sources are put in one order. */
  const search = async (sources, typed, filters = []) => {
    const query = fold(typed).trim();
    const stemmed = runs(query).map(run => run.kind === 'word' ? stem(run.text) : run.text).join(' ');
    const stretches = runs(query).filter(run => run.kind === 'cjk').map(run => run.text);
    const lists = await Promise.all(sources.map(async source => (await candidates(source, query, filters)).map(([section, weight]) => ({ source, section, weight }))));
    const queue = lists.flat().sort((a, b) => b.weight - a.weight);
    const ahead = [];
    const read = async count => {
      while (ahead.length < count && queue.length > 0) {
        const batch = await Promise.all(queue.splice(0, count - ahead.length).map(async ({ source, section, weight }) => ({ ...await textOf(source, section), weight })));
        for (const result of batch) {
          const [title, text] = [fold(result.title), fold(result.text)];
          // Pairs that stand apart are no stretch.
          if (!stretches.every(stretch => title.includes(stretch) || text.includes(stretch))) continue;
          // The words as typed, side by side, come first.
          const holds = part => part.includes(query) || part.includes(stemmed);
          result.rank = title === query || title === stemmed ? 3 : holds(title) ? 2 : holds(text) ? 1 : 0;
          ahead.push(result);
        }
      }
      ahead.sort((a, b) => b.rank - a.rank || b.weight - a.weight);
    };
    return {
      most: queue.length,
      more: async () => {
        await read(STEP + AHEAD);
        return { results: ahead.splice(0, STEP), left: ahead.length + queue.length };
      },
    };
  };

  /** A stretch of a text around what was found, as parts: `[text, whether it was found]`. */
  const snippet = (text, typed, length = 160) => {
    const wanted = runs(fold(typed)).map(run => run.kind === 'word' && stem(run.text).length < run.text.length ? stem(run.text) : run.text);
    const signs = [...text];
    const folded = signs.map(fold);
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
