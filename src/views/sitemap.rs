//! What search engines are handed: the rules of `robots.txt`, and the list of all pages.
//!
//! Only a public handbook that knows its address has the list: whoever is told to leave a site alone needs no list of it.
//! The protocol is that of sitemaps.org, with the languages of each page as Google reads them.

use super::here::Here;
use super::keeping::target_of;
use super::pages::{Page, PageKind, Pages, planned};
use crate::model::{Date, Handbook};

/// A part of the list, or the list of the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitemap {
    /// The parts, by their addresses.
    Index(Vec<String>),
    /// Pages.
    Pages(Vec<SitePage>),
}

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage {
    /// Its address.
    pub address: String,
    /// The day its item last changed, if that is known.
    pub changed: Option<Date>,
    /// The same page in every language, by tag, and as `x-default` in the first; empty in a handbook of one language.
    pub languages: Vec<(String, String)>,
}

/// What search engines may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robots {
    /// Whether they may look at all.
    pub allowed: bool,
    /// The address of the list of pages, if there is one.
    pub sitemap: Option<String>,
}

/// The most pages in one file, by the protocol. A page names all its languages, and no file may outgrow 50 MB: of a
/// handbook in many languages a file holds fewer.
const MOST_PAGES: usize = 50_000;

/// Whether a handbook has a list of its pages.
pub fn has_sitemap(handbook: &Handbook) -> bool {
    handbook.settings.public && handbook.settings.url.is_some()
}

/// How many files the list of a site's pages needs, and the index of them not counted: at least one.
pub fn files(handbook: &Handbook, pages: &Pages) -> usize {
    listed(pages).count().div_ceil(most(handbook)).max(1)
}

fn most(handbook: &Handbook) -> usize {
    MOST_PAGES / handbook.settings.languages.len().max(1)
}

/// The pages that search engines are told of.
fn listed(pages: &Pages) -> impl Iterator<Item = &Page> {
    pages.iter().filter(|page| page.is_read() && page.kind != PageKind::Missing)
}

/// A file of the list: the first, 0, is the list itself, or the index of its parts, which count from 1.
pub fn sitemap(here: &Here<'_>) -> Sitemap {
    let (handbook, pages) = (here.handbook, here.pages);
    let Some(url) = &handbook.settings.url else { return Sitemap::Index(Vec::new()) };
    let (most, files) = (most(handbook), files(handbook, pages));
    let number = match (here.part, files) {
        (0, 1) => 0,
        (0, _) => {
            let parts = (1..=files).filter_map(|part| pages.part_of(PageKind::Sitemap, part, here.lang));
            return Sitemap::Index(parts.map(|part| url.of(&part.path)).collect());
        }
        (part, _) => part - 1,
    };
    let several = handbook.settings.has_translations();
    let site_page = |page: &Page| {
        let others = planned(handbook).filter(|_| several).filter_map(|lang| {
            let other = pages.part_of(page.kind, page.part, lang)?;
            Some((here.tag(lang).to_owned(), url.of(&other.path)))
        });
        let mut languages: Vec<(String, String)> = others.collect();
        if let Some((_, first)) = languages.first() {
            languages.push(("x-default".to_owned(), first.clone()));
        }
        let target = target_of(here, page.kind).filter(|_| page.part == 0);
        let changed = target.and_then(|target| here.last_changed(target, here.item(target)?));
        SitePage { address: url.of(&page.path), changed, languages }
    };
    Sitemap::Pages(listed(pages).skip(number * most).take(most).map(site_page).collect())
}

/// The rules.
pub fn robots(here: &Here<'_>) -> Robots {
    let settings = &here.handbook.settings;
    let sitemap = here.pages.of(PageKind::Sitemap, here.lang);
    Robots {
        allowed: settings.public,
        sitemap: settings.url.as_ref().zip(sitemap).map(|(url, page)| url.of(&page.path)),
    }
}
