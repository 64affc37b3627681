// The catalogue of touchpoints, the grid above it and the touchpoints' own pages, counted again.

import {
  columnOf,
  counted,
  distinct,
  failPointsAt,
  feeling,
  isOpen,
  isToday,
  line,
  livedSteps,
  mean,
  stepsIn,
  touchpointFigures,
} from './count.js';

/** The rows of the catalogue. */
export async function catalogue({ book, read }, same) {
  const page = await read('touchpoints/index.html');
  const lived = livedSteps(book);
  const { rows } = page.section('list').tables[0];
  same('catalogue, rows', rows.map(row => idOf(row.to)).sort(), [...book.touchpoints.keys()]);
  for (const { to, by } of rows) {
    const id = idOf(to);
    const touchpoint = book.touchpoints.get(id);
    const figures = touchpointFigures(book, lived, touchpoint);
    const is = (column, right, shown = by[column].text) => same(`catalogue, ${id}, ${column}`, shown, right);
    is('Channel', `${book.channels.get(touchpoint.channel).title} ${touchpoint.kind} · ${capital(touchpoint.status)}`);
    is('Stage', stageWords(book, figures));
    is('Owner', `teams/${touchpoint.owner}.html`, by.Owner.links[0]?.to);
    is('Weight', `customer ${touchpoint.importance.customer}, us ${touchpoint.importance.organisation}`);
    is('Priority', `${figures.priority}`);
    is(
      'Average feeling',
      figures.average === undefined ? '' : `${feeling(figures.average)} worst: ${feeling(figures.worst)}`,
      by['Average feeling'].text.replace(/^–$/, ''),
    );
    is('Moments of truth', `${figures.truths}`);
    is('Maps', `${figures.maps.length}`);
    is('Personas', `${figures.personas.length}`);
    is('Open pains', `${figures.openPains}`);
  }
}

/** The stages of the line where a touchpoint is met, and how many others; of one that is nowhere on the line all names. */
function stageWords(book, { line: columns, stages }) {
  if (columns.length === 0) return stages.join(' ');
  const first = columns.map(at => `${at + 1} ${line(book)[at].title}`).join(' ');
  const others = stages.length - columns.length;
  return others > 0 ? `${first} and ${counted(others, 'other stage')}` : first;
}

/** Channels by stages, on the catalogue and on the page of all channels. */
export async function grid({ book, read }, same) {
  const lived = livedSteps(book).filter(one => one.touchpoint && isToday(one.map));
  const columns = [...line(book).map(stage => stage.title), 'Other stages'];
  for (const path of ['touchpoints/index.html', 'channels/index.html']) {
    const table = (await read(path)).section('grid').tables[0];
    same(
      `${path}, columns`,
      table.columns.map(column => column.text),
      ['Channel', ...columns, 'All'],
    );
    same(
      `${path}, rows`,
      table.rows.map(row => row.title),
      [...book.channels.values()].map(channel => channel.title),
    );
    for (const row of table.rows) {
      const channel = [...book.channels.values()].find(({ title }) => title === row.title);
      const own = lived.filter(one => book.touchpoints.get(one.touchpoint).channel === channel.id);
      columns.forEach((title, at) => {
        const here = own.filter(one => (columnOf(book, one.map, one.stage) ?? columns.length - 1) === at);
        same(`${path}, ${channel.id} at ${title}`, row.by[title].text, cellWords(here));
      });
      const carried = [...book.touchpoints.values()].filter(touchpoint => touchpoint.channel === channel.id).length;
      same(`${path}, ${channel.id}, all`, row.by.All.text, `${carried}`);
    }
    const [foot] = table.foot;
    columns.forEach((title, at) => {
      const here = lived.filter(one => (columnOf(book, one.map, one.stage) ?? columns.length - 1) === at);
      same(`${path}, all at ${title}`, foot.by[title].text, `${distinct(here.map(one => one.touchpoint)).length}`);
    });
    same(`${path}, all`, foot.by.All.text, `${book.touchpoints.size}`);
  }
}

/** What a cell of the grid says. */
export function cellWords(lived) {
  if (lived.length === 0) return 'gap';
  const average = mean(lived.map(one => one.feels).filter(number => number !== undefined));
  const truths = stepsIn(lived).filter(step => step['moment-of-truth']).length;
  return [
    distinct(lived.map(one => one.touchpoint)).length,
    average === undefined ? '' : `feeling ${feeling(average)}`,
    truths ? `includes ${counted(truths, 'moment')} of truth` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The own page of each touchpoint. */
export async function touchpointPages({ book, read }, same) {
  const lived = livedSteps(book);
  for (const touchpoint of book.touchpoints.values()) {
    const page = await read(`touchpoints/${touchpoint.id}.html`);
    const figures = touchpointFigures(book, lived, touchpoint);
    const is = (what, shown, right) => same(`touchpoint ${touchpoint.id}, ${what}`, shown, right);
    const { pairs } = page.top;
    is('priority', pairs.Priority.text, `${figures.priority} of 100`);
    is(
      'weight',
      pairs.Weight.text,
      `to the customer, ${touchpoint.importance.customer} of 5 to us, ${touchpoint.importance.organisation} of 5`,
    );
    const [, average, worst] = pairs['Average feeling']?.text.match(/^feeling (\S+)(?: worst: ([^\s,]+),.*)?$/) ?? [];
    is('average', average, figures.average === undefined ? undefined : feeling(figures.average));
    is('worst, where it upsets', worst, figures.worst < 0 ? feeling(figures.worst) : undefined);

    const steps = stepsIn(figures.met);
    const lessons = [...book.lessons.values()].filter(lesson => lesson.body.includes(`(touchpoint:${touchpoint.id}`));
    const opportunities = distinct(
      figures.met.flatMap(one => [
        ...(one.step.opportunities ?? []),
        ...one.pains.flatMap(pain => pain.opportunities ?? []),
        ...failPointsAt(one).flatMap(point => point.opportunities ?? []),
      ]),
    );
    const counts = [
      [figures.maps.length, 'map'],
      [figures.stages.length, 'stage'],
      [steps.length, 'step'],
      [figures.personas.length, 'persona'],
      [lessons.length, 'lesson'],
      [figures.met.flatMap(one => one.pains).length, 'pain'],
      [figures.met.filter(one => one.says).length, 'quote'],
      [opportunities.length, 'opportunity', 'opportunities'],
    ];
    const breaks = page.section('what-breaks');
    is(
      'what breaks',
      breaks.paragraphs[0],
      `Retiring it touches ${counts
        .filter(([count]) => count > 0)
        .map(parts => counted(...parts))
        .join(', ')}.`,
    );
    is(
      'maps that break',
      breaks.pairs.Maps?.links.map(link => link.to).sort() ?? [],
      figures.maps.map(id => `maps/${id}.html`).sort(),
    );
    is('stages that break', breaks.pairs.Stages?.links.length ?? 0, figures.stages.length);
    is(
      'personas that meet it',
      breaks.pairs.Personas?.links.map(link => link.to).sort() ?? [],
      figures.personas.map(id => `personas/${id}.html`).sort(),
    );
    is('lessons that teach it', breaks.pairs['Taught in']?.links.length ?? 0, lessons.length);
    is('pains there', page.maybe('pains-there')?.items.length ?? 0, figures.met.flatMap(one => one.pains).length);
    const open = (page.maybe('pains-there')?.items ?? []).filter(item => item.text.endsWith(', open'));
    const standing = figures.met.flatMap(one => one.pains.filter(pain => isOpen(book, pain, one.step)));
    is('open pains, future ones too', open.length, standing.length);
    is(
      'opportunities there',
      page
        .maybe('mends')
        ?.items.map(item => item.links[0].to)
        .sort() ?? [],
      opportunities.map(id => `opportunities/${id}.html`).sort(),
    );
    const stops = page.section('on-the-line').items.map(item => item.text);
    line(book).forEach((stage, at) => {
      const here = stepsIn(figures.met.filter(one => columnOf(book, one.map, one.stage) === at)).length;
      is(
        `at ${stage.title}`,
        stops[at],
        `${at + 1} ${stage.title} ${here ? `met at ${counted(here, 'step')}` : 'not met'}`,
      );
    });
    const where = page.maybe('meetings')?.tables[0].rows ?? [];
    is(
      'steps that meet it',
      distinct(where.map(row => row.to)).sort(),
      steps
        .map(step => {
          const { map } = figures.met.find(one => one.step === step);
          return `maps/${map.id}.html#${step.id}`;
        })
        .sort(),
    );
  }
}

const idOf = to => to.split('/').at(-1).replace('.html', '');
const capital = word => word[0].toUpperCase() + word.slice(1);
