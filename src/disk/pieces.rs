//! Pieces of work that a build leaves for the one after it, each a file of the cache.
//!
//! Each says itself what it was made from, so it does not matter which build left it: one that came to nothing may have, and any
//! of them may be gone, spoilt, or come from a backup.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::cache_files::CacheFiles;
use super::record::{put_reads, take_reads};
use crate::bytes::{Reader, Writer};
use crate::model::{Digests, Reads};
use crate::render::Stock;

/// Their first bytes. The number is that of the form.
const FIRST: &[u8] = b"journeybook part 2\n";

/// The pieces for one handbook that is built into one folder, seen from a build of it.
#[derive(Debug)]
pub(super) struct Pieces<'d> {
    files: &'d CacheFiles,
    /// What a build is made with besides the sources.
    desk: u64,
    /// What the sources came to.
    digests: &'d Digests,
    /// The files that this build has asked for or made.
    used: Mutex<BTreeSet<PathBuf>>,
}

impl<'d> Pieces<'d> {
    /// The pieces among the files of a cache.
    pub(super) fn new(files: &'d CacheFiles, desk: u64, digests: &'d Digests) -> Self {
        Self { files, desk, digests, used: Mutex::default() }
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
        let bytes = fs::read(self.file(name)).ok()?;
        let mut rest = Reader::unsealed(&bytes, FIRST)?;
        let (desk, came_to) = (rest.number()?, rest.number()?);
        let reads = take_reads(&mut rest)??;
        (desk == self.desk && came_to == self.digests.of(&reads)).then(|| rest.left().to_vec())
    }

    fn keep(&self, name: &str, reads: &Reads, bytes: &[u8]) {
        let mut out = Writer::new(FIRST);
        out.number(self.desk);
        out.number(self.digests.of(reads));
        put_reads(&mut out, Some(reads));
        out.bytes(bytes);
        // Nobody is to wait for a cache, or to hear of it.
        let _ = self.files.store(&self.file(name), &out.sealed());
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
        let digests = |frame, nouns: [u64; 5]| Digests { frame, nouns: nouns.to_vec(), origins: Vec::new() };
        let (reads, was) = (Reads::from_runs(vec![(1, 2), (3, 5)]).unwrap(), digests(7, [1, 2, 3, 4, 5]));
        let files = CacheFiles::of(folder.path().to_path_buf(), 0);
        let at = |desk, digests: &Digests| Pieces::new(&files, desk, digests).take("a-0");
        assert_eq!(at(3, &was), None);
        let pieces = Pieces::new(&files, 3, &was);
        pieces.keep("a-0", &reads, b"work");
        assert_eq!(pieces.take("a-1"), None);
        assert_eq!(at(3, &was).unwrap(), b"work");
        assert_eq!(at(3, &digests(7, [9, 2, 9, 4, 5])).unwrap(), b"work", "what was not read may be otherwise");
        for other in [digests(8, [1, 2, 3, 4, 5]), digests(7, [1, 9, 3, 4, 5]), digests(7, [1, 2, 3, 4, 9])] {
            assert_eq!(at(3, &other), None, "{other:?}");
        }
        assert_eq!(at(4, &was), None, "another desk");
        let more = Digests { frame: 7, nouns: vec![1, 2, 3, 4, 5, 6], origins: Vec::new() };
        assert_eq!(at(3, &more), None, "nouns have other numbers");
        let used = pieces.into_used();
        assert_eq!(used.len(), 2, "{used:?}");
    }

    #[test]
    fn a_spoilt_piece_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let was = Digests { frame: 7, nouns: vec![1, 2, 3], origins: Vec::new() };
        let files = CacheFiles::of(folder.path().to_path_buf(), 0);
        let pieces = Pieces::new(&files, 3, &was);
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
