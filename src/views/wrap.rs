//! Two short lines: how wide a text is about, and where it may be broken.
//!
//! A page is built without knowing the reader's fonts, so widths are estimates, in whole hundredths of an em. Breaking
//! follows what Chinese and Latin readers expect, no more: it is for the captions of a drawing, not for running text.

mod signs;

use std::borrow::Cow;

use signs::{PLAIN, SPACE_WIDTH, advance, closes, ideographic, is_han, joins, opens};

/// The widest a line may be: some 17 Latin or 9 Chinese characters, in hundredths of an em.
const LINE: u32 = 940;
/// Up to this width a text is not broken, even where it might be.
const SHORT: u32 = 700;
/// How much longer a line may become before we rather break at a space than after a comma.
const SPACE: u32 = 60;
/// The same between two Chinese characters, which may be one word.
const INSIDE: u32 = 150;

/// About how wide a text is, in hundredths of an em of regular weight.
pub(super) fn width(text: &str) -> u32 {
    let ascii: u32 = text.bytes().map(|byte| u32::from(PLAIN[usize::from(byte)])).sum();
    if text.is_ascii() { ascii } else { ascii + text.chars().filter(|c| !c.is_ascii()).map(advance).sum::<u32>() }
}

/// A text in at most two lines, balanced. What does not fit ends in `…`; no line of an empty text.
///
/// Breaks stand at spaces and around Chinese characters, never inside a Latin word that fits a line, never before
/// closing or after opening punctuation.
pub(super) fn two_lines(text: &str) -> Vec<String> {
    let text = tidy(text);
    let whole = width(&text);
    if whole <= SHORT {
        return if text.is_empty() { Vec::new() } else { vec![text.into_owned()] };
    }
    let at = match balanced(&text, whole) {
        Some(at) => at,
        None if whole <= LINE => return vec![text.into_owned()],
        None => fit(&text, LINE).end(&text),
    };
    let (first, second) = (text[..at].trim_end(), &text[at..]);
    if second.is_empty() { vec![cut(first, LINE)] } else { vec![first.to_owned(), cut(second, LINE)] }
}

/// Where a text of some width is best broken into two lines, if it fits two.
fn balanced(text: &str, whole: u32) -> Option<usize> {
    if whole > 2 * LINE + SPACE_WIDTH {
        return None;
    }
    if text.is_ascii() {
        return balanced_ascii(text.as_bytes(), whole);
    }
    let places = breaks(text).filter(|place| whole > LINE || place.cost < INSIDE);
    let longer = places.map(|Break { at, before, upto, cost }| (before.max(whole - upto), cost, at));
    longer.filter(|(longer, ..)| *longer <= LINE).map(|(longer, cost, at)| (longer + cost, at)).min().map(|(_, at)| at)
}

/// The same of ASCII alone, where a line ends at a space or not at all.
fn balanced_ascii(text: &[u8], whole: u32) -> Option<usize> {
    let (mut so_far, mut before, mut word_end) = (0, b' ', b' ');
    let mut best: Option<(u32, usize)> = None;
    for (at, &byte) in text.iter().enumerate() {
        if before == b' ' && at > 0 && byte != b' ' && !closes(char::from(byte)) {
            let longer = (whole - so_far).max(so_far - SPACE_WIDTH);
            let cost = longer + if closes(char::from(word_end)) { 0 } else { SPACE };
            if longer <= LINE && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        so_far += u32::from(PLAIN[usize::from(byte)]);
        word_end = if byte == b' ' { word_end } else { byte };
        before = byte;
    }
    best.map(|(_, at)| at)
}

/// A text in at most two lines of some width, in hundredths of an em from 200. What does not fit ends in `…`.
pub(super) fn two_within(text: &str, room: u32) -> Vec<String> {
    let text = tidy(text);
    if width(&text) <= room {
        return if text.is_empty() { Vec::new() } else { vec![text.into_owned()] };
    }
    let (first, second) = text.split_at(fit(&text, room).end(&text));
    let lines = [first.trim_end().to_owned(), cut(second, room)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// A text in one line. What does not fit ends in `…`.
pub(super) fn one_line(text: &str) -> String {
    one_within(text, LINE)
}

/// A text in one line of some width, in hundredths of an em from 200. What does not fit ends in `…`.
fn one_within(text: &str, room: u32) -> String {
    cut(&tidy(text), room)
}

/// The same of a tidy text.
fn cut(text: &str, room: u32) -> String {
    let text = text.trim_start_matches(' ');
    if matches!(fit(text, room), Fit::Whole(_)) {
        return text.to_owned();
    }
    let line = &text[..fit(text, room - advance('…')).end(text)];
    let line = line.trim_end_matches(|c: char| c == ' ' || closes(c) || opens(c));
    let mut cut = String::with_capacity(line.len() + 3);
    cut.push_str(line);
    cut.push('…');
    cut
}

/// How a text was broken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// How many lines there are: none of an empty text.
    pub(super) count: usize,
    /// The width of the last one.
    pub(super) last: u32,
}

/// Adds a text in as many lines as it needs, each at most `room` hundredths of an em wide, with a line feed between two.
///
/// Breaks stand where those of [`two_lines`] do; a word longer than a line is broken inside.
pub(super) fn lines(text: &str, room: u32, lines: &mut String) -> Lines {
    let text = tidy(text);
    if text.is_empty() {
        return Lines { count: 0, last: 0 };
    }
    // Most texts fit a line.
    let whole = width(&text);
    if whole <= room {
        lines.push_str(&text);
        return Lines { count: 1, last: whole };
    }
    let (mut rest, mut count) = (&*text, 1);
    let fit = if text.is_ascii() { last_within_ascii } else { last_within };
    loop {
        match fit(rest, room) {
            Fit::Whole(last) => {
                lines.push_str(rest);
                return Lines { count, last };
            }
            Fit::Upto(at) => {
                let line = rest[..at].trim_end();
                lines.push_str(line);
                rest = &rest[at..];
                if rest.is_empty() {
                    return Lines { count, last: width(line) };
                }
                lines.push('\n');
                count += 1;
            }
        }
    }
}

/// Runs of breakable space as one space, none at the ends.
fn tidy(text: &str) -> Cow<'_, str> {
    // Nearly all texts are tidy.
    let before = text.as_bytes().last().copied().unwrap_or(b'x');
    let any = text.starts_with(' ') || is_suspect(text.as_bytes());
    let parts = |c: char| c.is_ascii_whitespace() || c.is_control() || c == '\u{3000}';
    let untidy = || text.starts_with(' ') || text.contains("  ") || text.chars().any(|c| c != ' ' && parts(c));
    if before != b' ' && !(any && untidy()) {
        return Cow::Borrowed(text);
    }
    let mut words = text.split(parts).filter(|word| !word.is_empty());
    let mut tidy = String::with_capacity(text.len());
    tidy.push_str(words.next().unwrap_or_default());
    for word in words {
        tidy.push(' ');
        tidy.push_str(word);
    }
    Cow::Owned(tidy)
}

/// Whether any byte is suspect, or any two spaces stand side by side: sixteen pairs in one step, where there are as many.
fn is_suspect(text: &[u8]) -> bool {
    let is = |byte: u8| (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe3);
    let pair = |one: u8, next: u8| is(one) | is(next) | ((one == b' ') & (next == b' '));
    let step = |text: &[u8; 17]| {
        let mut any = false;
        for at in 0..16 {
            any |= pair(text[at], text[at + 1]);
        }
        any
    };
    match text.last_chunk() {
        // The last step may take some once more.
        Some(last) => text.windows(17).step_by(16).filter_map(<[u8]>::first_chunk).any(step) || step(last),
        None => {
            let mut before = b'x';
            text.iter().fold(false, |any, &byte| {
                any | SUSPECT[usize::from(byte)] | ((std::mem::replace(&mut before, byte) == b' ') & (byte == b' '))
            })
        }
    }
}

/// Bytes that begin, or are, a space or a control character, or may be: U+0080 to U+009F and U+3000 are among those that
/// begin with 0xc2 and 0xe3.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        suspect[byte] = byte < 0x20 || byte == 0x7f || byte == 0xc2 || byte == 0xe3;
        byte += 1;
    }
    suspect
};

/// A place where a line may end.
struct Break {
    /// Where the next line begins, in bytes.
    at: usize,
    /// The width of what stands before, without the space.
    before: u32,
    /// The same with the space.
    upto: u32,
    /// How much longer the lines may become elsewhere before we break here.
    cost: u32,
}

fn breaks(text: &str) -> impl Iterator<Item = Break> {
    let (mut so_far, mut word_end, mut before, mut at) = (0, ' ', None, 0);
    let bytes = text.as_bytes();
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let (after, here, upto) = (char_at(text, at, byte), at, so_far);
            at += after.len_utf8();
            so_far += advance(after);
            let Some(before) = before.replace(after) else { continue };
            // Between two characters of ASCII a line ends at a space or not at all.
            if before != ' ' {
                word_end = before;
                if before.is_ascii() && byte < 0x80 {
                    continue;
                }
            }
            if let Some(cost) = break_cost(word_end, before, after) {
                let space = if before == ' ' { advance(' ') } else { 0 };
                return Some(Break { at: here, before: upto - space, upto, cost });
            }
        }
        None
    })
}

/// The character that begins with a byte at some place.
fn char_at(text: &str, at: usize, byte: u8) -> char {
    if byte < 0x80 { char::from(byte) } else { text[at..].chars().next().unwrap_or('\u{fffd}') }
}

/// How much of a text fits a line.
#[derive(Debug, PartialEq, Eq)]
enum Fit {
    /// All of it, and its width.
    Whole(u32),
    /// What stands before a place: never 0.
    Upto(usize),
}

impl Fit {
    /// At the end of a text of some width: the last break, and where a word must be broken; 0 for none.
    fn of(width: u32, room: u32, [last, inside]: [usize; 2], text: &str) -> Self {
        match (width <= room, last, inside) {
            (true, ..) => Self::Whole(width),
            (false, 0, 0) => Self::Upto(text.len()),
            (false, 0, inside) => Self::Upto(inside),
            (false, last, _) => Self::Upto(last),
        }
    }

    /// Where the line ends.
    fn end(self, text: &str) -> usize {
        match self {
            Self::Whole(_) => text.len(),
            Self::Upto(at) => at,
        }
    }
}

/// The same as [`last_within`] of ASCII alone, where a line ends at a space or not at all: word by word.
fn last_within_ascii(text: &str, room: u32) -> Fit {
    let (bytes, mut at, mut so_far, mut last) = (text.as_bytes(), 0, 0, 0);
    while let Some(&first) = bytes.get(at) {
        if at > 0 && so_far <= room + SPACE_WIDTH && !closes(char::from(first)) {
            last = at;
        }
        for &byte in bytes[at..].iter().take_while(|&&byte| byte != b' ') {
            so_far += u32::from(PLAIN[usize::from(byte)]);
            at += 1;
        }
        if so_far > room {
            return if last > 0 { Fit::Upto(last) } else { within_a_word(text, room) };
        }
        for _ in bytes[at..].iter().take_while(|&&byte| byte == b' ') {
            so_far += SPACE_WIDTH;
            at += 1;
        }
    }
    if so_far <= room { Fit::Whole(so_far) } else { within_a_word(text, room) }
}

/// The same byte by byte, where a word is longer than a line or spaces stand at the end.
fn within_a_word(text: &str, room: u32) -> Fit {
    let (mut so_far, mut last, mut inside, mut space) = (0, 0, 0, false);
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let is_space = byte == b' ';
        if space && !is_space && so_far <= room + SPACE_WIDTH && !closes(char::from(byte)) {
            last = at;
        }
        so_far += u32::from(PLAIN[usize::from(byte)]);
        space = is_space;
        if so_far > room {
            inside = if inside == 0 { at } else { inside };
            // A space at the end of a line may stand beyond it.
            if last + inside > 0 && !is_space {
                return Fit::Upto(if last > 0 { last } else { inside });
            }
        }
    }
    Fit::of(so_far, room, [last, inside], text)
}

/// How much of a text fits a line of some width.
fn fit(text: &str, room: u32) -> Fit {
    if text.is_ascii() { last_within_ascii(text, room) } else { last_within(text, room) }
}

/// Up to the last break within some width; inside the first word, if that is longer.
fn last_within(text: &str, room: u32) -> Fit {
    let bytes = text.as_bytes();
    let (mut so_far, mut before, mut at) = (0, 'x', 0);
    // The last break that fits, and where a word must be broken that does not; 0 for none.
    let (mut last, mut inside) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let fits = so_far <= room + if before == ' ' { SPACE_WIDTH } else { 0 };
        let (after, long, breaks);
        if byte < 0x80 && before.is_ascii() {
            // Between two characters of ASCII a line ends at a space or not at all.
            (after, long) = (char::from(byte), 1);
            breaks = before == ' ' && byte != b' ' && !closes(after);
            so_far += u32::from(PLAIN[byte as usize]);
        } else {
            after = char_at(text, at, byte);
            long = after.len_utf8();
            // What a break costs does not matter here.
            breaks = at > 0 && (is_han(before) && is_han(after) || break_cost(' ', before, after).is_some());
            so_far += advance(after);
        }
        if breaks && fits {
            last = at;
        }
        if so_far > room {
            if inside == 0 && !joins(after) {
                inside = at;
            }
            // A space at the end of a line may stand beyond it.
            if last + inside > 0 && after != ' ' {
                return Fit::Upto(if last > 0 { last } else { inside });
            }
        }
        before = after;
        at += long;
    }
    Fit::of(so_far, room, [last, inside], text)
}

/// Whether a line may end between two characters, and at what cost. `word_end` is the last character that is no space.
fn break_cost(word_end: char, before: char, after: char) -> Option<u32> {
    // Most pairs of most texts; the rules below say the same.
    if before.is_ascii_alphanumeric() && after.is_ascii() {
        return None;
    }
    if before == ' ' && after.is_ascii_alphanumeric() {
        return Some(if closes(word_end) { 0 } else { SPACE });
    }
    if after == ' ' || joins(before) || joins(after) || opens(before) || closes(after) {
        return None;
    }
    match () {
        () if before == ' ' => Some(if closes(word_end) { 0 } else { SPACE }),
        () if closes(before) && (ideographic(before) || ideographic(after)) => Some(0),
        () if before.is_ascii_digit() => None,
        () if ideographic(before) || ideographic(after) => Some(if opens(after) { SPACE } else { INSIDE }),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ascii_is_balanced_as_any_text_is(text in "[a-zA-Z0-9 ,.()$-]{0,60}") {
            let whole = width(&text);
            let places = breaks(&text).filter(|place| whole > LINE || place.cost < INSIDE);
            let longer = places.map(|Break { at, before, upto, cost }| (before.max(whole - upto), cost, at));
            let known = longer.filter(|(longer, ..)| *longer <= LINE).map(|(longer, cost, at)| (longer + cost, at)).min();
            prop_assert_eq!(balanced_ascii(text.as_bytes(), whole), known.map(|(_, at)| at));
        }

        #[test]
        fn lines_of_ascii_end_where_those_of_any_text_do(text in "[a-zA-Z ,.()$-]{0,60}", room in 0..1500_u32) {
            prop_assert_eq!(last_within_ascii(&text, room), last_within(&text, room));
        }

        #[test]
        fn a_text_is_tidy_or_is_made_so(text in "[ab \n\u{3}\u{7f}\u{85}\u{3000}é门の]{0,50}") {
            let parts = |c: char| c.is_ascii_whitespace() || c.is_control() || c == '\u{3000}';
            let words: Vec<&str> = text.split(parts).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(tidy(&text), words.join(" "));
        }
    }
}
