//! Stages across, the curve under their names, and a row for each lane.

use super::canvas::Canvas;
use super::felt::{axis, lane, pill};
use super::shape::pixels;
use super::stack::{Stack, Style};
use super::{Anchor, Dash, Drawing, Role, Shape, cells};
use crate::model::{Id, JourneyMap, Lane};
use crate::views::felt::felt_in;
use crate::views::here::{Here, Said};
use crate::views::journey::{StageView, TableView, plain};
use crate::views::lanes::{Row, drawn};

/// The lanes' names stand in a column of this width.
pub(super) const LANE: f64 = 138.0;
/// Kept free at each side of a cell.
pub(super) const PAD: f64 = 10.0;
/// Kept free at the top and the bottom of a cell.
pub(super) const AIR: f64 = 9.0;

/// Draws a map as a table.
pub(super) fn draw<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> Drawing {
    let felt = felt_in(map);
    let view = plain(here, id, map, &felt);
    let (stages, wanted) = (map.stages.len(), drawn(here, map).contains(&Lane::Feelings));
    draw_with(
        here,
        canvas,
        view,
        |canvas| {
            if wanted { lane(here, canvas, &felt, stages, column(stages)) } else { None }
        },
    )
}

/// Draws a table with the lane of feelings that is given: drawn from the left top corner of its first cell, it says how
/// high it is.
pub(super) fn draw_with<'a>(
    here: &Here<'a>,
    canvas: &mut Canvas<'a>,
    view: TableView<'a>,
    felt: impl FnOnce(&mut Canvas<'a>) -> Option<f64>,
) -> Drawing {
    let count = view.stages.len();
    let (column, width) = (column(count), width(count));
    let ground = ground(canvas, &view, column, width);
    let mut y = 0.0;
    if count > 0 {
        y += canvas.group(here.words.get("stages"), |canvas| stages(here, canvas, &view.stages, column));
        canvas.push(Shape::rule([0.0, y], [width, y], Role::Edge));
    }
    let felt = canvas.group(here.words.get("lane_feelings"), |canvas| {
        let height = canvas.from([LANE, y], felt)?;
        canvas.from([0.0, y], |canvas| {
            lane_name(canvas, None, &here.word("lane_feelings"), here.words.get("hint_feelings"));
            axis(here, canvas, height);
        });
        Some(height)
    });
    if let Some(height) = felt {
        y += height;
        canvas.push(Shape::rule([0.0, y], [width, y], Role::Rule));
    }
    if let Some(paths) = &view.paths {
        canvas.group(here.words.get("lane_paths"), |canvas| {
            canvas.from([LANE, y], |canvas| super::paths::draw(canvas, &paths.drawing, width - LANE));
            let (title, hint) = (here.word("lane_paths"), here.words.get("hint_paths"));
            canvas.from([0.0, y], |canvas| lane_name(canvas, None, &title, hint));
        });
        y += paths.drawing.height;
        canvas.push(Shape::rule([0.0, y], [width, y], Role::Rule));
    }
    for band in &view.bands {
        canvas.area(0.0, y, width, 28.0, Role::Sunk);
        canvas.line(Style::STRONG, band.title, [PAD, y + 14.0], Anchor::Start);
        y += 28.0;
        for row in &band.rows {
            y += canvas.group(row.title, |canvas| canvas.from([0.0, y], |canvas| self::row(here, canvas, row, column)));
            canvas.push(Shape::rule([0.0, y], [width, y], Role::Rule));
        }
    }
    canvas.reach(ground, y);
    Drawing { told: view.caption, height: y }
}

/// How wide a column is, so that seven of them fill a sheet of A3.
pub(super) fn column(count: usize) -> f64 {
    (1440.0 / count.max(1) as f64).clamp(176.0, 360.0).floor()
}

/// How wide a table is.
pub(super) fn width(count: usize) -> f64 {
    LANE + column(count) * count as f64
}

/// What lies behind everything: the surface, the stage to fix first, and lines between the columns. How far down they
/// reach is known when all else is drawn.
fn ground(canvas: &mut Canvas<'_>, view: &TableView<'_>, column: f64, width: f64) -> std::ops::Range<usize> {
    let from = canvas.mark();
    let left = |index: usize| LANE + column * index as f64;
    canvas.area(0.0, 0.0, width, 0.0, Role::Card);
    for (index, _) in view.stages.iter().enumerate().filter(|(_, stage)| stage.hot) {
        canvas.area(left(index), 0.0, column, 0.0, Role::Hot);
    }
    for index in 0..view.stages.len() {
        canvas.push(Shape::rule([left(index), 0.0], [left(index), 0.0], Role::Rule));
    }
    let edge = Some((Role::Rule, 1.0));
    canvas.push(Shape::Rect { x: 0.0, y: 0.0, width, height: 0.0, r: 0.0, fill: None, edge });
    from..canvas.mark()
}

/// The names of the stages on their line of stops; how high they are.
fn stages<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, stages: &[StageView<'a>], column: f64) -> f64 {
    let line_y = 20.0;
    let end = LANE + column * stages.len() as f64;
    let (from, to) = ([LANE + PAD, line_y], [end, line_y]);
    canvas.push(Shape::Line { from, to, edge: (Role::Ink, 2.0), dash: Dash::Solid });
    let mut height = 0.0_f64;
    for (index, stage) in stages.iter().enumerate() {
        let x = LANE + column * index as f64 + PAD;
        stop(canvas, x, line_y, stage.number, stage.hot);
        if stage.hot {
            let words = here.words.get("fix_first");
            pill(canvas, [x + 28.0, line_y - 7.5], pixels(words, 10.5, true) + 20.0, words);
        }
        let mut head = Stack::new(canvas, [x, 38.0], column - 2.0 * PAD);
        self::stage(here, &mut head, stage);
        height = height.max(head.height());
    }
    height + 48.0
}

/// A numbered stop on a line.
pub(super) fn stop(canvas: &mut Canvas<'_>, x: f64, y: f64, number: usize, full: bool) {
    let (fill, role) = if full { (Role::Ink, Role::Card) } else { (Role::Card, Role::Ink) };
    let (fill, edge) = (Some(fill), Some((Role::Ink, 2.0)));
    canvas.push(Shape::Rect { x, y: y - 11.0, width: 22.0, height: 22.0, r: 11.0, fill, edge });
    canvas.line(Style::LABEL.in_role(role), &number.to_string(), [x + 11.0, y], Anchor::Middle);
}

fn stage<'a>(here: &Here<'a>, head: &mut Stack<'_, 'a>, stage: &StageView<'a>) {
    head.text(&stage.name, Style::NAME);
    if let Some(duration) = &stage.duration {
        head.text(duration, Style::HINT);
    }
    if let Some(feels) = &stage.feels {
        let ground = if stage.hot { Role::Hot } else { Role::Card };
        head.faced(feels.face, &feels.value, None, Style::HINT, ground);
    }
    if let Some(opens) = &stage.opens {
        head.plain(
            &format!("{}{}{}", here.words.get("in_detail"), here.words.get("colon"), opens.link.title.text),
            Style::HINT,
        );
    }
}

/// A lane's name and what newcomers need to know of it, at the left end of its row; how high they are.
pub(super) fn lane_name<'a>(canvas: &mut Canvas<'a>, icon: Option<&'a str>, title: &Said<'a>, hint: &str) -> f64 {
    let mut name = Stack::new(canvas, [PAD, AIR], LANE - 2.0 * PAD);
    match icon {
        Some(icon) => name.marked(icon, title, Style::STRONG),
        None => name.text(title, Style::STRONG),
    }
    name.plain(hint, Style::HINT);
    name.height()
}

/// A row; how high it is.
pub(super) fn row<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, row: &Row<'a>, column: f64) -> f64 {
    let title = Said { text: row.title.into(), lang: row.lang };
    let mut height = lane_name(canvas, row.icon, &title, row.hint);
    for (index, cell) in row.cells.iter().enumerate() {
        let mut stack = Stack::new(canvas, [LANE + column * index as f64 + PAD, AIR], column - 2.0 * PAD);
        cells::cell(here, &mut stack, row, cell);
        height = height.max(stack.height());
    }
    height + 2.0 * AIR
}
