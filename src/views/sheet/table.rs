//! Stages across, the curve under their names, and a row for each lane.

use super::felt::{axis, lane, pill};
use super::stack::{Stack, Style};
use super::{Dash, Drawing, Role, Shape, cells, moved, pixels};
use crate::model::{Id, JourneyMap, Lane};
use crate::views::felt::felt_in;
use crate::views::here::{Here, Said};
use crate::views::journey::{StageView, TableView, plain};
use crate::views::lanes::Row;
use crate::views::lanes::drawn;

/// The lanes' names stand in a column of this width.
pub(super) const LANE: f64 = 138.0;
/// Kept free at each side of a cell.
pub(super) const PAD: f64 = 10.0;
/// Kept free at the top and the bottom of a cell.
pub(super) const AIR: f64 = 9.0;

/// Draws a map as a table.
pub(super) fn draw<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> Drawing {
    let view = plain(here, id, map);
    let felt = |column| lane(here, &felt_in(map), map.stages.len(), column);
    let wanted = drawn(here, map).contains(&Lane::Feelings);
    let felt = if wanted { felt(column(map.stages.len())) } else { None };
    draw_with(here, view, felt)
}

/// Draws a table with the lane of feelings that is given.
pub(super) fn draw_with(here: &Here<'_>, view: TableView<'_>, felt: Option<(f64, Vec<Shape>)>) -> Drawing {
    let count = view.stages.len();
    let column = column(count);
    let width = LANE + column * count as f64;
    let mut y = 0.0;
    let mut shapes = Vec::new();
    if count > 0 {
        let (height, head) = stages(here, &view.stages, column);
        shapes.push(Shape::group(here.words.get("stages"), head));
        y += height;
        shapes.push(Shape::rule([0.0, y], [width, y], Role::Edge));
    }
    if let Some((height, felt)) = felt {
        let mut row = moved(felt, LANE, y);
        row.extend(lane_name(None, &here.word("lane_feelings"), here.words.get("hint_feelings")).at(PAD, y + AIR));
        row.extend(moved(axis(here, height), 0.0, y));
        shapes.push(Shape::group(here.words.get("lane_feelings"), row));
        y += height;
        shapes.push(Shape::rule([0.0, y], [width, y], Role::Rule));
    }
    if let Some(paths) = &view.paths {
        let mut row = moved(super::paths::draw(&paths.drawing, width - LANE), LANE, y);
        row.extend(lane_name(None, &here.word("lane_paths"), here.words.get("hint_paths")).at(PAD, y + AIR));
        shapes.push(Shape::group(here.words.get("lane_paths"), row));
        y += paths.drawing.height;
        shapes.push(Shape::rule([0.0, y], [width, y], Role::Rule));
    }
    for band in &view.bands {
        shapes.push(Shape::area(0.0, y, width, 28.0, Role::Sunk));
        shapes.push(Style::STRONG.line(band.title, PAD, y + 14.0, "start"));
        y += 28.0;
        for row in &band.rows {
            let (height, drawn) = self::row(here, row, column);
            shapes.push(Shape::group(row.title, moved(drawn, 0.0, y)));
            y += height;
            shapes.push(Shape::rule([0.0, y], [width, y], Role::Rule));
        }
    }
    let mut back = ground(&view, column, width, y);
    back.extend(shapes);
    Drawing { told: view.caption, width, height: y, shapes: back }
}

/// How wide a column is, so that seven of them fill a sheet of A3.
pub(super) fn column(count: usize) -> f64 {
    (1440.0 / count.max(1) as f64).clamp(176.0, 360.0).floor()
}

/// What lies behind everything: the surface, the stage to fix first, and lines between the columns.
fn ground(view: &TableView<'_>, column: f64, width: f64, height: f64) -> Vec<Shape> {
    let mut shapes = vec![Shape::area(0.0, 0.0, width, height, Role::Card)];
    let left = |index: usize| LANE + column * index as f64;
    for (index, _) in view.stages.iter().enumerate().filter(|(_, stage)| stage.hot) {
        shapes.push(Shape::area(left(index), 0.0, column, height, Role::Hot));
    }
    for index in 0..view.stages.len() {
        shapes.push(Shape::rule([left(index), 0.0], [left(index), height], Role::Rule));
    }
    let edge = Some((Role::Rule, 1.0));
    shapes.push(Shape::Rect { x: 0.0, y: 0.0, width, height, r: 0.0, fill: None, edge });
    shapes
}

/// The names of the stages on their line of stops.
fn stages(here: &Here<'_>, stages: &[StageView<'_>], column: f64) -> (f64, Vec<Shape>) {
    let heads: Vec<Stack> = stages.iter().map(|stage| self::stage(here, stage, column - 2.0 * PAD)).collect();
    let height = heads.iter().map(Stack::height).fold(0.0, f64::max) + 48.0;
    let line_y = 20.0;
    let end = LANE + column * stages.len() as f64;
    let mut shapes =
        vec![Shape::Line { from: [LANE + PAD, line_y], to: [end, line_y], edge: (Role::Ink, 2.0), dash: Dash::Solid }];
    for ((index, stage), head) in stages.iter().enumerate().zip(heads) {
        let x = LANE + column * index as f64 + PAD;
        shapes.extend(stop(x, line_y, stage.number, stage.hot));
        if stage.hot {
            let words = here.words.get("fix_first");
            shapes.extend(pill(x + 28.0, line_y - 7.5, pixels(words, 10.5, true) + 20.0, words));
        }
        shapes.extend(head.at(x, 38.0));
    }
    (height, shapes)
}

/// A numbered stop on a line.
pub(super) fn stop(x: f64, y: f64, number: usize, full: bool) -> [Shape; 2] {
    let (fill, role) = if full { (Role::Ink, Role::Card) } else { (Role::Card, Role::Ink) };
    let edge = Some((Role::Ink, 2.0));
    [
        Shape::Rect { x, y: y - 11.0, width: 22.0, height: 22.0, r: 11.0, fill: Some(fill), edge },
        Style::LABEL.in_role(role).line(&number.to_string(), x + 11.0, y, "middle"),
    ]
}

fn stage(here: &Here<'_>, stage: &StageView<'_>, width: f64) -> Stack {
    let mut head = Stack::new(width);
    head.text(&stage.name, Style::NAME);
    if let Some(duration) = &stage.duration {
        head.text(duration, Style::HINT);
    }
    if let Some(feels) = &stage.feels {
        let ground = if stage.hot { Role::Hot } else { Role::Card };
        head.faced(feels.face, &Said::plain(feels.value.as_str()), Style::HINT, ground);
    }
    if let Some(opens) = &stage.opens {
        head.plain(
            &format!("{}{}{}", here.words.get("in_detail"), here.words.get("colon"), opens.link.title.text),
            Style::HINT,
        );
    }
    head
}

/// A lane's name and what newcomers need to know of it.
pub(super) fn lane_name(icon: Option<&str>, title: &Said<'_>, hint: &str) -> Stack {
    let mut name = Stack::new(LANE - 2.0 * PAD);
    match icon {
        Some(icon) => name.marked(icon, title, Style::STRONG),
        None => name.text(title, Style::STRONG),
    }
    name.plain(hint, Style::HINT);
    name
}

pub(super) fn row(here: &Here<'_>, row: &Row<'_>, column: f64) -> (f64, Vec<Shape>) {
    let title = Said { text: row.title.into(), lang: row.lang };
    let name = lane_name(row.icon, &title, row.hint);
    let cells: Vec<Stack> = row.cells.iter().map(|cell| cells::cell(here, row, cell, column - 2.0 * PAD)).collect();
    let height = cells.iter().map(Stack::height).fold(name.height(), f64::max) + 2.0 * AIR;
    let mut shapes = name.at(PAD, AIR);
    for (index, cell) in cells.into_iter().enumerate() {
        shapes.extend(cell.at(LANE + column * index as f64 + PAD, AIR));
    }
    (height, shapes)
}
