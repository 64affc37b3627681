//! What checks need to know of a map's paths: which maps have any, what can be reached, what goes in a circle.

use super::misread;
use crate::diag::{Code, Report};
use crate::model::{Handbook, JourneyMap, MapKind};

/// The maps whose steps follow one another otherwise than all in a row, where nothing can be amiss. One with a link to an unknown step is left alone: who knows where it leads.
pub(super) fn walked<'h>(handbook: &'h Handbook, report: &Report) -> Vec<&'h JourneyMap> {
    let unsure = misread(report, &[Code::UnknownStep]);
    let walked = |map: &&JourneyMap| {
        let steps = map.stages.iter().flat_map(|stage| &stage.steps);
        !matches!(map.kind(), MapKind::DayInTheLife | MapKind::Empathy)
            && steps.clone().any(|step| step.leads_to.is_some())
            && !steps.map(|step| step.span.file).any(|file| unsure.contains(&file))
    };
    handbook.maps.iter().filter(walked).collect()
}

/// What can be reached from some steps.
pub(super) struct Reach<'o> {
    onward: &'o [Vec<usize>],
    reached: Vec<bool>,
}

impl<'o> Reach<'o> {
    /// Nothing yet.
    pub(super) fn new(onward: &'o [Vec<usize>]) -> Self {
        Self { onward, reached: vec![false; onward.len()] }
    }

    /// Whether a step is reached.
    pub(super) fn is(&self, at: usize) -> bool {
        self.reached[at]
    }

    /// Reaches a step and whatever follows it.
    pub(super) fn spread(&mut self, from: usize) {
        let mut next = vec![from];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut self.reached[at], true) {
                next.extend(&self.onward[at]);
            }
        }
    }
}

/// The steps in groups, each step in one: those of a group can be reached from each other.
///
/// Source: R. Tarjan, “Depth-First Search and Linear Graph Algorithms”, SIAM Journal on Computing 1 (2), 1972.
pub(super) fn loops(onward: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const DONE: usize = usize::MAX;
    // When each step was first seen, from 1, and the earliest seen step it can go back to; 0 for not yet.
    let mut lowest = vec![0; onward.len()];
    let mut groups = Vec::new();
    let mut open = Vec::new();
    let mut seen = 0;
    for start in 0..onward.len() {
        if lowest[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize, usize)> = Vec::new();
        let mut enter = Some(start);
        loop {
            if let Some(at) = enter.take() {
                seen += 1;
                lowest[at] = seen;
                open.push(at);
                path.push((at, seen, 0));
            }
            let Some((at, number, next)) = path.last_mut() else { break };
            if let Some(&to) = onward[*at].get(*next) {
                *next += 1;
                match lowest[to] {
                    0 => enter = Some(to),
                    DONE => {}
                    earlier => lowest[*at] = lowest[*at].min(earlier),
                }
                continue;
            }
            let (at, number) = (*at, *number);
            path.pop();
            if lowest[at] == number {
                let from = open.iter().rposition(|&step| step == at).unwrap_or(0);
                let group = open.split_off(from);
                group.iter().for_each(|&step| lowest[step] = DONE);
                groups.push(group);
            } else if let Some((above, ..)) = path.last() {
                lowest[*above] = lowest[*above].min(lowest[at]);
            }
        }
    }
    groups
}
