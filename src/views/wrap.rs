//! Two short lines: how wide a text is about, and where it may be broken.
//!
//! A page is built without knowing the reader's fonts, so widths are estimates, in whole hundredths of an em. Breaking
//! follows what Chinese and Latin readers expect, no more: it is for the captions of a drawing, not for running text.

use std::borrow::Cow;

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
    text.chars().map(advance).sum()
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
    let balanced = breaks(&text).filter(|place| whole > LINE || place.cost < INSIDE).filter_map(
        |Break { at, before, upto, cost }| {
            let longer = before.max(whole - upto);
            (longer <= LINE).then_some((longer + cost, at))
        },
    );
    let at = match balanced.min() {
        Some((_, at)) => at,
        None if whole <= LINE => return vec![text.into_owned()],
        None => last_within(&text, LINE).0,
    };
    let (first, second) = (text[..at].trim_end(), &text[at..]);
    if second.is_empty() { vec![one_line(first)] } else { vec![first.to_owned(), one_line(second)] }
}

/// A text in at most two lines of some width, in hundredths of an em from 200. What does not fit ends in `…`.
pub(super) fn two_within(text: &str, room: u32) -> Vec<String> {
    let text = tidy(text);
    if width(&text) <= room {
        return if text.is_empty() { Vec::new() } else { vec![text.into_owned()] };
    }
    let (first, second) = text.split_at(last_within(&text, room).0);
    let lines = [first.trim_end().to_owned(), one_within(second, room)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// A text in one line. What does not fit ends in `…`.
pub(super) fn one_line(text: &str) -> String {
    one_within(text, LINE)
}

/// A text in one line of some width, in hundredths of an em from 200. What does not fit ends in `…`.
pub(super) fn one_within(text: &str, room: u32) -> String {
    let mut text = tidy(text).into_owned();
    if width(&text) > room {
        let line = &text[..last_within(&text, room - advance('…')).0];
        text.truncate(line.trim_end_matches(|c: char| c == ' ' || closes(c) || opens(c)).len());
        text.push('…');
    }
    text
}

/// A text in as many lines as it needs, each at most `room` hundredths of an em wide; no line of an empty text.
///
/// Breaks stand where those of [`two_lines`] do; a word longer than a line is broken inside.
pub(super) fn lines(text: &str, room: u32) -> Vec<String> {
    let text = tidy(text);
    let mut rest = &*text;
    let mut left = width(rest);
    let mut lines = Vec::new();
    while left > room {
        let (at, before) = last_within(rest, room);
        let (line, after) = rest.split_at(at);
        lines.push(line.trim_end().to_owned());
        rest = after;
        left -= before;
    }
    if !rest.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// Runs of breakable space as one space, none at the ends.
fn tidy(text: &str) -> Cow<'_, str> {
    let parts = |c: char| c.is_ascii_whitespace() || c.is_control() || c == '\u{3000}';
    let mut before = ' ';
    let untidy = text.chars().chain([' ']).any(|c| {
        let double = c == ' ' && before == ' ';
        before = c;
        double || c != ' ' && parts(c)
    });
    if !untidy {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(parts).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

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
    let (mut so_far, mut word_end) = (0, ' ');
    text.chars().zip(text.char_indices().skip(1)).filter_map(move |(before, (at, after))| {
        so_far += advance(before);
        let space = if before == ' ' { advance(' ') } else { 0 };
        if before != ' ' {
            word_end = before;
        }
        break_cost(word_end, before, after).map(|cost| Break { at, before: so_far - space, upto: so_far, cost })
    })
}

/// The last break within some width, and the width of all that stands before it; inside the first word, if that is longer.
/// Never at 0 but for an empty text.
fn last_within(text: &str, room: u32) -> (usize, u32) {
    let fits = |place: &Break| place.before <= room;
    if let Some(last) = breaks(text).take_while(fits).last() {
        return (last.at, last.upto);
    }
    let mut so_far = 0;
    for (at, c) in text.char_indices() {
        let upto = so_far + advance(c);
        if at > 0 && upto > room && !joins(c) {
            return (at, so_far);
        }
        so_far = upto;
    }
    (text.len(), so_far)
}

/// Whether a line may end between two characters, and at what cost. `word_end` is the last character that is no space.
fn break_cost(word_end: char, before: char, after: char) -> Option<u32> {
    // Most pairs of most texts; the rules below say the same.
    if before.is_ascii_alphanumeric() && after.is_ascii() {
        return None;
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

/// Marks that belong to the character before them, or hold both sides together.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{2060}' | '\u{a0}' | '\u{202f}' | '\u{20e3}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn closes(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '”' | '’' | '…' | '—' | '·' | '–')
        || matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕')
        || matches!(c, '々' | '～' | '％' | '℃' | 'ー' | '］' | '｝')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '“'
            | '‘'
            | '（'
            | '《'
            | '〈'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '［'
            | '｛'
            | '¥'
            | '￥'
            | '$'
    )
}

/// Full-width characters: Chinese, Japanese, Korean, their punctuation, and pictures.
fn ideographic(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
        || matches!(c, '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
        || matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// In hundredths of an em: five classes are near enough for the sans-serif faces of every system.
fn advance(c: char) -> u32 {
    const PLAIN: [u8; 128] = plain_advances();
    match c {
        '\0'..='\x7f' => u32::from(PLAIN[c as usize]),
        '\u{a0}' | '\u{202f}' => 27,
        _ if joins(c) => 0,
        '’' | '‘' | '·' => 33,
        // A Chinese face comes first on Chinese pages, and there these are full width.
        '“' | '”' | '…' | '—' => 100,
        _ if ideographic(c) => 100,
        _ if c.is_uppercase() => 66,
        _ => 56,
    }
}

/// The same for the characters of ASCII, looked up rather than told apart: labels are measured often.
const fn plain_advances() -> [u8; 128] {
    let mut advances = [56; 128];
    let mut at = 0;
    while at < 128 {
        advances[at] = match at as u8 {
            b' ' => 27,
            b'f' | b'i' | b'j' | b'l' | b'r' | b't' | b'I' | b'.' | b',' | b':' | b';' | b'!' | b'|' | b'\'' => 33,
            b'(' | b')' | b'[' | b']' | b'-' | b'/' => 33,
            b'm' | b'w' | b'M' | b'W' | b'@' | b'%' => 88,
            b'A'..=b'Z' => 66,
            _ => 56,
        };
        at += 1;
    }
    advances
}
