//! What every element is made of: attributes, numbers, paint, and texts that are safe in XML.

use crate::scan::Signs;
use crate::views::digits;
use crate::views::sheet::{Dash, Role};

/// The file so far.
#[derive(Debug, Default)]
pub(super) struct Xml {
    pub(super) bytes: Vec<u8>,
}

/// What an element has from those around it, if it does not say otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paint {
    /// What it is filled with.
    pub(super) fill: Role,
    /// How wide its edge is.
    pub(super) edge: f64,
    /// Whether its edge lies under its fill.
    pub(super) under: bool,
}

/// What may have to be written otherwise. The two characters that XML has no place for are of three bytes that begin with
/// 0xef.
const SPECIAL: Signs<4> = Signs::new(*b"&<>\"").and_below_space().and_beyond(b"\xef");

impl Xml {
    /// Markup of our own, as it is.
    #[inline]
    pub(super) fn raw(&mut self, markup: &str) {
        self.bytes.extend_from_slice(markup.as_bytes());
    }

    /// An attribute with a value of our own words, with nothing in it that XML reads otherwise; `name` is all up to the
    /// value: ` fill="`.
    #[inline]
    pub(super) fn fixed(&mut self, name: &str, value: &str) {
        self.raw(name);
        self.raw(value);
        self.bytes.push(b'"');
    }

    /// An attribute with any value.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.raw(name);
        self.escaped(value);
        self.bytes.push(b'"');
    }

    /// An attribute with a number, to a hundredth: fine enough for pixels.
    #[inline]
    pub(super) fn number(&mut self, name: &str, value: f64) {
        self.raw(name);
        digits::hundredths(&mut self.bytes, value);
        self.bytes.push(b'"');
    }

    /// The same, and nothing of 0, which is what a place is where nobody says so.
    #[inline]
    pub(super) fn place(&mut self, name: &str, value: f64) {
        if value != 0.0 {
            self.number(name, value);
        }
    }

    /// Where it is moved to, if it is moved.
    pub(super) fn moved(&mut self, x: f64, y: f64) {
        if (x, y) != (0.0, 0.0) {
            self.raw(" transform=\"translate(");
            digits::hundredths(&mut self.bytes, x);
            self.bytes.push(b' ');
            digits::hundredths(&mut self.bytes, y);
            self.raw(")\"");
        }
    }

    /// What it is filled with, and its edge, among what is painted so.
    pub(super) fn paint(&mut self, fill: Option<Role>, edge: Option<(Role, f64)>, dash: Dash, around: Paint) {
        match fill {
            Some(fill) if fill == around.fill => {}
            fill => self.fixed(" fill=\"", fill.map_or("none", colour)),
        }
        if let Some(edge) = edge {
            self.stroke(edge, dash, around);
            if around.under && fill.is_some() {
                self.raw(" paint-order=\"normal\"");
            }
        }
    }

    /// A line's colour, width and dashes.
    pub(super) fn stroke(&mut self, (role, width): (Role, f64), dash: Dash, around: Paint) {
        self.fixed(" stroke=\"", colour(role));
        if width != around.edge {
            self.number(" stroke-width=\"", width);
        }
        self.dashes(dash, width);
    }

    /// How a line of some width is broken.
    pub(super) fn dashes(&mut self, dash: Dash, width: f64) {
        let [on, off] = match dash {
            Dash::Solid => return,
            Dash::Dashed => [4.0, 3.0],
            Dash::Dotted => [1.0, 1.5],
        };
        self.number(" stroke-dasharray=\"", width * on);
        self.bytes.pop();
        self.bytes.push(b' ');
        digits::hundredths(&mut self.bytes, width * off);
        self.bytes.push(b'"');
    }

    /// Text as XML has it; what XML has no place for becomes a replacement character.
    pub(super) fn escaped(&mut self, text: &str) {
        // Nearly all texts are fine as they are.
        let plain = SPECIAL.before(text.as_bytes());
        if plain == text.len() {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        let mut copied = 0;
        for (at, byte) in text.bytes().enumerate().skip(plain) {
            if !SPECIAL.has(byte) {
                continue;
            }
            let (instead, length) = match byte {
                b'&' => ("&amp;", 1),
                b'<' => ("&lt;", 1),
                b'>' => ("&gt;", 1),
                b'"' => ("&quot;", 1),
                b'\t' | b'\n' | b'\r' => (" ", 1),
                0xef if text[at..].starts_with(['\u{fffe}', '\u{ffff}']) => ("\u{fffd}", 3),
                0xef => continue,
                _ => ("\u{fffd}", 1),
            };
            self.bytes.extend_from_slice(&text.as_bytes()[copied..at]);
            self.bytes.extend_from_slice(instead.as_bytes());
            copied = at + length;
        }
        self.bytes.extend_from_slice(&text.as_bytes()[copied..]);
    }
}

/// The light scheme of the theme's tokens.
pub(super) fn colour(role: Role) -> &'static str {
    match role {
        Role::Card => "#fff",
        Role::Sunk => "#f2f0ea",
        Role::Deep => "#e3e1da",
        Role::Ink => "#1a222c",
        Role::Muted => "#515c68",
        Role::Rule => "#dfdcd3",
        Role::Edge => "#7d858d",
        Role::Brand => "#17518c",
        Role::Hot => "#fdf4ed",
        Role::Feeling(..=-2) => "#9e2b0c",
        Role::Feeling(-1) => "#ac5117",
        Role::Feeling(0) => "#646d77",
        Role::Feeling(1) => "#237a70",
        Role::Feeling(2..) => "#07615a",
        Role::Tint(..=-2) => "#f7cfc0",
        Role::Tint(-1) => "#fbe7db",
        Role::Tint(0) => "#edece8",
        Role::Tint(1) => "#dcefec",
        Role::Tint(2..) => "#b3dfd8",
    }
}
