//! What a future-state map holds: where it starts from, and what it stakes on.

use crate::model::link::State;
use crate::model::text::Text;
use crate::model::{Insight, JourneyMap, Linked, List};
use crate::source::Span;

/// What shall be, and what has to be true for it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Future<S: State = Linked> {
    /// The current-state map it starts from; steps are matched by id.
    pub baseline: Option<S::Link<JourneyMap>>,
    /// Where the author names it, also where no map is called so; `None` if no baseline is named.
    pub baseline_at: Option<Span>,
    /// What we take to be true.
    pub assumptions: Vec<Claim<S>>,
    /// What is good as it is.
    pub left_alone: List<Text>,
    /// By what we shall know that it worked.
    pub proof: List<Text>,
}

/// Something we say, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Claim<S: State = Linked> {
    /// What we say.
    pub text: Text,
    /// The evidence; none for an assumption.
    pub insights: List<S::Link<Insight>>,
}
