//! An opportunity that is everybody’s, and so nobody’s.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for opportunity in sound.opportunities().filter(|opportunity| opportunity.status.is_open()) {
        if opportunity.item.owner.is_none() {
            report.push(
                Diagnostic::new(
                    Code::OpportunityWithoutOwner,
                    opportunity.item.span(),
                    "nobody is named who will do this",
                )
                .help("add `owner:` with the id of a team"),
            );
        }
    }
}
