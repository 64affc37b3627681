//! An item that is not in every language of the handbook.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Place, Report, listed};
use crate::model::Lang;

/// A language in which nothing has been written yet is told once, and of no item.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let handbook = sound.handbook;
    let is_in = |lang: Lang| move |(other, _): &(Lang, _)| *other == lang;
    let mut begun = Vec::new();
    for language in handbook.settings.languages.iter().skip(1) {
        let lang = language.lang;
        if handbook.items().any(|item| item.translations.iter().any(is_in(lang))) {
            begun.push((lang, language.tag.as_str()));
        } else if handbook.items().next().is_some() {
            let message = format!("nothing has been written in `{}` yet", language.tag);
            let place = language.span.map_or(Place::Handbook, Place::Source);
            report.push(
                Diagnostic::at(Code::MissingTranslation, place, message)
                    .help("put translations beside the originals, or name the language when the first is there"),
            );
        }
    }
    for item in sound.items() {
        let missing = begun.iter().filter(|(lang, _)| !item.translations.iter().any(is_in(*lang)));
        let missing: Vec<&str> = missing.map(|(_, tag)| *tag).collect();
        if let Some(first) = missing.first() {
            let message = format!("this is not there in {}", listed(missing.iter().copied()));
            let first = first.split('-').next().unwrap_or(first);
            report.push(
                Diagnostic::new(Code::MissingTranslation, item.span(), message)
                    .help(format!("put a file beside it with `.{first}` before its extension")),
            );
        }
    }
}
