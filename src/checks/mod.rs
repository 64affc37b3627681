//! What a handbook should hold beyond links that lead somewhere. One check a file, named as its code.

mod cyclic_parents;
mod dead_end;
mod empty_stage;
mod paths;
mod unreached_step;

use crate::diag::Report;
use crate::model::Handbook;

/// A check: looks at the handbook and says what it sees.
type Check = fn(&Handbook, &mut Report);

/// Every check there is.
const CHECKS: [Check; 4] = [cyclic_parents::check, empty_stage::check, unreached_step::check, dead_end::check];

/// Runs every check.
pub fn run(handbook: &Handbook, report: &mut Report) {
    for check in CHECKS {
        check(handbook, report);
    }
}
