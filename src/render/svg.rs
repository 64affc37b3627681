//! A sheet as an SVG file that stands alone.
//!
//! It is written here and not by a template: every text has to be safe in XML, control characters included, and every
//! coordinate short, which is a matter of programs and not of taste. The file has neither style nor script, refers to
//! nothing outside itself and keeps to what viewers other than browsers understand; its colours are those of the light
//! scheme, as on paper.

use std::fmt::Write;

use super::sprite;
use crate::views::sheet::{CurveShape, Dash, Role, Shape, Sheet, TextShape};

const SANS: &str = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const VOICE: &str = "'Iowan Old Style', Charter, Georgia, Cambria, 'Noto Serif', 'Liberation Serif', serif";
const CJK: &str = "'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC'";
const CJK_VOICE: &str = "'Kaiti SC', STKaiti, KaiTi, 'Noto Serif CJK SC', 'Source Han Serif SC'";

/// The file.
pub(super) fn write(sheet: &Sheet, icons: &sprite::Sheet) -> Vec<u8> {
    let mut writer = Writer { out: String::with_capacity(1 << 16), icons, curves: 0, chinese: is_chinese(&sheet.lang) };
    writer.sheet(sheet);
    writer.out.into_bytes()
}

struct Writer<'a> {
    out: String,
    icons: &'a sprite::Sheet,
    /// How many curves there are so far: each has names of its own for what it refers to.
    curves: usize,
    chinese: bool,
}

impl Writer<'_> {
    fn sheet(&mut self, sheet: &Sheet) {
        let (width, height) = (number(sheet.width), number(sheet.height));
        self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
        self.attribute("width", &width);
        self.attribute("height", &height);
        self.attribute("viewBox", &format!("0 0 {width} {height}"));
        self.attribute("lang", &sheet.lang);
        self.attribute("xml:lang", &sheet.lang);
        self.attribute("role", "document");
        self.attribute("aria-labelledby", "title");
        self.attribute("aria-describedby", "told");
        let fonts = if self.chinese { [CJK, SANS] } else { [SANS, CJK] };
        self.attribute("font-family", &fonts.join(", "));
        self.out.push_str(">\n<title id=\"title\">");
        self.text(&sheet.title);
        self.out.push_str("</title>\n<desc id=\"told\">");
        self.text(&sheet.told);
        self.out.push_str("</desc>\n");
        // A viewer's own ground may be dark, and the ink is.
        let (x, y, fill) = (0.0, 0.0, Some(Role::Card));
        let ground = Shape::Rect { x, y, width: sheet.width, height: sheet.height, r: 0.0, fill, edge: None };
        self.shape(&ground);
        self.shapes(&sheet.shapes);
        self.out.push_str("</svg>\n");
    }

    fn shapes(&mut self, shapes: &[Shape]) {
        for shape in shapes {
            self.shape(shape);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Group { shapes, .. } if shapes.is_empty() => return,
            Shape::Group { label, hint, shapes } => {
                self.out.push_str("<g role=\"group\"");
                if !hint {
                    self.attribute("aria-label", label);
                }
                self.out.push_str(">\n");
                if *hint {
                    self.out.push_str("<title>");
                    self.text(label);
                    self.out.push_str("</title>\n");
                }
                self.shapes(shapes);
                self.out.push_str("</g>");
            }
            Shape::Rect { x, y, width, height, r, fill, edge } => {
                self.out.push_str("<rect");
                self.numbers(&[("x", *x), ("y", *y), ("width", *width), ("height", *height)]);
                if *r > 0.0 {
                    self.numbers(&[("rx", *r)]);
                }
                self.paint(*fill, *edge, Dash::Solid);
                self.out.push_str("/>");
            }
            Shape::Line { from, to, edge, dash } => {
                self.out.push_str("<line");
                self.numbers(&[("x1", from[0]), ("y1", from[1]), ("x2", to[0]), ("y2", to[1])]);
                self.paint(None, Some(*edge), *dash);
                self.out.push_str("/>");
            }
            Shape::Path { x, y, d, fill, edge, dash } => {
                self.out.push_str("<path");
                self.place(*x, *y);
                self.attribute("d", d);
                self.paint(*fill, *edge, *dash);
                self.out.push_str("/>");
            }
            Shape::Curve(curve) => self.curve(curve),
            Shape::Face { x, y, r, face, ground } => self.face([*x, *y], r / 10.0, *face, *ground),
            Shape::Icon { x, y, size, name, role } => {
                let Some(drawing) = self.icons.drawing(name) else { return };
                self.out.push_str("<g");
                let scale = size / 24.0;
                self.attribute("transform", &format!("translate({} {}) scale({scale:.3})", number(*x), number(*y)));
                self.fixed("color", colour(*role));
                self.paint(None, Some((*role, 1.8)), Dash::Solid);
                self.out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\">");
                self.out.push_str(drawing);
                self.out.push_str("</g>");
            }
            Shape::Text(text) => self.lines(text),
        }
        self.out.push('\n');
    }

    fn curve(&mut self, curve: &CurveShape) {
        if curve.line.is_empty() {
            return;
        }
        self.curves += 1;
        let id = format!("c{}", self.curves);
        let [high, zero, low] = curve.levels.map(number);
        let (width, height) = (number(curve.width), number(curve.height));
        self.out.push_str("<g");
        self.place(curve.x, curve.y);
        self.out.push_str(">\n");
        let out = &mut self.out;
        // Writing to a string does not fail.
        if !curve.area.is_empty() {
            let _ = writeln!(
                out,
                "<clipPath id=\"{id}-above\"><path d=\"M0 0H{width}V{zero}H0z\"/></clipPath><clipPath id=\"{id}-below\"><path d=\"M0 {zero}H{width}V{height}H0z\"/></clipPath>"
            );
            for (part, tint) in [("above", Role::Tint(1)), ("below", Role::Tint(-1))] {
                let (d, fill) = (&curve.area, colour(tint));
                let _ = writeln!(out, "<path clip-path=\"url(#{id}-{part})\" d=\"{d}\" fill=\"{fill}\"/>");
            }
        }
        let stroke = match curve.plain {
            Some((role, _)) => colour(role).to_owned(),
            None => {
                let stops = [("0", Role::Feeling(2)), ("0.42", Role::Feeling(0)), ("0.58", Role::Feeling(0))];
                let _ = write!(
                    out,
                    "<linearGradient id=\"{id}-line\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"0\" y1=\"{high}\" y2=\"{low}\">"
                );
                for (offset, role) in stops.into_iter().chain([("1", Role::Feeling(-2))]) {
                    let _ = write!(out, "<stop offset=\"{offset}\" stop-color=\"{}\"/>", colour(role));
                }
                out.push_str("</linearGradient>\n");
                format!("url(#{id}-line)")
            }
        };
        let _ = write!(
            out,
            "<path d=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"3\" stroke-linejoin=\"round\" stroke-linecap=\"round\"",
            curve.line
        );
        self.dashes(curve.plain.map_or(Dash::Solid, |(_, dash)| dash), 3.0);
        self.out.push_str("/>\n</g>");
    }

    fn face(&mut self, [x, y]: [f64; 2], scale: f64, face: i8, ground: Role) {
        let features = match face {
            2 => "M-3.4 -3v.01M3.4 -3v.01M-5 1.2H5a5 5 0 0 1 -10 0z",
            1 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-4 2.4Q0 6.4 4 2.4",
            0 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-3.8 3.6h7.6",
            -1 => "M-3.4 -2.6v.01M3.4 -2.6v.01M-3.8 5Q0 1.6 3.8 5",
            _ => "M-6.2 -5.6l3.6 2M6.2 -5.6l-3.6 2M-3.4 -1.2v.01M3.4 -1.2v.01M-4.2 6Q0 .5 4.2 6",
        };
        let (disc, line) = (colour(Role::Feeling(face)), colour(ground));
        let mouth = if face == 2 { line } else { "none" };
        let place = format!("translate({} {}) scale({})", number(x), number(y), number(scale));
        let _ = write!(
            self.out,
            "<g transform=\"{place}\"><circle r=\"10\" fill=\"{disc}\"/><path d=\"{features}\" fill=\"{mouth}\" stroke=\"{line}\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></g>"
        );
    }

    fn lines(&mut self, text: &TextShape) {
        self.out.push_str("<text");
        self.numbers(&[("font-size", text.size)]);
        if text.bold {
            self.attribute("font-weight", "600");
        }
        if text.voice {
            let fonts = if self.chinese { [CJK_VOICE, VOICE] } else { [VOICE, CJK_VOICE] };
            self.attribute("font-family", &fonts.join(", "));
        }
        if text.anchor != "start" {
            self.attribute("text-anchor", text.anchor);
        }
        if let Some(lang) = &text.lang {
            self.attribute("lang", lang);
            self.attribute("xml:lang", lang);
        }
        self.fixed("fill", colour(text.role));
        if let Some(halo) = text.halo {
            self.fixed("stroke", colour(halo));
            self.out.push_str(" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        if let [line] = text.lines.as_slice() {
            self.numbers(&[("x", text.x), ("y", text.y)]);
            self.out.push('>');
            self.text(line);
        } else {
            self.out.push('>');
            for (at, line) in text.lines.iter().enumerate() {
                // Whoever copies the text, or searches it, needs the space that the break took.
                if at > 0 {
                    self.out.push(' ');
                }
                self.out.push_str("<tspan");
                self.numbers(&[("x", text.x), ("y", text.y + text.leading * at as f64)]);
                self.out.push('>');
                self.text(line);
                self.out.push_str("</tspan>");
            }
        }
        self.out.push_str("</text>");
    }

    fn paint(&mut self, fill: Option<Role>, edge: Option<(Role, f64)>, dash: Dash) {
        self.fixed("fill", fill.map_or("none", colour));
        if let Some((role, width)) = edge {
            self.fixed("stroke", colour(role));
            if width != 1.0 {
                self.numbers(&[("stroke-width", width)]);
            }
            self.dashes(dash, width);
        }
    }

    fn dashes(&mut self, dash: Dash, width: f64) {
        match dash {
            Dash::Solid => {}
            Dash::Dashed => self.attribute("stroke-dasharray", &format!("{} {}", width * 4.0, width * 3.0)),
            Dash::Dotted => self.attribute("stroke-dasharray", &format!("{width} {}", width * 1.5)),
        }
    }

    fn place(&mut self, x: f64, y: f64) {
        if (x, y) != (0.0, 0.0) {
            self.attribute("transform", &format!("translate({} {})", number(x), number(y)));
        }
    }

    fn numbers(&mut self, attributes: &[(&str, f64)]) {
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            write_number(&mut self.out, *value);
            self.out.push('"');
        }
    }

    /// An attribute whose value is one of our own words, with nothing in it that XML reads otherwise.
    fn fixed(&mut self, name: &str, value: &'static str) {
        for part in [" ", name, "=\"", value, "\""] {
            self.out.push_str(part);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.text(value);
        self.out.push('"');
    }

    /// Text as XML has it; what XML has no place for becomes a replacement character.
    fn text(&mut self, text: &str) {
        // Nearly all texts are fine as they are, and are copied in whole stretches. The two characters that XML has no
        // place for are of three bytes that begin with 0xef.
        let special = |byte: u8| byte < b' ' || matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xef);
        let mut copied = 0;
        for (at, byte) in text.bytes().enumerate() {
            if !special(byte) {
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
            self.out.push_str(&text[copied..at]);
            self.out.push_str(instead);
            copied = at + length;
        }
        self.out.push_str(&text[copied..]);
    }
}

/// Hundredths of a pixel are fine enough.
fn number(value: f64) -> String {
    let mut text = String::new();
    write_number(&mut text, value);
    text
}

/// As short as it can be: digits by hand, since a general formatter looks for the shortest of all fractions.
fn write_number(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, (hundredths.unsigned_abs() % 100) as u8);
    let mut step = 1;
    while whole / step >= 10 {
        step *= 10;
    }
    while step > 0 {
        out.push(char::from(b'0' + (whole / step % 10) as u8));
        step /= 10;
    }
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + part / 10));
        if part % 10 > 0 {
            out.push(char::from(b'0' + part % 10));
        }
    }
}

fn is_chinese(lang: &str) -> bool {
    lang.split('-').next().is_some_and(|language| language == "zh")
}

/// The light scheme of the theme's tokens.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Card => "#ffffff",
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
