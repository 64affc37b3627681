//! Prose as plain text, section by section: what a search looks through.

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

/// Elements within a line. All others part lines.
const IN_LINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "var",
];

impl Here<'_> {
    /// The sections of a text; at least one.
    pub fn sections(&self, prose: &Prose) -> Vec<Section> {
        let headings = prose.headings.iter().map(|heading| (heading.id.as_str(), heading)).collect();
        let mut plain = Plain { headings, sections: vec![Section::default()], tag: None, skip: None };
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
}

/// A text in the making.
struct Plain<'p> {
    /// The headings by their ids, which differ.
    headings: HashMap<&'p str, &'p Heading>,
    sections: Vec<Section>,
    /// The tag that is being read, without its first sign.
    tag: Option<String>,
    /// The element whose contents are left out.
    skip: Option<&'static str>,
}

impl Plain<'_> {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            if let Some(tag) = &mut self.tag {
                let Some((more, after)) = rest.split_once('>') else {
                    tag.push_str(rest);
                    return;
                };
                tag.push_str(more);
                rest = after;
                let tag = self.tag.take().unwrap_or_default();
                self.tag(&tag);
            } else {
                let (text, after) = rest.split_once('<').map_or((rest, None), |(text, after)| (text, Some(after)));
                self.text(&decode(text));
                let Some(after) = after else { return };
                self.tag = Some(String::new());
                rest = after;
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("");
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
            match id.and_then(|id| self.headings.get(decode(id).as_str())) {
                Some(heading) => {
                    let (anchor, title) = (Some(heading.id.clone()), heading.text.clone());
                    self.sections.push(Section { anchor, title, text: String::new() });
                    self.skip = Some(element);
                }
                None => self.line(),
            }
        } else if !IN_LINE.contains(&name) {
            self.line();
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip.is_some() || self.tag.is_some() {
            return;
        }
        let Some(section) = self.sections.last_mut() else { return };
        // White space is one space, and none at the beginning of a line.
        for c in text.chars() {
            if !c.is_whitespace() {
                section.text.push(c);
            } else if !section.text.is_empty() && !section.text.ends_with([' ', '\n']) {
                section.text.push(' ');
            }
        }
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

fn heading_element(name: &str) -> Option<&'static str> {
    ["h1", "h2", "h3", "h4", "h5", "h6"].into_iter().find(|element| *element == name)
}

/// The signs that HTML escapes, as they are.
fn decode(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
    }
    // The ampersand last, so that what it escaped stays as it was meant.
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}
