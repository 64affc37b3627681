// A handbook's sources as plain data: read with a YAML reader and a line of code for CSV, and with nothing of the program.

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

/** Reads a folder of content. A list of things is a Map by id, in the order of the ids or of the keys in their file. */
export async function readSources(folder) {
  const all = (await readdir(folder, { recursive: true })).sort();
  const names = all.filter(name => !/\.zh\.\w+$/.test(name));
  const text = name => readFile(join(folder, name), 'utf8');
  const yaml = async name => parse(await text(name), { schema: 'core' });

  const things = async (kind, extension, read) => {
    const found = names.filter(name => dirname(name) === kind && name.endsWith(extension));
    const made = await Promise.all(
      found.map(async name => {
        const id = basename(name, extension);
        return [id, { id, ...(await read(name)) }];
      }),
    );
    return new Map(made.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  const frontMatter = async name => {
    const [, keys, body] = (await text(name)).match(/^---\n([\s\S]*?)\n---\n?([\s\S]*)$/);
    return { ...parse(keys, { schema: 'core' }), body };
  };
  const keyed = async name => new Map(Object.entries(await yaml(name)).map(([id, thing]) => [id, { id, ...thing }]));

  const metrics = await things('metrics', '.yaml', yaml);
  for (const metric of metrics.values()) metric.readings = readings(await text(`metrics/${metric.id}.csv`));

  const courses = new Map();
  const lessons = new Map();
  for (const name of names.filter(name => /^training\/[^/]+\/course\.yaml$/.test(name))) {
    const id = basename(dirname(name));
    courses.set(id, { id, ...(await yaml(name)) });
    for (const lesson of names.filter(other => dirname(other) === dirname(name) && other.endsWith('.md'))) {
      const own = `${id}/${unnumbered(basename(lesson, '.md'))}`;
      lessons.set(own, { id: own, ...(await frontMatter(lesson)) });
    }
  }
  const guides = new Map();
  for (const name of names.filter(name => name.startsWith('guides/') && name.endsWith('.md'))) {
    const id = name.slice('guides/'.length, -'.md'.length).split('/').map(unnumbered).join('/');
    guides.set(id, { id, ...(await frontMatter(name)) });
  }
  const book = {
    handbook: await yaml('handbook.yaml'),
    front: await frontMatter('index.md'),
    channels: await keyed('channels.yaml'),
    teams: await keyed('teams.yaml'),
    terms: await keyed('glossary.yaml'),
    personas: await things('personas', '.md', frontMatter),
    touchpoints: await things('touchpoints', '.md', frontMatter),
    maps: await things('maps', '.yaml', yaml),
    insights: await things('insights', '.yaml', yaml),
    opportunities: await things('opportunities', '.yaml', yaml),
    walkthroughs: await things('walkthroughs', '.yaml', yaml),
    metrics,
    courses,
    lessons,
    guides,
    untranslated: names.filter(
      name => /^(?!themes\/).*\.(md|yaml)$/.test(name) && !all.includes(name.replace(/\.(\w+)$/, '.zh.$1')),
    ),
  };
  book.today = today(book);
  return book;
}

/** The newest day on which somebody looked, learned, measured, walked or finished something; nothing that is still to come. */
function today(book) {
  const kinds = [
    'personas',
    'touchpoints',
    'maps',
    'insights',
    'opportunities',
    'walkthroughs',
    'metrics',
    'courses',
    'lessons',
    'guides',
  ];
  const things = kinds.flatMap(kind => [...book[kind].values()]);
  const days = things.flatMap(({ reviewed, date, done, readings: read = [] }) => [
    reviewed,
    date,
    done,
    ...read.map(reading => reading.date),
  ]);
  return days.filter(Boolean).sort().at(-1);
}

const unnumbered = name => name.replace(/^\d+-/, '');

/** The readings of a metric, oldest first. A note may hold commas; nothing else does. */
function readings(csv) {
  const [head, ...lines] = csv.trim().split('\n');
  if (!/^date,value(,note)?$/.test(head)) throw new Error(`unknown columns: ${head}`);
  return lines.map(line => {
    const [, date, value, note] = line.match(/^([^,]*),([^,]*)(?:,(.*))?$/);
    return { date, value: Number(value), note: note?.replace(/^"|"$/g, '') ?? '' };
  });
}
