//! What texts have in common: said once for a group of them, where that is shorter than saying it of each.

use super::xml::{Paint, Xml, colour};
use crate::views::sheet::{Anchor, Role, Shape, TextShape};

/// How a text is set, as far as it may have that from the group around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Common {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) role: Role,
    pub(super) anchor: Anchor,
    /// Whether it has a seam under its letters, in a colour that it says itself.
    pub(super) seam: bool,
}

/// How wide a seam is.
const SEAM: f64 = 4.0;

impl Common {
    /// What the root of a file says.
    pub(super) const ROOT: Self = Self { size: 13.0, bold: false, role: Role::Ink, anchor: Anchor::Start, seam: false };

    /// What a group of shapes had best say, where this is said around it.
    pub(super) fn of(self, shapes: &[Shape<'_>]) -> Self {
        let texts = || {
            shapes.iter().filter_map(|shape| match shape {
                Shape::Text(text) => Some(text),
                _ => None,
            })
        };
        // Of a seam nobody but a text with one takes notice; whatever has an edge then says how wide it is.
        let seams = texts().filter(|text| text.halo.is_some()).count();
        Self {
            size: most(texts().map(|text| text.size), self.size),
            bold: most(texts().map(|text| text.bold), self.bold),
            role: most(texts().map(|text| text.role), self.role),
            anchor: most(texts().map(|text| text.anchor), self.anchor),
            seam: self.seam || seams > 1,
        }
    }

    /// What a text is set in. One without a seam has no edge at all, and need not say how wide it is.
    pub(super) fn with(self, text: &TextShape<'_>) -> Self {
        let TextShape { size, bold, role, anchor, halo, .. } = *text;
        Self { size, bold, role, anchor, seam: self.seam || halo.is_some() }
    }

    /// How shapes are painted that do not say otherwise.
    pub(super) fn paint(self) -> Paint {
        Paint { fill: self.role, edge: if self.seam { SEAM } else { 1.0 }, under: self.seam }
    }

    /// Says what is not said around it.
    pub(super) fn write(self, out: &mut Xml, around: Self) {
        if self.size != around.size {
            out.number(" font-size=\"", self.size);
        }
        if self.bold != around.bold {
            out.raw(if self.bold { " font-weight=\"600\"" } else { " font-weight=\"400\"" });
        }
        if self.anchor != around.anchor {
            out.fixed(" text-anchor=\"", super::anchor(self.anchor));
        }
        if self.role != around.role {
            out.fixed(" fill=\"", colour(self.role));
        }
        if self.seam && !around.seam {
            out.number(" stroke-width=\"", SEAM);
            out.raw(" paint-order=\"stroke\"");
        }
    }
}

/// The value that most of some have, if saying it once is shorter than what those say who have the one around them.
fn most<T: Copy + PartialEq>(values: impl Iterator<Item = T>, around: T) -> T {
    const KINDS: usize = 8;
    let mut counts = [(around, 0_usize); KINDS];
    let mut known = 1;
    for value in values {
        match counts[..known].iter().position(|(one, _)| *one == value) {
            Some(at) => counts[at].1 += 1,
            // More kinds than these have little in common.
            None if known < KINDS => {
                counts[known] = (value, 1);
                known += 1;
            }
            None => {}
        }
    }
    let others = counts[1..known].iter().copied().reduce(|most, one| if one.1 > most.1 { one } else { most });
    match others {
        Some((value, count)) if count > counts[0].1 + 1 => value,
        _ => around,
    }
}
