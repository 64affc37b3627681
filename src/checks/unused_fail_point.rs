//! Something that breaks nowhere.

use super::misread;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    // A misspelt name may mean any of them.
    let guesses = misread(report, &[Code::UnknownFailPoint]);
    for map in handbook.maps.iter().filter(|map| !guesses.contains(&map.item.file)) {
        let Some(blueprint) = map.blueprint() else { continue };
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
