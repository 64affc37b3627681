//! A stage in which nothing happens.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        for stage in map.stages.iter().filter(|stage| stage.steps.is_empty() && stage.opens.is_none()) {
            let message = format!("nothing happens in the stage `{}`", stage.name);
            report.push(
                Diagnostic::new(Code::EmptyStage, stage.span, message).help("add `steps:`, or take the stage out"),
            );
        }
    }
}
