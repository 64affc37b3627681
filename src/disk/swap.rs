//! Putting a finished tree where the old one was, at once.
//!
//! The new tree grows in a hidden folder beside the output folder, so both are on one disk and changing places is
//! a matter of names. Linux and macOS exchange two names in one step. Where the file system cannot, two renames
//! must do: between them the output folder is missing for a moment, and a build killed just then is made good by
//! the next one.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::moves::Moves;
use super::{Error, manifest};

/// The output folder, and the names beside it that a build uses. None of them outlives a build.
#[derive(Debug)]
pub(super) struct Places {
    /// The output folder.
    pub(super) out: PathBuf,
    /// Where the new tree grows, and where the old one is after the exchange.
    pub(super) new: PathBuf,
    /// Where the old tree waits if exchanging takes two steps.
    old: PathBuf,
    lock: PathBuf,
}

impl Places {
    /// The names for this output folder; `None` for the top of a disk, beside which there is nothing.
    pub(super) fn beside(out: PathBuf) -> Option<Self> {
        let (folder, name) = (out.parent()?, out.file_name()?);
        let named = |ending: &str| folder.join([OsStr::new("."), name, OsStr::new(ending)].join(OsStr::new("")));
        let (new, old) = (named(".journeybook-new"), named(".journeybook-old"));
        Some(Self { new, old, lock: named(".journeybook-lock"), out })
    }

    /// Makes sure that nobody else builds into the same folder; `None` if somebody does.
    pub(super) fn lock(&self) -> Result<Option<Lock>, Error> {
        loop {
            let open = File::options().create(true).write(true).truncate(false).open(&self.lock);
            let file = open.map_err(Error::io("create", &self.lock))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Some network disks know no locks. There the author has to see that builds do not meet.
                Err(TryLockError::Error(why)) if why.kind() != io::ErrorKind::Unsupported => {
                    return Err(Error::io("lock", &self.lock)(why));
                }
                _ => {}
            }
            // Whoever had the lock deletes the file before letting go: then ours is no longer the one to hold.
            if is_still_at(&file, &self.lock) {
                return Ok(Some(Lock { path: self.lock.clone(), _file: file }));
            }
        }
    }

    /// Makes good what a killed build left behind. Gives a folder that is in the way and that no build made.
    pub(super) fn recover(&self) -> Result<Option<&Path>, Error> {
        if !self.out.exists() && self.old.exists() {
            fs::rename(&self.old, &self.out).map_err(Error::io("restore", &self.out))?;
        }
        for left in [&self.new, &self.old] {
            if left.symlink_metadata().is_ok() {
                if !manifest::is_ours(left)? {
                    return Ok(Some(left));
                }
                manifest::retire(left, &self.out)?;
            }
        }
        Ok(None)
    }

    /// Whether a killed build left anything behind that is to be made good.
    pub(super) fn has_leftovers(&self) -> bool {
        [&self.new, &self.old].iter().any(|left| left.symlink_metadata().is_ok())
    }

    /// Puts the new tree in place and deletes the old one.
    ///
    /// # Errors
    /// If the trees could not change places; the old one is in place then.
    pub(super) fn swap(&self) -> io::Result<()> {
        let old = if !self.out.exists() {
            fs::rename(&self.new, &self.out)?;
            return Ok(());
        } else if exchange(&self.new, &self.out).is_ok() {
            &self.new
        } else {
            self.swap_in_two_steps()?;
            &self.old
        };
        // The new site is in place, whatever becomes of the old one. What is left of it the next build clears.
        let _ = manifest::retire(old, &self.out);
        Ok(())
    }

    /// Makes these moves between the new tree, which need not hold anything else, and the old one, which has the manifest `before`,
    /// and deletes what is left. Says whether that was possible; if not, both trees are as they were.
    ///
    /// # Errors
    /// If only some could be made. The next build makes it good.
    pub(super) fn change(&self, moves: &Moves<'_>, before: &Manifest) -> io::Result<bool> {
        let made = moves.make_all(&self.new, &self.out)?;
        if made {
            let _ = manifest::retire_listed(&self.new, &self.out, before);
        }
        Ok(made)
    }

    fn swap_in_two_steps(&self) -> io::Result<()> {
        fs::rename(&self.out, &self.old)?;
        fs::rename(&self.new, &self.out).inspect_err(|_| {
            // If this fails as well, the next build restores it.
            let _ = fs::rename(&self.old, &self.out);
        })
    }
}

/// The right to build into a folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (here, there) = (file.metadata().map(identity), fs::symlink_metadata(path).map(identity));
    here.is_ok_and(|here| there.is_ok_and(|there| here == there))
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    //! The two-step way is taken only where the file system cannot exchange names, which is not where tests run.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    fn tree(folder: &Path, page: &str) {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join(manifest::MANIFEST), "journeybook manifest 1\nindex.html\n").unwrap();
        fs::write(folder.join("index.html"), page).unwrap();
    }

    fn beside(folder: &Path) -> Places {
        Places::beside(folder.join("site")).unwrap()
    }

    #[test]
    fn two_steps_exchange_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let places = beside(folder.path());
        tree(&places.out, "old");
        tree(&places.new, "new");
        places.swap_in_two_steps().unwrap();
        assert_eq!(fs::read_to_string(places.out.join("index.html")).unwrap(), "new");
        assert_eq!(fs::read_to_string(places.old.join("index.html")).unwrap(), "old");
        assert!(!places.new.exists());
    }

    #[test]
    fn a_failing_second_step_takes_back_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let places = beside(folder.path());
        tree(&places.out, "old");
        assert!(places.swap_in_two_steps().is_err(), "there is no new tree");
        assert_eq!(fs::read_to_string(places.out.join("index.html")).unwrap(), "old");
        assert!(!places.old.exists());
    }

    #[test]
    fn a_build_killed_between_the_steps_is_made_good() {
        let folder = tempfile::tempdir().unwrap();
        let places = beside(folder.path());
        tree(&places.old, "old");
        tree(&places.new, "new");
        assert!(places.recover().unwrap().is_none());
        assert_eq!(fs::read_to_string(places.out.join("index.html")).unwrap(), "old");
        assert!(!places.old.exists() && !places.new.exists());
    }

    #[test]
    fn a_lock_excludes_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let places = beside(folder.path());
        let lock = places.lock().unwrap().unwrap();
        assert!(places.lock().unwrap().is_none());
        drop(lock);
        assert!(places.lock().unwrap().is_some());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
