//! What changed and when: the commits that touched a handbook, as plain data.
//!
//! An input of a build beside the texts and the day, so that the same sources give the same site. Who reads it, and
//! from where, is the disk's business; a handbook that lies in no repository has none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::path::HandbookPath;

/// The newest commits that touched a handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct History {
    /// Newest first; never empty in a history that was read.
    pub commits: Vec<Commit>,
    /// The day each file that is there now was last touched; files that no commit at hand touched are not in it.
    pub last: BTreeMap<HandbookPath, Date>,
    /// Whether older commits may be missing: a shallow clone, or more commits than are read.
    pub cut: bool,
}

/// A commit that touched the handbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Commit {
    /// The beginning of its id, such as `27d67d8`.
    pub id: String,
    /// The day it was committed, where the committer was.
    pub day: Date,
    /// Who wrote it; may be empty.
    pub author: String,
    /// Its first line; may be empty.
    pub subject: String,
    /// What it touched, ordered by path; at least one.
    pub touched: Vec<Touch>,
}

/// What a commit did to a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Touch {
    /// Where the file is, or was before it was deleted: a file renamed since stands under its present path.
    pub path: HandbookPath,
    /// What was done.
    pub what: Done,
    /// The text before; `None` if there was none, or if it is not at hand.
    pub old: Option<Arc<str>>,
    /// The text after; `None` if there is none, or if it is not at hand.
    pub new: Option<Arc<str>>,
}

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Done {
    /// It was made.
    Added,
    /// Its text changed.
    Changed,
    /// It got another name, and perhaps another text.
    Renamed,
    /// It was deleted.
    Deleted,
}

impl History {
    /// The day a file was last touched; `None` if no commit at hand touched it.
    pub fn last_touched(&self, path: &HandbookPath) -> Option<Date> {
        self.last.get(path).copied()
    }
}
