//! What a service blueprint holds: who acts in each lane, and what breaks.

use crate::model::link::State;
use crate::model::text::Text;
use crate::model::{Contents, Insight, JourneyMap, Lane, Linked, List, Opportunity, Step, Team};
use crate::source::Span;

/// Who acts, and what breaks.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Blueprint<S: State = Linked> {
    /// Who acts in each lane.
    pub actors: Actors<S>,
    /// What breaks, in the order of the author; steps and acts name them.
    pub fail_points: Vec<FailPoint<S>>,
}

/// The team that acts in each lane unless an act names another.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Actors<S: State = Linked> {
    /// In sight.
    pub frontstage: Option<S::Link<Team>>,
    /// Out of sight.
    pub backstage: Option<S::Link<Team>>,
    /// Systems and partners.
    pub support: Option<S::Link<Team>>,
}

/// Something that breaks again and again.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct FailPoint<S: State = Linked> {
    /// Its id in the map.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What fails.
    pub title: Text,
    /// What we know of it.
    pub known: Option<Text>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
    /// What would mend it.
    pub opportunities: List<S::Link<Opportunity>>,
}

/// What somebody or something of ours does at a step.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Act<S: State = Linked> {
    /// What is done.
    pub text: Text,
    /// Who does it; the lane's team if absent.
    pub team: Option<S::Link<Team>>,
    /// What breaks here; an id counts the blueprint's fail points, from 0.
    pub fails: List<S::Link<FailPoint>>,
    /// How long it keeps waiting, in words.
    pub waits: Option<Text>,
    /// Which way work goes between this act and the nearest card above it.
    pub flow: Flow,
}

/// Which way work goes over a line of a blueprint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Flow {
    /// From the customer's side to ours.
    #[default]
    Down,
    /// From our side to the customer's.
    Up,
    /// Both ways.
    Both,
    /// Not at all.
    None,
}

impl Flow {
    /// Every way, as authors write it.
    pub const ALL: &[(&'static str, Self)] =
        &[("down", Self::Down), ("up", Self::Up), ("both", Self::Both), ("none", Self::None)];
}

impl<S: State> Step<S> {
    /// What is done in sight, out of sight and by systems, in this order.
    pub fn acts(&self) -> impl Iterator<Item = &Act<S>> + Clone {
        [&self.frontstage, &self.backstage, &self.support].into_iter().flatten()
    }

    /// What is done in a lane; `None` if nothing is, and of a lane that holds no acts.
    pub fn act(&self, lane: &Lane<S>) -> Option<&Act<S>> {
        match lane {
            Lane::Frontstage => self.frontstage.as_ref(),
            Lane::Backstage => self.backstage.as_ref(),
            Lane::Support => self.support.as_ref(),
            _ => None,
        }
    }

    /// The fail points that the step and its acts name; one that several name comes more than once.
    pub fn breaks(&self) -> impl Iterator<Item = &S::Link<FailPoint>> + Clone {
        self.fails.iter().chain(self.acts().flat_map(|act| &act.fails))
    }
}

impl<S: State> JourneyMap<S> {
    /// What it holds as a service blueprint; `None` if it is none.
    pub fn blueprint(&self) -> Option<&Blueprint<S>> {
        match &self.contents {
            Contents::ServiceBlueprint(blueprint) => Some(blueprint),
            _ => None,
        }
    }
}
