//! The list, kept inside a site, of the files that a build wrote.
//!
//! It is what allows us to delete: a file that no manifest lists is somebody else's, and is never deleted or
//! overwritten. It is written before the first file it lists, and deleted after the last, so that a build may be
//! killed at any moment and the next one still knows what is ours.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::held::Held;
use super::{Error, is_gone, spelled, walked};
use crate::hash::{HashMap, HashSet};
use crate::path::SitePath;

/// The manifest's file name, at the top of a site.
pub const MANIFEST: &str = ".journeybook-manifest";

/// Its first line. One path a line follows, in order.
const FIRST_LINE: &str = "journeybook manifest 1\n";

/// Files a desktop leaves in every folder it shows. Nobody's, and no reason to refuse a folder.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What a folder holds that no build wrote.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    /// The files, relative to the folder and in order. A folder stands for all that is in it.
    pub(super) files: Vec<PathBuf>,
    /// Whether there are folders in which there are no files.
    pub(super) folders: bool,
}

/// The files that a build wrote, in order. Empty for a folder that no build has written to.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    paths: Vec<SitePath>,
}

impl Manifest {
    /// A manifest of these files.
    pub(super) fn new<'a>(paths: impl Iterator<Item = &'a SitePath>) -> Self {
        let mut paths: Vec<_> = paths.cloned().collect();
        // They come in order mostly, which a stable sort finds out at once.
        paths.sort();
        let breaks = |path: &SitePath| path.as_str().bytes().any(|byte| matches!(byte, b'\n' | b'\r'));
        assert!(!paths.iter().any(breaks), "bug: an address with a line break");
        Self { paths }
    }

    /// The manifest that was written of these files, which are in order.
    pub(super) fn known(paths: Vec<SitePath>) -> Self {
        Self { paths }
    }

    /// The manifest in `folder`; empty if there is none that we understand.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(MANIFEST);
        let bytes = match fs::read(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            read => read.map_err(Error::io("read", &file))?,
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.strip_prefix(FIRST_LINE).unwrap_or_default().lines();
        let mut paths: Vec<_> = lines.filter_map(SitePath::new).collect();
        paths.sort();
        Ok(Self { paths })
    }

    /// Writes the manifest into `folder`.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        let mut text = FIRST_LINE.to_owned();
        for path in &self.paths {
            text.push_str(path.as_str());
            text.push('\n');
        }
        let file = folder.join(MANIFEST);
        fs::write(&file, text).map_err(Error::io("write", &file))
    }

    /// The files, in order.
    pub(super) fn paths(&self) -> &[SitePath] {
        &self.paths
    }

    /// The same, for good.
    pub(super) fn into_paths(self) -> Vec<SitePath> {
        self.paths
    }

    /// Whether a build wrote this file.
    pub(super) fn lists(&self, path: &SitePath) -> bool {
        self.paths.binary_search(path).is_ok()
    }

    /// Of each of the files of another manifest, in order, whether it is one of these.
    pub(super) fn lists_each(&self, others: &[SitePath]) -> Vec<bool> {
        let mut own = self.paths.iter().peekable();
        let lists = |other: &SitePath| {
            while own.next_if(|path| *path < other).is_some() {}
            own.next_if(|path| *path == other).is_some()
        };
        others.iter().map(lists).collect()
    }

    /// Every folder that holds one of the files, outer ones first.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        let mut folders = BTreeSet::new();
        let mut last = "";
        for path in &self.paths {
            let (folder, _) = path.parts();
            // Files of one folder stand together mostly.
            if folder != last && !folder.is_empty() {
                folders.extend(folder.match_indices('/').map(|(end, _)| &folder[..end]).chain([folder]));
                last = folder;
            }
        }
        folders
    }

    /// What each folder holds if it holds nothing else, and the names of the folders in it.
    fn held(&self) -> HashMap<&str, (Held, Vec<&str>)> {
        let mut held: HashMap<&str, (Held, Vec<&str>)> = HashMap::default();
        held.entry("").or_default().0.add_file(MANIFEST.as_bytes());
        for run in self.paths.chunk_by(|one, next| one.parts().0 == next.parts().0) {
            let (held, _) = held.entry(run[0].parts().0).or_default();
            run.iter().for_each(|path| held.add_file(path.parts().1.as_bytes()));
        }
        for folder in self.folders() {
            let (outer, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let (held, inner) = held.entry(outer).or_default();
            held.add_folder(name.as_bytes());
            inner.push(name);
        }
        held
    }

    /// What `folder` holds that is not ours.
    pub(super) fn foreign(&self, folder: &Path) -> Result<Foreign, Error> {
        let mut foreign = Foreign::default();
        let mut open = vec![PathBuf::new()];
        let (folders, held) = (self.folders(), self.held());
        while let Some(inner) = open.pop() {
            let place = folder.join(&inner);
            let name = spelled(&inner).unwrap_or_default();
            if let Some((held, folders)) = held.get(&*name)
                && Held::by(&place).is_some_and(|there| there == *held)
            {
                // By what the disk calls this one, which may spell it otherwise than a link does.
                open.extend(folders.iter().map(|name| inner.join(name)));
                continue;
            }
            let names = self.names_in(&name);
            let entries = match fs::read_dir(&place) {
                // It was gone before we came to it.
                Err(error) if inner != Path::new("") && is_gone(&error) => continue,
                entries => entries.map_err(Error::io("look into", &place))?,
            };
            for entry in entries {
                let entry = entry.map_err(Error::io("look into", &place))?;
                let (name, is_folder) = match entry.file_type() {
                    Err(error) if is_gone(&error) => continue,
                    kind => (entry.file_name(), kind.map_err(Error::io("look at", &entry.path()))?.is_dir()),
                };
                let plain = plain_name(&name);
                let relative = || inner.join(&name);
                if !is_folder {
                    let is_ours = plain.is_some_and(|plain| names.contains(&*plain));
                    let is_manifest = || inner.as_os_str().is_empty() && name == MANIFEST;
                    if !is_ours && !is_manifest() && !is_litter(&name) {
                        foreign.files.push(relative());
                    }
                } else if spelled(&relative()).is_some_and(|relative| folders.contains(&*relative)) {
                    open.push(relative());
                } else {
                    match holds_files(&entry.path())? {
                        true => foreign.files.push(relative().join("")),
                        false => foreign.folders = true,
                    }
                }
            }
        }
        foreign.files.sort();
        Ok(foreign)
    }

    /// The names of the files in a folder, without those in folders in it.
    fn names_in(&self, folder: &str) -> HashSet<&str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let begin = self.paths.partition_point(|path| path.as_str() < prefix.as_str());
        let inside = self.paths[begin..].iter().map_while(|path| path.as_str().strip_prefix(&*prefix));
        inside.filter(|name| !name.contains('/')).collect()
    }

    fn owns(&self, folder: &Path, entry: &DirEntry) -> bool {
        let lists = |name: &str| self.paths.binary_search_by(|path| path.as_str().cmp(name)).is_ok();
        spelled(&relative_to(folder, entry)).is_some_and(|name| lists(&name) || name == MANIFEST)
    }
}

/// Whether a build of ours left this folder behind: it has a manifest, or was killed before it wrote one.
pub(super) fn is_ours(folder: &Path) -> Result<bool, Error> {
    Ok(folder.join(MANIFEST).exists() || !holds_files(folder)?)
}

/// Deletes what a build wrote into `folder`, and the folder. Whatever else is there moves to the same place in
/// `home`, or stays if that is taken.
pub(super) fn retire(folder: &Path, home: &Path) -> Result<(), Error> {
    retire_listed(folder, home, &Manifest::read(folder)?)
}

/// The same of a folder whose manifest is known.
pub(super) fn retire_listed(folder: &Path, home: &Path, manifest: &Manifest) -> Result<(), Error> {
    for entry in WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().filter_map(walked) {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type().is_dir() {
            // Fails on a folder that still holds something, and shall.
            let _ = fs::remove_dir(path);
        } else if !manifest.owns(folder, &entry) {
            carry(path, &home.join(relative_to(folder, &entry)))?;
        } else if path != folder.join(MANIFEST) {
            fs::remove_file(path).map_err(Error::io("delete", path))?;
        }
    }
    let _ = fs::remove_file(folder.join(MANIFEST));
    let _ = fs::remove_dir(folder);
    Ok(())
}

fn carry(file: &Path, to: &Path) -> Result<(), Error> {
    if to.symlink_metadata().is_ok() {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(Error::io("create", parent))?;
    }
    fs::rename(file, to).map_err(Error::io("move", file))
}

/// Whether a file of this name is one that a desktop leaves behind.
pub(super) fn is_litter(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| LITTER.contains(&name))
}

/// Whether there is any file in a folder, or in a folder in it.
fn holds_files(folder: &Path) -> Result<bool, Error> {
    for entry in WalkDir::new(folder).into_iter().filter_map(walked) {
        let entry = entry?;
        if !entry.file_type().is_dir() && !is_litter(entry.file_name()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a file of this name would be called in a manifest; `None` if it could not be.
fn plain_name(name: &OsStr) -> Option<Cow<'_, str>> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_control() && byte != b'\\';
    // Nearly all names are spelled so on every disk.
    match name.to_str().filter(|name| name.bytes().all(is_plain)) {
        Some(name) => Some(name.into()),
        None => spelled(Path::new(name)).map(Cow::Owned),
    }
}

fn relative_to(folder: &Path, entry: &DirEntry) -> PathBuf {
    entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_path_buf()
}
