//! Waits until something changed and the folder is quiet again.
//!
//! One save is a handful of announcements, a checkout hundreds, and reading a file is announced as well: only
//! what can change a file counts, and only after a pause. What changed is read off the folder afterwards, so an
//! announcement too many costs a look, never a build. Where the system cannot announce anything, we look ourselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::thread::sleep;
use std::time::Duration;

use notify::{Config, ErrorKind, EventKind, PollWatcher, RecursiveMode, Watcher, recommended_watcher};

use crate::disk::{asset_file, is_left_out};
use crate::source::{Content, Sources};

/// The folder counts as quiet after this many beats without an announcement: 15 milliseconds.
const QUIET_BEATS: usize = 3;
/// Nobody waits longer than this many beats for quiet: half a second.
const MAX_BEATS: usize = 100;
/// How often we look whether it is quiet.
const BEAT: Duration = Duration::from_millis(5);
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
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    polls_because: Option<String>,
    wake: Sender<Wake>,
    woken: Receiver<Wake>,
}

/// What was announced between two builds.
#[derive(Debug, Default)]
pub(super) struct Changes {
    paths: BTreeSet<PathBuf>,
    /// Some announcements were lost, so anything may have changed.
    anything: bool,
    /// Why the system no longer announces everything.
    failure: Option<String>,
}

impl Watch {
    /// Watches a folder and all in it, by polling if there is no other way. `woken` receives what `wake` sends.
    ///
    /// The path must be free of links: some systems name what changed by its true path.
    pub(super) fn start(root: &Path, wake: Sender<Wake>, woken: Receiver<Wake>) -> notify::Result<Self> {
        let (watcher, polls_because) = match announced(root, &wake) {
            Ok(watcher) => (watcher, None),
            Err(error) => (polled(root, &wake)?, Some(error.to_string())),
        };
        Ok(Self { root: root.to_owned(), watcher, polls_because, wake, woken })
    }

    /// Why changes are looked for rather than announced; `None` if they are announced.
    pub(super) fn polls_because(&self) -> Option<&str> {
        self.polls_because.as_deref()
    }

    /// Waits for a change and then for quiet; `None` once the preview is over.
    pub(super) fn wait(&mut self) -> Option<Changes> {
        let mut changes = Changes::default();
        while changes.is_empty() {
            self.note(self.woken.recv().ok()?, &mut changes)?;
        }
        let mut quiet = 0;
        for _ in 0..MAX_BEATS {
            if quiet == QUIET_BEATS {
                break;
            }
            sleep(BEAT);
            quiet += 1;
            for wake in self.woken.try_iter() {
                self.note(wake, &mut changes)?;
                quiet = 0;
            }
        }
        Some(changes)
    }

    /// Looks for changes itself from now on.
    pub(super) fn poll(&mut self, reason: String) -> notify::Result<()> {
        self.watcher = polled(&self.root, &self.wake)?;
        self.polls_because = Some(reason);
        Ok(())
    }

    /// Adds one announcement to the changes; `None` if the preview is over.
    fn note(&self, wake: Wake, changes: &mut Changes) -> Option<()> {
        match wake {
            Wake::Stop => return None,
            Wake::Announced(Ok(event)) if event.need_rescan() => changes.anything = true,
            // Reading is announced too, and a build reads everything.
            Wake::Announced(Ok(event)) if matches!(event.kind, EventKind::Access(_)) => {}
            Wake::Announced(Ok(event)) => {
                changes.paths.extend(event.paths.into_iter().filter(|path| self.may_matter(path)));
            }
            Wake::Announced(Err(error)) => {
                changes.anything = true;
                if matches!(error.kind, ErrorKind::MaxFilesWatch) && self.polls_because.is_none() {
                    changes.failure = Some(error.to_string());
                }
            }
        }
        Some(())
    }

    fn may_matter(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        !inside.iter().any(is_left_out)
    }
}

impl Changes {
    /// Whether a file that is shown as it is, and never read into the sources, may be another one now.
    pub(super) fn touch_an_asset(&self, root: &Path, sources: &Sources) -> bool {
        let assets = || sources.iter().filter(|(_, file)| file.content == Content::Asset);
        self.anything || assets().any(|(_, file)| self.paths.contains(&asset_file(root, &file.path)))
    }

    /// Why the system no longer announces everything; `None` while it does.
    pub(super) fn failure(&mut self) -> Option<String> {
        self.failure.take()
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anything
    }
}

/// A watcher to which the system announces changes.
fn announced(root: &Path, wake: &Sender<Wake>) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = recommended_watcher(teller(wake))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// A watcher that looks for changes itself.
fn polled(root: &Path, wake: &Sender<Wake>) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = PollWatcher::new(teller(wake), Config::default().with_poll_interval(POLL_INTERVAL))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

fn teller(wake: &Sender<Wake>) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    let wake = wake.clone();
    move |announcement| {
        // Nobody waits any more once the preview is over.
        let _ = wake.send(Wake::Announced(announcement));
    }
}
