//! A theme's words in one language: a flat file of keys and texts, some with forms for numbers.

use std::ops::Range;

use super::yaml::{self, Kind};
use crate::diag::{Place, Report};
use crate::source::Span;

/// A word and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its key.
    pub(crate) key: String,
    /// Where the key stands, in bytes.
    pub(crate) place: Range<usize>,
    /// Its forms by plural category; `other` alone for a plain text.
    pub(crate) forms: Vec<Form>,
    /// Whether it is written as forms.
    pub(crate) counted: bool,
}

/// A form of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Its plural category.
    pub(crate) name: String,
    /// Where that stands, in bytes; for a plain text where the text stands.
    pub(crate) name_place: Range<usize>,
    /// The text.
    pub(crate) text: String,
    /// Where it stands, in bytes.
    pub(crate) place: Range<usize>,
}

/// Reads `key: text` and `key: {one: text, other: text}`.
///
/// # Errors
/// What is wrong with the file, in words, where it is not of that shape, and at which bytes.
pub(crate) fn read(text: &str) -> Result<Vec<Word>, (String, Range<usize>)> {
    let mut report = Report::default();
    let node = yaml::parse(text, Span::NOWHERE.file, 0, &mut report);
    if let Some(first) = report.iter().next() {
        let range = match &first.place {
            Place::Source(span) => span.range(),
            _ => 0..0,
        };
        return Err((first.message.clone(), range));
    }
    let Some(node) = node else { return Ok(Vec::new()) };
    let entries = match node.kind {
        Kind::Map(entries) => entries,
        Kind::Nothing => return Ok(Vec::new()),
        _ => return Err(("a table of words is a mapping from keys to texts".to_owned(), node.span.range())),
    };
    let mut words = Vec::with_capacity(entries.len());
    for entry in entries {
        let place = entry.key_span.range();
        let at = entry.value.span.range();
        let (forms, counted) = match entry.value.kind {
            Kind::Scalar(text) => {
                let name_place = at.clone();
                (vec![Form { name: "other".to_owned(), name_place, text: text.into_owned(), place: at }], false)
            }
            Kind::Map(forms) => {
                let form = |form: yaml::Entry<'_>| {
                    let place = form.value.span.range();
                    match form.value.kind {
                        Kind::Scalar(text) => {
                            let name_place = form.key_span.range();
                            Ok(Form { name: form.key.into_owned(), name_place, text: text.into_owned(), place })
                        }
                        _ => Err((format!("`{}` of `{}` is not a text", form.key, entry.key), place)),
                    }
                };
                (forms.into_iter().map(form).collect::<Result<Vec<Form>, _>>()?, true)
            }
            _ => return Err((format!("`{}` is neither a text nor a mapping of forms", entry.key), at)),
        };
        words.push(Word { key: entry.key.into_owned(), place, forms, counted });
    }
    Ok(words)
}
