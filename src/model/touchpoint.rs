//! Touchpoints and channels: where customer and organisation meet.

use super::link::State;
use super::text::Text;
use super::{Insight, Item, Linked, List, Local, Noun, Prose};
use crate::source::Span;

/// A place of meeting with the service, catalogued once and referenced from steps.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Touchpoint<S: State = Linked> {
    /// Name, title, summary, owner, review.
    pub item: Item<S>,
    /// What carries it; `None` if that is unknown.
    pub channel: Option<S::Link<Channel>>,
    /// What the customer meets.
    pub kind: TouchpointKind,
    /// Whether it is there.
    pub status: TouchpointStatus,
    /// How much it matters.
    pub importance: Option<Importance>,
    /// What we promise here, in a sentence.
    pub promise: Option<Text>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
    /// The standard, the script and the know-how for staff.
    pub body: Local<Prose<S>>,
}

/// What the customer meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchpointKind {
    /// A screen.
    Digital,
    /// A person.
    Human,
    /// A thing or a place.
    Physical,
}

impl TouchpointKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] =
        &[("digital", Self::Digital), ("human", Self::Human), ("physical", Self::Physical)];
}

/// Whether a touchpoint is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchpointStatus {
    /// Not yet.
    Planned,
    /// Customers meet it.
    Live,
    /// Not any more.
    Retired,
}

impl TouchpointStatus {
    /// Every status, as authors write it.
    pub const ALL: &[(&'static str, Self)] =
        &[("planned", Self::Planned), ("live", Self::Live), ("retired", Self::Retired)];
}

/// How much a touchpoint matters, 1..=5 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Importance {
    /// To the customer.
    pub customer: u8,
    /// To the organisation.
    pub organisation: u8,
}

/// What carries touchpoints: app, store, hotline …
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Channel {
    /// Its id.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What readers call it.
    pub title: Text,
    /// Its drawing; any name the theme knows.
    pub icon: Option<String>,
    /// What it is for.
    pub summary: Option<Text>,
}

impl Noun for Channel {
    fn name(&self) -> &str {
        &self.name
    }
    fn span(&self) -> Span {
        self.span
    }
}
