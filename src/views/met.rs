//! What the steps that meet a touchpoint come to: its figures, each told once and used by every page.
//!
//! Two kinds of figures, and they count different maps. What would break without the touchpoint (maps, stages, personas)
//! counts every map, also those that show what shall be. How it is (feelings, moments of truth, pains, and the steps that
//! count for its priority) is taken only from maps that show what is.

use std::sync::{Arc, OnceLock};

use super::crowd::Way;
use super::priority::priority;
use super::steps::Steps;
use super::uses::{StepPlace, Uses};
use crate::hash::HashSet;
use crate::model::hurt;
use crate::model::{
    Contents, Feeling, Handbook, Id, JourneyMap, OpportunityStatus, Pain, Persona, Quote, Reads, Stage, Step,
    Touchpoint, watch,
};

/// What is known of a touchpoint from the maps that meet it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The maps that meet it, in the order of the handbook.
    pub maps: Vec<Id<JourneyMap>>,
    /// The stages it is met at, each name once and where it stands first: those of the line in its order, then all others.
    pub stages: Vec<StepPlace>,
    /// How many of them are on the line.
    pub on_line: usize,
    /// Who meets it.
    pub personas: Vec<Id<Persona>>,
    /// How many steps of maps that show what is meet it.
    pub steps: usize,
    /// The mean feeling there; `None` if nobody said.
    pub average: Option<Feeling>,
    /// The worst.
    pub worst: Option<Feeling>,
    /// How many of those steps are moments of truth.
    pub truths: usize,
    /// How many of the pains there no opportunity has ended.
    pub open_pains: usize,
    /// How urgent it is, 1..=100; `None` if nobody said how much it matters.
    pub priority: Option<u8>,
}

/// The figures of each touchpoint, counted when somebody asks for them first, and what is read for that. Copies share them.
#[derive(Debug, Clone, Default)]
pub struct Counted(Arc<[OnceLock<(Figures, Reads)>]>);

impl Counted {
    /// None of so many touchpoints yet.
    pub fn of(touchpoints: usize) -> Self {
        Self((0..touchpoints).map(|_| OnceLock::new()).collect())
    }

    /// The figures of a touchpoint.
    pub fn figures(&self, handbook: &Handbook, all: &Steps, uses: &Uses, id: Id<Touchpoint>) -> &Figures {
        let (figures, reads) = self.0[id.index()].get_or_init(|| watch(|| figures(handbook, all, uses, id)));
        reads.note();
        figures
    }
}

/// The figures of a touchpoint.
fn figures(handbook: &Handbook, all: &Steps, uses: &Uses, id: Id<Touchpoint>) -> Figures {
    let places = uses.touchpoint(id);
    let mut maps: Vec<Id<JourneyMap>> = places.iter().map(|place| place.map).collect();
    maps.dedup();
    let mut seen = HashSet::default();
    let mut stages = places.to_vec();
    stages.retain(|place| seen.insert(all.stage_name(*place)));
    stages.sort_by_key(|place| all.column(*place).unwrap_or(usize::MAX));
    let on_line = stages.iter().filter(|place| all.column(**place).is_some()).count();
    let today = || all.today(places);
    let feelings = || today().filter_map(|place| all.feels(handbook, place));
    let average = Feeling::mean(feelings());
    let steps = all.distinct(today()).count();
    Figures {
        maps,
        stages,
        on_line,
        personas: personas(handbook, places, id),
        steps,
        average,
        worst: feelings().min(),
        truths: all.truths(today()),
        open_pains: all.open_pains(handbook, today()),
        priority: priority(handbook[id].importance, steps, average),
    }
}

/// Who meets a touchpoint at one of the steps that do.
fn personas(handbook: &Handbook, places: &[StepPlace], id: Id<Touchpoint>) -> Vec<Id<Persona>> {
    let mut all = Vec::new();
    let mut told = None;
    for &place in places.iter() {
        if told == Some(place.map) {
            continue;
        }
        all.extend(met_by(handbook, place, id));
        // Where nobody has a step or a day of their own, the map's first step tells it for all.
        let own = matches!(handbook[place.map].contents, Contents::PersonaBased(_) | Contents::DayInTheLife(_));
        told = (!own).then_some(place.map);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The stage at a place.
pub fn stage(handbook: &Handbook, place: StepPlace) -> &Stage {
    &handbook[place.map].stages[place.stage()]
}

/// The step at a place.
pub fn step(handbook: &Handbook, place: StepPlace) -> &Step {
    &stage(handbook, place).steps[place.step()]
}

/// How a persona lives the step at a place; `None` for the step as it stands.
pub fn lived_at(handbook: &Handbook, place: StepPlace) -> Option<Way<'_>> {
    let persona = place.by?;
    let map = &handbook[place.map];
    let crowd = map.crowd()?;
    let number = map.stages[..place.stage()].iter().map(|stage| stage.steps.len()).sum::<usize>() + place.step();
    let difference = crowd.difference(persona, number);
    let stage = &map.stages[place.stage()];
    Some(Way { column: place.stage(), x: 0.0, stage, step: &stage.steps[place.step()], difference })
}

/// How it feels at a place; `None` if nobody said.
pub fn feels_at(handbook: &Handbook, place: StepPlace) -> Option<Feeling> {
    lived_at(handbook, place).map_or(step(handbook, place).feels, |way| way.feels())
}

/// What is said at a place, in the customer's words: of one persona of several only what is its own.
pub fn said_at(handbook: &Handbook, place: StepPlace) -> Option<&Quote> {
    match place.by {
        None => step(handbook, place).says.as_ref(),
        Some(_) => lived_at(handbook, place)?.difference?.says.as_ref(),
    }
}

/// What hurts at a place: of one persona of several only what is its own, so that no pain counts twice.
pub fn pains_at(handbook: &Handbook, place: StepPlace) -> &[Pain] {
    match place.by {
        None => &step(handbook, place).pains,
        Some(_) => lived_at(handbook, place).and_then(|way| way.difference).map_or(&[], |other| &other.pains),
    }
}

/// Whether nothing has ended a pain of a step: no opportunity answers it, or none of those is done.
pub fn is_open(handbook: &Handbook, map: &JourneyMap, step: &Step, pain: &Pain) -> bool {
    let answers = hurt::answers(map, step, pain);
    answers.iter().all(|&id| handbook[id].status != OpportunityStatus::Done)
}

/// Who meets a touchpoint at a place: of several personas those who take the step and meet nothing else there.
pub fn met_by(handbook: &Handbook, place: StepPlace, touchpoint: Id<Touchpoint>) -> Vec<Id<Persona>> {
    let there = |persona: &Id<Persona>| {
        let other = lived_at(handbook, place.lived_by(Some(*persona))).and_then(|way| way.difference);
        other.is_none_or(|other| !other.skips && other.touchpoint.is_none_or(|instead| instead == touchpoint))
    };
    match place.by {
        Some(persona) => vec![persona],
        None => lived_by(handbook, place).into_iter().filter(there).collect(),
    }
}

/// Whose experience a place is, each once: the one of several personas, the one whose day it is, or else everybody's of
/// the map. Nobody's in particular for a map without personas.
pub fn lived_by(handbook: &Handbook, place: StepPlace) -> Vec<Id<Persona>> {
    let map = &handbook[place.map];
    let actor = match &map.contents {
        Contents::DayInTheLife(days) => days.get(place.stage()).and_then(|day| day.actor),
        _ => None,
    };
    if let Some(one) = place.by.or(actor) {
        return vec![one];
    }
    let mut all: Vec<Id<Persona>> = Vec::new();
    for &persona in map.personas() {
        if !all.contains(&persona) {
            all.push(persona);
        }
    }
    all
}
