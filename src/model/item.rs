//! What every item with a file of its own has.

use super::link::State;
use super::text::Text;
use super::{Cadence, Date, Lang, Linked, List, Rare, RuleLevel, Team};
use crate::path::SitePath;
use crate::source::{FileId, Span};

/// The head of an item: its name, what it is called, who owns it, when it was looked at.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Item<S: State = Linked> {
    /// Its id: the file's name in lower case, without number, extension and language.
    pub name: String,
    /// Its file in the default language.
    pub file: FileId,
    /// Its files in other languages.
    pub translations: List<(Lang, FileId)>,
    /// Whether its file could not be read: what it lacks is then held against nobody.
    pub unread: bool,
    /// Whether it is not to be published yet. What a build shows has no drafts: they have been left out.
    pub draft: bool,
    /// Where it was before.
    pub aliases: List<Alias>,
    /// What readers call it.
    pub title: Text,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// Who keeps it true.
    pub owner: Option<S::Link<Team>>,
    /// When it was looked at.
    pub review: Review,
    /// Free words to sort by.
    pub tags: List<String>,
    /// How bad rules are in its files, where that is not as the handbook has it.
    pub checks: List<RuleLevel>,
}

/// A place at which an item could be found before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alias {
    /// The place.
    pub place: OldPlace,
    /// Where it is written.
    pub span: Span,
}

/// Where something was before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OldPlace {
    /// Under this id, among its kind; a lesson's with or without its course.
    Id(String),
    /// At this address of the site, in every language, unless it begins with the folder of one.
    Address(SitePath),
}

/// When an item was last confirmed, and how often it should be.
#[derive(Debug, Clone, Default, PartialEq, Hash)]
pub struct Review {
    /// The day it was last confirmed.
    pub reviewed: Option<Date>,
    /// Where that is written.
    pub reviewed_at: Option<Span>,
    /// Who confirmed it.
    pub by: Rare<Text>,
    /// How long that holds; the handbook's own cadence if absent.
    pub every: Option<Cadence>,
}

impl Review {
    /// The day the next review is due: `None` if it was never reviewed or no cadence is set.
    pub fn due(&self, default: Option<Cadence>) -> Option<Date> {
        Some(self.reviewed?.after(self.every.or(default)?))
    }
}

impl<S: State> Item<S> {
    /// The beginning of its file.
    pub fn span(&self) -> Span {
        Span::start_of(self.file)
    }
}

/// Items are nouns under their head's name.
macro_rules! nouns_by_item {
    ($($noun:ident),*) => {
        $(impl<S: State> super::Noun for super::$noun<S> {
            fn name(&self) -> &str {
                &self.item.name
            }
            fn span(&self) -> Span {
                self.item.span()
            }
        })*
    };
}

nouns_by_item!(Persona, JourneyMap, Touchpoint, Insight, Opportunity, Metric, Course, Lesson, Guide, Walkthrough);
