//! What is drawn on: shapes go to their place in the order of drawing, and their words to the end of one long text.

use super::Role;
use super::shape::{Shape, Stretch};

/// A sheet in the making.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    shapes: Vec<Shape<'a>>,
    words: String,
    /// Where places are counted from.
    origin: [f64; 2],
}

impl<'a> Canvas<'a> {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self { shapes: Vec::with_capacity(512), words: String::with_capacity(1 << 14), origin: [0.0, 0.0] }
    }

    /// Its shapes and their words.
    pub(super) fn into_parts(self) -> (Vec<Shape<'a>>, String) {
        (self.shapes, self.words)
    }

    /// Draws something whose places are counted from here.
    pub(super) fn from<T>(&mut self, [x, y]: [f64; 2], draw: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.origin;
        self.origin = [before[0] + x, before[1] + y];
        let drawn = draw(self);
        self.origin = before;
        drawn
    }

    /// Puts a shape over all others.
    #[inline]
    pub(super) fn push(&mut self, shape: Shape<'a>) {
        self.shapes.push(shape.moved(self.origin));
    }

    /// Puts many.
    pub(super) fn extend(&mut self, shapes: impl IntoIterator<Item = Shape<'a>>) {
        shapes.into_iter().for_each(|shape| self.push(shape));
    }

    /// Words for a shape.
    pub(super) fn say(&mut self, words: &str) -> Stretch {
        self.say_with(|all| all.push_str(words)).0
    }

    /// Words for a shape, written at the end of all others; and what came of writing them.
    #[inline]
    pub(super) fn say_with<T>(&mut self, write: impl FnOnce(&mut String) -> T) -> (Stretch, T) {
        let from = self.words.len();
        let written = write(&mut self.words);
        (Stretch::new(from, self.words.len()), written)
    }

    /// How many shapes there are: a mark to look back to.
    pub(super) fn mark(&self) -> usize {
        self.shapes.len()
    }

    /// Draws shapes under a name for those who do not see them. Nothing is left of a group of none.
    pub(super) fn group<T>(&mut self, label: &str, draw: impl FnOnce(&mut Self) -> T) -> T {
        self.grouped(label, false, draw)
    }

    /// The same, and the name is shown to whoever points at them.
    pub(super) fn hinted<T>(&mut self, label: &str, draw: impl FnOnce(&mut Self) -> T) -> T {
        self.grouped(label, true, draw)
    }

    fn grouped<T>(&mut self, label: &str, hint: bool, draw: impl FnOnce(&mut Self) -> T) -> T {
        let (at, label) = (self.shapes.len(), self.say(label));
        self.shapes.push(Shape::Group { label, hint, count: 0 });
        let drawn = draw(self);
        let inside = self.shapes.len() - at - 1;
        match &mut self.shapes[at] {
            Shape::Group { count, .. } if inside > 0 => *count = inside,
            _ => self.shapes.truncate(at),
        }
        drawn
    }

    /// Makes the boxes and the lines since a mark reach down to some height: what lies behind other shapes is drawn before
    /// anybody knows how high they are.
    pub(super) fn reach(&mut self, since: std::ops::Range<usize>, bottom: f64) {
        let bottom = self.origin[1] + bottom;
        for shape in &mut self.shapes[since] {
            match shape {
                Shape::Rect { y, height, .. } => *height = bottom - *y,
                Shape::Line { to, .. } => to[1] = bottom,
                _ => {}
            }
        }
    }

    /// Moves what was drawn since a mark.
    pub(super) fn shift(&mut self, since: usize, by: [f64; 2]) {
        for shape in &mut self.shapes[since..] {
            *shape = shape.moved(by);
        }
    }

    /// A box behind what is drawn after it, whose height is told later by [`Self::reach`].
    pub(super) fn area(&mut self, x: f64, y: f64, width: f64, height: f64, role: Role) {
        self.push(Shape::area(x, y, width, height, role));
    }
}
