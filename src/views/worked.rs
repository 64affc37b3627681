//! What worked before: of each finished opportunity its metrics before and after, and for each open one the finished ones that
//! worked at the same place: the same metric, the same touchpoint, the same stage.
//!
//! Stages of maps that share a stage set are the same where they have the same id; any other stage is only the same as itself.

use super::steps::{Met, Steps};
use super::uses::Uses;
use crate::hash::{HashMap, HashSet};
use crate::model::{
    Better, Date, Handbook, Id, JourneyMap, Metric, Opportunity, OpportunityStatus, Reading, StageSet, Touchpoint,
};

/// How many finished opportunities an open one tells of, at most.
pub const MOST_WORKED: usize = 10;

/// What two opportunities may share; `N` is the name of a stage, or its number among those of the [steps](Steps).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The finished opportunities by what they worked at.
#[derive(Debug, Default)]
pub struct Worked {
    /// They, the newest first; those without a day last.
    done: Vec<Id<Opportunity>>,
    /// Their places in there, in order.
    by_ground: HashMap<Ground<u32>, Vec<u32>>,
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
    pub fn of(handbook: &Handbook, steps: &Steps, uses: &Uses) -> Self {
        let mut done: Vec<Id<Opportunity>> = handbook.opportunities.ids().collect();
        done.retain(|&id| handbook[id].status == OpportunityStatus::Done);
        done.sort_by_key(|&id| (std::cmp::Reverse(handbook[id].done), id));
        let mut by_ground: HashMap<Ground<u32>, Vec<u32>> = HashMap::default();
        for (place, id) in (0..).zip(&done) {
            for ground in grounds(handbook, steps, uses, *id) {
                by_ground.entry(ground).or_default().push(place);
            }
        }
        Self { done, by_ground }
    }

    /// The finished opportunities that share something with one, the newest first, each with what it shares; at most `most`.
    pub fn before(
        &self,
        handbook: &Handbook,
        (steps, uses): (&Steps, &Uses),
        id: Id<Opportunity>,
        most: usize,
    ) -> Vec<(Id<Opportunity>, Vec<Ground>)> {
        let own = if self.done.is_empty() { Vec::new() } else { grounds(handbook, steps, uses, id) };
        let lists: Vec<(&Ground<u32>, &[u32])> =
            own.iter().filter_map(|ground| Some((ground, self.by_ground.get(ground)?.as_slice()))).collect();
        let mut newest: Vec<u32> = Vec::with_capacity(most + 1);
        for (_, list) in &lists {
            for &place in list.iter().filter(|place| self.done[**place as usize] != id) {
                match newest.binary_search(&place) {
                    Ok(_) => {}
                    Err(at) if at < most => {
                        newest.insert(at, place);
                        newest.truncate(most);
                    }
                    // Those that follow are older still.
                    Err(_) => break,
                }
            }
        }
        let mut shared: Vec<(Id<Opportunity>, Vec<Ground>)> =
            newest.iter().map(|place| (self.done[*place as usize], Vec::new())).collect();
        for (ground, list) in lists {
            let known = list.iter().take_while(|place| newest.last().is_some_and(|last| *place <= last));
            for at in known.filter_map(|place| newest.binary_search(place).ok()) {
                shared[at].1.push(ground.named(steps));
            }
        }
        shared
    }
}

/// What an opportunity works at, each once: metrics, then touchpoints, then stages.
fn grounds(handbook: &Handbook, steps: &Steps, uses: &Uses, id: Id<Opportunity>) -> Vec<Ground<u32>> {
    let metrics = handbook[id].metrics.iter().map(|&metric| Ground::Metric(metric));
    let places = uses.opportunity(id);
    let met = places.iter().filter_map(|place| steps.met(*place).touchpoint).map(Ground::Touchpoint);
    let stages = places.iter().map(|place| match steps.met(*place) {
        Met { stage_set: Some(set), stage, .. } => Ground::Stage(set, stage),
        Met { .. } => Ground::OwnStage(place.map, place.stage()),
    });
    // Most places have a touchpoint that others have too. Those of one stage follow one another, but for stages of one stage set.
    let (mut seen, mut all) = (HashSet::default(), Vec::with_capacity(2 * places.len()));
    seen.reserve(places.len());
    all.extend(metrics.chain(met).filter(|ground| seen.insert(*ground)));
    for stage in stages {
        let is_new = match stage {
            Ground::OwnStage(..) => all.last() != Some(&stage),
            _ => seen.insert(stage),
        };
        if is_new {
            all.push(stage);
        }
    }
    all
}

impl Ground<u32> {
    /// The same with the name of the stage.
    fn named(self, steps: &Steps) -> Ground {
        match self {
            Self::Metric(id) => Ground::Metric(id),
            Self::Touchpoint(id) => Ground::Touchpoint(id),
            Self::Stage(set, number) => Ground::Stage(set, steps.name(number).to_owned()),
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
