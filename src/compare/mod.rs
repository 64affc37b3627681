//! What changed from one map to another: a future state and its baseline, or two revisions of one map.
//!
//! Stages and steps are matched by id, the first of an id with the first, so that a new wording is a change and not a
//! new step. Everything else is compared by name and by text in the default language; where something stands in its
//! file is no difference. Pictures and lanes of the handbook's own are not compared.
//!
//! The comparison has no direction but its names: with the sides swapped, what was added is removed and what got
//! smaller got worse, and nothing else differs.

mod pains;
mod steps;

use crate::hash::HashMap;
use crate::model::{Feeling, Handbook, Id, JourneyMap, Noun, Stage, Step, Text, Touchpoint};
pub use pains::{Fate, PainChange, PainPlace};
pub use steps::{StepChange, StepPart};

/// A map, and the handbook that its links lead into.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The map.
    pub map: &'a JourneyMap,
}

/// Something that one of two maps has, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match<T> {
    /// Only the earlier: it was removed.
    Before(T),
    /// Only the later: it was added.
    After(T),
    /// Both: it was kept.
    Both(T, T),
}

/// A step by its place: the stage in its map and the step in its stage, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The stage.
    pub stage: usize,
    /// The step in it.
    pub step: usize,
}

/// Everything that changed, and everything that did not.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The stages of both maps in the order of the later; one that was removed stands after its predecessor.
    pub stages: Vec<StageChange>,
    /// Every step of both maps once, stage by stage.
    pub steps: Vec<StepChange>,
    /// Every pain of the steps of both maps once: first those of the earlier map, then the new ones.
    pub pains: Vec<PainChange>,
    /// The touchpoints of both maps, each once.
    pub touchpoints: Vec<Match<Id<Touchpoint>>>,
}

/// What changed in a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageChange {
    /// The stage's place in each map, from 0.
    pub stage: Match<usize>,
    /// Its steps in the order of the later map; one that came from another stage or went to one stands in both, each
    /// time as if it had no counterpart.
    pub slots: Vec<Match<Place>>,
    /// Whether steps that stayed in it follow each other in another order.
    pub reordered: bool,
    /// What else was changed; empty unless both maps have the stage.
    pub changed: Vec<StagePart>,
    /// The touchpoints its steps meet, each once.
    pub touchpoints: Vec<Match<Id<Touchpoint>>>,
    /// How it feels on the whole, before and after; `None` if nobody said, or there is no such stage.
    pub feels: [Option<Feeling>; 2],
}

/// What may change about a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the stage's fields")]
pub enum StagePart {
    Title,
    Duration,
    FixFirst,
    Goals,
    Owner,
    Metrics,
}

/// Compares an earlier map with a later one.
pub fn maps(before: Side<'_>, after: Side<'_>) -> Changes {
    let pairs = steps::pairs(before.map, after.map);
    let stages: Vec<StageChange> = union(&matches(names_of(before.map), names_of(after.map)), after.map.stages.len())
        .into_iter()
        .map(|stage| stage_change(before, after, stage, &pairs))
        .collect();
    Changes {
        steps: steps::changes(before, after, &stages, &pairs),
        pains: pains::changes(before.map, after.map, &pairs),
        touchpoints: touchpoints(
            before,
            after,
            before.map.steps().map(|(_, step)| step),
            after.map.steps().map(|(_, step)| step),
        ),
        stages,
    }
}

impl Changes {
    /// Whether the maps tell the same, as far as they are compared.
    pub fn is_empty(&self) -> bool {
        let same = |stage: &StageChange| stage.stage.is_both() && stage.changed.is_empty() && !stage.reordered;
        self.stages.iter().all(same)
            && self.steps.iter().all(|step| step.step.is_both() && step.changed.is_empty() && !step.moved)
            && self.pains.iter().all(|pain| pain.fate == Fate::Left)
    }

    /// The stage that gains most, the first of several; `None` if none gains.
    pub fn biggest_gain(&self) -> Option<&StageChange> {
        let gaining = self.stages.iter().filter(|stage| stage.gain().is_some_and(|gain| gain > 0.0));
        gaining.reduce(|best, stage| if stage.gain() > best.gain() { stage } else { best })
    }
}

impl StageChange {
    /// How much better it feels on the whole, −4.0..=4.0 in hundredths; `None` unless both maps say how it feels.
    pub fn gain(&self) -> Option<f64> {
        let [before, after] = self.feels;
        Some(((after?.value() - before?.value()) * 100.0).round() / 100.0)
    }
}

impl<T: Copy> Match<T> {
    /// The earlier one.
    pub fn before(self) -> Option<T> {
        match self {
            Self::Before(one) | Self::Both(one, _) => Some(one),
            Self::After(_) => None,
        }
    }

    /// The later one.
    pub fn after(self) -> Option<T> {
        match self {
            Self::After(one) | Self::Both(_, one) => Some(one),
            Self::Before(_) => None,
        }
    }

    /// Whether both maps have it.
    pub fn is_both(self) -> bool {
        matches!(self, Self::Both(..))
    }

    /// The same seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Before(one) => Self::After(one),
            Self::After(one) => Self::Before(one),
            Self::Both(one, other) => Self::Both(other, one),
        }
    }

    /// The same of something else.
    fn map<U>(self, mut before: impl FnMut(T) -> U, mut after: impl FnMut(T) -> U) -> Match<U> {
        match self {
            Self::Before(one) => Match::Before(before(one)),
            Self::After(one) => Match::After(after(one)),
            Self::Both(one, other) => Match::Both(before(one), after(other)),
        }
    }
}

impl Place {
    /// The step that stands there in a map.
    pub fn of(self, map: &JourneyMap) -> &Step {
        &map.stages[self.stage].steps[self.step]
    }
}

fn stage_change(
    before: Side<'_>,
    after: Side<'_>,
    stage: Match<usize>,
    pairs: &[(Place, Option<Place>)],
) -> StageChange {
    let [was, is] = [stage.before().map(|at| &before.map.stages[at]), stage.after().map(|at| &after.map.stages[at])];
    let here = pairs.iter().filter(|(place, _)| Some(place.stage) == stage.before());
    let stayed: Vec<Option<usize>> = here
        .map(|(_, other)| other.filter(|other| Some(other.stage) == stage.after()).map(|other| other.step))
        .collect();
    let slots = union(&stayed, is.map_or(0, |stage| stage.steps.len()));
    let place = |stage: Option<usize>| move |step| Place { stage: stage.unwrap_or_default(), step };
    let mean = |stage: Option<&Stage>| {
        Feeling::mean(stage.iter().flat_map(|stage| &stage.steps).filter_map(|step| step.feels))
    };
    StageChange {
        stage,
        slots: slots.into_iter().map(|slot| slot.map(place(stage.before()), place(stage.after()))).collect(),
        reordered: !stayed.iter().flatten().is_sorted(),
        changed: was.zip(is).map(|(was, is)| changed(before, was, after, is)).unwrap_or_default(),
        touchpoints: touchpoints(
            before,
            after,
            was.iter().flat_map(|stage| &stage.steps),
            is.iter().flat_map(|stage| &stage.steps),
        ),
        feels: [mean(was), mean(is)],
    }
}

fn changed(before: Side<'_>, was: &Stage, after: Side<'_>, is: &Stage) -> Vec<StagePart> {
    let owner = |side: Side<'_>, stage: &Stage| stage.owner.map(|team| side.handbook[team].name.clone());
    [
        (StagePart::Title, text(&was.title) != text(&is.title)),
        (StagePart::Duration, maybe(&was.duration) != maybe(&is.duration)),
        (StagePart::FixFirst, was.fix_first != is.fix_first),
        (StagePart::Goals, texts(&was.goals) != texts(&is.goals)),
        (StagePart::Owner, owner(before, was) != owner(after, is)),
        (
            StagePart::Metrics,
            names(&was.metrics, |id| before.handbook[id].name()) != names(&is.metrics, |id| after.handbook[id].name()),
        ),
    ]
    .into_iter()
    .filter_map(|(part, differs)| differs.then_some(part))
    .collect()
}

/// The touchpoints that some steps meet, each once.
fn touchpoints<'a>(
    before: Side<'a>,
    after: Side<'a>,
    was: impl Iterator<Item = &'a Step>,
    is: impl Iterator<Item = &'a Step>,
) -> Vec<Match<Id<Touchpoint>>> {
    fn met<'a>(steps: impl Iterator<Item = &'a Step>) -> Vec<Id<Touchpoint>> {
        let mut met = Vec::new();
        for touchpoint in steps.filter_map(|step| step.touchpoint) {
            if !met.contains(&touchpoint) {
                met.push(touchpoint);
            }
        }
        met
    }
    let (was, is) = (met(was), met(is));
    let pairs =
        matches(was.iter().map(|&id| before.handbook[id].name()), is.iter().map(|&id| after.handbook[id].name()));
    union(&pairs, is.len()).into_iter().map(|one| one.map(|at| was[at], |at| is[at])).collect()
}

fn names_of(map: &JourneyMap) -> impl Iterator<Item = &str> {
    map.stages.iter().map(|stage| stage.name.as_str())
}

/// For each of the earlier, the later of the same key: the first of a key with the first, the second with the second.
fn matches<'k>(before: impl Iterator<Item = &'k str>, after: impl Iterator<Item = &'k str>) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, std::collections::VecDeque<usize>> = HashMap::default();
    for (at, key) in after.enumerate() {
        places.entry(key).or_default().push_back(at);
    }
    before.map(|key| places.get_mut(key).and_then(std::collections::VecDeque::pop_front)).collect()
}

/// All of both sides in the later order; what only the earlier has stands after its predecessor there.
///
/// `pairs` holds for each of the earlier its later counterpart, of which there are `later`.
fn union(pairs: &[Option<usize>], later: usize) -> Vec<Match<usize>> {
    let mut all: Vec<Match<usize>> = (0..later).map(Match::After).collect();
    let mut next = 0;
    for (was, pair) in pairs.iter().enumerate() {
        match pair {
            Some(is) => {
                next = all.iter().position(|one| *one == Match::After(*is)).unwrap_or(next);
                all[next] = Match::Both(was, *is);
            }
            None => all.insert(next, Match::Before(was)),
        }
        next += 1;
    }
    all
}

fn text(text: &Text) -> &str {
    &text.first().text
}

fn maybe<'t>(text: impl IntoIterator<Item = &'t Text>) -> Option<&'t str> {
    text.into_iter().next().map(|text| &*text.first().text)
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(text).collect()
}

fn names<'h, T: 'static>(ids: &[Id<T>], name: impl Fn(Id<T>) -> &'h str) -> Vec<&'h str> {
    ids.iter().map(|&id| name(id)).collect()
}
