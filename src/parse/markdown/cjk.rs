//! What CommonMark does not know about Chinese, Japanese and Korean.
//!
//! Emphasis: a `**` beside full-width punctuation neither opens nor closes by CommonMark's rules, which were
//! made for languages with spaces. Here such punctuation counts as a letter and a CJK character as a space
//! where the rules ask for one of them. A line whose marks mean the same under both rules is left alone.
//! Source: T. Yoshino, “Markdown CJK-friendly emphasis”, specification, 2024.
//!
//! Line breaks: a break between two wide characters is no space.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// An event, and the bytes of the file it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of one line of text, mended. `text` is the whole file's.
pub(super) fn mend<'a>(text: &'a str, line: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let line = join(text, line);
    let line = match marks(text, &line) {
        Some(parts) => pair(text, parts),
        None => line,
    };
    unbreak(line)
}

/// Joins texts that stand side by side in the file, so that a `**` is in one piece. A single `~` is a
/// character like any other: `3~5天` is a range.
fn join<'a>(text: &'a str, line: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let mut joined: Vec<Placed<'a>> = Vec::with_capacity(line.len());
    // Whether the last one is a text that is as it is in the file.
    let mut is_exact = false;
    for (event, range) in line {
        let tilde = match event {
            Event::Start(Tag::Strikethrough) if !text[range.start..].starts_with("~~") => {
                Some(range.start..range.start + 1)
            }
            Event::End(TagEnd::Strikethrough) if !text[range.start..].starts_with("~~") => {
                Some(range.end - 1..range.end)
            }
            Event::Text(words) if text[range.clone()] == **words => Some(range.clone()),
            _ => None,
        };
        let Some(here) = tilde else {
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

/// A part of a line: an event, or a mark that may open or close something.
enum Part<'a> {
    Event(Placed<'a>),
    Mark(Mark),
}

/// `**` or `~~`.
struct Mark {
    /// Its first byte.
    at: usize,
    /// 0 for `**`, 1 for `~~`.
    kind: usize,
    opens: bool,
    closes: bool,
}

/// The line with its marks set free; `None` if none of them reads differently beside CJK characters.
fn marks<'a>(text: &'a str, line: &[Placed<'a>]) -> Option<Vec<Part<'a>>> {
    let bounds = line.first()?.1.start..line.iter().map(|(_, range)| range.end).max()?;
    let mut parts = Vec::with_capacity(line.len() + 8);
    let mut differs = false;
    let mut mark = |at: usize| {
        let (mark, other) = read_mark(text, at, &bounds);
        differs |= other;
        Part::Mark(mark)
    };
    for (event, range) in line {
        match event {
            Event::Text(words) if text[range.clone()] == **words => {
                let mut done = range.start;
                for at in runs_of_two(text, range) {
                    if at > done {
                        parts.push(Part::Event((Event::Text(CowStr::Borrowed(&text[done..at])), done..at)));
                    }
                    parts.push(mark(at));
                    done = at + 2;
                }
                if done < range.end {
                    parts.push(Part::Event((Event::Text(CowStr::Borrowed(&text[done..range.end])), done..range.end)));
                }
            }
            Event::Start(Tag::Strong | Tag::Strikethrough) if is_plain_pair(text, range) => {
                parts.push(mark(range.start))
            }
            Event::End(TagEnd::Strong | TagEnd::Strikethrough) if is_plain_pair(text, range) => {
                parts.push(mark(range.end - 2));
            }
            _ => parts.push(Part::Event((event.clone(), range.clone()))),
        }
    }
    differs.then_some(parts)
}

/// Where exactly two `*` or two `~` stand in a text that is as it is in the file.
fn runs_of_two(text: &str, range: &Range<usize>) -> Vec<usize> {
    let bytes = &text.as_bytes()[..range.end];
    let mut found = Vec::new();
    // A text that begins behind a back-slash begins with a character that was meant as such.
    let mut at = range.start + usize::from(text[..range.start].ends_with('\\'));
    while at < range.end {
        let run = bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).count();
        if run == 2 && b"*~".contains(&bytes[at]) {
            found.push(at);
        }
        at += run;
    }
    found
}

/// Whether an element stands between two marks of exactly two characters.
fn is_plain_pair(text: &str, range: &Range<usize>) -> bool {
    let Some(mark @ (b'*' | b'~')) = text.as_bytes().get(range.start) else { return false };
    let is_mark = |at: usize| text.as_bytes().get(at) == Some(mark);
    let two = range.len() >= 4 && is_mark(range.start + 1) && is_mark(range.end - 2) && is_mark(range.end - 1);
    let more = range.start.checked_sub(1).is_some_and(is_mark)
        || is_mark(range.end)
        || is_mark(range.start + 2)
        || is_mark(range.end - 3);
    two && !more
}

/// A mark, and whether CommonMark would read it differently.
fn read_mark(text: &str, at: usize, bounds: &Range<usize>) -> (Mark, bool) {
    let before = text[bounds.start..at].chars().next_back().unwrap_or(' ');
    let after = text[at + 2..bounds.end.max(at + 2)].chars().next().unwrap_or(' ');
    let mark = |as_space: fn(char) -> bool, as_letter: fn(char) -> bool| {
        let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let hard = |c: char| sign(c) && !as_letter(c);
        let edge = |c: char| c.is_whitespace() || sign(c) || as_space(c);
        Mark {
            at,
            kind: usize::from(text.as_bytes()[at] == b'~'),
            opens: !after.is_whitespace() && (!hard(after) || edge(before)),
            closes: !before.is_whitespace() && (!hard(before) || edge(after)),
        }
    };
    let (ours, theirs) = (mark(is_cjk, is_cjk), mark(|_| false, |_| false));
    let differs = (ours.opens, ours.closes) != (theirs.opens, theirs.closes);
    (ours, differs)
}

/// Pairs marks at the same depth: each closing one with the nearest opening one of its kind.
fn pair<'a>(text: &'a str, parts: Vec<Part<'a>>) -> Vec<Placed<'a>> {
    let mut partner: Vec<Option<usize>> = vec![None; parts.len()];
    let mut waiting: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    // How many were waiting when each element around us began: those are out of reach.
    let mut floors = vec![[0, 0]];
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Event((Event::Start(_), _)) => floors.push([waiting[0].len(), waiting[1].len()]),
            Part::Event((Event::End(_), _)) => {
                let floor = floors.pop().unwrap_or_default();
                waiting[0].truncate(floor[0]);
                waiting[1].truncate(floor[1]);
            }
            Part::Event(_) => {}
            Part::Mark(mark) => {
                let floor = floors.last().copied().unwrap_or_default();
                if mark.closes && waiting[mark.kind].len() > floor[mark.kind] {
                    let opener = waiting[mark.kind].pop();
                    partner[index] = opener;
                    if let Some(opener) = opener {
                        partner[opener] = Some(index);
                        let other = 1 - mark.kind;
                        while waiting[other].len() > floor[other] && waiting[other].last() > Some(&opener) {
                            waiting[other].pop();
                        }
                    }
                } else if mark.opens {
                    waiting[mark.kind].push(index);
                }
            }
        }
    }
    let at: Vec<usize> = parts.iter().map(|part| if let Part::Mark(mark) = part { mark.at } else { 0 }).collect();
    let shown = parts.into_iter().enumerate().map(|(index, part)| match part {
        Part::Event(event) => event,
        Part::Mark(mark) => match partner[index] {
            None => (Event::Text(CowStr::Borrowed(&text[mark.at..mark.at + 2])), mark.at..mark.at + 2),
            Some(other) if other > index => {
                let tag = if mark.kind == 0 { Tag::Strong } else { Tag::Strikethrough };
                (Event::Start(tag), mark.at..at[other] + 2)
            }
            Some(other) => {
                let tag = if mark.kind == 0 { TagEnd::Strong } else { TagEnd::Strikethrough };
                (Event::End(tag), at[other]..mark.at + 2)
            }
        },
    });
    shown.collect()
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
