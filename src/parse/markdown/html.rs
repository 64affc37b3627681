//! Raw HTML: what an author may write of it, and where the rest was.
//!
//! Tags are read here, one by one, so that each that is left out can be told at its place. What remains is
//! sanitised once more by a library that knows what browsers make of it: this room is not trusted with that.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Elements an author may write.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes an author may write, on any element.
const ANYWHERE: &[&str] = &[
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "data-kind",
    "dir",
    "id",
    "lang",
    "role",
    "tabindex",
    "title",
];

/// Attributes an author may write on some elements.
const ON_SOME: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]),
    ("audio", &["controls", "loop", "muted", "preload", "src"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("details", &["open"]),
    ("img", &["alt", "height", "loading", "src", "width"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("source", &["src", "type"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("track", &["default", "kind", "label", "src", "srclang"]),
    ("video", &["controls", "height", "loop", "muted", "poster", "preload", "src", "width"]),
];

/// Elements that are left out together with what is in them.
const HOLLOW: &[&str] = &["iframe", "math", "noscript", "object", "script", "style", "svg", "template"];

const VOID: &[&str] = &["br", "col", "hr", "img", "source", "track", "wbr"];

/// Whether an author may write this element.
pub(super) fn is_allowed(tag: &str) -> bool {
    TAGS.contains(&tag)
}

/// Whether an author may write this attribute on this element.
pub(super) fn is_allowed_on(tag: &str, attribute: &str) -> bool {
    ANYWHERE.contains(&attribute) || ON_SOME.iter().any(|(name, some)| *name == tag && some.contains(&attribute))
}

/// Whether the element goes together with what is in it.
pub(super) fn is_hollow(tag: &str) -> bool {
    HOLLOW.contains(&tag)
}

/// Whether the element is never closed.
pub(super) fn is_void(tag: &str) -> bool {
    VOID.contains(&tag)
}

/// A part of raw HTML. Ranges are bytes of it; comments are none.
#[derive(Debug)]
pub(super) enum Token {
    /// Text, with its entities.
    Text(Range<usize>),
    /// `<name …>`
    Start { name: String, attributes: Vec<Attribute>, range: Range<usize> },
    /// `</name>`
    End { name: String, range: Range<usize> },
    /// A declaration or an instruction, such as `<!doctype html>`.
    Odd(Range<usize>),
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// As written, with its entities; empty without one.
    pub(super) value: Range<usize>,
    /// Name and value.
    pub(super) range: Range<usize>,
}

/// Cuts raw HTML into its parts.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let lower = html.to_ascii_lowercase();
    let find = |what: &str, from: usize| lower[from..].find(what).map(|at| from + at);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let tag = find("<", at).unwrap_or(html.len());
        if tag > at {
            tokens.push(Token::Text(at..tag));
        }
        let rest = &html[tag..];
        let closing = rest.starts_with("</");
        let named = rest.as_bytes().get(1 + usize::from(closing)).is_some_and(u8::is_ascii_alphabetic);
        at = if rest.starts_with("<!--") {
            find("-->", tag + 2).map_or(html.len(), |end| end + 3)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = find(">", tag).map_or(html.len(), |end| end + 1);
            tokens.push(Token::Odd(tag..end));
            end
        } else if named {
            let start = tag + 1 + usize::from(closing);
            let name = &lower
                [start..start + length(&lower[start..], |byte| byte.is_ascii_whitespace() || b"/>".contains(&byte))];
            let Some((attributes, end)) = attributes(&lower, start + name.len()) else {
                // A tag that never ends: nothing behind it can be one either.
                tokens.push(Token::Text(tag..html.len()));
                break;
            };
            let (name, range) = (name.to_owned(), tag..end);
            let behind = match is_hollow(&name) && !closing {
                true => find(&format!("</{name}"), end).unwrap_or(html.len()),
                false => end,
            };
            tokens.push(if closing { Token::End { name, range } } else { Token::Start { name, attributes, range } });
            behind
        } else if rest.is_empty() {
            tag
        } else {
            tokens.push(Token::Text(tag..tag + 1));
            tag + 1
        };
    }
    tokens
}

/// The attributes that begin at `at`, and the end of their tag; `None` if it has none.
fn attributes(lower: &str, mut at: usize) -> Option<(Vec<Attribute>, usize)> {
    let skip = |at: usize, stop: fn(u8) -> bool| at + length(&lower[at..], stop);
    let mut attributes = Vec::new();
    loop {
        at = skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *lower.as_bytes().get(at)? == b'>' {
            return Some((attributes, at + 1));
        }
        let start = at;
        // An `=` at the very beginning belongs to the name.
        at = skip(at + lower[at..].chars().next()?.len_utf8(), |byte| {
            byte.is_ascii_whitespace() || b"/>=".contains(&byte)
        });
        let name = lower[start..at].to_owned();
        let equals = skip(at, |byte| !byte.is_ascii_whitespace());
        let mut value = at..at;
        if lower[equals..].starts_with('=') {
            let first = skip(equals + 1, |byte| !byte.is_ascii_whitespace());
            (value, at) = match lower[first..].chars().next()? {
                quote @ ('"' | '\'') => {
                    let end = first + 1 + lower[first + 1..].find(quote)?;
                    (first + 1..end, end + 1)
                }
                _ => {
                    let end = skip(first, |byte| byte.is_ascii_whitespace() || byte == b'>');
                    (first..end, end)
                }
            };
        }
        attributes.push(Attribute { name, value, range: start..at });
    }
}

/// How many bytes come before the first that stops; all of them if none does.
fn length(text: &str, stop: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(stop).unwrap_or(text.len())
}

/// Raw text or a raw attribute's value: its entities stay, and the characters of `banned` stay out.
pub(super) fn text(raw: &str, banned: (char, char)) -> String {
    let is_banned = |c: char| c == banned.0 || c == banned.1 || c == '\0';
    let mut html = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let reference = numeric(rest).filter(|&(code, _)| char::from_u32(code).is_none_or(is_banned));
        let (written, length) = match (c, reference) {
            (_, Some((_, length))) => ("\u{fffd}", length),
            ('<', _) => ("&lt;", 1),
            ('>', _) => ("&gt;", 1),
            ('"', _) => ("&quot;", 1),
            (c, _) if is_banned(c) => ("\u{fffd}", c.len_utf8()),
            (c, _) => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        html.push_str(written);
        rest = &rest[length..];
    }
    html
}

/// The character that `&#…;` or `&#x…;` at the beginning stands for, and how long it is without the `;`.
fn numeric(text: &str) -> Option<(u32, usize)> {
    let digits = text.strip_prefix("&#")?;
    let (digits, base) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    let count = length(digits, |byte| !char::from(byte).is_digit(base));
    let code = digits[..count].trim_start_matches('0');
    let code = if code.is_empty() { 0 } else { u32::from_str_radix(code, base).unwrap_or(u32::MAX) };
    (count > 0).then(|| (code, text.len() - digits.len() + count))
}

/// HTML made safe and whole, as browsers would read it.
pub(super) fn sanitise(html: &str) -> String {
    static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let mut builder = ammonia::Builder::empty();
        let on_some = ON_SOME.iter().map(|(tag, names)| (*tag, names.iter().copied().collect()));
        builder
            .tags(TAGS.iter().copied().collect())
            .clean_content_tags(HOLLOW.iter().copied().collect())
            .generic_attributes(ANYWHERE.iter().copied().collect())
            .tag_attributes(on_some.collect::<HashMap<_, HashSet<_>>>())
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .url_relative(ammonia::UrlRelative::PassThrough)
            .strip_comments(true)
            .link_rel(None);
        builder
    });
    SANITISER.clean(html).to_string()
}
