//! The steps that come, go, move or change, one by one, with links to both maps.

use serde::Serialize;

use super::Both;
use crate::compare::{Match, StepChange, StepPart};
use crate::model::{Id, JourneyMap, Step, Target};
use crate::views::here::{Here, Link, Said};

/// A step that does not stay as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepRow<'a> {
    /// What becomes of it, for the style: `added`, `removed`, `moved` or `changed`.
    pub change: &'static str,
    /// The same in words.
    pub change_said: &'a str,
    /// Its stage, the later one of a step that moved.
    pub stage: Said<'a>,
    /// The step today.
    pub was: Option<Link<'a>>,
    /// The step in future.
    pub will: Option<Link<'a>>,
    /// What of it changes: “action, feeling, pains”; empty of a step that comes or goes.
    pub parts: String,
}

/// A step whose id the other map does not have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmatched<'a> {
    /// The step in its map.
    pub href: String,
    /// Its id.
    pub id: &'a str,
}

/// A link to a step in its map.
pub(super) fn link<'a>(here: &Here<'a>, map: Id<JourneyMap>, step: &'a Step) -> Link<'a> {
    Link { href: here.href_at(Target::Map(map), &step.name), title: here.said(&step.action) }
}

/// The steps that do not stay as they are, in order.
pub(super) fn rows<'a>(here: &Here<'a>, both: &Both<'a>) -> Vec<StepRow<'a>> {
    both.changes.steps.iter().filter(|change| !is_same(change)).map(|change| row(here, both, change)).collect()
}

/// How many steps stay as they are, in words; empty if none does.
pub(super) fn same(here: &Here<'_>, both: &Both<'_>) -> String {
    match both.changes.steps.iter().filter(|change| is_same(change)).count() {
        0 => String::new(),
        count => here.words.count("compare_same", count),
    }
}

/// The steps without a counterpart: the earlier map's, and the later's.
pub(super) fn unmatched<'a>(here: &Here<'a>, both: &Both<'a>) -> [Vec<Unmatched<'a>>; 2] {
    let one = |map, step: &'a Step| Unmatched { href: here.href_at(Target::Map(map), &step.name), id: &step.name };
    let steps = || both.changes.steps.iter().map(|change| change.step);
    let gone = steps().filter_map(|step| if let Match::Before(place) = step { Some(place.of(both.was)) } else { None });
    let new = steps().filter_map(|step| if let Match::After(place) = step { Some(place.of(both.is)) } else { None });
    [gone.map(|step| one(both.before, step)).collect(), new.map(|step| one(both.after, step)).collect()]
}

fn is_same(change: &StepChange) -> bool {
    change.step.is_both() && !change.moved && parts(change).next().is_none()
}

/// What changes for the customer or for us: nobody can have been asked about a future yet, so its evidence is no change.
fn parts(change: &StepChange) -> impl Iterator<Item = StepPart> {
    change.changed.iter().copied().filter(|part| *part != StepPart::Insights)
}

fn row<'a>(here: &Here<'a>, both: &Both<'a>, change: &StepChange) -> StepRow<'a> {
    let (style, key) = match change.step {
        Match::Before(_) => ("removed", "compare_step_removed"),
        Match::After(_) => ("added", "compare_step_added"),
        Match::Both(..) if change.moved => ("moved", "compare_step_moved"),
        Match::Both(..) => ("changed", "compare_step_changed"),
    };
    let stage = match change.step {
        Match::Before(place) => &both.was.stages[place.stage],
        Match::After(place) | Match::Both(_, place) => &both.is.stages[place.stage],
    };
    let parts: Vec<&str> = parts(change).map(|part| here.words.get(word(part))).collect();
    StepRow {
        change: style,
        change_said: here.words.get(key),
        stage: here.said(&stage.title),
        was: change.step.before().map(|place| link(here, both.before, place.of(both.was))),
        will: change.step.after().map(|place| link(here, both.after, place.of(both.is))),
        parts: here.words.list(parts),
    }
}

fn word(part: StepPart) -> &'static str {
    match part {
        StepPart::Action => "part_action",
        StepPart::Moment => "part_moment",
        StepPart::Touchpoint => "part_touchpoint",
        StepPart::Thinks => "part_thinks",
        StepPart::Says => "part_says",
        StepPart::Feels => "part_feels",
        StepPart::Needs => "part_needs",
        StepPart::Gains => "part_gains",
        StepPart::Pains => "part_pains",
        StepPart::MomentOfTruth => "part_truth",
        StepPart::Insights => "part_insights",
        StepPart::Opportunities => "part_opportunities",
        StepPart::Metrics => "part_metrics",
        StepPart::When => "part_when",
        StepPart::Evidence => "part_evidence",
        StepPart::Frontstage => "part_frontstage",
        StepPart::Backstage => "part_backstage",
        StepPart::Support => "part_support",
        StepPart::Fails => "part_fails",
        StepPart::LeadsTo => "part_leads_to",
        StepPart::Opens => "part_opens",
        StepPart::Unseen => "part_unseen",
    }
}
