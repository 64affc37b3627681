//! A service blueprint: a column for each step, cards from what the customer sees down to systems, and arrows between.

use super::stack::{Stack, Style};
use super::table::{AIR, LANE, PAD, lane_name, row, stop};
use super::{Dash, Drawing, Role, Shape, cells, felt, moved, pixels};
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
struct Board<'a, 'h> {
    here: &'h Here<'a>,
    columns: Vec<(Column<'a>, Option<&'a Step>)>,
    column: f64,
    y: f64,
    shapes: Vec<Shape>,
    /// How long somebody waits, in the order of reading.
    waits: Vec<Said<'a>>,
}

/// A row of cards: one for each column, or none.
type Cards = Vec<Option<Stack>>;

/// Draws a service blueprint.
pub(super) fn draw<'a>(here: &Here<'a>, map: (Id<JourneyMap>, &'a JourneyMap), blueprint: &'a Blueprint) -> Drawing {
    let columns = columns(map.1);
    let column = (1440.0 / columns.len().max(1) as f64).clamp(158.0, 300.0).floor();
    let width = LANE + column * columns.len() as f64;
    let felt = moments(columns.iter().map(|(column, _)| (column.stage, column.steps)));
    let mut board = Board { here, columns, column, y: 0.0, shapes: Vec::new(), waits: Vec::new() };
    board.heads(&map.1.stages);
    let lanes = if map.1.lanes.is_empty() { CORE.as_slice() } else { map.1.lanes.as_slice() };
    let turn = lanes.iter().position(|lane| CORE.contains(lane)).unwrap_or(lanes.len());
    let others = |lanes: &[Lane], board: &mut Board<'a, '_>| {
        for lane in lanes.iter().filter(|lane| !CORE.contains(lane)) {
            board.other(map, lane, &felt);
        }
    };
    others(&lanes[..turn], &mut board);
    board.cards(lanes, blueprint);
    others(&lanes[turn..], &mut board);
    let mut shapes = vec![Shape::area(0.0, 0.0, width, board.y, Role::Card)];
    let edge = Some((Role::Rule, 1.0));
    shapes.push(Shape::Rect { x: 0.0, y: 0.0, width, height: board.y, r: 0.0, fill: None, edge });
    shapes.append(&mut board.shapes);
    let below = breaks(here, &board.waits, blueprint, width);
    let y = if below.height() > 0.0 { board.y + 22.0 } else { board.y };
    let height = y + below.height();
    shapes.extend(below.at(0.0, y));
    let (steps, curve) = (here.words.count("steps_count", board.columns.len()), here.tell(&felt));
    let holes = [("kind", here.map_kind(map.1)), ("steps", &*steps), ("curve", &*curve)];
    let told = here.words.fill("blueprint_caption", &holes).trim_end().to_owned();
    Drawing { told, width, height, shapes }
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

impl<'a> Board<'a, '_> {
    fn width(&self) -> f64 {
        LANE + self.column * self.columns.len() as f64
    }

    fn left(&self, index: usize) -> f64 {
        LANE + self.column * index as f64
    }

    /// Puts what is drawn from the top of a row in its place, and goes on below it.
    fn put(&mut self, label: &str, height: f64, shapes: Vec<Shape>) {
        let y = self.y;
        self.shapes.push(Shape::group(label, moved(shapes, 0.0, y)));
        self.y += height;
    }

    /// Stages over their steps, and the steps on their line of stops.
    fn heads(&mut self, stages: &'a [Stage]) {
        let here = self.here;
        if stages.len() > 1 {
            let mut first = 0;
            let mut shapes = Vec::new();
            let mut height = 0.0_f64;
            for stage in stages {
                let count = stage.steps.len().max(1);
                let mut name = Stack::new(self.column * count as f64 - 2.0 * PAD);
                name.text(&here.said(&stage.title), Style::STRONG);
                if let Some(duration) = &stage.duration {
                    name.text(&here.said(duration), Style::HINT);
                }
                if stage.fix_first {
                    name.plain(here.words.get("fix_first"), Style::LABEL);
                }
                height = height.max(name.height() + 16.0);
                shapes.extend(name.at(self.left(first) + PAD, 8.0));
                first += count;
            }
            let width = self.width();
            let back = Shape::area(0.0, 0.0, width, height, Role::Sunk);
            self.put(here.words.get("stages"), height, [back].into_iter().chain(shapes).collect());
        }
        let names: Vec<Stack> = self.columns.iter().map(|column| head(here, column, self.column - 2.0 * PAD)).collect();
        let height = names.iter().map(Stack::height).fold(0.0, f64::max) + 50.0;
        let (from, to) = ([LANE + PAD, 20.0], [self.width(), 20.0]);
        let mut shapes = vec![Shape::Line { from, to, edge: (Role::Ink, 2.0), dash: Dash::Solid }];
        for (index, name) in names.into_iter().enumerate() {
            shapes.extend(stop(self.left(index) + PAD, 20.0, index + 1, false));
            shapes.extend(name.at(self.left(index) + PAD, 38.0));
        }
        shapes.push(Shape::rule([0.0, height], [self.width(), height], Role::Edge));
        self.put(here.words.get("steps"), height, shapes);
    }

    /// A lane that is no row of cards.
    fn other(&mut self, map: (Id<JourneyMap>, &'a JourneyMap), lane: &Lane, felt: &[Felt<'a>]) {
        let here = self.here;
        let (title, height, mut shapes) = if *lane == Lane::Feelings {
            let Some((height, curve)) = felt::lane(here, felt, self.columns.len(), self.column) else { return };
            let mut shapes = moved(curve, LANE, 0.0);
            let name = lane_name(None, &here.word("lane_feelings"), here.words.get("hint_feelings"));
            shapes.extend(name.at(PAD, AIR));
            shapes.extend(felt::axis(here, height));
            (here.words.get("lane_feelings"), height, shapes)
        } else {
            let columns: Vec<Column<'a>> = self.columns.iter().map(|(column, _)| *column).collect();
            let Some(found) = lanes::row(here, map, lane, &columns) else { return };
            let (height, shapes) = row(here, &found, self.column);
            (found.title, height, shapes)
        };
        shapes.push(Shape::rule([0.0, height], [self.width(), height], Role::Rule));
        self.put(title, height, shapes);
    }

    /// The rows of cards, the lines between them, and the arrows over the lines.
    fn cards(&mut self, lanes: &[Lane], blueprint: &'a Blueprint) {
        let here = self.here;
        let mut rows: Vec<Cards> = CORE.iter().map(|_| Vec::new()).collect();
        for index in 0..self.columns.len() {
            let step = self.columns[index].1;
            for (lane, row) in CORE.iter().zip(&mut rows) {
                let step = step.filter(|_| lanes.contains(lane));
                row.push(step.and_then(|step| self.card(step, lane)));
            }
        }
        // Where the cards of each row begin and end.
        let mut ends: Vec<[f64; 2]> = Vec::new();
        let filled: Vec<bool> = rows.iter().map(|row| row.iter().any(Option::is_some)).collect();
        let has_card: Vec<Vec<bool>> = rows.iter().map(|row| row.iter().map(Option::is_some).collect()).collect();
        let has_card = |rank: usize, column: usize| has_card[rank][column];
        self.y += if filled.contains(&true) { PLAIN } else { 0.0 };
        let mut drawn: Option<usize> = None;
        for (rank, row) in rows.into_iter().enumerate() {
            if !filled[rank] {
                ends.push([self.y, self.y]);
                continue;
            }
            if let Some(above) = drawn {
                self.lines(above, rank);
            }
            drawn = Some(rank);
            let [title, hint] = named(&CORE[rank]).map(|key| here.words.get(key));
            let mut name = lane_name(None, &Said::plain(title), hint);
            let team = match CORE[rank] {
                Lane::Frontstage => blueprint.actors.frontstage,
                Lane::Backstage => blueprint.actors.backstage,
                Lane::Support => blueprint.actors.support,
                _ => None,
            };
            if let Some(team) = team {
                name.text(&here.said(&here.handbook[team].title), Style::LABEL);
            }
            let highest = row.iter().flatten().map(Stack::height).fold(name.height(), f64::max);
            let height = highest + 2.0 * AIR;
            let mut shapes = name.at(PAD, AIR);
            for (index, card) in row.into_iter().enumerate() {
                let Some(card) = card else { continue };
                let (x, width) = (self.left(index) + INSET, self.column - 2.0 * INSET);
                let (fill, edge) = paint(&CORE[rank]);
                let (fill, edge) = (Some(fill), Some(edge));
                shapes.push(Shape::Rect { x, y: 0.0, width, height, r: 8.0, fill, edge });
                shapes.extend(card.at(self.left(index) + INSET + PAD, AIR));
            }
            ends.push([self.y, self.y + height]);
            self.put(title, height, shapes);
        }
        self.y += if drawn.is_some() { PLAIN } else { 0.0 };
        for index in 0..self.columns.len() {
            let Some(step) = self.columns[index].1 else { continue };
            for rank in ACTS..CORE.len() {
                let Some(flow) = step.act(&CORE[rank]).map(|act| act.flow) else { continue };
                // What the customer sees of us is nobody's work: no arrow begins there.
                let above = (ACTS - 1..rank).rev().find(|&above| has_card(above, index));
                let Some(above) = above.filter(|_| has_card(rank, index)) else { continue };
                let x = self.left(index) + self.column / 2.0;
                self.shapes.extend(arrow(x, ends[above][1], ends[rank][0], flow));
            }
        }
    }

    /// The lines between two rows of cards.
    fn lines(&mut self, above: usize, below: usize) {
        const LINES: [(&str, &str); 3] =
            [("interaction", "line_interaction"), ("visibility", "line_visibility"), ("internal", "line_internal")];
        let line = |rank: usize| (rank + 1).saturating_sub(ACTS);
        let crossed = &LINES[line(above)..line(below)];
        for (name, key) in crossed {
            let said = self.here.words.get(key);
            self.shapes.extend(divide(name, said, self.width(), self.y + CROSSED / 2.0));
            self.y += CROSSED;
        }
        if crossed.is_empty() {
            self.y += PLAIN;
        }
    }

    fn card(&mut self, step: &'a Step, lane: &Lane) -> Option<Stack> {
        let here = self.here;
        let mut card = Stack::new(self.column - 2.0 * (INSET + PAD));
        match lane {
            Lane::Evidence => card.text(&here.said(step.evidence.as_ref()?), Style::CELL),
            Lane::Actions if step.unseen => return None,
            Lane::Actions => {
                self.marks(&mut card, &step.fails, step.waits.as_ref());
                card.text(&here.said(&step.action), Style::CELL);
            }
            lane => {
                let act = step.act(lane)?;
                self.marks(&mut card, &act.fails, act.waits.as_ref());
                card.text(&here.said(&act.text), Style::CELL);
                if let Some(team) = act.team {
                    card.text(&here.said(&here.handbook[team].title), Style::HINT);
                }
            }
        }
        Some(card)
    }

    /// What breaks at a card, and whether somebody waits.
    fn marks(&mut self, card: &mut Stack, fails: &[Id<FailPoint>], waits: Option<&'a Text>) {
        let mut labels: Vec<(String, bool)> =
            fails.iter().map(|fail| (format!("F{}", fail.index() + 1), true)).collect();
        if let Some(waits) = waits {
            self.waits.push(self.here.said(waits));
            labels.push((format!("W{}", self.waits.len()), false));
        }
        for labels in labels.chunks(3) {
            let drawn =
                labels.iter().enumerate().flat_map(|(at, (label, fails))| mark(38.0 * at as f64, label, *fails));
            let drawn: Vec<Shape> = drawn.collect();
            card.shapes(22.0, drawn);
        }
        if let Some(waits) = waits {
            card.text(&self.here.said(waits), Style::HINT);
        }
    }
}

/// A step's name, when it happens and how it feels.
fn head<'a>(here: &Here<'a>, (column, step): &(Column<'a>, Option<&'a Step>), width: f64) -> Stack {
    let mut head = Stack::new(width);
    head.text(&here.said(step.map_or(&column.stage.title, Step::label)), Style::STRONG);
    let Some(step) = step else { return head };
    if let Some(when) = step.when.as_ref() {
        head.text(&here.said(when), Style::HINT);
    }
    if let Some(feeling) = step.feels {
        let feels = here.feels(feeling);
        let word = step.feeling.as_ref().map(|word| here.words.list([&*here.said(word).text, &feels.value]));
        head.faced(feels.face, &Said::plain(word.unwrap_or(feels.value)), Style::HINT, Role::Card);
    }
    if step.moment_of_truth.is_some() {
        head.marked("moment", &here.word("moment_of_truth"), Style::LABEL);
    }
    head
}

/// `F1` in a red box, `W1` in a ring.
fn mark(x: f64, label: &str, fails: bool) -> [Shape; 2] {
    let width = pixels(label, 10.5, true) + 14.0;
    let (fill, edge, role) = match fails {
        true => (Role::Feeling(-2), None, Role::Card),
        false => (Role::Card, Some((Role::Ink, 1.5)), Role::Ink),
    };
    let r = if fails { 3.0 } else { 8.5 };
    [
        Shape::Rect { x, y: 1.0, width, height: 17.0, r, fill: Some(fill), edge },
        Style::LABEL.in_role(role).line(label, x + width / 2.0, 9.5, "middle"),
    ]
}

/// An arrow between two cards.
fn arrow(x: f64, top: f64, bottom: f64, flow: Flow) -> Vec<Shape> {
    let (up, down) = match flow {
        Flow::Down => (false, true),
        Flow::Up => (true, false),
        Flow::Both => (true, true),
        Flow::None => return Vec::new(),
    };
    let (from, to) = ([x, top + if up { 8.0 } else { 2.0 }], [x, bottom - if down { 8.0 } else { 2.0 }]);
    let mut shapes = vec![Shape::Line { from, to, edge: (Role::Ink, 2.0), dash: Dash::Solid }];
    let mut tip = |y: f64, d: &str| {
        let fill = Some(Role::Ink);
        shapes.push(Shape::Path { x, y, d: d.to_owned(), fill, edge: None, dash: Dash::Solid });
    };
    if up {
        tip(top + 2.0, "M0 0L5 9H-5z");
    }
    if down {
        tip(bottom - 2.0, "M0 0L5 -9H-5z");
    }
    shapes
}

/// What breaks, what we know of it and what would mend it; and who waits how long.
fn breaks<'a>(here: &Here<'a>, waits: &[Said<'a>], blueprint: &'a Blueprint, width: f64) -> Stack {
    let mut below = Stack::new(width);
    if !blueprint.fail_points.is_empty() {
        below.plain(here.words.get("fails"), Style::LEAD_BOLD);
    }
    let column = (width - 50.0) / 3.0;
    for (index, fail) in blueprint.fail_points.iter().enumerate() {
        below.gap(8.0);
        let mut what = Stack::new(column - 20.0);
        what.text(&here.said(&fail.title), Style::STRONG);
        let mut known = Stack::new(column - 20.0);
        if let Some(text) = &fail.known {
            known.text(&here.said(text), Style::CELL);
        }
        if fail.known.is_some() || !fail.insights.is_empty() {
            cells::evidence(here, &mut known, &here.evidence(&fail.insights), None);
        }
        let mut fixes = Stack::new(column - 20.0);
        for &opportunity in &fail.opportunities {
            cells::opportunity(&mut fixes, &here.opportunity(opportunity));
        }
        if fail.opportunities.is_empty() {
            fixes.plain(here.words.get("nobody_mends"), Style::HINT);
        }
        let columns = [what, known, fixes];
        let height = columns.iter().map(Stack::height).fold(18.0, f64::max) + 8.0;
        let mut shapes: Vec<Shape> = mark(0.0, &format!("F{}", index + 1), true).to_vec();
        for (at, stack) in columns.into_iter().enumerate() {
            shapes.extend(stack.at(50.0 + column * at as f64, 0.0));
        }
        shapes.push(Shape::rule([0.0, height], [width, height], Role::Rule));
        below.shapes(height, [Shape::group(here.words.get("fail_point"), shapes)]);
    }
    if !waits.is_empty() {
        below.gap(20.0);
        below.plain(here.words.get("waits"), Style::LEAD_BOLD);
    }
    for (index, long) in waits.iter().enumerate() {
        below.gap(6.0);
        let mut text = Stack::new(width - 50.0);
        text.text(long, Style::CELL);
        let height = text.height().max(18.0) + 2.0;
        let shapes: Vec<Shape> =
            mark(0.0, &format!("W{}", index + 1), false).into_iter().chain(text.at(50.0, 0.0)).collect();
        below.shapes(height, [Shape::group(here.words.get("wait"), shapes)]);
    }
    below
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
fn divide(line: &str, said: &str, width: f64, middle: f64) -> Vec<Shape> {
    let (dash, weight) = match line {
        "visibility" => (Dash::Dashed, 2.0),
        "internal" => (Dash::Dotted, 3.0),
        _ => (Dash::Solid, 2.0),
    };
    let mut name = Stack::new(LANE - PAD - 4.0);
    name.plain(said, Style::LABEL);
    let height = name.height();
    let line = Shape::Line { from: [LANE, middle], to: [width, middle], edge: (Role::Ink, weight), dash };
    let mut shapes = name.at(PAD, middle - height / 2.0);
    shapes.push(line);
    shapes
}
