//! A future state that shares no step with its baseline, so that nothing can be compared.

use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::{Contents, Handbook, JourneyMap, MapKind};

/// How many ids are listed of each map.
const MOST_LISTED: usize = 4;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let Contents::FutureState(future) = &map.contents else { continue };
        let (Some(baseline), Some(span)) = (future.baseline, future.baseline_at) else { continue };
        let baseline = &handbook[baseline];
        let (here, there) = (steps(map), steps(baseline));
        let nothing = here.is_empty() || there.is_empty() || here.iter().any(|name| there.contains(name));
        if nothing || baseline.kind() != MapKind::CurrentState {
            continue;
        }
        let message = format!("no step of this map has the id of a step of `{}`", baseline.item.name);
        let some = |names: &[&str]| {
            let more = if names.len() > MOST_LISTED { " …" } else { "" };
            format!("{}{more}", listed(names.iter().copied().take(MOST_LISTED)))
        };
        report.push(
            Diagnostic::new(Code::NothingMatches, span, message)
                .help("steps are compared by id: give those that remain the ids they have in the baseline")
                .help(format!("here: {}", some(&here)))
                .help(format!("in the baseline: {}", some(&there))),
        );
    }
}

fn steps(map: &JourneyMap) -> Vec<&str> {
    map.steps().map(|(_, step)| step.name.as_str()).collect()
}
