//! Finished HTML, read as the text that it shows.

use std::borrow::Cow;

use super::Lines;
use super::tag::{self, is_in_line, whole_tag};
use crate::hash::HashMap;
use crate::model::Heading;
use crate::scan::Signs;

/// HTML that is being read, piece by piece.
pub(super) struct Reader<'p, L> {
    /// Where the text goes.
    pub(super) lines: L,
    /// The headings by their ids, which differ.
    headings: HashMap<&'p str, &'p Heading>,
    /// The tag that is being read and goes on in another piece, without its first sign.
    tag: Option<String>,
    /// The element whose contents are left out.
    skip: Option<&'static str>,
}

impl<'p, L: Lines> Reader<'p, L> {
    pub(super) fn new(headings: &'p [Heading], lines: L) -> Self {
        let headings = headings.iter().map(|heading| (heading.id.as_str(), heading)).collect();
        Self { lines, headings, tag: None, skip: None }
    }

    /// Reads HTML, which may end within a tag.
    pub(super) fn html(&mut self, html: &str) {
        let mut rest = match self.tag.take() {
            Some(begun) => self.end_tag(begun, html),
            None => html,
        };
        // A lone space is text like any other.
        let has_double = has_two_spaces(html.as_bytes());
        while let Some(&byte) = rest.as_bytes().first() {
            match SORTS[usize::from(byte)] {
                Sort::Space if has_double => {
                    self.space();
                    rest = &rest[1..];
                }
                Sort::Plain | Sort::Space => {
                    let length = match has_double {
                        true => ENDS_WORD.before(rest.as_bytes()),
                        false => ENDS_TEXT.before(rest.as_bytes()),
                    };
                    self.add(&rest[..length]);
                    rest = &rest[length..];
                }
                Sort::Break => {
                    self.space();
                    rest = &rest[1..];
                }
                Sort::Doubtful => {
                    let length = rest.chars().next().map_or(1, char::len_utf8);
                    self.text(&rest[..length]);
                    rest = &rest[length..];
                }
                Sort::Escape => {
                    let (escaped, sign) = unescaped(rest);
                    self.text(sign);
                    rest = &rest[escaped.len()..];
                }
                Sort::Tag => rest = self.tag(&rest[1..]),
            }
        }
    }

    /// Reads a text that is no HTML.
    pub(super) fn text(&mut self, text: &str) {
        for (number, word) in text.split(char::is_whitespace).enumerate() {
            if number > 0 {
                self.space();
            }
            self.add(word);
        }
    }

    /// Adds white space.
    fn space(&mut self) {
        if self.is_shown() {
            self.lines.space();
        }
    }

    /// Adds a text whose white space is single spaces.
    fn add(&mut self, text: &str) {
        if !text.is_empty() && self.is_shown() {
            self.lines.text(text);
        }
    }

    /// Whether what is being read is text, and is not left out.
    fn is_shown(&self) -> bool {
        self.skip.is_none() && self.tag.is_none()
    }

    /// Reads a tag from behind its first sign on; gives what follows it.
    fn tag<'h>(&mut self, html: &'h str) -> &'h str {
        if self.skip.is_none()
            && let Some((parts_lines, rest)) = tag::usual(html)
        {
            if parts_lines {
                self.lines.line();
            }
            return rest;
        }
        let Some((tag, rest)) = whole_tag(html) else {
            self.tag = Some(html.to_owned());
            return "";
        };
        self.element(tag);
        rest
    }

    /// The same for a tag that was begun in another piece.
    fn end_tag<'h>(&mut self, begun: String, html: &'h str) -> &'h str {
        let Some((end, rest)) = whole_tag(html) else {
            self.tag = Some(begun + html);
            return "";
        };
        self.element(&(begun + end));
        rest
    }

    /// What a tag does to the text around it.
    fn element(&mut self, tag: &str) {
        let (closes, name) = match tag.as_bytes() {
            [b'/', name @ ..] => (true, name),
            name => (false, name),
        };
        let name = name.iter().position(|byte| matches!(byte, b' ' | b'/' | b'\n')).map_or(name, |end| &name[..end]);
        if let Some(element) = self.skip {
            if closes && name == element.as_bytes() {
                self.skip = None;
                if element != "a" {
                    self.lines.line();
                }
            }
            return;
        }
        match name {
            b"a" => self.skip = tag.contains("jb-anchor").then_some("a"),
            [b'h', b'1'..=b'6'] if !closes => self.heading(tag, heading_element(name[1])),
            name if is_in_line(name) => {}
            _ => self.lines.line(),
        }
    }

    /// Begins a section at a heading that has one, and leaves out its contents.
    fn heading(&mut self, tag: &str, element: &'static str) {
        let id = tag.split_once(" id=\"").and_then(|(_, rest)| rest.split('"').next());
        match id.and_then(|id| self.headings.get(&*decode(id))) {
            Some(heading) => {
                self.lines.section(heading);
                self.skip = Some(element);
            }
            None => self.lines.line(),
        }
    }
}

/// Whether two spaces stand side by side anywhere. Asked of all HTML, mostly in vain, so without a branch.
fn has_two_spaces(html: &[u8]) -> bool {
    let pairs = html.iter().zip(html.iter().skip(1));
    pairs.fold(0, |any, (&one, &next)| any | (u8::from(one == b' ') & u8::from(next == b' '))) != 0
}

/// What a byte of HTML begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Text as it stands.
    Plain,
    /// A space.
    Space,
    /// The end of a line, or a tabulator.
    Break,
    /// White space, or another sign: U+0085, U+00A0, U+1680, U+2000 to U+205F and U+3000 begin like many.
    Doubtful,
    Escape,
    Tag,
}

/// What ends a stretch of plain text, beside what is below the space: all that is neither [`Sort::Plain`] nor [`Sort::Space`].
const ENDS_TEXT: Signs<2> = Signs::new(*b"<&").and_below_space().and_beyond(BEYOND);
/// The same and the space.
const ENDS_WORD: Signs<3> = Signs::new(*b" <&").and_below_space().and_beyond(BEYOND);
/// What doubtful signs beyond ASCII begin with.
const BEYOND: &[u8] = b"\xc2\xe1\xe2\xe3";

const SORTS: [Sort; 256] = {
    let (mut sorts, mut byte) = ([Sort::Plain; 256], 0);
    while byte < 256 {
        sorts[byte] = match byte as u8 {
            b'<' => Sort::Tag,
            b'&' => Sort::Escape,
            b' ' => Sort::Space,
            b'\t'..=b'\r' => Sort::Break,
            ..b' ' | 0xc2 | 0xe1..=0xe3 => Sort::Doubtful,
            _ => Sort::Plain,
        };
        byte += 1;
    }
    sorts
};

/// The element of headings of a level, which is a digit.
fn heading_element(level: u8) -> &'static str {
    match level {
        b'1' => "h1",
        b'2' => "h2",
        b'3' => "h3",
        b'4' => "h4",
        b'5' => "h5",
        _ => "h6",
    }
}

/// The signs that HTML escapes, as they are.
fn decode(html: &str) -> Cow<'_, str> {
    let Some(start) = html.find('&') else { return Cow::Borrowed(html) };
    let mut text = html[..start].to_owned();
    let mut rest = &html[start..];
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let (escaped, sign) = unescaped(&rest[at..]);
        text.push_str(sign);
        rest = &rest[at + escaped.len()..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What an ampersand begins, and what it stands for. A lone one stands for itself.
fn unescaped(html: &str) -> (&'static str, &'static str) {
    ESCAPED.into_iter().find(|(escaped, _)| html.starts_with(escaped)).unwrap_or(("&", "&"))
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

#[cfg(test)]
mod tests {
    //! HTML cut anywhere is more than a whole site shows.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::views::plain::Section;
    use crate::views::reading::Read;

    #[test]
    fn a_text_ends_where_something_else_begins() {
        for byte in 0..=255u8 {
            let plain = matches!(SORTS[usize::from(byte)], Sort::Plain | Sort::Space);
            assert_eq!(!ENDS_TEXT.has(byte), plain, "{byte}");
        }
    }

    /// What HTML is made of, signs that are nearly white space among them.
    const PARTS: [&str; 36] = [
        " ",
        "  ",
        "\n",
        "\t",
        "\u{a0}",
        "\u{85}",
        "\u{1680}",
        "\u{2009}",
        "\u{3000}",
        "\u{2028}",
        "a",
        "b1",
        "don’t",
        "2–5",
        "x.",
        "é",
        "Â",
        "—",
        "、",
        "门",
        "の",
        "&amp;",
        "&#39;",
        "&nbsp;",
        "&",
        "&lt;p&gt;",
        "<p>",
        "</p>\n",
        "<em>",
        "</em>",
        "<br>",
        "<h2 id=\"one\">",
        "</h2>",
        "<h2 id=\"two\">",
        "<a class=\"jb-anchor\" href=\"#one\">",
        "</a>",
    ];

    fn headings() -> [Heading; 1] {
        [Heading { level: 2, id: "one".to_owned(), text: "The first".to_owned() }]
    }

    /// The same sign by sign: without tags and what is left out, then unescaped, then with single spaces.
    fn by_the_book(html: &str) -> Vec<Section> {
        let mut sections = vec![Section::default()];
        let mut left_out: Option<&str> = None;
        for part in html
            .split('<')
            .enumerate()
            .map(|(number, part)| if number == 0 { ("", part) } else { part.split_once('>').unwrap() })
        {
            let (tag, text) = part;
            let end = |name: &str| left_out == Some(name) && tag == format!("/{name}");
            match tag {
                "/h2" if end("h2") => {
                    left_out = None;
                    sections.last_mut().unwrap().text.push('\n');
                }
                "/a" if end("a") => left_out = None,
                _ if left_out.is_some() => {}
                "h2 id=\"one\"" => {
                    sections.push(Section {
                        anchor: Some("one".to_owned()),
                        title: "The first".to_owned(),
                        text: String::new(),
                    });
                    left_out = Some("h2");
                }
                _ if tag.contains("jb-anchor") => left_out = Some("a"),
                "" | "em" | "/em" | "/a" => {}
                _ => sections.last_mut().unwrap().text.push('\n'),
            }
            if left_out.is_none() {
                // A line's end in the HTML is a space.
                let text = text.replace('\n', " ");
                sections.last_mut().unwrap().text.push_str(&decode(&text));
            }
        }
        for section in &mut sections {
            let lines = section.text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
            section.text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        }
        sections
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn html_is_read_as_it_would_be_sign_by_sign(
            parts in prop::collection::vec(select(&PARTS[..]), 0..40),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let whole = parts.concat();
            // Where a hole may be: at any place but within an escaped sign.
            let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(whole.len() + 1)).collect();
            at.retain(|&at| whole.is_char_boundary(at) && whole[..at].rsplit('&').next().is_none_or(|end| end.len() >= 6));
            at.extend([0, whole.len()]);
            at.sort_unstable();
            let pieces: Vec<&str> = at.windows(2).map(|ends| &whole[ends[0]..ends[1]]).collect();

            let headings = headings();
            let mut read = Reader::new(&headings, vec![Section::default()]);
            let mut counted = Reader::new(&headings, Read::default());
            for piece in &pieces {
                read.html(piece);
                counted.html(piece);
            }
            let mut sections = read.lines;
            sections.iter_mut().for_each(|section| section.text.truncate(section.text.trim_end().len()));
            prop_assert_eq!(&sections, &by_the_book(&whole), "{:?}", pieces);

            let mut known = Read::default();
            for text in sections.iter().flat_map(|section| [&section.title, &section.text]) {
                known.text(text);
                known.line();
            }
            prop_assert_eq!((counted.lines.words, counted.lines.characters), (known.words, known.characters), "{:?}", pieces);
        }
    }
}
