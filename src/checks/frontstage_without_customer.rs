//! Something in sight of the customer at a step that happens without the customer.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        for (_, step) in map.steps().filter(|(_, step)| step.unseen && step.frontstage.is_some()) {
            let message = format!("`{}` has a `frontstage`, but no customer who could see it", step.name);
            report.push(
                Diagnostic::new(Code::FrontstageWithoutCustomer, step.span, message)
                    .help("say in `action` what the customer does, or write it under `backstage`"),
            );
        }
    }
}
