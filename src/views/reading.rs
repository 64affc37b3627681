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
use crate::model::{Local, Prose};

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
struct Read {
    words: u32,
    characters: u32,
}

impl Read {
    /// Adds a text that ends a word.
    fn text(&mut self, text: &str) {
        let mut inside = false;
        for c in text.chars() {
            let character = is_character(c);
            self.characters += u32::from(character);
            // `2–5` and `don’t` are one word each.
            let of_word =
                !character && (c.is_alphanumeric() || inside && matches!(c, '\'' | '’' | '-' | '–' | '.' | ','));
            self.words += u32::from(of_word && !inside);
            inside = of_word;
        }
    }

    fn minutes(&self) -> usize {
        (f64::from(self.words) / WORDS + f64::from(self.characters) / CHARACTERS).ceil() as usize
    }
}

/// Whether a character is counted by itself: Han, kana, Hangul.
fn is_character(c: char) -> bool {
    c >= '\u{3041}'
        && matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphabetic()
}

impl Here<'_> {
    /// “about 4 minutes to read”; empty for a page without a text.
    pub fn reading_time(&self, body: &Local<Prose>) -> String {
        let mut read = Read::default();
        for section in self.sections(body.show(self.lang)) {
            read.text(&section.title);
            read.text(&section.text);
        }
        match read.minutes() {
            0 => String::new(),
            minutes => self.words.count("reading_time", minutes),
        }
    }
}
