//! A site into a folder: if anything fails, nothing of it.
//!
//! What is new is written beside the output folder and takes its place at the end: all of it at once, see `swap`, or, where few
//! files differ, those alone, see `moves`. Nobody ever meets half a file. We refuse, and say why, where something would suffer that
//! is not ours.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use super::cache::{Cache, Left};
use super::manifest::{self, Foreign, Manifest};
use super::moves::Moves;
use super::pieces::Pieces;
use super::stage::{Put, Stage, Tree};
use super::swap::Places;
use crate::diag::Diagnostic;

/// How many files at most change places one by one: more take long enough for a reader, or a kill, to come between.
const FEW: usize = 2000;
/// The part of a site that counts as few: a tenth.
const FEW_OF: usize = 10;

/// How many foreign files a refusal names.
const MAX_NAMES: usize = 5;

/// What a repository or a web host wants at the top of a published folder.
const HOSTING: [&str; 5] = [".git", ".gitignore", ".nojekyll", ".htaccess", "CNAME"];

/// Folders of a handbook that an output folder must not be in: it would be read as content.
const CONTENT: [&str; 10] = [
    "assets",
    "guides",
    "insights",
    "maps",
    "metrics",
    "opportunities",
    "personas",
    "themes",
    "touchpoints",
    "training",
];

/// What a build did to the output folder, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many the site has.
    pub files: usize,
    /// How many of them are as they were.
    pub unchanged: usize,
    /// How many an earlier build wrote and the site no longer has.
    pub removed: usize,
}

/// Why a site was not written. The output folder is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// Templates fail: one diagnostic for each of the first failing pages, at most 50, in order of their addresses.
    Pages(Vec<Diagnostic>),
    /// The disk's trouble.
    Disk(Error),
    /// We could write, but something that is not ours would suffer.
    Refused(Refusal),
    /// Something in the cache is not what it was when it was found there. The same build may come out otherwise if it begins again.
    Lost,
}

/// Why we would not write into an output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The handbook is in it.
    HoldsHandbook(PathBuf),
    /// It is in one of the handbook's content folders.
    InContent(PathBuf),
    /// It is a file.
    NotAFolder(PathBuf),
    /// It holds files that no build wrote.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first of these files, relative to it; a folder ends with a separator.
        files: Vec<PathBuf>,
        /// How many more there are.
        more: usize,
    },
    /// Another build is writing it.
    Busy(PathBuf),
    /// It is the top of a disk or a mounted folder, which nothing can take the place of.
    TopOfDisk(PathBuf),
}

/// Says no to an output folder that a build cannot have, before any other work is done.
///
/// # Errors
/// As [`write()`], for what can be told from the folder's place alone.
pub fn allow(root: &Path, out: &Path) -> Result<(), WriteError> {
    places(root, out).map(drop)
}

/// Writes a site into the folder `out`, which is then the new site or, on failure, what it was.
///
/// `root` is the handbook's folder, where assets are copied from. `progress` hears how many files are done and how
/// many there are, after each one, from several threads.
///
/// # Errors
/// If a page's template fails, if the disk does, or if `out` is not a folder we may write to: see [`Refusal`].
///
/// # Panics
/// If the tree does not hold what its own list says.
pub fn write<T: Tree>(
    tree: &T,
    root: &Path,
    out: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, WriteError> {
    write_for(None, tree, root, out, progress).map(|(written, _)| written)
}

/// The same, with what is to be kept in the cache; `None` without a cache, or if the new files cannot be looked at.
///
/// # Errors
/// As [`write()`].
///
/// # Panics
/// As [`write()`].
pub fn write_for<T: Tree>(
    cache: Option<&Cache>,
    tree: &T,
    root: &Path,
    out: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Written, Option<Left>), WriteError> {
    let places = places(root, out)?;
    if let Some(parent) = places.out.parent() {
        fs::create_dir_all(parent).map_err(Error::io("create the folder", parent))?;
    }
    let _lock = places.lock()?.ok_or_else(|| Refusal::Busy(places.out.clone()))?;
    if let Some(left) = places.recover()? {
        refuse_foreign(left, &Manifest::default())?;
    }
    let before = cache.and_then(Cache::manifest).map_or_else(|| Manifest::read(&places.out), Ok)?;
    let foreign_folders = places.out.exists() && refuse_foreign(&places.out, &before)?;
    let digests = cache.and_then(|cache| tree.digests(cache.digests()));
    let pieces = cache.zip(digests.as_ref()).map(|(cache, digests)| cache.pieces(digests));
    pieces.iter().for_each(|pieces| tree.make_index(pieces));
    let pieces = pieces.map(Pieces::into_used).unwrap_or_default();
    let manifest = Manifest::new(tree.paths());
    let keep = cache.zip(digests.as_ref()).and_then(|(cache, digests)| cache.kept(digests));
    let (new, old, digests_of) = (&places.new, &places.out, digests.as_ref());
    let stage = Stage { tree, root, new, old, before: &before, keep: keep.as_ref(), digests: digests_of };
    let are_alike = || manifest.paths() == before.paths() || manifest.folders() == before.folders();
    let same_folders = !foreign_folders && are_alike();
    let place = |puts| put_in_place(&places, &stage, &manifest, puts, same_folders);
    let whole = |puts| if cache.is_none_or(Cache::is_whole) { Ok(puts) } else { Err(WriteError::Lost) };
    let puts = match stage.fill(&manifest, progress).and_then(whole).and_then(place) {
        Ok(puts) => puts,
        Err(error) => {
            // The first trouble is the one to tell. What cannot be cleared now, the next build clears.
            let _ = manifest::retire(&places.new, &places.out);
            return Err(error);
        }
    };
    let removed = manifest.lists_each(before.paths()).into_iter().filter(|listed| !listed).count();
    // While the lock is held, or what is looked at may be somebody else's.
    let (files, unchanged) = (puts.len(), puts.iter().filter(|put| put.is_same()).count());
    let left = cache.and_then(|cache| cache.look(manifest.into_paths(), puts));
    let left = left.map(|files| Left { digests: digests.unwrap_or_default(), files, pieces });
    Ok((Written { files, unchanged, removed }, left))
}

/// The folders to work with, once it is sure that `out` is a place we may write to.
pub(super) fn places(root: &Path, out: &Path) -> Result<Places, WriteError> {
    let root = fs::canonicalize(root).map_err(Error::io("open the folder", root))?;
    let out = resolve(out)?;
    if root.starts_with(&out) {
        return Err(Refusal::HoldsHandbook(out).into());
    }
    let first = out.strip_prefix(&root).ok().and_then(|inside| inside.iter().next());
    if first.is_some_and(|first| CONTENT.iter().any(|content| first == *content)) {
        return Err(Refusal::InContent(out).into());
    }
    if out.exists() && !out.is_dir() {
        return Err(Refusal::NotAFolder(out).into());
    }
    Ok(Places::beside(out.clone()).ok_or(Refusal::TopOfDisk(out))?)
}

/// An absolute path without links, to a folder that need not exist yet.
pub(super) fn resolve(out: &Path) -> Result<PathBuf, Error> {
    match fs::canonicalize(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found.map_err(Error::io("open", out)),
    }
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Ok(target) = fs::read_link(out) {
        return resolve(&parent.join(target));
    }
    let name = out.file_name().ok_or_else(|| Error::io("find", out)(io::ErrorKind::NotFound.into()))?;
    Ok(resolve(parent)?.join(name))
}

/// Says no to a folder with files that no build wrote; says whether there are such folders, without files.
fn refuse_foreign(folder: &Path, manifest: &Manifest) -> Result<bool, WriteError> {
    let Foreign { mut files, folders } = manifest.foreign(folder)?;
    if files.is_empty() {
        return Ok(folders);
    }
    let more = files.len().saturating_sub(MAX_NAMES);
    files.truncate(MAX_NAMES);
    Err(Refusal::Foreign { folder: folder.to_path_buf(), files, more }.into())
}

/// Puts what was made where it belongs: a few files one by one, if the site's folders stay the same, or all of it.
fn put_in_place<'a, T: Tree>(
    places: &Places,
    stage: &Stage<'a, T>,
    manifest: &Manifest,
    mut puts: Vec<Put<'a>>,
    same_folders: bool,
) -> Result<Vec<Put<'a>>, WriteError> {
    let few = FEW.min(puts.len() / FEW_OF);
    let moves = || Moves::between(stage.before, manifest, |number| !puts[number].is_same());
    if let Some(moves) = same_folders.then(moves).filter(|moves| moves.count() <= few) {
        if places.change(&moves, stage.before).map_err(Error::io("replace files in", &places.out))? {
            return Ok(puts);
        }
        // Something may have come that is not ours.
        refuse_foreign(&places.out, stage.before)?;
    }
    stage.complete(manifest, &mut puts)?;
    swap(places).map(|()| puts)
}

fn swap(places: &Places) -> Result<(), WriteError> {
    places.swap().map_err(|why| match why.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Refusal::TopOfDisk(places.out.clone()).into(),
        _ => Error::io("replace", &places.out)(why).into(),
    })
}

impl From<Error> for WriteError {
    fn from(error: Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Refusal> for WriteError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pages(failures) => {
                let first = failures.first().map_or("", |failure| &failure.message);
                write!(f, "a template of the theme fails: {first}")
            }
            Self::Disk(error) => error.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Lost => f.write_str("the cache changed while it was read; build again"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoldsHandbook(out) => write!(
                f,
                "cannot write the site into `{}`: the handbook itself is there; choose a folder of its own",
                out.display()
            ),
            Self::InContent(out) => write!(
                f,
                "cannot write the site into `{}`: it would be read as a part of the handbook; choose a folder outside",
                out.display()
            ),
            Self::NotAFolder(out) => write!(f, "cannot write the site into `{}`: it is a file", out.display()),
            Self::Foreign { folder, files, more } => foreign(f, folder, files, *more),
            Self::Busy(out) => write!(f, "another build is writing `{}`; wait for it to end", out.display()),
            Self::TopOfDisk(out) => write!(
                f,
                "cannot replace `{}` at once: it is the top of a disk or a mounted folder; choose a folder inside it",
                out.display()
            ),
        }
    }
}

fn foreign(f: &mut fmt::Formatter<'_>, folder: &Path, files: &[PathBuf], more: usize) -> fmt::Result {
    writeln!(f, "cannot write the site into `{}`: it holds files that no build wrote", folder.display())?;
    for file in files {
        writeln!(f, "  {}", file.display())?;
    }
    if more > 0 {
        writeln!(f, "  and {more} more")?;
    }
    write!(f, "choose an empty folder, or move them away")?;
    let kept_there = |file: &PathBuf| HOSTING.iter().any(|name| file.components().eq(Path::new(name).components()));
    if let Some(file) = files.iter().find(|file| kept_there(file)) {
        let name = file.components().as_path().display();
        write!(f, "; if `{name}` has to stand there, build into another folder and copy the site from it")?;
    }
    Ok(())
}

impl std::error::Error for WriteError {}

impl std::error::Error for Refusal {}
