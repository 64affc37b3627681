//! Beginnings of words with so many sections that all words behind them would be too much to load: one list for each.
//!
//! A reader who types `c` asks for every word that begins with it. Where those words take more than a few files, the
//! sections of all of them stand once more as one list, which is never longer than the handbook has sections.

use std::hash::Hasher;

use super::pack;
use super::posted::{TOKENS_PER_FILE, Token};
use super::token::is_cjk;
use crate::bytes::{Reader, Writer};
use crate::hash::{Folding, HashMap};

/// What a beginning's token begins with: no text holds it, and it comes before all that texts hold.
pub(super) const MARK: &str = "\u{3}";

/// How many bytes of words may be loaded for a beginning: more stand as one list.
const MOST: usize = 2 * TOKENS_PER_FILE;

/// How many sections are looked at together.
const STRETCH: usize = 32;

/// Whether a token is a word of a text: neither a facet nor CJK.
pub(super) fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|sign| sign > '\u{3}' && !is_cjk(sign))
}

/// The beginnings of words that have a list of their own, in order. Of beginnings that lead to the same words only the longest is
/// there: the first that begins with the wanted one is the one to take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginnings(Vec<Beginning>);

/// A beginning with the sections of all words behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) word: String,
    pub(super) sections: String,
    /// How many beginnings follow that begin with this one.
    longer: u32,
    /// What it was made from, in short: the words, each with its sections.
    words: u64,
}

impl Beginnings {
    /// What they are made from, in short.
    pub fn in_short(&self) -> u64 {
        let mut hasher = Folding::default();
        self.0.iter().for_each(|beginning| hasher.write_u64(beginning.words));
        hasher.finish()
    }

    /// They, as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // There are megabytes of them: none more than it takes.
        let room = self.0.iter().map(|beginning| beginning.word.len() + beginning.sections.len() + 18).sum();
        let mut out = Writer::with_room(room);
        out.small(self.0.len() as u32);
        for Beginning { word, sections, longer, words } in &self.0 {
            out.text(word);
            out.text(sections);
            out.small(*longer);
            out.number(*words);
        }
        out.into_bytes()
    }

    /// They, from their bytes; `None` if these are nothing of the sort.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Reader::new(bytes);
        let count = rest.count()?;
        let one = |at| {
            let (word, sections) = (rest.text()?.to_owned(), rest.text()?.to_owned());
            let longer = rest.small().filter(|longer| (*longer as usize) < count - at)?;
            Some(Beginning { word, sections, longer, words: rest.number()? })
        };
        let all = (0..count).map(one).collect::<Option<_>>()?;
        rest.is_empty().then_some(Self(all))
    }

    /// Each of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Beginning> {
        self.0.iter()
    }
}

/// The beginnings of words that need a list of their own; those of `known` ones are taken that would be made of the same words.
pub(super) fn beginnings(words: &[Token<'_>], end: u32, known: Beginnings) -> Beginnings {
    let places = known.0.iter().zip(0..).map(|(beginning, at)| (beginning.words, at)).collect();
    let (weights, text, made) = (vec![0; end as usize], String::new(), Vec::new());
    let mut maker = Maker { weights, text, made, known: known.0, places };
    for group in words.chunk_by(|a, b| a.0.chars().next() == b.0.chars().next()) {
        maker.group(group);
    }
    Beginnings(maker.made)
}

struct Maker {
    /// What a beginning weighs in each section, plus one; 0 where it is not.
    weights: Vec<u8>,
    /// Where lists are made.
    text: String,
    made: Vec<Beginning>,
    /// Those of an earlier index, and where they stand, by what they were made from.
    known: Vec<Beginning>,
    places: HashMap<u64, usize>,
}

impl Maker {
    /// Words in order that share their first character. Whether they have a list now.
    fn group(&mut self, words: &[Token<'_>]) -> bool {
        let [(first, _), .., (last, _)] = words else { return false };
        if words.iter().map(|(word, sections)| word.len() + sections.len() + 2).sum::<usize>() <= MOST {
            return false;
        }
        let of = in_short(words);
        // No two groups are of the same words, so none is taken twice.
        if let Some(&at) = self.places.get(&of) {
            let end = at + 1 + self.known[at].longer as usize;
            self.made.extend(self.known[at..end].iter_mut().map(std::mem::take));
            return true;
        }
        let same = first.chars().zip(last.chars()).take_while(|(a, b)| a == b);
        let shared = &first[..same.map(|(sign, _)| sign.len_utf8()).sum()];
        let place = self.made.len();
        self.made.push(Beginning { word: shared.to_owned(), words: of, ..Beginning::default() });
        let next = |word: &str| word[shared.len()..].chars().next();
        // A list of some of the words stands for them: it is shorter than they are.
        let (mut lists, mut others) = (Vec::new(), Vec::new());
        for group in words.chunk_by(|a, b| next(a.0) == next(b.0)) {
            let at = self.made.len();
            match self.group(group) {
                true => lists.push(at),
                false => others.push(group),
            }
        }
        self.weights.fill(0);
        lists.iter().for_each(|at| weigh(&mut self.weights, &self.made[*at].sections));
        others.into_iter().flatten().for_each(|(_, sections)| weigh(&mut self.weights, sections));
        self.made[place].sections = self.union();
        self.made[place].longer = (self.made.len() - place - 1) as u32;
        true
    }

    /// The sections that weigh something, each with what it weighs.
    fn union(&mut self) -> String {
        let (mut text, mut before) = (std::mem::take(&mut self.text), 0);
        text.clear();
        for (first, weights) in (0..).step_by(STRETCH).zip(self.weights.chunks(STRETCH)) {
            // Most sections of a large handbook do not hold any of the words.
            if *weights == [0; STRETCH][..weights.len()] {
                continue;
            }
            for (section, weight) in (first..).zip(weights).filter(|(_, weight)| **weight > 0) {
                pack::push(&mut text, (section - before) << 2 | u32::from(weight - 1));
                before = section;
            }
        }
        // A copy takes no more room than it needs.
        self.text = text;
        self.text.clone()
    }
}

/// What words with their sections come to.
fn in_short(words: &[Token<'_>]) -> u64 {
    let mut hasher = Folding::default();
    for (word, sections) in words {
        hasher.write(word.as_bytes());
        // No text holds it.
        hasher.write_u8(0xff);
        hasher.write(sections.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// Adds the sections of a token, each of which has the largest weight of all.
fn weigh(weights: &mut [u8], sections: &str) {
    let mut section = 0;
    for number in pack::read(sections) {
        section += number >> 2;
        let weight = &mut weights[section as usize];
        *weight = (*weight).max(1 + (number & 3) as u8);
    }
}
