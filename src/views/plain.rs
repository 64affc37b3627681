//! Prose as plain text, section by section: what a search looks through.

use std::borrow::Cow;

use super::here::Here;
use crate::hash::HashMap;
use crate::model::{Block, Heading, Hole, Piece, Prose};

/// The text under a heading; the first section stands before any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's id; `None` for the first section.
    pub anchor: Option<String>,
    /// The heading.
    pub title: String,
    /// The text, a line for each paragraph, cell or line of a list.
    pub text: String,
}

impl Here<'_> {
    /// The sections of a text; at least one.
    pub fn sections(&self, prose: &Prose) -> Vec<Section> {
        let mut plain = Plain::of(&prose.headings);
        for piece in &prose.pieces {
            match piece {
                Piece::Html(html) => plain.html(html),
                Piece::Hole(Hole::Title(Some(reference))) => plain.text(&self.title_in(prose, reference).text),
                Piece::Hole(Hole::Block(block)) => match &**block {
                    // The map itself is found on its own page.
                    Block::Map(excerpt) => {
                        plain.line();
                        plain.text(excerpt.caption.as_ref().map_or("", |caption| caption.str(self.lang)));
                        plain.line();
                    }
                    Block::Quiz(quiz) => {
                        let answers = quiz.answers.iter().flat_map(|answer| [Some(&answer.text), answer.why.as_ref()]);
                        for text in std::iter::once(Some(&quiz.question)).chain(answers).flatten() {
                            plain.line();
                            plain.text(text.str(self.lang));
                        }
                        plain.line();
                    }
                },
                Piece::Hole(_) => {}
            }
        }
        let mut sections = plain.sections;
        sections.iter_mut().for_each(|section| section.text.truncate(section.text.trim_end().len()));
        sections
    }

    /// The text of the first section that has any, of as much of the prose as there are so many bytes of HTML and so many
    /// headings; without the blocks that the handbook draws.
    pub fn beginning(&self, prose: &Prose, mut bytes: usize, headings: usize) -> String {
        let mut plain = Plain::of(&prose.headings[..headings.min(prose.headings.len())]);
        for piece in &prose.pieces {
            match piece {
                Piece::Html(html) => {
                    let start = &html[..html.floor_char_boundary(html.len().min(bytes))];
                    bytes -= start.len();
                    plain.html(start);
                }
                Piece::Hole(Hole::Title(Some(reference))) => plain.text(&self.title_in(prose, reference).text),
                Piece::Hole(_) => {}
            }
            if bytes == 0 || plain.has_begun() {
                break;
            }
        }
        let text = plain.sections.iter().map(|section| section.text.trim_end()).find(|text| !text.is_empty());
        text.unwrap_or_default().to_owned()
    }
}

/// A text in the making.
struct Plain<'p> {
    /// The headings by their ids, which differ.
    headings: HashMap<&'p str, &'p Heading>,
    sections: Vec<Section>,
    /// The tag that is being read and goes on in another piece, without its first sign.
    tag: Option<String>,
    /// The element whose contents are left out.
    skip: Option<&'static str>,
}

impl<'p> Plain<'p> {
    fn of(headings: &'p [Heading]) -> Self {
        let headings = headings.iter().map(|heading| (heading.id.as_str(), heading)).collect();
        Self { headings, sections: vec![Section::default()], tag: None, skip: None }
    }

    /// Whether there is a section with a text that is whole.
    fn has_begun(&self) -> bool {
        self.sections.split_last().is_some_and(|(_, whole)| whole.iter().any(|section| !section.text.is_empty()))
    }

    fn html(&mut self, mut html: &str) {
        if let Some(mut tag) = self.tag.take() {
            let Some((more, after)) = html.split_once('>') else {
                tag.push_str(html);
                self.tag = Some(tag);
                return;
            };
            tag.push_str(more);
            self.element(&tag);
            html = after;
        }
        loop {
            let Some(start) = html.bytes().position(|byte| byte == b'<') else {
                self.text(&decode(html));
                return;
            };
            self.text(&decode(&html[..start]));
            let tag = &html[start + 1..];
            let Some(end) = tag.bytes().position(|byte| byte == b'>') else {
                self.tag = Some(tag.to_owned());
                return;
            };
            self.element(&tag[..end]);
            html = &tag[end + 1..];
        }
    }

    /// What a tag does to the text around it.
    fn element(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name.bytes().position(|byte| matches!(byte, b' ' | b'/' | b'\n'));
        let name = &name[..end.unwrap_or(name.len())];
        if let Some(element) = self.skip {
            if closes && name == element {
                self.skip = None;
                if element != "a" {
                    self.line();
                }
            }
            return;
        }
        if name == "a" && tag.contains("jb-anchor") {
            self.skip = Some("a");
        } else if !closes && let Some(element) = heading_element(name) {
            let id = tag.split_once(" id=\"").and_then(|(_, rest)| rest.split('"').next());
            match id.and_then(|id| self.headings.get(&*decode(id))) {
                Some(heading) => {
                    let (anchor, title) = (Some(heading.id.clone()), heading.text.clone());
                    self.sections.push(Section { anchor, title, text: String::new() });
                    self.skip = Some(element);
                }
                None => self.line(),
            }
        } else if !is_in_line(name) {
            self.line();
        }
    }

    /// Adds to the line. White space is one space, and none at the beginning of a line.
    fn text(&mut self, text: &str) {
        if self.skip.is_some() || self.tag.is_some() {
            return;
        }
        let Some(Section { text: line, .. }) = self.sections.last_mut() else { return };
        let bytes = text.as_bytes();
        let mut blank = line.is_empty() || line.ends_with([' ', '\n']);
        // All up to `taken` is on the line; what is between that and `at` goes there as it is.
        let (mut taken, mut at) = (0, 0);
        loop {
            let word = at;
            while at < bytes.len() && !MAY_BE_SPACE[usize::from(bytes[at])] {
                at += 1;
            }
            blank &= at == word;
            let Some(&byte) = bytes.get(at) else { break };
            if byte == b' ' && !blank {
                (blank, at) = (true, at + 1);
                continue;
            }
            let sign = text[at..].chars().next().unwrap_or_default();
            let after = at + sign.len_utf8();
            if sign.is_whitespace() {
                line.push_str(&text[taken..at]);
                if !blank {
                    line.push(' ');
                }
                taken = after;
            }
            (blank, at) = (sign.is_whitespace(), after);
        }
        line.push_str(&text[taken..]);
    }

    /// Begins a new line, if there is anything on this one.
    fn line(&mut self) {
        let Some(section) = self.sections.last_mut() else { return };
        section.text.truncate(section.text.trim_end_matches(' ').len());
        if !section.text.is_empty() && !section.text.ends_with('\n') {
            section.text.push('\n');
        }
    }
}

/// Whether a byte of a text may be the first of white space: all that is ASCII, and what U+0085, U+00A0, U+1680, U+2000 to
/// U+205F and U+3000 begin with.
const MAY_BE_SPACE: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0);
    while byte < 256 {
        table[byte] = byte <= b' ' as usize || matches!(byte, 0xc2 | 0xe1..=0xe3);
        byte += 1;
    }
    table
};

/// Whether an element stands within a line. All others part lines.
fn is_in_line(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
            | "var"
    )
}

fn heading_element(name: &str) -> Option<&'static str> {
    ["h1", "h2", "h3", "h4", "h5", "h6"].into_iter().find(|element| *element == name)
}

/// The signs that HTML escapes, as they are.
fn decode(html: &str) -> Cow<'_, str> {
    let Some(start) = html.bytes().position(|byte| byte == b'&') else { return Cow::Borrowed(html) };
    let mut text = String::with_capacity(html.len());
    text.push_str(&html[..start]);
    let mut rest = &html[start..];
    while let Some(escaped) = rest.bytes().position(|byte| byte == b'&') {
        text.push_str(&rest[..escaped]);
        rest = &rest[escaped..];
        let known = ESCAPED.iter().find(|(escaped, _)| rest.starts_with(escaped));
        // A lone ampersand stands for itself.
        let (escaped, sign) = known.unwrap_or(&("&", "&"));
        text.push_str(sign);
        rest = &rest[escaped.len()..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What HTML escapes, and what it is.
const ESCAPED: [(&str, &str); 7] = [
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&nbsp;", "\u{a0}"),
];
