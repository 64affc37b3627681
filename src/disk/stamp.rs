//! What tells one state of a file from another without reading it.
//!
//! A disk's clock is coarse: a second save within one tick of it leaves a file's times and its length as they were. So a
//! stamp is only to be believed once the file has been quiet for a while; whoever needs to know before that has to read.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::bytes::{Reader, Writer};

/// The longest tick of a clock that counts in parts of a millisecond, several times over, in nanoseconds.
pub(super) const FINE: i128 = 50_000_000;
/// The longest tick of any disk's clock, in nanoseconds.
pub(super) const COARSE: i128 = 2_000_000_000;
/// What only a clock that counts in parts of a millisecond leaves over.
const MILLISECOND: i128 = 1_000_000;

/// Whether the system says when anything about a file changed. The time of writing alone can be set by anybody.
pub(super) const TELLS_CHANGES: bool = cfg!(unix);

/// A state of a file: its length in bytes; when it was written; when anything about it changed, its name and its rights
/// included, both in nanoseconds; the disk, and the file's number on it. Zeros where the system does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stamp(pub(super) [u64; 5]);

impl Stamp {
    /// The stamp of what the disk says of a file.
    pub(super) fn of(file: &Metadata) -> Self {
        let written = file.modified().map_or(0, |written| nanoseconds(written) as u64);
        let (disk, number) = id(file);
        Self([file.len(), written, changed(file) as u64, disk, number])
    }

    /// The same of what the system says, asked without the library in between.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) fn of_system(file: &rustix::fs::Stat) -> Self {
        let at = |seconds: i64, part: i64| seconds.wrapping_mul(1_000_000_000).wrapping_add(part) as u64;
        #[expect(clippy::unnecessary_cast, reason = "these numbers are smaller on some systems")]
        Self([
            file.st_size as u64,
            at(file.st_mtime as i64, file.st_mtime_nsec as i64),
            at(file.st_ctime as i64, file.st_ctime_nsec as i64),
            file.st_dev as u64,
            file.st_ino as u64,
        ])
    }

    /// The disk that it is on.
    pub(super) fn disk(&self) -> u64 {
        self.0[3]
    }

    /// Writes it.
    pub(super) fn put(&self, out: &mut Writer) {
        self.0.iter().for_each(|number| out.number(*number));
    }

    /// Reads what was written.
    pub(super) fn take(rest: &mut Reader<'_>) -> Option<Self> {
        let mut stamp = [0; 5];
        for number in &mut stamp {
            *number = rest.number()?;
        }
        Some(Self(stamp))
    }

    /// The file's length in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.0[0]
    }

    /// Whether it is the stamp of the same file with the same contents as far as one can tell, which may have got or lost a
    /// name in between.
    pub(super) fn is_but_for_names(&self, other: &Self) -> bool {
        let named = |stamp: &Self| [stamp.0[0], stamp.0[1], stamp.0[3], stamp.0[4]];
        named(self) == named(other)
    }

    /// Whether the file may change once more without getting another stamp: it was touched a moment ago, or nobody knows.
    pub(super) fn is_fresh(&self) -> bool {
        self.is_fresh_at(nanoseconds(SystemTime::now()))
    }

    /// The same for whoever looks at it later than `now`.
    pub(super) fn is_fresh_at(&self, now: i128) -> bool {
        let [written, changed] = [self.0[1], self.0[2]].map(|time| i128::from(time as i64));
        let tick = if changed % MILLISECOND == 0 { COARSE } else { FINE };
        // A time yet to come says nothing.
        written == 0 || now - written.max(changed) <= tick
    }
}

/// A time in nanoseconds since 1970.
pub(super) fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

/// Which file or folder it is: the disk, and the number there.
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
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}
