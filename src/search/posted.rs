//! Parts of an index into one, in files small enough to be read for one query.

use std::collections::BTreeMap;

use super::part::{Part, Posting};
use super::{Facet, FacetKind, pack, prefix};

/// How many bytes of tokens stand in one file, unless a single token has more.
pub(super) const TOKENS_PER_FILE: usize = 12 * 1024;
/// How many bytes of text stand in one file, unless a single section has more.
const TEXTS_PER_FILE: usize = 8 * 1024;
/// How many choices of a filter are offered, at most: the ones with the most sections.
const MOST_CHOICES: usize = 200;

/// The files of an index, but for the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// The first token of each file of tokens.
    pub firsts: Vec<String>,
    /// The files of tokens: a line each, token, tabulator, sections.
    pub tokens: Vec<String>,
    /// The beginnings of words that have a list of their own, in order: of those that lead to the same words the longest.
    pub beginnings: Vec<String>,
    /// The first section of each file of texts, counted from 0.
    pub texts: Vec<u32>,
    /// The first section of each page; of a page without any, of the next one.
    pub pages: Vec<u32>,
    /// How many sections there are.
    pub documents: u32,
    /// What can be filtered by, in order; at most the 200 choices with the most sections.
    pub facets: BTreeMap<FacetKind, Vec<Facet>>,
}

impl Posted {
    /// The index of all pages, given by parts in their order. How they were parted makes no difference.
    pub fn of(parts: Vec<Part>) -> Self {
        let mut posted = Self::default();
        let mut starts = Vec::with_capacity(parts.len());
        let mut file = usize::MAX;
        for part in &parts {
            starts.push(posted.documents);
            let mut section = posted.documents;
            for sections in &part.pages {
                posted.pages.push(section);
                section += sections;
            }
            for (number, bytes) in (posted.documents..).zip(&part.texts) {
                if file >= TEXTS_PER_FILE {
                    posted.texts.push(number);
                    file = 0;
                }
                file += *bytes as usize;
            }
            posted.documents = section;
        }
        posted.facets = facets(&parts);
        let tokens = tokens(&parts, &starts);
        // Each of these three holds all there is: no more than two of them are there at once.
        drop(parts);
        posted.write(tokens);
        posted
    }

    /// The first section in a file of texts, and one past the last.
    pub fn sections(&self, file: usize) -> Option<(u32, u32)> {
        let first = *self.texts.get(file)?;
        Some((first, self.texts.get(file + 1).copied().unwrap_or(self.documents)))
    }

    /// The page that a section stands on, by its place among the pages.
    pub fn page_of(&self, section: u32) -> usize {
        self.pages.partition_point(|start| *start <= section).saturating_sub(1)
    }

    fn write(&mut self, mut tokens: Vec<Token>) {
        let words: Vec<&Token> = tokens.iter().filter(|(token, _)| prefix::is_word(token)).collect();
        let beginnings = prefix::beginnings(&words, self.documents);
        // Beginnings come after the facets and before all that texts hold.
        let place = tokens.partition_point(|(token, _)| &**token < prefix::MARK);
        let texts = tokens.split_off(place);
        for (token, sections) in tokens {
            self.line(&token, &sections);
        }
        for (word, sections) in beginnings {
            self.line(&format!("{}{word}", prefix::MARK), &sections);
            self.beginnings.push(word);
        }
        for (token, sections) in texts {
            self.line(&token, &sections);
        }
    }

    fn line(&mut self, token: &str, sections: &str) {
        let bytes = token.len() + sections.len() + 2;
        if self.tokens.last().is_none_or(|file| file.len() + bytes > TOKENS_PER_FILE) {
            self.firsts.push(token.to_owned());
            self.tokens.push(String::new());
        }
        if let Some(file) = self.tokens.last_mut() {
            file.push_str(token);
            file.push('\t');
            file.push_str(sections);
            file.push('\n');
        }
    }
}

/// A token and its sections, packed.
pub(super) type Token = (Box<str>, Box<str>);

/// All tokens in order, each with its sections in all parts. `starts` are the first sections of the parts.
fn tokens(parts: &[Part], starts: &[u32]) -> Vec<Token> {
    let mut postings: Vec<(Posting<'_>, u32)> = Vec::new();
    for (part, start) in parts.iter().zip(starts) {
        postings.extend(part.postings().map(|posting| (posting, *start)));
    }
    // Stable, so that the parts stay in their order; and quick, as each part is in order already.
    postings.sort_by(|a, b| a.0.token.cmp(b.0.token));
    let mut tokens: Vec<Token> = Vec::new();
    for same in postings.chunk_by(|a, b| a.0.token == b.0.token) {
        let mut sections = String::with_capacity(same.iter().map(|(posting, _)| posting.rest.len() + 2).sum());
        let mut last = 0;
        for (posting, start) in same {
            pack::push(&mut sections, (start + posting.first - last) << 2 | posting.weight);
            sections.push_str(posting.rest);
            last = start + posting.last;
        }
        tokens.push((same[0].0.token.into(), sections.into()));
    }
    tokens
}

fn facets(parts: &[Part]) -> BTreeMap<FacetKind, Vec<Facet>> {
    let mut counts: BTreeMap<&Facet, u32> = BTreeMap::new();
    for (facet, count) in parts.iter().flat_map(|part| &part.facets) {
        *counts.entry(facet).or_default() += count;
    }
    FacetKind::ALL
        .into_iter()
        .map(|(_, by)| {
            let mut choices: Vec<(&Facet, u32)> =
                counts.iter().filter(|(facet, _)| facet.by == by).map(|(facet, count)| (*facet, *count)).collect();
            choices.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            choices.truncate(MOST_CHOICES);
            choices.sort();
            (by, choices.into_iter().map(|(facet, _)| facet.clone()).collect())
        })
        .collect()
}
