//! Every text that a map holds beside its head and its stages' titles: what a search looks through.

use crate::model::kinds::{Claim, Difference, Empathy, Observation};
use crate::model::{Contents, JourneyMap, LaneValue, OwnCell, Pain, Quote, Step, Text};

/// The texts of what a map's kind adds.
pub(super) fn kind_texts(map: &JourneyMap) -> Vec<&Text> {
    match &map.contents {
        Contents::Experience | Contents::CurrentState => Vec::new(),
        Contents::FutureState(future) => {
            let claims = future.assumptions.iter().map(|claim: &Claim| &claim.text);
            claims.chain(&future.left_alone).chain(&future.proof).collect()
        }
        Contents::DayInTheLife(days) => {
            days.iter().flat_map(|day| day.summary.iter().chain(day.scenes.iter().map(|scene| &scene.title))).collect()
        }
        Contents::Empathy(empathy) => empathy_texts(empathy),
        Contents::PersonaBased(crowd) => crowd.differences.iter().flat_map(difference_texts).collect(),
        Contents::ServiceBlueprint(blueprint) => {
            blueprint.fail_points.iter().flat_map(|point| std::iter::once(&point.title).chain(&point.known)).collect()
        }
    }
}

/// The texts of a step, in the order in which a map shows them.
pub(super) fn step_texts(step: &Step) -> Vec<&Text> {
    let acts = step.acts().flat_map(|act| std::iter::once(&act.text).chain(&act.waits));
    let words = step.moment.iter().chain(&step.feeling).chain(&step.thinks);
    std::iter::once(&step.action)
        .chain(words)
        .chain(step.says.iter().flat_map(quote_texts))
        .chain(step.needs.iter().chain(&step.gains))
        .chain(step.pains.iter().map(|pain: &Pain| &pain.text))
        .chain(step.moment_of_truth.iter().map(|truth| &truth.why))
        .chain(step.when.iter().chain(&step.evidence))
        .chain(acts)
        .chain(step.waits.iter().chain(&step.entry).chain(&step.exit))
        .chain(step.image.iter().map(|image| &image.alt))
        .chain(own_texts(&step.own))
        .collect()
}

/// The texts of lanes that the handbook declares.
pub(super) fn own_texts(cells: &[OwnCell]) -> impl Iterator<Item = &Text> {
    cells.iter().flat_map(|cell| match &cell.value {
        LaneValue::Text(text) | LaneValue::Link(_, Some(text)) | LaneValue::Outside(_, Some(text)) => vec![text],
        LaneValue::List(texts) => texts.iter().collect(),
        LaneValue::Image(image) => vec![&image.alt],
        LaneValue::Link(_, None) | LaneValue::Outside(_, None) | LaneValue::Number(_) => Vec::new(),
    })
}

fn empathy_texts(empathy: &Empathy) -> Vec<&Text> {
    let seen = [&empathy.thinks, &empathy.does, &empathy.feels, &empathy.gains].into_iter().flatten();
    let tensions = empathy.tensions.iter();
    (empathy.moment.iter().chain(&empathy.segment))
        .chain(empathy.says.iter().flat_map(quote_texts))
        .chain(seen.flat_map(|seen: &Observation| std::iter::once(&seen.text).chain(&seen.note)))
        .chain(empathy.pains.iter().map(|pain: &Pain| &pain.text))
        .chain(tensions.flat_map(|tension| [&tension.one.1, &tension.other.1].into_iter().chain(&tension.so)))
        .collect()
}

fn difference_texts(difference: &Difference) -> Vec<&Text> {
    (difference.action.iter().chain(&difference.thinks).chain(&difference.feeling))
        .chain(difference.says.iter().flat_map(quote_texts))
        .chain(difference.pains.iter().map(|pain: &Pain| &pain.text))
        .collect()
}

fn quote_texts(quote: &Quote) -> impl Iterator<Item = &Text> {
    std::iter::once(&quote.text).chain(&quote.note)
}
