//! The links of a walk-through: to its map, to the map's steps, to the persona it was walked as.

use super::item;
use super::linker::Linker;
use super::names::Parts;
use crate::diag::Code;
use crate::model::{Draft, Walked, Walkthrough};

/// Follows every link of a walk-through. A step that its map does not have is reported and left out.
pub(super) fn link(draft: Walkthrough<Draft>, linker: &mut Linker<'_>) -> Walkthrough {
    let map = linker.maybe(draft.map);
    let index = linker.index;
    linker.asked |= Parts::PLACES;
    // Of a map that is not there or could not be read, nobody knows the steps.
    let known = map.and_then(|map| index.steps[map.index()].as_deref());
    let step = |walked: Walked<Draft>, linker: &mut Linker<'_>| {
        Some(Walked {
            step: linker.local(&walked.step, known?, Code::UnknownStep, "step")?,
            span: walked.span,
            feels: walked.feels,
            feeling: walked.feeling,
            note: walked.note,
            obstacles: walked.obstacles,
            minutes: walked.minutes,
        })
    };
    Walkthrough {
        item: item(draft.item, linker),
        map,
        date: draft.date,
        walker: draft.walker,
        walked_as: linker.maybe(draft.walked_as),
        steps: draft.steps.into_iter().filter_map(|walked| step(walked, linker)).collect(),
    }
}
