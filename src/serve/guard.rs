//! Who is answered at all, and what every answer promises.
//!
//! The preview is for this machine's own browser. A web page from elsewhere could have its own name resolve to
//! 127.0.0.1 and so read a handbook that is not published yet; its requests carry its name, so the name is asked.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What every answer carries. The policy is that of a published site, so a theme that breaks it shows at once.
const PROMISES: [(HeaderName, HeaderValue); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'self'; object-src 'none'; base-uri 'none'"),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Refuses what is not for us; adds the headers to whatever the answer is.
pub(super) async fn check(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&request, port) {
        Some((status, why)) => (status, why).into_response(),
        None => next.run(request).await,
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response.headers_mut().extend(PROMISES);
    response
}

fn refusal(request: &Request, port: u16) -> Option<(StatusCode, &'static str)> {
    let mut hosts = texts(request, &header::HOST).peekable();
    if hosts.peek().is_none() {
        return Some((StatusCode::BAD_REQUEST, "The request names no host.\n"));
    }
    let target = request.uri().authority().map(|authority| Some(authority.as_str()));
    if !hosts.chain(target).all(|host| host.is_some_and(|host| is_ours(host, port))) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "This preview answers to localhost and 127.0.0.1 only.\n"));
    }
    if !texts(request, &header::ORIGIN).all(|origin| origin.is_some_and(|origin| is_our_origin(origin, port))) {
        return Some((StatusCode::FORBIDDEN, "This preview answers its own pages only.\n"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "A preview can be read, not changed.\n"));
    }
    None
}

/// Every value of a header; `None` for one that is not plain text.
fn texts<'a>(request: &'a Request, name: &HeaderName) -> impl Iterator<Item = Option<&'a str>> {
    request.headers().get_all(name).iter().map(|value| value.to_str().ok())
}

/// Whether `authority` is this machine, with our port or without one.
fn is_ours(authority: &str, port: u16) -> bool {
    let authority = authority.to_ascii_lowercase();
    let rest = ["localhost", "127.0.0.1", "[::1]"].iter().find_map(|name| authority.strip_prefix(name));
    rest.is_some_and(|rest| rest.is_empty() || rest == format!(":{port}"))
}

/// Whether a page of ours asks. An origin without a port is that of port 80.
fn is_our_origin(origin: &str, port: u16) -> bool {
    let authority = origin.strip_prefix("http://");
    authority.is_some_and(|host| is_ours(host, port) && (port == 80 || host.ends_with(&format!(":{port}"))))
}
