//! What worked before: of each finished opportunity its metrics before and after, and for each open one the finished ones that
//! worked at the same place: the same metric, the same touchpoint, the same stage.
//!
//! Stages of maps that share a stage set are the same where they have the same id; any other stage is only the same as itself.

use std::hash::{Hash, Hasher};

use super::uses::Uses;
use crate::hash::HashMap;
use crate::model::{
    Better, Date, Handbook, Id, JourneyMap, Metric, Opportunity, OpportunityStatus, Reading, StageSet, Touchpoint,
};

/// How many finished opportunities an open one tells of, at most.
pub const MOST_WORKED: usize = 10;

/// What two opportunities may share; `N` is the name of a stage, borrowed or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground<N = String> {
    /// A metric that will show it.
    Metric(Id<Metric>),
    /// A touchpoint where it happens.
    Touchpoint(Id<Touchpoint>),
    /// A stage of a stage set, by its id.
    Stage(Id<StageSet>, N),
    /// Any other stage: its map and its number from 0.
    OwnStage(Id<JourneyMap>, usize),
}

/// The finished opportunities by what they worked at, the newest first; those without a day last.
#[derive(Debug, Default)]
pub struct Worked {
    by_ground: HashMap<Ground, Vec<Id<Opportunity>>>,
}

// By hand, because a table has no order.
impl Hash for Worked {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut grounds: Vec<_> = self.by_ground.iter().collect();
        grounds.sort_unstable();
        grounds.hash(state);
    }
}

/// A metric before and after a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move<'a> {
    /// The last reading on or before the day.
    pub before: &'a Reading,
    /// The newest reading, if there is one after the day.
    pub after: Option<&'a Reading>,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Turn {
    Better,
    Worse,
    Unchanged,
}

impl Worked {
    /// Gathers the finished opportunities of a handbook.
    pub fn of(handbook: &Handbook, uses: &Uses) -> Self {
        let mut done: Vec<Id<Opportunity>> = handbook.opportunities.ids().collect();
        done.retain(|&id| handbook[id].status == OpportunityStatus::Done);
        done.sort_by_key(|&id| (std::cmp::Reverse(handbook[id].done), id));
        let mut worked = Self::default();
        for id in done {
            for ground in grounds(handbook, uses, id) {
                worked.by_ground.entry(ground).or_default().push(id);
            }
        }
        worked
    }

    /// The finished opportunities that share something with one, the newest first, each with what it shares; at most `most`.
    pub fn before(
        &self,
        handbook: &Handbook,
        uses: &Uses,
        id: Id<Opportunity>,
        most: usize,
    ) -> Vec<(Id<Opportunity>, Vec<Ground>)> {
        let mut shared: Vec<(Id<Opportunity>, Vec<Ground>)> = Vec::new();
        for ground in grounds(handbook, uses, id) {
            // Of each ground the newest are enough: no more than `most` are told in the end.
            for &other in self.by_ground.get(&ground).into_iter().flatten().filter(|&&other| other != id).take(most) {
                match shared.iter_mut().find(|(known, _)| *known == other) {
                    Some((_, grounds)) => grounds.push(ground.clone()),
                    None => shared.push((other, vec![ground.clone()])),
                }
            }
        }
        shared.sort_by_key(|(id, _)| (std::cmp::Reverse(handbook[*id].done), *id));
        shared.truncate(most);
        shared
    }
}

/// What an opportunity works at, each once: metrics, then touchpoints, then stages.
pub fn grounds(handbook: &Handbook, uses: &Uses, id: Id<Opportunity>) -> Vec<Ground> {
    let metrics = handbook[id].metrics.iter().map(|&metric| Ground::Metric(metric));
    let places = uses.opportunity(id);
    let met =
        places.iter().filter_map(|place| handbook[place.map].stages[place.stage()].steps[place.step()].touchpoint);
    let stages = places.iter().map(|place| match handbook[place.map].stage_set {
        Some(set) => Ground::Stage(set, &*handbook[place.map].stages[place.stage()].name),
        None => Ground::OwnStage(place.map, place.stage()),
    });
    // Most places have a stage and a touchpoint that others have too.
    let mut seen = crate::hash::HashSet::default();
    let all = metrics.chain(met.map(Ground::Touchpoint)).chain(stages);
    all.filter(|ground| seen.insert(ground.clone())).map(Ground::owned).collect()
}

impl Ground<&str> {
    /// The same with a name of its own.
    fn owned(self) -> Ground {
        match self {
            Self::Metric(id) => Ground::Metric(id),
            Self::Touchpoint(id) => Ground::Touchpoint(id),
            Self::Stage(set, name) => Ground::Stage(set, name.to_owned()),
            Self::OwnStage(map, number) => Ground::OwnStage(map, number),
        }
    }
}

/// A metric before and after a day; `None` if nothing was measured by that day.
pub fn moved(metric: &Metric, done: Date) -> Option<Move<'_>> {
    let before = metric.readings.iter().rev().find(|reading| reading.date <= done)?;
    Some(Move { before, after: metric.readings.last().filter(|reading| reading.date > done) })
}

/// Which way a figure went from one value to another.
pub fn turn(better: Better, from: f64, to: f64) -> Turn {
    match (better, from.total_cmp(&to)) {
        _ if from == to => Turn::Unchanged,
        (Better::Higher, std::cmp::Ordering::Less) | (Better::Lower, std::cmp::Ordering::Greater) => Turn::Better,
        _ => Turn::Worse,
    }
}
