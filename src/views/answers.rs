//! Which pains an opportunity answers, as [`crate::model::hurt`] tells, which maps name it, and what has no answer.

use super::uses::Uses;
use crate::model::hurt::{Hurt, hurts};
use crate::model::{Handbook, Id, JourneyMap, MapKind, Opportunity, Target};

/// What answers which pain, and the gaps in between, found once for all pages that tell of them.
#[derive(Debug, Default)]
pub struct Gaps {
    /// What hurts on maps that show what is and has no answer, in the order of the handbook: the map, and the place among
    /// all that hurts on it, from 0.
    pub unanswered: Vec<(Id<JourneyMap>, usize)>,
    /// The opportunities that answer no pain on any map.
    pub idle: Vec<Id<Opportunity>>,
    /// What each opportunity answers, in the order of the handbook, each as in `unanswered`.
    answered: Vec<Vec<(Id<JourneyMap>, usize)>>,
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
    pub fn answered(&self, id: Id<Opportunity>) -> &[(Id<JourneyMap>, usize)] {
        &self.answered[id.index()]
    }
}

/// What hurts at the places that [`Gaps`] names, which are in the order of the handbook: each map is gone through once.
pub fn hurts_at<'a>(
    handbook: &'a Handbook,
    places: impl IntoIterator<Item = &'a (Id<JourneyMap>, usize)>,
) -> impl Iterator<Item = Hurt<'a>> {
    let mut read: Option<(Id<JourneyMap>, Vec<Hurt<'a>>)> = None;
    places.into_iter().filter_map(move |&(map, place)| {
        if read.as_ref().is_none_or(|(of, _)| *of != map) {
            read = Some((map, hurts(handbook, map)));
        }
        read.as_ref()?.1.get(place).cloned()
    })
}

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
