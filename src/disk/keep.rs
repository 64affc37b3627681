//! What a build may leave as it lies there: files that would be made of what they were made of, and that nobody has touched.

use std::path::Path;

use super::record::{Kept, Record};
use crate::model::{Digests, Reads};
use crate::path::SitePath;
use crate::render::Things;

/// What an earlier build left, seen from one that follows it.
#[derive(Debug)]
pub(super) struct Keep<'r> {
    /// Ordered by path.
    files: &'r [Kept],
    /// The numbers of the nouns that are not what they were, in order.
    changed: Vec<u32>,
}

impl<'r> Keep<'r> {
    /// What a build of a site that rests on `digests` may keep after the one that left a record; `None` if nothing.
    pub(super) fn of(record: &'r Record, digests: &Digests) -> Option<Self> {
        Some(Self { files: &record.files, changed: digests.changes(&record.digests)? })
    }

    /// What is known of each of these files of the site, which are in order.
    pub(super) fn known(&self, paths: &[SitePath]) -> Vec<Option<&'r Kept>> {
        let mut files = self.files.iter().peekable();
        let known = |path: &SitePath| {
            while files.next_if(|file| file.path < *path).is_some() {}
            files.next_if(|file| file.path == *path)
        };
        paths.iter().map(known).collect()
    }

    /// A file of the site that is known, if it would be made of the same, but for its layout.
    pub(super) fn alike(&self, file: &'r Kept) -> Option<&'r Kept> {
        Some(file).filter(|file| file.reads.as_ref().is_some_and(|reads| self.is_same(reads)))
    }

    /// The things of a file of the site, which stands at `old`, if nobody has touched it.
    pub(super) fn things(&self, path: &SitePath, old: &Path) -> Option<&'r Things> {
        let file = self.at(path).filter(|file| file.look.is_of(old, false))?;
        file.things.as_deref()
    }

    /// Whether nothing that was read is otherwise now.
    pub(super) fn is_same(&self, reads: &Reads) -> bool {
        !reads.meet(&self.changed)
    }

    fn at(&self, path: &SitePath) -> Option<&'r Kept> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok().map(|at| &self.files[at])
    }
}
