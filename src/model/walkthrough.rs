//! Walk-throughs: somebody took a journey as the customer does, and wrote down what it was like.

use super::link::State;
use super::text::Text;
use super::{Date, Feeling, Item, JourneyMap, Linked, List, Persona, Step};
use crate::source::Span;

/// One walk through a map.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Walkthrough<S: State = Linked> {
    /// Name, title, summary, owner.
    pub item: Item<S>,
    /// The map that was walked; `None` if it is missing, which the report says.
    pub map: Option<S::Link<JourneyMap>>,
    /// When; [`Date::UNKNOWN`] if nobody said, which the report says.
    pub date: Date,
    /// Who walked.
    pub walker: Option<Text>,
    /// The persona they walked as.
    pub walked_as: Option<S::Link<Persona>>,
    /// What happened, in the order it was walked; a step may come twice.
    pub steps: Vec<Walked<S>>,
}

/// A step as it was walked.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Walked<S: State = Linked> {
    /// The step of the map: its id counts steps over all stages, from 0.
    pub step: S::Link<Step>,
    /// Where it is written.
    pub span: Span,
    /// How it felt.
    pub feels: Option<Feeling>,
    /// The word for it.
    pub feeling: Option<Text>,
    /// What happened.
    pub note: Option<Text>,
    /// What stood in the way.
    pub obstacles: List<Text>,
    /// How long it took.
    pub minutes: Option<u32>,
}

impl<S: State> Walkthrough<S> {
    /// The step that felt worst, of several the first; `None` if no feeling was written down.
    pub fn lowest(&self) -> Option<&Walked<S>> {
        let felt = self.steps.iter().filter(|walked| walked.feels.is_some());
        felt.min_by_key(|walked| walked.feels)
    }

    /// How many things stood in the way.
    pub fn obstacles(&self) -> usize {
        self.steps.iter().map(|walked| walked.obstacles.len()).sum()
    }

    /// How long it took in minutes, as far as somebody looked at the clock; 0 if nobody did.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().filter_map(|walked| walked.minutes).fold(0, u32::saturating_add)
    }
}
