//! The cache: what a build leaves for the one after it, outside both the handbook and the site.
//!
//! It is never trusted over what is there. If all that a build was made from is the same to the byte, and every file that was
//! copied, and every file of the site, is as it was left, then a build would write what stands there already. If something is
//! not, all of the handbook is read and checked. A file of it that is the same to the byte is not parsed again, see `drafts`, and
//! a file of the site stays as it lies there that is as it was left, and for which nothing was read that differs, see `keep`.
//! Whatever is wrong with the cache itself (it is gone, spoilt, another program's, or must not be written) costs time and nothing
//! else, so nobody hears of it.

use std::collections::BTreeSet;
use std::fs;
use std::hash::Hash;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::cache_files::CacheFiles;
use super::discover::discover_after;
use super::drafts::{Drafts, touch};
use super::keep::Keep;
use super::look::{self, Look};
use super::looks::stamps;
use super::manifest::{MANIFEST, Manifest, is_litter};
use super::pieces::Pieces;
use super::record::{Kept, Record, Told};
use super::stage::Put;
use super::stamp::{FINE, Stamp, TELLS_CHANGES};
use super::swap::Places;
use super::texts::Texts;
use super::{Error, asset_file, is_left_out, unannounced, write};
use crate::hash::digest;
use crate::model::Digests;
use crate::parallel;
use crate::path::{HandbookPath, SitePath};
use crate::source::{Content, Shelf, Sources};

/// How many files that were kept are rather read than waited for, and how many are looked at together.
const MANY: usize = 1000;
/// How many bytes of a file are rather waited for as well.
const LARGE: u64 = 4 << 20;

/// Where one handbook is built into one folder, and what the build before left: all that is known before anything is read.
#[derive(Debug)]
pub struct Desk {
    root: PathBuf,
    files: CacheFiles,
    places: Places,
    /// Whether another machine may write to the disk, so that times prove nothing.
    distant: bool,
    /// All that a build is made from but the sources.
    key: u64,
    /// What the build before left, if it was made by the same program at the same desk.
    before: Option<Record>,
    /// What it made of the texts.
    drafts: Arc<Drafts>,
    /// The texts that a later build need not read.
    texts: Texts,
}

/// The cache for one handbook that is built into one folder.
#[derive(Debug)]
pub struct Cache {
    desk: Desk,
    /// All that the build is made from.
    key: u64,
    /// How the files that will be copied look.
    assets: Vec<(String, Look)>,
}

impl Desk {
    /// The desk with the cache in `folder`, an absolute path that need not be there, for building the handbook in `root`, with
    /// these wishes, into `out`. `None` where there can be none, as it would lie in the site or be part of the handbook.
    pub fn of(folder: &Path, root: &Path, out: &Path, wishes: impl Hash) -> Option<Self> {
        let root = fs::canonicalize(root).ok()?;
        let places = write::places(&root, out).ok()?;
        let folder = write::resolve(folder).ok()?;
        let is_part = |inside: &Path| !inside.iter().any(is_left_out);
        if folder.starts_with(&places.out) || folder.strip_prefix(&root).is_ok_and(is_part) {
            return None;
        }
        let nearest = places.out.ancestors().find(|folder| folder.exists())?;
        let distant = !TELLS_CHANGES || unannounced(&root).or_else(|| unannounced(nearest)).is_some();
        let program = look::stamp(&std::env::current_exe().ok()?, true).ok()?.0;
        let key = digest(&(program, &root, &places.out, wishes));
        let files = CacheFiles::of(folder, digest(&(&root, &places.out)));
        let drafts_desk = digest(&(program, env!("CARGO_PKG_VERSION"), &root));
        let drafts = Arc::new(Drafts::new(files.drafts(), files.unfinished_drafts(), drafts_desk));
        let before = fs::read(files.record()).ok().and_then(|bytes| Record::from_bytes(&bytes));
        let before = before.filter(|record| record.desk == key);
        Some(Self { root, files, places, distant, key, before, drafts, texts: Texts::default() })
    }

    /// The handbook that lies here, as [`discover`](super::discover()) gives it, but that a text need not be read that is
    /// what it was for the build before: see [`Sources::knows_unread`].
    ///
    /// # Errors
    /// The same.
    pub fn discover(&mut self, root: &Path, exclude: &[&Path]) -> Result<Sources, Error> {
        let (sources, texts) = discover_after(root, exclude, self.before.as_ref().map(|record| &record.texts))?;
        self.texts = texts;
        Ok(sources)
    }

    /// The same desk, at which every text is read.
    #[must_use]
    pub fn without_texts(mut self) -> Self {
        self.before.iter_mut().for_each(|record| record.texts = Texts::default());
        self
    }

    /// The cache for these sources; `None` where the files to be copied cannot be looked at.
    pub fn cache(self, sources: &Sources) -> Option<Cache> {
        let key = digest(&(self.key, sources));
        let copied =
            sources.iter().filter(|(_, source)| source.content == Content::Asset).map(|(_, source)| &source.path);
        let look = |path: &HandbookPath| {
            Some((path.to_string(), Look::at(&asset_file(&self.root, path), true, self.distant).ok()?))
        };
        let assets: Vec<_> = copied.map(look).collect::<Option<_>>()?;
        Some(Cache { desk: self, key, assets })
    }
}

impl Cache {
    /// The cache in `folder` for building the handbook in `root`, with these sources and wishes, into `out`; `None` where there
    /// can be none: see [`Desk`].
    pub fn of(folder: &Path, root: &Path, out: &Path, sources: &Sources, wishes: impl Hash) -> Option<Self> {
        Desk::of(folder, root, out, wishes)?.cache(sources)
    }

    /// Where what is made of the texts is kept.
    pub fn shelf(&self) -> Arc<dyn Shelf> {
        Arc::clone(&self.desk.drafts) as Arc<dyn Shelf>
    }

    /// What the build said that left the site as it stands there, if this one would write the same: `None` if anything is
    /// otherwise, or if that is not certain.
    pub fn recall(&self) -> Option<Told> {
        let Desk { files, places, before, .. } = &self.desk;
        let record = before.as_ref().filter(|record| record.key == self.key)?;
        let _lock = places.lock().ok()??;
        if places.has_leftovers() || !self.copies(record) || !stands(&places.out, &record.files) {
            return None;
        }
        // Somebody still asks for it.
        let _ = touch(&files.record());
        let _ = touch(&files.drafts());
        Some(record.told.clone())
    }

    /// What the site rests on that the build before left.
    pub(super) fn digests(&self) -> Option<&Digests> {
        self.desk.before.as_ref().map(|record| &record.digests)
    }

    /// What a build of a site that rests on `digests` may leave as it lies there; `None` if nothing.
    pub(super) fn kept(&self, digests: &Digests) -> Option<Keep<'_>> {
        self.desk.before.as_ref().and_then(|record| Keep::of(record, digests))
    }

    /// The manifest of the site, if the one that the build before left is still there.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        let Desk { places, before, .. } = &self.desk;
        let (own, others): (Vec<&Kept>, Vec<&Kept>) =
            before.as_ref()?.files.iter().partition(|file| file.path.as_str() == MANIFEST);
        let is_there = own.first()?.look.is_of(&places.out.join(MANIFEST), false);
        is_there.then(|| Manifest::known(others.into_iter().map(|file| file.path.clone()).collect()))
    }

    /// The pieces of work that wait for a build of a site that rests on `digests`.
    pub(super) fn pieces<'d>(&'d self, digests: &'d Digests) -> Pieces<'d> {
        Pieces::new(&self.desk.files, self.desk.key, digests, &self.desk.drafts)
    }

    /// Whether all that was left on the [shelf](Self::shelf) stood there when it was needed, until now.
    pub fn is_whole(&self) -> bool {
        self.desk.drafts.are_whole()
    }

    /// Whether the files that were copied are as they were.
    fn copies(&self, record: &Record) -> bool {
        let same = |((path, now), (was, look)): (&(String, Look), &(String, Look))| {
            path == was
                && HandbookPath::new(path).is_some_and(|path| look.is(now, || asset_file(&self.desk.root, &path)))
        };
        self.assets.len() == record.assets.len() && self.assets.iter().zip(&record.assets).all(same)
    }

    /// How the files of a site look that stands in its place, given in order with what was done for each; asked while nobody else
    /// may write there. `None` if they cannot be looked at.
    pub(super) fn look(&self, paths: Vec<SitePath>, puts: Vec<Put<'_>>) -> Option<Vec<Kept>> {
        let Desk { places, distant, .. } = &self.desk;
        let stamp_of = |path: &SitePath| look::stamp(&places.out.join(path.as_str()), false).ok();
        // A name that a file got or lost makes its stamp a fresh one. To wait until it tells something costs less than to read
        // many files, or a large one.
        let relinked = puts.iter().filter(|put| matches!(put, Put::Linked(_))).count();
        let is_large = |path: &SitePath| stamp_of(path).is_some_and(|stamp| stamp.bytes() > LARGE);
        let is_long = |put: &Put<'_>| matches!(put, Put::Made { things: Some(_), .. });
        let large = paths.iter().zip(&puts).any(|(path, put)| is_long(put) && is_large(path));
        if (relinked > MANY || large) && !distant {
            std::thread::sleep(Duration::from_nanos(FINE as u64 + 1));
        }
        let look = |path: &SitePath| Look::at(&places.out.join(path.as_str()), false, *distant).ok();
        let seen = |(path, put): &(&SitePath, &Put<'_>)| match put {
            Put::Kept(was) => Some(was.look),
            Put::Linked(_) | Put::Made { .. } => look(path),
        };
        // Who changes a file while we build shall not be told that it is as it was. A distant disk may set a new file's time late.
        let is_ours = |look: &Look, stamp: &Stamp| look.stamp.is_but_for_names(stamp);
        let kept = |path: &SitePath, put: Put<'_>, look: Look| match put {
            Put::Kept(was) => Some(was.clone()),
            Put::Linked(was) => is_ours(&look, &was.look.stamp).then(|| Kept { look, ..was.clone() }),
            Put::Made { laid, reads, layout, things } => {
                let ours = is_ours(&look, &laid.stamp) || *distant && !laid.same;
                ours.then(|| Kept { path: path.clone(), look, reads, layout, things })
            }
        };
        let (mut files, mut puts) = (Vec::with_capacity(paths.len() + 1), puts.into_iter());
        // So many at a time: all of them once is enough.
        for some in paths.chunks(MANY) {
            let looks = parallel::map(&some.iter().zip(puts.as_slice()).collect::<Vec<_>>(), seen);
            for ((path, look), put) in some.iter().zip(looks).zip(&mut puts) {
                files.push(kept(path, put, look?)?);
            }
        }
        let manifest = SitePath::new(MANIFEST)?;
        let at = files.partition_point(|file| file.path < manifest);
        files.insert(at, Kept { look: look(&manifest)?, path: manifest, reads: None, layout: 0, things: None });
        Some(files)
    }

    /// Keeps what a build leaves: how its files look, and what it said.
    pub fn keep(self, left: Left, told: Told) {
        let Left { digests, files, pieces } = left;
        let Self { desk, key, assets } = self;
        let record = Record { key, desk: desk.key, digests, told, texts: desk.texts, assets, files };
        // Nobody is to wait for a cache, or to hear of it.
        let _ = desk.files.store(&desk.files.record(), &[&record.to_bytes()]);
        desk.drafts.finish();
        let _ = desk.files.prune(&pieces);
        // Nothing comes after it, and the system takes back at once what a program held.
        std::mem::forget((record, desk.before));
    }
}

/// What a build leaves in the output folder.
#[derive(Debug)]
pub struct Left {
    /// What the site rests on.
    pub(super) digests: Digests,
    /// Its files.
    pub(super) files: Vec<Kept>,
    /// The files of the cache that hold pieces of it.
    pub(super) pieces: BTreeSet<PathBuf>,
}

/// Whether a folder holds these files as they were, and no others.
fn stands(out: &Path, files: &[Kept]) -> bool {
    let stamps = stamps(out, &files.iter().map(|file| Some(&file.path)).collect::<Vec<_>>());
    let same = |(file, stamp): (&Kept, Option<Stamp>)| file.look.is_still(stamp, || out.join(file.path.as_str()));
    if !parallel::turn(files.iter().zip(stamps).collect(), |_, pair| same(pair)).into_iter().all(|same| same) {
        return false;
    }
    // All of them are there: as many files and folders as these take are no others.
    let named = Manifest::new(files.iter().map(|file| &file.path));
    let folders: Vec<PathBuf> = std::iter::once("").chain(named.folders()).map(|folder| out.join(folder)).collect();
    let counted = parallel::map(&folders, |folder| count(folder).unwrap_or((usize::MAX, 0)));
    let all = counted.into_iter().fold((0, 1), |(files, inner), more| {
        (usize::saturating_add(files, more.0), usize::saturating_add(inner, more.1))
    });
    all == (files.len(), folders.len())
}

/// How many files and how many folders are in a folder, but for what a desktop leaves there.
fn count(folder: &Path) -> io::Result<(usize, usize)> {
    let mut counted = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => counted.1 += 1,
            false if is_litter(&entry.file_name()) => {}
            false => counted.0 += 1,
        }
    }
    Ok(counted)
}
