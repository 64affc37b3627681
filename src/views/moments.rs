//! Moments of truth and moments of delight, by stage and by owner.
//!
//! A *moment of truth* is a step that says so. A *moment of delight* is a step that feels +1.5 or better, or that names a
//! gain and feels +1 or better; of one persona of several only its own feeling of +1.5 or better counts, for gains are
//! noted for all. A step may be both. Maps that show what shall be are left out.
//!
//! Whoever owns the stage answers for a moment; where nobody does, the owner of its touchpoint; else the map's.

use super::steps::Steps;
use super::uses::StepPlace;
use crate::hash::HashMap;
use crate::model::kinds::Difference;
use crate::model::{Feeling, Handbook, Id, JourneyMap, MapKind, Stage, Step, Team, Touchpoint, settle};

/// A moment, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The step.
    pub place: StepPlace,
    /// Whether it is a moment of truth.
    pub truth: bool,
    /// Whether it is a moment of delight.
    pub delight: bool,
    /// Who answers for it, and as what; `None` if nobody does.
    pub owner: Option<(Id<Team>, As)>,
}

/// As what a team answers for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum As {
    /// As the owner of the stage.
    Stage,
    /// As the owner of the touchpoint.
    Touchpoint,
    /// As the owner of the map.
    Map,
}

/// How a list of moments is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// By the stages of the line, then other stages.
    Stage,
    /// By the teams in the handbook's order; what nobody answers for comes first.
    Owner,
}

/// Every moment of a handbook, in both orders.
#[derive(Debug, Clone, Default, Hash)]
pub struct Moments {
    by_stage: Vec<Moment>,
    by_owner: Vec<Moment>,
    truths: usize,
    delights: usize,
}

/// From this feeling on a step delights, gains or not.
pub const DELIGHT: f64 = 1.5;
/// From this feeling on a step with a gain delights.
pub const DELIGHT_WITH_GAIN: f64 = 1.0;

impl Moments {
    /// Every moment of a handbook.
    pub fn of(handbook: &Handbook, steps: &Steps) -> Self {
        let mut all: Vec<Moment> = moments(handbook).collect();
        settle(&mut all);
        let column = |moment: &Moment| steps.column(moment.place).unwrap_or(usize::MAX);
        let count = |of: fn(&Moment) -> bool| all.iter().filter(|moment| of(moment)).count();
        let (truths, delights) = (count(|moment| moment.truth), count(|moment| moment.delight));
        let mut by_stage = all.clone();
        by_stage.sort_by_cached_key(column);
        let mut by_owner = all;
        by_owner.sort_by_cached_key(|moment| (moment.owner.map(|(team, _)| team), column(moment)));
        Self { by_stage, by_owner, truths, delights }
    }

    /// The moments in an order.
    pub fn list(&self, by: By) -> &[Moment] {
        match by {
            By::Stage => &self.by_stage,
            By::Owner => &self.by_owner,
        }
    }

    /// How many moments of truth there are, and how many of delight; one may be both.
    pub fn counts(&self) -> (usize, usize) {
        (self.truths, self.delights)
    }

    /// The moments of truth that a team answers for, by stage.
    pub fn truths_of(&self, team: Id<Team>) -> impl Iterator<Item = &Moment> {
        let place = |moment: &Moment| moment.owner.map(|(team, _)| team);
        let first = self.by_owner.partition_point(|moment| place(moment) < Some(team));
        let length = self.by_owner[first..].partition_point(|moment| place(moment) == Some(team));
        self.by_owner[first..first + length].iter().filter(|moment| moment.truth)
    }

    /// The moments of truth by stage.
    pub fn truths(&self) -> impl Iterator<Item = Moment> {
        self.by_stage.iter().copied().filter(|moment| moment.truth)
    }
}

/// Every moment of a handbook, in the order of maps and steps.
pub fn moments(handbook: &Handbook) -> impl Iterator<Item = Moment> {
    let today = handbook.maps.entries().filter(|(_, map)| map.kind() != MapKind::FutureState);
    today.flat_map(move |(id, map)| {
        // What personas live otherwise, by step: looked up once for each map.
        let mut others: HashMap<usize, Vec<&Difference>> = HashMap::default();
        for other in map.crowd().into_iter().flat_map(|crowd| &crowd.differences) {
            let delights = other.feels.is_some_and(|feeling| feeling.value() >= DELIGHT);
            if delights && !other.skips {
                others.entry(other.step.index()).or_default().push(other);
            }
        }
        let mut found = Vec::new();
        let mut number = 0;
        for (stage_index, stage) in map.stages.iter().enumerate() {
            for (step_index, step) in stage.steps.iter().enumerate() {
                let place = StepPlace::new(id, stage_index, step_index);
                let owner = |touchpoint| owners(handbook, map, stage, touchpoint).next();
                let (truth, delight) = (step.moment_of_truth.is_some(), delights(step));
                if truth || delight {
                    found.push(Moment { place, truth, delight, owner: owner(step.touchpoint) });
                }
                for other in others.get(&number).into_iter().flatten() {
                    let place = place.lived_by(Some(other.persona));
                    let owner = owner(other.touchpoint.or(step.touchpoint));
                    found.push(Moment { place, truth: false, delight: true, owner });
                }
                number += 1;
            }
        }
        found
    })
}

/// Who owns something of a moment: first who answers for it, then who owns what is left of stage, touchpoint and map.
pub fn owners(
    handbook: &Handbook,
    map: &JourneyMap,
    stage: &Stage,
    touchpoint: Option<Id<Touchpoint>>,
) -> impl Iterator<Item = (Id<Team>, As)> {
    let of_touchpoint = touchpoint.and_then(|id| handbook[id].item.owner);
    let all = [(stage.owner, As::Stage), (of_touchpoint, As::Touchpoint), (map.item.owner, As::Map)];
    all.into_iter().filter_map(|(team, owns)| Some((team?, owns)))
}

/// Whether a step delights.
fn delights(step: &Step) -> bool {
    let least = if step.gains.is_empty() { DELIGHT } else { DELIGHT_WITH_GAIN };
    step.feels.is_some_and(|feeling: Feeling| feeling.value() >= least)
}

impl As {
    /// The key of the words for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stage => "owns_stage",
            Self::Touchpoint => "owns_touchpoint",
            Self::Map => "owns_map",
        }
    }
}
