//! `aliases`, in any item: where it could be found before, as an id or as an address of the site.

use super::fields::Fields;
use super::names::{is_id, tidy};
use super::reference::decode;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Alias, OldPlace};
use crate::path::SitePath;

/// Folders whose files are not pages.
const FILES: [&str; 3] = ["assets", "theme", "__journeybook"];

/// Reads `aliases`: a list of old ids, such as `first-time-buyer`, and old addresses, such as `/personas/buyer.html`.
pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Alias> {
    let items = fields.fixed_items("aliases", report);
    let named = items.iter().filter_map(|item| Some((item.scalar("an old id or address", report)?, item.span())));
    let named: Vec<_> = named.map(|(text, span)| (text.to_owned(), span)).collect();
    let mut aliases = Vec::with_capacity(named.len());
    for (text, span) in named {
        match place(&text) {
            Ok(place) => aliases.push(Alias { place, span }),
            Err(why) => {
                let shown = if text.is_empty() { "\"\"" } else { &text };
                let message = format!("nothing can have been found at `{shown}`: {why}");
                report.push(Diagnostic::new(Code::BadAlias, span, message).help(
                    "an old id such as `first-time-buyer`, or an old address from the top of the site, such as `/personas/buyer.html`",
                ));
            }
        }
    }
    aliases
}

fn place(text: &str) -> Result<OldPlace, &'static str> {
    if text.trim().is_empty() {
        return Err("this is empty");
    }
    if text.contains("://") {
        return Err("only the part behind the host can lead here");
    }
    if text.contains(['?', '#']) {
        return Err("an address ends before its `?` or `#`");
    }
    if text.contains("//") {
        return Err("something is missing between two `/`");
    }
    let is_address = text.starts_with('/') || text.ends_with('/') || text.ends_with(".html") || text.ends_with(".htm");
    if !is_address {
        let id = tidy(text);
        return if id.split('/').all(is_id) { Ok(OldPlace::Id(id)) } else { Err("this is no id") };
    }
    let decoded = decode(text.strip_prefix('/').unwrap_or(text));
    let name = decoded.rsplit('/').next().unwrap_or_default();
    let path = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html" | "htm") => decoded.to_string(),
        Some(_) => return Err("a page ends with `.html` or with `/`"),
        None if name.is_empty() => format!("{decoded}index.html"),
        None => format!("{decoded}/index.html"),
    };
    if path.split('/').next().is_some_and(|first| FILES.contains(&first)) {
        return Err("there are files, and no pages");
    }
    SitePath::new(&path).map(OldPlace::Address).ok_or("no site has such an address")
}
