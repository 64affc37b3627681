//! How long a text takes to read.
//!
//! Chinese, Japanese and Korean are counted by characters, all else by words; a text of both takes the sum.
//!
//! Sources: 238 words a minute, silent reading of non-fiction in English: M. Brysbaert, “How many words do we read per
//! minute?”, Journal of Memory and Language 109, 2019. 255 characters a minute in Chinese: S. Trauzettel-Klosinski, K. Dietz,
//! “Standardized assessment of reading performance: the new International Reading Speed Texts IReST”, Investigative
//! Ophthalmology & Visual Science 53, 2012. Japanese and Korean, which are read faster, take the same rate, so that nobody is
//! promised too little time.

use super::here::Here;
use super::plain::Lines;
use crate::model::{Heading, Local, Prose};
use crate::scan;

/// Words a minute, of languages with spaces between words.
pub const WORDS: f64 = 238.0;
/// Characters a minute, of Chinese, Japanese and Korean.
pub const CHARACTERS: f64 = 255.0;

/// The minutes that a text takes, rounded up; 0 for a text without a word.
pub fn minutes(text: &str) -> usize {
    let mut read = Read::default();
    read.text(text);
    read.minutes()
}

/// What there is to read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) words: u32,
    pub(super) characters: u32,
    /// Whether the last character was of a word.
    inside: bool,
}

impl Lines for Read {
    fn text(&mut self, text: &str) {
        let Self { mut words, mut characters, mut inside } = *self;
        let (bytes, mut at) = (text.as_bytes(), 0);
        while at < bytes.len() {
            let sort = match ASCII.get(usize::from(bytes[at])) {
                Some(&sort) => {
                    at += 1;
                    sort
                }
                None => {
                    let Some(c) = text[at..].chars().next() else { break };
                    at += c.len_utf8();
                    sort(c)
                }
            };
            let of_word = sort == Sort::Word || inside && sort == Sort::Within;
            characters += u32::from(sort == Sort::Character);
            words += u32::from(of_word && !inside);
            inside = of_word;
            // Nearly every letter is followed by another.
            if inside {
                at += scan::letters(&bytes[at..]);
            }
        }
        *self = Self { words, characters, inside };
    }

    fn space(&mut self) {
        self.inside = false;
    }

    fn line(&mut self) {
        self.inside = false;
    }

    fn section(&mut self, heading: &Heading) {
        self.line();
        self.text(&heading.text);
        self.line();
    }
}

impl Read {
    fn minutes(&self) -> usize {
        (f64::from(self.words) / WORDS + f64::from(self.characters) / CHARACTERS).ceil() as usize
    }
}

/// How a character is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// By itself.
    Character,
    /// It makes a word with others of its sort.
    Word,
    /// It is of a word if it stands in one: `2–5` and `don’t` are one word each.
    Within,
    /// Not at all.
    Other,
}

/// The sorts of all ASCII.
const ASCII: [Sort; 128] = {
    let (mut sorts, mut byte) = ([Sort::Other; 128], 0);
    while byte < 128 {
        sorts[byte as usize] = match byte {
            b'\'' | b'-' | b'.' | b',' => Sort::Within,
            _ if byte.is_ascii_alphanumeric() => Sort::Word,
            _ => Sort::Other,
        };
        byte += 1;
    }
    sorts
};

/// The sort of a character beyond ASCII.
fn sort(c: char) -> Sort {
    match c {
        _ if is_character(c) => Sort::Character,
        '’' | '–' => Sort::Within,
        _ if c.is_alphanumeric() => Sort::Word,
        _ => Sort::Other,
    }
}

/// Whether a character is counted by itself: Han, kana, Hangul.
fn is_character(c: char) -> bool {
    // Nearly all Han characters are of this block, which holds nothing else.
    let han = matches!(c, '\u{4e00}'..='\u{9fff}');
    han || c >= '\u{3041}'
        && matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphabetic()
}

impl Here<'_> {
    /// “about 4 minutes to read”; empty for a page without a text.
    pub fn reading_time(&self, body: &Local<Prose>) -> String {
        match self.read(body.show(self.lang), Read::default()).minutes() {
            0 => String::new(),
            minutes => self.words.count("reading_time", minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_large_block_of_han_holds_nothing_else() {
        assert!(('\u{4e00}'..='\u{9fff}').all(char::is_alphabetic));
    }
}
