//! What the steps that meet a touchpoint come to: its figures, each told once and used by every page.
//!
//! Two kinds of figures, and they count different maps. What would break without the touchpoint (maps, stages, personas)
//! counts every map, also those that show what shall be. How it is (feelings, moments of truth, pains, and the steps that
//! count for its priority) is taken only from maps that show what is.

use super::crowd::Way;
use super::priority::priority;
use super::stages::Line;
use super::uses::{StepPlace, Uses};
use crate::hash::HashSet;
use crate::model::hurt;
use crate::model::{
    Contents, Feeling, Handbook, Id, JourneyMap, MapKind, OpportunityStatus, Pain, Persona, Quote, Stage, Step,
    Touchpoint,
};

/// What is known of a touchpoint from the maps that meet it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures<'a> {
    /// The maps that meet it, in the order of the handbook.
    pub maps: Vec<Id<JourneyMap>>,
    /// The stages it is met at, each name once: those of the line in its order, then all others.
    pub stages: Vec<&'a Stage>,
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

/// The figures of a touchpoint.
pub fn figures<'a>(handbook: &'a Handbook, line: &Line, uses: &Uses, id: Id<Touchpoint>) -> Figures<'a> {
    let places = uses.touchpoint(id);
    let mut maps: Vec<Id<JourneyMap>> = places.iter().map(|place| place.map).collect();
    maps.dedup();
    let mut seen = HashSet::default();
    let mut stages: Vec<&Stage> = places.iter().map(|place| stage(handbook, *place)).collect();
    stages.retain(|stage| seen.insert(stage.name.as_str()));
    stages.sort_by_key(|stage| line.place(stage).unwrap_or(usize::MAX));
    let on_line = stages.iter().filter(|stage| line.place(stage).is_some()).count();
    let mut personas: Vec<Id<Persona>> = places.iter().flat_map(|place| met_by(handbook, *place, id)).collect();
    personas.sort_unstable();
    personas.dedup();
    let today: Vec<StepPlace> = today(handbook, places).collect();
    let feelings = || today.iter().filter_map(|place| feels_at(handbook, *place));
    let average = Feeling::mean(feelings());
    let steps = distinct_steps(today.iter().copied()).count();
    Figures {
        maps,
        stages,
        on_line,
        personas,
        steps,
        average,
        worst: feelings().min(),
        truths: truths(handbook, today.iter().copied()),
        open_pains: open_pains(handbook, today.iter().copied()),
        priority: priority(handbook[id].importance, steps, average),
    }
}

/// The stage at a place.
pub fn stage(handbook: &Handbook, place: StepPlace) -> &Stage {
    &handbook[place.map].stages[place.stage]
}

/// The step at a place.
pub fn step(handbook: &Handbook, place: StepPlace) -> &Step {
    &stage(handbook, place).steps[place.step]
}

/// The places in maps that show what is.
pub fn today<'a>(handbook: &'a Handbook, places: &'a [StepPlace]) -> impl Iterator<Item = StepPlace> + use<'a> {
    places.iter().copied().filter(|place| handbook[place.map].kind() != MapKind::FutureState)
}

/// How a persona lives the step at a place; `None` for the step as it stands.
pub fn lived_at(handbook: &Handbook, place: StepPlace) -> Option<Way<'_>> {
    let map = &handbook[place.map];
    let persona = place.by?;
    let number = map.stages[..place.stage].iter().map(|stage| stage.steps.len()).sum::<usize>() + place.step;
    let difference = map.crowd()?.difference(persona, number);
    let stage = &map.stages[place.stage];
    Some(Way { column: place.stage, x: 0.0, stage, step: &stage.steps[place.step], difference })
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

/// Whether nothing has ended a pain at a place: no opportunity answers it, or none of those is done.
pub fn is_open(handbook: &Handbook, place: StepPlace, pain: &Pain) -> bool {
    let answers = hurt::answers(&handbook[place.map], step(handbook, place), pain);
    answers.iter().all(|&id| handbook[id].status != OpportunityStatus::Done)
}

/// How many pains at some places are open.
pub fn open_pains(handbook: &Handbook, places: impl Iterator<Item = StepPlace>) -> usize {
    let open =
        |place: StepPlace| pains_at(handbook, place).iter().filter(|pain| is_open(handbook, place, pain)).count();
    places.map(open).sum()
}

/// How many steps among some places are moments of truth.
pub fn truths(handbook: &Handbook, places: impl Iterator<Item = StepPlace>) -> usize {
    distinct_steps(places).filter(|place| step(handbook, *place).moment_of_truth.is_some()).count()
}

/// The steps of some places in order: what several personas live at one step is one.
pub fn distinct_steps(places: impl Iterator<Item = StepPlace>) -> impl Iterator<Item = StepPlace> {
    let mut seen = HashSet::default();
    places.map(|place| StepPlace { by: None, ..place }).filter(move |place| seen.insert(*place))
}

/// Who meets a touchpoint at a place: of several personas those who take the step and meet nothing else there.
pub fn met_by(handbook: &Handbook, place: StepPlace, touchpoint: Id<Touchpoint>) -> Vec<Id<Persona>> {
    let there = |persona: &Id<Persona>| {
        let other = lived_at(handbook, StepPlace { by: Some(*persona), ..place }).and_then(|way| way.difference);
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
        Contents::DayInTheLife(days) => days.get(place.stage).and_then(|day| day.actor),
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
