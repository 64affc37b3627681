// Counts again what a handbook's pages derive, by the words of the guide for its writers, and shares no code with the program.
//
// What the guide leaves open is settled here as readers would take it, and said beside it.

/** The mean of some numbers; nothing of none. */
export const mean = numbers =>
  numbers.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : undefined;

/** A number with so many decimals; a half goes away from zero. */
export function rounded(number, decimals = 0) {
  const scale = 10 ** decimals;
  const value = (Math.sign(number) * Math.round(Math.abs(number) * scale + 1e-9)) / scale;
  return value === 0 ? 0 : value;
}

/** A feeling as it is written: with its sign, to one decimal. */
export function feeling(number) {
  const value = rounded(number, 1);
  return value > 0 ? `+${value}` : `${value}`.replace('-', '−');
}

/** “1 step”, “2 steps”. */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Some things, each once, in their first order. */
export const distinct = things => [...new Set(things)];

/** Whether a map shows what is. */
export const isToday = map => map.kind !== 'future-state';

/** Whose map it is. */
export const personasOf = map =>
  distinct([map.persona, ...(map.personas ?? []), ...(map.days ?? []).map(day => day.persona)].filter(Boolean));

/** The stages of a map with their steps, whatever they are called. */
export const stagesOf = map => map.stages ?? (map.days ?? []).map(day => ({ ...day, steps: day.moments ?? [] }));

/**
 * Every step as it is lived: a step as it stands, and besides each way in which one of several personas takes it otherwise.
 *
 * Of such a way its own pains and its own words are said; how it feels and where it happens are the step's if it says nothing.
 */
export function livedSteps(book) {
  const lived = [];
  for (const map of book.maps.values()) {
    for (const stage of stagesOf(map)) {
      for (const step of stage.steps ?? []) {
        const of = map.days ? [stage.persona ?? map.persona] : personasOf(map);
        const base = {
          map,
          stage,
          step,
          of,
          touchpoint: step.touchpoint,
          feels: step.feels,
          pains: step.pains ?? [],
          says: step.says,
          insights: step.insights ?? [],
        };
        lived.push(base);
        for (const [persona, ways] of Object.entries(map.differences ?? {})) {
          const way = ways[step.id];
          if (!way || way.skips) continue;
          lived.push({
            ...base,
            of: [persona],
            persona,
            way,
            touchpoint: way.touchpoint ?? step.touchpoint,
            feels: way.feels ?? undefined,
            pains: way.pains ?? [],
            says: way.says,
          });
        }
      }
    }
  }
  return lived;
}

/** The steps among some lived ones: one for all who live it. */
export const stepsIn = lived => distinct(lived.map(one => one.step));

/** Who meets a touchpoint at a lived step: of several personas those who take the step and are not elsewhere meanwhile. */
export function meetingThere({ map, step, of, persona }) {
  if (persona || !map.differences) return of;
  return of.filter(each => {
    const way = map.differences[each]?.[step.id];
    return !way?.skips && (way?.touchpoint ?? step.touchpoint) === step.touchpoint;
  });
}

/** The fail points of a blueprint at which a step breaks. */
export function failPointsAt({ map, step }) {
  const names = ['frontstage', 'backstage', 'support'].flatMap(act => step[act]?.fails ?? []);
  return (map['fail-points'] ?? []).filter(point => names.includes(point.id));
}

/** The pain as text and what is known of it. */
export const painOf = pain => (typeof pain === 'string' ? { text: pain } : pain);

/** The opportunities that answer a pain: its own, or else its step's. */
export const answersTo = (pain, step) => painOf(pain).opportunities ?? step?.opportunities ?? [];

/** A pain is open while none of the opportunities that answer it is done. */
export const isOpen = (book, pain, step) =>
  !answersTo(pain, step).some(id => book.opportunities.get(id).status === 'done');

/** The names of the stages that have a column: those of the maps that share a stage set, in its order, then what these maps add. */
export function line(book) {
  const sharing = [...book.maps.values()].filter(map => map['stage-set']);
  const names = sharing.flatMap(map => book.handbook['stage-sets'][map['stage-set']]);
  const added = sharing.flatMap(map => map.stages ?? []);
  return [...new Map([...names, ...added].map(stage => [stage.id, stage.title])).entries()].map(([id, title]) => ({
    id,
    title,
  }));
}

/** The column of a stage; nothing for one that has none of its own. */
export function columnOf(book, map, stage) {
  const at = line(book).findIndex(({ id }) => id === stage.id);
  return map['stage-set'] && at >= 0 ? at : undefined;
}

/** The figures of a touchpoint. */
export function touchpointFigures(book, lived, touchpoint) {
  const met = lived.filter(one => one.touchpoint === touchpoint.id);
  const today = met.filter(one => isToday(one.map));
  const feelings = today.map(one => one.feels).filter(number => number !== undefined);
  const steps = stepsIn(today);
  const average = mean(feelings);
  const { customer, organisation } = touchpoint.importance ?? {};
  const importance = customer === undefined ? undefined : (customer + organisation) / 2;
  const use = Math.min(1 + steps.length / 2, 4);
  return {
    met,
    today,
    average,
    importance,
    weight: importance === undefined ? undefined : rounded(importance),
    priority: importance === undefined ? undefined : rounded(importance * use * (3 - (average ?? 0))),
    worst: feelings.length ? Math.min(...feelings) : undefined,
    truths: steps.filter(step => step['moment-of-truth']).length,
    maps: distinct(met.map(one => one.map.id)),
    stages: distinct(met.map(one => one.stage.title)),
    line: distinct(met.map(one => columnOf(book, one.map, one.stage)).filter(at => at !== undefined)).sort(
      (a, b) => a - b,
    ),
    personas: distinct(met.flatMap(meetingThere)),
    openPains: today.flatMap(one => one.pains.filter(pain => isOpen(book, pain, one.step))).length,
  };
}
