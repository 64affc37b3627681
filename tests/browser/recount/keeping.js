// Who keeps what and until when: teams, the calendar of reviews, walk-throughs, counted again.

import { counted, feeling, stagesOf } from './count.js';
import { moments } from './coverage.js';
import { addMonths } from './improvement.js';
import { dayWords } from './metrics.js';

/** Everything that is looked at again, with the page it stands on. */
function reviewed(book) {
  const front = book.front;
  const things = (kind, folder, map) =>
    [...map.values()].map(thing => ({ kind, thing, page: `${folder}/${thing.id}.html` }));
  return [
    ...things('Journey map', 'maps', book.maps),
    ...things('Persona', 'personas', book.personas),
    ...things('Touchpoint', 'touchpoints', book.touchpoints),
    ...things('Insight', 'insights', book.insights),
    ...[...book.courses.values()].map(thing => ({ kind: 'Course', thing, page: `training/${thing.id}/index.html` })),
    ...things('Lesson', 'training', book.lessons),
    ...things('Guide', 'guides', book.guides),
    { kind: 'Front page', thing: front, page: 'index.html' },
  ];
}

/** The day a review is due: after its own time, or else the handbook's. Nothing without a review. */
function dueDay(book, { reviewed: last, 'review-every': every = book.handbook.review.every }) {
  if (!last) return undefined;
  const [, count, unit] = every.match(/^(\d+) (\w+?)s?$/);
  const months = { month: 1, year: 12 }[unit];
  if (months) return addMonths(last, count * months);
  const days = { day: 1, week: 7 }[unit] * count;
  return new Date(Date.parse(last) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The calendar of reviews: every day, in its group, and the counts. */
export async function reviews({ book, read }, same) {
  const page = await read('reviews/index.html');
  const all = reviewed(book).map(one => ({ ...one, due: dueDay(book, one.thing) }));
  const overdue = all.filter(one => one.due && one.due < book.today);
  const ahead = all.filter(one => one.due && one.due >= book.today);
  const soon = ahead.filter(one => one.due <= addMonths(book.today, 1));
  const open = all.filter(one => !one.due);
  const counts = page.top.pairs;
  same('reviews, as of', page.top.text.includes(`As of ${dayWords(book.today)}`), true);
  same('reviews, overdue', counts.Overdue.text, `${overdue.length}`);
  same('reviews, due within a month', counts['Due within a month'].text, `${soon.length}`);
  same('reviews, due later', counts['Due later'].text, `${ahead.length - soon.length}`);
  same('reviews, without a date', counts['Without a review date'].text, `${open.length}`);

  const months = [...new Set(ahead.map(one => one.due.slice(0, 7)))].sort();
  const groups = [
    ['overdue', overdue],
    ...months.map(month => [`due-${month}`, ahead.filter(one => one.due.startsWith(month))]),
    ['open', open],
  ];
  same(
    'reviews, groups',
    page.sections.map(section => section.id),
    [...groups.filter(([, own]) => own.length).map(([id]) => id), 'teams'],
  );
  for (const [id, own] of groups.filter(([, list]) => list.length)) {
    const { rows } = page.section(id).tables[0];
    same(`reviews, ${id}`, rows.map(row => row.to).sort(), own.map(one => one.page).sort());
    for (const row of rows) {
      const { kind, thing, due } = own.find(one => one.page === row.to);
      const is = (what, shown, right) => same(`reviews, ${row.to}, ${what}`, shown, right);
      is('kind', row.title.endsWith(kind), true);
      is('owner', row.by.Owner.links[0]?.to, thing.owner && `teams/${thing.owner}.html`);
      is('last reviewed', row.by['Last reviewed'].dates[0], thing.reviewed);
      is('how often', row.by['How often'].text, often(thing['review-every'] ?? book.handbook.review.every));
      if (due) is('due', row.by.Due.dates[0], due);
    }
  }
  for (const row of page.section('teams').tables[0].rows) {
    const owner = row.to?.match(/teams\/(.*)\.html/)[1];
    const mine = list => list.filter(one => one.thing.owner === owner);
    const next = mine(ahead)
      .map(one => one.due)
      .sort()[0];
    same(
      `reviews of ${owner ?? 'nobody'}`,
      [
        row.by.Overdue.text,
        row.by['Still ahead'].text,
        row.by['Without a review date'].text,
        row.by['Next review'].dates[0],
      ],
      [`${mine(overdue).length}`, `${mine(ahead).length}`, `${mine(open).length}`, next],
    );
  }
  const health = (await read('health/index.html')).section('overdue').items;
  same(
    'health, overdue',
    health.map(item => [item.links[0].to, item.dates[0]]).sort(),
    overdue.map(one => [one.page, one.due]).sort(),
  );
}

const often = every => (every === '1 year' ? 'every year' : `every ${every}`);

/** What each team owns, has open and has let pass. */
export async function teams({ book, read }, same) {
  const { rows } = (await read('teams/index.html')).top.tables[0];
  same(
    'teams, which',
    rows.map(row => row.to),
    [...book.teams.keys()].map(id => `teams/${id}.html`),
  );
  const found = moments(book).filter(moment => moment.truth);
  for (const team of book.teams.values()) {
    const mine = things => [...things.values()].filter(thing => thing.owner === team.id);
    const stages = [...book.maps.values()].flatMap(map =>
      stagesOf(map)
        .filter(stage => stage.owner === team.id)
        .map(stage => `maps/${map.id}.html#${stage.id}`),
    );
    const truths = found
      .filter(moment => moment.owner === team.id)
      .map(moment => `maps/${moment.map.id}.html#${moment.step.id}`);
    const opportunities = mine(book.opportunities);
    const open = opportunities.filter(one => !['done', 'dropped'].includes(one.status));
    const owned = [
      ['maps', mine(book.maps).map(({ id }) => `maps/${id}.html`), 'map'],
      ['stages', stages, 'stage'],
      ['truths', truths, 'moment of truth', 'moments of truth'],
      ['personas', mine(book.personas).map(({ id }) => `personas/${id}.html`), 'persona'],
      ['touchpoints', mine(book.touchpoints).map(({ id }) => `touchpoints/${id}.html`), 'touchpoint'],
      ['insights', mine(book.insights).map(({ id }) => `insights/${id}.html`), 'insight'],
      ['opportunities', opportunities.map(({ id }) => `opportunities/${id}.html`), 'opportunity', 'opportunities'],
      ['metrics', mine(book.metrics).map(({ id }) => `metrics/${id}.html`), 'metric'],
    ];
    const courses = mine(book.courses).map(({ id }) => `training/${id}/index.html`);
    const row = rows.find(({ to }) => to === `teams/${team.id}.html`);
    const is = (what, shown, right) => same(`team ${team.id}, ${what}`, shown, right);
    const shown = row.by.Owns.text.split(', ');
    for (const [, list, ...words] of owned) {
      const right = list.length ? counted(list.length, ...words) : undefined;
      is(
        `owns, ${words[0]}`,
        shown.find(
          part => part.replace(/^\d+ /, '') === words[0] || part.replace(/^\d+ /, '') === (words[1] ?? `${words[0]}s`),
        ),
        right,
      );
    }
    is(
      'owns, course',
      shown.find(part => /courses?$/.test(part)),
      courses.length ? counted(courses.length, 'course') : undefined,
    );
    is('open opportunities', row.by['Open opportunities'].text, `${open.length}`);
    const late = [
      ...reviewed(book)
        .filter(({ thing }) => thing.owner === team.id)
        .map(({ thing }) => dueDay(book, thing)),
      ...open.map(one => one.due),
    ].filter(day => day && day < book.today).length;
    const words = late ? `${late} ${late === 1 ? 'is' : 'are'} overdue` : '';
    is('overdue', row.by['What is due next'].text, words);

    const page = await read(`teams/${team.id}.html`);
    is('overdue, on its page', page.maybe('due')?.paragraphs[0] ?? '', words);
    const listed = id =>
      page
        .maybe(`owned-${id}`)
        ?.items.map(item => item.links[0].to)
        .sort() ?? [];
    for (const [id, list] of owned) is(`${id}, on its page`, listed(id), list.toSorted());
    const lessons = mine(book.lessons).map(({ id }) => `training/${id}.html`);
    is('training, on its page', listed('training'), [...courses, ...lessons].sort());
    is(
      'guides, on its page',
      listed('guides'),
      mine(book.guides)
        .map(({ id }) => `guides/${id}.html`)
        .sort(),
    );
    is(
      'open opportunities, on its page',
      (page.maybe('open')?.tables[0].rows ?? []).map(one => one.to).sort(),
      open.map(({ id }) => `opportunities/${id}.html`).sort(),
    );
    const due = (page.maybe('due')?.tables[0].rows ?? []).map(({ by }) => [
      by.Due.dates[0],
      by.Kind.text,
      by.Title.links[0].to,
    ]);
    const dues = [
      ...reviewed(book)
        .filter(({ thing }) => thing.owner === team.id)
        .map(one => [dueDay(book, one.thing), 'Review', one.page]),
      ...open.map(one => [one.due, 'To be done', `opportunities/${one.id}.html`]),
      ...mine(book.metrics).map(one => [one['target-date'], 'Target', `metrics/${one.id}.html`]),
    ].filter(([day]) => day);
    is(
      'what is due, on its page',
      due.filter(one => !dues.some(other => `${other}` === `${one}`)),
      [],
    );
    is(
      'the days, on its page',
      due.map(([day]) => day),
      dues
        .map(([day]) => day)
        .sort()
        .slice(0, due.length),
    );
  }
}

/** What the walker felt beside what the map says, what stood in the way, and how long it took. */
export async function walks({ book, read }, same) {
  const { rows } = (await read('walkthroughs/index.html')).top.tables[0];
  same(
    'walks, which',
    rows.map(row => row.to).sort(),
    [...book.walkthroughs.keys()].map(id => `walkthroughs/${id}.html`),
  );
  for (const walk of book.walkthroughs.values()) {
    const is = (what, shown, right) => same(`walk ${walk.id}, ${what}`, shown, right);
    const map = book.maps.get(walk.map);
    const steps = walk.steps.map(walked => {
      const stage = stagesOf(map).find(each => each.steps.some(step => step.id === walked.step));
      return { walked, stage, step: stage.steps.find(step => step.id === walked.step) };
    });
    const obstacles = walk.steps.flatMap(walked => walked.obstacles ?? []).length;
    const minutes = walk.steps.reduce((sum, walked) => sum + (walked.minutes ?? 0), 0);
    const felt = steps.filter(({ walked }) => walked.feels !== undefined);
    const lowest = felt.reduce((low, one) => (one.walked.feels < low.walked.feels ? one : low));
    const low = `${lowest.step.moment ?? lowest.step.action} feeling ${feeling(lowest.walked.feels)}`;
    const row = rows.find(({ to }) => to === `walkthroughs/${walk.id}.html`);
    is('map', row.by['Journey map'].links[0].to, `maps/${walk.map}.html`);
    is('date', row.by.Date.dates, [walk.date]);
    is('lowest', row.by['Lowest moment'].text, low);
    is('obstacles', row.by.Obstacles.text, counted(obstacles, 'obstacle'));

    const page = await read(`walkthroughs/${walk.id}.html`);
    is('lowest, on its page', page.top.pairs['Lowest moment'].text, low);
    is(
      'obstacles and minutes, on its page',
      page.top.pairs.Obstacles.text,
      `${counted(obstacles, 'obstacle')} ${counted(minutes, 'minute')}`,
    );
    const compared = felt.filter(({ step }) => step.feels !== undefined);
    const apart = compared.filter(({ walked, step }) => Math.abs(walked.feels - step.feels) >= 1);
    const section = page.section('walk');
    is(
      'steps apart',
      section.paragraphs[0],
      `At ${apart.length} of ${compared.length} steps that can be compared, the walker felt otherwise than the map says by a point or more.`,
    );
    const shown = section.tables[0].rows;
    is(
      'steps',
      shown.map(one => one.to),
      steps.map(({ step }) => `maps/${map.id}.html#${step.id}`),
    );
    steps.forEach((one, at) => {
      const { walked, step } = one;
      const gap = walked.feels - step.feels;
      const far = apart.includes(one)
        ? ` ${Math.abs(gap)} ${Math.abs(gap) === 1 ? 'point' : 'points'} ${gap < 0 ? 'lower' : 'higher'} than the map`
        : '';
      is(
        `${step.id}, the map says`,
        shown[at].by['The map says'].text,
        `feeling ${feeling(step.feels)} ${step.feeling}`,
      );
      is(
        `${step.id}, the walker felt`,
        shown[at].by['The walker felt'].text,
        `feeling ${feeling(walked.feels)} ${walked.feeling}${far}`,
      );
      is(`${step.id}, obstacles`, shown[at].by.Obstacles.items.length, (walked.obstacles ?? []).length);
      is(`${step.id}, time`, shown[at].by.Time.text, walked.minutes ? counted(walked.minutes, 'minute') : '');
    });
  }
}
