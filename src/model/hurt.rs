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

/// Where something hurts: the map, and the place among all that hurts on it, from 0.
pub type Place = (Id<JourneyMap>, usize);

/// What answers which pain, and the gaps in between: found in one pass, for rules and pages alike.
#[derive(Debug, Default, Hash)]
pub struct Gaps {
    /// What hurts on maps that show what is and has no answer, in the order of the handbook.
    pub unanswered: Vec<Place>,
    /// The opportunities that answer no pain on any map.
    pub idle: Vec<Id<Opportunity>>,
    /// What each opportunity answers, in the order of the handbook.
    answered: Vec<Vec<Place>>,
}

impl Gaps {
    /// The gaps of a handbook.
    pub fn of(handbook: &Handbook) -> Self {
        let mut unanswered = Vec::new();
        let mut answered = vec![Vec::new(); handbook.opportunities.len()];
        for (id, map) in handbook.maps.entries() {
            for (place, hurt) in hurts(handbook, id).iter().enumerate() {
                hurt.answers.iter().for_each(|answer| answered[answer.index()].push((id, place)));
                if hurt.answers.is_empty() && map.kind() != MapKind::FutureState {
                    unanswered.push((id, place));
                }
            }
        }
        let idle = handbook.opportunities.entries().map(|(id, _)| id).filter(|id| answered[id.index()].is_empty());
        Self { unanswered, idle: idle.collect(), answered }
    }

    /// What an opportunity answers, in the order of the handbook, for [`hurts_at`].
    pub fn answered(&self, id: Id<Opportunity>) -> &[Place] {
        &self.answered[id.index()]
    }
}

/// What hurts at places that [`Gaps`] names, in their order. A map whose places stand together is looked at once.
pub fn hurts_at<'h>(handbook: &'h Handbook, places: &[Place]) -> impl Iterator<Item = Hurt<'h>> {
    places.chunk_by(|one, next| one.0 == next.0).flat_map(|places| {
        let all = hurts(handbook, places[0].0);
        places.iter().filter_map(move |&(_, place)| all.get(place).cloned())
    })
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
