//! A lane of a blueprint whose work is nobody's.

use super::misread;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Act, Handbook, Step};

/// A lane's key, and what it holds at a step.
type Lane = (&'static str, fn(&Step) -> Option<&Act>);

const LANES: [Lane; 3] = [
    ("frontstage", |step| step.frontstage.as_ref()),
    ("backstage", |step| step.backstage.as_ref()),
    ("support", |step| step.support.as_ref()),
];

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    // A misspelt name may be the one that is missing.
    let guesses = misread(report, &[Code::UnknownTeam]);
    for map in handbook.maps.iter().filter(|map| !guesses.contains(&map.item.file)) {
        let Some(blueprint) = map.blueprint() else { continue };
        let actors = &blueprint.actors;
        for ((lane, act), team) in LANES.iter().zip([actors.frontstage, actors.backstage, actors.support]) {
            let nobodys = |step: &&Step| act(step).is_some_and(|act| act.team.is_none());
            let first = map.steps().map(|(_, step)| step).find(nobodys);
            if let (None, Some(step)) = (team, first) {
                let message = format!("nobody is named for the `{lane}` of `{}`", step.name);
                report.push(
                    Diagnostic::new(Code::LaneWithoutTeam, step.span, message)
                        .help(format!("name a team for the whole lane, such as `actors: {{ {lane}: TEAM }}`"))
                        .help("or one for the act, with `text` and `team`"),
                );
            }
        }
    }
}
