//! A handbook's folder that is read more than once: what did not change is not read again.
//!
//! A file is taken to be the same if its stamp is. Of a file that had just been written when it was read nothing is taken for
//! granted: it is read again until it has been quiet for a while.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use super::discover::{Listing, read};
use super::stamp::Stamp;
use crate::parallel;
use crate::path::HandbookPath;
use crate::source::{Content, SourceFile};

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
        let files = Listing::of(&self.root, &exclude)?.files()?;
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
            let file = known.file.clone();
            // What took a file's place is not opened: a pipe would keep us waiting.
            if !fs::symlink_metadata(&file).is_ok_and(|now| now.is_file()) {
                return Ok(None);
            }
            match self.look(path, &file)? {
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
        let stamp = path.is_text().then(|| fs::metadata(file).ok()).flatten().map(|now| Stamp::of(&now));
        let known = self.seen.get(path).filter(|known| known.file == file);
        let same = |known: &&Seen| known.source.content == Content::Asset || stamp.is_some() && known.stamp == stamp;
        if let Some(known) = known.filter(same) {
            return Ok(Some(known.clone()));
        }
        let Some((source, _)) = read(path.clone(), file)? else { return Ok(None) };
        // What was written with the same text again is nothing new.
        let source = match known {
            Some(known) if *known.source == source => Arc::clone(&known.source),
            _ => Arc::new(source),
        };
        Ok(Some(Seen { file: file.to_path_buf(), stamp: stamp.filter(|stamp| !stamp.is_fresh()), source }))
    }
}
