//! An experience map that does not say where it leads.

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::{Handbook, MapKind};

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    let maps = handbook.maps.iter().filter(|map| !map.item.unread && map.kind() == MapKind::Experience);
    for map in maps.filter(|map| map.outcome.is_none()) {
        // A kind that is missing or misspelt is read as this one.
        let is_guess = report.iter().any(|said| {
            matches!(said.code, Code::BadChoice | Code::MissingKey)
                && matches!(said.place, Place::Source(span) if span.file == map.item.file)
        });
        if is_guess {
            continue;
        }
        report.push(
            Diagnostic::new(Code::MissingOutcome, map.item.span(), "this experience map does not say where it leads")
                .help("add `outcome:`, what people have in the end, in a sentence"),
        );
    }
}
