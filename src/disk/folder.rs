//! A handbook's folder that is read more than once: what did not change is not read again.
//!
//! A file is taken to be the same if the disk says that it is the same file, as long, and written and changed when it
//! was. A disk's clock is coarse, so of a file that had just been written when it was read nothing is taken for granted:
//! it is read again until it has been quiet for a while.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::Error;
use super::discover::{Listing, read};
use crate::parallel;
use crate::path::HandbookPath;
use crate::source::{Content, SourceFile};

/// How long a file must have been quiet before its stamp is believed: the coarsest clock of a disk that is in use.
const COARSE: Duration = Duration::from_secs(2);

/// A handbook's folder, and what was read of it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    exclude: Vec<PathBuf>,
    seen: BTreeMap<HandbookPath, Seen>,
}

/// A file as it was read.
#[derive(Debug, Clone)]
struct Seen {
    /// Where the disk keeps it.
    file: PathBuf,
    /// `None` if it may have changed unnoticed.
    stamp: Option<Stamp>,
    source: Arc<SourceFile>,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
    /// When anything of the file changed, its name and its rights included, and which file it is.
    identity: (i64, i64, u64),
}

impl Folder {
    /// The folder `root` without the folders `exclude`, not read yet.
    pub fn new(root: &Path, exclude: &[PathBuf]) -> Self {
        Self { root: root.to_path_buf(), exclude: exclude.to_vec(), seen: BTreeMap::new() }
    }

    /// All files as they are now, ordered by path.
    ///
    /// # Errors
    /// As [`super::discover`]; what was read before is kept.
    pub fn read(&mut self) -> Result<Vec<Arc<SourceFile>>, Error> {
        let exclude: Vec<&Path> = self.exclude.iter().map(PathBuf::as_path).collect();
        let files: Vec<_> = Listing::of(&self.root, &exclude)?.files()?.into_iter().collect();
        let read = parallel::map(&files, |(path, file)| self.look(path, file));
        let mut seen = BTreeMap::new();
        for (known, (path, _)) in read.into_iter().zip(&files) {
            if let Some(known) = known? {
                seen.insert(path.clone(), known);
            }
        }
        self.seen = seen;
        Ok(self.sources())
    }

    /// All files, ordered by path, of which only `paths` may have changed since the last reading. `None` if others did:
    /// a file came or went, so that the whole folder has to be looked at.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn read_these(&mut self, paths: &[HandbookPath]) -> Result<Option<Vec<Arc<SourceFile>>>, Error> {
        for path in paths {
            let Some(known) = self.seen.get(path) else { return Ok(None) };
            let is_file = fs::symlink_metadata(&known.file).is_ok_and(|now| now.is_file());
            let file = known.file.clone();
            match self.look(path, &file)?.filter(|_| is_file) {
                Some(now) => drop(self.seen.insert(path.clone(), now)),
                None => return Ok(None),
            }
        }
        Ok(Some(self.sources()))
    }

    fn sources(&self) -> Vec<Arc<SourceFile>> {
        self.seen.values().map(|seen| Arc::clone(&seen.source)).collect()
    }

    /// A file as it is now, read only if it is not as it was; `None` if it is gone.
    fn look(&self, path: &HandbookPath, file: &Path) -> Result<Option<Seen>, Error> {
        // The stamp is older than what is read: what is written in between is seen the next time.
        let stamp = path.is_text().then(|| fs::metadata(file).ok()).flatten().and_then(|now| Stamp::of(&now));
        let known = self.seen.get(path).filter(|known| known.file == file);
        let same = |known: &&Seen| known.source.content == Content::Asset || stamp.is_some() && known.stamp == stamp;
        if let Some(known) = known.filter(same) {
            return Ok(Some(known.clone()));
        }
        let Some(source) = read(path.clone(), file)? else { return Ok(None) };
        // What was written with the same text again is nothing new.
        let source = match known {
            Some(known) if *known.source == source => Arc::clone(&known.source),
            _ => Arc::new(source),
        };
        Ok(Some(Seen { file: file.to_path_buf(), stamp: stamp.filter(Stamp::is_old), source }))
    }
}

impl Stamp {
    /// `None` where the disk does not say when a file was written.
    fn of(now: &Metadata) -> Option<Self> {
        Some(Self { modified: now.modified().ok()?, length: now.len(), identity: identity(now) })
    }

    /// Whether the file was quiet for so long that a change since would show.
    fn is_old(&self) -> bool {
        SystemTime::now().duration_since(self.modified).is_ok_and(|age| age > COARSE)
    }
}

#[cfg(unix)]
fn identity(file: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (file.ctime(), file.ctime_nsec(), file.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}
