//! A touchpoint that is gone, on a map of what is.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Id, MapKind, Touchpoint, TouchpointStatus};
use crate::source::Span;

/// Leaves out future states, which may show what is to go.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let handbook = sound.handbook;
    for map in handbook.maps.iter().filter(|map| map.kind() != MapKind::FutureState) {
        let steps = map.steps().map(|(_, step)| (step.touchpoint, step.touchpoint_at.unwrap_or(step.span)));
        let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
        let met: Vec<(Option<Id<Touchpoint>>, Span)> =
            steps.chain(others.map(|other| (other.touchpoint, other.span))).collect();
        for (touchpoint, span) in met {
            let Some(touchpoint) = touchpoint.map(|id| &handbook[id]) else { continue };
            if touchpoint.status == TouchpointStatus::Retired {
                let message = format!("the touchpoint `{}` is retired", touchpoint.item.name);
                report.push(
                    Diagnostic::new(Code::RetiredTouchpoint, span, message)
                        .help("name what took its place, or take `status: retired` out of its file"),
                );
            }
        }
    }
}
