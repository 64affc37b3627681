// What is written for programs: `handbook.json` and the lists for spreadsheets, counted again.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distinct, failPointsAt, livedSteps, painOf, personasOf, rounded, touchpointFigures } from './count.js';
import { statements } from './coverage.js';
import { namedBy } from './improvement.js';

/** The cells of a list for spreadsheets, by the names in its first row. */
function cells(csv) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const sign = csv[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (csv[at + 1] === '"') cell += csv[(at += 1)];
      else quoted = false;
    } else if (sign === '"') {
      quoted = true;
    } else if (sign === ',' || sign === '\n') {
      rows.at(-1).push(cell.replace(/\r$/, ''));
      cell = '';
      if (sign === '\n') rows.push([]);
    } else {
      cell += sign;
    }
  }
  const [head, ...lines] = rows.filter(row => row.length > 0);
  return lines.map(line => Object.fromEntries(line.map((value, at) => [head[at], value])));
}

const written = value => (value === undefined ? '' : `${value}`);

/** The lived steps at which an insight is cited, by the step, what hurts there, what is said there or where it breaks. */
const restingOn = (book, lived, stated, insight) =>
  lived.filter(
    one =>
      one.insights.includes(insight.id) ||
      failPointsAt(one).some(point => (point.insights ?? []).includes(insight.id)) ||
      stated.some(other => other.step === one.step && other.kind !== 'Figures' && other.cited.includes(insight.id)),
  );

const place = ({ map, stage, step }) => `${map.id}#${stage.id}#${step.id}`;

const places = lived => distinct(lived.map(place)).sort();

/** Everything that is counted or derived in `handbook.json`. */
export async function json({ book, folder }, same) {
  const data = JSON.parse(await readFile(join(folder, 'handbook.json'), 'utf8'));
  same('json, today', data.today, book.today);
  const kinds = [
    'personas',
    'maps',
    'touchpoints',
    'channels',
    'teams',
    'insights',
    'opportunities',
    'metrics',
    'courses',
    'walkthroughs',
    'terms',
    'guides',
  ];
  for (const kind of kinds) same(`json, ${kind}`, data[kind].length, book[kind].size);
  const lived = livedSteps(book);
  const stated = [...book.maps.values()].flatMap(map => statements(book, map));
  const shown = list => distinct((list ?? []).map(({ map, stage, step }) => `${map}#${stage}#${step}`)).sort();
  const each = (kind, compare) => {
    for (const thing of data[kind])
      compare(book[kind].get(thing.id), thing, (key, wrote, right) =>
        same(`json, ${kind} ${thing.id}, ${key}`, wrote, right),
      );
  };
  each('touchpoints', (touchpoint, thing, is) => {
    is('importance', thing.importance, touchpoint.importance);
    is('met-at', shown(thing['met-at']), places(lived.filter(one => one.touchpoint === touchpoint.id)));
  });
  each('personas', (persona, thing, is) => {
    is(
      'maps',
      thing.maps ?? [],
      [...book.maps.values()].filter(map => personasOf(map).includes(persona.id)).map(map => map.id),
    );
  });
  each('insights', (insight, thing, is) => {
    is('sample', thing.sample, insight.sample);
    is('used-at', shown(thing['used-at']), places(restingOn(book, lived, stated, insight)));
  });
  each('opportunities', (opportunity, thing, is) => {
    is('impact and effort', [thing.impact, thing.effort], [opportunity.impact, opportunity.effort]);
    const named = lived.filter(one =>
      [
        ...(one.persona ? [] : (one.step.opportunities ?? [])),
        ...one.pains.flatMap(pain => painOf(pain).opportunities ?? []),
        ...failPointsAt(one).flatMap(point => point.opportunities ?? []),
      ].includes(opportunity.id),
    );
    is('would-mend', shown(thing['would-mend']), places(named));
  });
  each('metrics', (metric, thing, is) => {
    is('baseline and target', [thing.baseline, thing.target], [metric.baseline, metric.target]);
    is(
      'readings',
      thing.readings.map(({ date, value }) => [date, value]),
      metric.readings.map(({ date, value }) => [date, value]),
    );
    is('measured-at', shown(thing['measured-at']), places(measuredAt(lived, metric)));
  });
  each('maps', (map, thing, is) => {
    const steps = (thing.stages ?? thing.days ?? []).flatMap(stage => stage.steps ?? stage.moments ?? []);
    const own = (map.stages ?? map.days ?? []).flatMap(stage => stage.steps ?? stage.moments ?? []);
    is(
      'feelings',
      steps.map(step => [step.id, step.feels]),
      own.map(step => [step.id, step.feels]),
    );
    is('pains', steps.flatMap(step => step.pains ?? []).length, own.flatMap(step => step.pains ?? []).length);
  });
  each('walkthroughs', (walk, thing, is) => {
    is(
      'steps',
      thing.steps.map(({ step, feels, minutes }) => [step, feels, minutes]),
      walk.steps.map(({ step, feels, minutes }) => [step, feels, minutes]),
    );
  });
}

/** Where a metric is measured: at a step, or for a whole stage at its first step. */
const measuredAt = (lived, metric) =>
  lived.filter(
    ({ stage, step, persona }) =>
      !persona &&
      ((step.metrics ?? []).includes(metric.id) ||
        ((stage.metrics ?? []).includes(metric.id) && stage.steps[0] === step)),
  );

/** The lists for spreadsheets. */
export async function lists({ book, folder }, same) {
  const list = async name => cells((await readFile(join(folder, `${name}.csv`), 'utf8')).replace(/^\uFEFF/, ''));
  const lived = livedSteps(book);
  const stated = [...book.maps.values()].flatMap(map => statements(book, map));
  const each = async (name, compare) => {
    const rows = await list(name);
    same(
      `${name}.csv, rows`,
      rows.map(row => row.id),
      [...book[name].keys()],
    );
    for (const row of rows)
      compare(book[name].get(row.id), row, (key, right) =>
        same(`${name}.csv, ${row.id}, ${key}`, row[key], written(right)),
      );
  };
  await each('touchpoints', (touchpoint, row, is) => {
    const figures = touchpointFigures(book, lived, touchpoint);
    is('importance-customer', touchpoint.importance.customer);
    is('importance-organisation', touchpoint.importance.organisation);
    is('average-feeling', figures.average === undefined ? undefined : rounded(figures.average, 2));
    is('worst-feeling', figures.worst);
    is('moments-of-truth', figures.truths);
    is('open-pains', figures.openPains);
    is('priority', figures.priority);
    is('maps', figures.maps.length);
    is('steps', places(figures.met).length);
  });
  await each('opportunities', (opportunity, row, is) => {
    is('impact', opportunity.impact);
    is('effort', opportunity.effort);
    is('maps', [...book.maps.values()].filter(map => namedBy(map).includes(opportunity.id)).length);
  });
  await each('insights', (insight, row, is) => {
    const steps = restingOn(book, lived, stated, insight);
    const claims = [...book.maps.values()].filter(map =>
      (map.assumptions ?? []).some(claim => (claim.insights ?? []).includes(insight.id)),
    );
    is('sample', insight.sample);
    is('steps', places(steps).length);
    is(
      'maps',
      distinct([
        ...steps.map(one => one.map),
        ...stated.filter(one => one.kind !== 'Figures' && one.cited.includes(insight.id)).map(one => one.map),
        ...claims,
      ]).length,
    );
  });
  await each('metrics', (metric, row, is) => {
    is('baseline', metric.baseline);
    is('today', metric.readings.at(-1).value);
    is('target', metric.target);
    is('readings', metric.readings.length);
    is('steps', places(measuredAt(lived, metric)).length);
    is('maps', distinct(measuredAt(lived, metric).map(one => one.map)).length);
  });
  const readings = await list('metric-readings');
  same(
    'metric-readings.csv',
    readings.map(row => [row.metric, row.date, row.value, row.note]),
    [...book.metrics.values()].flatMap(metric =>
      metric.readings.map(({ date, value, note }) => [metric.id, date, written(value), note]),
    ),
  );
}
