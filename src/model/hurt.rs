//! Which opportunity answers which pain: read off the maps, never typed twice.
//!
//! A pain is answered by the opportunities it names itself, or else by those its step names, and those of the fail points at
//! which its step breaks; a pain of an empathy map only by its own. A fail point of a blueprint counts as a pain: it is
//! answered by the opportunities it names. Pains of maps that show what shall be are not asked for an answer: they are part of
//! one.

use std::borrow::Cow;

use crate::model::{
    Contents, Handbook, Id, JourneyMap, MapKind, Opportunity, Pain, PainSeverity, Persona, Step, Text, settle,
};

/// Something that hurts.
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
}

/// Where something hurts: enough to find it again without a look at the rest of its map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The map.
    pub map: Id<JourneyMap>,
    /// The stage and the step in it, from 0 each.
    step: Option<(u32, u32)>,
    what: What,
}

/// What hurts there, by its number in the list that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum What {
    /// A pain of the step.
    Pain(u32),
    /// A pain of somebody who lives the step otherwise: the number of the difference, and of the pain in it.
    Otherwise(u32, u32),
    /// A pain of an empathy map.
    Whole(u32),
    /// A fail point of a blueprint.
    Fails(u32),
}

impl Place {
    /// The stage and the step in it, from 0 each; `None` on a map without stages, and for a fail point at which no step breaks.
    pub fn step(&self) -> Option<(usize, usize)> {
        self.step.map(|(stage, step)| (stage as usize, step as usize))
    }

    /// The fail point of the map's blueprint that this is, from 0; `None` for a pain.
    pub fn fail_point(&self) -> Option<usize> {
        match self.what {
            What::Fails(number) => Some(number as usize),
            _ => None,
        }
    }
}

/// What hurts at a place; `None` if the handbook has no such place.
pub fn hurt_at<'h>(handbook: &'h Handbook, place: &Place) -> Option<Hurt<'h>> {
    hurt_in(&handbook[place.map], place)
}

/// The same of its map.
pub(super) fn hurt_in<'h>(map: &'h JourneyMap, place: &Place) -> Option<Hurt<'h>> {
    let (stage, step) = place.step().unzip();
    let whole = |text| Hurt { map: place.map, stage, step, by: None, fails: false, text, severity: None };
    let felt = |pain: &'h Pain| Hurt { severity: pain.severity, ..whole(&pain.text) };
    Some(match (place.what, &map.contents) {
        (What::Pain(pain), _) => felt(map.stages.get(stage?)?.steps.get(step?)?.pains.get(pain as usize)?),
        (What::Otherwise(other, pain), Contents::PersonaBased(crowd)) => {
            let other = crowd.differences.get(other as usize)?;
            Hurt { by: Some(other.persona), ..felt(other.pains.get(pain as usize)?) }
        }
        (What::Whole(pain), Contents::Empathy(empathy)) => felt(empathy.pains.get(pain as usize)?),
        (What::Fails(point), Contents::ServiceBlueprint(blueprint)) => {
            Hurt { fails: true, ..whole(&blueprint.fail_points.get(point as usize)?.title) }
        }
        _ => return None,
    })
}

/// What hurts at several places, in their order.
pub fn hurts_at<'h>(handbook: &'h Handbook, places: &[Place]) -> impl Iterator<Item = Hurt<'h>> {
    places.iter().filter_map(|place| hurt_at(handbook, place))
}

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
        let mut gaps = Self { answered: vec![Vec::new(); handbook.opportunities.len()], ..Self::default() };
        for (id, map) in handbook.maps.entries() {
            gaps.map(id, map);
        }
        let idle = handbook.opportunities.ids();
        gaps.idle = idle.filter(|id| gaps.answered[id.index()].is_empty()).collect();
        gaps.answered.iter_mut().chain([&mut gaps.unanswered]).for_each(settle);
        gaps
    }

    /// What an opportunity answers, in the order of the handbook.
    pub fn answered(&self, id: Id<Opportunity>) -> &[Place] {
        &self.answered[id.index()]
    }

    /// Everything that hurts on a map, in order; fail points last, each at the first step that breaks there.
    fn map(&mut self, id: Id<JourneyMap>, map: &JourneyMap) {
        let asked = map.kind() != MapKind::FutureState;
        let at = |step, what| Place { map: id, step, what };
        for (stage, number) in map.stages.iter().zip(0..) {
            for (step, index) in stage.steps.iter().zip(0..) {
                self.pains(asked, (map, step), &step.pains, |pain| at(Some((number, index)), What::Pain(pain)));
            }
        }
        match &map.contents {
            Contents::Empathy(empathy) => {
                for (pain, number) in empathy.pains.iter().zip(0..) {
                    self.add(asked, at(None, What::Whole(number)), &pain.opportunities);
                }
            }
            Contents::PersonaBased(crowd) => {
                let stages = map.stages.iter().zip(0..);
                let steps: Vec<_> = stages
                    .flat_map(|(stage, number)| stage.steps.iter().zip(0..).map(move |(step, at)| ((number, at), step)))
                    .collect();
                for (other, number) in crowd.differences.iter().zip(0..) {
                    let Some(&(place, step)) = steps.get(other.step.index()) else { continue };
                    let otherwise = |pain| at(Some(place), What::Otherwise(number, pain));
                    self.pains(asked, (map, step), &other.pains, otherwise);
                }
            }
            Contents::ServiceBlueprint(blueprint) => {
                for (number, point) in blueprint.fail_points.iter().enumerate() {
                    let step = breaks_at(map, number).map(|(stage, step)| (stage as u32, step as u32));
                    self.add(asked, at(step, What::Fails(number as u32)), &point.opportunities);
                }
            }
            _ => {}
        }
    }

    /// The pains of a step, or of somebody who lives it otherwise.
    fn pains(&mut self, asked: bool, (map, step): (&JourneyMap, &Step), pains: &[Pain], place: impl Fn(u32) -> Place) {
        let mut shared_by_all = None;
        for (pain, number) in pains.iter().zip(0..) {
            if pain.opportunities.is_empty() {
                self.add(asked, place(number), shared_by_all.get_or_insert_with(|| shared(map, step)));
            } else {
                self.add(asked, place(number), &pain.opportunities);
            }
        }
    }

    fn add(&mut self, asked: bool, place: Place, answers: &[Id<Opportunity>]) {
        answers.iter().for_each(|answer| self.answered[answer.index()].push(place));
        if answers.is_empty() && asked {
            self.unanswered.push(place);
        }
    }
}

/// The first stage and step of a map that break at a fail point, from 0 each; `None` if none does.
pub fn breaks_at(map: &JourneyMap, fail_point: usize) -> Option<(usize, usize)> {
    let stages = map.stages.iter().enumerate();
    let mut steps =
        stages.flat_map(|(number, stage)| stage.steps.iter().enumerate().map(move |(at, step)| (number, at, step)));
    let (stage, step, _) = steps.find(|(_, _, step)| step.breaks().any(|fail| fail.index() == fail_point))?;
    Some((stage, step))
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
