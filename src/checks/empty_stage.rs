//! A stage in which nothing happens.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Handbook, MapKind};

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        for stage in map.stages.iter().filter(|stage| stage.steps.is_empty() && stage.opens.is_none()) {
            let (what, key) = match map.kind() {
                MapKind::DayInTheLife => ("day", "moments"),
                _ => ("stage", "steps"),
            };
            let message = format!("nothing happens in the {what} `{}`", stage.name);
            let help = format!("add `{key}:`, or take the {what} out");
            report.push(Diagnostic::new(Code::EmptyStage, stage.span, message).help(help));
        }
    }
}
