//! What is due: the reviews of a handbook by the day they are due, and what nobody has looked at yet.
//!
//! Derived once for the whole site, so that every page that tells of it (the calendar, a team's page, an item's own)
//! reads the same list. A due date that is only a month ends with the month: nothing is overdue before its last day has
//! passed.

use serde::Serialize;

use super::here::{Day, Here, Link, Said};
use crate::model::{Date, Handbook, Id, Item, Target, Team};

/// An item that is to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    /// The item.
    pub target: Target,
    /// The day, or month, its review is due; `None` for what was never reviewed or has no cadence.
    pub day: Option<Date>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether it was reviewed at all.
    pub reviewed: bool,
    /// Who keeps it true.
    pub owner: Option<Id<Team>>,
}

/// Everything that is looked at again from time to time.
#[derive(Debug, Default, Hash)]
pub struct Dues {
    /// With a day, the earliest first.
    scheduled: Vec<Due>,
    /// Never reviewed, or without a cadence, in the handbook's order.
    open: Vec<Due>,
    /// By team: positions in `scheduled`, then, counted on, in `open`.
    by_team: Vec<Vec<usize>>,
}

/// An item and its review, as a page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DueItem<'a> {
    /// The item.
    pub link: Link<'a>,
    /// What it is: “Journey map”.
    pub kind: &'a str,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// The day it was last reviewed; `None` if it never was.
    pub reviewed: Option<Day>,
    /// By whom.
    pub by: Option<Said<'a>>,
    /// How often: “every 6 months”; empty without a cadence.
    pub every: String,
    /// The day its review is due.
    pub due: Option<Day>,
    /// “overdue”, or empty.
    pub overdue: &'a str,
}

impl Dues {
    /// Looks at every item of a handbook.
    pub fn of(handbook: &Handbook) -> Self {
        let mut dues = Self { by_team: vec![Vec::new(); handbook.teams.len()], ..Self::default() };
        for (target, item) in reviewed_items(handbook) {
            let day = due_day(handbook, item);
            let due = Due {
                target,
                day,
                overdue: day.is_some_and(|day| is_overdue(handbook, day)),
                reviewed: item.review.reviewed.is_some(),
                owner: item.owner,
            };
            match day {
                Some(_) => dues.scheduled.push(due),
                // Figures and ideas have dates of their own, and a walk-through is a record: they are looked at again only
                // where somebody says so.
                None if !due.reviewed && is_record(target) => {}
                None => dues.open.push(due),
            }
        }
        dues.scheduled.sort_by_key(|due| due.day.map(Date::last_day));
        for (index, due) in dues.scheduled.iter().chain(&dues.open).enumerate() {
            if let Some(team) = due.owner {
                dues.by_team[team.index()].push(index);
            }
        }
        dues
    }

    /// Whether nothing is ever looked at again.
    pub fn is_empty(&self) -> bool {
        self.scheduled.is_empty() && self.open.is_empty()
    }

    /// What has a day, the earliest first.
    pub fn scheduled(&self) -> &[Due] {
        &self.scheduled
    }

    /// What was never reviewed, or has no cadence.
    pub fn open(&self) -> &[Due] {
        &self.open
    }

    /// What a team looks after: what has a day first, the earliest first; then what has none.
    pub fn of_team(&self, team: Id<Team>) -> impl Iterator<Item = &Due> {
        let at = |index: &usize| self.scheduled.get(*index).or_else(|| self.open.get(index - self.scheduled.len()));
        self.by_team[team.index()].iter().filter_map(at)
    }
}

/// The day an item's review is due: none without a review or a cadence.
pub(super) fn due_day(handbook: &Handbook, item: &Item) -> Option<Date> {
    item.review.due(handbook.settings.review_every)
}

/// Whether a day has passed, seen from the handbook's. A month passes with its last day.
pub(super) fn is_overdue(handbook: &Handbook, due: Date) -> bool {
    due.is_over(handbook.today)
}

fn is_record(target: Target) -> bool {
    matches!(target, Target::Opportunity(_) | Target::Metric(_) | Target::Walkthrough(_))
}

fn reviewed_items(handbook: &Handbook) -> impl Iterator<Item = (Target, &Item)> {
    let front = handbook.front.iter().map(|front| (Target::Front, &front.item));
    (handbook.maps.entries().map(|(id, map)| (Target::Map(id), &map.item)))
        .chain(handbook.personas.entries().map(|(id, persona)| (Target::Persona(id), &persona.item)))
        .chain(handbook.touchpoints.entries().map(|(id, touchpoint)| (Target::Touchpoint(id), &touchpoint.item)))
        .chain(handbook.insights.entries().map(|(id, insight)| (Target::Insight(id), &insight.item)))
        .chain(handbook.opportunities.entries().map(|(id, opportunity)| (Target::Opportunity(id), &opportunity.item)))
        .chain(handbook.metrics.entries().map(|(id, metric)| (Target::Metric(id), &metric.item)))
        .chain(handbook.courses.entries().map(|(id, course)| (Target::Course(id), &course.item)))
        .chain(handbook.lessons.entries().map(|(id, lesson)| (Target::Lesson(id), &lesson.item)))
        .chain(handbook.walkthroughs.entries().map(|(id, walkthrough)| (Target::Walkthrough(id), &walkthrough.item)))
        .chain(front)
        .chain(handbook.guides.entries().map(|(id, guide)| (Target::Guide(id), &guide.item)))
}

impl<'a> Here<'a> {
    /// The head of what a target is made of; `None` for an entry of a list or a file.
    pub fn item(&self, target: Target) -> Option<&'a Item> {
        let handbook = self.handbook;
        Some(match target {
            Target::Persona(id) => &handbook[id].item,
            Target::Map(id) => &handbook[id].item,
            Target::Touchpoint(id) => &handbook[id].item,
            Target::Insight(id) => &handbook[id].item,
            Target::Opportunity(id) => &handbook[id].item,
            Target::Metric(id) => &handbook[id].item,
            Target::Course(id) => &handbook[id].item,
            Target::Lesson(id) => &handbook[id].item,
            Target::Walkthrough(id) => &handbook[id].item,
            Target::Guide(id) => &handbook[id].item,
            Target::Front => &handbook.front.as_ref()?.item,
            Target::Channel(_) | Target::Team(_) | Target::Term(_) | Target::Asset(_) | Target::Here => return None,
        })
    }

    /// What kind of thing a target is, in a word or two.
    pub fn noun(&self, target: Target) -> &'a str {
        self.words.get(match target {
            Target::Persona(_) => "noun_persona",
            Target::Map(_) => "noun_map",
            Target::Touchpoint(_) => "noun_touchpoint",
            Target::Channel(_) => "noun_channel",
            Target::Insight(_) => "noun_insight",
            Target::Opportunity(_) => "noun_opportunity",
            Target::Metric(_) => "noun_metric",
            Target::Team(_) => "noun_team",
            Target::Course(_) => "noun_course",
            Target::Lesson(_) => "noun_lesson",
            Target::Walkthrough(_) => "noun_walkthrough",
            Target::Term(_) => "noun_term",
            Target::Guide(_) => "noun_guide",
            Target::Asset(_) => "noun_file",
            Target::Front | Target::Here => "front_page",
        })
    }

    /// What a team looks after, as a page shows it: the earliest due first, then what has no day.
    pub fn due_items(&self, team: Id<Team>) -> impl Iterator<Item = DueItem<'a>> {
        self.pages.dues.of_team(team).filter_map(|due| self.due_item(due))
    }

    /// An item and its review; `None` for what is no item.
    pub fn due_item(&self, due: &Due) -> Option<DueItem<'a>> {
        let item = self.item(due.target)?;
        let every = item.review.every.or(self.handbook.settings.review_every);
        Some(DueItem {
            link: self.link(due.target),
            kind: self.noun(due.target),
            owner: self.owner(item.owner),
            reviewed: item.review.reviewed.map(|day| self.day(day)),
            by: item.review.by.as_ref().map(|by| self.said(by)),
            every: every.map_or_else(String::new, |every| self.words.cadence(every)),
            due: due.day.map(|day| self.day(day)),
            overdue: if due.overdue { self.words.get("overdue") } else { "" },
        })
    }
}
