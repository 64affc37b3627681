//! An opportunity of which nobody would see that it worked.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for opportunity in sound.opportunities().filter(|opportunity| opportunity.status.is_open()) {
        if opportunity.metrics.is_empty() {
            report.push(
                Diagnostic::new(
                    Code::OpportunityWithoutMetric,
                    opportunity.item.span(),
                    "nothing is named that will show whether this worked",
                )
                .help("add `metrics:` with the ids of what you will look at"),
            );
        }
    }
}
