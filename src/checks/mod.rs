//! What a handbook should hold beyond links that lead somewhere. One check a file, named as its code.
//!
//! Checks come first and may tell errors. Rules come after them, see only what is `sound`, and tell what is missing or
//! has grown old. Then the handbook's own word on each rule is applied, see `settle`.

mod cyclic_parents;
mod dead_end;
mod empty_quadrant;
mod empty_stage;
mod figure_without_evidence;
mod flat_feelings;
mod frontstage_without_customer;
mod idle_difference;
mod lane_without_team;
mod map_without;
mod missing_baseline;
mod missing_outcome;
mod missing_translation;
mod moment_without_owner;
mod nothing_matches;
mod opportunity_without_metric;
mod opportunity_without_owner;
mod opportunity_without_pain;
mod outdated_translation;
mod overdue_review;
mod pain_without_opportunity;
mod partial_translation;
mod paths;
mod persona_not_on_map;
mod persona_without_map;
mod quote_without_evidence;
mod retired_touchpoint;
mod settle;
mod sound;
mod stage_without_touchpoint;
mod too_many_steps;
mod unlisted_guide;
mod unreached_step;
mod unused_fail_point;
mod unused_touchpoint;
mod weak_evidence;
mod wrong_baseline;

use std::sync::{Arc, OnceLock};

use crate::diag::{Code, Place, Report, Severity};
use crate::hash::HashSet;
use crate::model::Handbook;
use crate::model::hurt::Gaps;
use crate::parallel;
use crate::source::FileId;
use sound::Sound;

/// A check: looks at the handbook and says what it sees.
type Check = fn(&Handbook, &mut Report);

/// Every check that tells errors. Each looks at what is linked and no further, so that all of them take no time to speak of.
const ERRORS: &[Check] =
    &[cyclic_parents::check, persona_not_on_map::check, frontstage_without_customer::check, wrong_baseline::check];

/// Every check that tells of what is odd.
const CHECKS: &[Check] = &[
    empty_stage::check,
    empty_quadrant::check,
    missing_outcome::check,
    unreached_step::check,
    dead_end::check,
    lane_without_team::check,
    unused_fail_point::check,
    missing_baseline::check,
    nothing_matches::check,
];

/// A rule: looks at what is sound and says what is missing.
type Rule = fn(&Sound<'_>, &mut Report);

/// Every rule there is.
const RULES: &[Rule] = &[
    idle_difference::check,
    moment_without_owner::check,
    pain_without_opportunity::check,
    opportunity_without_owner::check,
    opportunity_without_metric::check,
    opportunity_without_pain::check,
    stage_without_touchpoint::check,
    unused_touchpoint::check,
    retired_touchpoint::check,
    persona_without_map::check,
    map_without::check,
    overdue_review::check,
    figure_without_evidence::check,
    quote_without_evidence::check,
    weak_evidence::check,
    flat_feelings::check,
    too_many_steps::check,
    unlisted_guide::check,
    missing_translation::check,
    outdated_translation::check,
    partial_translation::check,
];

/// Runs every check and every rule, and settles how bad each finding is, those of earlier stages included.
pub fn run(handbook: &Handbook, report: &mut Report) {
    run_knowing(handbook, OnceLock::new(), report);
}

/// The same of a handbook whose gaps may be known.
pub fn run_knowing(handbook: &Handbook, gaps: OnceLock<Arc<Gaps>>, report: &mut Report) {
    let all: Vec<Check> = ERRORS.iter().chain(CHECKS).copied().collect();
    each(&all, report, |check, own| check(handbook, own));
    let sound = Sound::of(handbook, gaps, report);
    each(RULES, report, |rule, own| rule(&sound, own));
    settle::settle(handbook, report);
}

/// Runs the checks that tell errors. Nothing else that [`run`] finds is one, unless [`may_be_errors`] says so.
pub fn errors(handbook: &Handbook, report: &mut Report) {
    each(ERRORS, report, |check, own| check(handbook, own));
}

/// Whether the handbook or one of its items makes an error of what a rule finds.
pub fn may_be_errors(handbook: &Handbook) -> bool {
    let levels = handbook.settings.checks.iter().chain(handbook.items().flat_map(|item| &item.checks));
    levels.into_iter().any(|level| level.level == Some(Severity::Error))
}

/// Asks several at once, each of which knows what was said before all of them, and keeps what they say in their order.
fn each<C: Sync>(all: &[C], report: &mut Report, ask: impl Fn(&C, &mut Report) + Sync + Send) {
    let before = &*report;
    let said = parallel::map(all, |one| {
        let mut own = before.clone();
        ask(one, &mut own);
        own.after(before)
    });
    said.into_iter().for_each(|own| report.append(own));
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
