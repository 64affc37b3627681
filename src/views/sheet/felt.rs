//! The curve of a map, at fixed places.

use super::canvas::Canvas;
use super::stack::Style;
use super::{Anchor, CurveShape, Dash, Role, Shape, TextShape};
use crate::views::curve::{self, Curve, Mark, Room};
use crate::views::felt::Felt;
use crate::views::here::Here;

/// The lane of feelings, `column` pixels a stage, from the left top corner of its first cell; how high it is, and `None`
/// without feelings.
pub(super) fn lane<'a>(
    here: &Here<'a>,
    canvas: &mut Canvas<'a>,
    felt: &[Felt<'a>],
    stages: usize,
    column: f64,
) -> Option<f64> {
    let width = column * stages as f64;
    let room = Room { narrowest: width, ..Room::map(stages) };
    let curve = here.curve(felt, room, true)?;
    grid(canvas, &curve, width);
    let across = |felt: &Felt<'_>| (felt.column as f64 + felt.x) * column;
    let places: Vec<[f64; 2]> = felt.iter().zip(&curve.marks).map(|(felt, mark)| [across(felt), mark.y]).collect();
    line(canvas, &curve, felt, &places, width);
    for ((felt, mark), place) in felt.iter().zip(&curve.marks).zip(places) {
        canvas.hinted(&here.moment_told(felt), |canvas| canvas.from(place, |canvas| self::mark(canvas, mark)));
    }
    Some(curve.height)
}

/// The line of a curve through its moments, and its areas.
fn line(canvas: &mut Canvas<'_>, curve: &Curve, felt: &[Felt<'_>], places: &[[f64; 2]], width: f64) {
    let [line, area] = curve::trace(places, |at| felt[at].after_gap, curve.zero_y);
    let levels = [curve.high_y, curve.zero_y, curve.low_y];
    let (line, area) = (canvas.say(&line), canvas.say(&area));
    canvas.push(Shape::Curve(CurveShape {
        x: 0.0,
        y: 0.0,
        width,
        height: curve.height,
        levels,
        line,
        area,
        plain: None,
    }));
}

/// A line for each whole feeling.
fn grid(canvas: &mut Canvas<'_>, curve: &Curve, width: f64) {
    canvas.extend(curve.levels.iter().map(|level| self::level(level.face, level.y, width)));
}

/// The line of a whole feeling.
pub(super) fn level<'a>(face: i8, y: f64, width: f64) -> Shape<'a> {
    Shape::rule([0.0, y], [width, y], if face == 0 { Role::Edge } else { Role::Rule })
}

/// The faces of the whole feelings with their words, for the lane's own cell.
pub(super) fn axis(here: &Here<'_>, canvas: &mut Canvas<'_>, height: f64) {
    let room = Room::map(1);
    debug_assert!(height >= room.height);
    let levels = [(2, "level_2"), (1, "level_1"), (0, "level_0"), (-1, "level_-1"), (-2, "level_-2")];
    for (face, key) in levels {
        let y = room.top + f64::from(2 - face) * room.step;
        canvas.push(Shape::Face { x: 20.0, y, r: 10.0, face, ground: Role::Card });
        canvas.line(Style::HINT, here.words.get(key), [36.0, y], Anchor::Start);
    }
}

/// A diamond round a face.
pub(super) fn diamond(canvas: &mut Canvas<'_>, [x, y]: [f64; 2]) {
    let (d, edge) = (canvas.say("M0-17 17 0 0 17-17 0z"), Some((Role::Ink, 2.5)));
    canvas.push(Shape::Path { x, y, d, fill: Some(Role::Card), edge, dash: Dash::Solid });
}

/// A moment round its own middle: face, diamond, words.
fn mark(canvas: &mut Canvas<'_>, mark: &Mark) {
    let ground = if mark.hot { Role::Hot } else { Role::Card };
    if mark.truth {
        diamond(canvas, [0.0, 0.0]);
    }
    canvas.push(Shape::Face { x: 0.0, y: 0.0, r: 10.0, face: mark.face, ground: Role::Card });
    let Some(label) = &mark.label else { return };
    if let Some(pill) = &label.pill {
        self::pill(canvas, [pill.x, pill.y], pill.width, &pill.text);
    }
    let mut text = |style: Style, lines: &[String], y: f64| {
        let words = canvas.say_with(|words| {
            for (at, line) in lines.iter().enumerate() {
                words.push_str(if at > 0 { "\n" } else { "" });
                words.push_str(line);
            }
        });
        let (leading, halo) = (label.line_height, Some(ground));
        let lines = style.lines([label.x, y], Anchor::named(label.anchor));
        canvas.push(Shape::Text(TextShape { words: words.0, leading, halo, ..lines }));
    };
    if !label.lines.is_empty() {
        text(Style::MOMENT, &label.lines, label.y);
    }
    if let Some(word) = &label.word {
        let y = label.y + label.line_height * label.lines.len() as f64;
        text(Style::FELT, std::slice::from_ref(word), y);
    }
}

/// Words in a dark rounded box, 15 pixels high.
pub(super) fn pill(canvas: &mut Canvas<'_>, [x, y]: [f64; 2], width: f64, words: &str) {
    canvas.push(Shape::Rect { x, y, width, height: 15.0, r: 7.5, fill: Some(Role::Ink), edge: None });
    let words = canvas.say(words);
    let lines = Style::PILL.lines([x + width / 2.0, y + 11.0], Anchor::Middle);
    canvas.push(Shape::Text(TextShape { words, ..lines }));
}
