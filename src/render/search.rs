//! The index of a language as script files, made when the first of them is asked for.
//!
//! A preview so pays for it only when somebody searches, and a build makes it once. The texts are not kept: a file of
//! them is made from its pages again, which costs less than the memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::{Value, json};

use super::json::write_text;
use super::{Language, Site, Stock};
use crate::diag::Diagnostic;
use crate::hash::digest;
use crate::model::{Reads, watch};
use crate::parallel;
use crate::path::SitePath;
use crate::search::{Beginnings, Document, FacetKind, Part, Posted, steps};
use crate::views::Here;

/// How many pages make a part of the index, about: enough parts for all cores, few enough to be merged quickly. What the pages
/// are called decides where a part ends, so that a page more makes one or two parts other ones.
const PAGES_A_PART: u64 = 64;
/// How many pages it has at least.
const FEWEST: usize = 64;
/// How many at most.
const MOST: usize = 256;
/// How many pages whose texts go on in another file are remembered while the files are made.
const REMEMBERED: usize = 8;

/// The index of one language, once somebody has asked for it.
#[derive(Debug, Default)]
pub(super) struct Searched {
    made: OnceLock<Made>,
}

/// A finished index.
#[derive(Debug)]
pub(super) struct Made {
    posted: Posted,
    /// The pages of its language that are read, by their numbers in the site, in order.
    pages: Vec<usize>,
    /// The sections of pages that were read last and go on in another file, by the page's number, and what was read for them.
    split: Mutex<VecDeque<Split>>,
}

/// The sections of a page, and what was read for them.
type Split = (usize, Arc<Vec<Document>>, Reads);

/// The files of a language's index, by what they hold.
enum File {
    Index,
    Box,
    Tokens(usize),
    /// By its first section.
    Texts(u32),
}

impl Site {
    /// The addresses of all files of the search.
    pub(super) fn search_paths(&self) -> &[SitePath] {
        self.search.get_or_init(|| {
            let files = self.languages.iter().flat_map(|language| {
                let made = self.made(language);
                let folder = folder(language);
                let tokens = (0..made.posted.tokens.len()).map(|number| format!("tokens/{number}"));
                let texts = made.posted.texts.iter().map(|first| format!("texts/{first}"));
                let names = ["index".to_owned(), "box".to_owned()].into_iter().chain(tokens).chain(texts);
                names.filter_map(move |name| SitePath::new(&format!("search/{folder}/{name}.js")))
            });
            files.collect()
        })
    }

    /// The boxes of the search, by their place in the site: no page holds them, yet their words stand on every page that
    /// somebody searches on. Without those whose template fails.
    pub fn search_boxes(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        let boxes = self.languages.iter().map(|language| format!("search/{}/box.js", folder(language)));
        boxes.filter_map(|path| {
            let bytes = self.search_file(&SitePath::new(&path)?)?.ok()?;
            Some((path, bytes))
        })
    }

    /// Whether anybody has asked for a file of the search, or which there are: until then nothing is spent on it.
    pub fn is_indexed(&self) -> bool {
        self.languages.iter().any(|language| language.search.made.get().is_some())
    }

    /// Whether there is a file of the search at this address. Makes none.
    pub(super) fn has_search_file(&self, path: &SitePath) -> bool {
        self.search_named(path).is_some_and(|(language, _, file)| match file {
            File::Index | File::Box => true,
            File::Tokens(number) => number < self.made(language).posted.tokens.len(),
            File::Texts(first) => self.made(language).posted.file_from(first).is_some(),
        })
    }

    /// The language, its folder and the file that an address of the search names.
    fn search_named<'p>(&self, path: &'p SitePath) -> Option<(&Language, &'p str, File)> {
        let (name, file) = path.as_str().strip_prefix("search/")?.strip_suffix(".js")?.split_once('/')?;
        let language = self.languages.iter().find(|language| folder(language) == name)?;
        Some((language, name, File::named(file)?))
    }

    /// A file of the search; `None` if there is none at this address.
    ///
    /// # Errors
    /// The theme's mistake, if its template of the search fails.
    pub(super) fn search_file(&self, path: &SitePath) -> Option<Result<Vec<u8>, Diagnostic>> {
        let (language, folder_name, file) = self.search_named(path)?;
        let begin = |what: &str, number: u32| {
            format!("journeybookSearch({},{},{number},", json!(folder_name), json!(what)).into_bytes()
        };
        let made = || self.made(language);
        let mut bytes;
        match file {
            File::Box => {
                let script = |html| format!("document.body.insertAdjacentHTML('beforeend',{});\n", json!(html));
                return Some(self.search_box(language).map(|html| script(html).into_bytes()));
            }
            File::Index => {
                bytes = begin("index", 0);
                bytes.extend_from_slice(contents(&made().posted).to_string().as_bytes());
            }
            File::Tokens(number) => {
                bytes = begin("tokens", number as u32);
                write_text(made().posted.tokens.get(number)?, &mut bytes);
            }
            File::Texts(first) => {
                bytes = begin("texts", first);
                self.texts(language, made(), made().posted.file_from(first)?, &mut bytes)?;
            }
        }
        bytes.extend_from_slice(b");\n");
        Some(Ok(bytes))
    }

    fn made<'s>(&'s self, language: &'s Language) -> &'s Made {
        self.made_of(language, None)
    }

    /// The index of a language, of parts that lie in stock, as far as they do.
    pub(super) fn made_of<'s>(&'s self, language: &'s Language, stock: Option<&dyn Stock>) -> &'s Made {
        language.search.made.get_or_init(|| {
            let all = self.pages.iter().enumerate().filter(|(_, page)| page.lang == language.lang && page.is_read());
            let pages: Vec<usize> = all.map(|(number, _)| number).collect();
            let parts: Vec<Part> = parallel::turn(self.parted(&pages), |_, batch| {
                let make = || Part::of(batch.iter().map(|&number| self.found_on(language, number)));
                let Some(stock) = stock else { return make().apart() };
                let paths: Vec<_> = batch.iter().map(|&number| self.pages.get(number).map(|page| &page.path)).collect();
                let name = format!("{}-{:016x}", language.lang.index(), digest(&paths));
                let kept = stock.take(&name).and_then(|bytes| Part::from_bytes(&bytes));
                let part = kept.unwrap_or_else(|| {
                    let (part, reads) = watch(make);
                    stock.keep(&name, &reads, &part.to_bytes());
                    part
                });
                part.apart()
            });
            let posted = match stock {
                Some(stock) => posted(language, parts, stock),
                None => Posted::of(parts),
            };
            Made { posted, pages, split: Mutex::default() }
        })
    }

    /// Pages, by their numbers, in stretches that are parts of the index.
    fn parted<'p>(&self, pages: &'p [usize]) -> Vec<&'p [usize]> {
        let ends = |page: &usize| {
            let path = self.pages.get(*page).map(|page| page.path.as_str());
            path.is_some_and(|path| digest(path) % PAGES_A_PART == 0)
        };
        let (mut parts, mut rest) = (Vec::new(), pages);
        while !rest.is_empty() {
            let open = rest.iter().take(MOST).skip(FEWEST - 1).position(ends);
            let (part, others) = rest.split_at(open.map_or(MOST, |open| open + FEWEST).min(rest.len()));
            parts.push(part);
            rest = others;
        }
        parts
    }

    /// What a file of the search holds, in short; of a file of texts which sections of which pages: the rest of it is what is
    /// read of the handbook. 0 for any other address.
    pub fn layout(&self, path: &SitePath) -> u64 {
        let layout = || {
            let (language, _, file) = self.search_named(path)?;
            match file {
                File::Box => None,
                File::Index => Some(self.made(language).heading()),
                File::Tokens(number) => Some(digest(self.made(language).posted.tokens.get(number)?)),
                File::Texts(first) => Some(digest(&self.sections(self.made(language), first)?)),
            }
        };
        layout().unwrap_or_default()
    }

    /// How many sections stand in the file of texts that begins with one, and where the pages begin that they are of. Counted from
    /// the first of them, as it does not matter how many stand in other files.
    fn sections<'s>(&'s self, made: &Made, first: u32) -> Option<(u32, Vec<(u32, &'s SitePath)>)> {
        let (first, end) = made.posted.sections(made.posted.file_from(first)?)?;
        let at = made.posted.page_of(first);
        let starts = made.posted.pages.iter().zip(&made.pages).skip(at).take_while(|(start, _)| **start < end);
        let paths = starts.filter_map(|(start, page)| Some((start.wrapping_sub(first), &self.pages.get(*page)?.path)));
        Some((end - first, paths.collect()))
    }

    /// Writes the sections in a file of texts: title, place, kind, address and text of each.
    fn texts(&self, language: &Language, made: &Made, number: usize, bytes: &mut Vec<u8>) -> Option<()> {
        let posted = &made.posted;
        let (first, end) = posted.sections(number)?;
        bytes.push(b'[');
        let mut before: &[u8] = b"";
        let mut at = posted.page_of(first);
        while let Some(&start) = posted.pages.get(at).filter(|start| **start < end) {
            let (documents, reads) = watch(|| self.found_again(language, made, made.pages[at]));
            let within = |section: u32| (section.saturating_sub(start) as usize).min(documents.len());
            for document in &documents[within(first)..within(end)] {
                bytes.extend_from_slice(before);
                row(bytes, document);
                before = b",\n";
            }
            if start + documents.len() as u32 > end {
                made.remember(made.pages[at], documents, reads);
            }
            at += 1;
        }
        bytes.push(b']');
        Some(())
    }

    /// The sections of a page. They are not kept, as there are many, but where the page goes on in another file.
    fn found_again(&self, language: &Language, made: &Made, number: usize) -> Arc<Vec<Document>> {
        if let Some((documents, reads)) = made.recall(number) {
            reads.note();
            return documents;
        }
        Arc::new(self.found_on(language, number))
    }

    fn found_on(&self, language: &Language, number: usize) -> Vec<Document> {
        let (handbook, pages) = (&*self.handbook, &*self.pages);
        let (words, lang) = (&language.words, language.lang);
        let Some(page) = pages.get(number) else { return Vec::new() };
        let verdict = &self.verdict;
        Here { handbook, pages, verdict, words, lang, path: Some(&page.path), part: page.part, leads: true }
            .found_on(page)
    }
}

impl Made {
    /// What a search has to know before it begins, in short.
    fn heading(&self) -> u64 {
        let Posted { firsts, beginnings, texts, documents, facets, .. } = &self.posted;
        digest(&(firsts, beginnings, texts, documents, facets))
    }

    fn recall(&self, number: usize) -> Option<(Arc<Vec<Document>>, Reads)> {
        let split = self.split.lock().unwrap_or_else(PoisonError::into_inner);
        split.iter().find(|split| split.0 == number).map(|(_, documents, reads)| (documents.clone(), reads.clone()))
    }

    fn remember(&self, number: usize, documents: Arc<Vec<Document>>, reads: Reads) {
        let mut split = self.split.lock().unwrap_or_else(PoisonError::into_inner);
        if split.iter().all(|(known, ..)| *known != number) {
            split.truncate(REMEMBERED - 1);
            split.push_front((number, documents, reads));
        }
    }
}

/// The index of all parts, with as much of the one before as is the same.
fn posted(language: &Language, parts: Vec<Part>, stock: &dyn Stock) -> Posted {
    let name = format!("{}-beginnings", language.lang.index());
    let kept = stock.take(&name).and_then(|bytes| Beginnings::from_bytes(&bytes)).unwrap_or_default();
    let before = kept.in_short();
    let (posted, beginnings) = Posted::after(kept, parts);
    if before != beginnings.in_short() {
        // They say themselves what they are made from.
        stock.keep(&name, &Reads::default(), &beginnings.to_bytes());
    }
    posted
}

/// Writes a section as a list in JSON: title, place, kind, address, text.
fn row(bytes: &mut Vec<u8>, document: &Document) {
    let kind = document.facets.iter().find(|facet| facet.by == FacetKind::Kind).map_or("", |facet| &facet.id);
    let texts = [&document.title, &document.place, kind, &document.href, &document.text];
    for (number, text) in texts.into_iter().enumerate() {
        bytes.push(if number == 0 { b'[' } else { b',' });
        write_text(text, bytes);
    }
    bytes.push(b']');
}

impl File {
    fn named(name: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok().filter(|number: &usize| number.to_string() == text);
        match name.split_once('/') {
            None if name == "box" => Some(Self::Box),
            None => (name == "index").then_some(Self::Index),
            Some(("tokens", text)) => number(text).map(Self::Tokens),
            Some(("texts", text)) => number(text).and_then(|first| u32::try_from(first).ok()).map(Self::Texts),
            Some(_) => None,
        }
    }
}

/// The folder of a language's index: its tag in lower case, as in addresses of pages.
fn folder(language: &Language) -> String {
    language.words.tag().to_lowercase()
}

/// What a search has to know before it begins.
fn contents(posted: &Posted) -> Value {
    let facets = FacetKind::ALL.map(|(name, by)| {
        let choices = posted.facets.get(&by).into_iter().flatten().map(|facet| json!([facet.id, facet.title]));
        (name.to_owned(), choices.collect::<Value>())
    });
    json!({
        "sections": posted.documents,
        "tokens": posted.firsts,
        "beginnings": posted.beginnings,
        "texts": steps(posted.texts.iter().copied()),
        "facets": Value::Object(facets.into_iter().collect()),
    })
}
