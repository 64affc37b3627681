//! A look at many files of one tree: which of them stand there, and in which state.
//!
//! A site has thousands of files in few folders. The way to a file costs as much as the look at it, so each folder is opened once,
//! where the system lets us ask for a file in an open one.

use std::ffi::OsStr;
use std::path::Path;

use super::stamp::Stamp;
use crate::parallel;
use crate::path::SitePath;

/// How many files of a folder are looked at in one piece of work.
const AT_A_TIME: usize = 512;

/// The stamps of files in the folder `top`, in the order in which they are given; `None` for what is no file, or no look is asked
/// for. Those of one folder are best given together.
pub(super) fn stamps(top: &Path, paths: &[Option<&SitePath>]) -> Vec<Option<Stamp>> {
    looked(top, paths, false, |path| {
        let (folder, name) = path.parts();
        (OsStr::new(folder), OsStr::new(name))
    })
}

/// The same of files anywhere, and of those that links lead to.
pub(super) fn stamps_through(files: &[Option<&Path>]) -> Vec<Option<Stamp>> {
    looked(Path::new(""), files, true, |file| {
        (file.parent().unwrap_or(Path::new("")).as_os_str(), file.file_name().unwrap_or_default())
    })
}

/// The stamps of files whose folders, within `top`, and names `parts` tells.
fn looked<'f, T: ?Sized + Sync>(
    top: &Path,
    files: &[Option<&'f T>],
    follow: bool,
    parts: impl Fn(&'f T) -> (&'f OsStr, &'f OsStr) + Sync,
) -> Vec<Option<Stamp>> {
    let folder = |file: Option<&'f T>| file.map(|file| parts(file).0);
    let runs: Vec<&[Option<&T>]> =
        files.chunk_by(|one, next| folder(*one) == folder(*next)).flat_map(|run| run.chunks(AT_A_TIME)).collect();
    let looks = parallel::map(&runs, |run| match run.first().copied().and_then(folder) {
        Some(folder) => system::stamps(&top.join(folder), run.iter().flatten().map(|file| parts(file).1), follow),
        None => vec![None; run.len()],
    });
    looks.into_iter().flatten().collect()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::ffi::OsStr;
    use std::path::Path;

    use rustix::fs::{AtFlags, FileType, Mode, OFlags, open, statat};

    use super::Stamp;

    /// The stamps of the files in a folder that are called so; a link is none, unless `follow` leads through it.
    pub(super) fn stamps<'n>(
        folder: &Path,
        names: impl Iterator<Item = &'n OsStr>,
        follow: bool,
    ) -> Vec<Option<Stamp>> {
        let how = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let Ok(folder) = open(folder, flags, Mode::empty()) else { return names.map(|_| None).collect() };
        let stamp = |name: &OsStr| {
            let file = statat(&folder, name, how).ok()?;
            (FileType::from_raw_mode(file.st_mode) == FileType::RegularFile).then(|| Stamp::of_system(&file))
        };
        names.map(stamp).collect()
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::ffi::OsStr;
    use std::path::Path;

    use super::super::look::stamp;
    use super::Stamp;

    /// The stamps of the files in a folder that are called so; a link is none, unless `follow` leads through it.
    pub(super) fn stamps<'n>(
        folder: &Path,
        names: impl Iterator<Item = &'n OsStr>,
        follow: bool,
    ) -> Vec<Option<Stamp>> {
        names.map(|name| stamp(&folder.join(name), follow).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    //! That one look is the other, to the last number, decides whether anything is ever kept.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use std::fs;

    use super::super::look::stamp;
    use super::*;

    #[test]
    fn many_looks_are_single_ones() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        fs::create_dir_all(top.join("a/b")).unwrap();
        fs::create_dir(top.join("a/folder")).unwrap();
        let names = ["a/1", "a/2", "a/b/窗口.html", "a/folder", "a/gone", "b/gone", "c", "d"];
        for name in ["a/1", "a/2", "a/b/窗口.html", "c"] {
            fs::write(top.join(name), name).unwrap();
        }
        let old = std::time::SystemTime::UNIX_EPOCH - std::time::Duration::from_millis(1500);
        fs::File::options().append(true).open(top.join("a/2")).unwrap().set_modified(old).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("c", top.join("d")).unwrap();
        let paths: Vec<SitePath> = names.iter().map(|name| SitePath::new(name).unwrap()).collect();
        let single: Vec<Option<Stamp>> = names.iter().map(|name| stamp(&top.join(name), false).ok()).collect();
        assert_eq!(single.iter().flatten().count(), 4);
        assert_eq!(stamps(top, &paths.iter().map(Some).collect::<Vec<_>>()), single);
        let some: Vec<_> = paths.iter().enumerate().map(|(at, path)| (at % 2 == 0).then_some(path)).collect();
        let kept = |(at, stamp): (usize, &Option<Stamp>)| stamp.filter(|_| at % 2 == 0);
        assert_eq!(stamps(top, &some), single.iter().enumerate().map(kept).collect::<Vec<_>>());
        assert_eq!(stamps(&top.join("nowhere"), &[Some(&paths[0])]), [None]);
    }
}
