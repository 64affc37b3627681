//! A folder into sources.
//!
//! What no author means to publish is left out: hidden files, what editors and package tools leave behind, the
//! output of an earlier build, and links that lead out of the handbook. Links to folders are not followed, so a
//! walk always ends. A name that cannot be written in a link stops the build instead of being passed over: its
//! author would look for the missing page in vain.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::looks::stamps_through;
use super::stamp::Stamp;
use super::texts::{Reading, Texts};
use super::{Error, MANIFEST, is_gone, spelled};
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
    let files = Listing::of(root, exclude)?.files()?;
    let reading = Reading::of(root, known);
    let looked = files.iter().map(|(path, file)| (reading.knows_any() && path.is_text()).then_some(file.as_path()));
    let stamps = stamps_through(&looked.collect::<Vec<_>>());
    let files = files.iter().zip(stamps).collect();
    let seen = parallel::turn(files, |_, ((path, file), stamp)| see(path, file, stamp, &reading));
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

    /// Every file that is part of the handbook, ordered by its path, and where the disk keeps it.
    pub(super) fn files(&self) -> Result<Vec<(HandbookPath, PathBuf)>, Error> {
        let (mut met, mut files, mut unnamable) = (Vec::new(), Vec::new(), Vec::new());
        self.walk(Path::new(""), &mut met)?;
        for (relative, file) in met {
            match spelled(&relative).as_deref().and_then(HandbookPath::new) {
                Some(path) => files.push((path, file)),
                None => unnamable.push(file),
            }
        }
        if !unnamable.is_empty() {
            return Err(Error::Names(unnamable));
        }
        // Stable: they are nearly in order, and of two the walk met the first one first.
        files.sort_by(|one, next| one.0.cmp(&next.0));
        match files.windows(2).find(|two| two[0].0 == two[1].0) {
            Some(twins) => Err(Error::Twins(twins[0].1.clone(), twins[1].1.clone())),
            None => Ok(files),
        }
    }

    /// Adds every file in a folder that is part of the handbook, in the order of their names: its place in the handbook's folder,
    /// and the file.
    fn walk(&self, folder: &Path, met: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Error> {
        let is_top = folder == Path::new("");
        let place = if is_top { self.root.to_path_buf() } else { self.root.join(folder) };
        let is_gone = |why: &io::Error| !is_top && is_gone(why);
        let entries = match fs::read_dir(&place) {
            Err(why) if is_gone(&why) => return Ok(()),
            entries => entries.map_err(Error::io("look into", &place))?,
        };
        let mut named = Vec::new();
        for entry in entries {
            let seen = entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)));
            match seen {
                Err(why) if is_gone(&why) => {}
                seen => named.push(seen.map_err(Error::io("look into", &place))?),
            }
        }
        named.retain(|(name, _)| !is_left_out(name));
        named.sort_unstable_by(|one, next| one.0.cmp(&next.0));
        for (name, kind) in named {
            let (relative, file) = (folder.join(&name), place.join(&name));
            if kind.is_dir() {
                // What lies in a folder that is left out is never met.
                if !self.excludes(&relative) && !file.join(MANIFEST).exists() {
                    self.walk(&relative, met)?;
                }
            } else if kind.is_file() || kind.is_symlink() && self.is_inside(&file) {
                met.push((relative, file));
            }
        }
        Ok(())
    }

    /// Whether a link leads to a file that would be taken if the walk had met it itself.
    fn is_inside(&self, link: &Path) -> bool {
        let Ok(target) = fs::canonicalize(link) else { return false };
        let Ok(inside) = target.strip_prefix(&self.home) else { return false };
        target.is_file() && !self.excludes(inside) && !inside.iter().any(is_left_out)
    }

    fn excludes(&self, relative: &Path) -> bool {
        self.excluded.iter().any(|folder| relative.starts_with(folder))
    }
}

/// One file, which a look found with this stamp, and its stamp if a later reading may believe it; `None` if it is gone.
fn see(
    path: &HandbookPath,
    file: &Path,
    stamp: Option<Stamp>,
    reading: &Reading<'_>,
) -> Result<Option<(SourceFile, Option<Stamp>)>, Error> {
    let known = stamp.and_then(|stamp| Some((stamp, reading.hash(path, &stamp)?)));
    if let Some((stamp, hash)) = known {
        return Ok(Some((SourceFile::of_known(path.clone(), hash), Some(stamp))));
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
