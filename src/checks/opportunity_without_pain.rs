//! An opportunity in search of its problem.

use super::sound::{Sound, opportunities};
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let Some(handbook) = sound.whole() else { return };
    let mut named = vec![false; handbook.opportunities.len()];
    handbook.maps.iter().flat_map(opportunities).for_each(|id| named[id.index()] = true);
    for (id, opportunity) in handbook.opportunities.entries() {
        if !named[id.index()] {
            report.push(
                Diagnostic::new(
                    Code::OpportunityWithoutPain,
                    opportunity.item.span(),
                    "no map says which pain this would answer",
                )
                .help(format!(
                    "write `opportunities: [{}]` at the pain or the step that it would mend",
                    opportunity.item.name
                )),
            );
        }
    }
}
