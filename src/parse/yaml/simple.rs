//! The YAML that nearly every file is written in, read in one go: block mappings and lists, values on one line, lists in
//! brackets, comments.
//!
//! It knows the beginning of the language and the limits of what it knows: whatever else stands in a file (a value over
//! several lines, an anchor, a tab, a mistake) it leaves the whole file to the real parser, which also tells of mistakes.
//! What it gives is what that one would give, to the byte; a test compares them. It takes a tenth of the time, and reading
//! maps is most of what stands between starting a preview and its first page.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Entry, Kind, MANY_KEYS, MAX_DEPTH, Node};
use crate::source::{FileId, Span};

/// The longest key, in bytes: the language knows a limit as well.
const LONGEST_KEY: usize = 1000;

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
            let end = self.yaml[begin..].find('\n').map_or(bytes.len(), |length| begin + length);
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
        let is_part = bytes.windows(2).all(|pair| pair != b": ") && bytes.last() != Some(&b':');
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
        let past_spaces = |at: usize| at + bytes[at..].iter().take_while(|&&sign| sign == b' ').count();
        let mut items = Vec::new();
        let mut from = past_spaces(at + 1);
        while bytes.get(from) != Some(&b']') || !items.is_empty() {
            let (item, to) = match *bytes.get(from)? {
                quote @ (b'"' | b'\'') => self.quoted(quote, from)?,
                _ => {
                    let to = from + bytes[from..].iter().position(|sign| matches!(sign, b',' | b']'))?;
                    let text = self.yaml[from..to].trim_end_matches(' ');
                    // Between brackets more signs have a meaning.
                    if text.contains(['[', '{', '}', ':', '#']) || text.starts_with(['-', '?']) {
                        return None;
                    }
                    (self.plain((from, from + text.len()))?, to)
                }
            };
            items.push(item);
            from = past_spaces(to);
            match bytes.get(from)? {
                b',' => from = past_spaces(from + 1),
                b']' => break,
                _ => return None,
            }
        }
        Some((
            Node { span: Span::new(self.file, self.start + at, self.start + from + 1), kind: Kind::List(items) },
            from + 1,
        ))
    }

    /// The place of some bytes, without the white space at their end.
    fn span(&self, (from, to): (usize, usize)) -> Span {
        let text = self.yaml[from..to].trim_end();
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
    line.windows(2).position(|pair| pair == b" #").map(|space| space + 1)
}

#[cfg(test)]
mod tests {
    //! Here and not in `tests/it`, because a tree is nobody's business outside `parse`.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use proptest::prelude::*;

    use super::*;
    use crate::diag::Report;
    use crate::source::Sources;

    fn file() -> FileId {
        let path = crate::path::HandbookPath::new("maps/a.yaml").unwrap();
        let sources = Sources::new(vec![crate::source::SourceFile::from_bytes(path, Vec::new())]);
        let (file, _) = sources.iter().next().unwrap();
        file
    }

    /// Holds the two readings of a document equal, and says whether it was simple.
    fn agree(yaml: &str) -> bool {
        let Some(simple) = read(yaml, file(), 7) else { return false };
        let mut report = Report::default();
        let real = super::super::real(yaml, file(), 7, &mut report);
        assert!(report.is_empty(), "a mistake was missed in\n{yaml}\n{report:?}");
        assert_eq!(Some(simple), real, "{yaml}");
        true
    }

    #[test]
    fn a_map_as_writers_write_it_is_simple() {
        let map = "title: Buying: not so simple\n";
        assert!(!agree(map));
        let map = "title: Buying a first machine   # the one she looks for\n\
            lanes: [feelings, \"pains, gains\", 'owner']\n\
            # In order.\n\
            stages:\n\
            - id: delivery\n  title: \"Delivery: & installation\"\n  steps:\n    - id: slot\r\n      feels: -1\n\
            \x20     pains:\n      - The slot is four hours wide\n\
            \n    - id: call\n      thinks: 它会来吗？\n      opens: ~\n      needs: []\nowner: cx-team";
        assert!(agree(map));
    }

    const LINES: &[&str] = &[
        "KEY: value",
        "KEY: value",
        "KEY:",
        "KEY:",
        "- item",
        "- item",
        "- KEY: value",
        "- KEY: value",
        "-",
        "- KEY:",
        "- - a",
        "- [a]",
        "-   KEY: wide",
        "KEY: \"quoted: # text\"",
        "KEY: \"\"",
        "KEY: 'it''s'",
        "KEY: 'single \"x\"'",
        "KEY: [a, b c, \"d, e\"]",
        "KEY: []",
        "KEY: [ a ]  # c",
        "KEY: [a, ]",
        "KEY: [,]",
        "KEY: [-1, 2]",
        "KEY: [a: b]",
        "KEY: [a#b, c]",
        "KEY: [a, b] c",
        "KEY: [it's, ~, null]",
        "KEY: [a b , c]",
        "KEY: ['a' , 'b']",
        "KEY: ['a'b]",
        "KEY: [[a]]",
        "KEY: {a: b}",
        "KEY: |",
        "KEY: >-",
        "KEY: b: c",
        "KEY: b # comment",
        "KEY: b#c",
        "KEY: # comment",
        "# comment",
        "",
        "  ",
        "KEY : value",
        "KEY:value",
        "標KEY: 標題 了",
        "KEY: 值\u{3000}",
        "KEY: \u{a0}x\u{a0}",
        "KEY: ~",
        "null: x",
        "~: y",
        "KEY: - x",
        "KEY: -1",
        "KEY: ?x",
        "? x",
        "KEY: :x",
        "KEY: ::",
        "&a KEY: v",
        "KEY: &a v",
        "KEY: *a",
        "KEY: !t v",
        "---",
        "--- x",
        "...",
        "%TAG",
        "KEY: @x",
        "KEY: `x`",
        "KEY: a\\b",
        "KEY: \"a\\n\"",
        "\"KEY\": v",
        "'KEY': v",
        "KEY: [a",
        "KEY: a]",
        "KEY: a, b",
        "KEY: {",
        "<<: x",
        "KEY: http://x.y/z",
        "KEY: x:",
        "KEY: 'a' b",
        "KEY: 'a' # c",
        "KEY: 'a'#c",
        "KEY: 'a",
        "KEY:   spaced   ",
        "KEY: - ",
        "KEY: a\tb",
        "\tKEY: a",
        "KEY: null",
        "KEY: x #",
        "KEY: #",
        "same: x",
        "same: y",
        "- same: z",
        "KEY: \u{85}x",
        "KEY: \u{2028}x",
        "KEY: \u{feff}x",
        "KEY: \u{7f}",
        "plain text",
        ".KEY: x",
        "KEY: %x",
        "KEY: x%",
        "KEY: \u{1f600}",
        "a b KEY: c d",
        "#KEY: x",
        "KEY#: x",
        "KEY #: x",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn both_readers_agree(lines in prop::collection::vec((0usize..5, 0..LINES.len(), 0usize..9), 1..9)) {
            let mut yaml = String::new();
            for (number, (indent, line, end)) in lines.into_iter().enumerate() {
                yaml.push_str(&" ".repeat([0, 0, 2, 3, 4][indent]));
                yaml.push_str(&LINES[line].replace("KEY", &format!("k{number}")));
                yaml.push_str(if end == 0 { "\r\n" } else { "\n" });
            }
            agree(&yaml);
        }

        #[test]
        fn both_readers_agree_on_simple_documents(steps in prop::collection::vec((0usize..3, 0usize..13), 1..20)) {
            // Lines that mostly fit, so that deep trees come up.
            let (mut yaml, mut indent, mut opened) = (String::new(), 0, false);
            for (number, (shift, line)) in steps.into_iter().enumerate() {
                match shift {
                    _ if opened => indent += 2 * usize::from(shift > 0),
                    0 => indent = usize::saturating_sub(indent, 2),
                    _ => {}
                }
                let line = LINES[[0, 2, 4, 6, 9, 13, 16, 17, 19, 35, 38, 44, 50][line]].replace("KEY", &format!("k{number}"));
                opened = line.ends_with(':');
                yaml.push_str(&format!("{}{line}\n", " ".repeat(indent)));
            }
            agree(&yaml);
        }
    }
}
