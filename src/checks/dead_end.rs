//! A step from which the journey neither goes on nor ends.

use super::paths;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in paths::walked(handbook, report) {
        let steps: Vec<_> = map.steps().map(|(_, step)| step).collect();
        let onward = map.onward();
        let mut back = vec![Vec::new(); steps.len()];
        for (at, to) in onward.iter().enumerate() {
            to.iter().for_each(|&to| back[to].push(at));
        }
        let ends = (0..steps.len()).filter(|&at| at + 1 == steps.len() || steps[at].exit.is_some());
        let mut ending = paths::Reach::new(&back);
        ends.for_each(|at| ending.spread(at));
        // What leads into a dead end is none itself: only where nothing leads out is told, a loop once.
        for mut around in paths::loops(&onward) {
            around.sort_unstable();
            let out = around.iter().flat_map(|&at| &onward[at]).any(|to| around.binary_search(to).is_err());
            let first = around[0];
            if out || ending.is(first) {
                continue;
            }
            let name = &steps[first].name;
            let message = match around.as_slice() {
                [_] => format!("the step `{name}` leads nowhere"),
                _ => {
                    let names: Vec<String> = around.iter().map(|&at| format!("`{}`", steps[at].name)).collect();
                    format!("no way leads out of the loop of {}", names.join(", "))
                }
            };
            report.push(
                Diagnostic::new(Code::DeadEnd, steps[first].span, message).help(
                    "name the step that follows under `leads-to`, or say with `exit:` who leaves the journey here",
                ),
            );
        }
    }
}
