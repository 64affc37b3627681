//! File names and ids: what an item is called, from where it stands.

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Report};
use crate::hash::HashMap;
use crate::source::Span;

/// A name as it is compared: composed (NFC), in lower case, without white space around it.
pub(crate) fn tidy(name: &str) -> String {
    let name = name.trim();
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether a name can be an id and part of an address: letters and digits of any script, `-`, `_` and `.` inside.
pub(super) fn is_id(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Says that a name cannot be an id, and what could be one instead.
pub(super) fn bad_id(name: &str, span: Span) -> Diagnostic {
    let words: Vec<&str> =
        name.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let diagnostic = Diagnostic::new(Code::BadId, span, format!("`{name}` cannot be an id"));
    let allowed = "letters and digits of any script, `-` and `_`";
    diagnostic.help(match words.is_empty() {
        true => allowed.to_owned(),
        false => format!("{allowed}, such as `{}`", words.join("-")),
    })
}

/// Says which of `names` are given twice. `two` is what they are names of, such as `two stages of this map`.
pub(super) fn distinct<'a>(names: impl Iterator<Item = (&'a str, Span)>, two: &str, report: &mut Report) {
    let mut first: HashMap<&str, Span> = HashMap::default();
    for (name, span) in names.filter(|(name, _)| !name.is_empty()) {
        let other = *first.entry(name).or_insert(span);
        if other != span {
            report.push(
                Diagnostic::new(Code::DuplicateId, span, format!("{two} have the id `{name}`"))
                    .related(other, "the other one")
                    .help("give one of them another id"),
            );
        }
    }
}

/// A file's stem split into its number and the rest: `01-welcome` is `(Some(1), "welcome")`.
pub(super) fn numbered(stem: &str) -> (Option<u32>, &str) {
    match stem.split_once('-') {
        Some((digits, rest)) if !rest.is_empty() && digits.len() <= 4 => match digits.parse() {
            Ok(number) => (Some(number), rest),
            Err(_) => (None, stem),
        },
        _ => (None, stem),
    }
}
