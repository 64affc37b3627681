//! Opens a file of the handbook for somebody who only has its path: the file itself, or nothing.
//!
//! Between a look at the folder and the moment its file is wanted, the file may have become a link that leads out, or
//! something to wait at for ever. Whatever is opened lies inside, and is a file.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::{asset_file, is_left_out};
use crate::path::HandbookPath;

/// The file `path` of the handbook in `root`, opened for reading. A link is followed if it leads to a file of the
/// handbook.
///
/// # Errors
/// If there is no such file, if it cannot be read, or if it lies outside: that counts as not found.
pub fn open_asset(root: &Path, path: &HandbookPath) -> io::Result<File> {
    let home = fs::canonicalize(root)?;
    let target = fs::canonicalize(asset_file(&home, path))?;
    let inside = target.strip_prefix(&home).ok().filter(|inside| !inside.iter().any(is_left_out));
    let file = open_plain(&home, inside.ok_or(io::ErrorKind::NotFound)?)?;
    // What is no file, such as a pipe, might never give a byte.
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// Opens a path that has no links in it, and finds it out if it has some by now.
#[cfg(target_os = "linux")]
fn open_plain(home: &Path, inside: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat, openat2};
    use rustix::io::Errno;

    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let folder = openat(CWD, home, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY, Mode::empty())?;
    match openat2(&folder, inside, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS | ResolveFlags::BENEATH) {
        // An older kernel, or one that is told not to know the call.
        Err(Errno::NOSYS | Errno::PERM) => Ok(openat(&folder, inside, flags | OFlags::NOFOLLOW, Mode::empty())?.into()),
        opened => Ok(opened?.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn open_plain(home: &Path, inside: &Path) -> io::Result<File> {
    File::open(home.join(inside))
}
