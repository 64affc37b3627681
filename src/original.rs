//! Originals and their translations: how much of an original each translation says, and of which state of it.
//!
//! A translation may record the state of the original that it was made from, as a short hash. When the original's texts
//! change, the hash no longer fits and the translation is older than its original: nobody needs a repository to tell. The
//! hash is of texts only, and takes no notice of their order and of the white space in them, so that moving a step,
//! changing a score or wrapping a paragraph anew makes no translation old.

use crate::source::{FileId, Span, line_column};

/// How many missing texts of a translation are named; all are counted.
pub const MOST_NAMED: usize = 8;
/// How many characters of a missing text are kept.
const LONGEST: usize = 80;

/// A file in the default language, and its translations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Original {
    /// The file.
    pub file: FileId,
    /// How many texts it holds that can be translated; 0 if it could not be read.
    pub texts: usize,
    /// The state of these texts: eight digits, see [`struct@Hash`].
    pub hash: String,
    /// What they have been translated to, in the order of the files' names.
    pub translations: Vec<Translation>,
}

/// A file in another language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Translation {
    /// The language's place among the handbook's languages, from 1.
    pub language: usize,
    /// The file.
    pub file: FileId,
    /// How many of the original's texts it does not have.
    pub missing: usize,
    /// The first of these, in the order of the original.
    pub first_missing: Vec<Missing>,
    /// The state of the original that it says it was made from; `None` if it says nothing.
    pub from: Option<Stamp>,
}

/// A text that a translation does not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// Where it stands in the original.
    pub span: Span,
    /// The line on which it stands, from 1.
    pub line: usize,
    /// Its beginning.
    pub text: String,
}

/// The state of an original, as a translation has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// As it stands there.
    pub hash: String,
    /// Where.
    pub span: Span,
}

/// How old a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Age {
    /// It was made from the original as it is.
    Current,
    /// The original has changed since.
    Outdated,
    /// It does not say what it was made from.
    Unknown,
}

impl Original {
    /// The original of these texts. `source` is the whole text of its file, and `files` are the translations: language and
    /// file, with the stamp that stands in it.
    pub fn new(file: FileId, source: &str, mut texts: Vec<Said>, files: Vec<(usize, FileId, Option<Stamp>)>) -> Self {
        texts.sort_unstable_by_key(|said| said.span);
        texts.dedup_by_key(|said| said.span);
        let translations = files.into_iter().map(|(language, file, from)| {
            let missing = || texts.iter().filter(|said| !said.languages.has(language));
            let first = missing().take(MOST_NAMED).map(|said| Missing::new(said.span, source));
            Translation { language, file, missing: missing().count(), first_missing: first.collect(), from }
        });
        let translations = translations.collect();
        let mut hashes: Vec<u64> = texts.iter().map(|said| said.hash).collect();
        hashes.sort_unstable();
        let hash = hashes.iter().fold(Hash::default(), |hash, text| hash.with(&text.to_be_bytes())).digits();
        Self { file, texts: texts.len(), hash, translations }
    }

    /// How old a translation of it is.
    pub fn age(&self, translation: &Translation) -> Age {
        match &translation.from {
            None => Age::Unknown,
            Some(stamp) if stamp.hash == self.hash => Age::Current,
            Some(_) => Age::Outdated,
        }
    }
}

impl Missing {
    fn new(span: Span, source: &str) -> Self {
        let mut text = String::new();
        for word in source.get(span.range()).unwrap_or_default().split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
            if let Some((end, _)) = text.char_indices().nth(LONGEST) {
                text.truncate(end);
                text.push('…');
                break;
            }
        }
        Self { span, line: line_column(source, span.start as usize).line, text }
    }
}

/// A text of an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Said {
    span: Span,
    hash: u64,
    languages: Languages,
}

/// A set of languages by their places, 0..=255.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Languages([u64; 4]);

impl Languages {
    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

impl FromIterator<usize> for Languages {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        let mut languages = Self::default();
        for place in places {
            if let Some(word) = languages.0.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        languages
    }
}

impl Said {
    /// A text, where it stands, and the places of the languages that have it. `None` for what nobody translates: a text
    /// without a letter, an address.
    pub fn new(text: &str, span: Span, languages: impl IntoIterator<Item = usize>) -> Option<Self> {
        let is_address = |text: &str| text.contains("://") || text.contains('@');
        let mut words = text.split_whitespace();
        if !text.contains(char::is_alphabetic) || words.next().is_some_and(is_address) && words.next().is_none() {
            return None;
        }
        let words = text.split_whitespace();
        let hash = words.fold(Hash::default(), |hash, word| hash.with(word.as_bytes()).with(b" ")).0;
        Some(Self { span, hash, languages: languages.into_iter().collect() })
    }
}

/// A hash of bytes. It tells slips, not forgeries.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, FNV-1a, 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// The hash of what was there before and these bytes.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)))
    }

    /// Half of it as eight digits, hexadecimal and in lower case.
    pub fn digits(self) -> String {
        format!("{:08x}", (self.0 >> 32) as u32 ^ self.0 as u32)
    }
}

/// Whether a text has the shape of [`Hash::digits`].
pub fn is_hash(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
