//! What a sheet is made of.

use crate::views::wrap;

/// Something drawn. A shape without a fill or an edge has neither.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of SVG")]
pub enum Shape<'a> {
    /// The shapes that follow, so many of them, belong together under a name, which may be shown to whoever points at them.
    Group { label: Stretch, hint: bool, count: usize },
    /// A box, its corners rounded by `r`.
    Rect { x: f64, y: f64, width: f64, height: f64, r: f64, fill: Option<Role>, edge: Option<(Role, f64)> },
    /// A straight line.
    Line { from: [f64; 2], to: [f64; 2], edge: (Role, f64), dash: Dash },
    /// Path data, moved to `x` and `y`.
    Path { x: f64, y: f64, d: Stretch, fill: Option<Role>, edge: Option<(Role, f64)>, dash: Dash },
    /// A curve of feelings.
    Curve(CurveShape),
    /// A face round its middle, its features in the colour of what it lies on.
    Face { x: f64, y: f64, r: f64, face: i8, ground: Role },
    /// One of the theme's drawings, from its left top corner.
    Icon { x: f64, y: f64, size: f64, name: &'a str, role: Role },
    /// Lines of text.
    Text(TextShape<'a>),
}

/// A part of a sheet's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    from: u32,
    to: u32,
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
    pub line: Stretch,
    /// Path data of the area between line and zero; empty for no area.
    pub area: Stretch,
    /// The line's one colour and how it is broken; `None` for the colours of what it says.
    pub plain: Option<(Role, Dash)>,
}

/// Lines of text, the first at its baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextShape<'a> {
    /// Where its lines are anchored.
    pub x: f64,
    /// The first baseline.
    pub y: f64,
    /// The lines, with a line feed between two.
    pub words: Stretch,
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
    /// Where its lines stand from their anchor.
    pub anchor: Anchor,
    /// A seam that keeps it readable over a line, in the colour of the ground.
    pub halo: Option<Role>,
    /// Its language, where that is not the sheet's.
    pub lang: Option<&'a str>,
}

/// Where a line of text stands from its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
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

impl Stretch {
    /// Between two places of a text; a text of 4 GB has none beyond.
    pub(super) fn new(from: usize, to: usize) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { from: place(from), to: place(to) }
    }

    /// The words of this stretch; empty where there are none.
    pub(super) fn of(self, words: &str) -> &str {
        words.get(self.from as usize..self.to as usize).unwrap_or_default()
    }

    /// Whether it has no words.
    pub fn is_empty(self) -> bool {
        self.from == self.to
    }
}

impl Shape<'_> {
    /// The same to the right and down.
    pub(super) fn moved(mut self, [dx, dy]: [f64; 2]) -> Self {
        match &mut self {
            Self::Group { .. } => {}
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
        self
    }

    /// A box without an edge.
    pub(super) fn area(x: f64, y: f64, width: f64, height: f64, role: Role) -> Self {
        Self::Rect { x, y, width, height, r: 0.0, fill: Some(role), edge: None }
    }

    /// A straight line, a pixel wide.
    pub(super) fn rule(from: [f64; 2], to: [f64; 2], role: Role) -> Self {
        Self::Line { from, to, edge: (role, 1.0), dash: Dash::Solid }
    }
}

impl Anchor {
    /// The one that SVG calls so.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "middle" => Self::Middle,
            "end" => Self::End,
            _ => Self::Start,
        }
    }
}

impl TextShape<'_> {
    /// About what it covers, saying `words`.
    pub fn bounds(&self, words: &str) -> Bounds {
        let last = words.split('\n').count() - 1;
        let width = words.split('\n').map(|line| pixels(line, self.size, self.bold)).fold(0.0, f64::max);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let (top, bottom) = (self.y - self.size * 0.75, self.y + self.leading * last as f64 + self.size * 0.2);
        Bounds { left, top, right: left + width, bottom }
    }
}

/// About how wide a line is.
pub(super) fn pixels(line: &str, size: f64, bold: bool) -> f64 {
    in_pixels(wrap::width(line), size, bold)
}

/// The same of hundredths of an em.
pub(super) fn in_pixels(width: u32, size: f64, bold: bool) -> f64 {
    f64::from(width) * size * weight(bold) / 100.0
}

/// How much wider letters are than those of regular weight.
pub(super) fn weight(bold: bool) -> f64 {
    if bold { 1.06 } else { 1.0 }
}
