//! A moment of truth whose stage and touchpoint nobody owns. That its map has an owner is not enough: the map is kept true
//! by somebody who may have no say in what happens at the step.

use super::sound::{Sound, touchpoints};
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps() {
        for (number, (stage, step)) in map.steps().enumerate() {
            let Some(moment) = step.moment_of_truth.as_ref() else { continue };
            let met = || touchpoints(map, number, step).map(|id| &sound.handbook[id].item);
            // A touchpoint with errors in its file may well have an owner.
            if stage.owner.is_some() || met().any(|item| item.owner.is_some() || !sound.is(item)) {
                continue;
            }
            let message = format!(
                "neither the stage nor the touchpoint of the moment of truth at the step `{}` has an owner",
                step.name
            );
            let help = match met().next() {
                Some(item) => format!("name a team as `owner` of the stage `{}`, or of `{}`", stage.name, item.name),
                None => format!("name a team as `owner` of the stage `{}`", stage.name),
            };
            report.push(Diagnostic::new(Code::MomentWithoutOwner, moment.why.first().span, message).help(help));
        }
    }
}
