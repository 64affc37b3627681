//! The texts of a handbook that need not be read again, as their stamps tell that they are what they were.
//!
//! Nobody but the system sets the time at which anything about a file changed, so a file with the stamp that it had when it was
//! read holds what was read then, if it had been quiet for a while by then; the index of git rests on the same. Where there is any
//! doubt texts are read: on disks of which we do not know that they keep this time, and if the clock went back. Only what a program
//! writes into a shared mapping of a file, as no editor does, may leave no time behind; a build without a cache reads it.

use std::path::Path;
use std::time::SystemTime;

use super::mount;
use super::stamp::{Stamp, nanoseconds};
use crate::bytes::{Reader, Writer};
use crate::path::HandbookPath;
use crate::source::Sources;

/// Texts that were read, each with its stamp and its hash, ordered by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// When the first of them was read, in nanoseconds.
    since: u64,
    known: Vec<(Box<str>, Stamp, u64)>,
}

/// Who decides which texts are read, and notes how those look that were.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    /// The disk that the handbook is on, if stamps on it can be believed.
    disk: Option<u64>,
    now: i128,
    known: &'t [(Box<str>, Stamp, u64)],
}

impl<'t> Reading<'t> {
    /// A reading of the handbook in `root` that begins now, after one that noted `texts`.
    pub(super) fn of(root: &Path, texts: Option<&'t Texts>) -> Self {
        let now = nanoseconds(SystemTime::now());
        let disk = mount::keeps_changes(root).then(|| std::fs::metadata(root).ok()).flatten();
        let disk = disk.map(|root| Stamp::of(&root).disk());
        let texts = texts.filter(|texts| disk.is_some() && i128::from(texts.since) <= now);
        Self { disk, now, known: texts.map_or(&[], |texts| &texts.known) }
    }

    /// Whether any text may be known.
    pub(super) fn knows_any(&self) -> bool {
        !self.known.is_empty()
    }

    /// The hash of the text in a file that looks so; `None` if it has to be read.
    pub(super) fn hash(&self, path: &HandbookPath, stamp: &Stamp) -> Option<u64> {
        let at = self.known.binary_search_by(|(known, ..)| (**known).cmp(path.as_str())).ok()?;
        let (_, was, hash) = &self.known[at];
        (was == stamp).then_some(*hash)
    }

    /// Whether a later reading may believe a stamp.
    pub(super) fn believes(&self, stamp: &Stamp) -> bool {
        self.disk == Some(stamp.disk()) && !stamp.is_fresh_at(self.now)
    }

    /// What is to be known later: the texts with these stamps among the sources.
    pub(super) fn texts(&self, sources: &Sources, mut stamps: Vec<(HandbookPath, Stamp)>) -> Texts {
        stamps.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let mut stamps = stamps.into_iter().peekable();
        let known = sources.iter().filter_map(|(_, file)| {
            while stamps.next_if(|(path, _)| *path < file.path).is_some() {}
            let (_, stamp) = stamps.next_if(|(path, _)| *path == file.path)?;
            Some((file.path.as_str().into(), stamp, file.content.hash_of_text()?))
        });
        Texts { since: self.now as u64, known: known.collect() }
    }
}

impl Texts {
    /// How many bytes they take at most.
    pub(super) fn room(&self) -> usize {
        self.known.iter().map(|(path, ..)| path.len() + 56).sum()
    }

    /// Writes them.
    pub(super) fn put(&self, out: &mut Writer) {
        out.number(self.since);
        out.small(self.known.len() as u32);
        for (path, stamp, hash) in &self.known {
            out.text(path);
            stamp.put(out);
            out.number(*hash);
        }
    }

    /// Reads what was written; `None` if it is nothing of the kind.
    pub(super) fn take(rest: &mut Reader<'_>) -> Option<Self> {
        let (since, count) = (rest.number()?, rest.count()?);
        let mut known = Vec::with_capacity(count);
        for _ in 0..count {
            known.push((rest.text()?.into(), Stamp::take(rest)?, rest.number()?));
        }
        known.is_sorted_by(|(one, ..), (next, ..)| one < next).then_some(Self { since, known })
    }
}
