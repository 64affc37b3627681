//! Pieces of work that a build leaves for the one after it, each a file of the cache.
//!
//! Each says at its end what it was made from, so it does not matter which build left it: one that came to nothing may have, and any
//! of them may be gone, spoilt, or come from a backup.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::cache_files::CacheFiles;
use super::drafts::Drafts;
use super::record::{put_reads, take_reads};
use crate::bytes::{Reader, Writer};
use crate::hash;
use crate::model::{Digests, Reads};
use crate::render::Stock;

/// What is said of a piece begins so. The number is that of the form.
const FIRST: &[u8] = b"journeybook part 6\n";

/// The pieces for one handbook that is built into one folder, seen from a build of it.
#[derive(Debug)]
pub(super) struct Pieces<'d> {
    files: &'d CacheFiles,
    /// What a build is made with besides the sources.
    desk: u64,
    /// What the sources came to.
    digests: &'d Digests,
    /// What they are made of.
    drafts: &'d Drafts,
    /// The files that this build has asked for or made.
    used: Mutex<BTreeSet<PathBuf>>,
}

impl<'d> Pieces<'d> {
    /// The pieces among the files of a cache.
    pub(super) fn new(files: &'d CacheFiles, desk: u64, digests: &'d Digests, drafts: &'d Drafts) -> Self {
        Self { files, desk, digests, drafts, used: Mutex::default() }
    }

    /// The files that this build has asked for or made: all others are of no use.
    pub(super) fn into_used(self) -> BTreeSet<PathBuf> {
        self.used.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, name: &str) -> PathBuf {
        let file = self.files.piece(name);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone());
        file
    }
}

impl Stock for Pieces<'_> {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.file(name)).ok()?;
        let (rest, length) = bytes.split_last_chunk::<8>()?;
        let end = rest.len().checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (work, said) = rest.split_at(end);
        let mut said = Reader::unsealed(said, FIRST)?;
        let (of, sum, desk, came_to) = (said.text()?, said.number()?, said.number()?, said.number()?);
        // Whoever moves files about may have put another piece in its place.
        if of != name {
            return None;
        }
        let reads = take_reads(&mut said)??;
        let same =
            sum == hash::of_bytes(work) && desk == self.desk && came_to == self.digests.of(&reads) && said.is_empty();
        // Some are large, and copied nowhere.
        bytes.truncate(end);
        same.then_some(bytes)
    }

    fn keep(&self, name: &str, reads: &Reads, bytes: &[u8]) {
        // What was made of what was lost is of no use to anybody.
        if !self.drafts.are_whole() {
            return;
        }
        let reads = &self.digests.placed(reads.clone());
        let mut said = Writer::new(FIRST);
        said.text(name);
        said.number(hash::of_bytes(bytes));
        said.number(self.desk);
        said.number(self.digests.of(reads));
        put_reads(&mut said, Some(reads));
        let said = said.sealed();
        // Nobody is to wait for a cache, or to hear of it.
        let _ = self.files.store(&self.file(name), &[bytes, &said, &(said.len() as u64).to_le_bytes()]);
    }
}

#[cfg(test)]
mod tests {
    //! Every way of spoiling a piece is more than a test from outside has time for.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    #[test]
    fn a_piece_comes_back_while_what_was_read_for_it_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let names = vec![11, 12, 13, 14, 15];
        let digests = |frame, nouns: [u64; 5]| {
            let (nouns, names) = (nouns.to_vec(), names.clone());
            Digests { frame, nouns, names, ..Digests::default() }
        };
        let (reads, was) = (Reads::from_runs(vec![(1, 2), (3, 5)]).unwrap(), digests(7, [1, 2, 3, 4, 5]));
        let files = CacheFiles::of(folder.path().to_path_buf(), 0);
        let drafts = Drafts::new(files.drafts(), files.unfinished_drafts(), 0);
        let at = |desk, digests: &Digests| Pieces::new(&files, desk, digests, &drafts).take("a-0");
        assert_eq!(at(3, &was), None);
        let pieces = Pieces::new(&files, 3, &was, &drafts);
        pieces.keep("a-0", &reads, b"work");
        assert_eq!(pieces.take("a-1"), None);
        assert_eq!(at(3, &was).unwrap(), b"work");
        assert_eq!(at(3, &digests(7, [9, 2, 9, 4, 5])).unwrap(), b"work", "what was not read may be otherwise");
        for other in [digests(8, [1, 2, 3, 4, 5]), digests(7, [1, 9, 3, 4, 5]), digests(7, [1, 2, 3, 4, 9])] {
            assert_eq!(at(3, &other), None, "{other:?}");
        }
        assert_eq!(at(4, &was), None, "another desk");
        fs::rename(files.piece("a-0"), files.piece("a-1")).unwrap();
        assert_eq!(pieces.take("a-1"), None, "another piece in its place");
        pieces.keep("a-0", &reads, b"work");
        let more = |names| Digests { frame: 7, nouns: vec![1, 2, 3, 4, 5, 6], names, ..Digests::default() };
        assert_eq!(at(3, &more(vec![11, 12, 13, 14, 15, 16])).unwrap(), b"work", "one came that was not read");
        assert_eq!(at(3, &more(vec![11, 19, 13, 14, 15, 16])), None, "another noun of the same figures");
        crate::source::Shelf::lose(&drafts);
        pieces.keep("a-2", &reads, b"work");
        assert_eq!(pieces.take("a-2"), None, "made of what was lost");
        let used = pieces.into_used();
        assert_eq!(used.len(), 3, "{used:?}");
    }

    #[test]
    fn a_spoilt_piece_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let was = Digests { frame: 7, nouns: vec![1, 2, 3], names: vec![4, 5, 6], ..Digests::default() };
        let files = CacheFiles::of(folder.path().to_path_buf(), 0);
        let drafts = Drafts::new(files.drafts(), files.unfinished_drafts(), 0);
        let pieces = Pieces::new(&files, 3, &was, &drafts);
        pieces.keep("a", &Reads::from_runs(vec![(0, 2)]).unwrap(), b"work of some length");
        let file = pieces.file("a");
        let bytes = fs::read(&file).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut spoilt = bytes.clone();
            spoilt[bit / 8] ^= 1 << (bit % 8);
            fs::write(&file, spoilt).unwrap();
            assert_eq!(pieces.take("a"), None, "bit {bit}");
        }
        for length in 0..bytes.len() {
            fs::write(&file, &bytes[..length]).unwrap();
            assert_eq!(pieces.take("a"), None, "cut after {length} bytes");
        }
    }
}
