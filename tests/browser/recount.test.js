// Every figure on the derived pages of the example, counted again from its sources and compared with what stands there.
//
// The counting is in `recount/count.js` and knows only what writers are told; the pages are read by their headings and headers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDED, buildSite, CONTENT, none } from './support.js';
import { channels } from './recount/channels.js';
import { evidence, matrices, momentLists } from './recount/coverage.js';
import { json, lists } from './recount/data.js';
import { insights, opportunities } from './recount/improvement.js';
import { reviews, teams, walks } from './recount/keeping.js';
import { comparisons, fronts, mapPages } from './recount/maps.js';
import { metrics } from './recount/metrics.js';
import { openReader } from './recount/reading.js';
import { readSources } from './recount/sources.js';
import { catalogue, grid, touchpointPages } from './recount/touchpoints.js';
import { glossary, health, tags } from './recount/whole.js';

test('every figure of the derived pages can be counted again from the sources', BOUNDED, async t => {
  const folder = await buildSite(t);
  const [book, read] = await Promise.all([readSources(CONTENT), openReader(t, folder)]);

  /** Compares whatever a recount yields: places, what is shown there, and what was counted. */
  const recount = (name, compare) =>
    t.test(name, async () => {
      const faults = [];
      let figures = 0;
      await compare({ book, read, folder }, (where, shown, right) => {
        figures += 1;
        if (!same(shown, right)) faults.push(`${where}: shows ${told(shown)}, counted ${told(right)}`);
      });
      assert.ok(figures > 0, 'nothing was compared');
      t.diagnostic(`${name}: ${figures} figures`);
      none(faults, `of ${figures} figures`);
    });

  await recount(
    'the catalogue: importance, weight, priority, feelings, moments, maps, stages, personas, open pains',
    catalogue,
  );
  await recount('the grid of channels by stages: touchpoints, average feeling, moments of truth, gaps', grid);
  await recount(
    'what breaks if a touchpoint is retired: maps, stages, steps, personas, lessons, pains, quotes, opportunities',
    touchpointPages,
  );
  await recount('the coverage matrices: every mark, hole and sum', matrices);
  await recount('the coverage of evidence by map, stage and persona, in all, and on the health page', evidence);
  await recount('moments of truth and of delight: which, by stage and by owner', momentLists);
  await recount('what rests on each insight, and which are old or small', insights);
  await recount('the opportunity board: grid, counts, pains answered, gaps, before and after', opportunities);
  await recount('metrics: today, target, progress, the change of each reading', metrics);
  await recount(
    'channels: touchpoints, stages, feelings, moments of truth, open pains, personas, teams, gaps',
    channels,
  );
  await recount('reviews: every due day, what is overdue, the counts by month and team', reviews);
  await recount('teams: what each owns, what is open, what is due and overdue', teams);
  await recount('walk-throughs: what was felt beside what the map says, obstacles, minutes', walks);
  await recount('the maps: share of evidence, channels by stages, moments of truth, where personas part', mapPages);
  await recount('a future state beside today: touchpoints, average feelings, the biggest gain', comparisons);
  await recount('the front page and the list of maps: how many, and the lowest moments', fronts);
  await recount('the health page: how much there is, what the rules found and what they keep silent about', health);
  await recount('tags: which, and the pages that bear each', tags);
  await recount('the glossary: terms, other names, pages that speak of each', glossary);
  await recount('handbook.json: what it lists and derives', json);
  await recount('the lists for spreadsheets: touchpoints, opportunities, insights, metrics, readings', lists);
});

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const told = value => JSON.stringify(value) ?? 'nothing';
