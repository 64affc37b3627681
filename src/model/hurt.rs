//! Which opportunity answers which pain: read off the maps, never typed twice.
//!
//! A pain is answered by the opportunities it names itself, or else by those its step names, and those of the fail points at
//! which its step breaks; a pain of an empathy map only by its own. A fail point of a blueprint counts as a pain: it is
//! answered by the opportunities it names. Pains of maps that show what shall be are not asked for an answer: they are part of
//! one.

use std::borrow::Cow;

use crate::model::{Contents, Handbook, Id, JourneyMap, MapKind, Opportunity, Pain, PainSeverity, Persona, Step, Text};

/// Something that hurts, and what answers it.
#[derive(Debug, Clone)]
pub struct Hurt<'a> {
    /// The map.
    pub map: Id<JourneyMap>,
    /// The stage, from 0; `None` on a map without stages.
    pub stage: Option<usize>,
    /// The step in the stage, from 0.
    pub step: Option<usize>,
    /// The one of several personas whom alone it hurts.
    pub by: Option<Id<Persona>>,
    /// Whether it is a fail point of a blueprint.
    pub fails: bool,
    /// Its words.
    pub text: &'a Text,
    /// How bad; `None` if nobody said.
    pub severity: Option<PainSeverity>,
    /// What answers it; empty if nothing does.
    pub answers: Cow<'a, [Id<Opportunity>]>,
}

/// Everything that hurts on a map, in order; fail points last, each at the first step that breaks there.
pub fn hurts(handbook: &Handbook, id: Id<JourneyMap>) -> Vec<Hurt<'_>> {
    let map = &handbook[id];
    let mut all = Vec::new();
    let mut places: Vec<(usize, usize, &Step)> = Vec::new();
    for (number, stage) in map.stages.iter().enumerate() {
        for (index, step) in stage.steps.iter().enumerate() {
            places.push((number, index, step));
            all.extend(of_step(map, step, id, (number, index), None, &step.pains));
        }
    }
    match &map.contents {
        Contents::Empathy(empathy) => {
            let hurts = empathy.pains.iter().map(|pain| hurt(id, (0, 0), None, pain, &Cow::Borrowed(&[])));
            all.extend(hurts.map(|hurt| Hurt { stage: None, step: None, ..hurt }));
        }
        Contents::PersonaBased(crowd) => {
            for other in &crowd.differences {
                let Some(&(number, index, step)) = places.get(other.step.index()) else { continue };
                let by = Some(other.persona);
                all.extend(of_step(map, step, id, (number, index), by, &other.pains));
            }
        }
        Contents::ServiceBlueprint(blueprint) => {
            for (number, point) in blueprint.fail_points.iter().enumerate() {
                let (stage, step) = breaks_at(map, number).unzip();
                all.push(Hurt {
                    map: id,
                    stage,
                    step,
                    by: None,
                    fails: true,
                    text: &point.title,
                    severity: None,
                    answers: Cow::Borrowed(&point.opportunities),
                });
            }
        }
        _ => {}
    }
    all
}

/// The first stage and step of a map that break at a fail point, from 0 each; `None` if none does.
pub fn breaks_at(map: &JourneyMap, fail_point: usize) -> Option<(usize, usize)> {
    let stages = map.stages.iter().enumerate();
    let mut steps =
        stages.flat_map(|(number, stage)| stage.steps.iter().enumerate().map(move |(at, step)| (number, at, step)));
    let (stage, step, _) = steps.find(|(_, _, step)| step.breaks().any(|fail| fail.index() == fail_point))?;
    Some((stage, step))
}

/// What hurts on maps that show what is and has no answer, in the order of the handbook.
pub fn unanswered(handbook: &Handbook) -> Vec<Hurt<'_>> {
    let maps = handbook.maps.entries().filter(|(_, map)| map.kind() != MapKind::FutureState);
    maps.flat_map(|(id, _)| hurts(handbook, id)).filter(|hurt| hurt.answers.is_empty()).collect()
}

/// The opportunities that answer no pain on any map.
pub fn idle(handbook: &Handbook) -> Vec<Id<Opportunity>> {
    let mut answers = vec![false; handbook.opportunities.len()];
    for (id, _) in handbook.maps.entries() {
        hurts(handbook, id).iter().flat_map(|hurt| &*hurt.answers).for_each(|answer| answers[answer.index()] = true);
    }
    let idle = handbook.opportunities.entries().filter(|(id, _)| !answers[id.index()]);
    idle.map(|(id, _)| id).collect()
}

/// The pains of a step, or of somebody who lives it otherwise.
fn of_step<'a>(
    map: &'a JourneyMap,
    step: &'a Step,
    id: Id<JourneyMap>,
    place: (usize, usize),
    by: Option<Id<Persona>>,
    pains: &'a [Pain],
) -> impl Iterator<Item = Hurt<'a>> {
    let shared = if pains.is_empty() { Cow::default() } else { shared(map, step) };
    pains.iter().map(move |pain| hurt(id, place, by, pain, &shared))
}

fn hurt<'a>(
    map: Id<JourneyMap>,
    (stage, step): (usize, usize),
    by: Option<Id<Persona>>,
    pain: &'a Pain,
    of_step: &Cow<'a, [Id<Opportunity>]>,
) -> Hurt<'a> {
    Hurt {
        map,
        stage: Some(stage),
        step: Some(step),
        by,
        fails: false,
        text: &pain.text,
        severity: pain.severity,
        answers: if pain.opportunities.is_empty() { of_step.clone() } else { Cow::Borrowed(&pain.opportunities) },
    }
}

/// What answers a pain of a step, each once: its own opportunities, or else what the step names for all its pains, which is
/// the step's opportunities and those of the fail points at which it breaks.
pub fn answers<'a>(map: &'a JourneyMap, step: &'a Step, pain: &'a Pain) -> Cow<'a, [Id<Opportunity>]> {
    if pain.opportunities.is_empty() { shared(map, step) } else { Cow::Borrowed(&pain.opportunities) }
}

/// What a step names for all its pains: its own opportunities, and those of the fail points at which it breaks.
fn shared<'a>(map: &'a JourneyMap, step: &'a Step) -> Cow<'a, [Id<Opportunity>]> {
    if step.opportunities.len() <= 1 && step.breaks().next().is_none() {
        return Cow::Borrowed(&step.opportunities);
    }
    let points = map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
    let of_points = step.breaks().filter_map(|fail| points.get(fail.index())).flat_map(|point| &point.opportunities);
    let mut all: Vec<Id<Opportunity>> = Vec::new();
    for &id in step.opportunities.iter().chain(of_points) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all.into()
}
