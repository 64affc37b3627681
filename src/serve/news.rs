//! Tells open pages that there is a newer build, and what changed in it.
//!
//! A page knows which build it shows and a tag for what is on it. All pages of one browser share one channel, held while
//! one of them can be seen: a browser opens six connections to a host and no more. The channel only says which build
//! is the latest. A page that shows another one asks what changed since, and for itself if it changed; so a page that slept,
//! or outlived the preview it came from, catches up the same way.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::build::Build;
use super::http::Shown;
use super::media;
use crate::path::SitePath;

/// Where the page's script is.
pub(super) const SCRIPT_URL: &str = "/__journeybook/preview.js";
/// Where the script is that listens for all pages of a browser.
pub(super) const LISTENER_URL: &str = "/__journeybook/listen.js";
/// Where the style of panel and badge is.
pub(super) const STYLE_URL: &str = "/__journeybook/preview.css";
/// Where the listener listens.
pub(super) const EVENTS_URL: &str = "/__journeybook/events";
/// Where a page asks what changed.
pub(super) const CHANGES_URL: &str = "/__journeybook/changes";

/// How often a silent channel is tried, so that either side notices when the other has gone.
const PING: Duration = Duration::from_secs(10);
/// How soon a browser shall come back after the channel broke.
const RETRY: Duration = Duration::from_millis(500);

/// The page's script: what follows builds, and what patches a page.
pub(super) async fn script() -> impl IntoResponse {
    let script = concat!(include_str!("patch.js"), include_str!("preview.js"));
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], script)
}

/// The script that listens.
pub(super) async fn listener() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("listen.js"))
}

/// The style sheet of panel and badge.
pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("panel.css"))
}

/// The number of the latest build, now and whenever there is a new one.
pub(super) async fn events(
    State(shown): State<Shown>,
) -> Sse<KeepAliveStream<impl Stream<Item = Result<Event, Infallible>>>> {
    let builds = WatchStream::new(shown.builds);
    let events = builds.map(|build| Ok(Event::default().retry(RETRY).data(name(build.number()))));
    let ping = Event::default().event("ping").data("");
    Sse::new(events).keep_alive(KeepAlive::new().interval(PING).event(ping))
}

/// What changed since a build, beside the pages: the latest build; `some`; the places in the site, one a line. `all` stands
/// for `some` where nobody knows the build that is asked about, or no longer all that changed since.
pub(super) async fn changes(State(shown): State<Shown>, RawQuery(query): RawQuery) -> impl IntoResponse {
    let latest = shown.builds.borrow().number();
    let since = query.as_deref().and_then(|query| query.strip_prefix("since=")).and_then(number);
    let mut text = name(latest);
    match since.filter(|&since| since <= latest).and_then(|since| shown.marks.since(since)) {
        Some(changed) => {
            text.push_str("\nsome\n");
            for path in changed {
                text.push_str(&path);
                text.push('\n');
            }
        }
        None => text.push_str("\nall\n"),
    }
    ([(CONTENT_TYPE, media::PLAIN)], text)
}

/// What a page of this build gets at the beginning of its head.
pub(super) fn head(build: u64, tag: &str) -> String {
    let name = name(build);
    format!(
        r#"<script src="{SCRIPT_URL}" data-build="{name}" data-tag="{tag}"></script><link rel="stylesheet" href="{STYLE_URL}">"#
    )
}

/// A name for a build that no earlier preview on this port can have used.
fn name(build: u64) -> String {
    format!("{}-{build}", std::process::id())
}

/// The number of a build of this preview; `None` for another's.
fn number(name: &str) -> Option<u64> {
    name.strip_prefix(&format!("{}-", std::process::id()))?.parse().ok()
}

/// How many files that changed are remembered: a page that missed more is loaded anew.
const MOST_MARKS: usize = 500;

/// Which files that are no pages changed in which build.
#[derive(Debug, Default)]
pub(super) struct Marks(Mutex<Marked>);

#[derive(Debug, Default)]
struct Marked {
    /// The latest build in which each changed; what never did is not there, nor what did so long ago.
    changed: BTreeMap<String, u64>,
    /// The latest build of which something has been forgotten.
    forgotten: u64,
}

impl Marks {
    /// Notes what changed from one build to the next: the theme's files, the boxes of the search, and assets as the disk
    /// tells.
    pub(super) fn note(&self, before: &Build, now: &Arc<Build>, assets: impl IntoIterator<Item = String>) {
        let theme = differing(&before.theme_files().collect(), &now.theme_files().collect());
        let boxes = differing(&before.search_boxes().collect(), &now.search_boxes().collect());
        let files = theme.into_iter().chain(boxes).chain(assets).filter(|path| SitePath::new(path).is_some());
        let mut marked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marked.changed.extend(files.map(|path| (path, now.number())));
        if marked.changed.len() > MOST_MARKS {
            let mut builds: Vec<u64> = marked.changed.values().copied().collect();
            builds.sort_unstable_by(|a, b| b.cmp(a));
            // All that changed in one build is remembered, or nothing of it.
            marked.forgotten = builds[MOST_MARKS];
            let forgotten = marked.forgotten;
            marked.changed.retain(|_, at| *at > forgotten);
        }
    }

    /// What changed after a build, in the order of paths; `None` where not all of it is remembered.
    fn since(&self, build: u64) -> Option<Vec<String>> {
        let marked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let after = marked.changed.iter().filter(|(_, at)| **at > build).map(|(path, _)| path.clone());
        (build >= marked.forgotten).then(|| after.collect())
    }
}

/// The paths of what is not the same in two sets of files, or only in one of them.
fn differing<P: Ord + ToString, B: PartialEq>(was: &BTreeMap<P, B>, is: &BTreeMap<P, B>) -> Vec<String> {
    let paths = was.keys().chain(is.keys().filter(|path| !was.contains_key(*path)));
    paths.filter(|path| was.get(*path) != is.get(*path)).map(ToString::to_string).collect()
}
