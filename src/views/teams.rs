//! The teams: who leads each, what it owns, what is open and what is overdue.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::split::Pager;
use super::team::deadlines;
use crate::model::{Id, Target, Team};

/// All teams.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamsView<'a> {
    /// The teams in the handbook's order.
    pub rows: Vec<TeamRow<'a>>,
    /// The way to the rest, if there are many.
    pub pager: Option<Pager>,
}

/// A team, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamRow<'a> {
    /// The team.
    pub link: Link<'a>,
    /// What it does.
    pub summary: Option<Said<'a>>,
    /// Who leads it.
    pub lead: Option<Said<'a>>,
    /// The team it belongs to.
    pub part_of: Option<Link<'a>>,
    /// “2 maps, 5 touchpoints”; empty if it owns nothing.
    pub owns: String,
    /// How many opportunities are still to be done.
    pub open: String,
    /// “2 are overdue”; empty if nothing is.
    pub overdue: String,
}

/// All teams.
pub fn teams<'a>(here: &Here<'a>) -> TeamsView<'a> {
    let kind = PageKind::Teams;
    let rows = here.on_this_part(kind, here.handbook.teams.ids());
    TeamsView { rows: rows.map(|id| row(here, id, &here.handbook[id])).collect(), pager: here.pager(kind) }
}

fn row<'a>(here: &Here<'a>, id: Id<Team>, team: &'a Team) -> TeamRow<'a> {
    let handbook = here.handbook;
    let uses = &here.pages.uses;
    let owned = uses.owned(id);
    let of = |is: fn(&Target) -> bool| owned.iter().filter(|target| is(target)).count();
    let counts = [
        ("rest_maps", of(|target| matches!(target, Target::Map(_)))),
        ("rest_stages", uses.stages_of(id).len()),
        ("rest_truths", here.pages.moments.truths_of(id).count()),
        ("rest_personas", of(|target| matches!(target, Target::Persona(_)))),
        ("rest_touchpoints", of(|target| matches!(target, Target::Touchpoint(_)))),
        ("rest_insights", of(|target| matches!(target, Target::Insight(_)))),
        ("rest_opportunities", of(|target| matches!(target, Target::Opportunity(_)))),
        ("rest_metrics", of(|target| matches!(target, Target::Metric(_)))),
        ("rest_courses", of(|target| matches!(target, Target::Course(_)))),
    ];
    let told: Vec<String> =
        (counts.into_iter().filter(|(_, count)| *count > 0)).map(|(key, count)| here.words.count(key, count)).collect();
    let open = |target: &&Target| matches!(target, Target::Opportunity(id) if handbook[*id].status.is_open());
    let overdue = deadlines(here, id).iter().filter(|deadline| deadline.date.is_over(handbook.today)).count();
    TeamRow {
        link: here.link(Target::Team(id)),
        summary: team.summary.as_ref().map(|summary| here.said(summary)),
        lead: team.lead.as_ref().map(|lead| here.said(lead)),
        part_of: here.owner(team.part_of),
        owns: here.words.list(told.iter().map(String::as_str)),
        open: here.words.figure(owned.iter().filter(open).count() as f64),
        overdue: if overdue > 0 { here.words.count("overdue_count", overdue) } else { String::new() },
    }
}
