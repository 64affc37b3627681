//! The YAML that nearly every file is written in, read in one go: block mappings and lists, values on one line, lists in
//! brackets, mappings in braces, comments.
//!
//! It knows the beginning of the language and the limits of what it knows: whatever else stands in a file (a value over
//! several lines, an anchor, a tab, a mistake) it leaves the whole file to the real parser, which also tells of mistakes.
//! What it gives is what that one would give, to the byte; a test compares them. It takes a tenth of the time, and reading
//! maps is most of what stands between starting a preview and its first page.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Entry, Kind, MANY_KEYS, MAX_DEPTH, Node};
use crate::scan::Signs;
use crate::source::{FileId, Span};

/// The longest key, in bytes: the language knows a limit as well.
const LONGEST_KEY: usize = 1000;

/// What a key ends with.
const COLON: Signs<1> = Signs::new(*b":");
/// What a line ends with.
const LINE_FEED: Signs<1> = Signs::new(*b"\n");
/// What a comment begins with.
const HASH: Signs<1> = Signs::new(*b"#");

/// The tree of a document that is a mapping in simple YAML; `None` for any other.
///
/// `start` is where `yaml` begins in the file, in bytes.
pub(super) fn read(yaml: &str, file: FileId, start: usize) -> Option<Node<'_>> {
    if !is_tame(yaml.as_bytes()) {
        return None;
    }
    let mut reader = Reader { yaml, file, start, line: Line::default(), next: 0 };
    reader.advance();
    if reader.line.is_none() || reader.line.indent > 0 || reader.is_item() {
        return None;
    }
    let node = reader.mapping(0, 0)?;
    reader.line.is_none().then_some(node)
}

/// Whether a text holds no sign that means something special anywhere: no tabs and other control characters, no line
/// breaks of other kinds, no byte-order mark.
fn is_tame(yaml: &[u8]) -> bool {
    // Nearly all of most texts is plain letters, and these can be looked at many at a time.
    if yaml.iter().fold(true, |plain, &sign| plain & (sign == b'\n' || matches!(sign, b' '..=b'~'))) {
        return true;
    }
    let mut signs = yaml.iter().enumerate();
    signs.all(|(at, &sign)| match sign {
        b'\n' | b' '..=b'~' | 0x80..=0xc1 | 0xc3..=0xe1 | 0xe3..=0xee | 0xf0.. => true,
        b'\r' => yaml.get(at + 1) == Some(&b'\n'),
        0xc2 => yaml.get(at + 1).is_some_and(|next| *next >= 0xa0),
        0xe2 => !matches!(yaml.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        0xef => !matches!(yaml.get(at + 1..at + 3), Some([0xbb, 0xbf] | [0xbf, _])),
        _ => false,
    })
}

/// The line being read: none before the first and after the last.
#[derive(Clone, Copy, Default)]
struct Line {
    /// How many spaces it begins with.
    indent: usize,
    /// Where what stands in it begins and ends, in bytes.
    from: usize,
    to: usize,
}

impl Line {
    fn is_none(self) -> bool {
        self.from == self.to
    }
}

struct Reader<'a> {
    yaml: &'a str,
    file: FileId,
    start: usize,
    line: Line,
    /// Where the line after this one begins.
    next: usize,
}

impl<'a> Reader<'a> {
    /// Steps to the next line that holds more than a comment.
    fn advance(&mut self) {
        let bytes = self.yaml.as_bytes();
        while self.next < bytes.len() {
            let begin = self.next;
            let end = begin + LINE_FEED.before(&bytes[begin..]);
            self.next = end + 1;
            let indent = bytes[begin..end].iter().take_while(|&&sign| sign == b' ').count();
            let from = begin + indent;
            let to = end - bytes[from..end].iter().rev().take_while(|&&sign| matches!(sign, b' ' | b'\r')).count();
            if from < to && bytes[from] != b'#' {
                self.line = Line { indent, from, to };
                return;
            }
        }
        self.line = Line::default();
    }

    /// Whether the line is an item of a list.
    fn is_item(&self) -> bool {
        matches!(self.yaml.as_bytes()[self.line.from..self.line.to], [b'-'] | [b'-', b' ', ..])
    }

    /// A mapping whose first key stands where the line is.
    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        if depth + 1 >= MAX_DEPTH {
            return None;
        }
        let from = self.line.from;
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut known: HashSet<&'a str> = HashSet::new();
        loop {
            let (key, value) = self.key()?;
            let text = &self.yaml[key.0..key.1];
            let twice = match entries.len() <= MANY_KEYS {
                true => entries.iter().any(|entry| entry.key == text),
                false => {
                    if known.is_empty() {
                        let all = entries.iter().map(|entry| &self.yaml[self.bytes_of(entry.key_span)]);
                        known.extend(all);
                    }
                    !known.insert(text)
                }
            };
            if twice {
                return None;
            }
            let key_span = self.span(key);
            let value = match value {
                Some(at) => self.inline(at, indent)?,
                None => {
                    self.advance();
                    match self.line {
                        line if line.is_none() => return None,
                        line if line.indent > indent && self.is_item() => self.list(line.indent, depth + 1, false)?,
                        line if line.indent > indent => self.mapping(line.indent, depth + 1)?,
                        line if line.indent == indent && self.is_item() => self.list(indent, depth + 1, true)?,
                        _ => return None,
                    }
                }
            };
            entries.push(Entry { key: Cow::Borrowed(text), key_span, value });
            if self.line.is_none() || self.line.indent < indent {
                break;
            }
            if self.line.indent > indent || self.is_item() {
                return None;
            }
        }
        let end = entries.last()?.value.span.end;
        Some(Node { span: Span { end, ..self.span((from, from)) }, kind: Kind::Map(entries) })
    }

    /// A list whose first item stands where the line is. One that is flush with its key begins, as the real parser has it,
    /// behind the first dash.
    fn list(&mut self, indent: usize, depth: usize, flush: bool) -> Option<Node<'a>> {
        if depth + 1 >= MAX_DEPTH {
            return None;
        }
        let mut begin = self.line.from;
        let mut items: Vec<Node<'a>> = Vec::new();
        while self.line.indent == indent && !self.line.is_none() && self.is_item() {
            let Line { from, to, .. } = self.line;
            let gap = 1 + self.yaml.as_bytes()[from + 1..to].iter().take_while(|&&sign| sign == b' ').count();
            // From here on the line is what stands behind the dash.
            self.line = Line { indent: indent + gap, from: from + gap, to };
            if self.line.is_none() || self.is_item() {
                return None;
            }
            if flush && items.is_empty() {
                begin = self.line.from;
            }
            items.push(match self.key() {
                Some(_) => self.mapping(indent + gap, depth + 1)?,
                None => self.inline(self.line.from, indent)?,
            });
        }
        if !self.line.is_none() && self.line.indent > indent {
            return None;
        }
        let end = items.last()?.span.end;
        Some(Node { span: Span { end, ..self.span((begin, begin)) }, kind: Kind::List(items) })
    }

    /// The key that the line begins with, and where its value begins, if that is on the same line. `None` if there is no key,
    /// or none that is simple.
    fn key(&self) -> Option<((usize, usize), Option<usize>)> {
        let bytes = self.yaml.as_bytes();
        let Line { indent, from, to } = self.line;
        let line = &bytes[from..to];
        if is_sign(line[0]) || matches!(line[0], b'-' | b'?' | b':' | b'.' if indent == 0) {
            return None;
        }
        let colon = (0..line.len()).find(|&at| line[at] == b':' && matches!(line.get(at + 1), None | Some(b' ')))?;
        let key = &line[..colon];
        let special = matches!(key, b"<<" | b"~" | b"null") || key.last() == Some(&b' ') || key.len() > LONGEST_KEY;
        if special || matches!(line[0], b'-' | b'?' | b':') || begins_comment(key).is_some() {
            return None;
        }
        let gap = line[colon + 1..].iter().take_while(|&&sign| sign == b' ').count();
        let value = from + colon + 1 + gap;
        Some(((from, from + colon), (value < to && bytes[value] != b'#').then_some(value)))
    }

    /// A value that stands on the line, which is then left. `indent` is that of the mapping or list around it: a line after it
    /// that is indented more would belong to it.
    fn inline(&mut self, at: usize, indent: usize) -> Option<Node<'a>> {
        let (node, end) = match self.yaml.as_bytes()[at] {
            quote @ (b'"' | b'\'') => self.quoted(quote, at)?,
            b'[' => self.brackets(at)?,
            b'{' => self.braces(at)?,
            _ => {
                let text = &self.yaml[at..self.line.to];
                let text =
                    begins_comment(text.as_bytes()).map_or(text, |comment| text[..comment].trim_end_matches(' '));
                (self.plain((at, at + text.len()))?, self.line.to)
            }
        };
        let rest = &self.yaml.as_bytes()[end..self.line.to];
        if !rest.is_empty() && begins_comment(rest) != rest.iter().position(|&sign| sign != b' ') {
            return None;
        }
        self.advance();
        (self.line.is_none() || self.line.indent <= indent).then_some(node)
    }

    /// A value without quotation marks.
    fn plain(&self, (from, to): (usize, usize)) -> Option<Node<'a>> {
        let text = &self.yaml[from..to];
        let bytes = text.as_bytes();
        let first = *bytes.first()?;
        // Nearly no value has a colon.
        let is_part = COLON.before(bytes) == bytes.len()
            || bytes.windows(2).all(|pair| pair != b": ") && bytes.last() != Some(&b':');
        let opens = matches!(first, b'-' | b'?' | b':') && matches!(bytes.get(1), None | Some(b' '));
        if !is_part || opens || is_sign(first) {
            return None;
        }
        let kind = if matches!(text, "~" | "null") { Kind::Nothing } else { Kind::Scalar(Cow::Borrowed(text)) };
        Some(Node { span: self.span((from, to)), kind })
    }

    /// A value in quotation marks in which nothing is escaped, and where it ends.
    fn quoted(&self, quote: u8, at: usize) -> Option<(Node<'a>, usize)> {
        let bytes = &self.yaml.as_bytes()[..self.line.to];
        let end = at + 1 + bytes[at + 1..].iter().position(|&sign| sign == quote)?;
        let text = &self.yaml[at + 1..end];
        if bytes.get(end + 1) == Some(&quote) || quote == b'"' && text.contains('\\') {
            return None;
        }
        let span = Span::new(self.file, self.start + at + 1, self.start + end);
        Some((Node { span, kind: Kind::Scalar(Cow::Borrowed(text)) }, end + 1))
    }

    /// A list in brackets on one line, and where it ends.
    fn brackets(&self, at: usize) -> Option<(Node<'a>, usize)> {
        let bytes = &self.yaml.as_bytes()[..self.line.to];
        let mut items = Vec::new();
        let mut from = self.past_spaces(at + 1);
        while bytes.get(from) != Some(&b']') || !items.is_empty() {
            let (item, to) = self.within(from, b']')?;
            items.push(item);
            from = self.past_spaces(to);
            match bytes.get(from)? {
                b',' => from = self.past_spaces(from + 1),
                b']' => break,
                _ => return None,
            }
        }
        Some((
            Node { span: Span::new(self.file, self.start + at, self.start + from + 1), kind: Kind::List(items) },
            from + 1,
        ))
    }

    /// A mapping in braces on one line, of keys that are plain names, and where it ends.
    fn braces(&self, at: usize) -> Option<(Node<'a>, usize)> {
        let bytes = &self.yaml.as_bytes()[..self.line.to];
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut from = self.past_spaces(at + 1);
        loop {
            let colon = from + bytes[from..].iter().take_while(|&&sign| sign.is_ascii_alphanumeric()).count();
            let key = &self.yaml[from..colon];
            let is_odd = key.is_empty() || key == "null" || entries.iter().any(|entry| entry.key == key);
            if is_odd || bytes.get(colon..colon + 2) != Some(b": ") {
                return None;
            }
            let (value, to) = self.within(self.past_spaces(colon + 1), b'}')?;
            entries.push(Entry { key: Cow::Borrowed(key), key_span: self.span((from, colon)), value });
            from = self.past_spaces(to);
            match bytes.get(from)? {
                b',' => from = self.past_spaces(from + 1),
                b'}' => break,
                _ => return None,
            }
        }
        let span = Span::new(self.file, self.start + at, self.start + from + 1);
        Some((Node { span, kind: Kind::Map(entries) }, from + 1))
    }

    /// A value within brackets or braces that `close` closes, and where it ends.
    fn within(&self, from: usize, close: u8) -> Option<(Node<'a>, usize)> {
        let bytes = &self.yaml.as_bytes()[..self.line.to];
        if let quote @ (b'"' | b'\'') = *bytes.get(from)? {
            return self.quoted(quote, from);
        }
        let to = from + bytes[from..].iter().position(|&sign| sign == b',' || sign == close)?;
        let text = self.yaml[from..to].trim_end_matches(' ');
        // Between brackets more signs have a meaning.
        if text.contains(['[', ']', '{', '}', ':', '#']) || text.starts_with(['-', '?']) {
            return None;
        }
        Some((self.plain((from, from + text.len()))?, to))
    }

    /// The place behind the spaces at some place of the line.
    fn past_spaces(&self, at: usize) -> usize {
        at + self.yaml.as_bytes()[at..self.line.to].iter().take_while(|&&sign| sign == b' ').count()
    }

    /// The place of some bytes, without the white space at their end.
    fn span(&self, (from, to): (usize, usize)) -> Span {
        let text = &self.yaml[from..to];
        let text = if text.as_bytes().last().is_some_and(u8::is_ascii_graphic) { text } else { text.trim_end() };
        Span::new(self.file, self.start + from, self.start + from + text.len())
    }

    fn bytes_of(&self, span: Span) -> std::ops::Range<usize> {
        span.start as usize - self.start..span.end as usize - self.start
    }
}

/// Whether no value without quotation marks begins with this sign.
fn is_sign(sign: u8) -> bool {
    matches!(
        sign,
        b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`'
    )
}

/// Where a comment begins: at a `#` behind a space.
fn begins_comment(line: &[u8]) -> Option<usize> {
    if HASH.before(line) == line.len() {
        return None;
    }
    line.windows(2).position(|pair| pair == b" #").map(|space| space + 1)
}

#[cfg(test)]
mod tests;
