//! `translated-from`: the state of the original that a translation was made from, read and written.

use super::opened::{FrontMatter, front_matter};
use super::yaml::{self, Kind, Node};
use crate::diag::{Code, Diagnostic, Report};
use crate::original::{Stamp, is_hash};
use crate::source::Span;

/// The key, in a translation only.
pub const KEY: &str = "translated-from";

/// Takes the stamp out of a translation's tree, so that nobody takes it for a text; `None` if there is none.
pub(super) fn take(node: &mut Node<'_>, report: &mut Report) -> Option<Stamp> {
    let Kind::Map(entries) = &mut node.kind else { return None };
    let place = entries.iter().position(|entry| entry.key == KEY)?;
    let entry = entries.remove(place);
    if entries.is_empty() {
        node.kind = Kind::Nothing;
    }
    match entry.value.kind {
        Kind::Scalar(hash) if is_hash(&hash) => Some(Stamp { hash: hash.into_owned(), span: entry.value.span }),
        kind => {
            let said = match kind {
                Kind::Scalar(text) => format!("`{KEY}` cannot be `{text}`"),
                _ => format!("`{KEY}` is empty"),
            };
            report.push(
                Diagnostic::new(Code::BadChoice, entry.value.span, said)
                    .help("eight digits, as `journeybook translated FILE` writes them; or take it out"),
            );
            None
        }
    }
}

/// A translation's text with a stamp in it, all else byte for byte as it was. `page` says that it is Markdown with front
/// matter, and not YAML.
///
/// # Errors
/// Why there is no place for it, in words.
pub fn written(text: &str, page: bool, hash: &str) -> Result<String, String> {
    let newline = if text.lines().next().is_some_and(|_| text.contains("\r\n")) { "\r\n" } else { "\n" };
    let yaml = match page.then(|| front_matter(text)) {
        None => 0..text.len(),
        Some(FrontMatter::Found { yaml, .. }) => yaml,
        Some(FrontMatter::None) => return Ok(format!("---{newline}{KEY}: {hash}{newline}---{newline}{newline}{text}")),
        Some(FrontMatter::Open) => return Err("the front matter does not end".to_owned()),
    };
    let mut report = Report::default();
    let node = yaml::parse(&text[yaml.clone()], Span::NOWHERE.file, yaml.start, &mut report);
    let Some(node) = node.filter(|_| report.is_empty()) else {
        let why = report.iter().next().map_or_else(|| "it cannot be read".to_owned(), |said| said.message.clone());
        return Err(why);
    };
    let entries = match &node.kind {
        Kind::Map(entries) => entries.as_slice(),
        Kind::Nothing => &[],
        _ => return Err("it holds no keys".to_owned()),
    };
    let Some(first) = entries.first() else {
        let at = yaml.start;
        return Ok(format!("{}{KEY}: {hash}{newline}{}", &text[..at], &text[at..]));
    };
    if let Some(known) = entries.iter().find(|entry| entry.key == KEY) {
        let Kind::Scalar(_) = known.value.kind else { return Err(format!("`{KEY}` is there, and holds no hash")) };
        let old = known.value.span.range();
        return Ok(format!("{}{hash}{}", &text[..old.start], &text[old.end..]));
    }
    // Keys in braces, or indented, have no line of their own to begin.
    let at = first.key_span.start as usize;
    let quote = usize::from(text[..at].ends_with(['"', '\'']));
    let at = at - quote;
    if !(at == yaml.start || text[..at].ends_with('\n')) {
        return Err("its keys do not begin lines of their own".to_owned());
    }
    Ok(format!("{}{KEY}: {hash}{newline}{}", &text[..at], &text[at..]))
}
