//! The index of some pages: every token with the sections that hold it. Parts are made side by side and then merged.

use std::collections::BTreeMap;

use super::fold::fold_into;
use super::token::{Token, each, stem};
use super::{Document, Facet, pack};
use crate::hash::HashMap;
use crate::model::settle;

/// Where a token stands in a section; a later one weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A facet weighs as little.
    Text,
    Heading,
    Title,
    /// It is all there is of a title or heading.
    Whole,
}

/// The index of some pages in a row, finished.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// How many sections each page has.
    pub(super) pages: Vec<u32>,
    /// How many bytes the texts of each section take.
    pub(super) texts: Vec<u32>,
    /// How many sections each facet has.
    pub(super) facets: BTreeMap<Facet, u32>,
    /// Whether the part before may grow a little, and its sections keep their numbers.
    pub(super) apart: bool,
    tokens: String,
    packed: String,
    /// In the order of their tokens.
    entries: Vec<Entry>,
    /// Where the last token ends that was [cut](Self::cut), and its sections.
    ends: (u32, u32),
}

/// A token and its sections, counted from the part's first. There are hundreds of thousands: where the texts of one end, those of
/// the next begin.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Where it begins in `tokens`.
    token: u32,
    /// Where all sections after the first begin in `packed`.
    rest: u32,
    /// The first section, times four, plus its weight.
    first: u32,
    last: u32,
}

/// A token with its sections in a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting<'p> {
    pub(super) token: &'p str,
    /// The first section, from the part's first, and what the token weighs there.
    pub(super) first: u32,
    pub(super) weight: u32,
    /// The last section.
    pub(super) last: u32,
    /// All after the first, each as the distance from the one before, times four, plus its weight.
    pub(super) rest: &'p str,
}

impl Part {
    /// The index of pages, each given by its sections.
    pub fn of<P: AsRef<[Document]>>(pages: impl IntoIterator<Item = P>) -> Self {
        let mut maker = Maker::default();
        for page in pages {
            let page = page.as_ref();
            maker.part.pages.push(page.len() as u32);
            page.iter().for_each(|document| maker.document(document));
        }
        maker.finish()
    }

    /// The same with some room before it in a whole index: pages may come and go before it, and its sections keep their numbers.
    #[must_use]
    pub fn apart(self) -> Self {
        Self { apart: true, ..self }
    }

    /// All its tokens, and all their sections but the first of each.
    pub(super) fn texts_of_tokens(&self) -> (&str, &str) {
        (&self.tokens, &self.packed)
    }

    /// Takes over what [`Self::texts_of_tokens`] gave of so many tokens, of which [`Self::cut`] then says where each ends.
    pub(super) fn hold(&mut self, tokens: &str, packed: &str, count: usize) {
        (self.tokens, self.packed) = (tokens.to_owned(), packed.to_owned());
        (self.entries, self.ends) = (Vec::with_capacity(count), (0, 0));
    }

    /// Says how long the next token and the text of its sections are, which of them is the first, with what it weighs, and which
    /// is the last; `None` if there is no such token.
    pub(super) fn cut(&mut self, (token, rest): (u32, u32), (first, weight): (u32, u32), last: u32) -> Option<()> {
        let (at, begin) = self.ends;
        self.ends = (at.checked_add(token)?, begin.checked_add(rest)?);
        let ends = [(&self.tokens, self.ends.0), (&self.packed, self.ends.1)];
        let are_ends = ends.into_iter().all(|(text, end)| text.is_char_boundary(end as usize));
        are_ends.then(|| self.entries.push(Entry { token: at, rest: begin, first: first << 2 | weight, last }))
    }

    /// Whether the last token ends where all of them do.
    pub(super) fn is_cut(&self) -> bool {
        (self.ends.0 as usize, self.ends.1 as usize) == (self.tokens.len(), self.packed.len())
    }

    /// Adds the token that comes next.
    fn push(&mut self, Posting { token, first, weight, last, rest }: Posting<'_>) {
        let (at, begin) = (self.tokens.len() as u32, self.packed.len() as u32);
        self.tokens.push_str(token);
        self.packed.push_str(rest);
        self.entries.push(Entry { token: at, rest: begin, first: first << 2 | weight, last });
    }

    /// Says that no token follows: many parts wait for the last of them.
    fn end(&mut self) {
        self.tokens = self.tokens.as_str().to_owned();
        self.packed = self.packed.as_str().to_owned();
        settle(&mut self.entries);
    }

    /// Its tokens in order, each once.
    pub(super) fn postings(&self) -> impl ExactSizeIterator<Item = Posting<'_>> {
        (0..self.entries.len()).map(|place| self.posting(place))
    }

    /// The token at a place in their order, from 0.
    pub(super) fn posting(&self, place: usize) -> Posting<'_> {
        let entry = &self.entries[place];
        let (token, rest) = match self.entries.get(place + 1) {
            Some(next) => (next.token as usize, next.rest as usize),
            None => (self.tokens.len(), self.packed.len()),
        };
        Posting {
            token: &self.tokens[entry.token as usize..token],
            first: entry.first >> 2,
            weight: entry.first & 3,
            last: entry.last,
            rest: &self.packed[entry.rest as usize..rest],
        }
    }
}

/// A part in the making.
#[derive(Default)]
struct Maker {
    part: Part,
    /// The list of each word of up to eight bytes, as nearly all are, by its [key](brief).
    words: HashMap<u64, u32>,
    /// The same of up to sixteen, by its [key](first_of).
    short: HashMap<u128, u32>,
    /// The lists of all others.
    long: HashMap<Box<str>, u32>,
    /// Pairs of CJK characters, and single ones beyond the first plane, as numbers.
    grams: HashMap<u64, u32>,
    /// The list of each facet, and how many sections it has.
    facets: HashMap<Facet, (u32, u32)>,
    /// The list of each CJK character of the first plane, plus one; 0 if there is none.
    signs: Vec<u32>,
    lists: Vec<List>,
    folded: String,
}

/// The sections of a token so far.
struct List {
    first: u32,
    weight: Weight,
    /// The last section that is written down.
    kept: u32,
    /// The section it was seen in last, and its weight there so far.
    last: (u32, Weight),
    rest: String,
    /// The list of the word without its ending.
    stem: Option<u32>,
}

impl Maker {
    fn document(&mut self, document: &Document) {
        let section = self.part.texts.len() as u32;
        self.part.texts.push(document.size() as u32);
        let title = if document.is_part { Weight::Heading } else { Weight::Title };
        let mut folded = std::mem::take(&mut self.folded);
        for (text, weight) in [(&document.title, title), (&document.text, Weight::Text)] {
            folded.clear();
            fold_into(text, &mut folded);
            let whole = folded.trim();
            let weigh = |token: &str| if weight > Weight::Text && token == whole { Weight::Whole } else { weight };
            each(&folded, |token| match token {
                Token::Word(word) => self.word(word, section, weigh(word)),
                Token::Gram(gram) => self.gram(gram, section, weigh(gram)),
            });
        }
        self.folded = folded;
        for facet in &document.facets {
            let list = match self.facets.get_mut(facet) {
                Some((list, count)) => {
                    *count += 1;
                    *list
                }
                None => {
                    // Who named it may have used any sign, and the keys of short words know no NUL.
                    let next = self.lists.len() as u32;
                    let list = *self.long.entry(facet.token().into()).or_insert(next);
                    if list == next {
                        self.lists.push(List::default());
                    }
                    self.facets.insert(facet.clone(), (list, 1));
                    list
                }
            };
            self.see(list, section, Weight::Text);
        }
    }

    fn word(&mut self, word: &str, section: u32, weight: Weight) {
        let list = self.known(word).unwrap_or_else(|| {
            let list = self.list_of(word);
            self.lists[list as usize].stem = stem(word).map(|stem| self.list_of(&stem));
            list
        });
        self.see(list, section, weight);
        if let Some(stem) = self.lists[list as usize].stem {
            self.see(stem, section, weight);
        }
    }

    fn gram(&mut self, gram: &str, section: u32, weight: Weight) {
        let key = gram.chars().fold(0, |key, sign| key << 32 | u64::from(sign));
        let next = self.lists.len() as u32;
        let list = if key < PLANE as u64 {
            self.signs.resize(PLANE, 0);
            let known = &mut self.signs[key as usize];
            if *known == 0 {
                *known = next + 1;
            }
            *known - 1
        } else {
            *self.grams.entry(key).or_insert(next)
        };
        if list == next {
            self.lists.push(List::default());
        }
        self.see(list, section, weight);
    }

    fn known(&self, word: &str) -> Option<u32> {
        match word.len() {
            length if length <= BRIEF => self.words.get(&brief(word.as_bytes())).copied(),
            length if length <= KEY => self.short.get(&first_of(word)).copied(),
            _ => self.long.get(word).copied(),
        }
    }

    fn list_of(&mut self, word: &str) -> u32 {
        if let Some(list) = self.known(word) {
            return list;
        }
        let list = self.lists.len() as u32;
        self.lists.push(List::default());
        match word.len() {
            length if length <= BRIEF => self.words.insert(brief(word.as_bytes()), list),
            length if length <= KEY => self.short.insert(first_of(word), list),
            _ => self.long.insert(word.into(), list),
        };
        list
    }

    fn see(&mut self, list: u32, section: u32, weight: Weight) {
        let list = &mut self.lists[list as usize];
        if list.last.0 == section {
            list.last.1 = weight.max(list.last.1);
        } else {
            list.keep();
            list.last = (section, weight);
        }
    }

    fn finish(self) -> Part {
        let Self { mut part, words, short, long, grams, facets, signs, mut lists, .. } = self;
        part.facets = facets.into_iter().map(|(facet, (_, count))| (facet, count)).collect();
        for list in &mut lists {
            list.keep();
        }
        let mut named = Vec::with_capacity(words.len() + short.len() + long.len() + grams.len());
        named.extend(words.into_iter().map(|(key, list)| (u128::from(key) << 64, None, list)));
        named.extend(short.into_iter().map(|(key, list)| (key, None, list)));
        named.extend(long.into_iter().map(|(word, list)| (first_of(&word), Some(word), list)));
        named.extend(grams.into_iter().map(|(gram, list)| (key_of(gram), None, list)));
        let signs = (0..).zip(signs).filter(|(_, list)| *list > 0);
        named.extend(signs.map(|(sign, list)| (key_of(sign), None, list - 1)));
        named.sort_unstable();
        for (key, long, list) in named {
            let list = &lists[list as usize];
            let bytes = key.to_be_bytes();
            let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            let short = std::str::from_utf8(&bytes[..length]).unwrap_or_default();
            part.push(Posting {
                token: long.as_deref().unwrap_or(short),
                first: list.first,
                weight: list.weight as u32,
                last: list.last.0,
                rest: &list.rest,
            });
        }
        part.end();
        part
    }
}

/// How many bytes a key holds.
const KEY: usize = 16;
/// How many bytes the key of a brief word holds.
const BRIEF: usize = 8;

/// The beginning of a word as a number, whose order is that of the words. No word holds a NUL, which fills up the rest.
fn first_of(word: &str) -> u128 {
    let word = &word.as_bytes()[..word.len().min(KEY)];
    match (word.first_chunk(), word.last_chunk()) {
        // The last eight may have some bytes of the first once more.
        (Some(first), Some(last)) => {
            let missing = 8 * (KEY - word.len());
            u128::from(u64::from_be_bytes(*first)) << 64 | u128::from(u64::from_be_bytes(*last)) << missing
        }
        _ => u128::from(brief(word)) << 64,
    }
}

/// The same of a word of at most eight bytes. It is put together of its first and its last bytes: that takes fewer steps than
/// to copy bytes of which nobody knows how many there are.
fn brief(word: &[u8]) -> u64 {
    match (word.first_chunk(), word.last_chunk(), word) {
        (Some(first), Some(last), _) => {
            let missing = 8 * (BRIEF - word.len());
            u64::from(u32::from_be_bytes(*first)) << 32 | u64::from(u32::from_be_bytes(*last)) << missing
        }
        (.., [one, other, last]) => u64::from_be_bytes([*one, *other, *last, 0, 0, 0, 0, 0]),
        (.., [one, other]) => u64::from_be_bytes([*one, *other, 0, 0, 0, 0, 0, 0]),
        (.., [one]) => u64::from(*one) << 56,
        _ => 0,
    }
}

/// One CJK character, or two, likewise.
fn key_of(gram: u64) -> u128 {
    let (mut bytes, mut length) = ([0; KEY], 0);
    for sign in [gram >> 32, gram & u64::from(u32::MAX)].into_iter().filter(|sign| *sign > 0) {
        let sign = char::from_u32(sign as u32).unwrap_or_default();
        length += sign.encode_utf8(&mut bytes[length..]).len();
    }
    u128::from_be_bytes(bytes)
}

/// How many characters the first plane of Unicode has.
const PLANE: usize = 0x1_0000;

/// No section yet.
const NONE: u32 = u32::MAX;

impl Default for List {
    fn default() -> Self {
        let (weight, last) = (Weight::Text, (NONE, Weight::Text));
        Self { first: NONE, weight, kept: NONE, last, rest: String::new(), stem: None }
    }
}

impl List {
    /// Writes down the section it was seen in last.
    fn keep(&mut self) {
        let (section, weight) = self.last;
        if section == NONE {
            return;
        }
        if self.first == NONE {
            (self.first, self.weight) = self.last;
        } else {
            pack::push(&mut self.rest, (section - self.kept) << 2 | weight as u32);
        }
        self.kept = section;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_number_that_its_bytes_are() {
        let word = "abcdefghijklmnopqrst";
        for length in 0..=word.len() {
            let mut bytes = [0; KEY];
            let known = length.min(KEY);
            bytes[..known].copy_from_slice(&word.as_bytes()[..known]);
            assert_eq!(first_of(&word[..length]), u128::from_be_bytes(bytes), "{length}");
        }
    }
}
