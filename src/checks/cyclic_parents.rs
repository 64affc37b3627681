//! Something that stands, by a detour, above itself: a map that opens itself, a team that is part of itself.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::Handbook;
use crate::source::Span;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    let teams: Vec<(&str, Vec<Edge>)> = handbook
        .teams
        .iter()
        .map(|team| (&*team.name, team.part_of.iter().map(|above| (above.index(), team.span)).collect()))
        .collect();
    report_cycles(&teams, ("is part of", "part-of"), report);

    let maps: Vec<(&str, Vec<Edge>)> = handbook
        .maps
        .iter()
        .map(|map| {
            let stages = map.stages.iter().filter_map(|stage| Some((stage.opens?.index(), stage.opens_at?)));
            let steps = map.steps().filter_map(|(_, step)| Some((step.opens?.index(), step.opens_at?)));
            (&*map.item.name, stages.chain(steps).collect())
        })
        .collect();
    report_cycles(&maps, ("opens", "opens"), report);
}

/// Where a link goes, and where it is written; of a team, where the team is.
type Edge = (usize, Span);

/// Reports each cycle once, at the link that closes it. A link is told by its verb and typed as its key.
fn report_cycles(nodes: &[(&str, Vec<Edge>)], (verb, key): (&str, &str), report: &mut Report) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; nodes.len()];
    for start in 0..nodes.len() {
        if seen[start] != Seen::Not {
            continue;
        }
        // The path walked so far, each node with the next of its links to follow.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        seen[start] = Seen::Open;
        while let Some((node, next)) = path.last_mut() {
            let Some(&(to, span)) = nodes[*node].1.get(*next) else {
                seen[*node] = Seen::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                Seen::Done => {}
                Seen::Not => {
                    seen[to] = Seen::Open;
                    path.push((to, 0));
                }
                Seen::Open => {
                    let from = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
                    let mut names: Vec<&str> = path[from..].iter().map(|(node, _)| nodes[*node].0).collect();
                    names.push(nodes[to].0);
                    let told: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                    let message = told.join(&format!(" {verb} "));
                    report.push(
                        Diagnostic::new(Code::CyclicParents, span, format!("{message}: a circle"))
                            .help(format!("take out the `{key}: {}` that leads back", nodes[to].0)),
                    );
                }
            }
        }
    }
}
