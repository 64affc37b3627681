//! What an empathy map holds: four quadrants, what hurts and delights, and where it does not add up.

use crate::model::link::State;
use crate::model::text::Text;
use crate::model::{Feeling, Insight, Linked, List, Pain, Quote};

/// Says, thinks, does, feels.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Empathy<S: State = Linked> {
    /// The situation it is about, in a few words: “delivery day”.
    pub moment: Option<Text>,
    /// The people it is about, where they are no single persona.
    pub segment: Option<Text>,
    /// What they say, in their own words.
    pub says: Vec<Quote<S>>,
    /// What they think.
    pub thinks: Vec<Observation<S>>,
    /// What they do.
    pub does: Vec<Observation<S>>,
    /// What they feel.
    pub feels: Vec<Observation<S>>,
    /// What hurts.
    pub pains: Vec<Pain<S>>,
    /// What delights.
    pub gains: Vec<Observation<S>>,
    /// What they say against what they do or feel.
    pub tensions: Vec<Tension>,
}

impl<S: State> Empathy<S> {
    /// The evidence of each statement, in the order in which they are read; empty for an assumption.
    pub fn evidence(&self) -> impl Iterator<Item = &[S::Link<Insight>]> {
        let says = self.says.iter().map(|quote| quote.insights.as_slice());
        let seen = [&self.thinks, &self.does, &self.feels].into_iter().flatten();
        let pains = self.pains.iter().map(|pain| pain.insights.as_slice());
        let gains = self.gains.iter().map(|gain| gain.insights.as_slice());
        says.chain(seen.map(|seen| seen.insights.as_slice())).chain(pains).chain(gains)
    }
}

/// Something seen or heard of people.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Observation<S: State = Linked> {
    /// What it is.
    pub text: Text,
    /// How widely it was seen, in a few words: “6 of 14 interviews”.
    pub note: Option<Text>,
    /// How it feels.
    pub feels: Option<Feeling>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
}

/// Where it does not add up, and what follows.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Tension {
    /// One side: the quadrant, and what stands there in a few words.
    pub one: (Quadrant, Text),
    /// The other side.
    pub other: (Quadrant, Text),
    /// What follows for us.
    pub so: Option<Text>,
}

/// A quadrant of an empathy map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quadrant {
    /// In their own words.
    Says,
    /// Unsaid.
    Thinks,
    /// As seen.
    Does,
    /// With a face.
    Feels,
}

impl Quadrant {
    /// Every quadrant, as authors write it.
    pub const ALL: &[(&'static str, Self)] =
        &[("says", Self::Says), ("thinks", Self::Thinks), ("does", Self::Does), ("feels", Self::Feels)];
}
