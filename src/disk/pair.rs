//! Two folders with the same folders in them, between which files move.
//!
//! No link is followed on the way: somebody may put one in the place of a folder at any moment, and what it leads to is not ours.

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
pub(super) use system::Pair;
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
pub(super) use unknown::Pair;

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
mod system {
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::fs::{Mode, OFlags, RenameFlags, open, openat, renameat_with};

    const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

    /// Two folders that are held open.
    #[derive(Debug)]
    pub(in super::super) struct Pair<'p> {
        new: OwnedFd,
        out: OwnedFd,
        /// The folder in both that was asked for last, as the next file is mostly in the same.
        inner: Option<(&'p str, [OwnedFd; 2])>,
    }

    impl<'p> Pair<'p> {
        /// Opens both.
        ///
        /// # Errors
        /// Those of the disk.
        pub(in super::super) fn open(new: &Path, out: &Path) -> io::Result<Self> {
            let open = |folder: &Path| open(folder, FOLDER, Mode::empty());
            Ok(Self { new: open(new)?, out: open(out)?, inner: None })
        }

        /// Exchanges the files that have this path in both.
        ///
        /// # Errors
        /// If one of them is not there, or its folder is no folder.
        pub(in super::super) fn exchange(&mut self, path: &'p str) -> io::Result<()> {
            let ([new, out], name) = self.at(path)?;
            Ok(renameat_with(new, name, out, name, RenameFlags::EXCHANGE)?)
        }

        /// Moves a file from the first to the second, where nothing is.
        ///
        /// # Errors
        /// The same, and if something is there.
        pub(in super::super) fn put(&mut self, path: &'p str) -> io::Result<()> {
            let ([new, out], name) = self.at(path)?;
            Ok(renameat_with(new, name, out, name, RenameFlags::NOREPLACE)?)
        }

        /// Moves a file from the second to the first, where nothing is.
        ///
        /// # Errors
        /// The same.
        pub(in super::super) fn take(&mut self, path: &'p str) -> io::Result<()> {
            let ([new, out], name) = self.at(path)?;
            Ok(renameat_with(out, name, new, name, RenameFlags::NOREPLACE)?)
        }

        /// The folder of a path in both, and its name there.
        fn at(&mut self, path: &'p str) -> io::Result<([&OwnedFd; 2], &'p str)> {
            let Some((folder, name)) = path.rsplit_once('/') else { return Ok(([&self.new, &self.out], path)) };
            if self.inner.as_ref().is_none_or(|(last, _)| *last != folder) {
                self.inner = Some((folder, [inside(&self.new, folder)?, inside(&self.out, folder)?]));
            }
            let both = self.inner.as_ref().map(|(_, [new, out])| ([new, out], name));
            both.ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }

    /// A folder in another, however deep.
    fn inside(top: &OwnedFd, folder: &str) -> io::Result<OwnedFd> {
        let mut parts = folder.split('/');
        let first = openat(top, parts.next().unwrap_or_default(), FOLDER, Mode::empty())?;
        Ok(parts.try_fold(first, |outer, part| openat(&outer, part, FOLDER, Mode::empty()))?)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
mod unknown {
    use std::io;
    use std::marker::PhantomData;
    use std::path::Path;

    /// Where nothing moves so.
    #[derive(Debug)]
    pub(in super::super) struct Pair<'p>(PhantomData<&'p str>);

    impl<'p> Pair<'p> {
        /// There is none.
        pub(in super::super) fn open(_: &Path, _: &Path) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(in super::super) fn exchange(&mut self, _: &'p str) -> io::Result<()> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(in super::super) fn put(&mut self, _: &'p str) -> io::Result<()> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(in super::super) fn take(&mut self, _: &'p str) -> io::Result<()> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}
