//! What CommonMark does not know about Chinese, Japanese and Korean.
//!
//! Emphasis: a `**`, `*` or `~~` beside full-width punctuation neither opens nor closes by CommonMark's rules, which were
//! made for languages with spaces. Here such punctuation counts as a letter and a CJK character as a space
//! where the rules ask for one of them. A line whose marks mean the same under both rules is left alone.
//! Source: T. Yoshino, “Markdown CJK-friendly emphasis”, specification, 2024.
//!
//! Line breaks: a break between two wide characters is no space.

mod runs;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// An event, and the bytes of the file it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of one line of text, mended. `text` is the whole file's.
pub(super) fn mend<'a>(text: &'a str, line: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let runs = runs::set_free(text, &join(text, line, |mark| !mark.starts_with('_')));
    // A single `~` is a character like any other: `3~5天` is a range.
    unbreak(runs.map_or_else(|| join(text, line, |mark| mark == "~"), runs::pair))
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
fn unbreak(mut line: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let between: Vec<bool> = (0..line.len())
        .map(|index| {
            matches!(line[index].0, Event::SoftBreak)
                && match (edge(line[..index].iter().rev(), true), edge(line[index + 1..].iter(), false)) {
                    (Some(before), Some(after)) => {
                        (is_wide(before) || is_wide(after))
                            && (is_narrow_sign(before) || is_wide(before))
                            && (is_narrow_sign(after) || is_wide(after))
                    }
                    _ => false,
                }
        })
        .collect();
    let mut drop = between.iter();
    line.retain(|_| !drop.next().copied().unwrap_or_default());
    line
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
