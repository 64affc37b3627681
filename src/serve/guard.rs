//! Who is answered at all, and what every answer promises.
//!
//! The preview is for this machine's own browser. A web page from elsewhere could have its own name resolve to
//! 127.0.0.1 and so read a handbook that is not published yet; its requests carry its name, so the name is asked.
//! Other sites may lead to a page of ours or show it in a window, as editors do, but they may not load anything of it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::wire::Flaw;

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

/// The names under which this preview is asked.
#[derive(Debug)]
pub(super) struct Hosts {
    /// The port that it listens on.
    pub(super) port: u16,
    /// Lower-case names and addresses beside those of this machine itself.
    pub(super) names: Vec<String>,
    /// Whether any address in figures will do: it listens on all there are, and such an address cannot be made to lead
    /// elsewhere, as a name can.
    pub(super) any_address: bool,
}

impl Hosts {
    /// Whether this is one of our names, with our port or without one.
    fn has(&self, authority: &str) -> bool {
        let authority = authority.to_ascii_lowercase();
        let (name, port) = match authority.rsplit_once(':') {
            // The colons of an address of the longer kind stand in brackets.
            Some((name, port)) if !port.contains(']') => (name, Some(port)),
            _ => (authority.as_str(), None),
        };
        let ours = ["localhost", "127.0.0.1", "[::1]"].contains(&name) || self.names.iter().any(|known| known == name);
        let in_figures = || {
            let plain = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
            plain.parse::<IpAddr>().is_ok_and(|address| address.is_ipv6() == name.starts_with('['))
        };
        port.is_none_or(|port| port == self.port.to_string()) && (ours || self.any_address && in_figures())
    }

    /// Whether a page of ours asks. An origin without a port is that of port 80.
    fn is_origin(&self, origin: &str) -> bool {
        let authority = origin.strip_prefix("http://");
        authority.is_some_and(|host| self.has(host) && (self.port == 80 || host.ends_with(&format!(":{}", self.port))))
    }
}

/// Refuses what is not for us; adds the headers to whatever the answer is.
pub(super) async fn check(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    let refused = refusal(&request, &hosts);
    let ends =
        refused.is_some_and(|(status, _)| status != StatusCode::METHOD_NOT_ALLOWED || has_body(request.headers()));
    let mut response = match refused {
        Some((status, why)) => (status, why).into_response(),
        None => next.run(request).await,
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if ends {
        // Whatever follows on this connection is not worth reading.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response.headers_mut().extend(PROMISES);
    response
}

fn refusal(request: &Request, hosts: &Hosts) -> Option<(StatusCode, &'static str)> {
    if request.extensions().get::<Flaw>().is_some_and(Flaw::is_seen) {
        return Some((StatusCode::BAD_REQUEST, "An address of this site has no fragment and no such character.\n"));
    }
    let mut named = texts(request, &header::HOST).peekable();
    if named.peek().is_none() {
        return Some((StatusCode::BAD_REQUEST, "The request names no host.\n"));
    }
    let target = request.uri().authority().map(|authority| Some(authority.as_str()));
    if !named.chain(target).all(|host| host.is_some_and(|host| hosts.has(host))) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "This preview answers under its own names only.\n"));
    }
    if texts(request, &header::HOST).count() > 1 {
        return Some((StatusCode::BAD_REQUEST, "The request names more than one host.\n"));
    }
    if !texts(request, &header::ORIGIN).all(|origin| origin.is_some_and(|origin| hosts.is_origin(origin))) {
        return Some((StatusCode::FORBIDDEN, "This preview answers its own pages only.\n"));
    }
    if is_of_another_site(request.headers()) {
        return Some((StatusCode::FORBIDDEN, "Other sites may lead here, but not load anything.\n"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "A preview can be read, not changed.\n"));
    }
    if request.uri().authority().is_some() || !request.uri().path().starts_with('/') {
        return Some((StatusCode::BAD_REQUEST, "An address of this site starts with `/`.\n"));
    }
    if has_body(request.headers()) {
        return Some((StatusCode::PAYLOAD_TOO_LARGE, "A question has no body.\n"));
    }
    if request.version() > Version::HTTP_11 {
        return Some((StatusCode::HTTP_VERSION_NOT_SUPPORTED, "This preview speaks HTTP/1.1.\n"));
    }
    None
}

/// Whether something follows the head. It is never read.
fn has_body(headers: &HeaderMap) -> bool {
    let empty = |length: &HeaderValue| length.as_bytes() == b"0";
    headers.contains_key(header::TRANSFER_ENCODING) || !headers.get_all(header::CONTENT_LENGTH).iter().all(empty)
}

/// Whether a browser asks on behalf of another site's page, and not because its reader goes to a page of ours.
fn is_of_another_site(headers: &HeaderMap) -> bool {
    let is = |name: &str, values: &[&str]| {
        headers.get(name).is_some_and(|value| value.to_str().is_ok_and(|value| values.contains(&value)))
    };
    is("sec-fetch-site", &["cross-site", "same-site"]) && !is("sec-fetch-mode", &["navigate"])
}

/// Every value of a header; `None` for one that is not plain text.
fn texts<'a>(request: &'a Request, name: &HeaderName) -> impl Iterator<Item = Option<&'a str>> {
    request.headers().get_all(name).iter().map(|value| value.to_str().ok())
}
