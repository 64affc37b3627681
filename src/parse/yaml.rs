//! YAML into a tree in which every key and every value has its place. Home of the YAML parser.
//!
//! A tree of our own, and not a serde derive, because a derive stops at the first mistake and an author who
//! mends a map of two hundred lines wants to see them all. Values stay texts here: what a text means is
//! decided by whoever asks for a number, a date or a name, so `no` and `2026-01-02` are never guessed at.

mod simple;

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{FileId, Span};

/// How deep values may be nested.
const MAX_DEPTH: usize = 64;
/// How many nodes aliases may copy in one file.
const MAX_COPIES: usize = 100_000;

/// The colon of Chinese and Japanese, which no key ends with.
pub(super) const FULL_WIDTH: char = '：';
/// What to say to those who wrote it after a key.
pub(super) const FULL_WIDTH_HELP: &str = "`：` is a full-width colon: YAML wants `: `, a half-width colon and a space";

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node<'a> {
    /// The value's text, for a mapping or list from its first to its last entry.
    pub(super) span: Span,
    /// The value.
    pub(super) kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'a> {
    /// Nothing: `key:`, `key: ~` or `key: null`.
    Nothing,
    /// A text, a number, a date: whatever stands there.
    Scalar(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// A mapping: keys are texts, each once.
    Map(Vec<Entry<'a>>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry<'a> {
    /// The key.
    pub(super) key: Cow<'a, str>,
    /// Where the key stands.
    pub(super) key_span: Span,
    /// The value.
    pub(super) value: Node<'a>,
}

impl Node<'_> {
    /// What the value is, in words for a message.
    pub(super) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Nothing => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
        }
    }
}

/// The tree of one YAML document; `None` if it cannot be read, which the report then says.
///
/// `start` is where `yaml` begins in the file, in bytes. An empty document is [`Kind::Nothing`].
pub(super) fn parse<'a>(yaml: &'a str, file: FileId, start: usize, report: &mut Report) -> Option<Node<'a>> {
    simple::read(yaml, file, start).or_else(|| real(yaml, file, start, report))
}

/// The same by the parser that knows all of YAML.
fn real<'a>(yaml: &'a str, file: FileId, start: usize, report: &mut Report) -> Option<Node<'a>> {
    let mut builder = Builder { file, start, yaml, report, anchors: HashMap::new(), copies: 0 };
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str_with_options(yaml, granit_parser::options! { emit_comments: false }) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                builder.syntax(&error);
                return None;
            }
        };
        let span = builder.span(&span);
        let (node, anchor) = match event {
            Event::DocumentStart(..) if root.is_some() => {
                let message = "a second document starts here, and a file holds one";
                builder.report.push(
                    Diagnostic::new(Code::YamlSyntax, span, message)
                        .help("remove the `---` or move what follows to a file of its own"),
                );
                return None;
            }
            Event::Scalar(text, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let span = if is_quoted(style) { builder.inside(span) } else { span };
                (Node { span, kind: if nothing { Kind::Nothing } else { Kind::Scalar(text) } }, anchor)
            }
            Event::Alias(id) => (builder.copy_of(id, span)?, 0),
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                if open.len() >= MAX_DEPTH {
                    builder.report.push(Diagnostic::new(Code::YamlSyntax, span, too_deep()));
                    return None;
                }
                let map = matches!(event, Event::MappingStart(..));
                let (items, entries, places) = (Vec::new(), Vec::new(), HashMap::new());
                open.push(Open { start: span, anchor, map, items, entries, places, key: None });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(closed) => {
                    let anchor = closed.anchor;
                    (builder.close(closed, span), anchor)
                }
                None => continue,
            },
            _ => continue,
        };
        if anchor > 0 {
            builder.anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(parent) => builder.put(parent, node),
            None => root = Some(node),
        }
    }
    Some(root.unwrap_or(Node { span: Span::new(file, start, start), kind: Kind::Nothing }))
}

/// A list or mapping whose end has not been seen.
struct Open<'a> {
    start: Span,
    anchor: usize,
    map: bool,
    items: Vec<Node<'a>>,
    entries: Vec<Entry<'a>>,
    /// Where each key is, of a mapping with many.
    places: HashMap<Cow<'a, str>, usize>,
    /// A key that waits for its value; `None` inside for a key that is not a text.
    key: Option<Option<(Cow<'a, str>, Span)>>,
}

/// In a mapping of more keys than this a key is looked up, in a smaller one looked for.
const MANY_KEYS: usize = 32;

impl<'a> Open<'a> {
    /// The entry that has this key already.
    fn place_of(&mut self, key: &str) -> Option<usize> {
        if self.entries.len() <= MANY_KEYS {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        for (at, entry) in self.entries.iter().enumerate().skip(self.places.len()) {
            self.places.insert(entry.key.clone(), at);
        }
        self.places.get(key).copied()
    }
}

struct Builder<'a, 'r> {
    file: FileId,
    start: usize,
    yaml: &'a str,
    report: &'r mut Report,
    anchors: HashMap<usize, Node<'a>>,
    copies: usize,
}

impl<'a> Builder<'a, '_> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let text = &self.yaml[range.clone()];
        // A plain scalar's span may run on into the white space after it.
        Span::new(self.file, self.start + range.start, self.start + range.start + text.trim_end().len())
    }

    /// What stands between a span's quotation marks.
    fn inside(&self, span: Span) -> Span {
        let text = &self.yaml[span.start as usize - self.start..span.end as usize - self.start];
        match text.len() >= 2 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']) {
            true => Span { start: span.start + 1, end: span.end - 1, ..span },
            false => span,
        }
    }

    fn put(&mut self, parent: &mut Open<'a>, node: Node<'a>) {
        if !parent.map {
            parent.items.push(node);
            return;
        }
        match parent.key.take() {
            None => {
                parent.key = Some(match node.kind {
                    Kind::Scalar(text) => Some((text, node.span)),
                    _ => {
                        let message = format!("a key is a text, and this is {}", node.describe());
                        self.report.push(Diagnostic::new(Code::YamlSyntax, node.span, message));
                        None
                    }
                });
            }
            Some(None) => {}
            Some(Some((key, _))) if key == "<<" => self.merge(parent, node),
            Some(Some((key, key_span))) => match parent.place_of(&key).map(|at| &parent.entries[at]) {
                Some(first) => self.report.push(
                    Diagnostic::new(Code::DuplicateKey, key_span, format!("`{key}` is given twice"))
                        .related(first.key_span, "first here")
                        .help("keep one of them"),
                ),
                None => parent.entries.push(Entry { key, key_span, value: node }),
            },
        }
    }

    /// `<<: *base` takes over the keys that the mapping does not give itself.
    fn merge(&mut self, parent: &mut Open<'a>, node: Node<'a>) {
        match node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    if parent.place_of(&entry.key).is_none() {
                        parent.entries.push(entry);
                    }
                }
            }
            _ => self.report.push(Diagnostic::new(
                Code::YamlSyntax,
                node.span,
                format!("`<<` takes over the keys of a mapping, and this is {}", node.describe()),
            )),
        }
    }

    fn close(&self, closed: Open<'a>, end: Span) -> Node<'a> {
        // A block mapping's end event lies at the beginning of whatever follows it.
        let last = closed.entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end));
        let last = last.or(closed.items.last().map(|item| item.span.end)).unwrap_or(end.end);
        let bracket = self.yaml.get(end.start as usize - self.start..end.end as usize - self.start);
        let last = if matches!(bracket, Some("]" | "}")) { end.end } else { last };
        let kind = if closed.map { Kind::Map(closed.entries) } else { Kind::List(closed.items) };
        Node { span: Span { end: last.max(closed.start.start), ..closed.start }, kind }
    }

    fn copy_of(&mut self, anchor: usize, span: Span) -> Option<Node<'a>> {
        let node = self.anchors.get(&anchor).cloned();
        self.copies += node.as_ref().map_or(0, size);
        if self.copies > MAX_COPIES {
            let message = format!("aliases copy more than {MAX_COPIES} values");
            self.report.push(Diagnostic::new(Code::YamlSyntax, span, message));
            return None;
        }
        // An alias inside the very value that it names has nothing to copy yet.
        Some(node.unwrap_or(Node { span, kind: Kind::Nothing }))
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.yaml.len());
        let at = self.yaml.floor_char_boundary(at);
        let help = help_for(self.yaml, at);
        // A colon that is too wide is noticed only later, often on the next line.
        let at = full_width_near(self.yaml, at).unwrap_or(at);
        let end = self.yaml[at..].chars().next().map_or(at, |next| at + next.len_utf8());
        let span = Span::new(self.file, self.start + at, self.start + end);
        let message = match error.kind() {
            ErrorKind::RecursionLimitExceeded => too_deep(),
            other => format!("this is not YAML: {other}"),
        };
        let mut diagnostic = Diagnostic::new(Code::YamlSyntax, span, message);
        if let Some(help) = help {
            diagnostic = diagnostic.help(help);
        }
        self.report.push(diagnostic);
    }
}

fn too_deep() -> String {
    format!("values are nested more than {MAX_DEPTH} deep")
}

/// A full-width colon that stands where a key's colon should, in the line of a place or in the one before it.
fn full_width_near(yaml: &str, at: usize) -> Option<usize> {
    let line_start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before_start = yaml[..line_start].trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    [line_start, before_start].into_iter().find_map(|start| {
        let line = yaml[start..].split('\n').next()?;
        let colon = line.find(FULL_WIDTH)?;
        line.find(": ").is_none_or(|half| colon < half).then_some(start + colon)
    })
}

/// What writers trip over most, told by the lines around the place.
fn help_for(yaml: &str, at: usize) -> Option<&'static str> {
    let line_start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = yaml[..line_start].trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
    let line = yaml[line_start..].split('\n').next().unwrap_or("");
    let has = |sign: &str| line.contains(sign) || before.contains(sign);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let value = |line: &'_ str| line.split_once(": ").map_or("", |(_, value)| value.trim()).to_owned();
    if full_width_near(yaml, at).is_some() {
        Some(FULL_WIDTH_HELP)
    } else if line[..indent(line)].contains('\t') {
        Some("indent with spaces: YAML does not allow tabs there")
    } else if line.matches(": ").count() > 1 || before.matches(": ").count() > 1 {
        Some("a text that holds `: ` stands in quotes: `key: \"first: second\"`")
    } else if value(line).starts_with(['[', '{', '*', '&', '@', '%', '`']) {
        Some("a text that begins with a sign such as `[`, `{` or `*` stands in quotes: `key: \"[new] …\"`")
    } else if indent(line) > indent(before) && !value(before).is_empty() {
        Some("the line before has its value already: begin both lines at the same column")
    } else if has("\"") || has("'") {
        Some("look for a quotation mark that is not closed, or that stands inside the text")
    } else {
        None
    }
}

fn is_quoted(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

fn size(node: &Node<'_>) -> usize {
    1 + match &node.kind {
        Kind::List(items) => items.iter().map(size).sum(),
        Kind::Map(entries) => entries.iter().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}
