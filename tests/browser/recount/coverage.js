// The coverage matrices and the coverage of evidence, counted again.

import {
  columnOf,
  counted,
  distinct,
  isToday,
  line,
  livedSteps,
  painOf,
  personasOf,
  stagesOf,
  stepsIn,
} from './count.js';

const KINDS = {
  'experience': 'Experience map',
  'current-state': 'Journey map, current',
  'future-state': 'Journey map, future',
  'day-in-the-life': 'Day in the life',
  'empathy': 'Empathy map',
  'persona-based': 'Persona-based map',
  'service-blueprint': 'Service blueprint',
};

/** Persona by map, touchpoint by map, moment of truth by team: every mark, every hole and every sum. */
export async function matrices({ book, read }, same) {
  const maps = [...book.maps.values()];
  const lived = livedSteps(book);
  await matrix(read, same, {
    path: 'coverage/index.html',
    columns: maps.map(map => [`maps/${map.id}.html`, map]),
    rows: [...book.personas.values()].map(persona => [`personas/${persona.id}.html`, persona]),
    mark: (persona, map) => (personasOf(map).includes(persona.id) ? KINDS[map.kind] : undefined),
    noRow: ['Every persona is on a map.'],
    noColumn: maps.filter(map => personasOf(map).length === 0).map(map => map.title),
    noColumnWords: 'Maps of no persona',
  });
  const steps = (touchpoint, map) =>
    stepsIn(lived.filter(one => one.map === map && one.touchpoint === touchpoint.id)).length;
  await matrix(read, same, {
    path: 'coverage/touchpoints.html',
    columns: maps.map(map => [`maps/${map.id}.html`, map]),
    rows: [...book.touchpoints.values()].map(touchpoint => [`touchpoints/${touchpoint.id}.html`, touchpoint]),
    mark: (touchpoint, map) => (steps(touchpoint, map) ? counted(steps(touchpoint, map), 'step') : undefined),
    noRow: ['Every touchpoint is met in a map.'],
    noColumn: maps
      .filter(map => isToday(map) && !lived.some(one => one.map === map && one.touchpoint))
      .map(map => map.title),
    noColumnWords: 'Maps that meet no touchpoint',
  });
  const truths = lived.filter(one => isToday(one.map) && !one.persona && one.step['moment-of-truth']);
  await matrix(read, same, {
    path: 'coverage/moments.html',
    columns: [...book.teams.values()].map(team => [`teams/${team.id}.html`, team]),
    rows: truths.map(one => [`maps/${one.map.id}.html#${one.step.id}`, one]),
    mark: ({ map, stage, touchpoint }, team) => {
      const owns = { stage: stage.owner, touchpoint: book.touchpoints.get(touchpoint)?.owner, map: map.owner };
      return (
        Object.keys(owns)
          .filter(what => owns[what] === team.id)
          .join(', ') || undefined
      );
    },
    noRow: ['A team answers for every moment of truth.'],
    noColumn: [],
  });
}

async function matrix(read, same, { path, columns, rows, mark, noRow, noColumn, noColumnWords }) {
  const page = await read(path);
  const [table] = page.top.tables;
  const shown = table.columns.map(column => column.links[0]?.to).filter(Boolean);
  same(`${path}, columns`, shown.toSorted(), columns.map(([to]) => to).sort());
  same(`${path}, rows`, table.rows.map(row => row.to).sort(), rows.map(([to]) => to).sort());
  for (const row of table.rows) {
    const [, thing] = rows.find(([to]) => to === row.to);
    const marks = columns.map(([to, column]) => [to, mark(thing, column)]);
    for (const [to, right] of marks)
      same(`${path}, ${row.title} × ${to}`, row.cells[1 + shown.indexOf(to)].text, right ?? 'hole');
    same(`${path}, ${row.title}, all`, row.by.All.text, `${marks.filter(([, right]) => right).length}`);
  }
  const holes = noColumn.length ? [`${noColumnWords} (${noColumn.length}): ${noColumn.join(', ')}.`] : [];
  same(
    `${path}, what is told of holes`,
    page.top.paragraphs.filter(text => /^(Every|A team|Maps )/.test(text)),
    [...noRow, ...holes],
  );
}

/** Everything that a map states: what kind of statement, where, of whom, and the evidence it cites. */
export function statements(book, map) {
  const found = [];
  const say = (kind, text, cited, rest = {}) =>
    found.push({ kind, text, cited: cited ?? [], map, of: personasOf(map), ...rest });
  const figure = (id, rest) => {
    const metric = book.metrics.get(id);
    say('Figures', metric.title, metric.insights?.length ? metric.insights : [metric.source].filter(Boolean), rest);
  };
  for (const stage of stagesOf(map)) {
    for (const id of stage.metrics ?? []) figure(id, { stage, of: stage.persona ? [stage.persona] : personasOf(map) });
    for (const step of stage.steps ?? []) for (const id of step.metrics ?? []) figure(id, { stage, step });
  }
  for (const { stage, step, of, persona, feels, pains, says, insights, way } of livedSteps({
    maps: new Map([[map.id, map]]),
  })) {
    const rest = { stage, step, of: persona ? [persona] : of };
    for (const pain of pains) say('Pains', painOf(pain).text, painOf(pain).insights ?? insights, rest);
    if (feels !== undefined && (!way || way.feels !== undefined))
      say('Feelings', step.moment ?? step.action, insights, rest);
    if (says) say('Quotes', painOf(says).text, painOf(says).insights ?? insights, rest);
  }
  if (map.kind === 'empathy') {
    const lists = {
      Quotes: ['says'],
      Feelings: ['feels'],
      Pains: ['pains'],
      Observations: ['thinks', 'does', 'gains'],
    };
    for (const [kind, keys] of Object.entries(lists)) {
      for (const entry of keys.flatMap(key => map[key] ?? [])) say(kind, painOf(entry).text, painOf(entry).insights);
    }
  }
  return found;
}

const COLUMNS = ['Pains', 'Feelings', 'Quotes', 'Figures', 'Observations'];

/** How much of what the maps state cites evidence: by map, stage and persona, and in all; and what does not. */
export async function evidence({ book, read }, same) {
  const page = await read('coverage/evidence.html');
  const maps = [...book.maps.values()];
  const all = maps.flatMap(map => statements(book, map));
  const today = all.filter(one => isToday(one.map));
  const row = (where, shown, stated) => {
    same(`${where}, all`, shown.by.All.text, share(stated));
    for (const kind of COLUMNS)
      same(`${where}, ${kind}`, shown.by[kind].text, share(stated.filter(one => one.kind === kind)));
  };

  const [byMap] = page.section('by-map').tables;
  same(
    'evidence, maps',
    byMap.rows.map(one => one.to).sort(),
    maps
      .filter(map => all.some(one => one.map === map))
      .map(map => `maps/${map.id}.html`)
      .sort(),
  );
  for (const map of maps)
    row(
      `evidence of ${map.id}`,
      byMap.rows.find(one => one.to === `maps/${map.id}.html`),
      all.filter(one => one.map === map),
    );
  row('evidence of all maps', byMap.foot[0], today);

  const names = [...line(book).map(stage => stage.title), 'Other stages'];
  const column = one => (one.stage && columnOf(book, one.map, one.stage)) ?? names.length - 1;
  const [byStage] = page.section('by-stage').tables;
  same(
    'evidence, stages',
    byStage.rows.map(one => one.title),
    names,
  );
  names.forEach((name, at) =>
    row(
      `evidence at ${name}`,
      byStage.rows[at],
      today.filter(one => column(one) === at),
    ),
  );

  const [byPersona] = page.section('by-persona').tables;
  for (const persona of book.personas.values()) {
    const own = { kind: 'Quotes', cited: persona.quote?.insights ?? [] };
    const stated = today.filter(one => one.of.includes(persona.id));
    row(
      `evidence of ${persona.id}`,
      byPersona.rows.find(one => one.to === `personas/${persona.id}.html`),
      persona.quote ? [...stated, own] : stated,
    );
  }

  const assumed = all.filter(one => one.cited.length === 0);
  const told = page.section('assumptions');
  const LISTED = 8;
  const lists = maps.map(map => assumed.filter(one => one.map === map)).filter(list => list.length > 0);
  same(
    'assumptions, how many',
    lists.map(list => `${list[0].map.title} ${list.length}`).filter(title => !told.text.includes(title)),
    [],
  );
  same(
    'assumptions, which',
    told.items
      .map(item => item.text)
      .filter(text => !assumed.some(one => text.startsWith(`${one.kind.slice(0, -1)}: ${one.text}`))),
    [],
  );
  same(
    'assumptions, listed',
    told.items.length,
    lists.reduce((sum, list) => sum + Math.min(list.length, LISTED), 0),
  );
  same(
    'assumptions, not listed',
    told.paragraphs.filter(text => text.startsWith('and ')),
    lists.filter(list => list.length > LISTED).map(list => `and ${list.length - LISTED} more`),
  );

  const health = (await read('health/index.html')).section('coverage').tables[0];
  for (const shown of health.rows) {
    const stated = today.filter(one => shown.title === 'All' || one.kind === shown.title);
    const known = stated.filter(one => one.cited.length > 0);
    same(
      `health, ${shown.title}`,
      [shown.by['Cite evidence'].text, shown.by.All.text, shown.by.Share.text],
      [`${known.length}`, `${stated.length}`, percent(known, stated)],
    );
  }
}

const percent = (some, all) => `${Math.floor((100 * some.length) / all.length)}%`;

/** “82% 19 of 23”; `none` of nothing. */
function share(stated) {
  const known = stated.filter(one => one.cited.length > 0);
  return stated.length ? `${percent(known, stated)} ${known.length} of ${stated.length}` : 'none';
}

/** The moments of truth and of delight of a handbook, each with the team that answers for it. */
export function moments(book) {
  const lived = livedSteps(book).filter(one => isToday(one.map));
  return stepsIn(lived)
    .map(step => {
      const ways = lived.filter(one => one.step === step);
      const [{ map, stage, touchpoint }] = ways;
      const owner = stage.owner ?? book.touchpoints.get(touchpoint)?.owner ?? map.owner;
      const delights = ways.filter(one => one.feels >= 1.5 || (one.feels >= 1 && !one.persona && step.gains?.length));
      return { step, map, stage, touchpoint, owner, truth: Boolean(step['moment-of-truth']), delights };
    })
    .filter(moment => moment.truth || moment.delights.length > 0);
}

/** Which moments there are, by stage and by owner. */
export async function momentLists({ book, read }, same) {
  const found = moments(book);
  const counts = list => {
    const delights = list.reduce((sum, moment) => sum + moment.delights.length, 0);
    return `${counted(list.filter(moment => moment.truth).length, 'moment')} of truth, ${counted(delights, 'moment')} of delight`;
  };
  const list = async (path, groups) => {
    const page = await read(path);
    same(
      `${path}, in all`,
      page.top.paragraphs.find(text => / of truth, /.test(text)),
      counts(found),
    );
    same(
      `${path}, groups`,
      page.sections.map(section => section.heading),
      groups.filter(([, own]) => own.length).map(([title]) => title),
    );
    for (const [title, own] of groups) {
      if (own.length === 0) continue;
      const section = page.sections.find(({ heading }) => heading === title);
      same(`${path}, ${title}, how many`, section.paragraphs[0], counts(own));
      const { rows } = section.tables[0];
      const at = moment => `maps/${moment.map.id}.html#${moment.step.id}`;
      same(`${path}, ${title}, which`, distinct(rows.map(row => row.to)).sort(), own.map(at).sort());
      for (const moment of own) {
        const mine = rows.filter(row => row.to === at(moment));
        same(
          `${path}, ${at(moment)}, truth`,
          mine.some(row => row.title.includes('Moment of truth')),
          moment.truth,
        );
        same(
          `${path}, ${at(moment)}, delight`,
          mine.filter(row => row.title.includes('Moment of delight')).length,
          moment.delights.length,
        );
        same(
          `${path}, ${at(moment)}, who answers`,
          distinct(mine.map(row => row.by['Who answers for it'].links[0]?.to)),
          [`teams/${moment.owner}.html`],
        );
      }
    }
  };
  const names = line(book).map(stage => stage.title);
  const column = moment => columnOf(book, moment.map, moment.stage) ?? names.length;
  await list(
    'moments/index.html',
    [...names, 'Other stages'].map((title, at) => [title, found.filter(moment => column(moment) === at)]),
  );
  await list(
    'moments/by-owner.html',
    [...book.teams.values()].map(team => [team.title, found.filter(moment => moment.owner === team.id)]),
  );
}
