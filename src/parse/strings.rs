//! A theme's words in one language: a flat file of keys and texts, some with forms for numbers.

use super::yaml::{self, Kind};
use crate::diag::Report;
use crate::source::Span;

/// A word's forms by plural category: `[("other", text)]` for a plain text.
pub(crate) type Forms = Vec<(String, String)>;

/// Reads `key: text` and `key: {one: text, other: text}`.
///
/// # Errors
/// What is wrong with the file, in words, where it is not of that shape.
pub(crate) fn read(text: &str) -> Result<Vec<(String, Forms)>, String> {
    let mut report = Report::default();
    let node = yaml::parse(text, Span::NOWHERE.file, 0, &mut report);
    if let Some(first) = report.iter().next() {
        return Err(first.message.clone());
    }
    let Some(Kind::Map(entries)) = node.map(|node| node.kind) else {
        return Err("a table of words is a mapping from keys to texts".to_owned());
    };
    let mut words = Vec::with_capacity(entries.len());
    for entry in entries {
        let forms = match entry.value.kind {
            Kind::Scalar(text) => vec![("other".to_owned(), text.into_owned())],
            Kind::Map(forms) => {
                let form = |form: yaml::Entry<'_>| match form.value.kind {
                    Kind::Scalar(text) => Ok((form.key.into_owned(), text.into_owned())),
                    _ => Err(format!("`{}` of `{}` is not a text", form.key, entry.key)),
                };
                forms.into_iter().map(form).collect::<Result<Forms, String>>()?
            }
            _ => return Err(format!("`{}` is neither a text nor a mapping of forms", entry.key)),
        };
        words.push((entry.key.into_owned(), forms));
    }
    Ok(words)
}
