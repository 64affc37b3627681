//! A template's mistakes as diagnostics: which template, which bytes, what is the case.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::ErrorKind;

use crate::diag::{Code, Diagnostic, Place};

/// Every template's text, by the name it was loaded under.
pub(super) type Texts = BTreeMap<String, String>;

/// The template that an error is in, by the name it was loaded under, and the error for people.
pub(super) fn diagnose(error: &tera::Error, texts: &Texts) -> (Option<String>, Diagnostic) {
    let (name, range, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (Some(report.filename().to_owned()), Some(report.span().range.clone()), report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => {
            let range = texts.get(current).and_then(|text| quoted(text, parent));
            (Some(current.clone()), range, format!("no template is called `{parent}`"))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (Some(tpl.clone()), None, "this template extends itself, by way of others or at once".to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (Some(tpl.clone()), None, "this template includes itself, by way of others or at once".to_owned())
        }
        ErrorKind::Msg(text) => located(text, texts),
        other => (None, None, other.to_string()),
    };
    let text = name.as_ref().and_then(|name| texts.get(name)).cloned().unwrap_or_default();
    let range = range.map_or(0..0, |range| range.start.min(text.len())..range.end.min(text.len()));
    let place = match &name {
        Some(name) => Place::Template { name: file(name), text, range },
        None => Place::Handbook,
    };
    // What there is instead comes as a second sentence.
    let (message, rest) = message.split_once(". ").unwrap_or((&message, ""));
    let diagnostic = Diagnostic::at(Code::TemplateError, place, lowered(message));
    (name, if rest.is_empty() { diagnostic } else { diagnostic.help(lowered(rest)) })
}

/// The loops of a template over pairs of keys and values, which come in another order each time: a template asks for a
/// value by its name, and the same handbook gives the same bytes.
pub(super) fn unordered(name: &str, text: &str) -> impl Iterator<Item = Diagnostic> {
    let tags = text.match_indices("{%").filter_map(|(at, _)| Some((at, text[at..].find("%}")? + at + 2)));
    let over_pairs = tags.filter(|&(from, to)| {
        let tag = text[from + 2..to - 2].trim_matches('-').trim();
        tag.strip_prefix("for ").and_then(|tag| tag.split_once(" in ")).is_some_and(|(names, _)| names.contains(','))
    });
    over_pairs.map(move |(from, to)| {
        let place = Place::Template { name: file(name), text: text.to_owned(), range: from..to };
        Diagnostic::at(Code::TemplateError, place, "this loop goes through keys and values, which have no order")
            .help("go through a list, or ask for each value by its name, such as `{{ words.maps }}`")
    })
}

/// The file of the theme that a template was read from.
pub(super) fn file(name: &str) -> String {
    let (theme, rest) = name.trim_start_matches('.').split_once('/').unwrap_or(("", name));
    match rest.strip_prefix("components/").and_then(|rest| rest.strip_suffix(".html")) {
        Some(component) => format!("themes/{theme}/components/{component}/template.html"),
        None => format!("themes/{theme}/templates/{rest}"),
    }
}

/// Errors found between templates come as a text only: a message, then a line with `--> NAME:LINE:COLUMN`.
fn located(text: &str, texts: &Texts) -> (Option<String>, Option<Range<usize>>, String) {
    let first = text.split("\n\n").next().unwrap_or(text);
    let message = first.lines().next().unwrap_or(first).trim_start_matches("error: ").to_owned();
    let Some((_, place)) = first.split_once("--> ") else {
        let named = texts.keys().find(|name| text.contains(&format!("`{name}`")));
        return (named.cloned(), None, message);
    };
    let mut parts = place.lines().next().unwrap_or_default().rsplitn(3, ':');
    let column: Option<usize> = parts.next().and_then(|column| column.parse().ok());
    let line: Option<usize> = parts.next().and_then(|line| line.parse().ok());
    let name = parts.next().map(str::to_owned);
    let width = first.lines().last().map_or(1, |line| line.matches('^').count().max(1));
    let range =
        name.as_ref().and_then(|name| texts.get(name)).zip(line).zip(column).and_then(|((text, line), column)| {
            let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
            let rest = &text[start..];
            let from = rest.char_indices().nth(column.checked_sub(1)?).map_or(rest.len(), |(at, _)| at);
            let to = rest[from..].char_indices().nth(width).map_or(rest.len(), |(at, _)| from + at);
            Some(start + from..start + to)
        });
    (name, range, message)
}

fn quoted(text: &str, name: &str) -> Option<Range<usize>> {
    text.find(name).map(|at| at..at + name.len())
}

/// Our messages begin in lower case and end without a full stop.
fn lowered(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "something is wrong with this template".to_owned(),
    }
}
