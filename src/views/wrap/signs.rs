//! Characters where a line may end, and how wide they are about.

/// Marks that belong to the character before them, or hold both sides together.
pub(super) fn joins(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{2060}' | '\u{a0}' | '\u{202f}' | '\u{20e3}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

pub(super) fn closes(c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return false;
    }
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '”' | '’' | '…' | '—' | '·' | '–')
        || matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕')
        || matches!(c, '々' | '～' | '％' | '℃' | 'ー' | '］' | '｝')
}

pub(super) fn opens(c: char) -> bool {
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
pub(super) fn ideographic(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
        || matches!(c, '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
        || matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The characters of nearly all Chinese texts: a line may end between any two of them.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fa5}')
}

/// In hundredths of an em: five classes are near enough for the sans-serif faces of every system.
pub(super) fn advance(c: char) -> u32 {
    match c {
        '\0'..='\x7f' => u32::from(PLAIN[c as usize]),
        _ if is_han(c) => 100,
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

/// How wide a space is.
pub(super) const SPACE_WIDTH: u32 = PLAIN[b' ' as usize] as u32;

/// The same for the characters of ASCII; 0 for all other bytes.
pub(super) static PLAIN: [u8; 256] = plain_advances();

/// The same for the characters of ASCII, looked up rather than told apart: labels are measured often.
const fn plain_advances() -> [u8; 256] {
    let mut advances = [0; 256];
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
