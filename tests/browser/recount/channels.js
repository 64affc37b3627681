// The matrix of channels, its gaps, and the pages of the channels, counted again.

import { columnOf, counted, distinct, feeling, isOpen, isToday, line, livedSteps, mean, stepsIn } from './count.js';

/** What the steps of maps that show what is come to. */
function summed(book, lived) {
  const average = mean(lived.map(one => one.feels).filter(number => number !== undefined));
  return {
    touchpoints: distinct(lived.map(one => one.touchpoint)),
    steps: stepsIn(lived).length,
    average: average === undefined ? undefined : feeling(average),
    truths: stepsIn(lived).filter(step => step['moment-of-truth']).length,
    openPains: lived.flatMap(one => one.pains.filter(pain => isOpen(book, pain, one.step))).length,
  };
}

/** The table of all channels, what is said of their gaps, and each channel's own page. */
export async function channels({ book, read }, same) {
  const page = await read('channels/index.html');
  const columns = line(book);
  const lived = livedSteps(book).filter(one => one.touchpoint && isToday(one.map));
  const { rows } = page.section('list').tables[0];
  same(
    'channels, which',
    rows.map(row => row.to),
    [...book.channels.keys()].map(id => `channels/${id}.html`),
  );
  let gaps = 0;
  const inside = [];
  for (const channel of book.channels.values()) {
    const own = lived.filter(one => book.touchpoints.get(one.touchpoint).channel === channel.id);
    const carried = [...book.touchpoints.values()].filter(touchpoint => touchpoint.channel === channel.id);
    const at = column => own.filter(one => columnOf(book, one.map, one.stage) === column);
    const met = columns.map((_, column) => column).filter(column => at(column).length > 0);
    const missing = columns.map((_, column) => column).filter(column => at(column).length === 0);
    gaps += missing.length;
    const between = missing.filter(column => column > met[0] && column < met.at(-1));
    if (between.length) inside.push([channel.title, between.map(column => columns[column].title)]);

    const sums = summed(book, own);
    const users = [...book.personas.values()].filter(persona =>
      (persona.channels ?? []).some(use => use.channel === channel.id),
    );
    const row = rows.find(({ to }) => to === `channels/${channel.id}.html`);
    const is = (what, shown, right) => same(`channel ${channel.id}, ${what}`, shown, right);
    is('touchpoints', row.by.Touchpoints.text, `${carried.length}`);
    is('stages', row.by.Stages.text, `${met.length}`);
    is('average', row.by['Average feeling'].text.replace(/^feeling /, ''), sums.average ?? '');
    is('moments of truth', row.by['Moments of truth'].text, `${sums.truths}`);
    is('open pains', row.by['Open pains'].text, `${sums.openPains}`);
    is('personas', row.by.Personas.text, `${users.length}`);
    is('teams', row.by.Teams.text, `${distinct(carried.map(touchpoint => touchpoint.owner)).length}`);
    is(
      'every gap',
      page.section('grid').pairs[channel.title]?.text,
      missing.map(column => columns[column].title).join(', '),
    );
    await channelPage({ book, read }, is, { channel, carried, own, at, met, sums, users });
  }
  const grid = page.section('grid');
  same(
    'channels, gaps in all',
    grid.text.includes(`${gaps} of ${book.channels.size * columns.length} places on the matrix are gaps.`),
    true,
  );
  const told = grid.items
    .map(item => item.text.match(/^(.*): nothing at (.*), though it is met at/)?.slice(1))
    .filter(Boolean);
  same(
    'channels, gaps inside',
    told,
    inside.map(([title, stages]) => [title, stages.join(', ')]),
  );
}

async function channelPage({ book, read }, is, { channel, carried, own, at, met, sums, users }) {
  const page = await read(`channels/${channel.id}.html`);
  const columns = line(book);
  const line1 = page.top.paragraphs.find(text => / of \d+ stages/.test(text)) ?? '';
  is(
    'its page, in short',
    line1,
    [
      counted(carried.length, 'touchpoint'),
      `at ${met.length} of ${columns.length} stages`,
      counted(sums.steps, 'step'),
      `${counted(sums.truths, 'moment')} of truth`,
      counted(sums.openPains, 'open pain'),
      `feeling ${sums.average}`,
    ].join(', '),
  );
  const owners = distinct(carried.map(touchpoint => touchpoint.owner));
  const teams = page
    .maybe('differences')
    ?.items.map(item => item.text)
    .find(text => /^\d+ teams own/.test(text));
  is('its page, teams', teams?.match(/^\d+/)[0], owners.length > 1 ? `${owners.length}` : undefined);

  const { rows } = page.section('consistency').tables[0];
  const others = own.filter(one => columnOf(book, one.map, one.stage) === undefined);
  const groups = [
    ...columns.map((stage, column) => [`${column + 1} ${stage.title}`, at(column)]),
    ['Other stages', others],
  ];
  for (const [title, lived] of groups) {
    const here = rows.filter(row => row.group === title && row.to?.startsWith('touchpoints/'));
    const { touchpoints } = summed(book, lived);
    is(`its page, at ${title}`, here.map(row => row.to).sort(), touchpoints.map(id => `touchpoints/${id}.html`).sort());
    for (const row of here) {
      const touchpoint = book.touchpoints.get(row.to.split('/')[1].replace('.html', ''));
      const there = summed(
        book,
        lived.filter(one => one.touchpoint === touchpoint.id),
      );
      is(
        `its page, ${touchpoint.id} at ${title}`,
        [
          row.by['What we promise here'].text,
          row.by['Average feeling'].text,
          row.by['Moments of truth'].text,
          row.by.Owner.links[0].to,
        ],
        [
          touchpoint.promise,
          there.average === undefined ? '' : `feeling ${there.average}`,
          there.truths ? `${counted(there.truths, 'moment')} of truth` : 'none',
          `teams/${touchpoint.owner}.html`,
        ],
      );
    }
  }
  const unmet = carried.filter(touchpoint => !own.some(one => one.touchpoint === touchpoint.id));
  is(
    'its page, met in no map that shows what is',
    (page.maybe('unmet')?.items ?? []).map(item => item.links[0].to).sort(),
    unmet.map(touchpoint => `touchpoints/${touchpoint.id}.html`).sort(),
  );
  const using = page.maybe('users')?.tables[0].rows ?? [];
  is(
    'its page, who uses it',
    using.map(row => [row.to, row.by['How often'].text, row.by['How it feels'].text]),
    users.map(persona => {
      const { use, often, feels } = persona.channels.find(one => one.channel === channel.id);
      return [`personas/${persona.id}.html`, `${use} of 5, ${often}`, `feeling ${feeling(feels)}`];
    }),
  );
}
