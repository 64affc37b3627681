//! A service blueprint: a column for each step, cards from what the customer sees down to systems, and arrows between.

use super::breaks::{breaks, mark};
use super::canvas::Canvas;
use super::paths::head as arrowhead;
use super::stack::{Stack, Style};
use super::table::{AIR, LANE, PAD, lane_name, row, stop};
use super::{Dash, Drawing, Role, Shape, felt};
use crate::model::kinds::{Blueprint, FailPoint, Flow};
use crate::model::{Id, JourneyMap, Lane, Stage, Step, Text};
use crate::views::felt::{Felt, felt as moments};
use crate::views::here::{Here, Said};
use crate::views::journey::named;
use crate::views::lanes::{self, Column};

/// The rows of cards, top to bottom.
const CORE: [Lane; 5] = [Lane::Evidence, Lane::Actions, Lane::Frontstage, Lane::Backstage, Lane::Support];
/// Where acts begin in `CORE`; each of their rows has a line above it.
const ACTS: usize = 2;
/// From a card to the side of its column.
const INSET: f64 = 6.0;
/// Between two rows of cards, with a line in the middle and without.
const CROSSED: f64 = 44.0;
const PLAIN: f64 = 12.0;

/// What is drawn so far.
struct Board<'c, 'a, 'h> {
    here: &'h Here<'a>,
    canvas: &'c mut Canvas<'a>,
    columns: Vec<(Column<'a>, Option<&'a Step>)>,
    column: f64,
    y: f64,
    /// How long somebody waits, in the order of reading.
    waits: Vec<Said<'a>>,
}

/// How wide the drawing is.
pub(super) fn width(map: &JourneyMap) -> f64 {
    let count = map.stages.iter().map(|stage| stage.steps.len().max(1)).sum();
    LANE + column(count) * count as f64
}

fn column(count: usize) -> f64 {
    (1440.0 / count.max(1) as f64).clamp(158.0, 300.0).floor()
}

/// Draws a service blueprint.
pub(super) fn draw<'a>(
    here: &Here<'a>,
    canvas: &mut Canvas<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    blueprint: &'a Blueprint,
) -> Drawing {
    let columns = columns(map.1);
    let column = column(columns.len());
    let width = width(map.1);
    let felt = moments(columns.iter().map(|(column, _)| (column.stage, column.steps)));
    let ground = canvas.mark();
    canvas.area(0.0, 0.0, width, 0.0, Role::Card);
    let edge = Some((Role::Rule, 1.0));
    canvas.push(Shape::Rect { x: 0.0, y: 0.0, width, height: 0.0, r: 0.0, fill: None, edge });
    let mut board = Board { here, canvas, columns, column, y: 0.0, waits: Vec::new() };
    board.heads(&map.1.stages);
    let lanes = if map.1.lanes.is_empty() { CORE.as_slice() } else { map.1.lanes.as_slice() };
    let turn = lanes.iter().position(|lane| CORE.contains(lane)).unwrap_or(lanes.len());
    let others = |lanes: &[Lane], board: &mut Board<'_, 'a, '_>| {
        for lane in lanes.iter().filter(|lane| !CORE.contains(lane)) {
            board.other(map, lane, &felt);
        }
    };
    others(&lanes[..turn], &mut board);
    board.cards(lanes, blueprint);
    others(&lanes[turn..], &mut board);
    let Board { columns, y, waits, .. } = board;
    canvas.reach(ground..ground + 2, y);
    let mut below = Stack::new(canvas, [0.0, y + 22.0], width);
    breaks(here, &mut below, &waits, blueprint);
    let height = if below.height() > 0.0 { y + 22.0 + below.height() } else { y };
    let (steps, curve) = (here.words.count("steps_count", columns.len()), here.tell(&felt));
    let holes = [("kind", here.map_kind(map.1)), ("steps", &*steps), ("curve", &*curve)];
    let told = here.words.fill("blueprint_caption", &holes).trim_end().to_owned();
    Drawing { told, height }
}

/// A column for each step, and one for a stage without any.
fn columns(map: &JourneyMap) -> Vec<(Column<'_>, Option<&Step>)> {
    let mut columns = Vec::new();
    for stage in &map.stages {
        if stage.steps.is_empty() {
            columns.push((Column { stage, steps: &[], first: true }, None));
        }
        for (index, step) in stage.steps.iter().enumerate() {
            let steps = std::slice::from_ref(step);
            columns.push((Column { stage, steps, first: index == 0 }, Some(step)));
        }
    }
    columns
}

impl<'a> Board<'_, 'a, '_> {
    fn width(&self) -> f64 {
        LANE + self.column * self.columns.len() as f64
    }

    fn left(&self, index: usize) -> f64 {
        LANE + self.column * index as f64
    }

    /// Stages over their steps, and the steps on their line of stops.
    fn heads(&mut self, stages: &'a [Stage]) {
        if stages.len() > 1 {
            self.y += self.stages(stages);
        }
        let (here, width, column, top) = (self.here, self.width(), self.column, self.y);
        let columns = &self.columns;
        self.y += self.canvas.group(here.words.get("steps"), |canvas| {
            canvas.from([0.0, top], |canvas| {
                let (from, to) = ([LANE + PAD, 20.0], [width, 20.0]);
                canvas.push(Shape::Line { from, to, edge: (Role::Ink, 2.0), dash: Dash::Solid });
                let mut height = 0.0_f64;
                for (index, step) in columns.iter().enumerate() {
                    let x = LANE + column * index as f64 + PAD;
                    stop(canvas, x, 20.0, index + 1, false);
                    let mut name = Stack::new(canvas, [x, 38.0], column - 2.0 * PAD);
                    head(here, &mut name, step);
                    height = height.max(name.height());
                }
                let height = height + 50.0;
                canvas.push(Shape::rule([0.0, height], [width, height], Role::Edge));
                height
            })
        });
    }

    fn stages(&mut self, stages: &'a [Stage]) -> f64 {
        let (here, width, column) = (self.here, self.width(), self.column);
        self.canvas.group(here.words.get("stages"), |canvas| {
            let back = canvas.mark();
            canvas.area(0.0, 0.0, width, 0.0, Role::Sunk);
            let (mut first, mut height) = (0, 0.0_f64);
            for stage in stages {
                let count = stage.steps.len().max(1);
                let place = [LANE + column * first as f64 + PAD, 8.0];
                let mut name = Stack::new(canvas, place, column * count as f64 - 2.0 * PAD);
                name.text(&here.said(&stage.title), Style::STRONG);
                if let Some(duration) = &stage.duration {
                    name.text(&here.said(duration), Style::HINT);
                }
                if stage.fix_first {
                    name.plain(here.words.get("fix_first"), Style::LABEL);
                }
                height = height.max(name.height() + 16.0);
                first += count;
            }
            canvas.reach(back..back + 1, height);
            height
        })
    }

    /// A lane that is no row of cards.
    fn other(&mut self, map: (Id<JourneyMap>, &'a JourneyMap), lane: &Lane, felt: &[Felt<'a>]) {
        let (here, width, column, top, count) = (self.here, self.width(), self.column, self.y, self.columns.len());
        let columns: Vec<Column<'a>> = self.columns.iter().map(|(column, _)| *column).collect();
        let found = if *lane == Lane::Feelings { None } else { lanes::row(here, map, lane, &columns) };
        let title = match &found {
            Some(found) => found.title,
            None if *lane == Lane::Feelings => here.words.get("lane_feelings"),
            None => return,
        };
        let height = self.canvas.group(title, |canvas| {
            let height = match &found {
                Some(found) => canvas.from([0.0, top], |canvas| row(here, canvas, found, column)),
                None => {
                    let height = canvas.from([LANE, top], |canvas| felt::lane(here, canvas, felt, count, column))?;
                    canvas.from([0.0, top], |canvas| {
                        lane_name(canvas, None, &here.word("lane_feelings"), here.words.get("hint_feelings"));
                        felt::axis(here, canvas, height);
                    });
                    height
                }
            };
            canvas.push(Shape::rule([0.0, top + height], [width, top + height], Role::Rule));
            Some(height)
        });
        self.y += height.unwrap_or(0.0);
    }

    /// The rows of cards, the lines between them, and the arrows over the lines.
    fn cards(&mut self, lanes: &[Lane], blueprint: &'a Blueprint) {
        let here = self.here;
        let has_card = |rank: usize, step: Option<&Step>| {
            let step = step.filter(|_| lanes.contains(&CORE[rank]));
            step.is_some_and(|step| match &CORE[rank] {
                Lane::Evidence => step.evidence.is_some(),
                Lane::Actions => !step.unseen,
                lane => step.act(lane).is_some(),
            })
        };
        // Waits are numbered step by step, and drawn row by row.
        let mut numbers: Vec<[usize; CORE.len()]> = Vec::new();
        for &(_, step) in &self.columns {
            let mut of_step = [0; CORE.len()];
            for (rank, number) in of_step.iter_mut().enumerate() {
                let Some(step) = step.filter(|step| has_card(rank, Some(step))) else { continue };
                if let (_, Some(waits)) = marks_of(step, &CORE[rank]) {
                    self.waits.push(here.said(waits));
                    *number = self.waits.len();
                }
            }
            numbers.push(of_step);
        }
        let filled = |rank: usize| self.columns.iter().any(|&(_, step)| has_card(rank, step));
        let filled: Vec<bool> = (0..CORE.len()).map(filled).collect();
        // Where the cards of each row begin and end.
        let mut ends: Vec<[f64; 2]> = Vec::new();
        self.y += if filled.contains(&true) { PLAIN } else { 0.0 };
        let mut drawn: Option<usize> = None;
        for (rank, lane) in CORE.iter().enumerate() {
            if !filled[rank] {
                ends.push([self.y, self.y]);
                continue;
            }
            if let Some(above) = drawn {
                self.lines(above, rank);
            }
            drawn = Some(rank);
            let height = self.row_of_cards((rank, lane), blueprint, has_card, &numbers);
            ends.push([self.y, self.y + height]);
            self.y += height;
        }
        self.y += if drawn.is_some() { PLAIN } else { 0.0 };
        for index in 0..self.columns.len() {
            let Some(step) = self.columns[index].1 else { continue };
            for rank in ACTS..CORE.len() {
                let Some(flow) = step.act(&CORE[rank]).map(|act| act.flow) else { continue };
                // What the customer sees of us is nobody's work: no arrow begins there.
                let above = (ACTS - 1..rank).rev().find(|&above| has_card(above, Some(step)));
                let Some(above) = above.filter(|_| has_card(rank, Some(step))) else { continue };
                let x = self.left(index) + self.column / 2.0;
                arrow(self.canvas, x, ends[above][1], ends[rank][0], flow);
            }
        }
    }

    /// A row of cards; how high it is.
    fn row_of_cards(
        &mut self,
        (rank, lane): (usize, &Lane),
        blueprint: &'a Blueprint,
        has_card: impl Fn(usize, Option<&Step>) -> bool,
        numbers: &[[usize; CORE.len()]],
    ) -> f64 {
        let (here, top, column, columns) = (self.here, self.y, self.column, &self.columns);
        let [title, hint] = named(lane).map(|key| here.words.get(key));
        let team = match lane {
            Lane::Frontstage => blueprint.actors.frontstage,
            Lane::Backstage => blueprint.actors.backstage,
            Lane::Support => blueprint.actors.support,
            _ => None,
        };
        let (fill, edge) = paint(lane);
        self.canvas.group(title, |canvas| {
            canvas.from([0.0, top], |canvas| {
                let mut name = Stack::new(canvas, [PAD, AIR], LANE - 2.0 * PAD);
                name.text(&Said::plain(title), Style::STRONG);
                name.plain(hint, Style::HINT);
                if let Some(team) = team {
                    name.text(&here.said(&here.handbook[team].title), Style::LABEL);
                }
                let mut highest = name.height();
                let mut backs = Vec::new();
                for (index, &(_, step)) in columns.iter().enumerate() {
                    let Some(step) = step.filter(|step| has_card(rank, Some(step))) else { continue };
                    let x = LANE + column * index as f64 + INSET;
                    let (width, fill, edge) = (column - 2.0 * INSET, Some(fill), Some(edge));
                    backs.push(canvas.mark());
                    canvas.push(Shape::Rect { x, y: 0.0, width, height: 0.0, r: 8.0, fill, edge });
                    let mut card = Stack::new(canvas, [x + PAD, AIR], column - 2.0 * (INSET + PAD));
                    self::card(here, &mut card, step, lane, numbers[index][rank]);
                    highest = highest.max(card.height());
                }
                let height = highest + 2.0 * AIR;
                for back in backs {
                    canvas.reach(back..back + 1, height);
                }
                height
            })
        })
    }

    /// The lines between two rows of cards.
    fn lines(&mut self, above: usize, below: usize) {
        const LINES: [(&str, &str); 3] =
            [("interaction", "line_interaction"), ("visibility", "line_visibility"), ("internal", "line_internal")];
        let line = |rank: usize| (rank + 1).saturating_sub(ACTS);
        let crossed = &LINES[line(above)..line(below)];
        for (name, key) in crossed {
            let (said, width) = (self.here.words.get(key), self.width());
            divide(self.canvas, name, said, width, self.y + CROSSED / 2.0);
            self.y += CROSSED;
        }
        if crossed.is_empty() {
            self.y += PLAIN;
        }
    }
}

/// What a step does in a row of cards; `number` is that of its wait, and 0 if nobody waits.
fn card<'a>(here: &Here<'a>, card: &mut Stack<'_, 'a>, step: &'a Step, lane: &Lane, number: usize) {
    if *lane == Lane::Evidence {
        if let Some(evidence) = step.evidence.as_ref() {
            card.text(&here.said(evidence), Style::CELL);
        }
        return;
    }
    let (fails, waits) = marks_of(step, lane);
    let fails = fails.iter().map(|fail| (format!("F{}", fail.index() + 1), true));
    let labels: Vec<(String, bool)> = fails.chain(waits.map(|_| (format!("W{number}"), false))).collect();
    for labels in labels.chunks(3) {
        card.draw(|canvas| {
            for (at, (label, fails)) in labels.iter().enumerate() {
                mark(canvas, 38.0 * at as f64, label, *fails);
            }
            22.0
        });
    }
    if let Some(waits) = waits {
        card.text(&here.said(waits), Style::HINT);
    }
    match step.act(lane) {
        None => card.text(&here.said(&step.action), Style::CELL),
        Some(act) => {
            card.text(&here.said(&act.text), Style::CELL);
            if let Some(team) = act.team {
                card.text(&here.said(&here.handbook[team].title), Style::HINT);
            }
        }
    }
}

/// What breaks at a step in a row of cards, and how long somebody waits there.
fn marks_of<'a>(step: &'a Step, lane: &Lane) -> (&'a [Id<FailPoint>], Option<&'a Text>) {
    match (lane, step.act(lane)) {
        (_, Some(act)) => (&act.fails, act.waits.as_ref()),
        (Lane::Actions, None) => (&step.fails, step.waits.as_ref()),
        _ => (&[], None),
    }
}

/// A step's name, when it happens and how it feels.
fn head<'a>(here: &Here<'a>, head: &mut Stack<'_, 'a>, (column, step): &(Column<'a>, Option<&'a Step>)) {
    head.text(&here.said(step.map_or(&column.stage.title, Step::label)), Style::STRONG);
    let Some(step) = step else { return };
    if let Some(when) = step.when.as_ref() {
        head.text(&here.said(when), Style::HINT);
    }
    if let Some(feeling) = step.feels {
        let feels = here.feels(feeling);
        let word = step.feeling.as_ref().map(|word| here.words.list([&*here.said(word).text, &feels.value]));
        head.faced(feels.face, &word.map_or(feels.value, Into::into), None, Style::HINT, Role::Card);
    }
    if step.moment_of_truth.is_some() {
        head.marked("moment", &here.word("moment_of_truth"), Style::LABEL);
    }
}

/// An arrow between two cards.
fn arrow(canvas: &mut Canvas<'_>, x: f64, top: f64, bottom: f64, flow: Flow) {
    let (up, down) = match flow {
        Flow::Down => (false, true),
        Flow::Up => (true, false),
        Flow::Both => (true, true),
        Flow::None => return,
    };
    let (from, to) = ([x, top + if up { 8.0 } else { 2.0 }], [x, bottom - if down { 8.0 } else { 2.0 }]);
    canvas.push(Shape::Line { from, to, edge: (Role::Ink, 2.0), dash: Dash::Solid });
    if up {
        arrowhead(canvas, [x, top + 2.0], "M0 0L5 9H-5z");
    }
    if down {
        arrowhead(canvas, [x, bottom - 2.0], "M0 0L5 -9H-5z");
    }
}

/// The ground of a card and its edge: the further from the customer, the darker.
fn paint(lane: &Lane) -> (Role, (Role, f64)) {
    match lane {
        Lane::Actions => (Role::Card, (Role::Ink, 2.0)),
        Lane::Backstage => (Role::Sunk, (Role::Rule, 1.0)),
        Lane::Support => (Role::Deep, (Role::Rule, 1.0)),
        _ => (Role::Card, (Role::Rule, 1.0)),
    }
}

/// A line of a service blueprint under its name.
fn divide(canvas: &mut Canvas<'_>, line: &str, said: &str, width: f64, middle: f64) {
    let (dash, weight) = match line {
        "visibility" => (Dash::Dashed, 2.0),
        "internal" => (Dash::Dotted, 3.0),
        _ => (Dash::Solid, 2.0),
    };
    let from = canvas.mark();
    let mut name = Stack::new(canvas, [PAD, middle], LANE - PAD - 4.0);
    name.plain(said, Style::LABEL);
    let height = name.height();
    canvas.shift(from, [0.0, -height / 2.0]);
    canvas.push(Shape::Line { from: [LANE, middle], to: [width, middle], edge: (Role::Ink, weight), dash });
}
