// The register of insights and the board of opportunities, counted again.

import { answersTo, counted, distinct, failPointsAt, isToday, livedSteps, painOf, stagesOf, stepsIn } from './count.js';
import { statements } from './coverage.js';
import { measured, moved } from './metrics.js';

const SAMPLES = {
  interview: ['interview'],
  survey: ['survey answer'],
  analytics: ['record'],
  review: ['review'],
  observation: ['observation'],
};

/** How much rests on each insight, which are old, which are small. */
export async function insights({ book, read }, same) {
  const page = await read('insights/index.html');
  const rows = page.sections.flatMap(section => section.tables.flatMap(table => table.rows));
  same(
    'insights, which',
    rows.map(row => row.to).sort(),
    [...book.insights.keys()].map(id => `insights/${id}.html`),
  );
  for (const section of page.sections)
    same(
      `insights, ${section.heading}, how many`,
      Number(section.heading.match(/\d+$/)[0]),
      section.tables[0].rows.length,
    );

  const { 'max-age': age, 'min-sample': least } = book.handbook.evidence;
  const oldest = addMonths(book.today, -parseInt(age, 10));
  const lived = livedSteps(book);
  const stated = [...book.maps.values()].flatMap(map => statements(book, map));
  const marks = { Old: 0, 'Small sample': 0 };
  for (const insight of book.insights.values()) {
    const row = rows.find(({ to }) => to === `insights/${insight.id}.html`);
    const is = (what, shown, right) => same(`insight ${insight.id}, ${what}`, shown, right);
    is('date', row.by.Date.dates, [insight.date]);
    is(
      'sample',
      row.by.Sample.text,
      `${thousands(insight.sample)} ${counted(insight.sample, ...SAMPLES[insight.kind])
        .split(' ')
        .slice(1)
        .join(' ')} ${insight.who}`,
    );
    const expected = { Old: insight.date < oldest, 'Small sample': insight.sample < least };
    for (const mark of Object.keys(marks)) {
      is(mark, row.title.includes(mark), expected[mark]);
      if (expected[mark]) marks[mark] += 1;
    }

    const cites = list => (list ?? []).includes(insight.id);
    const here = stated.filter(one => cites(one.cited));
    const kind = name => here.filter(one => one.kind === name).length;
    const steps = distinct([
      ...stepsIn(lived.filter(one => cites(one.insights))),
      ...here
        .filter(one => one.kind !== 'Figures')
        .map(one => one.step)
        .filter(Boolean),
      ...stepsIn(lived.filter(one => failPointsAt(one).some(point => cites(point.insights)))),
    ]);
    const having = things => [...things.values()].filter(thing => cites(thing.insights)).length;
    const counts = [
      [steps.length, 'step'],
      [kind('Pains'), 'pain'],
      [kind('Quotes'), 'quote'],
      [[...book.personas.values()].filter(persona => cites(persona.quote?.insights)).length, 'persona'],
      [having(book.touchpoints), 'touchpoint'],
      [having(book.opportunities), 'opportunity', 'opportunities'],
      [having(book.metrics), 'metric'],
    ];
    const rests = counts
      .filter(([count]) => count > 0)
      .map(parts => counted(...parts))
      .join(', ');
    is('rests on it', row.by['Rests on it'].text, rests);

    const own = await read(`insights/${insight.id}.html`);
    const section = own.section('rests');
    is('rests on it, on its page', section.paragraphs[0], rests);
    const shown = section.tables[0].rows.map(({ by }) => by.Kind.text);
    for (const [plural, one] of [
      ['Pains', 'Pain'],
      ['Feelings', 'Feeling'],
      ['Quotes', 'Quote'],
      ['Observations', 'Observation'],
    ]) {
      is(`${plural} on its page`, shown.filter(word => word === one).length, kind(plural));
    }
    const failing = [...book.maps.values()]
      .flatMap(map => map['fail-points'] ?? [])
      .filter(point => cites(point.insights));
    is('fail points on its page', shown.filter(word => word === 'Fail point').length, failing.length);
  }
  same(
    'insights, the rule',
    page.top.text.includes(`older than ${age} is marked as old. A sample of fewer than ${least} is marked as small.`),
    true,
  );
  same(
    'insights, how many small',
    page.top.text.includes(`${marks['Small sample']} is small`),
    marks['Small sample'] === 1,
  );
}

/** A day so many months later; the last of the month where it has no such day. */
export function addMonths(day, months) {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

const thousands = number => number.toLocaleString('en');

/** Everything that hurts, with what answers it: pains of steps, of single personas, of empathy maps, and fail points. */
export function hurts(book) {
  return [...book.maps.values()].flatMap(map => {
    const at = one => `maps/${map.id}.html#${one.step.id}`;
    const lived = livedSteps({ maps: new Map([[map.id, map]]) });
    const felt = lived.flatMap(one =>
      one.pains.map(pain => {
        const own = painOf(pain).opportunities;
        const answers = own ?? [
          ...answersTo(pain, one.step),
          ...failPointsAt(one).flatMap(point => point.opportunities ?? []),
        ];
        return { text: painOf(pain).text, to: at(one), map, answers: distinct(answers) };
      }),
    );
    const empathy = map.kind === 'empathy' ? (map.pains ?? []) : [];
    const failing = (map['fail-points'] ?? []).map(point => {
      const first = lived.find(one => failPointsAt(one).includes(point));
      return { text: point.title, to: at(first), map, answers: point.opportunities ?? [], failing: true };
    });
    return [
      ...felt,
      ...empathy.map(pain => ({ text: painOf(pain).text, to: `maps/${map.id}.html`, map, answers: answersTo(pain) })),
      ...failing,
    ];
  });
}

/** What the steps of a map name, for a pain, for themselves or for where they break. */
export const namedBy = map =>
  distinct([
    ...livedSteps({ maps: new Map([[map.id, map]]) }).flatMap(one => [
      ...(one.step.opportunities ?? []),
      ...one.pains.flatMap(pain => pain.opportunities ?? []),
    ]),
    ...(map.kind === 'empathy' ? (map.pains ?? []) : []).flatMap(pain => answersTo(pain)),
    ...(map['fail-points'] ?? []).flatMap(point => point.opportunities ?? []),
  ]);

const STATUS = { doing: 'In progress', planned: 'Planned', idea: 'Idea', done: 'Done', dropped: 'Dropped' };
const NAMED = 3;

const quadrant = ({ impact, effort }) =>
  impact >= 4 ? (effort >= 4 ? 'Big bet' : 'Quick win') : effort >= 4 ? 'Not now' : 'Fill-in';

/** The board by impact and effort, by status, by team and by map; the gaps; the page of each opportunity. */
export async function opportunities({ book, read }, same) {
  const all = [...book.opportunities.values()];
  const page = await read('opportunities/index.html');
  const grid = page.section('grid').tables[0];
  for (const [at, row] of grid.rows.entries()) {
    for (let effort = 1; effort <= 5; effort += 1) {
      const impact = 5 - at;
      const right = all.filter(
        one => !['done', 'dropped'].includes(one.status) && one.impact === impact && one.effort === effort,
      );
      const cell = row.cells[effort];
      same(
        `board, impact ${impact}, effort ${effort}`,
        cell.links.map(link => link.to).sort(),
        right.map(one => `opportunities/${one.id}.html`).sort(),
      );
      if (right.length)
        same(
          `board, impact ${impact}, effort ${effort}, called`,
          cell.text.startsWith(quadrant({ impact, effort })),
          true,
        );
    }
  }
  const hurting = hurts(book);
  const groups = async (path, expected) => {
    const { sections } = await read(path);
    const shown = sections.filter(section => section.id !== 'grid');
    same(
      `${path}, groups`,
      shown.map(section => section.heading).sort(),
      expected
        .filter(([, own]) => own.length)
        .map(([title, own]) => `${title} ${own.length}`)
        .sort(),
    );
    for (const [title, own] of expected.filter(([, list]) => list.length)) {
      const { rows } = shown.find(section => section.heading === `${title} ${own.length}`).tables[0];
      same(`${path}, ${title}`, rows.map(row => row.to).sort(), own.map(one => `opportunities/${one.id}.html`).sort());
      for (const row of rows) {
        const one = own.find(({ id }) => row.to === `opportunities/${id}.html`);
        const is = (what, wrote, right) => same(`${path}, ${title}, ${one.id}, ${what}`, wrote, right);
        is(
          'impact and effort',
          row.by['Impact, effort'].text,
          `impact ${one.impact} of 5, effort ${one.effort} of 5: ${quadrant(one)}`,
        );
        is('owner', row.by.Owner.links[0]?.to, `teams/${one.owner}.html`);
        const anywhere = hurting.filter(({ answers }) => answers.includes(one.id));
        // Under a map stands what is answered there, if anything is.
        const there = path.endsWith('by/map.html') ? anywhere.filter(({ map }) => map.title === title) : [];
        const pains = there.length > 0 ? there : anywhere;
        const cell = row.by['Pains it answers'];
        const more = pains.length - NAMED;
        is(
          'pains',
          cell.items,
          pains.slice(0, NAMED).map(pain => pain.text),
        );
        is('further pains', cell.text.match(/and (\d+) more$/)?.[1], more > 0 ? `${more}` : undefined);
        is(
          'metrics',
          row.by['Today → target'].text,
          (one.metrics ?? []).map(id => measured(book.metrics.get(id))).join(' '),
        );
      }
    }
  };
  await groups(
    'opportunities/index.html',
    Object.entries(STATUS).map(([status, title]) => [title, all.filter(one => one.status === status)]),
  );
  await groups(
    'opportunities/by/team.html',
    [...book.teams.values()].map(team => [team.title, all.filter(one => one.owner === team.id)]),
  );
  await groups(
    'opportunities/by/map.html',
    [...book.maps.values()].map(map => [map.title, all.filter(one => namedBy(map).includes(one.id))]),
  );

  const gaps = await read('opportunities/by/gaps.html');
  const open = hurting.filter(one => isToday(one.map) && one.answers.length === 0);
  same(
    'gaps, pains without an opportunity',
    gaps.section('pains').paragraphs[0].replace(/\. .*/s, '.'),
    `${counted(open.length, 'pain')} of today ${open.length === 1 ? 'has' : 'have'} no opportunity.`,
  );
  same(
    'gaps, which pains',
    gaps
      .section('pains')
      .tables[0].rows.map(row => row.by.Where.links[0].to)
      .sort(),
    open.map(one => one.to).sort(),
  );
  const idle = all.filter(one => !hurting.some(({ answers }) => answers.includes(one.id)));
  same(
    'gaps, opportunities without a pain',
    gaps.section('idle').paragraphs[0],
    `${counted(idle.length, 'opportunity', 'opportunities')} answer no pain on any map.`,
  );

  for (const one of all)
    await opportunityPage(
      { book, read },
      same,
      one,
      hurting.filter(({ answers }) => answers.includes(one.id)),
    );
}

async function opportunityPage({ book, read }, same, one, pains) {
  const page = await read(`opportunities/${one.id}.html`);
  const is = (what, shown, right) => same(`opportunity ${one.id}, ${what}`, shown, right);
  const { pairs } = page.top;
  is('status', pairs.Status.text, STATUS[one.status]);
  is('impact', pairs.Impact.text, `${one.impact} of 5`);
  is('effort', pairs.Effort.text, `${one.effort} of 5 ${quadrant(one)}`);
  is('due', pairs.Due?.dates[0], one.due);
  is('done', pairs.Done?.dates[0], one.done);
  const rows = page.maybe('pains')?.tables[0].rows ?? [];
  is('pains', rows.map(row => row.by.Where.links[0].to).sort(), pains.map(pain => pain.to).sort());
  is(
    'fail points',
    rows.filter(row => row.title.endsWith('Fail point')).length,
    pains.filter(pain => pain.failing).length,
  );

  const naming = [...book.maps.values()]
    .flatMap(map => livedSteps({ maps: new Map([[map.id, map]]) }))
    .filter(({ step, persona }) => !persona && (step.opportunities ?? []).includes(one.id))
    .map(({ map, step }) => `maps/${map.id}.html#${step.id}`)
    .filter(to => !pains.some(pain => pain.to === to));
  is(
    'steps that name it besides',
    (page.maybe('steps')?.items ?? []).map(item => item.links[0].to).sort(),
    naming.sort(),
  );
  const metrics = (one.metrics ?? []).map(id => book.metrics.get(id));
  is(
    'what shows it',
    page.section('metrics').items.map(item => item.text),
    metrics.map(metric => (one.done ? moved(metric, one.done) : measured(metric))),
  );

  const places = other =>
    distinct(
      [...book.maps.values()].flatMap(map =>
        stagesOf(map).flatMap(stage =>
          (stage.steps ?? []).flatMap(step => {
            const names = distinct([
              ...(step.opportunities ?? []),
              ...(step.pains ?? []).flatMap(pain => pain.opportunities ?? []),
              ...failPointsAt({ map, step }).flatMap(point => point.opportunities ?? []),
              ...Object.values(map.differences ?? {}).flatMap(ways =>
                (ways[step.id]?.pains ?? []).flatMap(pain => pain.opportunities ?? []),
              ),
            ]);
            return names.includes(other.id) ? [`${map.id} ${stage.id}`, step.touchpoint].filter(Boolean) : [];
          }),
        ),
      ),
    ).concat(other.metrics ?? []);
  const mine = places(one);
  const before = [...book.opportunities.values()].filter(
    other => other !== one && other.status === 'done' && places(other).some(place => mine.includes(place)),
  );
  const worked =
    page
      .maybe('worked')
      ?.items.map(item => item.links[0].to)
      .filter(to => to.startsWith('opportunities/')) ?? [];
  is(
    'what worked before',
    worked.sort(),
    one.status === 'done' ? [] : before.map(other => `opportunities/${other.id}.html`).sort(),
  );
}
