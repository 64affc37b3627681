//! What a handbook should hold beyond links that lead somewhere. One check a file, named as its code.

mod cyclic_parents;
mod dead_end;
mod empty_quadrant;
mod empty_stage;
mod frontstage_without_customer;
mod idle_difference;
mod lane_without_team;
mod missing_baseline;
mod missing_outcome;
mod nothing_matches;
mod paths;
mod persona_not_on_map;
mod quote_without_evidence;
mod unreached_step;
mod unused_fail_point;
mod wrong_baseline;

use std::collections::HashSet;

use crate::diag::{Code, Place, Report};
use crate::model::Handbook;
use crate::source::FileId;

/// A check: looks at the handbook and says what it sees.
type Check = fn(&Handbook, &mut Report);

/// Every check there is.
const CHECKS: &[Check] = &[
    cyclic_parents::check,
    empty_stage::check,
    empty_quadrant::check,
    missing_outcome::check,
    quote_without_evidence::check,
    idle_difference::check,
    persona_not_on_map::check,
    unreached_step::check,
    dead_end::check,
    frontstage_without_customer::check,
    lane_without_team::check,
    unused_fail_point::check,
    missing_baseline::check,
    wrong_baseline::check,
    nothing_matches::check,
];

/// Runs every check.
pub fn run(handbook: &Handbook, report: &mut Report) {
    for check in CHECKS {
        check(handbook, report);
    }
}

/// The files in which something was misread, by what was said of them: what they lack is then a guess.
fn misread(report: &Report, codes: &[Code]) -> HashSet<FileId> {
    let said = report.iter().filter(|said| codes.contains(&said.code));
    said.filter_map(|said| match &said.place {
        Place::Source(span) => Some(span.file),
        _ => None,
    })
    .collect()
}
