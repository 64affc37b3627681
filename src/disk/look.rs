//! How a file looks, so that a later look can tell whether it is still the same, as a rule without reading it.
//!
//! Of a file that was touched a moment before the look its stamp says nothing for certain, so what is in it is remembered too.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

/// How a file looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Its state, as far as anything but its contents tells.
    pub(super) stamp: Stamp,
    /// What is in it, where its stamp alone does not tell.
    pub(super) hash: Option<u64>,
}

impl Look {
    /// Looks at a file, and through a link to one if `follow` says so. With `closely`, what is in it is remembered in any case.
    ///
    /// # Errors
    /// If there is no file, or it cannot be read.
    pub(super) fn at(file: &Path, follow: bool, closely: bool) -> io::Result<Self> {
        let stamp = stamp(file, follow)?;
        let hash = if closely || stamp.is_fresh() { Some(hash(file)?) } else { None };
        Ok(Self { stamp, hash })
    }

    /// Whether a file is as it was at this look.
    pub(super) fn is_of(&self, file: &Path, follow: bool) -> bool {
        self.is_still(stamp(file, follow).ok(), || file.to_path_buf())
    }

    /// Whether a file with this stamp is as it was at this look; asks for the file, and reads it, only if the stamp does not tell.
    pub(super) fn is_still(&self, stamp: Option<Stamp>, file: impl FnOnce() -> PathBuf) -> bool {
        stamp == Some(self.stamp) && self.hash.is_none_or(|was| hash(&file()).is_ok_and(|is| is == was))
    }

    /// Whether a later look at the same file shows the same contents; asks for the file, and reads it, only if the looks do
    /// not tell.
    pub(super) fn is(&self, later: &Self, file: impl FnOnce() -> PathBuf) -> bool {
        self.stamp == later.stamp
            && match (self.hash, later.hash) {
                (None, _) => true,
                (Some(was), Some(is)) => was == is,
                // It was fresh then: it may have been written once more, in the same moment.
                (Some(was), None) => hash(&file()).is_ok_and(|is| is == was),
            }
    }
}

/// The stamp of a file.
///
/// # Errors
/// If there is no file.
pub(super) fn stamp(file: &Path, follow: bool) -> io::Result<Stamp> {
    let metadata = if follow { fs::metadata(file)? } else { fs::symlink_metadata(file)? };
    if metadata.is_file() { Ok(Stamp::of(&metadata)) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// What is in a file, in short.
fn hash(file: &Path) -> io::Result<u64> {
    let mut file = File::open(file)?;
    let mut hasher = DefaultHasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            count => hasher.write(&buffer[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    //! A test from outside cannot be quick enough to write twice within a tick.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::super::stamp::COARSE;
    use super::*;

    #[test]
    fn a_change_within_a_tick_of_the_clock_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        for turn in 0..200_u32 {
            fs::write(&file, turn.to_be_bytes()).unwrap();
            let written = fs::metadata(&file).unwrap().modified().unwrap();
            let look = Look::at(&file, false, false).unwrap();
            assert!(look.is_of(&file, false));
            fs::write(&file, (turn + 1).to_be_bytes()).unwrap();
            File::options().append(true).open(&file).unwrap().set_modified(written).unwrap();
            assert!(!look.is_of(&file, false), "turn {turn}");
        }
    }

    #[test]
    fn what_is_long_unchanged_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "A").unwrap();
        assert_ne!(Look::at(&file, false, false).unwrap().hash, None);
        std::thread::sleep(std::time::Duration::from_nanos(COARSE as u64 + 1));
        assert_eq!(Look::at(&file, false, false).unwrap().hash, None);
        assert_ne!(Look::at(&file, false, true).unwrap().hash, None, "unless it is looked at closely");
    }
}
