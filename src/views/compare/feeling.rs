//! How two maps feel side by side.

use serde::Serialize;

use super::Both;
use crate::compare::{Match, Place, StageChange};
use crate::model::{Feeling, Step};
use crate::views::curve::{self, Glimpse, Point, Room, Sparkline};
use crate::views::here::{Here, Said};
use crate::views::overlay::{self, Options, Overlay, Strand};

/// The height of the small drawing, in pixels.
const GLANCE_HEIGHT: f64 = 72.0;

/// Both curves in small.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Glance {
    /// What the two lines are.
    pub title: String,
    /// The same for those who do not see it: highest and lowest of each.
    pub label: String,
    /// Today; a line without points where nobody said how it feels.
    pub was: Sparkline,
    /// In future.
    pub will: Sparkline,
}

/// How a stage feels on the whole, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Average {
    /// `+0.5`; empty where nothing changes or only one map says how it feels.
    pub change: String,
    /// “0 to +0.5”; empty where nothing changes.
    pub told: String,
}

/// A step with a feeling, before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentChange<'a> {
    /// The later face, or else the earlier.
    pub face: i8,
    /// What happens.
    pub label: Said<'a>,
    /// “was −1, will be 0”.
    pub word: String,
    /// Whether it wins or loses the persona.
    pub truth: bool,
}

/// A felt step in its column.
pub(super) struct Slot<'a> {
    /// Where in the column, 0.0..=1.0.
    pub(super) x: f64,
    /// The step, before and after.
    pub(super) steps: [Option<&'a Step>; 2],
}

impl<'a> Slot<'a> {
    pub(super) fn feels(&self) -> [Option<Feeling>; 2] {
        self.steps.map(|step| step.and_then(|step| step.feels))
    }
}

/// The steps of a stage in either map, evenly over the column, so that a step and its counterpart stand one above the
/// other.
pub(super) fn slots<'a>(both: &Both<'a>, stage: &StageChange) -> Vec<Slot<'a>> {
    let step = |slot: &Match<Place>| {
        [slot.before().map(|place| place.of(both.was)), slot.after().map(|place| place.of(both.is))]
    };
    let places = curve::positions(stage.slots.len());
    stage.slots.iter().map(step).zip(places).map(|(steps, x)| Slot { x, steps }).collect()
}

/// Every step of all stages with its column, and for each map whether a gap goes before it: a step that is there and
/// that nobody was asked about. One that is not there leaves none.
fn in_order<'a>(both: &Both<'a>) -> Vec<(usize, Slot<'a>, [bool; 2])> {
    let mut gaps = [false; 2];
    let stages = both.changes.stages.iter().enumerate();
    stages
        .flat_map(|(column, stage)| slots(both, stage).into_iter().map(move |slot| (column, slot)))
        .map(|(column, slot)| {
            let before = gaps;
            for (gap, (step, feels)) in gaps.iter_mut().zip(slot.steps.iter().zip(slot.feels())) {
                *gap = step.is_some_and(|step| !step.unseen) && feels.is_none() || *gap && step.is_none();
            }
            (column, slot, before)
        })
        .collect()
}

pub(super) fn moments<'a>(here: &Here<'a>, both: &Both<'a>, stage: &StageChange) -> Vec<MomentChange<'a>> {
    let slots = slots(both, stage).into_iter();
    slots
        .filter_map(|slot| {
            let feels = slot.feels();
            let face = feels[1].or(feels[0])?.face();
            let step = slot.steps[1].or(slot.steps[0])?;
            let truth = step.moment_of_truth.is_some();
            Some(MomentChange { face, label: here.said(step.label()), word: here.felt_change(feels), truth })
        })
        .collect()
}

pub(super) fn average(here: &Here<'_>, stage: &StageChange) -> Average {
    let words = here.words;
    let [Some(from), Some(to)] = stage.feels else {
        return Average { change: String::new(), told: here.felt_change(stage.feels) };
    };
    // The difference of what readers see, so that it agrees with it.
    let seen = |feeling: Feeling| (feeling.value() * 10.0).round();
    let gain = (seen(to) - seen(from)) / 10.0;
    if gain == 0.0 {
        return Average { change: String::new(), told: String::new() };
    }
    let told = words.fill("compare_from_to", &[("from", &words.feeling(from)), ("to", &words.feeling(to))]);
    Average { change: here.difference(gain), told }
}

/// Both curves over each other: today's hollow and without labels, the later one with a label at each moment that feels
/// different or is new. `None` if nobody said how it feels.
pub(super) fn curve<'a>(here: &Here<'a>, both: &Both<'a>) -> Option<Overlay> {
    let stages = both.changes.stages.len();
    let mut points: [Vec<Point<'a>>; 2] = Default::default();
    let mut risers = Vec::new();
    for (column, slot, after_gap) in in_order(both) {
        let feels = slot.feels();
        let changes = feels[0] != feels[1];
        if changes && feels.iter().all(Option::is_some) {
            risers.push((points[0].len(), points[1].len()));
        }
        for (later, line) in points.iter_mut().enumerate() {
            let (Some(step), Some(feeling)) = (slot.steps[later], feels[later]) else { continue };
            let said = later == 1 && changes;
            line.push(Point {
                stage: column,
                x: slot.x,
                feeling,
                label: if said { step.label().str(here.lang) } else { "" },
                word: step.feeling.as_ref().filter(|_| said).map(|word| word.str(here.lang)),
                moment_of_truth: said && step.moment_of_truth.is_some(),
                hot: false,
                after_gap: after_gap[later],
            });
        }
    }
    let [was, will] = points;
    if was.is_empty() && will.is_empty() {
        return None;
    }
    let words = here.words;
    let strands = [
        Strand { name: words.get("compare_today"), points: was },
        Strand { name: words.get("compare_future"), points: will },
    ];
    let frame = Room { height: 290.0, top: 84.0, step: 42.5, ..Room::map(stages) };
    let truth = words.get("moment_of_truth");
    let options = Options { truth, hollow: Some(0), gain: true, risers: &risers, ..Options::default() };
    Some(overlay::draw(&strands, &frame, &options))
}

/// Both curves in small; `None` if nobody said how it feels in one of the maps.
pub(super) fn glance<'a>(here: &Here<'a>, both: &Both<'a>) -> Option<Glance> {
    let stages = both.changes.stages.len();
    let mut felt: [Vec<Glimpse>; 2] = Default::default();
    for (column, slot, after_gap) in in_order(both) {
        let x = (column as f64 + slot.x) / stages as f64;
        for ((line, feels), after_gap) in felt.iter_mut().zip(slot.feels()).zip(after_gap) {
            line.extend(feels.map(|feeling| Glimpse { x, feeling, after_gap }));
        }
    }
    let told = |felt: &[Glimpse]| {
        let feelings = felt.iter().map(|felt| felt.feeling);
        let [highest, lowest] = [feelings.clone().max()?, feelings.min()?].map(|one| here.words.feeling(one));
        Some(here.words.fill("compare_range", &[("highest", &highest), ("lowest", &lowest)]))
    };
    let [was, will] = [told(&felt[0])?, told(&felt[1])?];
    Some(Glance {
        title: here.words.fill("compare_glance", &[("n", &stages.to_string())]),
        label: here.words.fill("compare_glance_told", &[("was", &was), ("will", &will)]),
        was: curve::sparkline(&felt[0], stages, GLANCE_HEIGHT),
        will: curve::sparkline(&felt[1], stages, GLANCE_HEIGHT),
    })
}
