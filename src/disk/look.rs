//! How a file looks, so that a later build can tell whether it is still the same without reading it.
//!
//! A disk's clock is coarse: a file written twice within one tick of it looks the same after both. Of a file that was touched
//! a moment before the look, what is in it is remembered as well. Where the system does not say when a file was last
//! changed in any way (its time of writing alone can be set by anybody), that is done of every file.

use std::fs::{self, File, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The longest tick of a clock that counts in parts of a millisecond, several times over, in nanoseconds.
const FINE: i128 = 50_000_000;
/// The longest tick of any disk's clock, in nanoseconds.
const COARSE: i128 = 2_000_000_000;
/// What only a clock that counts in parts of a millisecond leaves over.
const MILLISECOND: i128 = 1_000_000;

/// How a file looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Its length in bytes; when it was written; when anything about it changed, in nanoseconds; the disk and the number of
    /// the file on it.
    pub(super) stamp: [u64; 5],
    /// What is in it, where its stamp alone does not tell; 0 where it does.
    pub(super) hash: u64,
}

impl Look {
    /// Looks at a file, and through a link to one if `follow` says so. With `closely`, what is in it is remembered in any case.
    ///
    /// # Errors
    /// If there is no file, or it cannot be read.
    pub(super) fn at(file: &Path, follow: bool, closely: bool) -> io::Result<Self> {
        let now = nanoseconds(SystemTime::now());
        let metadata = metadata(file, follow)?;
        let hash = if closely || is_fresh(&metadata, now) { hash(file)? } else { 0 };
        Ok(Self { stamp: stamp(&metadata), hash })
    }

    /// Whether a file is as it was at this look.
    pub(super) fn is_of(&self, file: &Path, follow: bool) -> bool {
        let same = metadata(file, follow).is_ok_and(|metadata| stamp(&metadata) == self.stamp);
        same && (self.hash == 0 || hash(file).is_ok_and(|hash| hash == self.hash))
    }
}

/// Tells one state of a file from another, as far as anything but its contents does.
///
/// # Errors
/// If there is no file.
pub(super) fn stamp_of(file: &Path) -> io::Result<[u64; 5]> {
    metadata(file, true).map(|metadata| stamp(&metadata))
}

fn metadata(file: &Path, follow: bool) -> io::Result<Metadata> {
    let metadata = if follow { fs::metadata(file)? } else { fs::symlink_metadata(file)? };
    if metadata.is_file() { Ok(metadata) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// What is in a file; never 0.
fn hash(file: &Path) -> io::Result<u64> {
    let mut file = File::open(file)?;
    let mut hasher = DefaultHasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish().max(1)),
            count => hasher.write(&buffer[..count]),
        }
    }
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

#[cfg(unix)]
fn stamp(file: &Metadata) -> [u64; 5] {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, rest: i64| seconds.wrapping_mul(1_000_000_000).wrapping_add(rest) as u64;
    let (written, changed) = (time(file.mtime(), file.mtime_nsec()), time(file.ctime(), file.ctime_nsec()));
    [file.len(), written, changed, file.dev(), file.ino()]
}

#[cfg(unix)]
fn is_fresh(file: &Metadata, now: i128) -> bool {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let (written, changed) = (time(file.mtime(), file.mtime_nsec()), time(file.ctime(), file.ctime_nsec()));
    let tick = if changed % MILLISECOND == 0 { COARSE } else { FINE };
    now - written.max(changed) < tick
}

#[cfg(not(unix))]
fn stamp(file: &Metadata) -> [u64; 5] {
    [file.len(), file.modified().map_or(0, |written| nanoseconds(written) as u64), 0, 0, 0]
}

#[cfg(not(unix))]
fn is_fresh(_: &Metadata, _: i128) -> bool {
    true
}

#[cfg(test)]
mod tests {
    //! A test from outside cannot be quick enough to write twice within a tick.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

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

    #[cfg(unix)]
    #[test]
    fn what_is_long_unchanged_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "A").unwrap();
        assert_ne!(Look::at(&file, false, false).unwrap().hash, 0);
        std::thread::sleep(std::time::Duration::from_nanos(COARSE as u64));
        assert_eq!(Look::at(&file, false, false).unwrap().hash, 0);
        assert_ne!(Look::at(&file, false, true).unwrap().hash, 0, "unless it is looked at closely");
    }
}
