//! Parts of an index into one, in files small enough to be read for one query.

use std::collections::BTreeMap;

use super::part::Part;
use super::prefix::{Beginning, Beginnings};
use super::{Facet, FacetKind, pack, prefix};
use crate::hash::HashMap;

/// How many bytes of tokens stand in one file, unless a single token has more.
pub(super) const TOKENS_PER_FILE: usize = 12 * 1024;
/// How many bytes of text stand in one file, unless a single section has more.
const TEXTS_PER_FILE: usize = 8 * 1024;
/// Parts that stand apart begin at such numbers: room for half as much again as a part of some pages mostly has.
const APART: u32 = 256;
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
    /// One past the last section of each file of texts.
    ends: Vec<u32>,
    /// The first section of each page; of a page without any, of the next one.
    pub pages: Vec<u32>,
    /// How many sections there are.
    pub documents: u32,
    /// One past the number of the last section: some numbers between parts that stand apart are nobody's.
    end: u32,
    /// What can be filtered by, in order; at most the 200 choices with the most sections.
    pub facets: BTreeMap<FacetKind, Vec<Facet>>,
}

impl Posted {
    /// The index of all pages, given by parts in their order. How they were parted makes no difference, but for parts that stand
    /// [apart](Part::apart).
    pub fn of(parts: Vec<Part>) -> Self {
        Self::after(Beginnings::default(), parts).0
    }

    /// The same, after an index with these beginnings; gives its own.
    pub fn after(known: Beginnings, parts: Vec<Part>) -> (Self, Beginnings) {
        let mut posted = Self::default();
        let mut starts = Vec::with_capacity(parts.len());
        let mut file = usize::MAX;
        for part in &parts {
            if part.apart {
                posted.end = posted.end.next_multiple_of(APART);
                // A file of texts holds sections that follow one another.
                file = usize::MAX;
            }
            starts.push(posted.end);
            let mut section = posted.end;
            for sections in &part.pages {
                posted.pages.push(section);
                section += sections;
            }
            for (number, bytes) in (posted.end..).zip(&part.texts) {
                if file >= TEXTS_PER_FILE {
                    posted.texts.push(number);
                    posted.ends.push(number);
                    file = 0;
                }
                posted.ends.last_mut().into_iter().for_each(|end| *end = number + 1);
                file += *bytes as usize;
            }
            posted.end = section;
            posted.documents += part.texts.len() as u32;
        }
        posted.facets = facets(&parts);
        let (mut before, mut texts) = (Lines::default(), Lines::default());
        each(&parts, &starts, |token, sections| {
            // Beginnings come after the facets and before all that texts hold.
            let lines = if token < prefix::MARK { &mut before } else { &mut texts };
            lines.add(token, sections);
        });
        // The parts hold all there is, and so do the lines.
        drop(parts);
        texts.close();
        let words: Vec<Token<'_>> = texts.iter().filter(|(token, _)| prefix::is_word(token)).collect();
        let beginnings = prefix::beginnings(&words, posted.end, known);
        for Beginning { word, sections, .. } in beginnings.iter() {
            before.add(&format!("{}{word}", prefix::MARK), sections);
            posted.beginnings.push(word.clone());
        }
        before.close();
        posted.firsts = [before.firsts, texts.firsts].concat();
        posted.tokens = before.files;
        posted.tokens.extend(texts.files);
        (posted, beginnings)
    }

    /// The first section in a file of texts, and one past the last.
    pub fn sections(&self, file: usize) -> Option<(u32, u32)> {
        Some((*self.texts.get(file)?, *self.ends.get(file)?))
    }

    /// The file of texts that begins with this section.
    pub fn file_from(&self, section: u32) -> Option<usize> {
        self.texts.binary_search(&section).ok()
    }

    /// The page that a section stands on, by its place among the pages.
    pub fn page_of(&self, section: u32) -> usize {
        self.pages.partition_point(|start| *start <= section).saturating_sub(1)
    }
}

/// A token and its sections, packed.
pub(super) type Token<'t> = (&'t str, &'t str);

/// Lines in files: a token each with its sections.
#[derive(Default)]
struct Lines {
    /// The first token of each file.
    firsts: Vec<String>,
    files: Vec<String>,
    /// The file to which lines are added.
    open: String,
}

impl Lines {
    fn add(&mut self, token: &str, sections: &str) {
        let bytes = token.len() + sections.len() + 2;
        if self.open.is_empty() || self.open.len() + bytes > TOKENS_PER_FILE {
            self.close();
            self.firsts.push(token.to_owned());
        }
        [token, "\t", sections, "\n"].into_iter().for_each(|text| self.open.push_str(text));
    }

    /// Says that no line follows in the last file.
    fn close(&mut self) {
        if !self.open.is_empty() {
            // A copy takes no more room than it needs.
            self.files.push(self.open.clone());
            self.open.clear();
        }
    }

    /// The tokens of all files that are closed, in order.
    fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        self.files.iter().flat_map(|file| file.lines()).filter_map(|line| line.split_once('\t'))
    }
}

/// Goes through all tokens in order, each with its sections in all parts. `starts` are the first sections of the parts.
fn each(parts: &[Part], starts: &[u32], mut take: impl FnMut(&str, &str)) {
    // Parts have most of their tokens in common, so that these are put in order, and not all of their places.
    let mut numbers: HashMap<&str, u32> = HashMap::default();
    let mut tokens: Vec<(&str, u32)> = Vec::new();
    let mut places: Vec<(u32, u32, u32)> = Vec::with_capacity(parts.iter().map(|part| part.postings().len()).sum());
    for (part, at) in parts.iter().zip(0..) {
        for (posting, place) in part.postings().zip(0..) {
            let number = *numbers.entry(posting.token).or_insert_with(|| {
                tokens.push((posting.token, 0));
                tokens.len() as u32 - 1
            });
            tokens[number as usize].1 += 1;
            places.push((number, at, place));
        }
    }
    drop(numbers);
    let mut order: Vec<u32> = (0..tokens.len() as u32).collect();
    order.sort_unstable_by_key(|number| tokens[*number as usize].0);
    // Where the places of each token begin, and then its next place goes.
    let mut ends = vec![0; tokens.len()];
    let mut end = 0;
    for number in &order {
        ends[*number as usize] = end;
        end += tokens[*number as usize].1 as usize;
    }
    let mut sorted = vec![(0, 0); places.len()];
    for (number, part, place) in places {
        let end = &mut ends[number as usize];
        sorted[*end] = (part, place);
        *end += 1;
    }
    let (mut sections, mut rest) = (String::new(), sorted.as_slice());
    for number in order {
        let (token, count) = tokens[number as usize];
        let (same, others) = rest.split_at(count as usize);
        rest = others;
        sections.clear();
        let mut last = 0;
        for (part, place) in same {
            let (posting, start) = (parts[*part as usize].posting(*place as usize), starts[*part as usize]);
            pack::push(&mut sections, (start + posting.first - last) << 2 | posting.weight);
            sections.push_str(posting.rest);
            last = start + posting.last;
        }
        take(token, &sections);
    }
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
