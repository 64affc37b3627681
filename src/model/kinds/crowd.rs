//! What a persona-based map holds: several people on one journey, and where they differ.

use crate::model::link::State;
use crate::model::text::Text;
use crate::model::{Feeling, Id, Linked, List, Pain, Persona, Quote, Step, Touchpoint};
use crate::source::Span;

/// Several people on one journey.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Crowd<S: State = Linked> {
    /// Who, each once; at least two, or a diagnostic says so. The steps hold for everybody who does not differ there.
    pub personas: List<S::Link<Persona>>,
    /// Where somebody differs.
    pub differences: Vec<Difference<S>>,
}

/// How one of them lives a step otherwise than the step says.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Difference<S: State = Linked> {
    /// Who.
    pub persona: S::Link<Persona>,
    /// Where its name stands.
    pub place: Span,
    /// At which step; an id counts steps over all stages, from 0.
    pub step: S::Link<Step>,
    /// Where it is written.
    pub span: Span,
    /// Whether this one does not take the step at all.
    pub skips: bool,
    /// What this one does instead.
    pub action: Option<Text>,
    /// Where it happens instead.
    pub touchpoint: Option<S::Link<Touchpoint>>,
    /// What this one thinks.
    pub thinks: Option<Text>,
    /// What this one says.
    pub says: Option<Quote<S>>,
    /// How it feels.
    pub feels: Option<Feeling>,
    /// The word for it.
    pub feeling: Option<Text>,
    /// What hurts this one.
    pub pains: Vec<Pain<S>>,
}

impl Difference {
    /// Where this one meets us at the step, told apart from the step as it stands: somewhere else, or in another way at the
    /// step's own touchpoint. `None` for one who skips the step, or lives it there as everybody does.
    pub fn meets(&self, shared: Option<Id<Touchpoint>>) -> Option<Id<Touchpoint>> {
        let lived = self.feels.is_some() || self.feeling.is_some() || !self.pains.is_empty();
        self.touchpoint.or(shared.filter(|_| lived)).filter(|_| !self.skips)
    }
}

impl Crowd {
    /// How one of them differs at a step, counted over all stages from 0; `None` if the step holds.
    pub fn difference(&self, persona: Id<Persona>, step: usize) -> Option<&Difference> {
        self.differences.iter().find(|other| other.persona == persona && other.step.index() == step)
    }
}
