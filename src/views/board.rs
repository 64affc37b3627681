//! The opportunity board: what is open by impact and effort, everything by status, by team and by map, and what is missing.
//!
//! Impact and effort of 4 or 5 are great, of 1 to 3 small. Great impact for small effort is a quick win, for great effort a big
//! bet; small impact for small effort fills in, for great effort it is not for now. What is done or dropped needs no decision
//! and is not in the grid.

use std::cmp::Reverse;

use serde::Serialize;

use super::due::Due;
use super::here::{Day, Here, Link, Said};
use super::pages::PageKind;
use super::parts::{Measured, Tag};
use super::split::Pager;
use super::spot::{Capped, Spot};
use crate::hash::HashMap;
use crate::model::hurt;
use crate::model::{Handbook, Id, JourneyMap, Opportunity, OpportunityStatus, Target, Team};

/// The board: a grid, and a list by status.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardView<'a> {
    /// Other views of the same.
    pub views: Vec<BoardTab<'a>>,
    /// Impact by effort, the greatest impact first; only on the first part of a long list, and only if anything is open.
    pub grid: Vec<GridLine<'a>>,
    /// The opportunities in groups.
    pub groups: Vec<BoardGroup<'a>>,
    /// The way to the rest, if there are many.
    pub pager: Option<Pager>,
}

/// A view of the board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardTab<'a> {
    /// Its page.
    pub link: Link<'a>,
    /// Whether it is this one.
    pub current: bool,
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridLine<'a> {
    /// The impact, 5 down to 1.
    pub impact: u8,
    /// A cell for each effort, 1 to 5.
    pub cells: Vec<GridSquare<'a>>,
}

/// A cell of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridSquare<'a> {
    /// `quick-win`, `big-bet`, `fill-in` or `not-now`.
    pub quadrant: &'static str,
    /// The same in words.
    pub name: &'a str,
    /// Whether it is the first cell of its quadrant, where the name is seen.
    pub named: bool,
    /// What stands there.
    pub list: Capped<Link<'a>>,
}

/// Opportunities that belong together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardGroup<'a> {
    /// To link to, and to name its table by.
    pub id: String,
    /// What they have in common.
    pub title: Said<'a>,
    /// The name of their table among those of the page.
    pub label: String,
    /// Where that is; `None` for a status.
    pub href: Option<String>,
    /// The drawing of a status.
    pub icon: Option<&'static str>,
    /// How many there are in all, also on other pages.
    pub count: String,
    /// The rows.
    pub rows: Vec<BoardRow<'a>>,
    /// “and 12 more”; empty if all stand here or on the next pages.
    pub more: String,
}

/// An opportunity on the board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardRow<'a> {
    /// The opportunity.
    pub link: Link<'a>,
    /// How far it is.
    pub status: Tag,
    /// 1..=5.
    pub impact: u8,
    /// 1..=5.
    pub effort: u8,
    /// “Impact 5 of 5, effort 2 of 5: quick win”.
    pub told: String,
    /// Whose it is.
    pub owner: Option<Link<'a>>,
    /// By when.
    pub due: Option<Due>,
    /// The day it was done.
    pub done: Option<Day>,
    /// The first pains it answers, as links to their steps; under a map those of that map, if it answers any there.
    pub pains: Capped<Link<'a>>,
    /// What will show it.
    pub metrics: Vec<Measured<'a>>,
}

/// What is missing: pains without an opportunity, opportunities without a pain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapsView<'a> {
    /// Other views of the same.
    pub views: Vec<BoardTab<'a>>,
    /// “of 61 pains, 12 have no opportunity”.
    pub pains_said: String,
    /// Pains that nothing answers.
    pub pains: Vec<PainRow<'a>>,
    /// How many opportunities answer no pain.
    pub idle_said: String,
    /// Opportunities that answer no pain on any map.
    pub idle: Vec<BoardRow<'a>>,
    /// The way to the rest.
    pub pager: Option<Pager>,
}

/// Something that hurts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PainRow<'a> {
    /// Its words.
    pub text: Said<'a>,
    /// How bad; `None` if nobody said.
    pub severity: Option<Tag>,
    /// Whether it is a fail point of a blueprint.
    pub fails: bool,
    /// Where.
    pub spot: Spot<'a>,
}

const MOST_IN_CELL: usize = 6;
const MOST_PAINS: usize = 3;
const MOST_OF_MAP: usize = 10;

/// The opportunities in the order of the board: what is going on first, then what is planned, ideas, what is done and
/// dropped; of those the earliest due first, of what is done the newest.
pub fn order(handbook: &Handbook) -> Vec<Id<Opportunity>> {
    let mut ids: Vec<Id<Opportunity>> = handbook.opportunities.ids().collect();
    ids.sort_by_key(|&id| {
        let opportunity = &handbook[id];
        let due = opportunity.due.map_or((true, None), |due| (false, Some(due)));
        (rank(opportunity.status), Reverse(opportunity.done), due, id)
    });
    ids
}

/// Every status in the order of the board.
const STATUSES: [OpportunityStatus; 5] = [
    OpportunityStatus::Doing,
    OpportunityStatus::Planned,
    OpportunityStatus::Idea,
    OpportunityStatus::Done,
    OpportunityStatus::Dropped,
];

fn rank(status: OpportunityStatus) -> usize {
    STATUSES.iter().position(|known| *known == status).unwrap_or(STATUSES.len())
}

/// The board by status.
pub fn by_status<'a>(here: &Here<'a>) -> BoardView<'a> {
    let kind = PageKind::Opportunities;
    let handbook = here.handbook;
    let order = order(handbook);
    let mut groups: Vec<BoardGroup<'a>> = Vec::new();
    for id in here.on_this_part(kind, order.iter().copied()) {
        let status = handbook[id].status;
        let tag = here.progress(status);
        if groups.last().is_none_or(|last| last.id != tag.icon) {
            let all = handbook.opportunities.iter().filter(|one| one.status == status).count();
            groups.push(BoardGroup {
                id: tag.icon.to_owned(),
                label: tag.text.clone(),
                title: Said::plain(tag.text),
                href: None,
                icon: Some(tag.icon),
                count: here.words.figure(all as f64),
                rows: Vec::new(),
                more: String::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(here.board_row(id));
        }
    }
    let open: Vec<Id<Opportunity>> = order.into_iter().filter(|&id| handbook[id].status.is_open()).collect();
    let grid = if here.part == 0 && !open.is_empty() { grid(here, &open) } else { Vec::new() };
    BoardView { views: views(here, kind), grid, groups, pager: here.pager(kind) }
}

fn grid<'a>(here: &Here<'a>, open: &[Id<Opportunity>]) -> Vec<GridLine<'a>> {
    let square = |impact: u8, effort: u8| {
        let is_here =
            |id: &&Id<Opportunity>| (here.handbook[**id].impact, here.handbook[**id].effort) == (impact, effort);
        let list = open.iter().filter(is_here);
        let quadrant = quadrant(impact, effort);
        GridSquare {
            quadrant,
            name: here.words.get(quadrant_key(quadrant)),
            named: matches!((impact, effort), (5 | 3, 1 | 4)),
            list: Capped::new(here, MOST_IN_CELL, list, |&id| here.link(Target::Opportunity(id))),
        }
    };
    (1..=5)
        .rev()
        .map(|impact| GridLine { impact, cells: (1..=5).map(|effort| square(impact, effort)).collect() })
        .collect()
}

/// The board by team: those that nobody owns last.
pub fn by_team<'a>(here: &Here<'a>) -> BoardView<'a> {
    let kind = PageKind::OpportunitiesByTeam;
    let handbook = here.handbook;
    let owner = |id: Id<Opportunity>| handbook[id].item.owner;
    let mut ids = order(handbook);
    ids.sort_by_key(|&id| (owner(id).is_none(), owner(id)));
    let mut groups: Vec<BoardGroup<'a>> = Vec::new();
    let mut last: Option<Option<Id<Team>>> = None;
    for id in here.on_this_part(kind, ids.iter().copied()) {
        let team = owner(id);
        if last != Some(team) {
            last = Some(team);
            let all = ids.iter().filter(|&&id| owner(id) == team).count();
            let title = team.map_or_else(|| here.word("no_owner"), |team| here.title(Target::Team(team)));
            groups.push(BoardGroup {
                id: team.map_or_else(|| "no-team".to_owned(), |team| format!("team-{}", handbook[team].name)),
                label: title.text.clone().into_owned(),
                title,
                href: team.map(|team| here.href(Target::Team(team))),
                icon: None,
                count: here.words.figure(all as f64),
                rows: Vec::new(),
                more: String::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(here.board_row(id));
        }
    }
    BoardView { views: views(here, kind), grid: Vec::new(), groups, pager: here.pager(kind) }
}

/// The board by map: what each map's steps name. An opportunity stands under every map that names it, with what it answers there.
pub fn by_map<'a>(here: &Here<'a>) -> BoardView<'a> {
    let kind = PageKind::OpportunitiesByMap;
    let handbook = here.handbook;
    // One opportunity may stand under most of the maps.
    let mut rows: HashMap<Id<Opportunity>, BoardRow<'a>> = HashMap::default();
    let mut row = |id| rows.entry(id).or_insert_with(|| here.row_without_pains(id)).clone();
    let group = |id: Id<JourneyMap>| {
        let map = &handbook[id];
        let mut named: Vec<Id<Opportunity>> = here.pages.uses.opportunities_on(id).to_vec();
        named.sort_by_key(|&id| (rank(handbook[id].status), id));
        let list = Capped::new(here, MOST_OF_MAP, named, |opportunity| {
            let answered = here.pages.answered(opportunity);
            let from = &answered[answered.partition_point(|place| place.map < id)..];
            let there = &from[..from.partition_point(|place| place.map == id)];
            let pains = here.first_pains(if there.is_empty() { answered } else { there });
            BoardRow { pains, ..row(opportunity) }
        });
        (list.all > 0).then(|| BoardGroup {
            id: format!("map-{}", map.item.name),
            label: map.item.title.str(here.lang).to_owned(),
            title: here.title(Target::Map(id)),
            href: Some(here.href(Target::Map(id))),
            icon: None,
            count: here.words.figure(list.all as f64),
            rows: list.items,
            more: list.more,
        })
    };
    let groups = here.on_this_part(kind, handbook.maps.ids()).filter_map(group).collect();
    BoardView { views: views(here, kind), grid: Vec::new(), groups, pager: here.pager(kind) }
}

/// What is missing.
pub fn gaps<'a>(here: &Here<'a>) -> GapsView<'a> {
    let kind = PageKind::OpportunityGaps;
    let hurt::Gaps { unanswered, idle, .. } = &**here.pages.gaps;
    let places: Vec<hurt::Place> = here.on_this_part(kind, unanswered.iter().copied()).collect();
    let hurts = hurt::hurts_at(here.handbook, &places);
    GapsView {
        views: views(here, kind),
        pains_said: here.words.count("pains_unanswered", unanswered.len()),
        idle_said: here.words.count("opportunities_idle", idle.len()),
        pains: hurts.map(|hurt| here.pain_row(&hurt)).collect(),
        idle: here.on_this_part(kind, idle.iter()).map(|&id| here.board_row(id)).collect(),
        pager: here.pager(kind),
    }
}

fn views<'a>(here: &Here<'a>, current: PageKind) -> Vec<BoardTab<'a>> {
    let kinds = [
        (PageKind::Opportunities, "by_status"),
        (PageKind::OpportunitiesByTeam, "by_team"),
        (PageKind::OpportunitiesByMap, "by_map"),
        (PageKind::OpportunityGaps, "gaps"),
    ];
    let tab = |(kind, key)| BoardTab {
        link: Link { href: here.href_to(kind), title: here.word(key) },
        current: kind == current,
    };
    kinds.into_iter().map(tab).collect()
}

/// The quadrant of an impact and an effort.
pub fn quadrant(impact: u8, effort: u8) -> &'static str {
    match (impact >= 4, effort >= 4) {
        (true, false) => "quick-win",
        (true, true) => "big-bet",
        (false, false) => "fill-in",
        (false, true) => "not-now",
    }
}

fn quadrant_key(quadrant: &str) -> &'static str {
    match quadrant {
        "quick-win" => "quadrant_quick_win",
        "big-bet" => "quadrant_big_bet",
        "fill-in" => "quadrant_fill_in",
        _ => "quadrant_not_now",
    }
}

impl<'a> Here<'a> {
    /// What the quadrant of an opportunity is called.
    pub fn quadrant_of(&self, opportunity: &Opportunity) -> &'a str {
        self.words.get(quadrant_key(quadrant(opportunity.impact, opportunity.effort)))
    }

    /// An opportunity on the board.
    pub fn board_row(&self, id: Id<Opportunity>) -> BoardRow<'a> {
        BoardRow { pains: self.first_pains(self.pages.answered(id)), ..self.row_without_pains(id) }
    }

    /// The first of some pains, as links to their steps.
    fn first_pains(&self, places: &[hurt::Place]) -> Capped<Link<'a>> {
        let pain = |place: &hurt::Place| {
            let (map, whole) = (self.handbook.outline(place.map), Target::Map(place.map));
            let href = map.anchor(place).map_or_else(|| self.href(whole), |anchor| self.href_at(whole, anchor));
            Some(Link { href, title: self.said(map.pain(place)?) })
        };
        Capped::of(self, places.len(), places.iter().take(MOST_PAINS).filter_map(pain).collect())
    }

    /// An opportunity on the board, without what it answers.
    fn row_without_pains(&self, id: Id<Opportunity>) -> BoardRow<'a> {
        let opportunity = &self.handbook[id];
        let holes = [
            ("impact", opportunity.impact.to_string()),
            ("effort", opportunity.effort.to_string()),
            ("quadrant", self.quadrant_of(opportunity).to_owned()),
        ];
        let holes = holes.each_ref().map(|(name, text)| (*name, text.as_str()));
        BoardRow {
            link: self.link(Target::Opportunity(id)),
            status: self.progress(opportunity.status),
            impact: opportunity.impact,
            effort: opportunity.effort,
            told: self.words.fill("impact_and_effort_told", &holes),
            owner: self.owner(opportunity.item.owner),
            due: opportunity.due.map(|due| self.due(due, opportunity.status.is_open())),
            done: opportunity.done.map(|done| self.day(done)),
            pains: Capped::of(self, 0, Vec::new()),
            metrics: opportunity.metrics.iter().map(|&metric| self.measured(metric)).collect(),
        }
    }

    /// Something that hurts.
    pub fn pain_row(&self, hurt: &hurt::Hurt<'a>) -> PainRow<'a> {
        PainRow {
            text: self.said(hurt.text),
            severity: hurt.severity.map(|severity| self.severity(severity)),
            fails: hurt.fails,
            spot: self.spot(hurt.map, hurt.stage, hurt.step, hurt.by),
        }
    }
}
