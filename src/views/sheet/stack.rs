//! A column of text: paragraphs and marks, one below the other, each as high as its lines.

use super::canvas::Canvas;
use super::shape::{Anchor, in_pixels, weight};
use super::{Role, Shape, TextShape};
use crate::views::here::Said;
use crate::views::wrap;

/// Letters of other fonts than those we measured are wider: what a line keeps free at its end.
const AIR: f64 = 1.07;

/// Things in a column of a canvas, from its left top corner.
#[derive(Debug)]
pub(super) struct Stack<'c, 'a> {
    canvas: &'c mut Canvas<'a>,
    place: [f64; 2],
    width: f64,
    height: f64,
    empty: bool,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    size: f64,
    leading: f64,
    bold: bool,
    voice: bool,
    role: Role,
}

impl Style {
    /// Running text of a cell.
    pub(super) const CELL: Self = Self::new(13.0, 18.0, Role::Ink);
    /// What is to be seen first in a cell.
    pub(super) const STRONG: Self = Self { bold: true, ..Self::CELL };
    /// What somebody said.
    pub(super) const VOICE: Self = Self { voice: true, ..Self::new(14.5, 19.5, Role::Ink) };
    /// A label or a note.
    pub(super) const HINT: Self = Self::new(11.5, 16.0, Role::Muted);
    /// A label to be seen first.
    pub(super) const LABEL: Self = Self { bold: true, role: Role::Ink, ..Self::HINT };
    /// A figure.
    pub(super) const FIGURE: Self = Self { bold: true, ..Self::new(14.0, 20.0, Role::Ink) };
    /// The name of a stage or a section.
    pub(super) const NAME: Self = Self { bold: true, ..Self::new(15.0, 20.0, Role::Ink) };
    /// The heading of a part.
    pub(super) const LEAD_BOLD: Self = Self { bold: true, ..Self::new(18.0, 28.0, Role::Ink) };
    /// A statement with room around it.
    pub(super) const LARGE: Self = Self::new(14.0, 20.0, Role::Ink);
    /// The sentence under the title.
    pub(super) const LEAD: Self = Self::new(16.0, 23.0, Role::Ink);
    /// The title.
    pub(super) const TITLE: Self = Self { bold: true, ..Self::new(30.0, 37.0, Role::Ink) };
    /// Words in a pill.
    pub(super) const PILL: Self = Self { bold: true, ..Self::new(10.5, 14.0, Role::Card) };
    /// What a moment of a curve says.
    pub(super) const MOMENT: Self = Self { bold: true, ..Self::new(12.0, 14.0, Role::Ink) };
    /// How it felt.
    pub(super) const FELT: Self = Self::new(12.0, 14.0, Role::Muted);

    const fn new(size: f64, leading: f64, role: Role) -> Self {
        Self { size, leading, bold: false, voice: false, role }
    }

    /// The same in another colour.
    pub(super) const fn in_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// From the top of a line to its baseline.
    fn ascent(self) -> f64 {
        (self.leading / 2.0 + self.size * 0.35).round()
    }

    /// Lines at their first baseline that say nothing yet.
    pub(super) fn lines<'a>(self, [x, y]: [f64; 2], anchor: Anchor) -> TextShape<'a> {
        let Self { size, leading, bold, voice, role } = self;
        let words = super::Stretch::new(0, 0);
        TextShape { x, y, words, leading, size, bold, voice, role, anchor, halo: None, lang: None }
    }
}

impl Canvas<'_> {
    /// A single line, without regard for its width, anchored at `x` and with its middle at `y`.
    pub(super) fn line(&mut self, style: Style, text: &str, [x, y]: [f64; 2], anchor: Anchor) {
        let words = self.say(text);
        let y = y - style.leading / 2.0 + style.ascent();
        self.push(Shape::Text(TextShape { words, ..style.lines([x, y], anchor) }));
    }
}

impl<'c, 'a> Stack<'c, 'a> {
    /// An empty column.
    pub(super) fn new(canvas: &'c mut Canvas<'a>, place: [f64; 2], width: f64) -> Self {
        Self { canvas, place, width, height: 0.0, empty: true }
    }

    /// How high it is so far.
    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// How wide it is.
    pub(super) fn width(&self) -> f64 {
        self.width
    }

    /// Room before the next thing; none at the top.
    pub(super) fn gap(&mut self, height: f64) {
        if !self.empty {
            self.height += height;
        }
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &Said<'a>, style: Style) {
        self.paragraph(&text.text, text.lang, style, 0.0, 0.0);
    }

    /// A paragraph in the sheet's language.
    pub(super) fn plain(&mut self, text: &str, style: Style) {
        self.paragraph(text, None, style, 0.0, 0.0);
    }

    /// A paragraph with a drawing before it.
    pub(super) fn marked(&mut self, icon: &'a str, text: &Said<'a>, style: Style) {
        self.icon(icon, style);
        self.paragraph(&text.text, text.lang, style, style.size + 5.0, 0.0);
    }

    /// A paragraph in the sheet's language with a drawing before it.
    pub(super) fn marked_plain(&mut self, icon: &'a str, text: &str, style: Style) {
        self.icon(icon, style);
        self.paragraph(text, None, style, style.size + 5.0, 0.0);
    }

    /// A paragraph with a drawing before it, and a drawing after its last word.
    pub(super) fn between(&mut self, icon: &'a str, text: &Said<'a>, style: Style, after: &'a str) {
        self.icon(icon, style);
        let size = style.size * 0.8;
        let end = self.paragraph(&text.text, text.lang, style, style.size + 5.0, size + 8.0);
        let y = self.height - (style.leading + size) / 2.0;
        self.push(Shape::Icon { x: end * 1.05 + 5.0, y, size, name: after, role: style.role });
    }

    /// A paragraph with a face before it.
    pub(super) fn faced(&mut self, face: i8, text: &str, lang: Option<&'a str>, style: Style, ground: Role) {
        let r = style.size * 0.56;
        self.push(Shape::Face { x: r, y: self.height + style.leading / 2.0, r, face, ground });
        self.paragraph(text, lang, style, 2.0 * r + 5.0, 0.0);
    }

    /// Anything, drawn from the left end of the next line and as high as it says.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Canvas<'a>) -> f64) {
        let mark = self.canvas.mark();
        let [x, y] = self.place;
        self.height += self.canvas.from([x, y + self.height], draw);
        self.empty &= self.canvas.mark() == mark;
    }

    /// Columns side by side, each of some width and drawn by its number; as high as the highest.
    pub(super) fn columns(
        &mut self,
        count: usize,
        width: f64,
        gap: f64,
        mut draw: impl FnMut(usize, &mut Stack<'_, 'a>),
    ) {
        self.draw(|canvas| {
            (0..count).fold(0.0, |height: f64, at| {
                let mut column = Stack::new(canvas, [width * at as f64, 0.0], width - gap);
                draw(at, &mut column);
                height.max(column.height)
            })
        });
    }

    fn push(&mut self, shape: Shape<'a>) {
        self.canvas.push(shape.moved(self.place));
        self.empty = false;
    }

    fn icon(&mut self, icon: &'a str, style: Style) {
        let y = self.height + (style.leading - style.size) / 2.0;
        self.push(Shape::Icon { x: 0.0, y, size: style.size, name: icon, role: style.role });
    }

    /// Writes a paragraph and gives the end of its last line.
    fn paragraph(&mut self, text: &str, lang: Option<&'a str>, style: Style, indent: f64, after: f64) -> f64 {
        let room = (self.width - indent - after).max(2.0 * style.size);
        let room = (room * 100.0 / (style.size * weight(style.bold) * AIR)) as u32;
        let (words, lines) = self.canvas.say_with(|words| wrap::lines(text, room, words));
        if lines.count == 0 {
            return indent;
        }
        let place = [indent, self.height + style.ascent()];
        self.push(Shape::Text(TextShape { words, lang, ..style.lines(place, Anchor::Start) }));
        self.height += lines.count as f64 * style.leading;
        indent + in_pixels(lines.last, style.size, style.bold)
    }
}
