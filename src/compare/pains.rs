//! What became of each pain.
//!
//! A pain is the same where its text is the same: at the same step first, then anywhere in the map, since a pain may
//! outlive its step. What is left at a step that both maps have is matched in order, but only where both sides say how
//! bad it is and the later is better or worse: then it is what remains of the earlier, told in new words. All other
//! pains of the earlier map are solved, and all others of the later are new; of the same severity, a new text is a new
//! pain.

use super::{Match, Place, matches, text};
use crate::model::{JourneyMap, Pain};

/// A pain by its place: its step, and itself among the step's pains, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PainPlace {
    /// The step.
    pub at: Place,
    /// The pain.
    pub pain: usize,
}

/// What became of a pain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Only the earlier map has it.
    Solved,
    /// Both have it, and the later says that it is less bad.
    Smaller,
    /// Both have it.
    Left,
    /// Both have it, and the later says that it is worse.
    Worse,
    /// Only the later map has it.
    New,
}

/// A pain of either map, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PainChange {
    /// Where it stands in each map.
    pub pain: Match<PainPlace>,
    /// What became of it.
    pub fate: Fate,
}

impl PainPlace {
    /// The pain that stands there in a map.
    pub fn of(self, map: &JourneyMap) -> &Pain {
        &self.at.of(map).pains[self.pain]
    }
}

impl Fate {
    /// The same seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Solved => Self::New,
            Self::Smaller => Self::Worse,
            Self::Left => Self::Left,
            Self::Worse => Self::Smaller,
            Self::New => Self::Solved,
        }
    }
}

/// Every pain once.
pub(super) fn changes(before: &JourneyMap, after: &JourneyMap, pairs: &[(Place, Option<Place>)]) -> Vec<PainChange> {
    let (was, is) = (places(before), places(after));
    let mut pairing =
        Pairing { before, after, counterparts: vec![None; was.len()], taken: vec![false; is.len()], was, is };
    for &(place, other) in pairs {
        let Some(other) = other else { continue };
        pairing.by_text(|pain| pain.at == place, |pain| pain.at == other);
    }
    pairing.by_text(|_| true, |_| true);
    for &(place, other) in pairs {
        let Some(other) = other else { continue };
        pairing.by_severity(place, other);
    }
    pairing.told()
}

fn places(map: &JourneyMap) -> Vec<PainPlace> {
    let mut places = Vec::new();
    for (stage, has) in map.stages.iter().enumerate() {
        for (step, holds) in has.steps.iter().enumerate() {
            places.extend((0..holds.pains.len()).map(|pain| PainPlace { at: Place { stage, step }, pain }));
        }
    }
    places
}

/// Pains on their way to each other.
struct Pairing<'a> {
    before: &'a JourneyMap,
    after: &'a JourneyMap,
    was: Vec<PainPlace>,
    is: Vec<PainPlace>,
    /// For each of the earlier, its place among the later.
    counterparts: Vec<Option<usize>>,
    /// Whether each of the later has a counterpart.
    taken: Vec<bool>,
}

impl Pairing<'_> {
    /// The pains without a counterpart among those asked for.
    fn alone(&self, was: impl Fn(&PainPlace) -> bool, is: impl Fn(&PainPlace) -> bool) -> (Vec<usize>, Vec<usize>) {
        let earlier = (0..self.was.len()).filter(|&at| self.counterparts[at].is_none() && was(&self.was[at]));
        let later = (0..self.is.len()).filter(|&at| !self.taken[at] && is(&self.is[at]));
        (earlier.collect(), later.collect())
    }

    fn by_text(&mut self, was: impl Fn(&PainPlace) -> bool, is: impl Fn(&PainPlace) -> bool) {
        let (earlier, later) = self.alone(was, is);
        let pairs = matches(
            earlier.iter().map(|&at| text(&self.was[at].of(self.before).text)),
            later.iter().map(|&at| text(&self.is[at].of(self.after).text)),
        );
        for (at, pair) in earlier.into_iter().zip(pairs) {
            if let Some(pair) = pair {
                self.marry(at, later[pair]);
            }
        }
    }

    fn by_severity(&mut self, place: Place, other: Place) {
        let (earlier, later) = self.alone(|pain| pain.at == place, |pain| pain.at == other);
        for (at, pair) in earlier.into_iter().zip(later) {
            let severities = [self.was[at].of(self.before).severity, self.is[pair].of(self.after).severity];
            if matches!(severities, [Some(was), Some(is)] if was != is) {
                self.marry(at, pair);
            }
        }
    }

    fn marry(&mut self, earlier: usize, later: usize) {
        self.counterparts[earlier] = Some(later);
        self.taken[later] = true;
    }

    fn told(self) -> Vec<PainChange> {
        let earlier = self.was.iter().zip(&self.counterparts).map(|(&was, counterpart)| {
            let Some(is) = counterpart.map(|at| self.is[at]) else {
                return PainChange { pain: Match::Before(was), fate: Fate::Solved };
            };
            let severities = was.of(self.before).severity.zip(is.of(self.after).severity);
            let fate = match severities {
                Some((was, is)) if is < was => Fate::Smaller,
                Some((was, is)) if is > was => Fate::Worse,
                _ => Fate::Left,
            };
            PainChange { pain: Match::Both(was, is), fate }
        });
        let later = self.is.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        earlier.chain(later.map(|(&is, _)| PainChange { pain: Match::After(is), fate: Fate::New })).collect()
    }
}
