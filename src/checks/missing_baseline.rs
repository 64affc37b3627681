//! A future state that starts from nowhere.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Contents, Handbook};

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let Contents::FutureState(future) = &map.contents else { continue };
        if future.baseline_at.is_none() && !map.item.unread {
            let message = "this future state does not say what it starts from";
            report.push(
                Diagnostic::new(Code::MissingBaseline, map.item.span(), message)
                    .help("add `baseline: ID` with the id of a current-state map"),
            );
        }
    }
}
