//! A translation that is older than its original, by the hash recorded in it.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::original::Age;

/// A translation that does not say what it was made from is not dated, and nobody is troubled with it.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for (original, translation) in sound.translations() {
        let Some(stamp) = translation.from.as_ref().filter(|_| original.age(translation) == Age::Outdated) else {
            continue;
        };
        let path = |file| sound.handbook.path(file).map_or_else(String::new, ToString::to_string);
        let message = format!("`{}` has changed since this was translated from it", path(original.file));
        report.push(
            Diagnostic::new(Code::OutdatedTranslation, stamp.span, message)
                .help(format!("bring it up to date, then type `journeybook translated {}`", path(translation.file))),
        );
    }
}
