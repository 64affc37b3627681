//! Something that breaks nowhere.

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let Some(blueprint) = map.blueprint() else { continue };
        // A misspelt name may mean any of them.
        let is_guess = report.iter().any(|said| {
            said.code == Code::UnknownFailPoint
                && matches!(said.place, Place::Source(span) if span.file == map.item.file)
        });
        if is_guess {
            continue;
        }
        for (index, point) in blueprint.fail_points.iter().enumerate() {
            if map.steps().any(|(_, step)| step.breaks().any(|fail| fail.index() == index)) {
                continue;
            }
            let message = format!("nothing names the fail point `{}`", point.name);
            report.push(
                Diagnostic::new(Code::UnusedFailPoint, point.span, message)
                    .help(format!("write `fails: [{}]` at the step or the act where it breaks", point.name)),
            );
        }
    }
}
