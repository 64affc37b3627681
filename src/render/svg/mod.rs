//! A sheet as an SVG file that stands alone.
//!
//! It is written here and not by a template: every text has to be safe in XML, control characters included, and every
//! coordinate short, which is a matter of programs and not of taste. The file has neither style nor script, refers to
//! nothing outside itself and keeps to what viewers other than browsers understand, which is why its symbols are named by
//! `xlink:href`; its colours are those of the light scheme, as on paper. What most texts have in common stands once: on the
//! root, or on the group of them.

mod common;
mod symbols;
mod xml;

use common::Common;
use symbols::{Symbol, Symbols};
use xml::{Xml, colour};

use super::sprite;
use crate::views::digits;
use crate::views::sheet::{Anchor, CurveShape, Dash, Role, Shape, Sheet, Stretch, TextShape};

const SANS: &str = "Segoe UI,Roboto,Helvetica Neue,Noto Sans,Liberation Sans,Arial,sans-serif";
const VOICE: &str = "Iowan Old Style,Charter,Georgia,Cambria,Noto Serif,Liberation Serif,serif";
const CJK: &str = "PingFang SC,Hiragino Sans GB,Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC";
const CJK_VOICE: &str = "Kaiti SC,STKaiti,KaiTi,Noto Serif CJK SC,Source Han Serif SC";

/// The file.
pub(super) fn write(sheet: &Sheet<'_>, icons: &sprite::Sheet) -> Vec<u8> {
    let out = Xml { bytes: Vec::with_capacity(1 << 16) };
    let chinese = is_chinese(sheet.lang);
    let mut writer = Writer { out, icons, sheet, symbols: Symbols::default(), curves: 0, chinese };
    writer.sheet();
    writer.out.bytes
}

struct Writer<'s> {
    out: Xml,
    icons: &'s sprite::Sheet,
    sheet: &'s Sheet<'s>,
    symbols: Symbols<'s>,
    /// How many curves there are so far: each has names of its own for what it refers to.
    curves: usize,
    chinese: bool,
}

impl<'s> Writer<'s> {
    fn sheet(&mut self) {
        let (sheet, around) = (self.sheet, Common::ROOT);
        // Symbols stand before all that is drawn.
        for shape in &sheet.shapes {
            let symbol = match *shape {
                Shape::Face { face, ground, .. } => Symbol::Face { face, ground },
                Shape::Icon { size, name, role, .. } => Symbol::Icon { size, name, role },
                _ => continue,
            };
            self.symbols.number(symbol, self.icons);
        }
        self.head();
        if !self.symbols.defined.bytes.is_empty() {
            self.out.raw("<defs>\n");
            self.out.bytes.extend_from_slice(&self.symbols.defined.bytes);
            self.out.raw("</defs>\n");
        }
        // A viewer's own ground may be dark, and the ink is.
        let (x, y, fill) = (0.0, 0.0, Some(Role::Card));
        self.shape(&Shape::Rect { x, y, width: sheet.width, height: sheet.height, r: 0.0, fill, edge: None }, around);
        self.shapes(&sheet.shapes, around);
        self.out.raw("</svg>\n");
    }

    fn head(&mut self) {
        let (sheet, out) = (self.sheet, &mut self.out);
        out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
        if !self.symbols.defined.bytes.is_empty() {
            out.raw(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        }
        out.number(" width=\"", sheet.width);
        out.number(" height=\"", sheet.height);
        out.raw(" viewBox=\"0 0 ");
        digits::hundredths(&mut out.bytes, sheet.width);
        out.raw(" ");
        digits::hundredths(&mut out.bytes, sheet.height);
        out.raw("\"");
        out.attribute(" lang=\"", sheet.lang);
        out.attribute(" xml:lang=\"", sheet.lang);
        out.raw(" role=\"document\" aria-labelledby=\"title\" aria-describedby=\"told\"");
        fonts(out, self.chinese, [SANS, CJK]);
        let Common { size, role, .. } = Common::ROOT;
        out.number(" font-size=\"", size);
        out.fixed(" fill=\"", colour(role));
        out.raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n<title id=\"title\">");
        out.escaped(&sheet.title);
        out.raw("</title>\n<desc id=\"told\">");
        out.escaped(&sheet.told);
        out.raw("</desc>\n");
    }

    fn shapes(&mut self, shapes: &'s [Shape<'s>], around: Common) {
        let mut at = 0;
        while let Some(shape) = shapes.get(at) {
            at += 1;
            match shape {
                Shape::Group { label, hint, count } => {
                    let inside = &shapes[at..at + count];
                    at += count;
                    self.group(*label, *hint, inside, around);
                }
                Shape::Line { edge, dash, .. } => {
                    let alike = |shape: &&Shape<'_>| matches!(shape, Shape::Line { edge: e, dash: d, .. } if e == edge && d == dash);
                    let more = shapes[at..].iter().take_while(alike).count();
                    self.line(&shapes[at - 1..at + more], (*edge, *dash), around);
                    at += more;
                }
                shape => self.shape(shape, around),
            }
        }
    }

    fn shape(&mut self, shape: &Shape<'s>, around: Common) {
        let out = &mut self.out;
        match *shape {
            Shape::Rect { x, y, width, height, r, fill, edge } => {
                if r > 0.0 && width == 2.0 * r && height == 2.0 * r {
                    out.raw("<circle");
                    out.number(" cx=\"", x + r);
                    out.number(" cy=\"", y + r);
                    out.number(" r=\"", r);
                } else {
                    out.raw("<rect");
                    out.place(" x=\"", x);
                    out.place(" y=\"", y);
                    out.number(" width=\"", width);
                    out.number(" height=\"", height);
                    out.place(" rx=\"", r);
                }
                out.paint(fill, edge, Dash::Solid, around.paint());
                // The corners of the root's edges are round.
                out.raw(if edge.is_some() && r == 0.0 { " stroke-linejoin=\"miter\"/>\n" } else { "/>\n" });
            }
            Shape::Path { x, y, d, fill, edge, dash } => {
                out.raw("<path");
                out.moved(x, y);
                out.attribute(" d=\"", self.sheet.read(d));
                out.paint(fill, edge, dash, around.paint());
                out.raw(if edge.is_some() { " stroke-linecap=\"butt\" stroke-linejoin=\"miter\"/>\n" } else { "/>\n" });
            }
            Shape::Curve(curve) => self.curve(&curve),
            Shape::Face { x, y, r, face, ground } => {
                if self.symbol(Symbol::Face { face, ground }) {
                    if r == 10.0 {
                        self.out.place(" x=\"", x);
                        self.out.place(" y=\"", y);
                    } else {
                        self.out.moved(x, y);
                        self.out.bytes.pop();
                        self.out.raw("scale(");
                        digits::thousandths(&mut self.out.bytes, r / 10.0);
                        self.out.raw(")\"");
                    }
                    self.out.raw("/>\n");
                }
            }
            Shape::Icon { x, y, size, name, role } => {
                if self.symbol(Symbol::Icon { size, name, role }) {
                    self.out.place(" x=\"", x);
                    self.out.place(" y=\"", y);
                    self.out.raw("/>\n");
                }
            }
            Shape::Text(text) => self.text(&text, around),
            Shape::Group { .. } | Shape::Line { .. } => {}
        }
    }

    fn group(&mut self, label: Stretch, hint: bool, shapes: &'s [Shape<'s>], around: Common) {
        let within = around.of(shapes);
        let label = self.sheet.read(label);
        let out = &mut self.out;
        out.raw("<g role=\"group\"");
        if !hint {
            out.attribute(" aria-label=\"", label);
        }
        within.write(out, around);
        out.raw(">\n");
        if hint {
            out.raw("<title>");
            out.escaped(label);
            out.raw("</title>\n");
        }
        self.shapes(shapes, within);
        self.out.raw("</g>\n");
    }

    /// Lines that are drawn alike, as one path.
    fn line(&mut self, lines: &[Shape<'_>], (edge, dash): ((Role, f64), Dash), around: Common) {
        let out = &mut self.out;
        out.raw("<path d=\"");
        for line in lines {
            let Shape::Line { from, to, .. } = line else { continue };
            let mut number = |before: &str, value: f64| {
                out.raw(before);
                digits::hundredths(&mut out.bytes, value);
            };
            number("M", from[0]);
            number(" ", from[1]);
            match (from[0] == to[0], from[1] == to[1]) {
                (true, _) => number("V", to[1]),
                (_, true) => number("H", to[0]),
                _ => {
                    number("L", to[0]);
                    number(" ", to[1]);
                }
            }
        }
        out.raw("\"");
        out.stroke(edge, dash, around.paint());
        out.raw(" stroke-linecap=\"butt\"/>\n");
    }

    /// Begins to name a symbol; `false` of an icon that the theme does not have.
    fn symbol(&mut self, symbol: Symbol<'s>) -> bool {
        let Some(number) = self.symbols.number(symbol, self.icons) else { return false };
        self.out.raw("<use xlink:href=\"#");
        symbols::name(&mut self.out.bytes, number);
        self.out.raw("\"");
        true
    }

    fn curve(&mut self, curve: &CurveShape) {
        if curve.line.is_empty() {
            return;
        }
        self.curves += 1;
        let (number, out) = (self.curves as f64, &mut self.out);
        let name = |out: &mut Xml, before: &str, after: &str| {
            out.raw(before);
            digits::hundredths(&mut out.bytes, number);
            out.raw(after);
        };
        let [high, zero, low] = curve.levels;
        out.raw("<g");
        out.moved(curve.x, curve.y);
        out.raw(">\n");
        if !curve.area.is_empty() {
            // One colour above zero, another one below.
            name(out, "<linearGradient id=\"A", "\" gradientUnits=\"userSpaceOnUse\" x2=\"0\"");
            out.number(" y2=\"", 2.0 * zero);
            out.raw(">");
            for tint in [1, -1] {
                out.fixed("<stop offset=\".5\" stop-color=\"", colour(Role::Tint(tint)));
                out.raw("/>");
            }
            out.raw("</linearGradient>\n<path");
            out.fixed(" d=\"", self.sheet.read(curve.area));
            name(out, " fill=\"url(#A", ")\"/>\n");
        }
        if curve.plain.is_none() {
            name(out, "<linearGradient id=\"L", "\" gradientUnits=\"userSpaceOnUse\" x2=\"0\"");
            out.number(" y1=\"", high);
            out.number(" y2=\"", low);
            out.raw(">");
            for (offset, face) in [("", 2), (" offset=\".42\"", 0), (" offset=\".58\"", 0), (" offset=\"1\"", -2)] {
                out.raw("<stop");
                out.raw(offset);
                out.fixed(" stop-color=\"", colour(Role::Feeling(face)));
                out.raw("/>");
            }
            out.raw("</linearGradient>\n");
        }
        out.raw("<path");
        out.fixed(" d=\"", self.sheet.read(curve.line));
        out.raw(" fill=\"none\"");
        match curve.plain {
            Some((role, _)) => out.fixed(" stroke=\"", colour(role)),
            None => name(out, " stroke=\"url(#L", ")\""),
        }
        out.raw(" stroke-width=\"3\"");
        out.dashes(curve.plain.map_or(Dash::Solid, |(_, dash)| dash), 3.0);
        out.raw("/>\n</g>\n");
    }

    fn text(&mut self, text: &TextShape<'_>, around: Common) {
        let out = &mut self.out;
        out.raw("<text");
        out.number(" x=\"", text.x);
        out.number(" y=\"", text.y);
        around.with(text).write(out, around);
        if text.voice {
            fonts(out, self.chinese, [VOICE, CJK_VOICE]);
        }
        if let Some(lang) = text.lang {
            out.attribute(" lang=\"", lang);
            out.attribute(" xml:lang=\"", lang);
        }
        if let Some(halo) = text.halo {
            out.fixed(" stroke=\"", colour(halo));
        }
        out.raw(">");
        let words = self.sheet.read(text.words);
        // Mostly a line is all there is.
        let (first, more) = words.split_at(memchr::memchr(b'\n', words.as_bytes()).unwrap_or(words.len()));
        out.escaped(first);
        let more = if more.is_empty() { None } else { Some(more.split('\n').skip(1)) };
        for line in more.into_iter().flatten() {
            // Whoever copies the text, or searches it, needs the space that the break took.
            out.raw(" <tspan");
            out.number(" x=\"", text.x);
            out.number(" dy=\"", text.leading);
            out.raw(">");
            out.escaped(line);
            out.raw("</tspan>");
        }
        out.raw("</text>\n");
    }
}

/// The fonts of a text, those first that its language is written in.
fn fonts(out: &mut Xml, chinese: bool, [latin, cjk]: [&str; 2]) {
    let [first, then] = if chinese { [cjk, latin] } else { [latin, cjk] };
    out.raw(" font-family=\"");
    out.raw(first);
    out.raw(",");
    out.raw(then);
    out.raw("\"");
}

fn is_chinese(lang: &str) -> bool {
    lang.split('-').next().is_some_and(|language| language == "zh")
}

/// The word of SVG for where a text stands from its anchor.
fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}
