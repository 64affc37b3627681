//! Guides, terms and teams: what explains the rest.

use super::link::State;
use super::text::Text;
use super::{Item, Linked, List, Local, Noun, Prose};
use crate::source::Span;

/// A page of running text.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Guide<S: State = Linked> {
    /// Named by its path below `guides/`, without numbers: `map-kinds/empathy`; a folder's own page by the folder.
    pub item: Item<S>,
    /// Whether it stands in the lists of guides, and between the one before it and the one after it.
    pub listed: bool,
    /// The text.
    pub body: Local<Prose<S>>,
}

/// A word of the field.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Term<S: State = Linked> {
    /// Its id.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// The word.
    pub title: Text,
    /// What it means.
    pub definition: Text,
    /// Other words for the same.
    pub also: List<Text>,
    /// Whether its words become links to it where they stand first on a page.
    pub link: bool,
    /// The definition as running text, in which other terms are links.
    pub body: Local<Prose<S>>,
}

/// An owner inside the organisation.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Team<S: State = Linked> {
    /// Its id.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What it is called.
    pub title: Text,
    /// Who leads it.
    pub lead: Option<Text>,
    /// How to reach it.
    pub contact: Option<Text>,
    /// The team it belongs to.
    pub part_of: Option<S::Link<Team>>,
    /// What it does.
    pub summary: Option<Text>,
}

impl<S: State> Noun for Term<S> {
    fn name(&self) -> &str {
        &self.name
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<S: State> Noun for Team<S> {
    fn name(&self) -> &str {
        &self.name
    }
    fn span(&self) -> Span {
        self.span
    }
}
