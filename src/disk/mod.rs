//! The disk: a folder into sources, and a site into a folder. No other room touches files.
//!
//! Both ends are careful with what is not ours. Discovery leaves out what no author means to publish; writing
//! puts the whole site in place at once or not at all, and deletes only what an earlier build wrote.

#![expect(clippy::disallowed_methods, reason = "this is the room that touches files, so that no other has to")]

mod cache;
mod cache_files;
mod discover;
mod drafts;
mod edit;
mod folder;
mod git;
mod held;
mod keep;
mod long;
mod look;
mod looks;
mod manifest;
mod mount;
mod moves;
mod open;
mod pair;
mod pieces;
mod record;
mod scaffold;

mod snapshot;
mod stage;
mod stamp;
mod swap;
mod texts;
mod write;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::path::HandbookPath;

pub use cache::{Cache, Desk, Left};
pub use cache_files::cache_folder;
pub use discover::{asset_file, discover, is_left_out, reread};
pub use edit::replace;
pub use folder::Folder;
pub use git::Chronicle;
pub use manifest::MANIFEST;
pub use mount::unannounced;
pub use open::open_asset;
pub use record::Told;
pub use scaffold::{add, scaffold};
pub use snapshot::{Place, Snapshot, is_folder};
pub use stage::Tree;
pub use write::{Refusal, WriteError, Written, allow, write, write_for};

/// The disk's trouble: what we were doing to which path, and why it failed.
#[derive(Debug)]
pub enum Error {
    /// The file system said no.
    Io {
        /// What we were doing, such as `read`; the path follows.
        doing: &'static str,
        /// To which path.
        path: PathBuf,
        /// Why it failed.
        why: io::Error,
    },
    /// Files whose names no link can hold: not UTF-8, or with a back-slash or a control character.
    Names(Vec<PathBuf>),
    /// Two files with one name: they differ only in how an accent is stored.
    Twins(PathBuf, PathBuf),
    /// A folder that shall hold something new holds something already.
    NotEmpty(PathBuf),
}

impl Error {
    /// For `map_err`: what failed while we were `doing` something to `path`.
    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |why| Self::Io { doing, path: path.to_path_buf(), why }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, why } => write!(f, "could not {doing} `{}`: {why}", path.display()),
            Self::Names(paths) => {
                write!(f, "cannot use file names that are not UTF-8 or hold a back-slash or a control character")?;
                // Quoted with escapes: such a name must not reach a terminal as it is.
                paths.iter().enumerate().try_for_each(|(index, path)| {
                    let lead = if index == 0 { ": " } else { ", " };
                    write!(f, "{lead}{path:?}")
                })?;
                write!(f, "; rename them")
            }
            Self::NotEmpty(path) => {
                write!(f, "`{}` is not empty; a new handbook begins in a new or empty folder", path.display())
            }
            Self::Twins(one, other) => write!(
                f,
                "`{}` and `{}` have the same name and differ only in how an accent is stored; rename one of them",
                one.display(),
                other.display()
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { why, .. } => Some(why),
            Self::Names(_) | Self::Twins(..) | Self::NotEmpty(_) => None,
        }
    }
}

/// A relative path of the disk as we spell it: `/`-separated and composed (NFC), whatever the file system keeps.
///
/// `None` if a name is not UTF-8, or holds a back-slash or a control character.
fn spelled(relative: &Path) -> Option<String> {
    // Nearly all paths are spelled so on every disk.
    let is_plain = |byte: &u8| byte.is_ascii() && !byte.is_ascii_control() && *byte != b'\\';
    let plain = relative.to_str().filter(|text| text.as_bytes().iter().all(is_plain) && HandbookPath::is_spelled(text));
    if let Some(plain) = plain {
        return Some(plain.to_owned());
    }
    let mut text = String::new();
    for part in relative.components() {
        let name = part.as_os_str().to_str()?;
        if name.contains(|letter: char| letter == '\\' || letter.is_control()) {
            return None;
        }
        if !text.is_empty() {
            text.push('/');
        }
        match name.is_ascii() {
            true => text.push_str(name),
            false => text.extend(name.nfc()),
        }
    }
    Some(text)
}

/// The path in the handbook of what the disk keeps at `relative`, below the handbook's folder; `None` if a name in it cannot
/// stand in a link.
pub fn handbook_path(relative: &Path) -> Option<HandbookPath> {
    spelled(relative).as_deref().and_then(HandbookPath::new)
}

/// Whether what we look for was gone before we came to it.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// What a step of a walk gave; `None` for what was gone before we came to it.
fn walked(step: walkdir::Result<walkdir::DirEntry>) -> Option<Result<walkdir::DirEntry, Error>> {
    let error = match step {
        Ok(entry) => return Some(Ok(entry)),
        Err(error) => error,
    };
    let path = error.path().unwrap_or(Path::new("")).to_path_buf();
    let depth = error.depth();
    let why = io::Error::from(error);
    let vanished = depth > 0 && is_gone(&why);
    (!vanished).then_some(Err(Error::Io { doing: "look into", path, why }))
}
