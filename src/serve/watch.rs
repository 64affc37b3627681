//! Waits until something changed and the folder is quiet again.
//!
//! One save is a handful of announcements, a checkout hundreds, and reading a file is announced as well: only
//! what can change a file counts, and only after a pause. What changed is read off the folder afterwards, so an
//! announcement too many costs a look, never a build. Whenever a folder came, went or moved, everything is watched anew
//! before that look, because what is announced about folders tells least. Where the system cannot announce anything, or
//! will not because others write there too, we look ourselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::sleep;
use std::time::Duration;

use notify::event::{CreateKind, ModifyKind, RemoveKind};
use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};

use crate::disk::{self, Place, Snapshot, is_left_out};
use crate::path::HandbookPath;

/// The folder counts as quiet after this many beats without an announcement: 8 milliseconds.
const QUIET_BEATS: usize = 2;
/// Nobody waits longer than this many beats for quiet: half a second.
const MAX_BEATS: usize = 125;
/// A text that an editor has cut to nothing is waited for so many beats: a tenth of a second.
const CUT_BEATS: usize = 25;
/// How often we look whether it is quiet.
const BEAT: Duration = Duration::from_millis(4);
/// How often we look after what nobody announces: the folder itself, and the repository it lies in.
const TICK: Duration = Duration::from_millis(500);
/// How often we look for changes ourselves, where nobody announces them.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// What ends a wait.
pub(super) enum Wake {
    /// The system announces something, or that it no longer can.
    Announced(notify::Result<notify::Event>),
    /// The preview is over.
    Stop,
}

/// A folder being watched.
pub(super) struct Watch {
    /// As the writer named it.
    root: PathBuf,
    /// Where it was when it was last looked for; `None` while it is gone.
    place: Option<Place>,
    /// Folders that do not matter, relative to it.
    excluded: Vec<PathBuf>,
    /// `None` where we look ourselves.
    watcher: Option<RecommendedWatcher>,
    polls_because: Option<String>,
    snapshot: Snapshot,
    wake: Sender<Wake>,
    woken: Receiver<Wake>,
}

/// What happened between two builds.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files that are no texts and are not what they were, by their paths.
    pub(super) assets: Vec<HandbookPath>,
    /// The texts that may have changed, come or gone; `None` if that may be any, or something that is no file.
    pub(super) texts: Option<Vec<HandbookPath>>,
    /// Why the system no longer announces everything, if it stopped just now.
    pub(super) failure: Option<String>,
}

/// What was announced and not yet looked at.
#[derive(Debug, Default)]
struct Heard {
    paths: BTreeSet<PathBuf>,
    /// Some announcements were lost, or concern folders, so anything may have changed.
    anything: bool,
    failure: Option<String>,
}

impl Changes {
    /// All files that may be other ones, come or gone; `None` if that may be any.
    pub(super) fn files(&self) -> Option<Vec<HandbookPath>> {
        Some(self.texts.iter().flatten().chain(&self.assets).cloned().collect()).filter(|_| self.texts.is_some())
    }

    /// Whether nothing that a handbook is made from can be another one.
    pub(super) fn are_none(&self) -> bool {
        self.assets.is_empty() && self.texts.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Watch {
    /// Watches a folder and all in it but the folders `exclude`, by polling if `poll` says so or there is no other way.
    /// `woken` receives what `wake` sends.
    pub(super) fn start(
        root: &Path,
        exclude: &[PathBuf],
        poll: bool,
        wake: Sender<Wake>,
        woken: Receiver<Wake>,
    ) -> notify::Result<Self> {
        let place = Place::of(root);
        let excluded = exclude.iter().filter_map(|folder| {
            let inside = folder.strip_prefix(root).ok().map(Path::to_path_buf);
            inside.or_else(|| Some(Place::of(folder)?.path.strip_prefix(&place.as_ref()?.path).ok()?.to_path_buf()))
        });
        let excluded = excluded.filter(|folder| !folder.as_os_str().is_empty()).collect();
        let polls_because = match &place {
            _ if poll => Some("as asked for".to_owned()),
            Some(place) => disk::unannounced(&place.path),
            None => None,
        };
        let root = root.to_owned();
        let snapshot = Snapshot::default();
        let mut watch = Self { root, place, excluded, watcher: None, polls_because, snapshot, wake, woken };
        if watch.polls_because.is_none()
            && let Err(error) = watch.listen()
        {
            if watch.place.is_none() {
                return Err(error);
            }
            watch.polls_because = Some(error.to_string());
        }
        Ok(watch)
    }

    /// Looks at everything for the first time: before the first wait, and before whoever waits has read the folder once more,
    /// for what changes from here on is told.
    pub(super) fn settle(&mut self) {
        self.snapshot = self.look();
    }

    /// Why changes are looked for rather than announced; `None` if they are announced.
    pub(super) fn polls_because(&self) -> Option<&str> {
        self.polls_because.as_deref()
    }

    /// Waits for a change and then for quiet; `None` once the preview is over. `has_moved` is asked now and then whether
    /// something changed that is no file of the handbook.
    pub(super) fn wait(&mut self, has_moved: &dyn Fn() -> bool) -> Option<Changes> {
        loop {
            let interval = if self.watcher.is_some() { TICK } else { POLL_INTERVAL };
            let mut heard = Heard::default();
            match self.woken.recv_timeout(interval) {
                Ok(wake) => self.note(wake, &mut heard)?,
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if heard.is_empty() {
                if self.is_elsewhere() {
                    return Some(self.look_anew(None));
                }
                if self.watcher.is_none() {
                    match self.poll() {
                        Some(changed) => return Some(changed),
                        None if has_moved() => return Some(Changes::default()),
                        None => {}
                    }
                } else if has_moved() {
                    return Some(Changes::default());
                }
                continue;
            }
            self.wait_for_quiet(&mut heard)?;
            return Some(self.look_at(heard));
        }
    }

    fn wait_for_quiet(&self, heard: &mut Heard) -> Option<()> {
        let mut quiet = 0;
        for _ in 0..MAX_BEATS {
            if quiet == QUIET_BEATS {
                break;
            }
            sleep(BEAT);
            quiet += 1;
            for wake in self.woken.try_iter() {
                self.note(wake, heard)?;
                quiet = 0;
            }
        }
        // Some editors cut a file to nothing before they write it.
        for _ in 0..CUT_BEATS {
            if !self.is_cut(heard) {
                break;
            }
            sleep(BEAT);
            for wake in self.woken.try_iter() {
                self.note(wake, heard)?;
            }
        }
        Some(())
    }

    /// Whether a file that was heard of is empty, and was not before.
    fn is_cut(&self, heard: &Heard) -> bool {
        let home = self.place.as_ref().map_or(&self.root, |place| &place.path);
        heard
            .paths
            .iter()
            .filter_map(|path| path.strip_prefix(home).ok())
            .any(|inside| self.snapshot.is_cut(home, inside))
    }

    /// What of that which was heard of is another one now.
    fn look_at(&mut self, heard: Heard) -> Changes {
        if heard.anything || self.snapshot.has_links() || heard.failure.is_some() {
            return self.look_anew(heard.failure);
        }
        let Some(place) = &self.place else { return Changes::default() };
        let (mut assets, mut texts) = (Vec::new(), Some(Vec::new()));
        for path in &heard.paths {
            let Ok(inside) = path.strip_prefix(&place.path) else { continue };
            let known = disk::handbook_path(inside).filter(|path| path.is_text() || self.snapshot.knows(path));
            let changed = self.snapshot.look(&place.path, inside);
            match known.or_else(|| changed.clone()) {
                Some(text) if text.is_text() => {
                    if let Some(texts) = &mut texts {
                        texts.push(text);
                    }
                }
                Some(_) => assets.extend(changed),
                // No file that we know or see: a folder that went, perhaps, or a name that discovery has a word for.
                None => texts = None,
            }
        }
        Changes { assets, texts, failure: None }
    }

    /// Watches everything anew, looks at it all, and compares.
    fn look_anew(&mut self, failure: Option<String>) -> Changes {
        let mut failure = failure;
        self.place = Place::of(&self.root);
        if failure.is_some() {
            self.watcher = None;
            self.polls_because.clone_from(&failure);
        } else if self.watcher.is_some()
            && self.place.is_some()
            && let Err(error) = self.listen()
        {
            self.watcher = None;
            failure = Some(error.to_string());
            self.polls_because.clone_from(&failure);
        }
        let (_, assets) = self.compare();
        Changes { assets, texts: None, failure }
    }

    /// What changed since the last look we took ourselves; `None` if nothing did. A folder in which much happens is looked at
    /// until it is quiet.
    fn poll(&mut self) -> Option<Changes> {
        let (mut texts, mut assets) = self.compare();
        if texts.is_empty() && assets.is_empty() {
            return None;
        }
        for _ in 0..MAX_BEATS / 10 {
            sleep(BEAT * 10);
            let (more_texts, more_assets) = self.compare();
            if more_texts.is_empty() && more_assets.is_empty() {
                break;
            }
            texts.extend(more_texts);
            assets.extend(more_assets);
        }
        for paths in [&mut texts, &mut assets] {
            paths.sort();
            paths.dedup();
        }
        // What a link leads to may be a text elsewhere.
        let texts = Some(texts).filter(|_| !self.snapshot.has_links());
        Some(Changes { assets, texts, failure: None })
    }

    /// Looks at everything: the texts and the assets that are not what they were at the last look.
    fn compare(&mut self) -> (Vec<HandbookPath>, Vec<HandbookPath>) {
        let now = self.look();
        let home = self.place.as_ref().map_or(&self.root, |place| &place.path);
        let changed = self.snapshot.changed(&now, home).into_iter().cloned();
        let parted = changed.partition(|path| path.is_text());
        self.snapshot = now;
        parted
    }

    fn look(&self) -> Snapshot {
        self.place.as_ref().map_or_else(Snapshot::default, |place| Snapshot::of(&place.path, &self.excluded))
    }

    /// Whether the folder has gone, come back, or another one stands in its place.
    fn is_elsewhere(&self) -> bool {
        Place::of(&self.root) != self.place
    }

    /// Has the system announce what changes from now on. What announced it before goes on until then.
    fn listen(&mut self) -> notify::Result<()> {
        let wake = self.wake.clone();
        let mut watcher = recommended_watcher(move |announcement| {
            // Nobody waits any more once the preview is over.
            let _ = wake.send(Wake::Announced(announcement));
        })?;
        let home = self.place.as_ref().map_or(&self.root, |place| &place.path);
        watcher.watch(home, RecursiveMode::Recursive)?;
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Adds one announcement to what was heard; `None` if the preview is over.
    fn note(&self, wake: Wake, heard: &mut Heard) -> Option<()> {
        match wake {
            Wake::Stop => return None,
            Wake::Announced(Ok(event)) if event.need_rescan() => heard.anything = true,
            // Reading is announced too, and a build reads everything.
            Wake::Announced(Ok(event)) if matches!(event.kind, EventKind::Access(_)) => {}
            Wake::Announced(Ok(event)) => {
                let folders =
                    matches!(event.kind, EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder));
                let gone = matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_));
                for path in event.paths.into_iter().filter(|path| self.may_matter(path)) {
                    let folder = || disk::is_folder(&path) || gone && self.was_folder(&path);
                    heard.anything = heard.anything || folders || folder();
                    heard.paths.insert(path);
                }
            }
            Wake::Announced(Err(error)) => {
                heard.anything = true;
                if matches!(error.kind, ErrorKind::MaxFilesWatch) && self.watcher.is_some() {
                    heard.failure = Some(error.to_string());
                }
            }
        }
        Some(())
    }

    /// Whether a path was a folder with files in it.
    fn was_folder(&self, path: &Path) -> bool {
        let inside = self.place.as_ref().and_then(|place| path.strip_prefix(&place.path).ok());
        inside.is_some_and(|inside| self.snapshot.knows_folder(inside))
    }

    fn may_matter(&self, path: &Path) -> bool {
        let home = self.place.as_ref().map_or(&self.root, |place| &place.path);
        let inside = path.strip_prefix(home).unwrap_or(path);
        !inside.iter().any(is_left_out) && !self.excluded.iter().any(|folder| inside.starts_with(folder))
    }
}

impl Heard {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anything
    }
}
