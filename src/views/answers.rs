//! Which pains an opportunity answers, as [`crate::model::hurt`] tells, and which maps name it.

use super::uses::Uses;
use crate::model::hurt::{Hurt, hurts};
use crate::model::{Handbook, Id, JourneyMap, Opportunity, Target};

/// What an opportunity answers, map by map.
pub fn answered<'a>(handbook: &'a Handbook, uses: &Uses, id: Id<Opportunity>) -> Vec<Hurt<'a>> {
    let hurts = maps(uses, id).into_iter().flat_map(|map| hurts(handbook, map));
    hurts.filter(|hurt| hurt.answers.contains(&id)).collect()
}

/// The maps that name an opportunity, in the order of the handbook.
pub fn maps(uses: &Uses, id: Id<Opportunity>) -> Vec<Id<JourneyMap>> {
    let cited = uses.cited(Target::Opportunity(id)).iter().filter_map(|target| match target {
        Target::Map(map) => Some(*map),
        _ => None,
    });
    let mut maps: Vec<Id<JourneyMap>> = uses.opportunity(id).iter().map(|place| place.map).chain(cited).collect();
    maps.sort_unstable();
    maps.dedup();
    maps
}
