//! Where a link leads: `persona:maya`, `../guides/02-how.md#steps`, `https://…`.

use std::borrow::Cow;

use super::names::tidy;
use super::web;
use crate::diag::{Code, Diagnostic, Report, listed, suggest};
use crate::model::{NamedReference, ReferenceKind};
use crate::path::HandbookPath;
use crate::source::Span;

/// What the destination of a link means.
pub(super) enum Destination {
    /// Something in the handbook, still to be found.
    Inside(Box<NamedReference>),
    /// Another site, or a program such as mail: left as it is.
    Outside,
    /// Nothing that a handbook may link to; the report says why.
    Nowhere,
}

/// Schemes that are left as they are.
const OUTSIDE: [&str; 4] = ["http", "https", "mailto", "tel"];
/// Schemes that run or hold something instead of leading somewhere.
const UNSAFE: [&str; 4] = ["javascript", "data", "vbscript", "file"];

/// Reads a link that stands at `span` in the file `from`.
pub(super) fn read(link: &str, span: Span, from: &HandbookPath, report: &mut Report) -> Destination {
    let refuse = |code, message: String, help: &str, report: &mut Report| {
        report.push(Diagnostic::new(code, span, message).help(help));
        Destination::Nowhere
    };
    let (whole, anchor) = match link.split_once('#') {
        Some((whole, anchor)) => (whole, Some(anchor).filter(|anchor| !anchor.is_empty())),
        None => (link, None),
    };
    let inside = |kind, name: String| {
        let anchor = anchor.map(|anchor| (decode(anchor).into_owned(), anchor_span(link, span)));
        Destination::Inside(Box::new(NamedReference { kind, name, span, anchor }))
    };
    if whole.is_empty() {
        return inside(ReferenceKind::Here, String::new());
    }
    if let Some((scheme, name)) = scheme_of(whole) {
        if let Some((_, kind)) = ReferenceKind::SCHEMES.iter().find(|(known, _)| *known == scheme) {
            return inside(*kind, tidy(&decode(name)));
        }
        let lower = scheme.to_ascii_lowercase();
        if OUTSIDE.contains(&lower.as_str()) {
            if lower.starts_with("http") {
                web::check(link, span, report);
            }
            return Destination::Outside;
        }
        if UNSAFE.contains(&lower.as_str()) {
            let help = "link to a page, or copy the file into `assets/` and link to that";
            return refuse(Code::UnsafeLink, format!("`{scheme}:` links are not safe for readers"), help, report);
        }
        let schemes = ReferenceKind::SCHEMES.iter().map(|(known, _)| *known);
        let help = match suggest::nearest(scheme, schemes.clone()) {
            Some(near) => format!("did you mean `{near}:{name}`?"),
            None => format!("one of {}; or a relative path, or `https:`", listed(schemes)),
        };
        report.push(
            Diagnostic::new(Code::UnknownScheme, span, format!("nothing is referred to as `{scheme}:`")).help(help),
        );
        return Destination::Nowhere;
    }
    if whole.starts_with(['/', '\\']) {
        let help = "write the path from this file, such as `../assets/form.pdf`: a handbook works in any folder";
        return refuse(Code::AbsoluteLink, format!("`{whole}` is an absolute path"), help, report);
    }
    match from.resolve(&decode(whole)) {
        Some(path) => inside(ReferenceKind::File, path.as_str().to_owned()),
        None => refuse(
            Code::UnknownPage,
            format!("`{whole}` leads out of the handbook"),
            "a link stays inside the handbook's folder",
            report,
        ),
    }
}

/// Reads a link that stands alone in a YAML value, so that its name has a place of its own.
pub(super) fn read_alone(link: &str, span: Span, from: &HandbookPath, report: &mut Report) -> Destination {
    match read(link, span, from, report) {
        Destination::Inside(mut reference) => {
            reference.span = name_span(&reference, link, span);
            Destination::Inside(reference)
        }
        other => other,
    }
}

/// Whether an address is one of the web's; anything else is reported.
pub(super) fn is_web(url: &str, span: Span, report: &mut Report) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web {
        web::check(url, span, report);
    } else {
        let message = format!("`{url}` is no address on the web");
        report.push(Diagnostic::new(Code::UnsafeLink, span, message).help("an address that begins with `https://`"));
    }
    web
}

/// The scheme before the first `:`, if what stands there can be one.
fn scheme_of(link: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = link.split_once(':')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(plain)).then_some((scheme, rest))
}

/// The anchor's own place, where the span covers the link letter by letter.
fn anchor_span(link: &str, span: Span) -> Span {
    match link.find('#') {
        Some(hash) if span.range().len() == link.len() => Span { start: span.start + hash as u32 + 1, ..span },
        _ => span,
    }
}

/// The name's own place, without scheme and anchor, where the span covers the link letter by letter.
pub(super) fn name_span(reference: &NamedReference, link: &str, span: Span) -> Span {
    if span.range().len() != link.len() {
        return span;
    }
    let end = link.find('#').filter(|&hash| hash > 0).unwrap_or(link.len());
    let start = match reference.kind {
        ReferenceKind::File | ReferenceKind::Here => 0,
        _ => link.find(':').map_or(0, |colon| colon + 1).min(end),
    };
    Span { start: span.start + start as u32, end: span.start + end as u32, ..span }
}

/// Percent signs resolved, where that gives UTF-8.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}
