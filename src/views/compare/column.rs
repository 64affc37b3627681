//! One stage of both maps: what is, what will be, and who brings it about.

use serde::Serialize;

use super::feeling::{self, Average, MomentChange};
use super::{Both, steps};
use crate::compare::{Fate, Match, StageChange, StepPart};
use crate::model::{Id, Opportunity, PainSeverity, Stage, Step, Target};
use crate::views::here::{Here, Link, Said};
use crate::views::parts::{Measured, OpportunityView};

/// A column of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnView<'a> {
    /// The stage's id, to link to.
    pub id: &'a str,
    /// Its place, from 1.
    pub number: usize,
    /// What readers call it.
    pub name: Said<'a>,
    /// What it is called today, where that is something else.
    pub was_name: Option<Said<'a>>,
    /// That only one map has it; empty where both do.
    pub only: &'a str,
    /// The duration, where it changes: today and in future.
    pub duration: Option<[Option<Said<'a>>; 2]>,
    /// Its felt steps.
    pub moments: Vec<MomentChange<'a>>,
    /// How it feels on the whole.
    pub average: Average,
    /// What the customer does otherwise.
    pub actions: Actions<'a>,
    /// Where we meet, first what is new, then what goes.
    pub touchpoints: Vec<Meeting<'a>>,
    /// Whether a touchpoint comes or goes.
    pub touchpoints_change: bool,
    /// What became of each pain.
    pub pains: Vec<Pained<'a>>,
    /// Whether a pain comes, goes, shrinks or grows.
    pub pains_change: bool,
    /// What is measured there.
    pub metrics: Vec<Measured<'a>>,
    /// What leads from the one to the other.
    pub work: Vec<Work<'a>>,
    /// Whether anything changes for the customer.
    pub changes: bool,
}

/// The actions that change; both empty where none does.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Actions<'a> {
    /// Today.
    pub was: Vec<StepLink<'a>>,
    /// In future.
    pub will: Vec<StepLink<'a>>,
}

/// A step in its own map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepLink<'a> {
    /// The step.
    pub link: Link<'a>,
    /// The stage it goes to or comes from.
    pub moved: Option<Said<'a>>,
}

/// A touchpoint in a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting<'a> {
    /// `added`, `removed`, or `kept`.
    pub change: &'static str,
    /// The touchpoint.
    pub link: Link<'a>,
}

/// A pain and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pained<'a> {
    /// `solved`, `smaller`, `left`, `worse` or `new`.
    pub fate: &'static str,
    /// The same in words.
    pub fate_said: &'a str,
    /// The pain today.
    pub was: Option<Said<'a>>,
    /// The pain in future, where it reads differently.
    pub will: Option<Said<'a>>,
    /// How bad it was and will be: “High → Low”; empty if that stays.
    pub severity: String,
}

/// An opportunity that leads from the one to the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Work<'a> {
    /// What, how far, and whose.
    #[serde(flatten)]
    pub opportunity: OpportunityView<'a>,
    /// “due 31 Mar 2027”, “done 2 Feb 2027”, or that there is no date.
    pub due: String,
}

pub(super) fn columns<'a>(here: &Here<'a>, both: &Both<'a>) -> Vec<ColumnView<'a>> {
    both.changes.stages.iter().enumerate().map(|(index, stage)| column(here, both, index, stage)).collect()
}

fn column<'a>(here: &Here<'a>, both: &Both<'a>, index: usize, stage: &StageChange) -> ColumnView<'a> {
    let sides = both.sides(stage);
    let [was, is] = sides;
    let name = |side: Option<&'a Stage>| side.map(|side| here.said(&side.title));
    let duration = [was, is].map(|side| side.and_then(|side| side.duration.as_ref()));
    let texts = duration.map(|text| text.map(|text| text.str(here.lang)));
    let touchpoints = meetings(here, stage);
    let pains = pains(here, both, stage);
    let average = feeling::average(here, stage);
    let actions = actions(here, both, stage);
    let touchpoints_change = touchpoints.iter().any(|meeting| meeting.change != "kept");
    let pains_change = pains.iter().any(|pain| pain.fate != "left");
    ColumnView {
        id: is.or(was).map_or("", |side| side.name.as_str()),
        number: index + 1,
        name: both.stage_title(here, stage),
        was_name: name(was).filter(|was| name(is).is_some_and(|is| is != *was)),
        only: match stage.stage {
            Match::Before(_) => here.words.get("compare_only_today"),
            Match::After(_) => here.words.get("compare_only_future"),
            Match::Both(..) => "",
        },
        duration: (was.is_some() && is.is_some() && texts[0] != texts[1])
            .then(|| duration.map(|text| text.map(|text| here.said(text)))),
        moments: feeling::moments(here, both, stage),
        changes: !average.told.is_empty()
            || !actions.was.is_empty()
            || !actions.will.is_empty()
            || touchpoints_change
            || pains_change,
        average,
        actions,
        touchpoints,
        touchpoints_change,
        pains,
        pains_change,
        metrics: metrics(here, sides),
        work: work(here, sides),
    }
}

impl<'a> Both<'a> {
    /// The stage in each map.
    fn sides(&self, stage: &StageChange) -> [Option<&'a Stage>; 2] {
        [stage.stage.before().map(|at| &self.was.stages[at]), stage.stage.after().map(|at| &self.is.stages[at])]
    }
}

/// The steps of a stage that come, go, move or read differently.
fn actions<'a>(here: &Here<'a>, both: &Both<'a>, stage: &StageChange) -> Actions<'a> {
    let mut actions = Actions::default();
    for slot in &stage.slots {
        let change = both.changes.steps.iter().find(|change| match slot {
            Match::Before(place) => change.step.before() == Some(*place),
            Match::After(place) | Match::Both(_, place) => change.step.after() == Some(*place),
        });
        let Some(change) = change else { continue };
        let same = change.step.is_both() && !change.moved && !change.changed.contains(&StepPart::Action);
        if same {
            continue;
        }
        let other = |title: &'a crate::model::Text| change.moved.then(|| here.said(title));
        if let Some(place) = slot.before() {
            let moved = change.step.after().and_then(|to| other(&both.is.stages[to.stage].title));
            actions.was.push(StepLink { link: steps::link(here, both.before, place.of(both.was)), moved });
        }
        if let Some(place) = slot.after() {
            let moved = change.step.before().and_then(|from| other(&both.was.stages[from.stage].title));
            actions.will.push(StepLink { link: steps::link(here, both.after, place.of(both.is)), moved });
        }
    }
    actions
}

fn meetings<'a>(here: &Here<'a>, stage: &StageChange) -> Vec<Meeting<'a>> {
    let mut meetings: Vec<Meeting<'a>> = (stage.touchpoints.iter())
        .map(|one| {
            let (change, id) = match *one {
                Match::After(id) => ("added", id),
                Match::Before(id) => ("removed", id),
                Match::Both(_, id) => ("kept", id),
            };
            Meeting { change, link: here.link(Target::Touchpoint(id)) }
        })
        .collect();
    meetings.sort_by_key(|meeting| ["added", "removed", "kept"].iter().position(|change| *change == meeting.change));
    meetings
}

fn pains<'a>(here: &Here<'a>, both: &Both<'a>, stage: &StageChange) -> Vec<Pained<'a>> {
    let stands = |change: &&crate::compare::PainChange| match change.pain {
        Match::Before(place) => Some(place.at.stage) == stage.stage.before(),
        Match::After(place) | Match::Both(_, place) => Some(place.at.stage) == stage.stage.after(),
    };
    let here_are = both.changes.pains.iter().filter(stands);
    here_are
        .map(|change| {
            let was = change.pain.before().map(|place| place.of(both.was));
            let is = change.pain.after().map(|place| place.of(both.is));
            let (fate, key) = match change.fate {
                Fate::Solved => ("solved", "compare_solved"),
                Fate::Smaller => ("smaller", "compare_smaller"),
                Fate::Left => ("left", "compare_left"),
                Fate::Worse => ("worse", "compare_worse"),
                Fate::New => ("new", "compare_new"),
            };
            let said = |severity: PainSeverity| here.severity(severity).text;
            let severity = was.zip(is).and_then(|(was, is)| was.severity.zip(is.severity));
            let severity = severity.filter(|(was, is)| was != is);
            let (was, is) = (was.map(|pain| here.said(&pain.text)), is.map(|pain| here.said(&pain.text)));
            Pained {
                fate,
                fate_said: here.words.get(key),
                will: is.filter(|is| was.as_ref() != Some(is)),
                was,
                severity: severity.map(|(was, is)| format!("{} → {}", said(was), said(is))).unwrap_or_default(),
            }
        })
        .collect()
}

/// What is measured in the stage, of the later map or else of the earlier.
fn metrics<'a>(here: &Here<'a>, [was, is]: [Option<&'a Stage>; 2]) -> Vec<Measured<'a>> {
    let of = |stage: Option<&'a Stage>| {
        let all = stage
            .into_iter()
            .flat_map(|stage| stage.metrics.iter().chain(stage.steps.iter().flat_map(|step| &step.metrics)));
        once(all.copied())
    };
    let ids = Some(of(is)).filter(|ids| !ids.is_empty()).unwrap_or_else(|| of(was));
    ids.into_iter().map(|id| here.measured(id)).collect()
}

/// The opportunities named at the stage's steps and pains: the later map's, then those that only the earlier names.
fn work<'a>(here: &Here<'a>, [was, is]: [Option<&'a Stage>; 2]) -> Vec<Work<'a>> {
    let of = |step: &'a Step| step.opportunities.iter().chain(step.pains.iter().flat_map(|pain| &pain.opportunities));
    let all = is.into_iter().chain(was).flat_map(|stage| &stage.steps).flat_map(of);
    let day = |key, date| here.words.fill(key, &[("day", &here.words.date(date))]);
    // Of what is finished, the day it was due says nothing any more.
    let due = |id: Id<Opportunity>| match &here.handbook[id] {
        Opportunity { done: Some(done), .. } => day("done_on", *done),
        Opportunity { due: Some(due), .. } => day("due_by", *due),
        _ => here.words.get("compare_no_date").to_owned(),
    };
    once(all.copied()).into_iter().map(|id| Work { opportunity: here.opportunity(id), due: due(id) }).collect()
}

/// Each id once, at its first place.
fn once<T: 'static>(ids: impl Iterator<Item = Id<T>>) -> Vec<Id<T>> {
    let mut seen = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}
