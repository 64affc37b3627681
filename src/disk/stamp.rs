//! What tells one state of a file from another without reading it.
//!
//! A disk's clock is coarse: a second save within one tick of it leaves a file's times and its length as they were. So a
//! stamp is only to be believed once the file has been quiet for a while; whoever needs to know before that has to read.

use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How long a file must have been quiet: some file systems count in steps of two seconds.
const COARSE: Duration = Duration::from_secs(2);

/// A state of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Its length in bytes.
    pub(super) bytes: u64,
    /// When it was written; `None` where the disk does not say.
    written: Option<SystemTime>,
    /// Which file it is, by the disk and by its number there; zeros where the system does not tell.
    id: (u64, u64),
    /// When anything about it changed, its name and its rights included, in seconds and nanoseconds; zeros likewise.
    touched: (i64, i64),
}

impl Stamp {
    /// The stamp of what the disk says of a file.
    pub(super) fn of(file: &Metadata) -> Self {
        Self { bytes: file.len(), written: file.modified().ok(), id: id(file), touched: touched(file) }
    }

    /// Whether the file may change once more without getting another stamp: it was touched a moment ago, or nobody knows.
    pub(super) fn is_fresh(&self) -> bool {
        let now = SystemTime::now();
        // A time yet to come says nothing.
        let fresh = |time: SystemTime| now.duration_since(time).map_or(true, |age| age <= COARSE);
        let touched = u64::try_from(self.touched.0).ok().map(|at| SystemTime::UNIX_EPOCH + Duration::from_secs(at));
        self.written.is_none_or(fresh) || touched.is_some_and(fresh)
    }
}

/// What is in a file, in short.
pub(super) fn hash(file: &Path) -> io::Result<u64> {
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

/// Which file or folder it is; zeros where the system does not tell.
#[cfg(unix)]
pub(super) fn id(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
pub(super) fn id(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(unix)]
fn touched(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn touched(_: &Metadata) -> (i64, i64) {
    (0, 0)
}
