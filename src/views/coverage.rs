//! Coverage matrices: which persona is on which map, which touchpoint is met in which map, which team answers for which
//! moment of truth. Holes are what to look for: rows without any mark are named.
//!
//! With up to 24 columns a matrix is a dense table. With more it would be wider than anybody's window and grow with the
//! square of the handbook: each row then says how many columns it has marks in, and names the first of them.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::met;
use super::moment_list::Tab;
use super::moments::{self, As, Moment};
use super::pages::PageKind;
use super::split::Pager;
use super::stages::MOST_COLUMNS;
use crate::model::{Id, JourneyMap, MapKind, Persona, Target, Touchpoint};

/// Which matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    /// Persona by map: a mark where the map is the persona's, alone or with others.
    Personas,
    /// Touchpoint by map: a mark where a step of the map meets it, or one persona of several does.
    Touchpoints,
    /// Moment of truth by team: a mark where the team owns its stage, its touchpoint or its map.
    Truths,
}

/// A matrix, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageView<'a> {
    /// The three matrices; the one shown is current.
    pub tabs: Vec<Tab<'a>>,
    /// What its marks mean.
    pub note: &'a str,
    /// What the rows are.
    pub head: &'a str,
    /// What the columns are, for rows that list theirs.
    pub across: &'a str,
    /// The columns; empty if there are too many for a table.
    pub columns: Vec<Link<'a>>,
    /// The rows of this part.
    pub rows: Vec<CoverageRow<'a>>,
    /// The rows without any mark, in a sentence; `None` on further parts.
    pub holes: Option<String>,
    /// Columns without any mark, in a sentence; `None` if there are none, and on further parts.
    pub empty_columns: Option<String>,
    /// The way to the other parts.
    pub pager: Option<Pager>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageRow<'a> {
    /// What it is of.
    pub link: Link<'a>,
    /// Where it is, or whose, in a word or two.
    pub hint: Option<Said<'a>>,
    /// How many columns have a mark.
    pub count: usize,
    /// For each column what its mark says; empty for none. No cells if there are too many columns.
    pub cells: Vec<String>,
    /// The first columns with a mark, if there are no cells.
    pub marked: Vec<Link<'a>>,
    /// How many more there are.
    pub more: Option<String>,
}

/// A row before it is shown: the columns with a mark by their numbers, and what each says.
struct Marks {
    columns: Vec<(usize, String)>,
}

/// How many columns a row names.
const MOST_MARKED: usize = 12;
/// How many holes a sentence names.
const MOST_HOLES: usize = 12;

/// A matrix, or the part of it that stands on this page.
pub fn coverage<'a>(here: &Here<'a>, of: Of) -> CoverageView<'a> {
    let handbook = here.handbook;
    let kind = PageKind::Coverage(of);
    let columns: Vec<Target> = match of {
        Of::Truths => handbook.teams.ids().map(Target::Team).collect(),
        Of::Personas | Of::Touchpoints => handbook.maps.ids().map(Target::Map).collect(),
    };
    let dense = columns.len() <= MOST_COLUMNS;
    let row = |(link, hint, marks): (Link<'a>, Option<Said<'a>>, Marks)| {
        let count = marks.columns.len();
        let mut cells = vec![String::new(); if dense { columns.len() } else { 0 }];
        let mut marked = Vec::new();
        for (column, said) in marks.columns {
            match cells.get_mut(column) {
                Some(cell) => *cell = said,
                None if marked.len() < MOST_MARKED => marked.push(here.link(columns[column])),
                None => {}
            }
        }
        let more = here.and_more(count, MOST_MARKED).filter(|_| !dense);
        CoverageRow { link, hint, count, cells, marked, more }
    };
    let rows: Vec<CoverageRow<'a>> = match of {
        Of::Personas => {
            let ids = here.on_this_part(kind, handbook.personas.ids());
            ids.map(|id| row((here.link(Target::Persona(id)), role(here, id), of_persona(here, id)))).collect()
        }
        Of::Touchpoints => {
            let ids = here.on_this_part(kind, here.pages.order(here.handbook).iter().copied());
            ids.map(|id| row((here.link(Target::Touchpoint(id)), channel(here, id), of_touchpoint(here, id)))).collect()
        }
        Of::Truths => {
            let moments = here.on_this_part(kind, here.pages.moments.truths());
            let link = |moment: &Moment| {
                let map = here.title(Target::Map(moment.place.map));
                (here.step_link(moment.place), Some(map), of_truth(here, moment))
            };
            moments.map(|moment| row(link(&moment))).collect()
        }
    };
    CoverageView {
        tabs: tabs(here, of),
        note: here.words.get(of.key("note")),
        head: here.words.get(of.key("head")),
        across: here.words.get(of.key("across")),
        columns: if dense { columns.iter().map(|&target| here.link(target)).collect() } else { Vec::new() },
        rows,
        holes: (here.part == 0).then(|| holes(here, of)),
        empty_columns: (here.part == 0).then(|| empty_columns(here, of, &columns)).flatten(),
        pager: here.pager(kind),
    }
}

impl Of {
    /// Every matrix.
    pub const ALL: [Self; 3] = [Self::Personas, Self::Touchpoints, Self::Truths];

    fn key(self, what: &str) -> &'static str {
        match (self, what) {
            (Self::Personas, "note") => "coverage_personas_note",
            (Self::Touchpoints, "note") => "coverage_touchpoints_note",
            (Self::Truths, "note") => "coverage_truths_note",
            (Self::Personas, "head") => "persona",
            (Self::Touchpoints, "head") => "touchpoint",
            (Self::Truths, "head") => "moment_of_truth",
            (Self::Truths, _) => "teams",
            _ => "maps",
        }
    }

    /// What the matrix is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Personas => "coverage_personas",
            Self::Touchpoints => "coverage_touchpoints",
            Self::Truths => "coverage_truths",
        }
    }
}

fn tabs<'a>(here: &Here<'a>, of: Of) -> Vec<Tab<'a>> {
    let tab = |one: Of| Tab {
        link: Link { href: here.href_to(PageKind::Coverage(one)), title: here.word(one.title()) },
        current: one == of,
    };
    Of::ALL.into_iter().map(tab).collect()
}

fn role<'a>(here: &Here<'a>, id: Id<Persona>) -> Option<Said<'a>> {
    here.handbook[id].role.as_ref().map(|role| here.said(role))
}

fn channel<'a>(here: &Here<'a>, id: Id<Touchpoint>) -> Option<Said<'a>> {
    here.handbook[id].channel.map(|channel| here.title(Target::Channel(channel)))
}

fn of_persona(here: &Here<'_>, id: Id<Persona>) -> Marks {
    let said = |map: &Id<JourneyMap>| (map.index(), here.map_kind(&here.handbook[*map]).to_owned());
    Marks { columns: here.pages.uses.maps_of(id).iter().map(said).collect() }
}

fn of_touchpoint(here: &Here<'_>, id: Id<Touchpoint>) -> Marks {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for place in here.pages.steps.distinct(here.pages.uses.touchpoint(id).iter().copied()) {
        match columns.last_mut() {
            Some((map, steps)) if *map == place.map.index() => *steps += 1,
            _ => columns.push((place.map.index(), 1)),
        }
    }
    let said = |(map, steps)| (map, here.words.count("steps_met", steps));
    Marks { columns: columns.into_iter().map(said).collect() }
}

/// A team may own several of the three: the cell names them all.
fn of_truth(here: &Here<'_>, moment: &Moment) -> Marks {
    let (handbook, place) = (here.handbook, moment.place);
    let touchpoint = met::step(handbook, place).touchpoint;
    let mut columns: Vec<(usize, String)> = Vec::new();
    for (team, owns) in moments::owners(handbook, &handbook[place.map], met::stage(handbook, place), touchpoint) {
        let team = team.index();
        let word = here.words.get(match owns {
            As::Stage => "as_stage",
            As::Touchpoint => "as_touchpoint",
            As::Map => "as_map",
        });
        match columns.iter_mut().find(|(column, _)| *column == team) {
            Some((_, said)) => *said = here.words.list([said.as_str(), word]),
            None => columns.push((team, word.to_owned())),
        }
    }
    columns.sort_by_key(|(column, _)| *column);
    Marks { columns }
}

/// The rows without any mark.
fn holes(here: &Here<'_>, of: Of) -> String {
    let handbook = here.handbook;
    let uses = &here.pages.uses;
    let names: Vec<String> = match of {
        Of::Personas => (handbook.personas.entries())
            .filter(|(id, _)| uses.maps_of(*id).is_empty())
            .map(|(_, persona)| persona.item.title.str(here.lang).to_owned())
            .collect(),
        Of::Touchpoints => (handbook.touchpoints.entries())
            .filter(|(id, _)| uses.touchpoint(*id).is_empty())
            .map(|(_, touchpoint)| touchpoint.item.title.str(here.lang).to_owned())
            .collect(),
        Of::Truths => (here.pages.moments.truths())
            .filter(|moment| moment.owner.is_none())
            .map(|moment| here.step_link(moment.place).title.text.into_owned())
            .collect(),
    };
    let none = match of {
        Of::Personas => ("holes_personas", "no_holes_personas"),
        Of::Touchpoints => ("holes_touchpoints", "no_holes_touchpoints"),
        Of::Truths => ("holes_truths", "no_holes_truths"),
    };
    enumerate(here, &names, none.0).unwrap_or_else(|| here.words.get(none.1).to_owned())
}

/// The columns without any mark. That a team answers for no moment of truth is no hole, nor that a plan meets nothing yet.
fn empty_columns(here: &Here<'_>, of: Of, columns: &[Target]) -> Option<String> {
    let handbook = here.handbook;
    let empty = |target: &&Target| match (of, target) {
        (Of::Personas, Target::Map(id)) => handbook[*id].personas().next().is_none(),
        (Of::Touchpoints, Target::Map(id)) => {
            let map = &handbook[*id];
            let met = map.steps().any(|(_, step)| step.touchpoint.is_some())
                || map.crowd().is_some_and(|crowd| crowd.differences.iter().any(|other| other.touchpoint.is_some()));
            !met && map.kind() != MapKind::FutureState
        }
        _ => false,
    };
    let names: Vec<String> = columns.iter().filter(empty).map(|target| here.title(*target).text.into_owned()).collect();
    let key = if of == Of::Personas { "maps_without_persona" } else { "maps_without_touchpoint" };
    enumerate(here, &names, key)
}

/// A sentence that names some things, and says how many more there are; `None` of none.
fn enumerate(here: &Here<'_>, names: &[String], key: &str) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let more = here.and_more(names.len(), MOST_HOLES);
    let list = here.words.list(names.iter().take(MOST_HOLES).map(String::as_str).chain(more.as_deref()));
    let count = here.words.figure(names.len() as f64);
    Some(here.words.fill(key, &[("n", &count), ("names", &list)]))
}
