//! An experience map that does not say where it leads.

use super::misread;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Handbook, MapKind};

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    // A kind that is missing or misspelt is read as this one.
    let guesses = misread(report, &[Code::BadChoice, Code::MissingKey]);
    let maps = handbook.maps.iter().filter(|map| !map.item.unread && map.kind() == MapKind::Experience);
    for map in maps.filter(|map| map.outcome.is_none() && !guesses.contains(&map.item.file)) {
        report.push(
            Diagnostic::new(Code::MissingOutcome, map.item.span(), "this experience map does not say where it leads")
                .help("add `outcome:`, what people have in the end, in a sentence"),
        );
    }
}
