//! Insights and opportunities: what was learned, and what we might do about it.

use super::link::State;
use super::text::Text;
use super::{Date, Item, Linked, List, Metric, Rare};
use crate::source::Span;

/// A piece of evidence: what was learned, from whom, when, how many.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Insight<S: State = Linked> {
    /// Name, title, summary, owner, review.
    pub item: Item<S>,
    /// How it was learned.
    pub kind: InsightKind,
    /// When; for a study over some time, when it ended.
    pub date: Date,
    /// Where that is written.
    pub date_at: Option<Span>,
    /// How many people, visits, records …
    pub sample: Option<u32>,
    /// Where that is written.
    pub sample_at: Option<Span>,
    /// Who or what was asked or counted.
    pub who: Option<Text>,
    /// Who did it, and how.
    pub source: Text,
    /// Where to read more.
    pub url: Option<String>,
    /// What people said.
    pub quotes: Vec<Quote<S>>,
}

/// How an insight was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InsightKind {
    /// Somebody was asked, face to face.
    Interview,
    /// Many were asked the same.
    Survey,
    /// Something was counted.
    Analytics,
    /// Somebody wrote without being asked.
    Review,
    /// Somebody was watched.
    Observation,
}

impl InsightKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("interview", Self::Interview),
        ("survey", Self::Survey),
        ("analytics", Self::Analytics),
        ("review", Self::Review),
        ("observation", Self::Observation),
    ];
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Quote<S: State = Linked> {
    /// The words.
    pub text: Text,
    /// Who said it, or what stands behind it.
    pub note: Rare<Text>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
}

/// What we might do about insights.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Opportunity<S: State = Linked> {
    /// Name, title, summary, owner, review.
    pub item: Item<S>,
    /// What it would change for customers, 1..=5.
    pub impact: u8,
    /// What it would cost us, 1..=5.
    pub effort: u8,
    /// How far it is.
    pub status: OpportunityStatus,
    /// When it shall be done.
    pub due: Option<Date>,
    /// The day it was finished; only what is done has one.
    pub done: Option<Date>,
    /// What came of it; only what is done has one.
    pub outcome: Option<Text>,
    /// What will show that it worked.
    pub metrics: List<S::Link<Metric>>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
}

/// How far an opportunity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpportunityStatus {
    /// Somebody thought of it.
    Idea,
    /// Somebody promised it.
    Planned,
    /// Somebody is at it.
    Doing,
    /// It is there.
    Done,
    /// It will not be.
    Dropped,
}

impl OpportunityStatus {
    /// Whether it is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Idea | Self::Planned | Self::Doing)
    }

    /// Every status, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("idea", Self::Idea),
        ("planned", Self::Planned),
        ("doing", Self::Doing),
        ("done", Self::Done),
        ("dropped", Self::Dropped),
    ];
}
