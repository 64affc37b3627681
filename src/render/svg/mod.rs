//! A sheet as an SVG file that stands alone.
//!
//! It is written here and not by a template: every text has to be safe in XML, control characters included, and every
//! coordinate short, which is a matter of programs and not of taste. The file has neither style nor script, refers to
//! nothing outside itself and keeps to what viewers other than browsers understand, which is why its symbols are named by
//! `xlink:href`; its colours are those of the light scheme, as on paper. What most texts have in common stands once, on the
//! root.

mod symbols;
mod xml;

use symbols::{Symbol, Symbols};
use xml::{Xml, colour};

use super::sprite;
use crate::views::digits;
use crate::views::sheet::{CurveShape, Dash, Role, Shape, Sheet, TextShape};

const SANS: &str = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const VOICE: &str = "'Iowan Old Style', Charter, Georgia, Cambria, 'Noto Serif', 'Liberation Serif', serif";
const CJK: &str = "'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC'";
const CJK_VOICE: &str = "'Kaiti SC', STKaiti, KaiTi, 'Noto Serif CJK SC', 'Source Han Serif SC'";

/// The size and the colour of a text that has none of its own.
const SIZE: f64 = 13.0;
const INK: Role = Role::Ink;

/// The file.
pub(super) fn write(sheet: &Sheet, icons: &sprite::Sheet) -> Vec<u8> {
    let out = Xml { bytes: Vec::with_capacity(1 << 15) };
    let chinese = is_chinese(&sheet.lang);
    let mut writer = Writer { out, icons, symbols: Symbols::default(), curves: 0, chinese };
    writer.sheet(sheet);
    writer.out.bytes
}

struct Writer<'s> {
    out: Xml,
    icons: &'s sprite::Sheet,
    symbols: Symbols<'s>,
    /// How many curves there are so far: each has names of its own for what it refers to.
    curves: usize,
    chinese: bool,
}

impl<'s> Writer<'s> {
    fn sheet(&mut self, sheet: &'s Sheet) {
        // A viewer's own ground may be dark, and the ink is.
        let (x, y, fill) = (0.0, 0.0, Some(Role::Card));
        let ground = Shape::Rect { x, y, width: sheet.width, height: sheet.height, r: 0.0, fill, edge: None };
        self.rect(&ground);
        self.shapes(&sheet.shapes);
        // Symbols are known once everything is drawn, and stand before it.
        let drawn = std::mem::take(&mut self.out);
        self.out.bytes.reserve(drawn.bytes.len() + self.symbols.defined.bytes.len() + 4096);
        self.head(sheet);
        if !self.symbols.defined.bytes.is_empty() {
            self.out.raw("<defs>\n");
            self.out.bytes.extend_from_slice(&self.symbols.defined.bytes);
            self.out.raw("</defs>\n");
        }
        self.out.bytes.extend_from_slice(&drawn.bytes);
        self.out.raw("</svg>\n");
    }

    fn head(&mut self, sheet: &Sheet) {
        let out = &mut self.out;
        out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
        if !self.symbols.defined.bytes.is_empty() {
            out.raw(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        }
        out.number("width", sheet.width);
        out.number("height", sheet.height);
        out.raw(" viewBox=\"0 0 ");
        digits::hundredths(&mut out.bytes, sheet.width);
        out.raw(" ");
        digits::hundredths(&mut out.bytes, sheet.height);
        out.raw("\"");
        out.attribute("lang", &sheet.lang);
        out.attribute("xml:lang", &sheet.lang);
        out.raw(" role=\"document\" aria-labelledby=\"title\" aria-describedby=\"told\"");
        let fonts = if self.chinese { [CJK, SANS] } else { [SANS, CJK] };
        out.fixed("font-family", &fonts.join(", "));
        out.number("font-size", SIZE);
        out.fixed("fill", colour(INK));
        out.raw(">\n<title id=\"title\">");
        out.escaped(&sheet.title);
        out.raw("</title>\n<desc id=\"told\">");
        out.escaped(&sheet.told);
        out.raw("</desc>\n");
    }

    fn shapes(&mut self, shapes: &'s [Shape]) {
        for shape in shapes {
            self.shape(shape);
        }
    }

    fn shape(&mut self, shape: &'s Shape) {
        match shape {
            Shape::Group { label, hint, shapes } => self.group(label, *hint, shapes),
            Shape::Rect { .. } => self.rect(shape),
            Shape::Line { from, to, edge, dash } => {
                let out = &mut self.out;
                out.raw("<line");
                out.number("x1", from[0]);
                out.number("y1", from[1]);
                out.number("x2", to[0]);
                out.number("y2", to[1]);
                out.stroke(*edge, *dash);
                out.raw("/>\n");
            }
            Shape::Path { x, y, d, fill, edge, dash } => {
                self.out.raw("<path");
                self.out.place(*x, *y);
                self.out.attribute("d", d);
                self.out.paint(*fill, *edge, *dash);
                self.out.raw("/>\n");
            }
            Shape::Curve(curve) => self.curve(curve),
            Shape::Face { x, y, r, face, ground } => {
                self.symbol(*x, *y, Symbol::Face { r: *r, face: *face, ground: *ground });
            }
            Shape::Icon { x, y, size, name, role } => {
                self.symbol(*x, *y, Symbol::Icon { size: *size, name, role: *role });
            }
            Shape::Text(text) => self.lines(text),
        }
    }

    fn group(&mut self, label: &str, hint: bool, shapes: &'s [Shape]) {
        if shapes.is_empty() {
            return;
        }
        self.out.raw("<g role=\"group\"");
        if hint {
            self.out.raw(">\n<title>");
            self.out.escaped(label);
            self.out.raw("</title>\n");
        } else {
            self.out.attribute("aria-label", label);
            self.out.raw(">\n");
        }
        self.shapes(shapes);
        self.out.raw("</g>\n");
    }

    fn rect(&mut self, shape: &Shape) {
        let Shape::Rect { x, y, width, height, r, fill, edge } = shape else { return };
        let out = &mut self.out;
        out.raw("<rect");
        out.number("x", *x);
        out.number("y", *y);
        out.number("width", *width);
        out.number("height", *height);
        if *r > 0.0 {
            out.number("rx", *r);
        }
        out.paint(*fill, *edge, Dash::Solid);
        out.raw("/>\n");
    }

    fn symbol(&mut self, x: f64, y: f64, symbol: Symbol<'s>) {
        let Some(number) = self.symbols.number(symbol, self.icons) else { return };
        self.out.raw("<use xlink:href=\"#s");
        digits::hundredths(&mut self.out.bytes, number as f64);
        self.out.raw("\"");
        self.out.number("x", x);
        self.out.number("y", y);
        self.out.raw("/>\n");
    }

    fn curve(&mut self, curve: &CurveShape) {
        if curve.line.is_empty() {
            return;
        }
        self.curves += 1;
        let id = format!("c{}", self.curves);
        let number = |value: f64| {
            let mut digits = Vec::new();
            digits::hundredths(&mut digits, value);
            String::from_utf8(digits).unwrap_or_default()
        };
        let [high, zero, low] = curve.levels.map(number);
        let (width, height) = (number(curve.width), number(curve.height));
        let out = &mut self.out;
        out.raw("<g");
        out.place(curve.x, curve.y);
        out.raw(">\n");
        if !curve.area.is_empty() {
            out.raw(&format!(
                "<clipPath id=\"{id}-above\"><path d=\"M0 0H{width}V{zero}H0z\"/></clipPath><clipPath id=\"{id}-below\"><path d=\"M0 {zero}H{width}V{height}H0z\"/></clipPath>\n"
            ));
            for (part, tint) in [("above", Role::Tint(1)), ("below", Role::Tint(-1))] {
                let (d, fill) = (&curve.area, colour(tint));
                out.raw(&format!("<path clip-path=\"url(#{id}-{part})\" d=\"{d}\" fill=\"{fill}\"/>\n"));
            }
        }
        let stroke = match curve.plain {
            Some((role, _)) => colour(role).to_owned(),
            None => {
                out.raw(&format!(
                    "<linearGradient id=\"{id}-line\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"0\" y1=\"{high}\" y2=\"{low}\">"
                ));
                for (offset, face) in [("0", 2), ("0.42", 0), ("0.58", 0), ("1", -2)] {
                    let colour = colour(Role::Feeling(face));
                    out.raw(&format!("<stop offset=\"{offset}\" stop-color=\"{colour}\"/>"));
                }
                out.raw("</linearGradient>\n");
                format!("url(#{id}-line)")
            }
        };
        out.raw("<path");
        out.fixed("d", &curve.line);
        out.fixed("fill", "none");
        out.fixed("stroke", &stroke);
        out.raw(" stroke-width=\"3\" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        out.dashes(curve.plain.map_or(Dash::Solid, |(_, dash)| dash), 3.0);
        out.raw("/>\n</g>\n");
    }

    fn lines(&mut self, text: &TextShape) {
        let out = &mut self.out;
        out.raw("<text");
        out.number("x", text.x);
        out.number("y", text.y);
        if text.size != SIZE {
            out.number("font-size", text.size);
        }
        if text.bold {
            out.raw(" font-weight=\"600\"");
        }
        if text.voice {
            let fonts = if self.chinese { [CJK_VOICE, VOICE] } else { [VOICE, CJK_VOICE] };
            out.fixed("font-family", &fonts.join(", "));
        }
        if text.anchor != "start" {
            out.fixed("text-anchor", text.anchor);
        }
        if let Some(lang) = &text.lang {
            out.attribute("lang", lang);
            out.attribute("xml:lang", lang);
        }
        if text.role != INK {
            out.fixed("fill", colour(text.role));
        }
        if let Some(halo) = text.halo {
            out.fixed("stroke", colour(halo));
            out.raw(" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        out.raw(">");
        for (at, line) in text.lines().enumerate() {
            if at == 0 {
                out.escaped(line);
                continue;
            }
            // Whoever copies the text, or searches it, needs the space that the break took.
            out.raw(" <tspan");
            out.number("x", text.x);
            out.number("dy", text.leading);
            out.raw(">");
            out.escaped(line);
            out.raw("</tspan>");
        }
        out.raw("</text>\n");
    }
}

fn is_chinese(lang: &str) -> bool {
    lang.split('-').next().is_some_and(|language| language == "zh")
}
