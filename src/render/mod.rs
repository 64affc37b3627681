//! Pages and a theme into a site: bytes by their path.
//!
//! A [`Site`] knows every address at once and makes the bytes of a page when they are asked for. A preview
//! so renders only what is looked at, a build streams page after page to the disk, and both are one pipeline.

mod data;
mod mistakes;
mod search;
mod sprite;
mod svg;
mod theme;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::Context;

pub use theme::Theme;

use crate::diag::{Diagnostic, Report};
use crate::model::{Asset, Handbook, Id, Lang};
use crate::parallel;
use crate::path::{HandbookPath, SitePath};
use crate::views::frame::LanguageName;
use crate::views::{self, Here, Page, PageKind, Pages, SiteFrame, Words};

/// What stands at an address.
#[derive(Debug)]
pub enum Entry<'a> {
    /// These bytes.
    Bytes(Cow<'a, [u8]>),
    /// The handbook's file of this path, as it is.
    Asset(&'a HandbookPath),
}

/// A finished site. It owns all it is made of, and several threads may read it at once.
#[derive(Debug)]
pub struct Site {
    handbook: Arc<Handbook>,
    pages: Arc<Pages>,
    theme: Arc<Theme>,
    entries: BTreeMap<SitePath, What>,
    languages: Vec<Language>,
    /// The files of the search, once somebody has asked which there are.
    search: OnceLock<Vec<SitePath>>,
}

/// What is needed to make an entry.
#[derive(Debug, Clone, Copy)]
enum What {
    Page,
    Theme(usize),
    Asset(Id<Asset>),
}

/// What all pages of a language share: made once, and cloned for each page at little cost.
struct Language {
    lang: Lang,
    words: Words,
    context: Context,
    search: search::Searched,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Language").field(&self.words.tag()).finish()
    }
}

impl Site {
    /// The site of a handbook, as planned, in a theme.
    pub fn new(handbook: impl Into<Arc<Handbook>>, pages: impl Into<Arc<Pages>>, theme: impl Into<Arc<Theme>>) -> Self {
        let (handbook, pages, theme) = (handbook.into(), pages.into(), theme.into());
        let mut entries: BTreeMap<SitePath, What> = pages.iter().map(|page| (page.path.clone(), What::Page)).collect();
        for (index, (path, _)) in theme.files.iter().enumerate() {
            entries.extend(SitePath::new(path).map(|path| (path, What::Theme(index))));
        }
        entries.extend(pages.assets().map(|(id, path)| (path.clone(), What::Asset(id))));
        let languages =
            views::pages::planned(&handbook).map(|lang| language(&handbook, &pages, &theme, lang)).collect();
        Self { handbook, pages, theme, entries, languages, search: OnceLock::new() }
    }

    /// Every address there is, in order but for the files of the search, which come last.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.entries.keys().chain(self.search_paths())
    }

    /// Whether there is something at an address. Makes no page.
    pub fn has(&self, path: &SitePath) -> bool {
        self.entries.contains_key(path) || self.search_file(path).is_some()
    }

    /// What stands at an address: `None` if nothing does.
    ///
    /// # Errors
    /// The theme's mistake, if a template fails on this page.
    pub fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        let Some(entry) = self.entries.get(path) else {
            return self.search_file(path).map(|bytes| Ok(Entry::Bytes(Cow::Owned(bytes))));
        };
        Some(match *entry {
            What::Theme(index) => Ok(Entry::Bytes(Cow::Borrowed(&self.theme.files[index].1))),
            What::Asset(id) => Ok(Entry::Asset(&self.handbook[id].path)),
            What::Page => self.show(self.pages.at(path)?).map(|bytes| Entry::Bytes(Cow::Owned(bytes))),
        })
    }

    /// The addresses of the pages, without the files beside them.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.pages.iter().filter(|page| page.is_read()).map(|page| &page.path)
    }

    /// The files that the theme brings, by their place in the site: those that many pages share.
    pub fn theme_files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.theme.files.iter().map(|(path, bytes)| (*path, bytes.as_slice()))
    }

    /// The files of the handbook that a page is made from before all others; empty for a page that is made of many
    /// items, and for what is no page.
    pub fn made_from(&self, path: &SitePath) -> Vec<&HandbookPath> {
        let Some(page) = self.pages.at(path) else { return Vec::new() };
        let words = self.languages.first().map(|language| &language.words);
        words.map_or(Vec::new(), |words| {
            let here =
                Here { handbook: &self.handbook, pages: &self.pages, words, lang: page.lang, path: None, part: 0 };
            here.made_from(page.kind)
        })
    }

    /// Makes every page and keeps none: what the theme's templates get wrong, each mistake once.
    pub fn check(&self) -> Report {
        let pages: Vec<&Page> = self.pages.iter().collect();
        let mut report = Report::default();
        let mistakes = parallel::map(&pages, |page| self.show(page).err());
        for mistake in mistakes.into_iter().flatten() {
            if !report.iter().any(|known| known.place == mistake.place && known.message == mistake.message) {
                report.push(mistake);
            }
        }
        report
    }

    fn show(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        thread_local! {
            static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let language = self.languages.iter().find(|language| language.lang == page.lang).unwrap_or(&self.languages[0]);
        let view = views::view(&self.handbook, &self.pages, &language.words, page);
        let template = match view.page.template() {
            Ok(template) => template,
            Err(data) => return Ok(data::bytes(data, &self.theme.sheet)),
        };
        let mut context = language.context.clone();
        context.insert("frame", &view.frame);
        context.insert("page", &view.page);
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            match self.theme.tera.render_to(template, &context, &mut *buffer) {
                Ok(()) if page.kind == PageKind::TouchpointRows => {
                    Ok(data::rows(page.part + 1, buffer, &self.theme.sheet))
                }
                Ok(()) => Ok(self.theme.sheet.inline(buffer)),
                Err(error) => {
                    let (_, diagnostic) = mistakes::diagnose(&error, &self.theme.texts);
                    Err(diagnostic.help(format!("it came up when `{}` was made", page.path)))
                }
            }
        })
    }
}

/// The languages of a handbook by their own names; none of a handbook in one language.
fn names(handbook: &Handbook, theme: &Theme) -> Vec<LanguageName> {
    let languages = &handbook.settings.languages;
    let several = languages.iter().filter(|_| languages.len() > 1);
    let name = |tag: &str| theme.words(tag).get("language_name").to_owned();
    several.map(|language| LanguageName { name: name(&language.tag), tag: language.tag.clone() }).collect()
}

fn language(handbook: &Handbook, pages: &Pages, theme: &Theme, lang: Lang) -> Language {
    let words = theme.words(handbook.settings.tag(lang));
    let top = SitePath::new("index.html");
    let here = Here { handbook, pages, words: &words, lang, path: top.as_ref(), part: 0 };
    let mut context = Context::new();
    context.insert("site", &SiteFrame::new(&here, names(handbook, theme)));
    context.insert("words", &words);
    Language { lang, words, context, search: search::Searched::default() }
}
