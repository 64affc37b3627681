//! The curve of a map, at fixed places.

use super::stack::Style;
use super::{CurveShape, Dash, Role, Shape, TextShape, moved};
use crate::views::curve::{self, Curve, Mark, Room};
use crate::views::felt::Felt;
use crate::views::here::Here;

/// The lane of feelings, `column` pixels a stage, from the left top corner of its first cell; `None` without feelings.
pub(super) fn lane(here: &Here<'_>, felt: &[Felt<'_>], stages: usize, column: f64) -> Option<(f64, Vec<Shape>)> {
    let width = column * stages as f64;
    let room = Room { narrowest: width, ..Room::map(stages) };
    let curve = here.curve(felt, room, true)?;
    let mut shapes = grid(&curve, width);
    let across = |felt: &Felt<'_>| (felt.column as f64 + felt.x) * column;
    let places: Vec<[f64; 2]> = felt.iter().zip(&curve.marks).map(|(felt, mark)| [across(felt), mark.y]).collect();
    shapes.push(line(&curve, felt, &places, width));
    for ((felt, mark), [x, y]) in felt.iter().zip(&curve.marks).zip(places) {
        shapes.push(Shape::hinted(here.moment_told(felt), moved(self::mark(mark), x, y)));
    }
    Some((curve.height, shapes))
}

/// The line of a curve through its moments, and its areas.
fn line(curve: &Curve, felt: &[Felt<'_>], places: &[[f64; 2]], width: f64) -> Shape {
    let [line, area] = curve::trace(places, |at| felt[at].after_gap, curve.zero_y);
    Shape::Curve(CurveShape {
        x: 0.0,
        y: 0.0,
        width,
        height: curve.height,
        levels: [curve.high_y, curve.zero_y, curve.low_y],
        line,
        area,
        plain: None,
    })
}

/// A line for each whole feeling.
pub(super) fn grid(curve: &Curve, width: f64) -> Vec<Shape> {
    let level = |level: &curve::Level| {
        let role = if level.face == 0 { Role::Edge } else { Role::Rule };
        Shape::rule([0.0, level.y], [width, level.y], role)
    };
    curve.levels.iter().map(level).collect()
}

/// The faces of the whole feelings with their words, for the lane's own cell.
pub(super) fn axis(here: &Here<'_>, height: f64) -> Vec<Shape> {
    let room = Room::map(1);
    debug_assert!(height >= room.height);
    let mut shapes = Vec::new();
    for face in [2, 1, 0, -1, -2] {
        let y = room.top + f64::from(2 - face) * room.step;
        shapes.push(Shape::Face { x: 20.0, y, r: 10.0, face, ground: Role::Card });
        let word = here.words.fill(&format!("level_{face}"), &[]);
        shapes.push(Style::HINT.line(&word, 36.0, y, "start"));
    }
    shapes
}

/// A moment round its own middle: face, diamond, words.
fn mark(mark: &Mark) -> Vec<Shape> {
    let ground = if mark.hot { Role::Hot } else { Role::Card };
    let mut shapes = Vec::new();
    if mark.truth {
        let d = "M0 -17L17 0L0 17L-17 0z".to_owned();
        let edge = Some((Role::Ink, 2.5));
        shapes.push(Shape::Path { x: 0.0, y: 0.0, d, fill: Some(Role::Card), edge, dash: Dash::Solid });
    }
    shapes.push(Shape::Face { x: 0.0, y: 0.0, r: 10.0, face: mark.face, ground: Role::Card });
    let Some(label) = &mark.label else { return shapes };
    if let Some(pill) = &label.pill {
        shapes.extend(self::pill(pill.x, pill.y, pill.width, &pill.text));
    }
    let text = |text: String, y: f64, bold: bool| {
        Shape::Text(TextShape {
            x: label.x,
            y,
            text,
            leading: label.line_height,
            size: 12.0,
            bold,
            voice: false,
            role: if bold { Role::Ink } else { Role::Muted },
            anchor: label.anchor,
            halo: Some(ground),
            lang: None,
        })
    };
    if !label.lines.is_empty() {
        shapes.push(text(label.lines.join("\n"), label.y, true));
    }
    if let Some(word) = &label.word {
        shapes.push(text(word.clone(), label.y + label.line_height * label.lines.len() as f64, false));
    }
    shapes
}

/// Words in a dark rounded box, 15 pixels high.
pub(super) fn pill(x: f64, y: f64, width: f64, words: &str) -> [Shape; 2] {
    let back = Shape::Rect { x, y, width, height: 15.0, r: 7.5, fill: Some(Role::Ink), edge: None };
    let text = TextShape {
        x: x + width / 2.0,
        y: y + 11.0,
        text: words.to_owned(),
        leading: 14.0,
        size: 10.5,
        bold: true,
        voice: false,
        role: Role::Card,
        anchor: "middle",
        halo: None,
        lang: None,
    };
    [back, Shape::Text(text)]
}
