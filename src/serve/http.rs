//! Answers from memory.
//!
//! A request names an entry in the table of the latest build; the path of an asset comes from that table too.
//! Connections are independent of each other: whoever is slow to ask is cut off, and nobody else notices.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::address::{self, Address};
use super::build::{Answer, Build};
use super::crowd::{Crowd, Seat};
use super::dress::{Dressed, Dresser};
use super::guard::{self, Hosts};
use super::news::{self, Marks};
use super::wire::Wire;
use super::{asset, media};
use crate::disk;
use crate::path::SitePath;

/// How long a request's head may take, and how long a connection may wait for the next one.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes: far more than a browser sends.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// The most header lines of a request.
const MAX_HEADERS: usize = 64;
/// How long a reader may wait for the last word on a build that rules may still find errors in.
const LAST_WORD: Duration = Duration::from_secs(5);
/// What the preview's own script sends: it shows the page at once, and hears of what the rules find.
const OWN: HeaderName = HeaderName::from_static("journeybook-preview");

/// What is shown: the latest build, and the folder its assets lie in.
#[derive(Clone)]
pub(super) struct Shown {
    /// The handbook's folder.
    pub(super) root: Arc<Path>,
    /// The latest build, and word of the next.
    pub(super) builds: watch::Receiver<Arc<Build>>,
    /// The latest build on which all is said that there is to say.
    pub(super) judged: watch::Receiver<u64>,
    /// Makes pages ready for the preview.
    pub(super) dresser: Arc<Dresser>,
    /// What changed when, beside the pages.
    pub(super) marks: Arc<Marks>,
}

/// Answers for as long as it is let.
pub(super) async fn run(listener: TcpListener, hosts: Hosts, shown: Shown) {
    let router = Router::new()
        .route(news::SCRIPT_URL, get(news::script))
        .route(news::LISTENER_URL, get(news::listener))
        .route(news::STYLE_URL, get(news::style))
        .route(news::EVENTS_URL, get(news::events))
        .route(news::CHANGES_URL, get(news::changes))
        .fallback(answer)
        .with_state(shown)
        .layer(from_fn_with_state(Arc::new(hosts), guard::check));
    let crowd = Arc::new(Crowd::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let seat = crowd.enter();
                let task = tokio::spawn(converse(stream, router.clone(), Arc::clone(&seat)));
                seat.closes_by(task.abort_handle());
            }
            // Out of file handles, most likely; some will be given back.
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

/// One connection, until either side has enough.
async fn converse(stream: TcpStream, router: Router, seat: Arc<Seat>) {
    // Small answers must not wait for larger ones to fill a packet.
    let _ = stream.set_nodelay(true);
    let (wire, flaw) = Wire::new(stream);
    let router = TowerToHyperService::new(router.layer(Extension(flaw)));
    let service = service_fn(move |request| {
        let (busy, answer) = (seat.asks(), router.call(request));
        async move { answer.await.map(|answer| busy.until_taken(answer)) }
    });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    protocol.max_headers(MAX_HEADERS).max_buf_size(MAX_HEAD_BYTES);
    // A connection that breaks concerns only the one who broke it.
    let _ = protocol.serve_connection(TokioIo::new(wire), service).await;
}

/// What came of a look-up.
enum Found {
    /// A page.
    Page(StatusCode, Dressed),
    /// Bytes of this media type.
    Bytes(StatusCode, &'static str, Bytes),
    /// A file of the handbook, opened.
    File(File, &'static str),
    /// A folder of that name: its page is at this address.
    Folder(String),
    /// The folder that the site will live in, which here is the top: the same below it.
    Elsewhere(String),
    /// Nothing, and no page that says so.
    Nothing,
}

/// Answers with whatever stands at the address.
async fn answer(State(shown): State<Shown>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let build = latest(&shown, &head).await;
    let uri = head.uri.clone();
    // Making a page is work for a processor; those who only wait for the network go on meanwhile.
    let found = spawn_blocking(move || match address::read(uri.path()) {
        Address::Impossible => {
            Found::Bytes(StatusCode::BAD_REQUEST, media::PLAIN, Bytes::from_static(b"No site has such an address.\n"))
        }
        Address::Nowhere => missing(&build, &shown, &uri),
        Address::At { path, folder } => find(&build, &shown, &path)
            .or_else(|| folder.filter(|folder| build.has(folder)).map(|_| into_folder(&uri)))
            .or_else(|| address::below(uri.path(), build.folder()).map(Found::Elsewhere))
            .unwrap_or_else(|| missing(&build, &shown, &uri)),
    });
    match found.await {
        Ok(Found::Page(status, page)) => {
            let tag = format!("\"{}\"", page.tag);
            if head.headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
                return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
            }
            (status, [(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (ETAG, tag)], page.html).into_response()
        }
        Ok(Found::Bytes(status, media_type, bytes)) => (status, [(CONTENT_TYPE, media_type)], bytes).into_response(),
        Ok(Found::File(file, media_type)) => asset::answer(file, media_type, &head).await,
        Ok(Found::Folder(location) | Found::Elsewhere(location)) => {
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, location)]).into_response()
        }
        Ok(Found::Nothing) => (StatusCode::NOT_FOUND, "There is no such page in this handbook.\n").into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "bug: this page could not be made.\n").into_response(),
    }
}

/// The latest build. Who is not the preview's own script takes the status of a page at its word, so where that may still turn
/// out to be an error they wait for it.
async fn latest(shown: &Shown, head: &Parts) -> Arc<Build> {
    let build = shown.builds.borrow().clone();
    if !build.may_worsen() || head.headers.contains_key(OWN) {
        return build;
    }
    let mut judged = shown.judged.clone();
    let said = timeout(LAST_WORD, judged.wait_for(|number| *number >= build.number())).await.is_ok();
    if said { shown.builds.borrow().clone() } else { build }
}

/// The entry at an address.
fn find(build: &Build, shown: &Shown, path: &SitePath) -> Option<Found> {
    let media_type = media::type_of(path);
    let page =
        |page: Dressed| Found::Page(if page.broken { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }, page);
    Some(match build.read(path)? {
        Answer::Page(html) => page(shown.dresser.page(build, path, false, &html)),
        Answer::Failed(diagnostic) => page(shown.dresser.failed(build, path, false, &diagnostic)),
        Answer::File(bytes) => Found::Bytes(StatusCode::OK, media_type, bytes),
        Answer::Asset(file) => match disk::open_asset(&shown.root, &file) {
            Ok(file) => Found::File(file, media_type),
            Err(_) => Found::Nothing,
        },
    })
}

/// The way from `/maps` to `/maps/`. The path starts with a single `/`, or the site would have no such folder.
fn into_folder(uri: &Uri) -> Found {
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    Found::Folder(format!("{}/{query}", uri.path()))
}

/// The site's own page for an address where nothing is.
fn missing(build: &Build, shown: &Shown, uri: &Uri) -> Found {
    let found = address::missing_pages(uri.path()).find_map(|path| build.read(&path).map(|answer| (path, answer)));
    let page = match found {
        Some((path, Answer::Page(html))) => shown.dresser.page(build, &path, true, &html),
        Some((path, Answer::Failed(diagnostic))) => shown.dresser.failed(build, &path, true, &diagnostic),
        _ => return Found::Nothing,
    };
    Found::Page(StatusCode::NOT_FOUND, page)
}
