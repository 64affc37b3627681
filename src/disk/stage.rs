//! The new tree: first the files that are not as they were, then, if all of it is to take the old one's place, the others too.
//!
//! A file whose bytes are as they were keeps its place on the disk and its time: it is linked into the new tree,
//! not copied, so tools that compare times upload only what is new. Pages are dropped as soon as they are written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::keep::Keep;
use super::long::LongFile;
use super::look::stamp;
use super::looks::stamps;
use super::manifest::Manifest;
use super::record::Kept;
use super::stamp::Stamp;
use super::write::WriteError;
use super::{Error, asset_file, open_asset};
use crate::diag::Diagnostic;
use crate::model::{Digests, Reads, watch};
use crate::parallel;
use crate::path::SitePath;
use crate::render::{Entry, Known, Long, Site, Stock, Things};

/// How many failing pages are told of: the first ones, in the order of their addresses.
const MAX_FAILURES: usize = 50;

/// How much of two large files is compared at a time, in bytes.
const CHUNK: u64 = 1 << 16;

/// Files by their address: what [`write`] writes. A [`Site`] is one.
pub trait Tree: Sync {
    /// Every address, each once.
    fn paths(&self) -> impl Iterator<Item = &SitePath>;

    /// What stands at an address: `None` if nothing does.
    ///
    /// # Errors
    /// The theme's mistake, if a template fails on this page.
    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>>;

    /// What it rests on, after a tree that rested on `before`; `None` if nobody knows, and then a later build makes all of it anew.
    fn digests(&self, _before: Option<&Digests>) -> Option<Digests> {
        None
    }

    /// Makes what many of its files are made of, as far as it does not lie in stock.
    fn make_index(&self, _: &dyn Stock) {}

    /// What a file rests on besides, in short; 0 for nearly everything.
    fn layout(&self, _: &SitePath) -> u64 {
        0
    }

    /// The same as [`Self::read`], if it is better written than read; `None` for nearly everything.
    fn long(&self, _: &SitePath) -> Option<Long<'_>> {
        None
    }
}

impl Tree for Site {
    fn paths(&self) -> impl Iterator<Item = &SitePath> {
        Site::paths(self)
    }

    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        Site::read(self, path)
    }

    fn digests(&self, before: Option<&Digests>) -> Option<Digests> {
        Some(Site::digests(self, before))
    }

    fn make_index(&self, stock: &dyn Stock) {
        Site::make_index(self, stock);
    }

    fn layout(&self, path: &SitePath) -> u64 {
        Site::layout(self, path)
    }

    fn long(&self, path: &SitePath) -> Option<Long<'_>> {
        Site::long(self, path)
    }
}

/// What was done about a file.
#[derive(Debug)]
pub(super) enum Put<'k> {
    /// It was not made, but left as it lies there: what is known of it.
    Kept(&'k Kept),
    /// The same, and it got a second name, or lost one.
    Linked(&'k Kept),
    /// It was made.
    Made {
        /// What became of it.
        laid: Laid,
        /// What was read of the handbook to make it; `None` if it holds what is no part of that, or if nobody wants to know.
        reads: Option<Reads>,
        /// What it rests on besides; 0 if nobody wants to know.
        layout: u64,
        /// The things that it is made of, if it is a long one and somebody wants to know.
        things: Option<Box<Things>>,
    },
}

impl Put<'_> {
    /// Whether the file is as it was.
    pub(super) fn is_same(&self) -> bool {
        matches!(self, Self::Kept(_) | Self::Linked(_) | Self::Made { laid: Laid { same: true, .. }, .. })
    }
}

/// What became of a file that was made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Laid {
    /// Whether it is as it was.
    pub(super) same: bool,
    /// Its state before it was compared, or when it had been written: whoever touches it later shall not be taken for us.
    pub(super) stamp: Stamp,
}

/// A new tree in the making.
pub(super) struct Stage<'a, T> {
    /// What it shall hold.
    pub(super) tree: &'a T,
    /// The handbook's folder.
    pub(super) root: &'a Path,
    /// Where the new tree grows. Nothing is there yet.
    pub(super) new: &'a Path,
    /// The tree of the build before, if there is one.
    pub(super) old: &'a Path,
    /// What that build wrote.
    pub(super) before: &'a Manifest,
    /// What of it may stay, if anything.
    pub(super) keep: Option<&'a Keep<'a>>,
    /// What it rests on, if somebody wants to know that of each of its files.
    pub(super) digests: Option<&'a Digests>,
}

impl<'a, T: Tree> Stage<'a, T> {
    /// Writes every file that is not as it was, and says what was done, in the order of the manifest.
    pub(super) fn fill(
        &self,
        manifest: &Manifest,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<Put<'a>>, WriteError> {
        self.prepare(manifest)?;
        let (done, stopped, failures) = (AtomicUsize::new(0), AtomicBool::new(false), Failures::default());
        let total = manifest.paths().len();
        let known = self.known(manifest);
        let numbers: Vec<usize> = (0..total).collect();
        let puts = parallel::map(&numbers, |number| -> Result<Put<'a>, Error> {
            let path = &manifest.paths()[*number];
            let known = known.get(*number).and_then(|(known, stamp)| self.kept(path, (*known)?, *stamp));
            let stop = |_: &Error| stopped.store(true, Ordering::Relaxed);
            let put = if stopped.load(Ordering::Relaxed) || failures.are_enough_before(path) {
                Put::Made { laid: Laid::default(), reads: None, layout: 0, things: None }
            } else if let Some(kept) = known {
                Put::Kept(kept)
            } else {
                self.make(path, &failures).inspect_err(stop)?
            };
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(put)
        });
        let puts: Vec<Put<'_>> = puts.into_iter().collect::<Result<_, _>>()?;
        let failures = failures.into_first();
        if !failures.is_empty() {
            return Err(WriteError::Pages(failures));
        }
        Ok(puts)
    }

    /// Links every other file as well; where the disk knows no second names, copies it.
    pub(super) fn complete(&self, manifest: &Manifest, puts: &mut [Put<'a>]) -> Result<(), Error> {
        let same: Vec<usize> = (0..puts.len()).filter(|number| puts[*number].is_same()).collect();
        let linked = parallel::map(&same, |number| self.link(&manifest.paths()[*number]));
        for (number, copied) in same.into_iter().zip(linked) {
            // It is another file now, and looked at anew.
            let copied = copied?.map(|stamp| Laid { same: true, stamp });
            match (&mut puts[number], copied) {
                (Put::Made { laid, .. }, Some(copied)) => *laid = copied,
                (Put::Kept(kept), Some(laid)) => {
                    let (reads, things) = (kept.reads.clone(), kept.things.clone());
                    puts[number] = Put::Made { laid, reads, layout: kept.layout, things };
                }
                (Put::Kept(kept), None) => puts[number] = Put::Linked(kept),
                (Put::Linked(_) | Put::Made { .. }, _) => {}
            }
        }
        Ok(())
    }

    /// Puts a file that is as it was into the new tree; gives the state of its copy, where it cannot be the same one.
    fn link(&self, path: &SitePath) -> Result<Option<Stamp>, Error> {
        let (old, new) = (self.old.join(path.as_str()), self.new.join(path.as_str()));
        if fs::hard_link(&old, &new).is_ok() {
            return Ok(None);
        }
        let mut from = File::open(&old).map_err(Error::io("read", &old))?;
        create(&new, |file| io::copy(&mut from, file).map(drop)).map(Some)
    }

    /// Creates every folder, and the manifest before any file that it lists.
    fn prepare(&self, manifest: &Manifest) -> Result<(), Error> {
        fs::create_dir(self.new).map_err(Error::io("create the folder", self.new))?;
        if let Ok(old) = fs::metadata(self.old) {
            // Whoever may read the old site may read the new one.
            fs::set_permissions(self.new, old.permissions()).map_err(Error::io("set up the folder", self.new))?;
        }
        manifest.write(self.new)?;
        for folder in manifest.folders() {
            let folder = self.new.join(folder);
            fs::create_dir(&folder).map_err(Error::io("create the folder", &folder))?;
        }
        Ok(())
    }

    /// Makes a file, and puts it into the new tree.
    fn make(&self, path: &SitePath, failures: &Failures) -> Result<Put<'a>, Error> {
        let (mut copied, mut things) = (false, None);
        let mut put = || match self.tree.long(path) {
            Some(long) => {
                let (laid, made) = self.put_long(path, long)?;
                things = made;
                Ok(laid)
            }
            None => match self.tree.read(path).unwrap_or_else(|| panic!("bug: nothing stands at `{path}`")) {
                Ok(entry) => {
                    copied = matches!(entry, Entry::Asset(_));
                    self.put(path, entry)
                }
                Err(diagnostic) => {
                    failures.add(path, diagnostic);
                    Ok(Laid::default())
                }
            },
        };
        let Some(digests) = self.digests else {
            return Ok(Put::Made { laid: put()?, reads: None, layout: 0, things: None });
        };
        let (laid, reads) = watch(put);
        let reads = (!copied).then(|| digests.placed(reads));
        Ok(Put::Made { laid: laid?, reads, layout: self.tree.layout(path), things })
    }

    /// What is known of each file that was there before and would be made of the same, but for its layout, and how it looks now;
    /// empty if nothing is known of any.
    fn known(&self, manifest: &Manifest) -> Vec<(Option<&'a Kept>, Option<Stamp>)> {
        let Some(keep) = self.keep else { return Vec::new() };
        let listed = self.before.lists_each(manifest.paths());
        let known =
            keep.known(manifest.paths()).into_iter().zip(listed).map(|(known, listed)| known.filter(|_| listed));
        let alike = parallel::map(&known.collect::<Vec<_>>(), |known| known.and_then(|known| keep.alike(known)));
        let paths: Vec<_> = alike.iter().map(|known| known.map(|known| &known.path)).collect();
        let stamps = stamps(self.old, &paths);
        alike.into_iter().zip(stamps).collect()
    }

    /// What is known of a file that would be made as it lies there, with this stamp; `None` if that is not certain.
    fn kept(&self, path: &SitePath, known: &'a Kept, stamp: Option<Stamp>) -> Option<&'a Kept> {
        let same = known.layout == self.tree.layout(path);
        (same && known.look.is_still(stamp, || self.old.join(path.as_str()))).then_some(known)
    }

    /// The file of the build before and its state, if it is a file that we wrote, and no link, which a hard link would copy as such.
    fn old_file(&self, path: &SitePath) -> Option<(PathBuf, Stamp)> {
        let old = self.before.lists(path).then(|| self.old.join(path.as_str()))?;
        let stamp = stamp(&old, false).ok()?;
        Some((old, stamp))
    }

    /// The same as [`Self::put`] for what is written as it is made: only then it is known whether it is as it was.
    fn put_long(&self, path: &SitePath, long: Long<'_>) -> Result<(Laid, Option<Box<Things>>), Error> {
        let new = self.new.join(path.as_str());
        let things = self.write_long(path, long, &new).map_err(Error::io("write", &new))?;
        let same = |old: &Path| File::open(&new).and_then(|new| are_equal(new, old)).unwrap_or(false);
        if let Some((_, stamp)) = self.old_file(path).filter(|(old, _)| same(old)) {
            fs::remove_file(&new).map_err(Error::io("delete", &new))?;
            return Ok((Laid { same: true, stamp }, things));
        }
        let stamp = stamp(&new, false).map_err(Error::io("look at", &new))?;
        Ok((Laid { same: false, stamp }, things))
    }

    /// Writes what is long, with things of the file that lies there as far as they would be made just so; gives its own, if
    /// somebody wants to know.
    fn write_long(&self, path: &SitePath, long: Long<'_>, new: &Path) -> io::Result<Option<Box<Things>>> {
        let create = |old| Ok::<_, io::Error>(LongFile { new: File::create_new(new)?, old });
        let Some(digests) = self.digests else {
            return long.write(&mut create(None)?).map(|()| None);
        };
        let keep = self.keep.zip(self.old_file(path));
        let known =
            keep.and_then(|(keep, (old, _))| Some((keep, File::open(&old).ok()?, keep.things(path, &old)?, old)));
        if let Some((keep, file, things, old)) = known {
            let is_same = |reads: &Reads| keep.is_same(reads);
            let made = long.write_copying(&mut create(Some(file))?, digests, Some(Known { things, is_same: &is_same }));
            // Nobody touched it while it was copied from.
            if let (Ok(made), Some(_)) = (made, keep.things(path, &old)) {
                return Ok(Some(made.into()));
            }
            fs::remove_file(new)?;
        }
        long.write_copying(&mut create(None)?, digests, None).map(|things| Some(things.into()))
    }

    /// Puts one file into the new tree if it is not as it was, and says whether it is.
    fn put(&self, path: &SitePath, entry: Entry<'_>) -> Result<Laid, Error> {
        let (new, old) = (self.new.join(path.as_str()), self.old_file(path));
        match entry {
            Entry::Bytes(bytes) => {
                if let Some((_, stamp)) = old.filter(|(old, stamp)| holds(old, *stamp, &bytes)) {
                    return Ok(Laid { same: true, stamp });
                }
                create(&new, |file| file.write_all(&bytes))
            }
            Entry::Asset(asset) => {
                let file = asset_file(self.root, asset);
                let open = || open_asset(self.root, asset);
                let mut from = open().map_err(Error::io("read", &file))?;
                let same = |old: &Path| open().and_then(|file| are_equal(file, old)).unwrap_or(false);
                if let Some((_, stamp)) = old.filter(|(old, _)| same(old)) {
                    return Ok(Laid { same: true, stamp });
                }
                create(&new, |file| io::copy(&mut from, file).map(drop))
            }
        }
        .map(|stamp| Laid { same: false, stamp })
    }
}

/// Creates a file and fills it; gives its state. Never over another: two addresses that differ only in capitals are one on some
/// disks.
fn create(new: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<Stamp, Error> {
    let create = || {
        let mut file = File::create_new(new)?;
        fill(&mut file)?;
        Ok(Stamp::of(&file.metadata()?))
    };
    create().map_err(Error::io("write", new))
}

fn holds(file: &Path, stamp: Stamp, bytes: &[u8]) -> bool {
    stamp.bytes() == bytes.len() as u64 && fs::read(file).is_ok_and(|held| held == bytes)
}

fn are_equal(one: File, other: &Path) -> io::Result<bool> {
    let other = File::open(other)?;
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut here, mut there) = (Vec::new(), Vec::new());
    loop {
        here.clear();
        there.clear();
        (&one).take(CHUNK).read_to_end(&mut here)?;
        (&other).take(CHUNK).read_to_end(&mut there)?;
        if here.is_empty() || here != there {
            return Ok(here == there);
        }
    }
}

/// The failing pages that come first: the same ones however the threads run.
#[derive(Default)]
struct Failures {
    first: Mutex<BTreeMap<SitePath, Diagnostic>>,
}

impl Failures {
    fn add(&self, path: &SitePath, diagnostic: Diagnostic) {
        let mut first = self.lock();
        first.insert(path.clone(), diagnostic);
        if first.len() > MAX_FAILURES {
            first.pop_last();
        }
    }

    /// Whether nobody would hear of a failure at `path`.
    fn are_enough_before(&self, path: &SitePath) -> bool {
        let first = self.lock();
        first.len() == MAX_FAILURES && first.last_key_value().is_some_and(|(last, _)| last < path)
    }

    fn into_first(self) -> Vec<Diagnostic> {
        self.first.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<SitePath, Diagnostic>> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
