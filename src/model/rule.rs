//! What an author says of a rule: how bad it is, and why.

use super::text::Text;
use super::{Cadence, Item, State};
use crate::diag::{Code, Severity};
use crate::source::{FileId, Span};

/// How bad a rule's findings are, in the whole handbook or in one item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RuleLevel {
    /// The rule; never an error that means something cannot be made, see [`Code::is_rule`].
    pub rule: Code,
    /// Where its name stands.
    pub span: Span,
    /// How bad; `None` if nobody is to hear of it.
    pub level: Option<Severity>,
    /// Why; `None` only where the report says that it is missing.
    pub reason: Option<Text>,
}

/// What the handbook asks of its evidence. Nothing, unless it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct EvidencePolicy {
    /// How old an insight may be, from its date on.
    pub max_age: Option<Cadence>,
    /// How many an insight must rest on at least; 1 or more.
    pub min_sample: Option<u32>,
}

impl<S: State> Item<S> {
    /// Every file that the item is written in: its own, then its translations.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.file).chain(self.translations.iter().map(|(_, file)| *file))
    }
}
