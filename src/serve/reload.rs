//! Tells open pages that there is a newer build.
//!
//! A page knows which build it shows. Its script listens while the page can be seen, is told the latest build on
//! connecting and every later one, and reloads when it is another one: so a page that slept, or outlived the
//! preview it came from, catches up by itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::http::Shown;
use super::overlay::insert_before;

/// Where the script is.
pub(super) const SCRIPT_URL: &str = "/__journeybook/reload.js";
/// Where the script listens.
pub(super) const EVENTS_URL: &str = "/__journeybook/events";

/// How often a silent connection is tried, so that one whose page has gone is given up.
const PING: Duration = Duration::from_secs(10);

/// The script.
pub(super) async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("reload.js"))
}

/// The number of the latest build, now and whenever there is a new one.
pub(super) async fn events(
    State(shown): State<Shown>,
) -> Sse<KeepAliveStream<impl Stream<Item = Result<Event, Infallible>>>> {
    let builds = WatchStream::new(shown.builds);
    let events = builds.map(|build| Ok(Event::default().data(name(build.number()))));
    Sse::new(events).keep_alive(KeepAlive::new().interval(PING).text("ping"))
}

/// Adds the script to a page of this build.
pub(super) fn add_script(html: &mut Vec<u8>, build: u64) {
    let name = name(build);
    insert_before(html, "</head>", &format!(r#"<script src="{SCRIPT_URL}" defer data-build="{name}"></script>"#));
}

/// A name for a build that no earlier preview on this port can have used.
fn name(build: u64) -> String {
    format!("{}-{build}", std::process::id())
}
