//! A value in all its languages at once.
//!
//! A [`Value`] is a node of the default language's tree and, beside it, what the translations have in the
//! same place. Structure is read from the first; texts are collected from all.

use std::cell::RefCell;

use super::names::{bad_id, distinct, is_id, tidy};
use super::yaml::{Entry, FULL_WIDTH, FULL_WIDTH_HELP, Kind, Node};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Lang, Local, Text, Words};
use crate::original::Said;
use crate::source::Span;

/// A value, with its counterparts in the translations.
#[derive(Debug, Clone)]
pub(super) struct Value<'n> {
    /// The default language's.
    pub(super) node: &'n Node<'n>,
    /// The translations'.
    pub(super) others: Vec<(Lang, &'n Node<'n>)>,
    /// Where it is noted which texts there are; `None` where nobody asks.
    pub(super) ledger: Option<&'n Ledger>,
}

/// The texts of an item, noted as they are read.
#[derive(Debug, Default)]
pub(super) struct Ledger(RefCell<Vec<Said>>);

impl Ledger {
    /// Notes a text that these languages have, by their places.
    pub(super) fn note(&self, text: &str, span: Span, languages: impl IntoIterator<Item = usize>) {
        self.0.borrow_mut().extend(Said::new(text, span, languages));
    }

    /// What was noted.
    pub(super) fn take(&self) -> Vec<Said> {
        self.0.take()
    }
}

impl<'n> Value<'n> {
    /// The value's place in the default language.
    pub(super) fn span(&self) -> Span {
        self.node.span
    }

    /// Whether it is a single text, number or word.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self.node.kind, Kind::Scalar(_))
    }

    /// The text of a scalar; anything else is reported as not being `wanted`.
    pub(super) fn scalar(&self, wanted: &str, report: &mut Report) -> Option<&'n str> {
        scalar(self.node, wanted, report)
    }

    /// The text in every language.
    pub(super) fn text(&self, report: &mut Report) -> Option<Text> {
        let mut text = Local::new(words(self.node, report)?);
        for (lang, node) in &self.others {
            if let Some(words) = words(node, report) {
                text = text.and(*lang, words);
            }
        }
        if let Some(ledger) = self.ledger {
            let first = text.first();
            ledger.note(&first.text, first.span, text.iter().skip(1).map(|(lang, _)| lang.index()));
        }
        Some(text)
    }

    /// A number, with or without decimals.
    pub(super) fn number(&self, report: &mut Report) -> Option<f64> {
        let word = self.scalar("a number", report)?;
        let number = word.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let message = format!("`{word}` is not a number");
            report.push(
                Diagnostic::new(Code::WrongType, self.span(), message)
                    .help("digits, with `.` before decimals and nothing between thousands"),
            );
        }
        number
    }

    /// The items of a list. A translation's items are matched by their `id` where they have one, else by position.
    pub(super) fn items(&self, report: &mut Report) -> Vec<Self> {
        let Some(items) = list(self.node, report) else { return Vec::new() };
        let mut values: Vec<Self> =
            items.iter().map(|node| Self { node, others: Vec::new(), ledger: self.ledger }).collect();
        for (lang, node) in &self.others {
            for (position, translated) in list(node, report).into_iter().flatten().enumerate() {
                let found = match id_of(translated) {
                    Some(id) => items.iter().position(|item| id_of(item) == Some(id)),
                    None => (position < items.len()).then_some(position),
                };
                match found {
                    Some(index) => values[index].others.push((*lang, translated)),
                    None => report.push(orphan(translated)),
                }
            }
        }
        values
    }

    /// The entries of a mapping whose keys are ids. A translation's entries are matched by key.
    pub(super) fn entries(&self, report: &mut Report) -> Vec<(String, Span, Self)> {
        let Some(entries) = map(self.node, report) else { return Vec::new() };
        let mut values: Vec<(String, Span, Self)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let (name, span) = (tidy(&entry.key), entry.key_span);
            if !is_id(&name) {
                report.push(bad_id(&name, span));
            }
            values.push((name, span, Self { node: &entry.value, others: Vec::new(), ledger: self.ledger }));
        }
        distinct(values.iter().map(|(name, span, _)| (&**name, *span)), "two things", report);
        for (lang, node) in &self.others {
            for entry in map(node, report).into_iter().flatten() {
                let name = tidy(&entry.key);
                match values.iter_mut().find(|(key, ..)| *key == name) {
                    Some((_, _, value)) => value.others.push((*lang, &entry.value)),
                    None => report.push(orphan_key(&entry.key, entry.key_span)),
                }
            }
        }
        values
    }
}

fn words(node: &Node<'_>, report: &mut Report) -> Option<Words> {
    let text = scalar(node, "a text", report)?;
    Some(Words::new(text.trim(), node.span))
}

fn scalar<'n>(node: &'n Node<'n>, wanted: &str, report: &mut Report) -> Option<&'n str> {
    match &node.kind {
        Kind::Scalar(text) => Some(text),
        _ => wrong_type(node, wanted, report),
    }
}

fn list<'n>(node: &'n Node<'n>, report: &mut Report) -> Option<&'n [Node<'n>]> {
    match &node.kind {
        Kind::List(items) => Some(items),
        _ => wrong_type(node, "a list", report),
    }
}

/// The entries of a mapping; anything else is reported.
pub(super) fn map<'n>(node: &'n Node<'n>, report: &mut Report) -> Option<&'n [Entry<'n>]> {
    match &node.kind {
        Kind::Map(entries) => Some(entries),
        _ => wrong_type(node, "a mapping", report),
    }
}

fn wrong_type<T>(node: &Node<'_>, wanted: &str, report: &mut Report) -> Option<T> {
    let help = match wanted {
        "a list" => "one item a line, each after `- `; or all in brackets: `[first, second]`",
        "a mapping" => "keys and values, one `key: value` a line",
        _ => "one line of text after the key; in quotes if it holds `: ` or begins with a sign such as `[`, `{` or `*`",
    };
    // `title：Mei` is no key and value but one text.
    let help = match &node.kind {
        Kind::Scalar(text) if wanted == "a mapping" && is_key_before_full_width(text) => FULL_WIDTH_HELP,
        _ => help,
    };
    let message = format!("{wanted} belongs here, and this is {}", node.describe());
    report.push(Diagnostic::new(Code::WrongType, node.span, message).help(help));
    None
}

/// Whether a text begins as a key would, but for the width of its colon.
fn is_key_before_full_width(text: &str) -> bool {
    let is_key = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    text.split_once(FULL_WIDTH).is_some_and(|(key, _)| is_key(key.trim_end()))
}

fn id_of<'n>(node: &'n Node<'n>) -> Option<&'n str> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| entry.key == "id").and_then(|entry| match &entry.value.kind {
        Kind::Scalar(text) => Some(&**text),
        _ => None,
    })
}

/// Says that a translation has a key that the original lacks.
pub(super) fn orphan_key(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::OrphanTranslation, span, format!("the original has no `{key}`")).help(ORPHAN_HELP)
}

const ORPHAN_HELP: &str = "a translation holds texts for what the original has";

fn orphan(node: &Node<'_>) -> Diagnostic {
    let message = match id_of(node) {
        Some(id) => format!("the original has no item with the id `{id}`"),
        None => "the original's list has fewer items".to_owned(),
    };
    Diagnostic::new(Code::OrphanTranslation, node.span, message).help(ORPHAN_HELP)
}
