// What is told of the whole handbook: the health page, tags and the glossary, counted again.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { htmlFiles } from '../support.js';
import { counted, isToday, livedSteps, painOf } from './count.js';
import { hurts } from './improvement.js';

/** How much there is of everything, what the rules found, and what they are told to keep silent about. */
export async function health({ book, read }, same) {
  const page = await read('health/index.html');
  const counts = {
    Maps: book.maps.size,
    Personas: book.personas.size,
    Touchpoints: book.touchpoints.size,
    Channels: book.channels.size,
    Insights: book.insights.size,
    Opportunities: book.opportunities.size,
    Metrics: book.metrics.size,
    Teams: book.teams.size,
    Training: counted(book.lessons.size, 'lesson'),
    Guides: book.guides.size,
    Glossary: book.terms.size,
  };
  const shown = Object.fromEntries(
    Object.entries(page.section('counts').pairs).map(([name, { text }]) => [name, text]),
  );
  same(
    'health, what there is',
    shown,
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, `${count}`])),
  );

  const lived = livedSteps(book);
  const orphans = [
    ...[...book.touchpoints.keys()].filter(id => !lived.some(one => one.touchpoint === id)),
    ...[...book.opportunities.keys()].filter(id => !hurts(book).some(pain => pain.answers.includes(id))),
    ...[...book.personas.keys()].filter(id => !lived.some(one => one.of.includes(id))),
  ];
  same('health, what nothing leads to', page.section('orphans').items.length, orphans.length);

  const untranslated = page.maybe('missing-translation')?.items.length ?? 0;
  same('health, translations that are missing', untranslated, book.untranslated.length);
  const rules = page.sections.filter(
    section => section.text.startsWith(section.heading) && section.paragraphs[0]?.match(/^(Note|Warning|Error) /),
  );
  same(
    'health, notes in all',
    page.section('found').text.match(/(\d+) notes?\./)?.[1] ?? '0',
    `${rules.reduce((sum, rule) => sum + rule.items.length, 0)}`,
  );

  const off = (thing, rule) => thing.checks?.[rule]?.level === 'off';
  const maps = [...book.maps.values()].filter(isToday);
  const unanswered = map =>
    livedSteps({ maps: new Map([[map.id, map]]) }).flatMap(one =>
      one.pains.filter(
        pain =>
          painOf(pain).severity !== 'low' && !painOf(pain).opportunities?.length && !one.step.opportunities?.length,
      ),
    ).length;
  const unowned = map =>
    livedSteps({ maps: new Map([[map.id, map]]) }).filter(
      one =>
        !one.persona && one.step['moment-of-truth'] && !one.stage.owner && !book.touchpoints.get(one.touchpoint)?.owner,
    ).length;
  const silent = {
    'pain-without-opportunity': maps.filter(map => off(map, 'pain-without-opportunity')).map(unanswered),
    'moment-without-owner': maps.filter(map => off(map, 'moment-without-owner')).map(unowned),
    'overdue-review': [book.maps, book.touchpoints].map(
      things => [...things.values()].filter(thing => off(thing, 'overdue-review')).length,
    ),
    'small-evidence': [
      [...book.insights.values()].filter(
        insight => off(insight, 'small-evidence') && insight.sample < book.handbook.evidence['min-sample'],
      ).length,
    ],
  };
  const told = page
    .section('silenced')
    .paragraphs.map(text => text.match(/^(\S+) · (\d+) findings?$/))
    .filter(Boolean);
  for (const [rule, right] of Object.entries(silent))
    same(
      `health, silent about ${rule}`,
      told.filter(([, name]) => name === rule).map(([, , count]) => Number(count)),
      right,
    );
  same('health, silent about no other rule', told.filter(([, name]) => !silent[name]).length, 0);
  for (const map of maps) {
    if (!off(map, 'pain-without-opportunity')) same(`pains of ${map.id} that a rule should tell`, unanswered(map), 0);
  }
}

/** Every tag with the pages that bear it. */
export async function tags({ book, read }, same) {
  const bearing = new Map();
  const kinds = [
    'maps',
    'personas',
    'touchpoints',
    'insights',
    'opportunities',
    'metrics',
    'courses',
    'lessons',
    'guides',
    'walkthroughs',
  ];
  const address = { courses: id => `training/${id}/index.html`, lessons: id => `training/${id}.html` };
  for (const kind of kinds) {
    for (const { id, tags: own } of book[kind].values()) {
      for (const tag of own ?? [])
        bearing.set(tag, [...(bearing.get(tag) ?? []), address[kind]?.(id) ?? `${kind}/${id}.html`]);
    }
  }
  const index = await read('tags/index.html');
  const said = [...bearing].map(([tag, pages]) => `${tag} ${counted(pages.length, 'page')}`).sort();
  same(
    'tags, which, and how many pages bear each',
    index.top.items
      .map(item => item.text)
      .filter(text => / pages?$/.test(text))
      .sort(),
    said.map(text => text.toLowerCase()).sort(),
  );
  for (const [tag, pages] of bearing) {
    const { links } = index.top.items.find(item => item.links[0]?.text.toLowerCase() === tag.toLowerCase());
    const page = await read(links[0].to);
    same(
      `tag ${tag}, how many`,
      page.top.paragraphs.find(text => /bears? this tag/.test(text)),
      `${counted(pages.length, 'page')} ${pages.length === 1 ? 'bears' : 'bear'} this tag.`,
    );
    same(
      `tag ${tag}, which`,
      page.sections.flatMap(section => section.items.map(item => item.links[0].to)).sort(),
      pages.toSorted(),
    );
  }
}

const LISTED = 6;

/** Every term with its other names, and the pages that speak of it: at least those that lead to it, and each in its own words. */
export async function glossary({ book, read, folder }, same) {
  const { terms } = (await read('glossary/index.html')).top;
  same(
    'glossary, terms',
    terms
      .map(term => term.id)
      .filter(Boolean)
      .sort(),
    [...book.terms.keys()].sort(),
  );
  const pages = (await htmlFiles(folder)).filter(name => !/^(zh|glossary|search)/.test(name));
  const htmls = new Map(await Promise.all(pages.map(async name => [name, await readFile(join(folder, name), 'utf8')])));
  for (const { id, said } of terms.filter(term => term.id)) {
    const term = book.terms.get(id);
    const also = said.text.match(/also: (.*?)(?: [A-Z][\w ]+: |$)/)?.[1];
    same(`glossary, ${id}, also`, also, term.also?.join(', '));
    const more = Number(said.text.match(/and (\d+) more$/)?.[1] ?? 0);
    const listed = said.links.map(link => link.to).filter(to => !to.startsWith('glossary/'));
    const leading = pages.filter(name => htmls.get(name).includes(`glossary/index.html#${id}"`));
    const total = listed.length + more;
    same(`glossary, ${id}, pages that lead to it and are not told of`, Math.max(leading.length - total, 0), 0);
    same(`glossary, ${id}, pages listed`, listed.length, Math.min(total, LISTED));
    const names = [term.title, ...(term.also ?? [])].map(name =>
      name.replace(/y$/, '(y|ies)').replace(/[a-z]\b/g, '$&s?'),
    );
    const silent = to => !names.some(name => new RegExp(name, 'i').test(htmls.get(to).replace(/<[^>]*>/g, ' ')));
    same(`glossary, ${id}, pages listed that do not speak of it`, listed.filter(silent), []);
  }
}
