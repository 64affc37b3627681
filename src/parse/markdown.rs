//! Markdown becomes prose: HTML with holes where the rest of the handbook shows through.
//!
//! CommonMark with tables, footnotes, task lists, strikethrough, definition lists, alerts and heading ids.
//! Smart punctuation is off because it turns Chinese quotation marks the wrong way; metadata blocks are off
//! because one in mid-text swallows what it holds. Nothing is written that a policy without inline styles and
//! scripts would refuse.

mod cjk;
mod headings;
mod html;
mod inline;
mod links;
mod notes;
mod page;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::blocks;
use crate::diag::{Code, Diagnostic, Report, suggest};
use crate::model::{Block, Draft, DraftProse, Heading, Hole, List};
use crate::path::HandbookPath;
use crate::source::{FileId, Span};
use cjk::Placed;
use inline::{Mute, Picture, Raw};

/// Every key of [`Hole::Word`] that prose asks for. Words that stand in an attribute must be escaped for one.
pub const WORDS: &[&str] = &[
    "alert_caution",
    "alert_important",
    "alert_note",
    "alert_tip",
    "alert_warning",
    "footnote",
    "footnote_back",
    "footnotes",
    "heading_link",
    "table",
    "task_done",
    "task_open",
];

/// Where Markdown stands.
pub struct Input<'a> {
    /// The file's path: relative links start from it.
    pub path: &'a HandbookPath,
    /// The file.
    pub file: FileId,
    /// The file's whole text.
    pub text: &'a str,
    /// The first byte of the Markdown, which goes on to the end of the text.
    pub start: usize,
    /// Reads a fenced block: its kind, its YAML and the span of the YAML, which is as long as the YAML. What a
    /// quote or a list puts before each line is blank in the YAML, so that offsets agree byte for byte.
    pub block: &'a BlockReader<'a>,
}

/// Reads a fenced block; `None` if there is nothing to show.
pub type BlockReader<'a> = dyn Fn(&str, &str, Span, &mut Report) -> Option<Block<Draft>> + 'a;

/// Reads Markdown. What is wrong in it is reported; the rest is shown.
pub fn parse(input: Input<'_>, report: &mut Report) -> DraftProse {
    let start = input.start;
    let placed = |range: Range<usize>| range.start + start..range.end + start;
    let mut events = Parser::new_ext(&input.text[start..], options()).into_offset_iter();
    // Room for the events of most texts: they are long, and moved when there are more.
    let mut all: Vec<Placed<'_>> = Vec::with_capacity((input.text.len() - start) / 16);
    all.extend(events.by_ref().map(|(event, range)| (event, placed(range))));
    let mut definitions = BTreeMap::new();
    for (event, range) in &all {
        if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event
            && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
            && let Some(definition) = events.reference_definitions().get(id)
        {
            definitions.insert(range.start, placed(definition.span.clone()));
        }
    }
    let mut writer = Writer {
        page: page::Page::with_room((input.text.len() - start) * 5 / 4),
        input,
        report,
        definitions,
        ids: headings::Ids::default(),
        notes: notes::Notes::default(),
        headings: Vec::new(),
        tables: Vec::new(),
        labels: Vec::new(),
        mute: None,
        picture: None,
    };
    writer.all(&all);
    writer.notes.show(&mut writer.ids, &mut writer.page);
    writer.page.finish().finish(writer.headings.into(), true)
}

/// A plain text as prose: a line of it, without markup.
pub fn plain(text: &str) -> DraftProse {
    let mut page = page::Page::default();
    page.text(text);
    page.finish().finish(List::default(), true)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Prose in the making.
struct Writer<'a, 'r> {
    input: Input<'a>,
    report: &'r mut Report,
    /// Where the definition stands that a link names, by the link's first byte.
    definitions: BTreeMap<usize, Range<usize>>,
    page: page::Page,
    ids: headings::Ids,
    notes: notes::Notes,
    headings: Vec<Heading>,
    tables: Vec<Columns>,
    /// The footnotes being defined.
    labels: Vec<CowStr<'a>>,
    mute: Option<Mute>,
    picture: Option<Picture>,
}

/// Where we are in a table.
struct Columns {
    alignments: Vec<Alignment>,
    next: usize,
    in_head: bool,
}

impl<'a> Writer<'a, '_> {
    fn all(&mut self, mut rest: &[Placed<'a>]) {
        while let Some(((event, range), tail)) = rest.split_first() {
            rest = match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let (inside, rest) = split_at_end(tail, TagEnd::CodeBlock);
                    self.code_block(kind, inside, range);
                    rest
                }
                Event::Start(Tag::HtmlBlock) => {
                    let (inside, rest) = split_at_end(tail, TagEnd::HtmlBlock);
                    let lines = inside.iter().filter_map(|(event, range)| match event {
                        Event::Html(html) | Event::Text(html) => Some((&**html, range.clone())),
                        _ => None,
                    });
                    self.raw(&Raw::new(self.input.text, lines), false);
                    rest
                }
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    let (inside, rest) = split_at_end(tail, TagEnd::Heading(*level));
                    let mut line = cjk::mend(self.input.text, inside);
                    if id.is_none() && !(classes.is_empty() && attrs.is_empty()) {
                        line.to_mut().extend(braces(self.input.text, range));
                    }
                    self.heading(*level, id.as_deref(), &line);
                    rest
                }
                event if is_in_line(event) => {
                    let length = rest.iter().take_while(|(event, _)| is_in_line(event)).count();
                    let (line, rest) = rest.split_at(length);
                    self.line(&cjk::mend(self.input.text, line));
                    rest
                }
                Event::Start(tag) => {
                    self.start(tag, tail);
                    tail
                }
                Event::End(tag) => {
                    self.end(*tag);
                    tail
                }
                Event::Rule => {
                    self.page.push("<hr>\n");
                    tail
                }
                _ => tail,
            };
        }
    }

    fn start(&mut self, tag: &Tag<'a>, tail: &[Placed<'a>]) {
        match tag {
            Tag::Paragraph => self.page.open("<p>", "</p>\n"),
            Tag::BlockQuote(None) => self.page.open("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::List(None) if begins_with_task(tail) => self.page.open("<ul class=\"jb-task-list\">\n", "</ul>\n"),
            Tag::List(None) => self.page.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.page.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.page.open(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.page.open("<li>", "</li>\n"),
            Tag::DefinitionList => self.page.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.page.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.page.open("<dd>", "</dd>\n"),
            Tag::FootnoteDefinition(label) => {
                self.labels.push(label.clone());
                self.page.begin_aside();
            }
            Tag::Table(alignments) => {
                self.tables.push(Columns { alignments: alignments.clone(), next: 0, in_head: true });
                let word = self.page.word("table");
                self.page.open(
                    &format!("<div class=\"jb-scroll\" role=\"region\" aria-label=\"{word}\" tabindex=\"0\"><table class=\"jb-table\">\n"),
                    "</table></div>\n",
                );
            }
            Tag::TableHead => self.page.open("<thead><tr>", "</tr></thead>\n"),
            Tag::TableRow => self.page.open("<tr>", "</tr>\n"),
            Tag::TableCell => self.cell(),
            _ => self.page.open("", ""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.mute = None;
        match tag {
            TagEnd::FootnoteDefinition => {
                let html = self.page.end_aside();
                if let Some(label) = self.labels.pop() {
                    self.notes.define(&label, &html);
                }
                return;
            }
            TagEnd::Table => {
                self.tables.pop();
                self.page.close();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(columns) = self.tables.last_mut() {
                    columns.next = 0;
                    columns.in_head = false;
                }
            }
            _ => {}
        }
        self.page.close();
        if tag == TagEnd::TableHead {
            self.page.open("<tbody>\n", "</tbody>\n");
        }
    }

    fn cell(&mut self) {
        let Some(columns) = self.tables.last_mut() else { return self.page.open("", "") };
        macro_rules! aligned {
            ($begin:literal) => {
                match columns.alignments.get(columns.next) {
                    Some(Alignment::Left) => concat!($begin, " class=\"jb-align-left\">"),
                    Some(Alignment::Center) => concat!($begin, " class=\"jb-align-center\">"),
                    Some(Alignment::Right) => concat!($begin, " class=\"jb-align-right\">"),
                    _ => concat!($begin, ">"),
                }
            };
        }
        let (begin, end) = match columns.in_head {
            true => (aligned!("<th scope=\"col\""), "</th>"),
            false => (aligned!("<td"), "</td>"),
        };
        columns.next += 1;
        self.page.open(begin, end);
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        macro_rules! alert {
            ($kind:literal) => {
                (
                    concat!(
                        "<div class=\"jb-alert\" data-kind=\"",
                        $kind,
                        "\" role=\"note\"><p class=\"jb-alert__title\">"
                    ),
                    concat!("<svg class=\"jb-icon\" aria-hidden=\"true\"><use href=\"#jb-i-", $kind, "\"/></svg> "),
                    concat!("alert_", $kind),
                )
            };
        }
        let (begin, icon, word) = match kind {
            BlockQuoteKind::Note => alert!("note"),
            BlockQuoteKind::Tip => alert!("tip"),
            BlockQuoteKind::Important => alert!("important"),
            BlockQuoteKind::Warning => alert!("warning"),
            BlockQuoteKind::Caution => alert!("caution"),
        };
        let (icon, word) = (self.page.verbatim(icon), self.page.word(word));
        self.page.open(&format!("{begin}{icon}{word}</p>\n"), "</div>\n");
    }

    /// The page has a title of its own, so the first level is the second.
    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, line: &[Placed<'a>]) {
        let level = (level as u8).max(2);
        let text = inline::plain(line);
        let id = self.ids.unique(&id.map_or_else(|| headings::slug(&text), str::to_owned));
        let escaped = page::escape(&id);
        let (open, close) = [
            ("<h2 id=\"", "</h2>\n"),
            ("<h3 id=\"", "</h3>\n"),
            ("<h4 id=\"", "</h4>\n"),
            ("<h5 id=\"", "</h5>\n"),
            ("<h6 id=\"", "</h6>\n"),
        ][usize::from(level) - 2];
        self.page.open(&[open, &escaped, "\">"].concat(), close);
        self.line(line);
        self.page.close_theirs();
        if level <= 4 && !text.is_empty() {
            let (word, text) = (self.page.word("heading_link"), page::escape(&text));
            let link =
                [" <a class=\"jb-anchor\" href=\"#", &escaped, "\" aria-label=\"", &word, " “", &text, "”\">#</a>"];
            self.page.push(&link.concat());
        }
        self.page.close();
        self.headings.push(Heading { level, id, text });
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'a>, inside: &[Placed<'a>], range: &Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if blocks::KINDS.contains(&language) {
            let (yaml, span) = self.body(inside, range);
            if let Some(block) = (self.input.block)(language, &yaml, span, self.report) {
                let hole = self.page.hole(Hole::Block(Box::new(block)));
                self.page.push(&format!("{hole}\n"));
            }
            return;
        }
        if let Some(near) = suggest::nearest(language, blocks::KINDS) {
            let start = self.input.text[range.clone()].find(language).map_or(range.start, |at| range.start + at);
            let span = Span::new(self.input.file, start, start + language.len());
            let message = format!("no block is called `{language}`");
            self.report
                .push(Diagnostic::new(Code::UnknownBlock, span, message).help(format!("did you mean `{near}`?")));
        }
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", page::escape(language)),
        };
        self.page.open(&format!("<pre tabindex=\"0\"><code{class}>"), "</code></pre>\n");
        for (event, _) in inside {
            if let Event::Text(text) = event {
                self.page.text(text);
            }
        }
        self.page.close();
    }

    /// The YAML of a block, byte for byte over its place in the file.
    fn body(&self, inside: &[Placed<'a>], range: &Range<usize>) -> (String, Span) {
        let text = self.input.text;
        let (Some((_, first)), Some((_, last))) = (inside.first(), inside.last()) else {
            let end = text[range.clone()].find('\n').map_or(range.end, |newline| range.start + newline);
            return (String::new(), Span::new(self.input.file, end, end));
        };
        let start = text[..first.start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut yaml = String::with_capacity(last.end - start);
        for (_, place) in inside {
            let blank = text[start + yaml.len()..place.start].bytes();
            yaml.extend(blank.map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
            yaml.push_str(&text[place.clone()]);
        }
        (yaml, Span::new(self.input.file, start, last.end))
    }
}

/// What comes before the end of an element that holds none of its kind, and what comes after it.
fn split_at_end<'e, 'a>(events: &'e [Placed<'a>], end: TagEnd) -> (&'e [Placed<'a>], &'e [Placed<'a>]) {
    let at = events.iter().position(|(event, _)| *event == Event::End(end)).unwrap_or(events.len());
    (&events[..at], events.get(at + 1..).unwrap_or_default())
}

fn is_in_line(event: &Event<'_>) -> bool {
    use Event::{Code, End, FootnoteReference, HardBreak, InlineHtml, SoftBreak, Start, TaskListMarker, Text};
    matches!(
        event,
        Text(_)
            | Code(_)
            | InlineHtml(_)
            | FootnoteReference(_)
            | SoftBreak
            | HardBreak
            | TaskListMarker(_)
            | Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
    )
}

/// Whether the first item of a list has a box to tick.
fn begins_with_task(tail: &[Placed<'_>]) -> bool {
    tail.iter().take(3).any(|(event, _)| matches!(event, Event::TaskListMarker(_)))
}

/// Braces at a heading's end that give no id are part of its text.
fn braces<'a>(text: &'a str, heading: &Range<usize>) -> Option<Placed<'a>> {
    let source = &text[heading.clone()];
    let (start, end) = (source.rfind('{')?, source.rfind('}')? + 1);
    let place = heading.start + start..heading.start + end;
    (start < end).then(|| (Event::Text(format!(" {}", &source[start..end]).into()), place))
}
