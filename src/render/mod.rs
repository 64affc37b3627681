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
mod svg;
mod tables;
mod theme;
mod xml;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera};

pub use long::Long;
pub use theme::Theme;

use crate::diag::{Diagnostic, Report};
use crate::hash::digest;
use crate::model::{Asset, Handbook, Id, Lang, WebAddress};
use crate::parallel;
use crate::path::{HandbookPath, SitePath};
use crate::views::frame::LanguageName;
use crate::views::{self, Here, Page, PageKind, Pages, SiteFrame, Verdict, Words};

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
    context: Context,
    /// What the context holds of the handbook, in short.
    shared: u64,
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
        let mut site = Self { handbook, pages, theme, verdict, languages: Vec::new(), search: OnceLock::new() };
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
        let all: BTreeSet<&SitePath> = pages.chain(files).chain(assets).collect();
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
            None => Ok(Entry::Bytes(Cow::Owned(self.search_file(path)?))),
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
            Here { handbook, pages, verdict, words, lang: page.lang, path: None, part: 0 }.made_from(page.kind)
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

    /// What the pages of a page's language share.
    fn language(&self, page: &Page) -> &Language {
        self.languages.iter().find(|language| language.lang == page.lang).unwrap_or(&self.languages[0])
    }

    /// What all pages of a language share, made once.
    fn shared_in(&self, lang: Lang) -> Language {
        let (handbook, pages, verdict) = (&*self.handbook, &*self.pages, &self.verdict);
        let words = self.theme.words(&handbook.settings.tags(lang));
        let top = SitePath::new("index.html");
        let here = Here { handbook, pages, verdict, words: &words, lang, path: top.as_ref(), part: 0 };
        let mut context = Context::new();
        let frame = SiteFrame::new(&here, names(handbook, &self.theme));
        let shared = digest(&format!("{frame:?}"));
        context.insert("site", &frame);
        context.insert("words", &words);
        let ready = self.theme.ready_for(&words);
        Language { lang, words, ready, context, shared, search: search::Searched::default() }
    }

    fn show(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        thread_local! {
            static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let language = self.language(page);
        let view = views::view((&self.handbook, &self.pages, &self.verdict), &language.words, page);
        let template = match view.page.template() {
            Ok(template) => template,
            Err(data) => return Ok(data::bytes(data, &self.theme.sheet)),
        };
        let mut context = language.context.clone();
        context.insert("frame", &view.frame);
        context.insert("page", &view.page);
        BUFFER.with_borrow_mut(|buffer| {
            let mut render = |tera: &Tera| {
                buffer.clear();
                tera.render_to(template, &context, &mut *buffer)
            };
            // What is ready has forgotten how its authors wrote it: only the templates themselves can say what is wrong.
            let shown = match self.theme.ready(language.ready).map(&mut render) {
                Some(Ok(())) => Ok(()),
                Some(Err(error)) => {
                    let shown = render(&self.theme.tera);
                    debug_assert!(shown.is_err(), "bug: only what was made ready fails: {error}");
                    shown
                }
                None => render(&self.theme.tera),
            };
            match shown {
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
    let name = |tag: &str| theme.name(tag);
    several.map(|language| LanguageName { name: name(&language.tag), tag: language.tag.clone() }).collect()
}
