//! Pages and a theme into a site: bytes by their path.
//!
//! A [`Site`] knows every address at once and makes the bytes of a page when they are asked for. A preview
//! so renders only what is looked at, a build streams page after page to the disk, and both are one pipeline.

mod basis;
mod data;
mod json;
mod long;
mod minify;
mod mistakes;
mod ready;
mod search;
mod sprite;
mod stock;
mod svg;
mod tables;
mod theme;
mod things;
mod unfit;
mod xml;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use tera::Context;

pub use long::{Long, Sink};
pub use stock::Stock;
pub use theme::Theme;
pub use things::{Known, Things};

use crate::diag::{Diagnostic, Report};
use crate::model::{Asset, Handbook, Id, Lang, WebAddress, unwatched};
use crate::parallel;
use crate::path::{HandbookPath, SitePath};
use crate::views::frame::LanguageName;
use crate::views::{self, Here, Page, PageKind, Pages, Shown, SiteFrame, Verdict, View, Words};

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
    verdict: Verdict,
    /// Where the addresses begin that all pages share.
    top: Option<SitePath>,
    languages: Vec<Language>,
    /// The files of the search, once somebody has asked which there are.
    search: OnceLock<Vec<SitePath>>,
}

/// What is needed to make an entry.
enum What<'a> {
    Page(&'a Page),
    Theme(&'a [u8]),
    Asset(Id<Asset>),
}

/// What all pages of a language share: made once, and cloned for each page at little cost.
struct Language {
    lang: Lang,
    words: Words,
    /// Which of the theme's templates are made ready for these words.
    ready: Option<usize>,
    /// Tells what is ready of this language of this site from all others.
    key: ready::Key,
    /// What tera needs to know, if it has to show a page.
    context: OnceLock<Context>,
    search: search::Searched,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Language").field(&self.words.tag()).finish()
    }
}

impl Site {
    /// The site of a handbook, as planned, in a theme, with what there is to say about it.
    pub fn new(handbook: Arc<Handbook>, pages: Arc<Pages>, theme: Arc<Theme>, verdict: Verdict) -> Self {
        let (top, languages, search) = (SitePath::new("index.html"), Vec::new(), OnceLock::new());
        let mut site = Self { handbook, pages, theme, verdict, top, languages, search };
        site.languages = views::pages::planned(&site.handbook).map(|lang| site.shared_in(lang)).collect();
        site
    }

    /// The handbook it shows.
    pub fn handbook(&self) -> &Handbook {
        &self.handbook
    }

    /// What there is to say about the handbook.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Every address there is, in order but for the files of the search, which come last.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.paths_without_search().chain(self.search_paths())
    }

    /// The same but for the files of the search: needs no index.
    pub fn paths_without_search(&self) -> impl Iterator<Item = &SitePath> {
        let pages = self.pages.iter().map(|page| &page.path);
        let files = self.theme.files.iter().map(|(path, _)| path);
        let assets = self.pages.assets().map(|(_, path)| path);
        let mut all: Vec<&SitePath> = pages.chain(files).chain(assets).collect();
        // Stable: pages are nearly in order.
        all.sort();
        all.dedup();
        all.into_iter()
    }

    /// The folder of its host that the site will live in, from `/` to `/`: a lone `/` where nobody says so.
    pub fn folder(&self) -> &str {
        self.handbook.settings.url.as_ref().map_or("/", WebAddress::folder)
    }

    /// Whether there is something at an address. Makes no page.
    pub fn has(&self, path: &SitePath) -> bool {
        self.find(path).is_some() || self.has_search_file(path)
    }

    /// What stands at an address: `None` if nothing does.
    ///
    /// # Errors
    /// The theme's mistake, if a template fails on this page.
    pub fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        Some(match self.find(path) {
            Some(What::Theme(bytes)) => Ok(Entry::Bytes(Cow::Borrowed(bytes))),
            Some(What::Asset(id)) => Ok(Entry::Asset(&self.handbook[id].path)),
            Some(What::Page(page)) => self.show(page).map(|bytes| Entry::Bytes(Cow::Owned(bytes))),
            None => self.search_file(path)?.map(|bytes| Entry::Bytes(Cow::Owned(bytes))),
        })
    }

    /// What has an address: of several an asset, then a file of the theme.
    fn find(&self, path: &SitePath) -> Option<What<'_>> {
        let asset = self.handbook.assets.id(path.as_str()).map(What::Asset);
        let file = || self.theme.files.iter().find(|(known, _)| known == path).map(|(_, bytes)| What::Theme(bytes));
        asset.or_else(file).or_else(|| self.pages.at(path).map(What::Page))
    }

    /// The addresses of the pages, without the files beside them.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.pages.iter().filter(|page| page.is_read()).map(|page| &page.path)
    }

    /// The files that the theme brings, by their place in the site: those that many pages share.
    pub fn theme_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.theme.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The files of the handbook that a page is made from before all others; empty for a page that is made of many
    /// items, and for what is no page.
    pub fn made_from(&self, path: &SitePath) -> Vec<&HandbookPath> {
        let Some(page) = self.pages.at(path) else { return Vec::new() };
        let words = self.languages.first().map(|language| &language.words);
        words.map_or(Vec::new(), |words| {
            let (handbook, pages, verdict) = (&*self.handbook, &*self.pages, &self.verdict);
            Here { handbook, pages, verdict, words, lang: page.lang, path: None, part: 0, leads: true }
                .made_from(page.kind)
        })
    }

    /// Makes every page and keeps none: what the theme's templates get wrong, each mistake once.
    pub fn check(&self) -> Report {
        let pages: Vec<&Page> = self.pages.iter().collect();
        let mut report = Report::default();
        let mistakes = parallel::map(&pages, |page| self.show(page).err());
        let boxes = self.languages.iter().map(|language| self.search_box(language).err());
        for mistake in mistakes.into_iter().chain(boxes).flatten() {
            if !report.iter().any(|known| known.place == mistake.place && known.message == mistake.message) {
                report.push(mistake);
            }
        }
        report
    }

    /// What the pages of a page's language share.
    fn language(&self, page: &Page) -> &Language {
        self.languages.iter().find(|language| language.lang == page.lang).unwrap_or(&self.languages[0])
    }

    /// What all pages of a language share, made once.
    fn shared_in(&self, lang: Lang) -> Language {
        let words = self.theme.words(&self.handbook.settings.tags(lang));
        let ready = self.theme.ready_for(&words);
        let (key, context, search) = (ready::Key::new(), OnceLock::new(), search::Searched::default());
        Language { lang, words, ready, key, context, search }
    }

    /// The frame of all pages in a language. What it reads is no page's own: it is part of what all of them rest on.
    fn frame<'s>(&'s self, language: &'s Language) -> SiteFrame<'s> {
        let (handbook, pages, verdict) = (&*self.handbook, &*self.pages, &self.verdict);
        let (words, lang) = (&language.words, language.lang);
        let here = Here { handbook, pages, verdict, words, lang, path: self.top.as_ref(), part: 0, leads: true };
        unwatched(|| SiteFrame::new(&here, names(handbook, &self.theme)))
    }

    fn show(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        let language = self.language(page);
        let view = match views::view((&self.handbook, &self.pages, &self.verdict), &language.words, page) {
            Shown::Page(view) => view,
            Shown::Data(data) => return Ok(data::bytes(&data, &self.theme.sheet)),
        };
        let template = view.page.template();
        let ready = self.theme.ready(language.ready);
        let site = || (language.key, || self.frame(language));
        let shown = ready.and_then(|ready| ready.show(&self.theme.texts, template, site(), Some(&view)));
        let html = match shown {
            Some(html) => html,
            None => {
                let html = self
                    .shown_by_tera(template, Some(&view), language)
                    .map_err(|mistake| mistake.help(format!("it came up when `{}` was made", page.path)))?;
                debug_assert!(ready.is_none(), "bug: tera shows what is made ready otherwise: `{}`", page.path);
                html
            }
        };
        Ok(match page.kind {
            PageKind::TouchpointRows => data::rows(page.part + 1, &html, &self.theme.sheet),
            _ => self.theme.sheet.inline(html),
        })
    }

    /// The box of the search in a language, as HTML, with the drawings that it uses.
    fn search_box(&self, language: &Language) -> Result<String, Diagnostic> {
        const TEMPLATE: &str = "search-box.html";
        let site = (language.key, || self.frame(language));
        let ready = self.theme.ready(language.ready);
        let shown = ready.and_then(|ready| ready.show(&self.theme.texts, TEMPLATE, site, None));
        let html = shown.map_or_else(|| self.shown_by_tera(TEMPLATE, None, language), Ok)?;
        let drawings = self.theme.sheet.used(&html);
        Ok([String::from_utf8_lossy(&html).trim(), String::from_utf8_lossy(&drawings).trim_end()].concat())
    }

    /// What a template shows of a page, or of none, as tera reads it.
    fn shown_by_tera(
        &self,
        template: &str,
        view: Option<&View<'_>>,
        language: &Language,
    ) -> Result<Vec<u8>, Diagnostic> {
        let shared = language.context.get_or_init(|| {
            let mut context = Context::new();
            context.insert("site", &self.frame(language));
            context.insert("words", &language.words);
            context
        });
        let mut context = shared.clone();
        if let Some(view) = view {
            context.insert("frame", &view.frame);
            context.insert("page", &view.page);
        }
        let mut html = Vec::new();
        match self.theme.tera().render_to(template, &context, &mut html) {
            Ok(()) => Ok(html),
            Err(error) => Err(mistakes::diagnose(&error, &self.theme.texts).1),
        }
    }
}

/// The languages of a handbook by their own names; none of a handbook in one language.
fn names(handbook: &Handbook, theme: &Theme) -> Vec<LanguageName> {
    let languages = &handbook.settings.languages;
    let several = languages.iter().filter(|_| languages.len() > 1);
    let name = |tag: &str| theme.name(tag);
    several.map(|language| LanguageName { name: name(&language.tag), tag: language.tag.clone() }).collect()
}
