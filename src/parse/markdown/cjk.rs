//! What CommonMark does not know about Chinese, Japanese and Korean.
//!
//! Emphasis: a `**`, `*` or `~~` beside full-width punctuation neither opens nor closes by CommonMark's rules, which were
//! made for languages with spaces. Here such punctuation counts as a letter and a CJK character as a space
//! where the rules ask for one of them. A line whose marks mean the same under both rules is left alone.
//! Source: T. Yoshino, “Markdown CJK-friendly emphasis”, specification, 2024.
//!
//! Line breaks: a break between two wide characters is no space.

mod runs;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::scan::Signs;

/// An event, and the bytes of the file it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of one line of text, mended. `text` is the whole file's.
pub(super) fn mend<'e, 'a>(text: &'a str, line: &'e [Placed<'a>]) -> Cow<'e, [Placed<'a>]> {
    unbreak(if may_read_differently(text, line) { Cow::Owned(paired(text, line)) } else { Cow::Borrowed(line) })
}

/// Whether a line may have marks that mean something else here than by CommonMark's rules. Nearly none has, and most are
/// told by a glance: all CJK characters begin with one of the bytes that are asked for.
fn may_read_differently(text: &str, line: &[Placed<'_>]) -> bool {
    let (Some((_, first)), Some(end)) = (line.first(), line.iter().map(|(_, range)| range.end).max()) else {
        return false;
    };
    let source = &text[first.start..end.max(first.start)];
    let has_marks = MARKS.before(source.as_bytes()) < source.len();
    has_marks && (source.contains('~') || !source.is_ascii() && source.bytes().any(|byte| byte >= FIRST_OF_CJK))
}

/// What emphasis is made of, but for `_`.
const MARKS: Signs<2> = Signs::new(*b"~*");

/// The least byte that a CJK character begins with.
const FIRST_OF_CJK: u8 = 0xe1;

fn paired<'a>(text: &'a str, line: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let runs = runs::set_free(text, &join(text, line, |mark| !mark.starts_with('_')));
    // A single `~` is a character like any other: `3~5天` is a range.
    runs.map_or_else(|| join(text, line, |mark| mark == "~"), runs::pair)
}

/// Joins texts that stand side by side in the file, so that a run of marks is in one piece. Marks around elements become
/// text again where `is_text` says so.
fn join<'a>(text: &'a str, line: &[Placed<'a>], is_text: fn(&str) -> bool) -> Vec<Placed<'a>> {
    let mut joined: Vec<Placed<'a>> = Vec::with_capacity(line.len());
    // Whether the last one is a text that is as it is in the file.
    let mut is_exact = false;
    for (event, range) in line {
        let here = match event {
            Event::Text(words) => Some(range.clone()).filter(|range| text[range.clone()] == **words),
            _ => mark_of(text, event, range).filter(|mark| is_text(&text[mark.clone()])),
        };
        let Some(here) = here else {
            joined.push((event.clone(), range.clone()));
            is_exact = false;
            continue;
        };
        match joined.last_mut() {
            Some((Event::Text(before), place)) if is_exact && place.end == here.start => {
                place.end = here.end;
                *before = CowStr::Borrowed(&text[place.clone()]);
            }
            _ => joined.push((Event::Text(CowStr::Borrowed(&text[here.clone()])), here)),
        }
        is_exact = true;
    }
    joined
}

/// Where the mark stands that an emphasis begins or ends with; `None` for any other event.
fn mark_of(text: &str, event: &Event<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let length = match event {
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => 2,
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
            if text[range.start..].starts_with("~~") { 2 } else { 1 }
        }
        _ => return None,
    };
    Some(match event {
        Event::Start(_) => range.start..range.start + length,
        _ => range.end - length..range.end,
    })
}

/// Drops line breaks between wide characters.
fn unbreak<'e, 'a>(line: Cow<'e, [Placed<'a>]>) -> Cow<'e, [Placed<'a>]> {
    let is_between =
        |index: usize| match (edge(line[..index].iter().rev(), true), edge(line[index + 1..].iter(), false)) {
            (Some(before), Some(after)) => {
                (is_wide(before) || is_wide(after))
                    && (is_narrow_sign(before) || is_wide(before))
                    && (is_narrow_sign(after) || is_wide(after))
            }
            _ => false,
        };
    let breaks = line.iter().enumerate().filter(|(_, (event, _))| matches!(event, Event::SoftBreak));
    let dropped: Vec<usize> = breaks.map(|(index, _)| index).filter(|&index| is_between(index)).collect();
    if dropped.is_empty() {
        return line;
    }
    let (mut dropped, mut index) = (dropped.into_iter().peekable(), 0);
    let mut line = line.into_owned();
    line.retain(|_| {
        index += 1;
        dropped.next_if_eq(&(index - 1)).is_none()
    });
    Cow::Owned(line)
}

/// The nearest character of the text, if nothing but marks is between.
fn edge<'e, 'a: 'e>(mut events: impl Iterator<Item = &'e Placed<'a>>, last: bool) -> Option<char> {
    events.find_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => {
            Some(if last { text.chars().next_back() } else { text.chars().next() })
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) | Event::SoftBreak | Event::HardBreak => Some(None),
        _ => None,
    })?
}

/// Whether Chinese and Japanese set this character without spaces around it.
fn is_wide(c: char) -> bool {
    is_cjk(c)
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{ffa0}'..='\u{ffdc}')
}

/// Whether this is a sign that Chinese shares with languages that have spaces.
fn is_narrow_sign(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether this is a character of Chinese, Japanese or Korean, or punctuation of theirs.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ffee}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use pulldown_cmark::{Options, Parser};

    use super::*;

    const PARTS: [&str; 20] = [
        "a", "b ", " ", "1", ".", "“", "—", "é", "门", "，", "한", "*", "**", "_", "~", "~~", "`*`", "\\*", "&#42;",
        "[a](b)",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What a glance lets pass would have been left alone: texts side by side are all that would have been joined.
        #[test]
        fn a_line_that_is_passed_over_reads_the_same(parts in prop::collection::vec(select(&PARTS[..]), 1..16)) {
            let text = parts.concat();
            let events = Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH).into_offset_iter();
            let line: Vec<Placed<'_>> =
                events.filter(|(event, _)| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))).collect();
            if !may_read_differently(&text, &line) {
                prop_assert_eq!(paired(&text, &line), join(&text, &line, |_| false), "{:?}", text);
            }
        }
    }
}
