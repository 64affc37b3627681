//! A step that nothing leads to.

use super::paths;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in paths::walked(handbook, report) {
        let steps: Vec<_> = map.steps().map(|(_, step)| step).collect();
        let onward = map.onward();
        let entries = (0..steps.len()).filter(|&at| at == 0 || steps[at].entry.is_some());
        let mut reached = paths::Reach::new(&onward);
        entries.for_each(|at| reached.spread(at));
        let mut led_to = vec![false; steps.len()];
        for (at, to) in onward.iter().enumerate() {
            to.iter().filter(|&&to| to != at).for_each(|&to| led_to[to] = true);
        }
        // First what nothing leads to, then what only leads to itself by a detour: each group is told once.
        let starts = (0..steps.len()).filter(|&at| !led_to[at]);
        for at in starts.chain(0..steps.len()) {
            if reached.is(at) {
                continue;
            }
            reached.spread(at);
            let message = match led_to[at] {
                false => format!("nothing leads to the step `{}`", steps[at].name),
                true => format!("only steps that nothing leads to lead to the step `{}`", steps[at].name),
            };
            report.push(Diagnostic::new(Code::UnreachedStep, steps[at].span, message).help(
                "name it under `leads-to` of the step before, or say with `entry:` who comes into the journey here",
            ));
        }
    }
}
