//! A folder into sources.
//!
//! What no author means to publish is left out: hidden files, what editors and package tools leave behind, the
//! output of an earlier build, and links that lead out of the handbook. Links to folders are not followed, so a
//! walk always ends. A name that cannot be written in a link stops the build instead of being passed over: its
//! author would look for the missing page in vain.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::look::stamp;
use super::stamp::Stamp;
use super::texts::{Reading, Texts};
use super::{Error, MANIFEST, spelled, walked};
use crate::parallel;
use crate::path::HandbookPath;
use crate::source::{Content, MAX_TEXT_BYTES, Reread, SourceFile, Sources};

/// All files of the handbook in `root`, the texts among them read, except what lies in the folders `exclude`.
///
/// Paths are composed (NFC), whatever the disk keeps; [`asset_file`] leads back to the disk. A folder that does
/// not exist may be excluded, and a file that vanishes while we read is left out.
///
/// # Errors
/// If `root` is not a folder, if something in it cannot be read, or if a file's name cannot stand in a link.
pub fn discover(root: &Path, exclude: &[&Path]) -> Result<Sources, Error> {
    discover_after(root, exclude, None).map(|(sources, _)| sources)
}

/// The same, where texts need not be read that are `known`; gives what is known of them now.
pub(super) fn discover_after(root: &Path, exclude: &[&Path], known: Option<&Texts>) -> Result<(Sources, Texts), Error> {
    let files: Vec<_> = Listing::of(root, exclude)?.files()?.into_iter().collect();
    let reading = Reading::of(root, known);
    let seen = parallel::map(&files, |(path, file)| see(path, file, &reading));
    let seen: Vec<_> = seen.into_iter().filter_map(Result::transpose).collect::<Result<_, _>>()?;
    let stamps = seen.iter().filter_map(|(file, stamp)| Some((file.path.clone(), (*stamp)?))).collect();
    let sources = Sources::new(seen.into_iter().map(|(file, _)| file).collect());
    let texts = reading.texts(&sources, stamps);
    Ok((sources, texts))
}

/// How the texts of the handbook in `root` are read again.
pub fn reread(root: &Path) -> Arc<dyn Reread> {
    Arc::new(Again { root: root.to_path_buf() })
}

/// The folder that a handbook was read from.
#[derive(Debug)]
struct Again {
    root: PathBuf,
}

impl Reread for Again {
    fn read(&self, path: &HandbookPath) -> Option<SourceFile> {
        let file = asset_file(&self.root, path);
        // What took a file's place is not opened: a pipe would keep us waiting.
        let is_file = fs::metadata(&file).is_ok_and(|now| now.is_file());
        is_file.then(|| read(path.clone(), &file).ok().flatten()).flatten().map(|(file, _)| file)
    }
}

/// Where the disk keeps the file `path` of the handbook in `root`, which may spell an accent in another way.
pub fn asset_file(root: &Path, path: &HandbookPath) -> PathBuf {
    let direct = root.join(path.as_str());
    if path.as_str().is_ascii() || direct.exists() {
        return direct;
    }
    path.as_str().split('/').fold(root.to_path_buf(), |folder, name| {
        let file = folder.join(name);
        if file.exists() {
            return file;
        }
        let mut names = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let stored = names.find(|stored| stored.to_str().is_some_and(|stored| stored.nfc().eq(name.chars())));
        stored.map_or(file, |stored| folder.join(stored))
    })
}

/// Whether a file or folder of this name is never part of a handbook: hidden, or left behind by an editor or a
/// package tool.
pub fn is_left_out(name: &OsStr) -> bool {
    let bytes = name.as_encoded_bytes();
    let hidden = bytes.starts_with(b".");
    let backup = bytes.ends_with(b"~") || (bytes.starts_with(b"#") && bytes.ends_with(b"#"));
    // `4913` is what vim creates for a moment to learn whether it may write.
    hidden || backup || bytes == b"4913" || bytes == b"node_modules"
}

/// A walk over one handbook.
pub(super) struct Listing<'a> {
    /// The folder as the caller named it, for messages.
    root: &'a Path,
    /// The same folder without any links on the way to it.
    home: PathBuf,
    /// Folders to leave out, relative to it.
    excluded: Vec<PathBuf>,
}

impl<'a> Listing<'a> {
    /// A walk that has not begun.
    ///
    /// # Errors
    /// If `root` is not a folder.
    pub(super) fn of(root: &'a Path, exclude: &[&Path]) -> Result<Self, Error> {
        let home = fs::canonicalize(root).map_err(Error::io("open the folder", root))?;
        if !home.is_dir() {
            return Err(Error::io("open the folder", root)(io::ErrorKind::NotADirectory.into()));
        }
        let excluded = exclude.iter().filter_map(|folder| {
            let folder = fs::canonicalize(folder).ok()?;
            folder.strip_prefix(&home).ok().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_path_buf)
        });
        Ok(Self { root, excluded: excluded.collect(), home })
    }

    /// Every file that is part of the handbook, and where the disk keeps it.
    pub(super) fn files(&self) -> Result<BTreeMap<HandbookPath, PathBuf>, Error> {
        let mut files = BTreeMap::new();
        let mut unnamable = Vec::new();
        let walk = WalkDir::new(self.root).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || self.takes(entry)).filter_map(walked) {
            let entry = entry?;
            if !entry.file_type().is_file() && !self.is_link_inside(&entry) {
                continue;
            }
            match spelled(self.relative(entry.path())).as_deref().and_then(HandbookPath::new) {
                None => unnamable.push(entry.into_path()),
                Some(path) => {
                    if let Some(twin) = files.insert(path, entry.path().to_path_buf()) {
                        return Err(Error::Twins(twin, entry.into_path()));
                    }
                }
            }
        }
        if unnamable.is_empty() { Ok(files) } else { Err(Error::Names(unnamable)) }
    }

    fn takes(&self, entry: &walkdir::DirEntry) -> bool {
        // What lies in a folder that is left out is never met.
        let folder_stays = || !self.excludes(self.relative(entry.path())) && !entry.path().join(MANIFEST).exists();
        !is_left_out(entry.file_name()) && (!entry.file_type().is_dir() || folder_stays())
    }

    /// Whether this is a link to a file that would be taken if the walk had met it itself.
    fn is_link_inside(&self, entry: &walkdir::DirEntry) -> bool {
        let target = entry.path_is_symlink().then(|| fs::canonicalize(entry.path()));
        let Some(Ok(target)) = target else { return false };
        let Ok(inside) = target.strip_prefix(&self.home) else { return false };
        target.is_file() && !self.excludes(inside) && !inside.iter().any(is_left_out)
    }

    fn excludes(&self, relative: &Path) -> bool {
        self.excluded.iter().any(|folder| relative.starts_with(folder))
    }

    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.root).unwrap_or(path)
    }
}

/// One file, and its stamp if a later reading may believe it; `None` if it is gone.
fn see(path: &HandbookPath, file: &Path, reading: &Reading<'_>) -> Result<Option<(SourceFile, Option<Stamp>)>, Error> {
    if reading.knows_any() && path.is_text() {
        let stamp = stamp(file, true).ok();
        let known = stamp.and_then(|stamp| Some((stamp, reading.hash(path, &stamp)?)));
        if let Some((stamp, hash)) = known {
            return Ok(Some((SourceFile::of_known(path.clone(), hash), Some(stamp))));
        }
    }
    let read = read(path.clone(), file)?;
    Ok(read.map(|(file, stamp)| (file, stamp.filter(|stamp| reading.believes(stamp)))))
}

/// One file's contents, and its stamp before they were read, if they were; `None` if it is gone.
pub(super) fn read(path: HandbookPath, file: &Path) -> Result<Option<(SourceFile, Option<Stamp>)>, Error> {
    if !path.is_text() {
        return Ok(Some((SourceFile { path, content: Content::Asset }, None)));
    }
    match open_and_read(path, file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(|(file, stamp)| Some((file, Some(stamp)))).map_err(Error::io("read", file)),
    }
}

fn open_and_read(path: HandbookPath, file: &Path) -> io::Result<(SourceFile, Stamp)> {
    let file = File::open(file)?;
    let stamp = Stamp::of(&file.metadata()?);
    let bytes = stamp.bytes();
    let mut text = Vec::new();
    if bytes <= MAX_TEXT_BYTES {
        text.reserve_exact(bytes as usize + 1);
        // A file would ask for its own length once more. This one may have grown in the meantime.
        file.take(MAX_TEXT_BYTES + 1).read_to_end(&mut text)?;
    }
    let bytes = bytes.max(text.len() as u64);
    if bytes > MAX_TEXT_BYTES {
        return Ok((SourceFile { path, content: Content::TooLarge { bytes } }, stamp));
    }
    Ok((SourceFile::from_bytes(path, text), stamp))
}
