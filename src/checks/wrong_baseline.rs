//! A baseline that does not show what is.

use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::{Contents, Handbook, MapKind};

/// How many maps are listed.
const MOST_LISTED: usize = 8;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let Contents::FutureState(future) = &map.contents else { continue };
        let (Some(baseline), Some(span)) = (future.baseline, future.baseline_at) else { continue };
        let baseline = &handbook[baseline];
        if baseline.item.unread || baseline.kind() == MapKind::CurrentState {
            continue;
        }
        let message = format!(
            "the baseline is a current-state map, and `{}` is of the kind `{}`",
            baseline.item.name,
            baseline.kind().name()
        );
        let current = handbook.maps.iter().filter(|map| map.kind() == MapKind::CurrentState && !map.item.unread);
        let names: Vec<&str> = current.map(|map| map.item.name.as_str()).collect();
        let mut diagnostic = Diagnostic::new(Code::WrongBaseline, span, message);
        diagnostic = match names[..] {
            [] => diagnostic.help("draw the current state first, as a map of the kind `current-state`"),
            [only] => diagnostic.help(format!("there is only `{only}`")),
            _ => {
                let more = if names.len() > MOST_LISTED { " …" } else { "" };
                diagnostic.help(format!("one of {}{more}", listed(names.into_iter().take(MOST_LISTED))))
            }
        };
        report.push(diagnostic);
    }
}
