//! The index of a language as script files, made when the first of them is asked for.
//!
//! A preview so pays for it only when somebody searches, and a build makes it once. The texts are not kept: a file of
//! them is made from its pages again, which costs less than the memory.

use std::ops::Range;
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::{Language, Site};
use crate::parallel;
use crate::path::SitePath;
use crate::search::{Document, FacetKind, Index, Posted};
use crate::views::{Here, Page};

/// How many pages are read at once: enough for all cores, few enough to be held in memory.
const PAGES_AT_ONCE: usize = 256;

/// The index of one language, once somebody has asked for it.
#[derive(Debug, Default)]
pub(super) struct Searched {
    made: OnceLock<Made>,
}

/// A finished index.
#[derive(Debug)]
struct Made {
    posted: Posted,
    /// The first page of each file of texts.
    pages: Vec<usize>,
}

/// The files of a language's index, by what they hold.
enum File {
    Index,
    Tokens(usize),
    Texts(usize),
}

impl Site {
    /// The addresses of all files of the search.
    pub(super) fn search_paths(&self) -> &[SitePath] {
        self.search.get_or_init(|| {
            let files = self.languages.iter().flat_map(|language| {
                let made = self.made(language);
                let folder = folder(language);
                let tokens = (0..made.posted.tokens.len()).map(|number| format!("tokens/{number}"));
                let texts = (0..made.pages.len()).map(|number| format!("texts/{number}"));
                let names = std::iter::once("index".to_owned()).chain(tokens).chain(texts);
                names.filter_map(move |name| SitePath::new(&format!("search/{folder}/{name}.js")))
            });
            files.collect()
        })
    }

    /// A file of the search; `None` if there is none at this address.
    pub(super) fn search_file(&self, path: &SitePath) -> Option<Vec<u8>> {
        let (folder_name, name) = path.as_str().strip_prefix("search/")?.strip_suffix(".js")?.split_once('/')?;
        let language = self.languages.iter().find(|language| folder(language) == folder_name)?;
        let made = self.made(language);
        let file = File::named(name)?;
        let (what, number, contents) = match file {
            File::Index => ("index", 0, contents(&made.posted)),
            File::Tokens(number) => ("tokens", number, Value::from(made.posted.tokens.get(number)?.as_str())),
            File::Texts(number) => ("texts", number, self.texts(language, made, number)?),
        };
        Some(format!("journeybookSearch({},{},{number},{contents});\n", json!(folder_name), json!(what)).into_bytes())
    }

    fn made<'s>(&'s self, language: &'s Language) -> &'s Made {
        language.search.made.get_or_init(|| {
            let mut index = Index::default();
            let mut firsts: Vec<usize> = Vec::new();
            let pages = self.pages_in(language);
            for (batch, start) in pages.chunks(PAGES_AT_ONCE).zip((0..).step_by(PAGES_AT_ONCE)) {
                let found = parallel::map(batch, |page| self.found_on(language, page));
                for (page, documents) in found.iter().enumerate() {
                    if index.add(documents) {
                        firsts.push(start + page);
                    }
                }
            }
            Made { posted: index.finish(), pages: firsts }
        })
    }

    fn texts(&self, language: &Language, made: &Made, number: usize) -> Option<Value> {
        let pages = self.pages_in(language);
        let range = *made.pages.get(number)?..made.pages.get(number + 1).copied().unwrap_or(pages.len());
        Some(self.rows(language, &pages, range))
    }

    /// The sections of some pages: title, place, kind, address and text of each.
    fn rows(&self, language: &Language, pages: &[&Page], range: Range<usize>) -> Value {
        let documents = pages[range].iter().flat_map(|page| self.found_on(language, page));
        let row = |document: Document| {
            let kind = document.facets.iter().find(|facet| facet.by == FacetKind::Kind).map_or("", |facet| &facet.id);
            json!([document.title, document.place, kind, document.href, document.text])
        };
        documents.map(row).collect()
    }

    fn pages_in(&self, language: &Language) -> Vec<&Page> {
        self.pages.iter().filter(|page| page.lang == language.lang).collect()
    }

    fn found_on(&self, language: &Language, page: &Page) -> Vec<Document> {
        let (handbook, pages) = (&*self.handbook, &*self.pages);
        let (words, lang) = (&language.words, language.lang);
        let verdict = &self.verdict;
        Here { handbook, pages, verdict, words, lang, path: Some(&page.path), part: page.part }.found_on(page)
    }
}

impl File {
    fn named(name: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok().filter(|number: &usize| number.to_string() == text);
        match name.split_once('/') {
            None => (name == "index").then_some(Self::Index),
            Some(("tokens", text)) => number(text).map(Self::Tokens),
            Some(("texts", text)) => number(text).map(Self::Texts),
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
        "texts": posted.texts,
        "facets": Value::Object(facets.into_iter().collect()),
    })
}
