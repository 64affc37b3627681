//! A pain that nothing is planned against.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::PainSeverity;
use crate::model::hurt::hurts_at;

/// Leaves out what fails on a blueprint, which is no pain as it stands, and pains of low severity, which are forgotten.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let unanswered = hurts_at(sound.handbook, &sound.gaps().unanswered);
    let told = unanswered.filter(|hurt| sound.is(&sound.handbook[hurt.map].item));
    for hurt in told.filter(|hurt| !hurt.fails && hurt.severity != Some(PainSeverity::Low)) {
        report.push(
            Diagnostic::new(
                Code::PainWithoutOpportunity,
                hurt.text.first().span,
                "nothing is planned against this pain",
            )
            .help("name what might be done under `opportunities`, at the pain or at its step"),
        );
    }
}
