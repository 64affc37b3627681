//! A stage in which customer and organisation do not meet.

use super::sound::{Sound, touchpoints};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::MapKind;

/// The kinds that show where one meets.
const KINDS: [MapKind; 4] =
    [MapKind::CurrentState, MapKind::FutureState, MapKind::ServiceBlueprint, MapKind::PersonaBased];

/// Leaves out what happens behind the customer's back, and stages whose details are on another map.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps().filter(|map| KINDS.contains(&map.kind())) {
        let mut number = 0;
        for stage in &map.stages {
            let steps = || stage.steps.iter().zip(number..);
            let elsewhere = stage.opens.is_some() || stage.steps.iter().any(|step| step.opens.is_some());
            let seen = stage.steps.iter().any(|step| !step.unseen);
            if seen && !elsewhere && !steps().any(|(step, at)| touchpoints(map, at, step).next().is_some()) {
                let message = format!("in the stage `{}` nobody meets us", stage.name);
                report.push(
                    Diagnostic::new(Code::StageWithoutTouchpoint, stage.span, message).help(
                        "name the `touchpoint` at the steps where you meet, or say under `checks` that you do not",
                    ),
                );
            }
            number += stage.steps.len();
        }
    }
}
