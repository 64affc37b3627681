//! A touchpoint that no map leads to.

use super::sound::{Sound, touchpoints};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{JourneyMap, LaneValue, Target, TouchpointStatus};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let Some(handbook) = sound.whole() else { return };
    let mut used = vec![false; handbook.touchpoints.len()];
    for map in &handbook.maps {
        for (number, (_, step)) in map.steps().enumerate() {
            touchpoints(map, number, step).for_each(|id| used[id.index()] = true);
        }
        in_lanes(map).for_each(|target| {
            if let Target::Touchpoint(id) = target {
                used[id.index()] = true;
            }
        });
    }
    for (id, touchpoint) in handbook.touchpoints.entries() {
        if !used[id.index()] && touchpoint.status != TouchpointStatus::Retired {
            let message = format!("no map leads to the touchpoint `{}`", touchpoint.item.name);
            report.push(
                Diagnostic::new(Code::UnusedTouchpoint, touchpoint.item.span(), message)
                    .help("name it at the steps that meet it, or set `status: retired`"),
            );
        }
    }
}

/// What a map's own lanes link to.
fn in_lanes(map: &JourneyMap) -> impl Iterator<Item = Target> {
    let cells =
        map.stages.iter().flat_map(|stage| stage.own.iter().chain(stage.steps.iter().flat_map(|step| &step.own)));
    cells.filter_map(|cell| match &cell.value {
        LaneValue::Link(Some(reference), _) => Some(reference.target),
        _ => None,
    })
}
