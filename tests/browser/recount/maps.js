// The figures on the maps' own pages, in their list, on the comparison with the future and on the front page, counted again.

import { distinct, feeling, livedSteps, mean, personasOf, rounded, stagesOf, stepsIn } from './count.js';
import { statements } from './coverage.js';
import { cellWords } from './touchpoints.js';

/** The page of each map: its share of evidence, its channels by stages, its moments of truth, where personas part. */
export async function mapPages({ book, read }, same) {
  for (const map of book.maps.values()) {
    const page = await read(`maps/${map.id}.html`);
    const is = (what, shown, right) => same(`map ${map.id}, ${what}`, shown, right);
    const stated = statements(book, map);
    const known = stated.filter(one => one.cited.length > 0);
    is(
      'evidence coverage',
      page.top.pairs['Evidence coverage'].text.match(/^\d+% of \d+ statements/)?.[0],
      `${Math.floor((100 * known.length) / stated.length)}% of ${stated.length} statements`,
    );

    const lived = livedSteps({ maps: new Map([[map.id, map]]) });
    const truths = stepsIn(lived).filter(step => step['moment-of-truth']);
    is(
      'moments of truth',
      page.maybe('truths')?.items.map(item => item.links[0].to) ?? [],
      truths.map(step => `maps/${map.id}.html#${step.id}`),
    );
    const walked = [...book.walkthroughs.values()].filter(walk => walk.map === map.id);
    is(
      'walk-throughs',
      page.maybe('walks')?.tables[0].rows.map(row => row.to) ?? [],
      walked.map(walk => `walkthroughs/${walk.id}.html`),
    );

    const section = page.maybe('channels-by-stage');
    if (section) {
      const met = lived.filter(one => one.touchpoint);
      const channelOf = one => book.touchpoints.get(one.touchpoint).channel;
      const carrying = [...book.channels.keys()].filter(id => met.some(one => channelOf(one) === id));
      const { rows } = section.tables[0];
      is(
        'channels',
        rows.map(row => row.to),
        carrying.map(id => `channels/${id}.html`),
      );
      is('how many channels', section.paragraphs[0].match(/^\d+/)[0], `${carrying.length}`);
      for (const row of rows) {
        const own = met.filter(one => row.to === `channels/${channelOf(one)}.html`);
        stagesOf(map).forEach((stage, at) =>
          is(
            `${row.title} at ${stage.title}`,
            row.cells[1 + at].text,
            cellWords(own.filter(one => one.stage === stage)),
          ),
        );
        is(`${row.title}, all`, row.by.All.text, `${distinct(own.map(one => one.touchpoint)).length}`);
      }
    }
    if (map.differences) parted(page, is, map);
  }
}

/** How each persona feels at a step; nothing for who does not take it. */
const feltBy = (map, step, persona) => {
  const way = map.differences[persona]?.[step.id];
  return way?.skips ? undefined : (way?.feels ?? step.feels);
};

function parted(page, is, map) {
  const apart = stagesOf(map)
    .flatMap(stage => stage.steps)
    .map(step => {
      const felt = personasOf(map)
        .map(persona => feltBy(map, step, persona))
        .filter(number => number !== undefined);
      return { step, points: felt.length > 1 ? Math.max(...felt) - Math.min(...felt) : 0 };
    })
    .filter(({ points }) => points >= 2)
    .sort((one, other) => other.points - one.points);
  const { rows } = page.section('crowd-parted').tables[0];
  is(
    'where they part',
    rows.map(row => [row.to, row.by['Points apart'].text]),
    apart.map(({ step, points }) => [`maps/${map.id}.html#${step.id}`, `${points}`]),
  );
}

/** A future state beside what it starts from: touchpoints that come, go and stay, and the average feeling of each stage. */
export async function comparisons({ book, read }, same) {
  for (const future of [...book.maps.values()].filter(map => map.baseline)) {
    const today = book.maps.get(future.baseline);
    const page = await read(`maps/${future.id}/compare.html`);
    const is = (what, shown, right) => same(`comparison of ${future.id}, ${what}`, shown, right);
    const met = map =>
      distinct(
        stagesOf(map)
          .flatMap(stage => stage.steps.map(step => step.touchpoint))
          .filter(Boolean),
      );
    const added = met(future).filter(id => !met(today).includes(id)).length;
    const removed = met(today).filter(id => !met(future).includes(id)).length;
    is(
      'touchpoints',
      page.top.pairs.Touchpoints.text,
      `${added} added ${removed} removed, ${met(future).length - added} kept`,
    );

    const average = stage => mean(stage.steps.map(step => step.feels).filter(number => number !== undefined));
    const stages = stagesOf(future).map(stage => {
      const before = average(today.stages.find(({ id }) => id === stage.id));
      return { stage, before, after: average(stage), gain: average(stage) - before };
    });
    const row = page.top.tables[0].rows.find(({ title }) => title.startsWith('Average'));
    stages.forEach(({ stage, before, after, gain }, at) => {
      const words = rounded(gain, 6) === 0 ? 'No change' : `${feeling(gain)} ${feeling(before)} to ${feeling(after)}`;
      is(`average at ${stage.title}`, row.cells[1 + at].text, words);
    });
    const best = stages.reduce((most, one) => (one.gain > most.gain ? one : most));
    is(
      'biggest gain',
      page.top.pairs['Biggest gain'].text,
      `${best.stage.title} feeling ${feeling(best.before)} → feeling ${feeling(best.after)}`,
    );
  }
}

/** What the front page and the list of maps tell of the whole. */
export async function fronts({ book, read }, same) {
  const { pairs } = (await read('index.html')).top;
  const counts = {
    maps: book.maps.size,
    personas: book.personas.size,
    touchpoints: book.touchpoints.size,
    lessons: book.lessons.size,
  };
  for (const [name, count] of Object.entries(counts)) same(`front page, ${name}`, pairs[name].text, `${count}`);
  const list = (await read('maps/index.html')).top;
  for (const map of book.maps.values()) {
    const felt = stagesOf(map)
      .flatMap(stage => stage.steps)
      .filter(step => step.feels !== undefined);
    if (felt.length === 0 || map.differences) continue;
    const lowest = felt.reduce((low, step) => (step.feels < low.feels ? step : low));
    const card = list.items.filter(item => item.links.some(link => link.to === `maps/${map.id}.html`)).at(-1);
    same(
      `list of maps, ${map.id}, lowest`,
      card.text.includes(`${lowest.moment ?? lowest.action} lowest, ${feeling(lowest.feels)}`),
      true,
    );
  }
  const listed = distinct(
    list.items.flatMap(item => item.links.map(link => link.to)).filter(to => to.startsWith('maps/')),
  );
  same('list of maps, which', listed.sort(), [...book.maps.keys()].map(id => `maps/${id}.html`).sort());
}
