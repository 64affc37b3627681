//! How each of several personas lives a persona-based map: the step as it stands, or otherwise, or not at all.

use super::curve;
use super::felt::Felt;
use crate::model::kinds::{Crowd, Difference};
use crate::model::{Feeling, Id, JourneyMap, Pain, Persona, Stage, Step, Text};

/// From this distance on, in hundredths of a point, two personas diverge.
const APART: i64 = 200;

/// How one persona lives a map.
#[derive(Debug, Clone)]
pub struct Lived<'a> {
    /// Who.
    pub persona: Id<Persona>,
    /// What happens at every step of the map, in order.
    pub ways: Vec<Way<'a>>,
}

/// How one persona lives one step.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// The column, from 0.
    pub column: usize,
    /// Where in the column, 0.0..=1.0; the same for every persona.
    pub x: f64,
    /// The stage.
    pub stage: &'a Stage,
    /// The step.
    pub step: &'a Step,
    /// What is otherwise; `None` if the step holds.
    pub difference: Option<&'a Difference>,
}

/// A step where two personas are two points apart or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Divergence {
    /// The step, counted over all stages from 0.
    pub step: usize,
    /// From the highest to the lowest of them, 2.0..=4.0.
    pub distance: f64,
}

impl<'a> Way<'a> {
    /// Whether this one takes the step.
    pub fn takes(&self) -> bool {
        self.difference.is_none_or(|other| !other.skips)
    }

    /// How it feels; `None` if nobody said, or if this one does not take the step.
    pub fn feels(&self) -> Option<Feeling> {
        let own = self.difference.and_then(|other| other.feels);
        if self.takes() { own.or(self.step.feels) } else { None }
    }

    /// The word for it: the step's word only for the step's feeling.
    pub fn word(&self) -> Option<&'a Text> {
        let own = self.difference.and_then(|other| other.feeling.as_ref());
        own.or(if self.feels() == self.step.feels { self.step.feeling.as_ref() } else { None })
    }

    /// What hurts: the step's pains only where this one meets the same and says nothing else.
    pub fn pains(&self) -> &'a [Pain] {
        match self.difference {
            Some(other) if other.skips || other.touchpoint.is_some() || !other.pains.is_empty() => &other.pains,
            _ => &self.step.pains,
        }
    }
}

impl<'a> Lived<'a> {
    /// The steps with a feeling, in order.
    pub fn felt(&self) -> Vec<Felt<'a>> {
        felt(self.ways.iter())
    }
}

/// How each persona of a map lives it; nobody of a map of another kind.
pub fn lived(map: &JourneyMap) -> Vec<Lived<'_>> {
    let Some(crowd) = map.crowd() else { return Vec::new() };
    crowd.personas.iter().map(|&persona| Lived { persona, ways: ways(map, crowd, persona) }).collect()
}

fn ways<'a>(map: &'a JourneyMap, crowd: &'a Crowd, persona: Id<Persona>) -> Vec<Way<'a>> {
    let mut differences = vec![None; map.steps().count()];
    for difference in crowd.differences.iter().filter(|other| other.persona == persona) {
        if let Some(place) = differences.get_mut(difference.step.index()) {
            *place = Some(difference);
        }
    }
    let columns = map.stages.iter().enumerate().flat_map(|(column, stage)| {
        stage.steps.iter().zip(curve::positions(stage.steps.len())).map(move |(step, x)| (column, x, stage, step))
    });
    columns
        .zip(differences)
        .map(|((column, x, stage, step), difference)| Way { column, x, stage, step, difference })
        .collect()
}

/// The steps where two personas are two points apart or more: the furthest first, then in the order of the map.
pub fn divergences(lived: &[Lived]) -> Vec<Divergence> {
    let steps = lived.iter().map(|one| one.ways.len()).max().unwrap_or(0);
    let mut divergences: Vec<(i64, usize)> = (0..steps)
        .filter_map(|step| {
            let feelings = lived.iter().filter_map(|one| one.ways.get(step)?.feels());
            let hundredths = feelings.map(|feeling| (feeling.value() * 100.0).round() as i64);
            let distance = hundredths.clone().max()? - hundredths.min()?;
            (distance >= APART).then_some((distance, step))
        })
        .collect();
    divergences.sort_by_key(|&(distance, step)| (std::cmp::Reverse(distance), step));
    divergences.into_iter().map(|(distance, step)| Divergence { step, distance: distance as f64 / 100.0 }).collect()
}

/// How a persona-based map feels to the one whom it hurts most, for where there is room for one: a mean of several
/// would be a feeling that nobody had. `None` of another kind of map.
pub fn felt_by_the_worst_off(map: &JourneyMap) -> Option<Vec<Felt<'_>>> {
    map.crowd()?;
    let lived = lived(map);
    let lowest = |one: &&Lived<'_>| one.felt().iter().map(|felt| felt.feeling).min();
    let worst_off = lived.iter().filter(|one| lowest(one).is_some()).min_by_key(lowest);
    Some(worst_off.map_or_else(Vec::new, Lived::felt))
}

/// The steps that have a feeling; one without leaves a gap.
fn felt<'l, 'a: 'l>(steps: impl Iterator<Item = &'l Way<'a>>) -> Vec<Felt<'a>> {
    let mut moments: Vec<Felt<'a>> = Vec::new();
    let mut gap = false;
    for way in steps {
        let Some(feeling) = way.feels() else {
            gap = !moments.is_empty();
            continue;
        };
        let after_gap = std::mem::take(&mut gap);
        moments.push(Felt { column: way.column, x: way.x, after_gap, feeling, stage: way.stage, step: way.step });
    }
    moments
}
