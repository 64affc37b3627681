//! A map on one sheet: its drawing as shapes at fixed places, to be taken away as a single file.
//!
//! Everything is placed here, in pixels, so that whoever draws the sheet needs no browser, no style and no font of ours.
//! Widths of texts are estimates with some air: lines are broken before they could leave their column, and rows grow with
//! their lines, so nothing is cut off. Colours are roles; what paints them decides which they are.

mod blueprint;
mod cells;
mod crowd;
mod day;
mod empathy;
mod felt;
mod head;
mod paths;
mod stack;
mod table;

use super::here::Here;
use super::wrap;
use crate::model::{Contents, Id, JourneyMap};

/// A drawing, from its left top corner, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What the map is called.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub told: String,
    /// The language, as a BCP 47 tag.
    pub lang: String,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// What is drawn, from the back to the front.
    pub shapes: Vec<Shape>,
}

/// Something drawn. A shape without a fill or an edge has neither.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of SVG")]
pub enum Shape {
    /// Shapes that belong together.
    Group { label: String, hint: bool, shapes: Vec<Shape> },
    /// A box, its corners rounded by `r`.
    Rect { x: f64, y: f64, width: f64, height: f64, r: f64, fill: Option<Role>, edge: Option<(Role, f64)> },
    /// A straight line.
    Line { from: [f64; 2], to: [f64; 2], edge: (Role, f64), dash: Dash },
    /// Path data, moved to `x` and `y`.
    Path { x: f64, y: f64, d: String, fill: Option<Role>, edge: Option<(Role, f64)>, dash: Dash },
    /// A curve of feelings.
    Curve(CurveShape),
    /// A face round its middle, its features in the colour of what it lies on.
    Face { x: f64, y: f64, r: f64, face: i8, ground: Role },
    /// One of the theme's drawings, from its left top corner.
    Icon { x: f64, y: f64, size: f64, name: String, role: Role },
    /// Lines of text.
    Text(TextShape),
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Into dashes.
    Dashed,
    /// Into dots.
    Dotted,
}

/// A curve of feelings: the line, and the areas above and below zero. Path data is moved to `x` and `y`.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveShape {
    /// The left edge of the drawing.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The heights of +2, 0 and −2.
    pub levels: [f64; 3],
    /// Path data of the line; empty for fewer than two moments.
    pub line: String,
    /// Path data of the area between line and zero; empty for no area.
    pub area: String,
    /// The line's one colour and how it is broken; `None` for the colours of what it says.
    pub plain: Option<(Role, Dash)>,
}

/// Lines of text, the first at its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct TextShape {
    /// Where its lines are anchored.
    pub x: f64,
    /// The first baseline.
    pub y: f64,
    /// The lines, with a line feed between two.
    pub text: String,
    /// From one baseline to the next.
    pub leading: f64,
    /// The size of its letters.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether somebody said it.
    pub voice: bool,
    /// Its colour.
    pub role: Role,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// A seam that keeps it readable over a line, in the colour of the ground.
    pub halo: Option<Role>,
    /// Its language, where that is not the sheet's.
    pub lang: Option<String>,
}

/// What a colour is for; the names are those of the theme's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    Card,
    Sunk,
    Deep,
    Ink,
    Muted,
    Rule,
    Edge,
    Brand,
    Hot,
    /// The mark of a feeling, −2..=2.
    Feeling(i8),
    /// The tint behind a feeling, −2..=2.
    Tint(i8),
}

/// A box, in pixels of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// What a kind of map draws, from its own left top corner.
struct Drawing {
    told: String,
    width: f64,
    height: f64,
    shapes: Vec<Shape>,
}

/// Kept free round the sheet.
const MARGIN: f64 = 40.0;
/// Kept free between head, drawing and foot.
const GAP: f64 = 22.0;
/// A narrower drawing stands on a sheet of this width, for the sake of its head.
const NARROWEST: f64 = 960.0;

/// A map as a sheet.
pub fn sheet<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Sheet {
    let map = &here.handbook[id];
    let drawing = match &map.contents {
        Contents::ServiceBlueprint(contents) => blueprint::draw(here, (id, map), contents),
        Contents::Empathy(contents) => empathy::draw(here, map, contents),
        Contents::DayInTheLife(days) => day::draw(here, (id, map), days),
        Contents::PersonaBased(_) => crowd::draw(here, (id, map)),
        _ => table::draw(here, id, map),
    };
    let width = drawing.width.max(NARROWEST);
    let head = head::head(here, map, width);
    let foot = head::foot(here, map, width);
    let mut y = MARGIN;
    let mut shapes = Vec::new();
    for (height, part) in [(head.0, head.1), (drawing.height, drawing.shapes), (foot.0, foot.1)] {
        shapes.extend(moved(part, MARGIN, y));
        y += height + GAP;
    }
    Sheet {
        title: here.said(&map.item.title).text.into_owned(),
        told: drawing.told,
        lang: here.words.tag().to_owned(),
        width: width + 2.0 * MARGIN,
        height: y - GAP + MARGIN,
        shapes,
    }
}

impl Sheet {
    /// Every text that is drawn.
    pub fn texts(&self) -> Vec<&TextShape> {
        fn gather<'s>(shapes: &'s [Shape], texts: &mut Vec<&'s TextShape>) {
            for shape in shapes {
                match shape {
                    Shape::Text(text) => texts.push(text),
                    Shape::Group { shapes, .. } => gather(shapes, texts),
                    _ => {}
                }
            }
        }
        let mut texts = Vec::new();
        gather(&self.shapes, &mut texts);
        texts
    }
}

impl Shape {
    /// Moves it to the right and down.
    fn shift(&mut self, dx: f64, dy: f64) {
        match self {
            Self::Group { shapes, .. } => shapes.iter_mut().for_each(|shape| shape.shift(dx, dy)),
            Self::Line { from, to, .. } => {
                for place in [from, to] {
                    place[0] += dx;
                    place[1] += dy;
                }
            }
            Self::Rect { x, y, .. }
            | Self::Path { x, y, .. }
            | Self::Face { x, y, .. }
            | Self::Icon { x, y, .. }
            | Self::Curve(CurveShape { x, y, .. })
            | Self::Text(TextShape { x, y, .. }) => {
                *x += dx;
                *y += dy;
            }
        }
    }

    /// A box without an edge.
    fn area(x: f64, y: f64, width: f64, height: f64, role: Role) -> Self {
        Self::Rect { x, y, width, height, r: 0.0, fill: Some(role), edge: None }
    }

    /// A straight line, a pixel wide.
    fn rule(from: [f64; 2], to: [f64; 2], role: Role) -> Self {
        Self::Line { from, to, edge: (role, 1.0), dash: Dash::Solid }
    }

    /// Shapes under a name for those who do not see them; nothing for no shapes.
    fn group(label: impl Into<String>, shapes: Vec<Self>) -> Self {
        Self::Group { label: label.into(), hint: false, shapes }
    }

    /// The same, and the name is shown to whoever points at it.
    fn hinted(label: impl Into<String>, shapes: Vec<Self>) -> Self {
        Self::Group { label: label.into(), hint: true, shapes }
    }
}

/// The same shapes elsewhere.
fn moved(mut shapes: Vec<Shape>, dx: f64, dy: f64) -> Vec<Shape> {
    shapes.iter_mut().for_each(|shape| shape.shift(dx, dy));
    shapes
}

impl TextShape {
    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n')
    }

    /// About what it covers.
    pub fn bounds(&self) -> Bounds {
        let width = self.lines().map(|line| pixels(line, self.size, self.bold)).fold(0.0, f64::max);
        let left = match self.anchor {
            "middle" => self.x - width / 2.0,
            "end" => self.x - width,
            _ => self.x,
        };
        let last = self.leading * self.lines().count().saturating_sub(1) as f64;
        let (top, bottom) = (self.y - self.size * 0.75, self.y + last + self.size * 0.2);
        Bounds { left, top, right: left + width, bottom }
    }
}

/// About how wide a line is.
fn pixels(line: &str, size: f64, bold: bool) -> f64 {
    in_pixels(wrap::width(line), size, bold)
}

/// The same of hundredths of an em.
fn in_pixels(width: u32, size: f64, bold: bool) -> f64 {
    f64::from(width) * size * weight(bold) / 100.0
}

/// How much wider letters are than those of regular weight.
fn weight(bold: bool) -> f64 {
    if bold { 1.06 } else { 1.0 }
}
