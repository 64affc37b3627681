//! What is not in every language of the handbook.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Place, Report, listed};
use crate::model::Handbook;
use crate::model::tag::canonical;
use crate::source::Span;

/// What stands before the extension of a file in a language: the tag, or its first part where that means no other.
fn suffix<'t>(tag: &'t str, handbook: &Handbook) -> &'t str {
    let first = |tag: &'t str| tag.split('-').next().unwrap_or(tag);
    let short = first(tag);
    let shared = handbook.settings.languages.iter().filter(|other| other.tag.split('-').next() == Some(short)).count();
    if canonical(short) == canonical(tag) || shared == 1 && short != "zh" { short } else { tag }
}

/// A language in which nothing has been written yet is told once, and of no file.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let handbook = sound.handbook;
    let mut begun = Vec::new();
    for language in handbook.settings.languages.iter().skip(1) {
        let place = language.lang.index();
        let mut translations = handbook.originals.iter().flat_map(|original| &original.translations);
        if translations.any(|translation| translation.language == place) {
            begun.push((place, language.tag.as_str()));
        } else if handbook.items().next().is_some() {
            let message = format!("nothing has been written in `{}` yet", language.tag);
            let place = language.span.map_or(Place::Handbook, Place::Source);
            report.push(
                Diagnostic::at(Code::MissingTranslation, place, message)
                    .help("put translations beside the originals, or name the language when the first is there"),
            );
        }
    }
    for original in sound.originals() {
        let has = |place: usize| original.translations.iter().any(|translation| translation.language == place);
        let missing: Vec<&str> = begun.iter().filter(|(place, _)| !has(*place)).map(|(_, tag)| *tag).collect();
        if let Some(first) = missing.first() {
            let message = format!("this is not there in {}", listed(missing.iter().copied()));
            let first = suffix(first, handbook);
            report.push(
                Diagnostic::new(Code::MissingTranslation, Span::start_of(original.file), message)
                    .help(format!("put a file beside it with `.{first}` before its extension")),
            );
        }
    }
}
