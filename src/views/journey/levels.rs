//! The rows of a blueprint: cards, the lines between them, and the arrows over the lines.
//!
//! An arrow is drawn piece by piece, each piece by the cell above it: a piece reaches over the lines to the next row.

use serde::Serialize;

use super::breaks::{Breaks, Mark};
use crate::model::kinds::{Act, Actors, Blueprint, Flow};
use crate::model::{Id, JourneyMap, Lane, Step, Target, Team, Text};
use crate::views::here::{Here, Link, Said};
use crate::views::lanes::{self, Action, Column, Row};
use crate::views::paths::Walk;

/// A row, or a line between two.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Level<'a> {
    /// A row of cards.
    Cards(Cards<'a>),
    /// A line.
    Line {
        /// `interaction`, `visibility` or `internal`.
        line: &'static str,
        /// What it is called.
        said: &'a str,
    },
    /// Another lane.
    Lane(Row<'a>),
    /// The curve of feelings.
    Curve,
}

/// A row of cards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cards<'a> {
    /// The lane's name, for the style.
    pub lane: &'static str,
    /// What readers call it.
    pub title: &'a str,
    /// Two to four words for newcomers.
    pub hint: &'a str,
    /// Who acts in it.
    pub team: Option<Link<'a>>,
    /// A cell for each column.
    pub cells: Vec<Spot<'a>>,
}

/// Where a row of cards and a column meet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Spot<'a> {
    /// Whether it stands in the stage to fix first, among several.
    pub hot: bool,
    /// The card; `None` where nothing happens.
    pub card: Option<Card<'a>>,
    /// Whether an arrow goes through, which only an empty cell has.
    pub through: bool,
    /// The piece of an arrow from here to the next row.
    pub below: Option<Piece>,
}

/// A piece of an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Which ends have a head: `down`, `up`, `both` or `line` for none.
    pub head: &'static str,
    /// How many lines it crosses, 1..=3.
    pub over: usize,
}

/// A card.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Card<'a> {
    /// What happens; `None` where a head says it already.
    pub text: Option<Said<'a>>,
    /// What breaks here, and who waits.
    pub marks: Vec<Mark<'a>>,
    /// How long the wait is.
    pub waits: Option<Said<'a>>,
    /// Who does it, if not the lane's team.
    pub team: Option<Link<'a>>,
    /// What else is known of what the customer does.
    pub action: Option<Action<'a>>,
    /// The arrow to the nearest card above, in words; empty if there is none.
    pub flow: String,
}

/// The rows of cards, top to bottom.
pub(super) const CORE: [Lane; 5] = [Lane::Evidence, Lane::Actions, Lane::Frontstage, Lane::Backstage, Lane::Support];

/// Where acts begin in `CORE`; each of their rows has a line above it.
pub(super) const ACTS: usize = 2;

/// What the lines are called, from the one above the first row of acts.
const LINES: [(&str, &str); 3] =
    [("interaction", "line_interaction"), ("visibility", "line_visibility"), ("internal", "line_internal")];

/// One column: a stage, and its step there if it has any.
pub(super) struct Place<'a> {
    pub(super) column: Column<'a>,
    pub(super) step: Option<&'a Step>,
    pub(super) hot: bool,
}

/// The rows of cards with the lines and arrows between them; before them, for each column, what would stand in the
/// customer’s card if there were one.
pub(super) fn levels<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    blueprint: &'a Blueprint,
    places: &[Place<'a>],
    lanes: &[Lane],
    breaks: &mut Breaks<'a, '_>,
) -> (Vec<Option<Card<'a>>>, Vec<Level<'a>>) {
    let mut rows: Vec<Cards<'a>> = CORE.iter().map(|lane| row(here, lane, &blueprint.actors)).collect();
    let mut heads = Vec::with_capacity(places.len());
    let walk = Walk::new(map.0, map.1);
    for place in places {
        let mut rest = None;
        for (rank, lane) in CORE.iter().enumerate() {
            let card = place.step.filter(|_| lanes.contains(lane)).and_then(|step| match lane {
                Lane::Evidence => step.evidence.as_ref().map(|text| plain(here, text)),
                Lane::Actions => (!step.unseen).then(|| customers(here, map.1, &walk, step, breaks)),
                lane => step.act(lane).map(|act| acted(here, step, act, rows[rank].title, breaks)),
            });
            if let (Lane::Actions, None, Some(step)) = (lane, &card, place.step) {
                rest = Some(Card { text: None, ..customers(here, map.1, &walk, step, breaks) });
            }
            rows[rank].cells.push(Spot { hot: place.hot, card, ..Spot::default() });
        }
        heads.push(rest.filter(Card::says_more));
    }

    let drawn: Vec<usize> =
        (0..CORE.len()).filter(|&rank| rows[rank].cells.iter().any(|cell| cell.card.is_some())).collect();
    for (column, place) in places.iter().enumerate() {
        let Some(step) = place.step else { continue };
        for (rank, lane) in CORE.iter().enumerate().skip(ACTS) {
            let Some(act) = step.act(lane) else { continue };
            arrow(here, &mut rows, &drawn, (rank, column), act.flow);
        }
    }

    let mut levels = Vec::new();
    for (rank, row) in rows.into_iter().enumerate().filter(|(rank, _)| drawn.contains(rank)) {
        let above = drawn.iter().rev().find(|above| **above < rank);
        for crossed in above.map_or(rank..rank, |above| lines(*above, rank)) {
            let (line, key) = LINES[crossed];
            levels.push(Level::Line { line, said: here.words.get(key) });
        }
        levels.push(Level::Cards(row));
    }
    (heads, levels)
}

impl Card<'_> {
    /// Whether it holds more than its text.
    fn says_more(&self) -> bool {
        let leads =
            |action: &Action<'_>| !action.leads_to.is_empty() || action.entry.is_some() || action.exit.is_some();
        self.action.iter().any(leads) || !self.marks.is_empty()
    }
}

/// The lines between two rows of cards, by their places in `LINES`.
fn lines(above: usize, below: usize) -> std::ops::Range<usize> {
    let line = |rank: usize| (rank + 1).saturating_sub(ACTS);
    line(above)..line(below)
}

/// Draws the arrow from the nearest card above to an act, and says it.
fn arrow(here: &Here<'_>, rows: &mut [Cards<'_>], drawn: &[usize], (rank, column): (usize, usize), flow: Flow) {
    let (up, down, key) = match flow {
        Flow::Down => (false, true, "flow_down"),
        Flow::Up => (true, false, "flow_up"),
        Flow::Both => (true, true, "flow_both"),
        Flow::None => return,
    };
    let with_card = |rows: &[Cards<'_>], rank: usize| rows[rank].cells[column].card.is_some();
    // What the customer sees of us is nobody's work: no arrow begins there.
    let nearest = (ACTS - 1..rank).rev().find(|&above| with_card(rows, above));
    let Some(top) = nearest.filter(|_| with_card(rows, rank)) else { return };
    let said = here.words.fill(key, &[("lane", rows[top].title)]);
    if let Some(card) = &mut rows[rank].cells[column].card {
        card.flow = said;
    }
    let way: Vec<usize> = drawn.iter().copied().filter(|at| (top..=rank).contains(at)).collect();
    for pair in way.windows(2) {
        let &[from, to] = pair else { continue };
        let head = match (up && from == top, down && to == rank) {
            (true, true) => "both",
            (true, false) => "up",
            (false, true) => "down",
            (false, false) => "line",
        };
        let cell = &mut rows[from].cells[column];
        cell.through = from != top;
        cell.below = Some(Piece { head, over: lines(from, to).len() });
    }
}

fn row<'a>(here: &Here<'a>, lane: &Lane, actors: &Actors) -> Cards<'a> {
    let (name, team) = match lane {
        Lane::Evidence => ("evidence", None),
        Lane::Frontstage => ("frontstage", actors.frontstage),
        Lane::Backstage => ("backstage", actors.backstage),
        Lane::Support => ("support", actors.support),
        _ => ("customer", None),
    };
    let team = team.map(|team: Id<Team>| here.link(Target::Team(team)));
    let [title, hint] = named(lane).map(|key| here.words.get(key));
    Cards { lane: name, title, hint, team, cells: Vec::new() }
}

/// The words for a row of cards: what it is called, and what newcomers need to know of it.
pub(in crate::views) fn named(lane: &Lane) -> [&'static str; 2] {
    match lane {
        Lane::Evidence => ["lane_evidence", "hint_evidence"],
        Lane::Frontstage => ["lane_frontstage", "hint_frontstage"],
        Lane::Backstage => ["lane_backstage", "hint_backstage"],
        Lane::Support => ["lane_support", "hint_support"],
        _ => ["lane_customer", "hint_actions"],
    }
}

fn plain<'a>(here: &Here<'a>, text: &'a Text) -> Card<'a> {
    Card { text: Some(here.said(text)), ..Card::default() }
}

fn customers<'a>(
    here: &Here<'a>,
    map: &JourneyMap,
    walk: &Walk<'a>,
    step: &'a Step,
    breaks: &mut Breaks<'a, '_>,
) -> Card<'a> {
    let lane = here.words.get("lane_customer");
    // The head of the column has the step's id, and opens what it opens.
    let action = Action { id: None, opens: None, ..lanes::action(here, map, walk, step) };
    Card {
        marks: breaks.marks(step, (lane, &step.action), &step.fails, step.waits.as_ref()),
        waits: step.waits.as_ref().map(|waits| here.said(waits)),
        action: Some(action),
        ..plain(here, &step.action)
    }
}

fn acted<'a>(here: &Here<'a>, step: &'a Step, act: &'a Act, lane: &'a str, breaks: &mut Breaks<'a, '_>) -> Card<'a> {
    Card {
        marks: breaks.marks(step, (lane, &act.text), &act.fails, act.waits.as_ref()),
        waits: act.waits.as_ref().map(|waits| here.said(waits)),
        team: act.team.map(|team| here.link(Target::Team(team))),
        ..plain(here, &act.text)
    }
}
