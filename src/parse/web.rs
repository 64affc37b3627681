//! Addresses on other sites: whether a browser would go where the author meant. Home of the URL parser.
//!
//! Browsers mend almost anything, so what parses is not yet right: `https:/example.org` and `https://http://example.org`
//! lead somewhere, and nowhere anybody meant. A slip that changes nothing, such as a letter that should be encoded, is
//! let pass.

use std::cell::Cell;

use url::{ParseError, SyntaxViolation, Url};

use crate::diag::{Code, Diagnostic, Report};
use crate::model::WebAddress;
use crate::source::Span;

/// Says so if an address that begins with `http:` or `https:` is malformed.
pub(super) fn check(link: &str, span: Span, report: &mut Report) {
    if let Some((what, help)) = slip(link) {
        let message = format!("`{link}` is no whole address: {what}");
        report.push(Diagnostic::new(Code::MalformedLink, span, message).help(help));
    }
}

/// What is wrong with an address, and what would be right.
fn slip(link: &str) -> Option<(&'static str, &'static str)> {
    if link.trim().chars().any(char::is_whitespace) {
        return Some(("a space stands in it", "write `%20` where a space belongs, and nothing where none does"));
    }
    let violation = Cell::new(None);
    let note = |seen| violation.set(violation.get().or(Some(seen)));
    let url = match Url::options().syntax_violation_callback(Some(&note)).parse(link) {
        Ok(url) => url,
        Err(ParseError::EmptyHost) => return Some(NO_HOST),
        Err(ParseError::InvalidPort) => {
            return Some((
                "its port is no number up to 65535",
                "take out what stands between the last `:` and the path",
            ));
        }
        Err(_) => return Some(("no host can be called that", "copy the address from the browser")),
    };
    let host = url.host_str().unwrap_or_default();
    if matches!(host, "http" | "https") {
        return Some(("it begins twice", "write `https://` once"));
    }
    if host.split('.').rev().skip(1).any(str::is_empty) {
        return Some(("a part of its host is empty", "copy the address from the browser"));
    }
    match violation.get()? {
        SyntaxViolation::ExpectedDoubleSlash => Some(("two slashes belong after the `:`", "begin with `https://`")),
        SyntaxViolation::Backslash => Some(("it holds a backslash", "write `/`")),
        SyntaxViolation::PercentDecode => {
            Some(("a `%` is not followed by two digits of a character", "write `%25` for the sign itself"))
        }
        _ => None,
    }
}

/// The address at which a site will live; what cannot be one is reported.
pub(super) fn site(address: &str, span: Span, report: &mut Report) -> Option<WebAddress> {
    let refuse = |why: &str, help: String, report: &mut Report| {
        let message = format!("a site cannot live at `{address}`: {why}");
        report.push(Diagnostic::new(Code::BadUrl, span, message).help(help));
        None
    };
    if !address.contains("://") {
        let bare = Url::parse(&format!("https://{address}")).is_ok_and(|url| url.host_str().is_some());
        let help = if bare && !address.contains(':') {
            format!("did you mean `https://{address}`?")
        } else {
            "an address that begins with `https://`".to_owned()
        };
        return refuse("it does not begin with `https://`", help, report);
    }
    if let Some((what, help)) = slip(address) {
        return refuse(what, help.to_owned(), report);
    }
    // What does not parse is a slip, and has been told.
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("browsers find a site by `https`", "an address that begins with `https://`".to_owned(), report);
    }
    if url.query().is_some() || url.fragment().is_some() {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        return refuse("it does not end with a folder", format!("did you mean `{}`?", &address[..end]), report);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("it holds a name or a password", "take out what stands before the `@`".to_owned(), report);
    }
    if url.path().ends_with(".html") {
        let folder = address.rsplit_once('/').map_or(address, |(folder, _)| folder);
        return refuse("it is a page, and not the folder of the site", format!("did you mean `{folder}/`?"), report);
    }
    Some(WebAddress::new(url.as_str()))
}

const NO_HOST: (&str, &str) = ("it names no host", "such as `https://example.org/page`");
