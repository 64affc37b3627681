//! Where a link's destination stands in the file, and what it means.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Input;
use super::cjk::Placed;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{NamedReference, ReferenceKind};
use crate::parse::reference::{self, Destination};
use crate::source::Span;

/// For each event of a line that begins a link or a picture, the end of the text in its brackets.
pub(super) fn text_ends(line: &[Placed<'_>]) -> Vec<usize> {
    let mut ends: Vec<usize> = line.iter().map(|(_, range)| range.start).collect();
    let mut open = Vec::new();
    let mut last = 0;
    for (index, (event, range)) in line.iter().enumerate() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                last = range.start;
                open.push(index);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(start) = open.pop() {
                    ends[start] = last;
                }
                last = range.end;
            }
            _ => last = range.end,
        }
    }
    ends
}

/// The bytes of the destination as written: in the link itself, or in the definition it names. `link` is all
/// of the link, `text_end` the end of the text in its brackets.
pub(super) fn place(
    text: &str,
    kind: LinkType,
    link: &Range<usize>,
    text_end: usize,
    definition: Option<&Range<usize>>,
) -> Range<usize> {
    let found = match (kind, definition) {
        (LinkType::Autolink | LinkType::Email, _) => Some(link.start + 1..link.end - 1),
        (LinkType::Inline, _) => behind(text, "](", text_end.max(link.start)..link.end),
        (_, Some(definition)) => behind(text, "]:", definition.clone()),
        _ => None,
    };
    found.filter(|place| !place.is_empty()).unwrap_or_else(|| link.clone())
}

/// The destination that follows `bracket` within these bytes.
fn behind(text: &str, bracket: &str, within: Range<usize>) -> Option<Range<usize>> {
    let within_text = text.get(within.clone())?;
    let rest = &within_text[within_text.find(bracket)? + bracket.len()..];
    let rest = rest.trim_start();
    let start = within.end - rest.len();
    if let Some(angled) = rest.strip_prefix('<') {
        return Some(start + 1..start + 1 + angled.find('>')?);
    }
    let (mut depth, mut escaped) = (0, false);
    let end = rest.find(|c: char| {
        let is_plain = escaped;
        escaped = c == '\\' && !is_plain;
        match c {
            '(' if !is_plain => depth += 1,
            ')' if !is_plain => depth -= 1,
            _ => {}
        }
        c.is_ascii_whitespace() || depth < 0
    });
    Some(start..start + end.unwrap_or(rest.len()))
}

/// What a link leads to.
pub(super) enum Target {
    /// Something in the handbook.
    Inside(Box<NamedReference>),
    /// Elsewhere, at this address.
    Outside(String),
    /// Nothing: the report says why.
    Nowhere,
}

/// Reads the destination of a link that stands at `place`.
pub(super) fn target(link: &str, place: Range<usize>, input: &Input<'_>, report: &mut Report) -> Target {
    let span = Span::new(input.file, place.start, place.end);
    let link = plain(link);
    match reference::read(&link, span, input.path, report) {
        Destination::Inside(mut reference) => {
            if input.text.get(place) == Some(&*link) {
                reference.span = reference::name_span(&reference, &link, span);
            }
            Target::Inside(reference)
        }
        Destination::Outside => Target::Outside(link.replace(' ', "%20")),
        Destination::Nowhere => Target::Nowhere,
    }
}

/// Reads the address of a picture, or of something else that is shown where it stands: it is a file of the handbook.
pub(super) fn file(
    link: &str,
    place: Range<usize>,
    input: &Input<'_>,
    report: &mut Report,
) -> Option<Box<NamedReference>> {
    let span = Span::new(input.file, place.start, place.end);
    let refusal = match target(link, place, input, report) {
        Target::Inside(reference) if reference.kind == ReferenceKind::File => return Some(reference),
        Target::Inside(_) => Diagnostic::new(Code::MissingAsset, span, format!("`{link}` is not a file"))
            .help("write the path of a file below `assets/`, from this file, such as `../assets/form.svg`"),
        Target::Outside(_) => Diagnostic::new(Code::UnsafeLink, span, format!("`{link}` is on another host"))
            .help("copy the file into `assets/`: the site makes no request to another host"),
        Target::Nowhere => return None,
    };
    report.push(refusal);
    None
}

/// The address as a browser would take it: control characters have no say, or they would hide a scheme.
fn plain(link: &str) -> Cow<'_, str> {
    match link.contains(|c: char| c.is_control()) {
        true => Cow::Owned(link.replace(|c: char| c.is_control(), "")),
        false => Cow::Borrowed(link),
    }
}
