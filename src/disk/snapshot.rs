//! How the files of a folder look without reading them: what changed is found by comparing two looks.
//!
//! Of a file that was touched a moment before the look its stamp says nothing for certain, so what is in it is remembered too.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::look::Look;
use super::stamp::id;
use super::{MANIFEST, handbook_path, is_left_out};
use crate::path::HandbookPath;

/// A folder by its true path, and which one it is: another one that takes its place is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path, free of links.
    pub path: PathBuf,
    id: (u64, u64),
}

impl Place {
    /// The folder that a path leads to; `None` while there is none.
    pub fn of(root: &Path) -> Option<Self> {
        let path = fs::canonicalize(root).ok()?;
        let metadata = fs::metadata(&path).ok().filter(Metadata::is_dir)?;
        Some(Self { path, id: id(&metadata) })
    }
}

/// Whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// How all files of a handbook look.
#[derive(Debug, Default)]
pub struct Snapshot {
    files: BTreeMap<HandbookPath, Look>,
    /// Whether some of them are links: what they lead to may change elsewhere.
    linked: bool,
}

impl Snapshot {
    /// Looks at every file below `home`, but for what lies in the folders `excluded`, relative to it, and for what is never
    /// part of a handbook. Empty if there is no such folder.
    pub fn of(home: &Path, excluded: &[PathBuf]) -> Self {
        let mut snapshot = Self::default();
        let walk = WalkDir::new(home).into_iter().filter_entry(|entry| {
            let relative = entry.path().strip_prefix(home).unwrap_or(entry.path());
            let output = || entry.file_type().is_dir() && entry.path().join(MANIFEST).exists();
            let excluded = || excluded.iter().any(|folder| relative.starts_with(folder));
            entry.depth() == 0 || !is_left_out(entry.file_name()) && !excluded() && !output()
        });
        for entry in walk.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()) {
            snapshot.linked |= entry.path_is_symlink();
            let path = entry.path().strip_prefix(home).ok().and_then(handbook_path);
            snapshot.files.extend(path.zip(Look::at(entry.path(), true, false).ok()));
        }
        snapshot
    }

    /// Whether some files are links to others.
    pub fn has_links(&self) -> bool {
        self.linked
    }

    /// The files that are another one, gone or new in a later look, in the order of paths.
    pub fn changed<'s>(&'s self, later: &'s Self, home: &Path) -> Vec<&'s HandbookPath> {
        let gone = self.files.keys().filter(|path| !later.files.contains_key(*path));
        let new = later.files.iter().filter(|(path, now)| {
            !self.files.get(*path).is_some_and(|was| was.is(now, || super::asset_file(home, path)))
        });
        let mut paths: Vec<&HandbookPath> = gone.chain(new.map(|(path, _)| path)).collect();
        paths.sort();
        paths
    }

    /// Looks at one file again, by its path below `home`; the file's name if it is another one, gone or new.
    pub fn look(&mut self, home: &Path, relative: &Path) -> Option<HandbookPath> {
        let path = handbook_path(relative)?;
        let file = home.join(relative);
        let changed = match Look::at(&file, true, false) {
            Ok(now) => {
                let same = self.files.get(&path).is_some_and(|was| was.is(&now, || file));
                self.files.insert(path.clone(), now);
                !same
            }
            Err(_) => self.files.remove(&path).is_some(),
        };
        changed.then_some(path)
    }

    /// Whether a file, by its path below `home`, is empty and was not at the last look.
    pub fn is_cut(&self, home: &Path, relative: &Path) -> bool {
        let known = handbook_path(relative).and_then(|path| self.files.get(&path));
        known.is_some_and(|known| known.stamp.bytes() > 0)
            && fs::metadata(home.join(relative)).is_ok_and(|now| now.is_file() && now.len() == 0)
    }

    /// Whether there was a file of this path at the last look.
    pub fn knows(&self, path: &HandbookPath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether files that are known lie below a path, relative to the handbook's folder: a folder, that is, or once was.
    pub fn knows_folder(&self, relative: &Path) -> bool {
        let Some(folder) = handbook_path(relative) else { return false };
        let below = format!("{}/", folder.as_str());
        self.files.keys().any(|path| path.as_str().starts_with(&below))
    }
}
