//! Faces and icons: drawn once at the top of a file in each size and colour they have in it, and named wherever they stand.

use std::io::Write;

use super::xml::{Xml, colour};
use crate::render::sprite;
use crate::views::sheet::Role;

/// What is drawn once. What is compared fast stands first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Symbol<'s> {
    /// A face round its middle; its features have the colour of the ground.
    Face { face: i8, r: f64, ground: Role },
    /// One of the theme's drawings, from its left top corner.
    Icon { role: Role, size: f64, name: &'s str },
}

/// The symbols of a file, numbered from 1 in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct Symbols<'s> {
    known: Vec<(Symbol<'s>, bool)>,
    /// Their definitions.
    pub(super) defined: Xml,
}

impl<'s> Symbols<'s> {
    /// The number of a symbol; `None` for an icon that the theme does not have.
    pub(super) fn number(&mut self, symbol: Symbol<'s>, icons: &sprite::Sheet) -> Option<usize> {
        let at = self.known.iter().position(|(known, _)| *known == symbol).unwrap_or_else(|| {
            let there = self.define(symbol, icons);
            self.known.push((symbol, there));
            self.known.len() - 1
        });
        self.known[at].1.then_some(at + 1)
    }

    fn define(&mut self, symbol: Symbol<'_>, icons: &sprite::Sheet) -> bool {
        let id = self.known.len() + 1;
        let out = &mut self.defined;
        // Writing to memory does not fail.
        match symbol {
            Symbol::Face { r, face, ground } => {
                let _ = write!(out.bytes, "<g id=\"s{id}\"");
                if r != 10.0 {
                    let _ = write!(out.bytes, " transform=\"scale({:.2})\"", r / 10.0);
                }
                let (disc, line) = (colour(Role::Feeling(face)), colour(ground));
                let mouth = if face == 2 { line } else { "none" };
                let features = features(face);
                let _ = writeln!(
                    out.bytes,
                    "><circle r=\"10\" fill=\"{disc}\"/><path d=\"{features}\" fill=\"{mouth}\" stroke=\"{line}\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></g>"
                );
            }
            Symbol::Icon { size, name, role } => {
                let Some(drawing) = icons.drawing(name) else { return false };
                let (scale, ink) = (size / 24.0, colour(role));
                let current =
                    if drawing.contains("currentColor") { format!(" color=\"{ink}\"") } else { String::new() };
                let _ = writeln!(
                    out.bytes,
                    "<g id=\"s{id}\" transform=\"scale({scale:.3})\"{current} fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{drawing}</g>"
                );
            }
        }
        true
    }
}

/// Eyes and mouth.
fn features(face: i8) -> &'static str {
    match face {
        2 => "M-3.4 -3v.01M3.4 -3v.01M-5 1.2H5a5 5 0 0 1 -10 0z",
        1 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-4 2.4Q0 6.4 4 2.4",
        0 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-3.8 3.6h7.6",
        -1 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-3.8 5Q0 1.6 3.8 5",
        _ => "M-6.2 -5.6l3.6 2M6.2 -5.6l-3.6 2M-3.4 -1.2v.01M3.4 -1.2v.01M-4.2 6Q0 .5 4.2 6",
    }
}
