//! The review calendar: what is overdue, what is due when, and what nobody has looked at.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dues::{Due, DueItem};
use super::here::{Day, Here, Link};
use super::pages::PageKind;
use super::split::Pager;
use crate::model::{Date, Id, Target, Team};

/// The calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewsView<'a> {
    /// The day it is told as of.
    pub today: Option<Day>,
    /// How many are overdue, due within a month, due later, and without a date; each with its label.
    pub counts: Vec<(String, &'a str)>,
    /// Overdue ones first, then month by month.
    pub months: Vec<Month<'a>>,
    /// What was never reviewed or has no cadence; the first of them.
    pub open: Vec<DueItem<'a>>,
    /// “and 12 more”; empty if all are shown.
    pub open_more: String,
    /// What each team has to look at; only on the first part.
    pub teams: Vec<TeamDues<'a>>,
    /// The way to the other parts, if there are many.
    pub pager: Option<Pager>,
}

/// Reviews that are due in the same month, or overdue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month<'a> {
    /// An anchor: `overdue` or `due-2026-12`.
    pub id: String,
    /// “Overdue” or “Dec 2026”.
    pub title: String,
    /// “Reviews, Dec 2026, table”, to name the region that scrolls.
    pub region: String,
    /// Whether these are overdue.
    pub overdue: bool,
    /// The items, the earliest first.
    pub rows: Vec<DueItem<'a>>,
}

/// What a team has to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamDues<'a> {
    /// The team; `None` for what nobody owns.
    pub link: Option<Link<'a>>,
    /// How many are overdue.
    pub overdue: String,
    /// How many are due later.
    pub later: String,
    /// How many were never reviewed or have no cadence.
    pub open: String,
    /// The earliest review that is not overdue.
    pub next: Option<Day>,
}

/// How many teams are told of; each team's own page tells of its own.
const MOST_TEAMS: usize = 200;
/// How many without a date are shown.
const MOST_OPEN: usize = 100;

/// The calendar.
pub fn reviews<'a>(here: &Here<'a>) -> ReviewsView<'a> {
    let (kind, dues) = (PageKind::Reviews, &here.pages.dues);
    let mut months: Vec<Month<'a>> = Vec::new();
    for due in here.on_this_part(kind, dues.scheduled().iter()) {
        let (Some(day), Some(row)) = (due.day, here.due_item(due)) else { continue };
        let id = month_id(day, due.overdue);
        match months.last_mut().filter(|month| month.id == id) {
            Some(month) => month.rows.push(row),
            None => {
                let title = match due.overdue {
                    true => here.words.get("reviews_overdue").to_owned(),
                    false => here.words.date(day.month_of()),
                };
                let region = here.words.fill("reviews_region", &[("title", &title)]);
                months.push(Month { id, title, region, overdue: due.overdue, rows: vec![row] });
            }
        }
    }
    let pager = here.pager(kind);
    let is_last = pager.as_ref().is_none_or(|pager| pager.next.is_none());
    let open = if is_last { dues.open() } else { &[] };
    let more = open.len().saturating_sub(MOST_OPEN);
    ReviewsView {
        today: (here.handbook.today.year() > 0).then(|| here.day(here.handbook.today)),
        counts: counts(here),
        months,
        open: open.iter().take(MOST_OPEN).filter_map(|due| here.due_item(due)).collect(),
        open_more: if more > 0 { here.words.count("and_more", more) } else { String::new() },
        teams: if here.part == 0 { teams(here) } else { Vec::new() },
        pager,
    }
}

fn month_id(day: Date, overdue: bool) -> String {
    if overdue { "overdue".to_owned() } else { format!("due-{}", day.month_of()) }
}

fn counts<'a>(here: &Here<'a>) -> Vec<(String, &'a str)> {
    let dues = &here.pages.dues;
    let (overdue, later): (Vec<&Due>, Vec<&Due>) = dues.scheduled().iter().partition(|due| due.overdue);
    let soon = here.handbook.today.after(crate::model::Cadence { months: 1, days: 0 });
    let is_soon = |due: &&&Due| due.day.is_some_and(|day| day.last_day() <= soon.last_day());
    let near = later.iter().filter(is_soon).count();
    let counted = [
        (overdue.len(), "reviews_overdue"),
        (near, "reviews_soon"),
        (later.len() - near, "reviews_later"),
        (dues.open().len(), "reviews_open"),
    ];
    counted.into_iter().map(|(count, key)| (here.words.figure(count as f64), here.words.get(key))).collect()
}

fn teams<'a>(here: &Here<'a>) -> Vec<TeamDues<'a>> {
    let dues = &here.pages.dues;
    let mut by_team: BTreeMap<Option<Id<Team>>, Vec<&Due>> = BTreeMap::new();
    for due in dues.scheduled().iter().chain(dues.open()) {
        by_team.entry(due.owner).or_default().push(due);
    }
    // What nobody owns stands last.
    let nobody = by_team.remove(&None).map(|dues| (None, dues));
    let rows = by_team.into_iter().chain(nobody).map(|(team, dues)| {
        let count = |which: &dyn Fn(&Due) -> bool| dues.iter().filter(|due| which(due)).count();
        let figure = |count: usize| here.words.figure(count as f64);
        let next = dues.iter().find(|due| due.day.is_some() && !due.overdue);
        TeamDues {
            link: team.map(|team| here.link(Target::Team(team))),
            overdue: figure(count(&|due| due.overdue)),
            later: figure(count(&|due| due.day.is_some() && !due.overdue)),
            open: figure(count(&|due| due.day.is_none())),
            next: next.and_then(|due| due.day).map(|day| here.day(day)),
        }
    });
    rows.take(MOST_TEAMS).collect()
}
