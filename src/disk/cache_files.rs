//! The files of the cache: where they lie, what they are called, and which of them are cleared away.
//!
//! The name of each begins with sixteen digits that stand for a handbook and its output folder. Nothing else in the folder is
//! ours.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The variable that names the folder of the cache; if it is empty there is none.
const CACHE: &str = "JOURNEYBOOK_CACHE";

/// How long a record is kept that nobody asks for.
const LONGEST: Duration = Duration::from_secs(60 * 24 * 3600);
/// How long a build may take: what one has not finished by then, none will.
const LONGEST_BUILD: Duration = Duration::from_secs(24 * 3600);
/// How many bytes all files may have together; of more, those go that were not asked for the longest.
const LARGEST: u64 = 256 << 20;
/// What a record ends with.
const RECORD: &str = ".journeybook-record";
/// What drafts end with.
const DRAFTS: &str = ".journeybook-drafts";
/// What a piece ends with.
const PIECE: &str = ".journeybook-part";
/// What they end with that were not finished.
const UNFINISHED: &str = ".journeybook-record-new";
/// How many digits a name begins with.
const DIGITS: usize = 16;

/// The folder of the cache: the one that `JOURNEYBOOK_CACHE` names, or where the system wants such things. `None` if there
/// is to be none.
pub fn cache_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    match std::env::var_os(CACHE) {
        Some(own) if own == OsString::new() => return None,
        Some(own) => return std::path::absolute(own).ok(),
        None => {}
    }
    let home = || named("HOME").filter(|home| home.is_absolute());
    let base = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").filter(|base| base.is_absolute()).or_else(|| home().map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("journeybook"))
}

/// Makes the folder of the cache, if it is not there.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        // It quotes the handbook.
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// The files for one handbook that is built into one folder.
#[derive(Debug)]
pub(super) struct CacheFiles {
    folder: PathBuf,
    /// What their names begin with.
    digits: String,
}

impl CacheFiles {
    /// The files in a folder whose names begin with a number.
    pub(super) fn of(folder: PathBuf, number: u64) -> Self {
        Self { folder, digits: format!("{number:0DIGITS$x}") }
    }

    /// The record.
    pub(super) fn record(&self) -> PathBuf {
        self.file(RECORD)
    }

    /// The drafts.
    pub(super) fn drafts(&self) -> PathBuf {
        self.file(DRAFTS)
    }

    /// Where new drafts grow.
    pub(super) fn unfinished_drafts(&self) -> PathBuf {
        self.file(&format!(".{}-drafts{UNFINISHED}", std::process::id()))
    }

    /// The piece of this name.
    pub(super) fn piece(&self, name: &str) -> PathBuf {
        self.file(&format!(".{name}{PIECE}"))
    }

    fn file(&self, rest: &str) -> PathBuf {
        self.folder.join(format!("{}{rest}", self.digits))
    }

    /// Puts bytes into one of the files, one after the other, and all of them at once.
    pub(super) fn store(&self, file: &Path, bytes: &[&[u8]]) -> io::Result<()> {
        make_folder(&self.folder)?;
        let new = file.with_extension(format!("{}{UNFINISHED}", std::process::id()));
        let write = |mut file: File| bytes.iter().try_for_each(|bytes| file.write_all(bytes));
        File::create(&new)
            .and_then(write)
            .and_then(|()| fs::rename(&new, file))
            .inspect_err(|_| drop(fs::remove_file(&new)))
    }

    /// Deletes all pieces but these; and of the whole folder what builds left unfinished, the files that nobody has asked for in
    /// a long time, and the oldest if all together are too large, always all that belong to one handbook.
    pub(super) fn prune(&self, pieces: &BTreeSet<PathBuf>) -> io::Result<()> {
        let mut all: BTreeMap<String, Group> = BTreeMap::new();
        for entry in fs::read_dir(&self.folder)?.filter_map(Result::ok) {
            let (path, metadata) = (entry.path(), entry.metadata()?);
            let name = entry.file_name();
            let Some((digits, kind)) = name.to_str().and_then(kind).filter(|_| metadata.is_file()) else { continue };
            let asked = metadata.modified()?;
            let useless = match kind {
                Kind::Whole => false,
                Kind::Piece => digits == self.digits && !pieces.contains(&path),
                Kind::Unfinished => is_older(asked, LONGEST_BUILD),
            };
            if useless {
                let _ = fs::remove_file(path);
            } else if kind != Kind::Unfinished {
                all.entry(digits.to_owned()).or_default().add(path, asked, metadata.len());
            }
        }
        let mut all: Vec<Group> = all.into_values().collect();
        all.sort_unstable_by_key(|group| std::cmp::Reverse(group.asked));
        let mut bytes = 0;
        for group in all {
            bytes += group.bytes;
            if bytes > LARGEST || group.asked.is_some_and(|asked| is_older(asked, LONGEST)) {
                // Another build may have been quicker.
                group.files.into_iter().for_each(|file| drop(fs::remove_file(file)));
            }
        }
        Ok(())
    }
}

/// The files that belong to one handbook.
#[derive(Default)]
struct Group {
    files: Vec<PathBuf>,
    bytes: u64,
    /// When somebody asked for one of them last.
    asked: Option<SystemTime>,
}

impl Group {
    fn add(&mut self, file: PathBuf, asked: SystemTime, bytes: u64) {
        self.files.push(file);
        self.bytes += bytes;
        self.asked = self.asked.max(Some(asked));
    }
}

/// What a file of the cache is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A record, or drafts.
    Whole,
    Piece,
    /// What a build is writing, or was when it was killed.
    Unfinished,
}

/// The digits that a file's name begins with, and what it is; `None` if it is not of the cache.
fn kind(name: &str) -> Option<(&str, Kind)> {
    let (digits, rest) = name.split_at_checked(DIGITS)?;
    let ends = |ending: &str| rest.starts_with('.') && rest.ends_with(ending);
    let kind = if [RECORD, DRAFTS].contains(&rest) {
        Kind::Whole
    } else if ends(PIECE) {
        Kind::Piece
    } else {
        ends(UNFINISHED).then_some(Kind::Unfinished)?
    };
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some((digits, kind))
}

fn is_older(time: SystemTime, age: Duration) -> bool {
    SystemTime::now().duration_since(time).is_ok_and(|since| since > age)
}

#[cfg(test)]
mod tests {
    //! Ages of days are nothing that a test from outside can bring about.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    #[test]
    fn what_is_old_or_of_no_use_goes_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let files = CacheFiles::of(folder.path().to_path_buf(), 7);
        let days = |days: u64| SystemTime::now() - Duration::from_secs(days * 24 * 3600);
        let put = |file: &Path, age| {
            fs::write(file, "a").unwrap();
            File::options().append(true).open(file).unwrap().set_modified(days(age)).unwrap();
        };
        let other = CacheFiles::of(folder.path().to_path_buf(), 8);
        let old = CacheFiles::of(folder.path().to_path_buf(), 9);
        let (used, theirs) = (files.piece("a-0"), folder.path().join("notes.journeybook-part"));
        let stay = [files.record(), files.drafts(), used.clone(), other.record(), other.piece("a-0"), theirs];
        let go = [files.piece("a-1"), old.record(), old.piece("a-0"), old.drafts()];
        stay.iter().for_each(|file| put(file, 1));
        go.iter().for_each(|file| put(file, 61));
        put(&other.drafts(), 61);
        put(&files.unfinished_drafts(), 0);
        put(&old.unfinished_drafts(), 2);
        files.prune(&BTreeSet::from([used])).unwrap();
        let there = |file: &PathBuf| file.exists();
        assert!(stay.iter().all(there) && !go.iter().any(there));
        assert!(other.drafts().exists(), "its record was asked for");
        assert!(files.unfinished_drafts().exists() && !old.unfinished_drafts().exists());
    }
}
