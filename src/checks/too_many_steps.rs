//! More steps than a reader can take in.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::MapKind;

/// In one stage. Source: G. A. Miller, “The Magical Number Seven, Plus or Minus Two”, Psychological Review 63 (2), 1956:
/// nine is the most that is held in mind at once.
const MOST_IN_STAGE: usize = 9;
/// On one map: what still stands on one sheet of A3 in letters that are read at arm's length, some 10 mm to a step.
const MOST_ON_MAP: usize = 40;

/// Leaves out days in the life, which are read along the clock.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps().filter(|map| map.kind() != MapKind::DayInTheLife) {
        for stage in map.stages.iter().filter(|stage| stage.steps.len() > MOST_IN_STAGE) {
            let message = format!(
                "the stage `{}` has {} steps, and a reader keeps {MOST_IN_STAGE} in mind",
                stage.name,
                stage.steps.len()
            );
            report.push(
                Diagnostic::new(Code::TooManySteps, stage.span, message)
                    .help("put the details on a map of their own, which the stage `opens`"),
            );
        }
        let steps = map.steps().count();
        if steps > MOST_ON_MAP {
            let message = format!("this map has {steps} steps, and one sheet shows {MOST_ON_MAP}");
            report.push(
                Diagnostic::new(Code::TooManySteps, map.item.span(), message)
                    .help("keep what the customer would tell a friend, and let stages open maps of their own"),
            );
        }
    }
}
