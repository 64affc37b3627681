//! The index: every token with the sections that hold it, in files small enough to be read for one query.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::token::{Token, each, fold, stem};
use super::{Document, Facet, FacetKind, pack};

/// How many bytes of tokens stand in one file, unless a single token has more.
const TOKENS_PER_FILE: usize = 16 * 1024;
/// How many bytes of text stand in one file, unless a single page has more.
pub const TEXTS_PER_FILE: usize = 8 * 1024;

/// Where a token stands in a section; a later one weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Facet,
    Text,
    Heading,
    Title,
}

/// The index of one language.
#[derive(Debug, Clone, Default)]
pub struct Index {
    documents: u32,
    /// The first section of each file of texts.
    texts: Vec<u32>,
    text_bytes: usize,
    tokens: HashMap<Box<str>, Posting>,
    facets: BTreeMap<FacetKind, BTreeSet<Facet>>,
}

/// The sections of a token: each as the distance from the one before, times four, plus its weight.
#[derive(Debug, Clone, Default)]
struct Posting {
    last: u32,
    packed: String,
}

/// The files of an index, but for the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// The first token of each file of tokens.
    pub firsts: Vec<String>,
    /// The files of tokens: a line each, token, tabulator, sections.
    pub tokens: Vec<String>,
    /// The first section of each file of texts, counted from 0.
    pub texts: Vec<u32>,
    /// How many sections there are.
    pub documents: u32,
    /// What can be filtered by.
    pub facets: BTreeMap<FacetKind, BTreeSet<Facet>>,
}

impl Index {
    /// Adds the sections of a page, all in one file of texts; says whether a new file begins with them.
    pub fn add(&mut self, page: &[Document]) -> bool {
        let begins = self.texts.is_empty() || self.text_bytes >= TEXTS_PER_FILE;
        if begins {
            self.texts.push(self.documents);
            self.text_bytes = 0;
        }
        for document in page {
            self.text_bytes += document.text.len() + document.title.len() + document.place.len() + document.href.len();
            self.document(document);
        }
        begins
    }

    fn document(&mut self, document: &Document) {
        let number = self.documents;
        self.documents += 1;
        let (title, text) = (fold(&document.title), fold(&document.text));
        let title_weight = if document.is_part { Weight::Heading } else { Weight::Title };
        let mut stems: Vec<(String, Weight)> = Vec::new();
        let mut found: HashMap<&str, Weight> = HashMap::new();
        for (field, weight) in [(&title, title_weight), (&text, Weight::Text)] {
            each(field, |token| {
                let (Token::Word(token) | Token::Gram(token)) = token;
                let new = !found.contains_key(token);
                let known = found.entry(token).or_insert(weight);
                *known = weight.max(*known);
                if new || *known == weight {
                    stems.extend(stem(token).map(|stem| (stem, weight)));
                }
            });
        }
        for (stem, weight) in &stems {
            let known = found.entry(stem).or_insert(*weight);
            *known = (*weight).max(*known);
        }
        let facets: Vec<String> = document.facets.iter().map(|facet| facet.token()).collect();
        found.extend(facets.iter().map(|token| (token.as_str(), Weight::Facet)));
        for facet in &document.facets {
            self.facets.entry(facet.by).or_default().insert(facet.clone());
        }
        #[expect(clippy::iter_over_hash_type, reason = "each token has a list of its own: their order is nothing")]
        for (token, weight) in found {
            if !self.tokens.contains_key(token) {
                self.tokens.insert(token.into(), Posting::default());
            }
            if let Some(posting) = self.tokens.get_mut(token) {
                pack::push(&mut posting.packed, (number - posting.last) << 2 | weight as u32);
                posting.last = number;
            }
        }
    }

    /// The finished files.
    pub fn finish(self) -> Posted {
        let mut tokens: Vec<(Box<str>, Posting)> = self.tokens.into_iter().collect();
        tokens.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut posted =
            Posted { texts: self.texts, documents: self.documents, facets: self.facets, ..Posted::default() };
        for (token, posting) in tokens {
            let line = token.len() + posting.packed.len() + 2;
            let fits = posted.tokens.last().is_some_and(|file| file.len() + line <= TOKENS_PER_FILE);
            if !fits {
                posted.firsts.push(token.to_string());
                posted.tokens.push(String::new());
            }
            if let Some(file) = posted.tokens.last_mut() {
                file.push_str(&token);
                file.push('\t');
                file.push_str(&posting.packed);
                file.push('\n');
            }
        }
        posted
    }
}

impl Facet {
    /// The token under which its sections stand: no text holds such characters.
    fn token(&self) -> String {
        format!("\u{1}{}\u{2}{}", self.by.name(), self.id)
    }
}
