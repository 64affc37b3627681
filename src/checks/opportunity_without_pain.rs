//! An opportunity in search of its problem.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let Some(handbook) = sound.whole() else { return };
    for &id in &sound.gaps().idle {
        let item = &handbook[id].item;
        report.push(
            Diagnostic::new(Code::OpportunityWithoutPain, item.span(), "no map says which pain this would answer")
                .help(format!("write `opportunities: [{}]` at the pain or the step that it would mend", item.name)),
        );
    }
}
