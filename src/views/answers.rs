//! The maps that name an opportunity. Which pains it answers, [`crate::model::hurt`] tells.

use super::uses::Uses;
use crate::model::{Id, JourneyMap, Opportunity, Target};

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
