//! A translation that does not have all of its original's texts.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::source::Span;

/// Told once for each translation, with the first of what it lacks.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for (original, translation) in sound.translations() {
        let Some(first) = translation.first_missing.first() else { continue };
        let (missing, all) = (translation.missing, original.texts);
        let are = if missing == 1 { "is" } else { "are" };
        let message = format!("{missing} of {all} texts {are} not translated");
        report.push(
            Diagnostic::new(Code::PartialTranslation, Span::start_of(translation.file), message)
                .related(first.span, "the first of them")
                .help("readers see the original's text in its place"),
        );
    }
}
