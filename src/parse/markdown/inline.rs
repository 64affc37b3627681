//! What stands in a line: words, emphasis, links, pictures, raw HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Writer;
use super::cjk::Placed;
use super::html::{self, Attribute, Token};
use super::links::{self, Target};
use super::page::escape;
use crate::diag::{Code, Diagnostic};
use crate::model::{Hole, NamedReference};
use crate::source::Span;

/// Words that are not shown.
pub(super) enum Mute {
    /// Up to the end of the link: its target's title stands for them.
    Link,
    /// Up to the end of this element, or of the line.
    Element(String),
}

/// A picture whose description is being read.
pub(super) struct Picture {
    /// Pictures within pictures: part of the description.
    depth: usize,
    /// Where it stands.
    span: Span,
    reference: Option<Box<NamedReference>>,
    title: String,
    description: String,
}

/// Raw HTML, and where its lines stand in the file.
pub(super) struct Raw {
    html: String,
    lines: Vec<Line>,
}

/// A line of raw HTML.
struct Line {
    /// Its first byte.
    start: usize,
    /// Its place in the file.
    place: Range<usize>,
    /// Whether it is written as it is in the file.
    is_exact: bool,
}

impl Raw {
    /// Joins the lines of a block. `text` is the file's.
    pub(super) fn new<'l>(text: &str, lines: impl IntoIterator<Item = (&'l str, Range<usize>)>) -> Self {
        let mut raw = Self { html: String::new(), lines: Vec::new() };
        for (line, place) in lines {
            let is_exact = text.get(place.clone()) == Some(line);
            raw.lines.push(Line { start: raw.html.len(), place, is_exact });
            raw.html.push_str(line);
        }
        raw
    }

    /// The place in the file of some bytes; of whole lines where these are not written as they are in the file.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.lines.get(self.lines.partition_point(|line| line.start <= at).saturating_sub(1));
        // The end belongs to the line of the byte before it.
        let (Some(first), Some(last)) = (line(range.start), line(range.end.saturating_sub(1).max(range.start))) else {
            return 0..0;
        };
        let start = if first.is_exact { first.place.start + range.start - first.start } else { first.place.start };
        let end = if last.is_exact { last.place.start + range.end - last.start } else { last.place.end };
        start..end.max(start)
    }
}

impl<'a> Writer<'a, '_> {
    /// Writes a line that has been mended.
    pub(super) fn line(&mut self, line: &[Placed<'a>]) {
        let text_ends = links::text_ends(line);
        for (index, (event, range)) in line.iter().enumerate() {
            if self.picture.is_some() {
                self.describe(event);
                continue;
            }
            let is_muted = self.mute.is_some();
            match event {
                Event::Text(words) if !is_muted => self.page.text(words),
                Event::Code(words) if !is_muted => self.page.code(words),
                Event::SoftBreak => self.page.push("\n"),
                Event::HardBreak => self.page.push("<br>\n"),
                Event::InlineHtml(html) => self.raw(&Raw::new(self.input.text, [(&**html, range.clone())]), true),
                Event::FootnoteReference(label) => self.notes.refer(label, &mut self.ids, &mut self.page),
                Event::TaskListMarker(done) => self.task(*done),
                Event::Start(Tag::Emphasis) => self.page.open("<em>", "</em>"),
                Event::Start(Tag::Strong) => self.page.open("<strong>", "</strong>"),
                Event::Start(Tag::Strikethrough) => self.page.open("<del>", "</del>"),
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let is_empty = matches!(line.get(index + 1), Some((Event::End(TagEnd::Link), _)) | None);
                    let place = self.place(*link_type, range, text_ends[index]);
                    self.link(*link_type, dest_url, title, place, is_empty);
                }
                Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                    let place = self.place(*link_type, range, text_ends[index]);
                    let reference = links::file(dest_url, place, &self.input, self.report);
                    let title = title.to_string();
                    let span = Span::new(self.input.file, range.start, range.end);
                    self.picture = Some(Picture { depth: 0, span, reference, title, description: String::new() });
                }
                Event::End(TagEnd::Link) => {
                    self.mute.take_if(|mute| matches!(mute, Mute::Link));
                    self.page.close();
                }
                Event::End(_) => self.page.close(),
                _ => {}
            }
        }
        self.mute = None;
    }

    fn place(&self, kind: LinkType, range: &Range<usize>, text_end: usize) -> Range<usize> {
        links::place(self.input.text, kind, range, text_end, self.definitions.get(&range.start))
    }

    fn link(&mut self, kind: LinkType, address: &str, title: &str, place: Range<usize>, is_empty: bool) {
        let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        match links::target(&address, place, &self.input, self.report) {
            Target::Inside(reference) => {
                let class = if reference.kind == crate::model::ReferenceKind::Term { " class=\"jb-term\"" } else { "" };
                let href = self.page.hole(Hole::Address(reference.clone()));
                self.page.open(&format!("<a{class} href=\"{href}\"{title}>"), "</a>");
                if is_empty || kind == LinkType::Autolink {
                    let name = self.page.hole(Hole::Title(reference));
                    self.page.push(&name);
                    self.mute = Some(Mute::Link);
                }
            }
            Target::Outside(address) => {
                let href = escape(&address);
                self.page.open(&format!("<a href=\"{href}\"{title}{}>", rel(&address)), "</a>");
                if is_empty {
                    self.page.push(&href);
                }
            }
            Target::Nowhere => self.page.open("", ""),
        }
    }

    /// Reads on in a picture's description, and shows the picture at its end.
    fn describe(&mut self, event: &Event<'a>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Text(words) | Event::Code(words) => picture.description.push_str(words),
            Event::SoftBreak | Event::HardBreak => picture.description.push(' '),
            Event::Start(Tag::Image { .. }) => picture.depth += 1,
            Event::End(TagEnd::Image) if picture.depth > 0 => picture.depth -= 1,
            Event::End(TagEnd::Image) => {
                // What is no file of the handbook has been told of already.
                if picture.description.trim().is_empty() && picture.reference.is_some() {
                    self.report.push(
                        no_description(picture.span)
                            .help("write in the brackets what it says to those who see it: `![A narrow door](…)`"),
                    );
                }
                let description = escape(&picture.description);
                let title = escape(&picture.title);
                match picture.reference.take() {
                    Some(reference) => {
                        let src = self.page.hole(Hole::Address(reference));
                        let title = if title.is_empty() { title } else { format!(" title=\"{title}\"") };
                        self.page.push(&format!("<img src=\"{src}\" alt=\"{description}\"{title} loading=\"lazy\">"));
                    }
                    None => self.page.push(&description),
                }
                self.picture = None;
            }
            _ => {}
        }
    }

    fn task(&mut self, done: bool) {
        let (begin, word) = match done {
            true => ("<input type=\"checkbox\" disabled checked aria-label=\"", "task_done"),
            false => ("<input type=\"checkbox\" disabled aria-label=\"", "task_open"),
        };
        let parts = [self.page.verbatim(begin), self.page.word(word), self.page.verbatim("\">")];
        self.page.push(&format!("{} ", parts.concat()));
    }

    /// Writes what is allowed of raw HTML.
    pub(super) fn raw(&mut self, raw: &Raw, in_line: bool) {
        for token in html::tokens(&raw.html) {
            if let Some(Mute::Element(hollow)) = &self.mute {
                if matches!(&token, Token::End { name, .. } if name == hollow) {
                    self.mute = None;
                }
                continue;
            }
            match token {
                Token::Text(range) if self.mute.is_none() => self.page.raw_text(&raw.html[range]),
                Token::Text(_) => {}
                Token::Odd(range) => self.leave_out(&raw.html[range.clone()], &range, raw),
                Token::Start { name, range, .. } if !html::is_allowed(&name) => {
                    self.leave_out(&format!("<{name}>"), &range, raw);
                    if in_line && html::is_hollow(&name) {
                        self.mute = Some(Mute::Element(name));
                    }
                }
                Token::Start { name, attributes, range } => {
                    let tag = self.tag(&name, &attributes, &range, raw);
                    if !self.page.open_raw(&name, &tag) {
                        self.leave_out(&format!("<{name}>"), &range, raw);
                    }
                }
                Token::End { name, range } if html::is_allowed(&name) => {
                    if !html::is_void(&name) && !self.page.close_raw(&name) {
                        let message = format!("`</{name}>` closes nothing here and was left out");
                        let place = self.raw_span(&range, raw);
                        self.report.push(Diagnostic::new(Code::HtmlDropped, place, message).help("take it out"));
                    }
                }
                // Its beginning was left out as well, and told.
                Token::End { .. } => {}
            }
        }
    }

    /// A tag with those of its attributes that are allowed.
    fn tag(&mut self, name: &str, attributes: &[Attribute], range: &Range<usize>, raw: &Raw) -> String {
        let mut tag = format!("<{name}");
        if name == "img" && !attributes.iter().any(|attribute| attribute.name == "alt") {
            self.report.push(
                no_description(self.raw_span(range, raw))
                    .help("add `alt=\"…\"`, what it says to those who see it; `alt=\"\"` if it only decorates"),
            );
        }
        for attribute in attributes {
            if !html::is_allowed_on(name, &attribute.name) {
                self.leave_out(&attribute.name, &attribute.range, raw);
                continue;
            }
            let value = &raw.html[attribute.value.clone()];
            let value = match attribute.name.as_str() {
                "href" => self.raw_link(value, attribute, raw),
                "src" | "poster" => {
                    let place = raw.place(&attribute.value);
                    let reference = links::file(&unescape(value), place, &self.input, self.report);
                    reference.map(|reference| self.page.hole(Hole::Address(reference)))
                }
                "id" => Some(self.ids.unique(&self.page.raw_value(value))),
                _ => Some(self.page.raw_value(value)),
            };
            if let Some(value) = value {
                tag.push_str(&format!(" {}=\"{value}\"", attribute.name));
            }
        }
        tag + ">"
    }

    fn raw_link(&mut self, value: &str, attribute: &Attribute, raw: &Raw) -> Option<String> {
        let place = raw.place(&attribute.value);
        match links::target(&unescape(value), place, &self.input, self.report) {
            Target::Inside(reference) => Some(self.page.hole(Hole::Address(reference))),
            Target::Outside(address) => Some(escape(&address)),
            Target::Nowhere => None,
        }
    }

    fn leave_out(&mut self, what: &str, range: &Range<usize>, raw: &Raw) {
        let what = what.lines().next().unwrap_or_default();
        let message = format!("`{what}` is not allowed in a handbook and was left out");
        let help = "`journeybook explain html-dropped` says what is allowed";
        self.report.push(Diagnostic::new(Code::HtmlDropped, self.raw_span(range, raw), message).help(help));
    }

    fn raw_span(&self, range: &Range<usize>, raw: &Raw) -> Span {
        let place = raw.place(range);
        Span::new(self.input.file, place.start, place.end)
    }
}

/// Says that a picture has nothing for those who do not see it.
fn no_description(span: Span) -> Diagnostic {
    Diagnostic::new(Code::ImageWithoutText, span, "this picture has no alternative text")
}

/// The text of a line, without markup.
pub(super) fn plain(line: &[Placed<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in line {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Other sites learn nothing of the window they were opened from.
fn rel(address: &str) -> &'static str {
    let is_site = address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    if is_site { " rel=\"noopener\"" } else { "" }
}

/// An address in an attribute. Any other entity makes it a path that leads nowhere, which is reported.
fn unescape(value: &str) -> String {
    value.trim().replace("&amp;", "&")
}
