//! Something that breaks nowhere.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let points = map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
        for (index, point) in points.iter().enumerate() {
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
