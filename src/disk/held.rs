//! What a folder holds, in short: how many things, and what their names come to.
//!
//! A site has thousands of files in few folders, and before every build somebody asks whether all of them are ours. To hold each
//! name against a list takes longer than to add up what all names come to, and hardly ever is there anything to be found.

use std::path::Path;

use super::manifest::is_litter;
use crate::hash::digest;

/// What a folder holds, in whatever order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Held {
    things: usize,
    names: u64,
}

impl Held {
    /// Adds a file.
    pub(super) fn add_file(&mut self, name: &[u8]) {
        self.add(name, false);
    }

    /// Adds a folder.
    pub(super) fn add_folder(&mut self, name: &[u8]) {
        self.add(name, true);
    }

    fn add(&mut self, name: &[u8], is_folder: bool) {
        self.things += 1;
        self.names = self.names.wrapping_add(digest(&(name, is_folder)));
    }

    /// What a folder of the disk holds, but for what a desktop leaves there; `None` where the system does not say it so.
    pub(super) fn by(folder: &Path) -> Option<Self> {
        let mut held = Self::default();
        system::each(folder, |name, is_folder| {
            if is_folder || !is_litter(name) {
                held.add(name.as_encoded_bytes(), is_folder);
            }
        })?;
        Some(held)
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    use rustix::fs::{FileType, Mode, OFlags, RawDir, open};

    /// How many bytes of names are asked for at a time.
    const BUFFER: usize = 1 << 15;

    /// Hands over the name of each thing in a folder, and whether it is a folder; `None` if that cannot be told of one of them.
    pub(super) fn each(folder: &Path, mut take: impl FnMut(&OsStr, bool)) -> Option<()> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut buffer = Vec::with_capacity(BUFFER);
        let mut things = RawDir::new(open(folder, flags, Mode::empty()).ok()?, buffer.spare_capacity_mut());
        while let Some(thing) = things.next() {
            let thing = thing.ok()?;
            let (name, kind) = (thing.file_name().to_bytes(), thing.file_type());
            match (name, kind) {
                (b"." | b"..", _) => {}
                (_, FileType::Unknown) => return None,
                _ => take(OsStr::from_bytes(name), kind == FileType::Directory),
            }
        }
        Some(())
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::ffi::OsStr;
    use std::path::Path;

    /// Hands over nothing: here it is not told without asking for each thing.
    pub(super) fn each(_: &Path, _: impl FnMut(&OsStr, bool)) -> Option<()> {
        None
    }
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    //! Whether anybody looked at single names shows outside in time only.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use std::fs;

    use super::*;

    #[test]
    fn a_folder_comes_to_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path();
        let held = |files: &[&str], folders: &[&str]| {
            let mut held = Held::default();
            files.iter().for_each(|name| held.add_file(name.as_bytes()));
            folders.iter().for_each(|name| held.add_folder(name.as_bytes()));
            Some(held)
        };
        assert_eq!(Held::by(place), held(&[], &[]));
        fs::write(place.join("a"), "").unwrap();
        fs::write(place.join("窗口"), "").unwrap();
        fs::create_dir(place.join("b")).unwrap();
        fs::write(place.join(".DS_Store"), "").unwrap();
        assert_eq!(Held::by(place), held(&["窗口", "a"], &["b"]));
        for (files, folders) in [(&["a", "窗口", "b"][..], &[][..]), (&["a", "窗"], &["b"]), (&["a"], &["b", "窗口"])]
        {
            assert_ne!(Held::by(place), held(files, folders), "{files:?} {folders:?}");
        }
        std::os::unix::fs::symlink("b", place.join("c")).unwrap();
        assert_eq!(Held::by(place), held(&["窗口", "a", "c"], &["b"]), "a link is no folder");
        assert_eq!(Held::by(&place.join("nowhere")), None);
    }

    #[test]
    fn a_folder_of_many_names_is_read_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut held = Held::default();
        for number in 0..1500 {
            let name = format!("a file with a rather long name, and its number {number}");
            fs::write(folder.path().join(&name), "").unwrap();
            held.add_file(name.as_bytes());
        }
        assert_eq!(Held::by(folder.path()), Some(held));
    }
}
