//! A team: what it owns, what is due next, and what it is working on.

use serde::Serialize;

use super::board::BoardRow;
use super::due::Due;
use super::dues::due_day;
use super::here::{Here, Link, Said};
use super::metric::reached;
use super::spot::Capped;
use super::uses::StepPlace;
use crate::model::{Date, Id, Target, Team};

/// A team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamView<'a> {
    /// Who leads it.
    pub lead: Option<Said<'a>>,
    /// How to reach it.
    pub contact: Option<Said<'a>>,
    /// The address to write to, if the contact is one.
    pub mail: Option<String>,
    /// The team it belongs to.
    pub part_of: Option<Link<'a>>,
    /// The teams that belong to it.
    pub sub_teams: Capped<Link<'a>>,
    /// “2 are overdue”; empty if nothing is.
    pub overdue_said: String,
    /// What is due, the longest overdue first.
    pub due: Capped<DueRow<'a>>,
    /// The opportunities that are still to be done.
    pub open: Capped<BoardRow<'a>>,
    /// What it owns, by kind; kinds of which it owns nothing are left out.
    pub owned: Vec<Owned<'a>>,
    /// Pages that speak of it.
    pub mentions: Capped<Link<'a>>,
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Owned<'a> {
    /// To link to.
    pub id: &'static str,
    /// What they are.
    pub title: &'a str,
    /// The things.
    pub list: Capped<Link<'a>>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DueRow<'a> {
    /// By when.
    pub due: Due,
    /// What is due: a review, the work, the target.
    pub what: &'a str,
    /// Of what.
    pub link: Link<'a>,
}

/// A day on which a team has to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub date: Date,
    /// What is due.
    pub what: DueKind,
    /// The place among the team's things: the order of the handbook.
    place: usize,
}

/// What may be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DueKind {
    Work,
    Target,
    Review,
}

const MOST_LINKS: usize = 100;
const MOST_DUE: usize = 50;
const MOST_OPEN: usize = 30;

/// The page of a team.
pub fn team<'a>(here: &Here<'a>, id: Id<Team>) -> TeamView<'a> {
    let handbook = here.handbook;
    let team = &handbook[id];
    let uses = &here.pages.uses;
    let things = uses.owned(id);
    let deadlines = deadlines(here, id);
    let overdue = deadlines.iter().filter(|deadline| deadline.date.is_over(handbook.today)).count();
    let due = |deadline: &Deadline| DueRow {
        due: here.due(deadline.date, true),
        what: here.words.get(match deadline.what {
            DueKind::Work => "due_work",
            DueKind::Target => "due_target",
            DueKind::Review => "due_review",
        }),
        link: here.link(things[deadline.place]),
    };
    let open = things.iter().filter_map(|target| match target {
        Target::Opportunity(id) if handbook[*id].status.is_open() => Some(*id),
        _ => None,
    });
    let mentions = uses.mentions(Target::Team(id), here.lang);
    TeamView {
        lead: team.lead.as_ref().map(|lead| here.said(lead)),
        contact: team.contact.as_ref().map(|contact| here.said(contact)),
        mail: team.contact.as_ref().and_then(|contact| mail(contact.str(here.lang))),
        part_of: here.owner(team.part_of),
        sub_teams: Capped::new(here, MOST_LINKS, uses.sub_teams(id), |&sub| here.link(Target::Team(sub))),
        overdue_said: if overdue > 0 { here.words.count("overdue_count", overdue) } else { String::new() },
        due: Capped::new(here, MOST_DUE, &deadlines, due),
        open: Capped::new(here, MOST_OPEN, open, |id| here.board_row(id)),
        owned: owned(here, id),
        mentions: Capped::new(here, MOST_LINKS, mentions, |&source| here.link(source)),
    }
}

/// What a team has to do by some day, the earliest first: reviews of what it owns, the work on its open opportunities, the
/// targets of metrics that are not there yet.
pub fn deadlines(here: &Here<'_>, id: Id<Team>) -> Vec<Deadline> {
    let handbook = here.handbook;
    let mut all = Vec::new();
    for (place, &target) in here.pages.uses.owned(id).iter().enumerate() {
        let work = match target {
            Target::Opportunity(id) if handbook[id].status.is_open() => {
                handbook[id].due.map(|date| Deadline { date, what: DueKind::Work, place })
            }
            Target::Metric(id) => {
                let metric = &handbook[id];
                let there = metric.today().zip(metric.target);
                let there = there.is_some_and(|(today, target)| reached(metric.better, today, target));
                metric.target_date.filter(|_| !there).map(|date| Deadline { date, what: DueKind::Target, place })
            }
            _ => None,
        };
        let review = here.item(target).and_then(|item| due_day(handbook, item));
        let review = review.map(|date| Deadline { date, what: DueKind::Review, place });
        all.extend(work.into_iter().chain(review));
    }
    all.sort_unstable_by_key(|deadline| (deadline.date.last_day(), deadline.what, deadline.place));
    all
}

fn owned<'a>(here: &Here<'a>, id: Id<Team>) -> Vec<Owned<'a>> {
    let uses = &here.pages.uses;
    let items = |is: fn(&Target) -> bool| {
        let targets = uses.owned(id).iter().filter(|target| is(target));
        Capped::new(here, MOST_LINKS, targets, |&target| here.link(target))
    };
    let place = |place: &StepPlace, step: Option<usize>| {
        let spot = here.spot(place.map, Some(place.stage()), step, None);
        let place = spot.step.map(|step| step.title).or(spot.stage).unwrap_or_else(|| spot.map.title.clone());
        let holes = [("label", &*place.text), ("map", &*spot.map.title.text)];
        Link { href: spot.map.href, title: Said { text: here.words.fill("at_map", &holes).into(), lang: place.lang } }
    };
    let stages = Capped::new(here, MOST_LINKS, uses.stages_of(id), |at| place(at, None));
    let truths = here.pages.moments.truths_of(id);
    let truths = Capped::new(here, MOST_LINKS, truths, |moment| place(&moment.place, Some(moment.place.step())));
    let all = [
        ("maps", "maps", items(|target| matches!(target, Target::Map(_)))),
        ("stages", "stages", stages),
        ("truths", "truths", truths),
        ("personas", "personas", items(|target| matches!(target, Target::Persona(_)))),
        ("touchpoints", "touchpoints", items(|target| matches!(target, Target::Touchpoint(_)))),
        ("insights", "insights", items(|target| matches!(target, Target::Insight(_)))),
        ("opportunities", "opportunities", items(|target| matches!(target, Target::Opportunity(_)))),
        ("metrics", "metrics", items(|target| matches!(target, Target::Metric(_)))),
        ("training", "training", items(|target| matches!(target, Target::Course(_) | Target::Lesson(_)))),
        ("guides", "guides", items(|target| matches!(target, Target::Guide(_)))),
    ];
    let kinds = all.into_iter().filter(|(_, _, list)| list.all > 0);
    kinds.map(|(id, key, list)| Owned { id, title: here.words.get(key), list }).collect()
}

/// The address to write to: a contact that is nothing but one.
fn mail(contact: &str) -> Option<String> {
    let (name, host) = contact.split_once('@')?;
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    (plain(name) && plain(host) && host.contains('.')).then(|| format!("mailto:{contact}"))
}
