//! HTML in the making: with holes in it, and never out of balance.
//!
//! A hole is written as its number between two characters that no text may hold, so that HTML with holes is
//! still HTML and can be sanitised as a whole. Every element is closed by whoever opened it; the author's own
//! elements close, at the latest, with ours around them.

use super::html;
use crate::model::{Draft, Growing, Hole};
use crate::scan::Signs;

/// Elements inside one another, at most. What is deeper is written without its markup: no reader can tell
/// a hundred quotes from a hundred and one, and browsers stop soon after.
const DEPTH: usize = 128;
/// Two noncharacters, which Unicode keeps for the inside of programs.
const HOLE: (char, char) = ('\u{fdd0}', '\u{fdd1}');

/// HTML in the making.
#[derive(Default)]
pub(super) struct Page {
    html: String,
    slots: Vec<Slot>,
    open: Vec<Open>,
    /// Whether any of it was raw HTML of the author's.
    raw: bool,
    /// What was there before an aside was begun.
    before: Vec<(String, Vec<Open>)>,
}

/// What a number between the two characters stands for.
enum Slot {
    Hole(Hole<Draft>),
    /// Markup of ours that authors may not write.
    Html(&'static str),
}

enum Open {
    /// Ours, and how it is closed.
    Ours(&'static str),
    /// The author's, by its name.
    Theirs(String),
}

impl Page {
    /// With room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), ..Self::default() }
    }

    /// Adds HTML as it is: balanced, or opened and closed by hand.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds plain text.
    pub(super) fn text(&mut self, text: &str) {
        escape_into(&mut self.html, text);
    }

    /// Adds a piece of code.
    pub(super) fn code(&mut self, code: &str) {
        self.push("<code>");
        self.text(code);
        self.push("</code>");
    }

    /// Adds text that is HTML already, but for its tags.
    pub(super) fn raw_text(&mut self, text: &str) {
        self.raw = true;
        self.html.push_str(&html::text(text, HOLE));
    }

    /// An attribute's value that is HTML already.
    pub(super) fn raw_value(&self, value: &str) -> String {
        html::text(value, HOLE)
    }

    /// A hole, to be put into HTML once or more often.
    pub(super) fn hole(&mut self, hole: Hole<Draft>) -> String {
        self.slot(Slot::Hole(hole))
    }

    /// A word of the theme's, to be put into HTML.
    pub(super) fn word(&mut self, key: &'static str) -> String {
        self.hole(Hole::Word(key))
    }

    /// Markup that only we may write, to be put into HTML where text may stand.
    pub(super) fn verbatim(&mut self, html: &'static str) -> String {
        self.slot(Slot::Html(html))
    }

    fn slot(&mut self, slot: Slot) -> String {
        self.slots.push(slot);
        format!("{}{}{}", HOLE.0, self.slots.len() - 1, HOLE.1)
    }

    /// Opens elements of ours; `close` closes them all.
    pub(super) fn open(&mut self, html: &str, close: &'static str) {
        let shown = self.open.len() < DEPTH;
        if shown {
            self.html.push_str(html);
        }
        self.open.push(Open::Ours(if shown { close } else { "" }));
    }

    /// Closes what was opened last, and what the author left open in it.
    pub(super) fn close(&mut self) {
        self.close_theirs();
        if let Some(Open::Ours(close)) = self.open.pop() {
            self.html.push_str(close);
        }
    }

    /// Closes what the author left open in our innermost element.
    pub(super) fn close_theirs(&mut self) {
        while let Some(Open::Theirs(name)) = self.open.pop_if(|open| matches!(open, Open::Theirs(_))) {
            self.html.push_str(&format!("</{name}>"));
        }
    }

    /// Opens an element of the author's; `false` if that would be too deep.
    pub(super) fn open_raw(&mut self, name: &str, html: &str) -> bool {
        let room = self.open.len() < DEPTH;
        if room {
            self.raw = true;
            self.html.push_str(html);
            if !html::is_void(name) {
                self.open.push(Open::Theirs(name.to_owned()));
            }
        }
        room
    }

    /// Closes an element of the author's; `false` if there is none to close in our innermost element.
    pub(super) fn close_raw(&mut self, name: &str) -> bool {
        let mut theirs = self.open.iter().rev().map_while(|open| match open {
            Open::Theirs(name) => Some(name),
            Open::Ours(_) => None,
        });
        let Some(depth) = theirs.position(|open| open == name) else { return false };
        for _ in 0..=depth {
            if let Some(Open::Theirs(name)) = self.open.pop() {
                self.html.push_str(&format!("</{name}>"));
            }
        }
        true
    }

    /// Begins a text that will be shown elsewhere.
    pub(super) fn begin_aside(&mut self) {
        self.before.push((std::mem::take(&mut self.html), std::mem::take(&mut self.open)));
    }

    /// Ends it, and gives it.
    pub(super) fn end_aside(&mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        let (html, open) = self.before.pop().unwrap_or_default();
        self.open = open;
        std::mem::replace(&mut self.html, html)
    }

    /// The finished prose, but for its headings: sanitised if need be, and with its holes.
    pub(super) fn finish(mut self) -> Growing<Draft> {
        while !self.open.is_empty() {
            self.close();
        }
        let html = if self.raw { html::sanitise(&self.html) } else { self.html };
        let mut prose = Growing::default();
        let mut parts = html.trim_end().split(HOLE.0);
        prose.html(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(HOLE.1).unwrap_or(("", part));
            match number.parse().ok().and_then(|number: usize| self.slots.get(number)) {
                Some(Slot::Html(html)) => prose.html(html),
                Some(Slot::Hole(hole)) => prose.hole(hole.clone()),
                None => {}
            }
            prose.html(rest);
        }
        prose
    }
}

/// Plain text as HTML, in elements and in attributes alike.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}

fn escape_into(html: &mut String, mut text: &str) {
    loop {
        let (plain, rest) = text.split_at(MAY_BE_ESCAPED.before(text.as_bytes()));
        html.push_str(plain);
        let Some(c) = rest.chars().next() else { return };
        let (written, rest) = rest.split_at(c.len_utf8());
        html.push_str(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\n' | '\r' | '\t' => written,
            c if c.is_control() || c == HOLE.0 || c == HOLE.1 => "\u{fffd}",
            _ => written,
        });
        text = rest;
    }
}

/// What a sign begins with that may be written otherwise: besides those of ASCII, the control characters U+0080 to U+009F and
/// those of holes, like other signs.
const MAY_BE_ESCAPED: Signs<5> = Signs::new(*b"&<>\"'").and_below_space().and_beyond(b"\x7f\xc2\xef");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_is_escaped_sign_by_sign(text in "[a-z&<>\"'\n\t\u{1}\u{7f}\u{85}é门，\u{fdd0}\u{fdd1}\u{fdd2}ﷲ]{0,40}") {
            let signs = text.chars().map(|sign| match sign {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\'' => "&#39;".to_owned(),
                '\u{1}' | '\u{7f}' | '\u{85}' | '\u{fdd0}' | '\u{fdd1}' => '\u{fffd}'.to_string(),
                sign => sign.to_string(),
            });
            prop_assert_eq!(escape(&text), signs.collect::<String>());
        }
    }
}
