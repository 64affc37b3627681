//! Faces and icons: drawn once at the top of a file in each size and colour they have in it, and named wherever they stand.

use super::xml::{Xml, colour};
use crate::render::sprite;
use crate::views::digits;
use crate::views::sheet::Role;

/// What is drawn once. What is compared fast stands first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Symbol<'s> {
    /// A face of radius 10 round its middle; its features have the colour of the ground.
    Face { face: i8, ground: Role },
    /// One of the theme's drawings, from its left top corner.
    Icon { role: Role, size: f64, name: &'s str },
}

/// The symbols of a file in the order of their first use, named by letters: `a`, `b` … `z`, `ba`.
#[derive(Debug, Default)]
pub(super) struct Symbols<'s> {
    known: Vec<(Symbol<'s>, bool)>,
    /// Their definitions.
    pub(super) defined: Xml,
}

impl<'s> Symbols<'s> {
    /// The number of a symbol, from 0; `None` for an icon that the theme does not have.
    pub(super) fn number(&mut self, symbol: Symbol<'s>, icons: &sprite::Sheet) -> Option<usize> {
        let at = self.known.iter().position(|(known, _)| *known == symbol).unwrap_or_else(|| {
            let there = self.define(symbol, icons);
            self.known.push((symbol, there));
            self.known.len() - 1
        });
        self.known[at].1.then_some(at)
    }

    fn define(&mut self, symbol: Symbol<'_>, icons: &sprite::Sheet) -> bool {
        let number = self.known.len();
        let out = &mut self.defined;
        match symbol {
            Symbol::Face { face, ground } => {
                let line = colour(ground);
                out.raw("<g id=\"");
                name(&mut out.bytes, number);
                out.raw("\"><circle r=\"10\"");
                out.fixed(" fill=\"", colour(Role::Feeling(face)));
                out.raw("/><path");
                out.fixed(" d=\"", features(face));
                out.fixed(" fill=\"", if face == 2 { line } else { "none" });
                out.fixed(" stroke=\"", line);
                out.raw(" stroke-width=\"1.7\"/></g>\n");
            }
            Symbol::Icon { size, name, role } => {
                let Some(drawing) = icons.drawing(name) else { return false };
                let ink = colour(role);
                out.raw("<g id=\"");
                self::name(&mut out.bytes, number);
                out.raw("\" transform=\"scale(");
                digits::thousandths(&mut out.bytes, size / 24.0);
                out.raw(")\" fill=\"none\"");
                out.fixed(" stroke=\"", ink);
                out.raw(" stroke-width=\"1.8\">");
                for (at, piece) in drawing.split("currentColor").enumerate() {
                    if at > 0 {
                        out.raw(ink);
                    }
                    out.raw(piece);
                }
                out.raw("</g>\n");
            }
        }
        true
    }
}

/// The name of the symbol of some number.
pub(super) fn name(out: &mut Vec<u8>, number: usize) {
    if number >= 26 {
        name(out, number / 26);
    }
    out.push(b'a' + (number % 26) as u8);
}

/// Eyes and mouth.
fn features(face: i8) -> &'static str {
    match face {
        2 => "M-3.4-3v.01M3.4-3v.01M-5 1.2H5a5 5 0 0 1-10 0z",
        1 => "M-3.4-2.6v.01M3.4-2.6v.01M-4 2.4Q0 6.4 4 2.4",
        0 => "M-3.4-2.6v.01M3.4-2.6v.01M-3.8 3.6h7.6",
        -1 => "M-3.4-2.6v.01M3.4-2.6v.01M-3.8 5Q0 1.6 3.8 5",
        _ => "M-6.2-5.6l3.6 2M6.2-5.6l-3.6 2M-3.4-1.2v.01M3.4-1.2v.01M-4.2 6Q0 .5 4.2 6",
    }
}
