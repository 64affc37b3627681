// The metrics: where each stands, how far it has come and how each reading changed, counted again.

import { rounded } from './count.js';

const number = value => value.toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', '−');

/** A figure with its sign for per cent; any other unit stands apart. */
const figure = (metric, value) => `${number(value)}${metric.unit === '%' ? '%' : ''}`;

const apart = metric => (metric.unit && metric.unit !== '%' ? metric.unit : '');

const newest = metric => metric.readings.at(-1);

/** “Days to a finished repair, days 17 → 7”. */
export function measured(metric) {
  const unit = apart(metric) ? `, ${apart(metric)}` : '';
  return `${metric.title}${unit} ${figure(metric, newest(metric).value)} → ${figure(metric, metric.target)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** “31 Oct 2026”. */
export function dayWords(day) {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[month - 1]} ${year}`;
}

const better = (metric, change) => (metric.better === 'lower' ? change < 0 : change > 0);

/** What became of a metric since something was done: its last reading before that day, and its newest. */
export function moved(metric, done) {
  const before = metric.readings.findLast(reading => reading.date < done);
  const after = newest(metric);
  const change = rounded(after.value - before.value, 6);
  const unit = apart(metric) ? `, ${apart(metric)}` : '';
  const turn =
    change === 0 ? 'unchanged' : `${better(metric, change) ? 'better' : 'worse'} by ${number(Math.abs(change))}`;
  return `${metric.title}${unit} ${figure(metric, before.value)} (${dayWords(before.date)}) → ${figure(metric, after.value)} (${dayWords(after.date)}): ${turn}`;
}

/** How far it has come on the way from its baseline to its target, in words. */
function progress(metric) {
  const share = (newest(metric).value - metric.baseline) / (metric.target - metric.baseline);
  return `${rounded(share * 100)}% of the way from ${figure(metric, metric.baseline)} to ${figure(metric, metric.target)}`;
}

/** The register of metrics and the page of each. */
export async function metrics({ book, read }, same) {
  const register = (await read('metrics/index.html')).top.tables[0];
  same(
    'metrics, which',
    register.rows.map(row => row.to).sort(),
    [...book.metrics.keys()].map(id => `metrics/${id}.html`),
  );
  for (const metric of book.metrics.values()) {
    const row = register.rows.find(({ to }) => to === `metrics/${metric.id}.html`);
    const page = await read(`metrics/${metric.id}.html`);
    const is = (what, shown, right) => same(`metric ${metric.id}, ${what}`, shown, right);
    const now = `${figure(metric, newest(metric).value)} → ${figure(metric, metric.target)}`;
    const unit = apart(metric) ? ` ${apart(metric)}` : '';
    is(
      'today and target, in the register',
      row.by['Today → target'].text,
      `${now}${unit} ${dayWords(newest(metric).date)}`,
    );
    is('how far, in the register', row.by['How far'].text, progress(metric));
    is('due, in the register', row.by.Due.dates, [metric['target-date']]);
    const { pairs } = page.top;
    is('today and target', pairs['Today → target'].text, `${now}${unit}`);
    is('baseline', pairs.Baseline.text, figure(metric, metric.baseline));
    is('target', pairs.Target.text, `${figure(metric, metric.target)} ${dayWords(metric['target-date'])}`);
    is('how far', pairs['How far'].text, progress(metric));
    is('better', pairs.Kind.text.endsWith(`${metric.better} is better`), true);

    const readings = page.section('readings');
    is('how many readings', readings.paragraphs[0], `${metric.readings.length} readings, newest first`);
    const shown = readings.tables[0].rows.map(({ by }) => [
      by.Date.dates[0],
      by.Value.text,
      by.Change.text,
      by.Note?.text ?? '',
    ]);
    metric.readings.toReversed().forEach((reading, at, list) => {
      const change = list[at + 1] && rounded(reading.value - list[at + 1].value, 6);
      const words =
        change === undefined
          ? ''
          : change === 0
            ? 'no change'
            : `${change > 0 ? '+' : '−'}${number(Math.abs(change))}, ${better(metric, change) ? 'better' : 'worse'}`;
      is(`reading of ${reading.date}`, shown[at], [reading.date, figure(metric, reading.value), words, reading.note]);
    });
    const places = [...book.maps.values()].flatMap(map =>
      (map.stages ?? []).flatMap(stage => [
        ...((stage.metrics ?? []).includes(metric.id) ? [`maps/${map.id}.html#${stage.id}`] : []),
        ...(stage.steps ?? [])
          .filter(step => (step.metrics ?? []).includes(metric.id))
          .map(step => `maps/${map.id}.html#${step.id}`),
      ]),
    );
    is(
      'where it is measured',
      page
        .section('places')
        .items.map(item => item.links[0].to)
        .sort(),
      places.sort(),
    );
    const moving = [...book.opportunities.values()].filter(one => (one.metrics ?? []).includes(metric.id));
    is(
      'what shall move it',
      page
        .section('opportunities')
        .items.map(item => item.links[0].to)
        .sort(),
      moving.map(one => `opportunities/${one.id}.html`).sort(),
    );
  }
}
