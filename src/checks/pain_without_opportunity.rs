//! A pain that nothing is planned against.

use super::sound::{Sound, pains};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{MapKind, PainSeverity};

/// Leaves out future states, whose pains are accepted, and pains of low severity, which are forgotten.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps().filter(|map| map.kind() != MapKind::FutureState) {
        for (pain, shared) in pains(map) {
            let answered = !pain.opportunities.is_empty() || !shared.is_empty();
            if answered || pain.severity == Some(PainSeverity::Low) {
                continue;
            }
            report.push(
                Diagnostic::new(
                    Code::PainWithoutOpportunity,
                    pain.text.first().span,
                    "nothing is planned against this pain",
                )
                .help("name what might be done under `opportunities`, at the pain or at its step"),
            );
        }
    }
}
