//! A column of text: paragraphs and marks, one below the other, each as high as its lines.

use super::{Role, Shape, TextShape, in_pixels, moved, weight};
use crate::views::here::Said;
use crate::views::wrap;

/// Letters of other fonts than those we measured are wider: what a line keeps free at its end.
const AIR: f64 = 1.07;

/// Things in a column, from its left top corner.
#[derive(Debug)]
pub(super) struct Stack {
    width: f64,
    height: f64,
    shapes: Vec<Shape>,
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

    /// A single line, without regard for its width, anchored at `x` and with its middle at `y`.
    pub(super) fn line(self, text: &str, x: f64, y: f64, anchor: &'static str) -> Shape {
        let y = y - self.leading / 2.0 + self.ascent();
        Shape::Text(TextShape {
            x,
            y,
            text: text.to_owned(),
            leading: self.leading,
            size: self.size,
            bold: self.bold,
            voice: self.voice,
            role: self.role,
            anchor,
            halo: None,
            lang: None,
        })
    }
}

impl Stack {
    /// An empty column.
    pub(super) fn new(width: f64) -> Self {
        Self { width, height: 0.0, shapes: Vec::new() }
    }

    /// How high it is so far.
    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// Room before the next thing; none at the top.
    pub(super) fn gap(&mut self, height: f64) {
        if !self.shapes.is_empty() {
            self.height += height;
        }
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &Said<'_>, style: Style) {
        self.paragraph(&text.text, text.lang, style, 0.0, 0.0);
    }

    /// A paragraph in the sheet's language.
    pub(super) fn plain(&mut self, text: &str, style: Style) {
        self.paragraph(text, None, style, 0.0, 0.0);
    }

    /// A paragraph with a drawing before it.
    pub(super) fn marked(&mut self, icon: &str, text: &Said<'_>, style: Style) {
        self.mark(icon, style);
        self.paragraph(&text.text, text.lang, style, style.size + 5.0, 0.0);
    }

    /// A paragraph with a drawing before it, and a drawing after its last word.
    pub(super) fn between(&mut self, icon: &str, text: &Said<'_>, style: Style, after: &str) {
        self.mark(icon, style);
        let size = style.size * 0.8;
        let end = self.paragraph(&text.text, text.lang, style, style.size + 5.0, size + 8.0);
        let y = self.height - (style.leading + size) / 2.0;
        self.shapes.push(Shape::Icon { x: end * 1.05 + 5.0, y, size, name: after.to_owned(), role: style.role });
    }

    /// A paragraph with a face before it.
    pub(super) fn faced(&mut self, face: i8, text: &Said<'_>, style: Style, ground: Role) {
        let r = style.size * 0.56;
        self.shapes.push(Shape::Face { x: r, y: self.height + style.leading / 2.0, r, face, ground });
        self.paragraph(&text.text, text.lang, style, 2.0 * r + 5.0, 0.0);
    }

    /// Anything, `height` high.
    pub(super) fn shapes(&mut self, height: f64, shapes: impl IntoIterator<Item = Shape>) {
        let before = self.shapes.len();
        self.shapes.extend(shapes);
        self.shapes[before..].iter_mut().for_each(|shape| shape.shift(0.0, self.height));
        self.height += height;
    }

    /// Its shapes, moved to a place.
    pub(super) fn at(self, x: f64, y: f64) -> Vec<Shape> {
        moved(self.shapes, x, y)
    }

    fn mark(&mut self, icon: &str, style: Style) {
        let y = self.height + (style.leading - style.size) / 2.0;
        self.shapes.push(Shape::Icon { x: 0.0, y, size: style.size, name: icon.to_owned(), role: style.role });
    }

    /// Writes a paragraph and gives the end of its last line.
    fn paragraph(&mut self, text: &str, lang: Option<&str>, style: Style, indent: f64, after: f64) -> f64 {
        let room = (self.width - indent - after).max(2.0 * style.size);
        let room = (room * 100.0 / (style.size * weight(style.bold) * AIR)) as u32;
        let (text, last) = wrap::lines(text, room);
        if text.is_empty() {
            return indent;
        }
        let end = indent + in_pixels(last, style.size, style.bold);
        let count = (1 + text.bytes().filter(|byte| *byte == b'\n').count()) as f64;
        self.shapes.push(Shape::Text(TextShape {
            x: indent,
            y: self.height + style.ascent(),
            text,
            leading: style.leading,
            size: style.size,
            bold: style.bold,
            voice: style.voice,
            role: style.role,
            anchor: "start",
            halo: None,
            lang: lang.map(str::to_owned),
        }));
        self.height += count * style.leading;
        end
    }
}
