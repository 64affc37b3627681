//! What a handbook should hold beyond links that lead somewhere. One check a file, named as its code.

mod cyclic_parents;
mod empty_quadrant;
mod empty_stage;
mod missing_baseline;
mod missing_outcome;
mod nothing_matches;
mod quote_without_evidence;
mod wrong_baseline;

use crate::diag::Report;
use crate::model::Handbook;

/// A check: looks at the handbook and says what it sees.
type Check = fn(&Handbook, &mut Report);

/// Every check there is.
const CHECKS: &[Check] = &[
    cyclic_parents::check,
    empty_stage::check,
    empty_quadrant::check,
    missing_outcome::check,
    quote_without_evidence::check,
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
