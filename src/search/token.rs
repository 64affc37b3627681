//! Text into tokens: folded words, and overlapping pairs of CJK characters.
//!
//! Chinese, Japanese and Korean are not cut into words: a dictionary would cut the text and the query differently, and a
//! reader looks for any stretch of characters. Each pair of neighbours is a token, and each single character.

use crate::scan;

/// The tokens of a text, in order, each a part of the folded text or made of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Whole words, as they stand.
    pub words: Vec<String>,
    /// What is left of those words without an English plural's ending, where that differs.
    pub stems: Vec<String>,
    /// Single CJK characters, and pairs of them.
    pub grams: Vec<String>,
}

/// The tokens of a folded text.
pub fn tokens(folded: &str) -> Tokens {
    let mut tokens = Tokens::default();
    each(folded, |token| match token {
        Token::Word(word) => {
            tokens.words.push(word.to_owned());
            tokens.stems.extend(stem(word));
        }
        Token::Gram(gram) => tokens.grams.push(gram.to_owned()),
    });
    tokens
}

/// A token as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Word(&'t str),
    Gram(&'t str),
}

/// Walks over the tokens of a folded text.
pub(super) fn each<'t>(folded: &'t str, mut take: impl FnMut(Token<'t>)) {
    let mut word: Option<usize> = None;
    // Where the last CJK character begins, if it is the one just before.
    let mut before: Option<usize> = None;
    let (bytes, mut at) = (folded.as_bytes(), 0);
    while at < bytes.len() {
        if is_letter(bytes[at]) {
            let mut end = at + scan::letters(&bytes[at..]);
            // A word may have digits.
            end += bytes[end..].iter().take_while(|&&byte| is_letter(byte)).count();
            before = None;
            if word.is_none() && bytes.get(end).is_none_or(u8::is_ascii) {
                // Nearly every word is over with its letters of ASCII.
                take(Token::Word(&folded[at..end]));
                at = end + 1;
            } else {
                word = word.or(Some(at));
                at = end;
            }
            continue;
        }
        if bytes[at].is_ascii() {
            before = None;
            if let Some(start) = word.take() {
                take(Token::Word(&folded[start..at]));
            }
            at += 1;
            continue;
        }
        let Some(c) = folded[at..].chars().next() else { break };
        let cjk = is_cjk(c);
        let letter = !cjk && c.is_alphanumeric();
        if let Some(start) = word.filter(|_| cjk || !letter) {
            take(Token::Word(&folded[start..at]));
            word = None;
        }
        if cjk {
            let end = at + c.len_utf8();
            take(Token::Gram(&folded[at..end]));
            if let Some(start) = before {
                take(Token::Gram(&folded[start..end]));
            }
            before = Some(at);
        } else {
            before = None;
            if letter && word.is_none() {
                word = Some(at);
            }
        }
        at += c.len_utf8();
    }
    if let Some(start) = word {
        take(Token::Word(&folded[start..]));
    }
}

/// Whether a byte is an ASCII letter or a digit.
#[inline]
fn is_letter(byte: u8) -> bool {
    const LETTERS: [bool; 256] = {
        let (mut table, mut byte) = ([false; 256], 0);
        while byte < 256 {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    LETTERS[usize::from(byte)]
}

/// A word without the ending of an English plural; `None` if it has none.
///
/// Source: D. Harman, “How effective is suffixing?”, JASIS 42(1), 1991 (the S stemmer).
pub(super) fn stem(word: &str) -> Option<String> {
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    if let Some(base) = word.strip_suffix("ies") {
        return (!base.ends_with(['a', 'e'])).then(|| format!("{base}y"));
    }
    if word.ends_with("es") {
        let base = &word[..word.len() - 1];
        return (!["aes", "ees", "oes"].iter().any(|end| word.ends_with(end))).then(|| base.to_owned());
    }
    let base = word.strip_suffix('s')?;
    (!base.ends_with(['u', 's'])).then(|| base.to_owned())
}

/// Whether a character is of a script without spaces between words, or Hangul, whose words carry endings: each is a
/// token of its own. After folding, half-width forms are wide ones.
pub(super) fn is_cjk(c: char) -> bool {
    c >= '\u{3005}'
        && matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}
