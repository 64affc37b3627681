//! The kinds of map, and what each holds beyond stages and steps. One kind a file.

mod blueprint;
mod crowd;
mod day;
mod empathy;
mod future;

pub use blueprint::{Act, Actors, Blueprint, FailPoint, Flow};
pub use crowd::{Crowd, Difference};
pub use day::{Clock, Day, Nature, Scene, StepTime};
pub use empathy::{Empathy, Observation, Quadrant, Tension};
pub use future::{Claim, Future};

use super::Linked;
use super::link::State;

/// What kind of map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapKind {
    /// Behaviour over stages to the outcome, for people in general.
    Experience,
    /// What is.
    CurrentState,
    /// What shall be.
    FutureState,
    /// Along the clock.
    DayInTheLife,
    /// Says, thinks, does, feels.
    Empathy,
    /// One journey, several personas.
    PersonaBased,
    /// Customer, frontstage, backstage, support.
    ServiceBlueprint,
}

impl MapKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("experience", Self::Experience),
        ("current-state", Self::CurrentState),
        ("future-state", Self::FutureState),
        ("day-in-the-life", Self::DayInTheLife),
        ("empathy", Self::Empathy),
        ("persona-based", Self::PersonaBased),
        ("service-blueprint", Self::ServiceBlueprint),
    ];

    /// The kind as authors write it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// What a kind of map holds beyond stages and steps.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Contents<S: State = Linked> {
    /// Behaviour over stages to the outcome.
    Experience,
    /// What is.
    CurrentState,
    /// What shall be.
    FutureState(Future<S>),
    /// Along the clock: a day for each stage, in their order.
    DayInTheLife(Vec<Day<S>>),
    /// Says, thinks, does, feels. It has no stages.
    Empathy(Box<Empathy<S>>),
    /// One journey, several personas.
    PersonaBased(Crowd<S>),
    /// Customer, frontstage, backstage, support.
    ServiceBlueprint(Blueprint<S>),
}

impl<S: State> Contents<S> {
    /// Which kind it is.
    pub fn kind(&self) -> MapKind {
        match self {
            Self::Experience => MapKind::Experience,
            Self::CurrentState => MapKind::CurrentState,
            Self::FutureState(_) => MapKind::FutureState,
            Self::DayInTheLife(_) => MapKind::DayInTheLife,
            Self::Empathy(_) => MapKind::Empathy,
            Self::PersonaBased(_) => MapKind::PersonaBased,
            Self::ServiceBlueprint(_) => MapKind::ServiceBlueprint,
        }
    }
}
