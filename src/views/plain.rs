//! Prose as plain text, section by section: what a search looks through.

mod html;
mod tag;

use super::here::Here;
use crate::model::{Block, Heading, Hole, Piece, Prose};
use html::Reader;

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

/// Takes a text line by line.
pub(super) trait Lines {
    /// Adds to the line. All white space of the text is single spaces.
    fn text(&mut self, text: &str);
    /// Adds white space to the line.
    fn space(&mut self);
    /// Begins a line.
    fn line(&mut self);
    /// Begins a section.
    fn section(&mut self, heading: &Heading);
}

impl Here<'_> {
    /// The sections of a text; at least one.
    pub fn sections(&self, prose: &Prose) -> Vec<Section> {
        let mut sections = self.read(prose, vec![Section::default()]);
        sections.iter_mut().for_each(|section| section.text.truncate(section.text.trim_end().len()));
        sections
    }

    /// Hands a text to `lines`, line by line and section by section.
    pub(super) fn read<L: Lines>(&self, prose: &Prose, lines: L) -> L {
        let mut reader = Reader::new(&prose.headings, lines);
        for piece in prose.pieces(&prose.html()) {
            match piece {
                Piece::Html(html) => reader.html(html),
                Piece::Hole(Hole::Title(Some(reference))) => reader.text(&self.title_in(prose, reference).text),
                Piece::Hole(Hole::Block(block)) => match &**block {
                    // The map itself is found on its own page.
                    Block::Map(excerpt) => {
                        reader.lines.line();
                        reader.text(excerpt.caption.as_ref().map_or("", |caption| caption.str(self.lang)));
                        reader.lines.line();
                    }
                    Block::Quiz(quiz) => {
                        let answers = quiz.answers.iter().flat_map(|answer| [Some(&answer.text), answer.why.as_ref()]);
                        for text in std::iter::once(Some(&quiz.question)).chain(answers).flatten() {
                            reader.lines.line();
                            reader.text(text.str(self.lang));
                        }
                        reader.lines.line();
                    }
                },
                Piece::Hole(_) => {}
            }
        }
        reader.lines
    }

    /// The text of the first section that has any, of as much of the prose as there are so many bytes of HTML and so many
    /// headings; without the blocks that the handbook draws.
    pub fn beginning(&self, prose: &Prose, mut bytes: usize, headings: usize) -> String {
        let headings = &prose.headings[..headings.min(prose.headings.len())];
        let mut reader = Reader::new(headings, vec![Section::default()]);
        for piece in prose.pieces(&prose.html()) {
            match piece {
                Piece::Html(html) => {
                    let start = &html[..html.floor_char_boundary(html.len().min(bytes))];
                    bytes -= start.len();
                    reader.html(start);
                }
                Piece::Hole(Hole::Title(Some(reference))) => reader.text(&self.title_in(prose, reference).text),
                Piece::Hole(_) => {}
            }
            // Whether there is a section with a text that is whole.
            let begun = reader
                .lines
                .split_last()
                .is_some_and(|(_, whole)| whole.iter().any(|section| !section.text.is_empty()));
            if bytes == 0 || begun {
                break;
            }
        }
        let text = reader.lines.iter().map(|section| section.text.trim_end()).find(|text| !text.is_empty());
        text.unwrap_or_default().to_owned()
    }
}

impl Lines for Vec<Section> {
    fn text(&mut self, text: &str) {
        let Some(Section { text: line, .. }) = self.last_mut() else { return };
        line.push_str(if is_blank(line) { text.trim_start_matches(' ') } else { text });
    }

    fn space(&mut self) {
        if let Some(Section { text: line, .. }) = self.last_mut()
            && !is_blank(line)
        {
            line.push(' ');
        }
    }

    fn line(&mut self) {
        let Some(Section { text, .. }) = self.last_mut() else { return };
        if text.ends_with(' ') {
            text.pop();
        }
        if !is_blank(text) {
            text.push('\n');
        }
    }

    fn section(&mut self, heading: &Heading) {
        let (anchor, title) = (Some(heading.id.clone()), heading.text.clone());
        self.push(Section { anchor, title, text: String::new() });
    }
}

/// Whether white space would add nothing to a text.
fn is_blank(text: &str) -> bool {
    matches!(text.as_bytes().last(), None | Some(b' ' | b'\n'))
}
