//! Texts that were let go, and how they are had again.
//!
//! Whoever compiles touches no disk. Where the texts come from may say how they are read a second time; what has changed
//! in between is not taken for what was parsed.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use super::aside::Aside;
use super::{Content, SourceFile};
use crate::hash;
use crate::path::HandbookPath;

/// How a text is read again.
pub trait Reread: fmt::Debug + Send + Sync {
    /// The file as it is now; `None` if it is gone or cannot be read.
    fn read(&self, path: &HandbookPath) -> Option<SourceFile>;
}

/// A text that was let go: what it was, and the text once somebody has asked for it again.
#[derive(Debug, Clone)]
pub struct LetGo {
    hash: u64,
    /// `None` if it is not what it was.
    again: OnceLock<Option<Box<str>>>,
}

impl LetGo {
    /// What stays of a text.
    pub(super) fn new(text: &str) -> Self {
        Self::of(hash::of(text))
    }

    /// What stays of a text that has this hash.
    pub(super) fn of(hash: u64) -> Self {
        Self { hash, again: OnceLock::new() }
    }

    /// Whether somebody asked for it, and it takes memory again.
    pub(super) fn is_held(&self) -> bool {
        matches!(self.again.get(), Some(Some(_)))
    }

    /// The hash of the text.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// Whether somebody asked for it and it was not what it was any more.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self.again.get(), Some(None))
    }
}

// By hand: whether somebody has asked for it again says nothing about the text.
impl PartialEq for LetGo {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for LetGo {}

impl Hash for LetGo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl Aside<dyn Reread> {
    /// A text that was let go; `None` if it is not what it was.
    pub(super) fn text<'t>(&self, path: &HandbookPath, text: &'t LetGo) -> Option<&'t str> {
        let read = || match self.0.as_ref()?.read(path)?.content {
            Content::Text(now) if hash::of(&now) == text.hash => Some(now.into()),
            _ => None,
        };
        text.again.get_or_init(read).as_deref()
    }
}
