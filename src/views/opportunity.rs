//! An opportunity: what it would mend, by what it will show, what came of it, and what worked before at the same place.

use serde::Serialize;

use super::board::PainRow;
use super::due::Due;
use super::here::{Day, Here, Link, Said};
use super::met;
use super::parts::{Review, Source, Tag};
use super::spot::{Capped, Spot};
use super::uses::StepPlace;
use super::worked::{self, Ground, Move, Turn};
use crate::hash::HashSet;
use crate::model::hurt::hurts_at;
use crate::model::{Date, Id, JourneyMap, Metric, Opportunity, OpportunityStatus, Target};

/// An opportunity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpportunityPage<'a> {
    /// How far it is.
    pub status: Tag,
    /// 1..=5.
    pub impact: u8,
    /// “4 of 5”.
    pub impact_said: String,
    /// 1..=5.
    pub effort: u8,
    /// “2 of 5”.
    pub effort_said: String,
    /// “Quick win”.
    pub quadrant: &'a str,
    /// Whose it is.
    pub owner: Option<Link<'a>>,
    /// By when.
    pub due: Option<Due>,
    /// The day it was done.
    pub done: Option<Day>,
    /// What came of it.
    pub outcome: Option<Said<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// The pains and fail points it answers.
    pub pains: Capped<PainRow<'a>>,
    /// Steps that name it without a pain it would answer.
    pub steps: Capped<Spot<'a>>,
    /// What will show it, or has shown it.
    pub metrics: Vec<Shown<'a>>,
    /// Finished opportunities that share something with it; only for one that is open.
    pub worked: Vec<WorkedRow<'a>>,
    /// The evidence.
    pub sources: Vec<Source<'a>>,
    /// Pages that speak of it.
    pub mentions: Capped<Link<'a>>,
}

/// A metric of an opportunity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown<'a> {
    /// The metric.
    pub link: Link<'a>,
    /// What stands behind the figure; empty if it stands in the figure itself.
    pub unit: String,
    /// `2.6 → 4.2`, today and target.
    pub value: String,
    /// How it moved since the opportunity was done; `None` for one that is not, or that names no day.
    pub moved: Option<Moved>,
}

/// A metric before and after something was done, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// “62% on 30 Jun 2026 → 64% on 31 Oct 2026: better by 2”; a sentence where nothing was measured before or since.
    pub told: String,
    /// `better`, `worse`, `unchanged`; empty where nothing was measured before or since.
    pub turn: &'static str,
}

/// A finished opportunity at the same place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkedRow<'a> {
    /// The opportunity.
    pub link: Link<'a>,
    /// When it was done.
    pub done: Option<Day>,
    /// What came of it.
    pub outcome: Option<Said<'a>>,
    /// What both have in common.
    pub shared: Vec<Link<'a>>,
    /// How its metrics moved.
    pub moved: Vec<Shown<'a>>,
}

const MOST_PAINS: usize = 100;
const MOST_STEPS: usize = 50;
const MOST_SHARED: usize = 5;
const MOST_LINKS: usize = 100;

/// The page of an opportunity.
pub fn opportunity<'a>(here: &Here<'a>, id: Id<Opportunity>) -> OpportunityPage<'a> {
    let handbook = here.handbook;
    let opportunity = &handbook[id];
    let uses = &here.pages.uses;
    let level = |value: u8| here.words.fill("level_of_five", &[("n", &value.to_string())]);
    let answered = here.pages.answered(id);
    // In the order of the map: a step that a pain or a fail point stands at is told with it.
    let placed: HashSet<_> = answered.iter().map(|place| (place.map, place.step())).collect();
    let failing: Vec<(Id<JourneyMap>, usize)> =
        answered.iter().filter_map(|place| Some((place.map, place.fail_point()?))).collect();
    let told = |place: &StepPlace| {
        placed.contains(&(place.map, Some((place.stage(), place.step()))))
            || failing.iter().any(|(map, point)| *map == place.map && breaks_at(here, place, *point))
    };
    let bare = uses.opportunity(id).iter().filter(|place| !told(place));
    let spot = |place: &StepPlace| here.spot(place.map, Some(place.stage()), Some(place.step()), place.by);
    let open = opportunity.status.is_open();
    let worked = here.pages.worked_before(handbook, id);
    OpportunityPage {
        status: here.progress(opportunity.status),
        impact: opportunity.impact,
        impact_said: level(opportunity.impact),
        effort: opportunity.effort,
        effort_said: level(opportunity.effort),
        quadrant: here.quadrant_of(opportunity),
        owner: here.owner(opportunity.item.owner),
        due: opportunity.due.map(|due| here.due(due, open)),
        done: opportunity.done.map(|done| here.day(done)),
        outcome: opportunity.outcome.as_ref().map(|outcome| here.said(outcome)),
        review: here.review(&opportunity.item),
        pains: {
            let first = hurts_at(handbook, &answered[..answered.len().min(MOST_PAINS)]);
            Capped::of(here, answered.len(), first.map(|hurt| here.pain_row(&hurt)).collect())
        },
        steps: Capped::new(here, MOST_STEPS, bare, spot),
        metrics: here.shown(opportunity),
        worked: worked.into_iter().map(|(id, shared)| worked_row(here, id, &shared)).collect(),
        sources: opportunity.insights.iter().map(|&insight| here.source(insight)).collect(),
        mentions: {
            let mentions = uses.mentions(Target::Opportunity(id), here.lang);
            Capped::new(here, MOST_LINKS, mentions, |&source| here.link(source))
        },
    }
}

/// Whether a step breaks at a fail point of its map.
fn breaks_at(here: &Here<'_>, place: &StepPlace, fail_point: usize) -> bool {
    met::step(here.handbook, *place).breaks().any(|fail| fail.index() == fail_point)
}

fn worked_row<'a>(here: &Here<'a>, id: Id<Opportunity>, shared: &[Ground]) -> WorkedRow<'a> {
    let opportunity = &here.handbook[id];
    WorkedRow {
        link: here.link(Target::Opportunity(id)),
        done: opportunity.done.map(|done| here.day(done)),
        outcome: opportunity.outcome.as_ref().map(|outcome| here.said(outcome)),
        shared: shared.iter().take(MOST_SHARED).map(|ground| ground_link(here, ground)).collect(),
        moved: here.shown(opportunity),
    }
}

fn ground_link<'a>(here: &Here<'a>, ground: &Ground) -> Link<'a> {
    let handbook = here.handbook;
    match ground {
        Ground::Metric(id) => here.link(Target::Metric(*id)),
        Ground::Touchpoint(id) => here.link(Target::Touchpoint(*id)),
        Ground::Stage(set, name) => {
            let maps = handbook.maps.entries().filter(|(_, map)| map.stage_set == Some(*set));
            let mut places =
                maps.filter_map(|(id, map)| Some((id, map.stages.iter().find(|stage| stage.name == *name)?)));
            match places.next() {
                Some((id, stage)) => {
                    Link { href: here.href_at(Target::Map(id), &stage.name), title: here.said(&stage.title) }
                }
                None => here.link_to(super::pages::PageKind::Maps),
            }
        }
        Ground::OwnStage(id, number) => {
            let stage = &handbook[*id].stages[*number];
            Link { href: here.href_at(Target::Map(*id), &stage.name), title: here.said(&stage.title) }
        }
    }
}

impl<'a> Here<'a> {
    /// The metrics of an opportunity; of a finished one with how they moved since.
    pub fn shown(&self, opportunity: &'a Opportunity) -> Vec<Shown<'a>> {
        let done = opportunity.done.filter(|_| opportunity.status == OpportunityStatus::Done);
        let shown = |&id: &Id<Metric>| {
            let measured = self.measured(id);
            let moved = done.map(|done| self.moved(&self.handbook[id], done));
            Shown { link: measured.link, unit: measured.unit, value: measured.value, moved }
        };
        opportunity.metrics.iter().map(shown).collect()
    }

    /// How a metric moved since a day.
    fn moved(&self, metric: &Metric, done: Date) -> Moved {
        let words = self.words;
        let Some(Move { before, after }) = worked::moved(metric, done) else {
            return Moved { told: words.get("moved_unknown").to_owned(), turn: "" };
        };
        let value = |reading: &crate::model::Reading| self.with_unit(metric, reading.value);
        let (from, was) = (value(before), words.date(before.date));
        let Some(after) = after else {
            return Moved { told: words.fill("moved_not_yet", &[("from", &from), ("was", &was)]), turn: "" };
        };
        let by = words.figure((after.value - before.value).abs());
        let (key, turn) = match worked::turn(metric.better, before.value, after.value) {
            Turn::Better => ("moved_better", "better"),
            Turn::Worse => ("moved_worse", "worse"),
            Turn::Unchanged => ("moved_unchanged", "unchanged"),
        };
        let holes =
            [("from", &*from), ("was", &was), ("to", &value(after)), ("is", &words.date(after.date)), ("by", &by)];
        Moved { told: words.fill(key, &holes), turn }
    }
}
