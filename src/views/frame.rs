//! What every page shares: the site's head and foot, the menus, the way here.

use serde::Serialize;

use super::coverage::Of;
use super::data::Export;
use super::downloads::Download;
use super::here::{Here, Link, Said, index_title};
use super::keeping::{Keeping, target_of};
use super::moments::By;
use super::pages::{Page, PageKind, planned};
use super::share::Share;
use crate::model::{Local, Prose, Target, Text};

/// What is the same on every page of a language. The ways to its pages start at the folder of the language, those to the
/// handbook's own drawings at the site's top folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteFrame<'a> {
    /// The handbook's title.
    pub title: &'a str,
    /// The language, as a BCP 47 tag.
    pub lang: &'a str,
    /// Whose handbook it is; the handbook's title if nobody's.
    pub brand: Said<'a>,
    /// The brand's other name.
    pub also: Option<Said<'a>>,
    /// The language of the other name, where it differs.
    pub also_lang: Option<&'a str>,
    /// The handbook's mark.
    pub logo: Option<String>,
    /// The small drawing in the browser's tab, and its media type.
    pub icon: (String, &'static str),
    /// The languages of the handbook as Open Graph names them, this one first.
    pub locales: Vec<String>,
    /// The front page, from the folder of the language.
    pub front: String,
    /// The index of everything, from there.
    pub index: String,
    /// The sections that stand in the top bar.
    pub menu: Vec<Section<'a>>,
    /// The sections that stand at the foot.
    pub more: Vec<Section<'a>>,
    /// A line under every page.
    pub footer: Option<Said<'a>>,
    /// The file that holds all of the handbook for programs, from the folder of the language.
    pub export: String,
    /// The languages of the handbook, if there are several.
    pub languages: Vec<LanguageName>,
}

/// A language of the handbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanguageName {
    /// As a BCP 47 tag.
    pub tag: String,
    /// Its name in itself, by the theme.
    pub name: String,
}

/// A section of the handbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section<'a> {
    /// Its name, for the page to say whether it is in it.
    pub name: &'static str,
    /// Where it begins, from the folder of the language.
    pub address: String,
    /// What readers call it.
    pub title: &'a str,
}

/// What a page has of its own in its frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame<'a> {
    /// The kind of page, for the style: `map`, `persona`, `register` …
    pub page: &'static str,
    /// The way to the site's top folder.
    pub root: String,
    /// The way to the folder of the page's language, which is the top folder for the handbook's first language.
    pub home: String,
    /// The page's title.
    pub title: Said<'a>,
    /// The same without its language, for the browser's tab.
    pub name: String,
    /// One sentence about the page; may be empty.
    pub summary: Said<'a>,
    /// The page in a sentence or two, as plain text, for search engines; may be empty.
    pub description: String,
    /// The section the page is in; empty if in none.
    pub section: &'static str,
    /// Whether it is the section's own page.
    pub index: bool,
    /// The pages above it, from the front page on.
    pub trail: Vec<Link<'a>>,
    /// When its item changed, where it is edited, whether its review is overdue.
    pub keeping: Keeping<'a>,
    /// The tags of what the page shows.
    pub tags: Vec<Link<'a>>,
    /// The handbook's own files that are offered at the page's foot.
    pub files: Vec<Download<'a>>,
    /// That what the page is about is a draft, in words; empty if it is none.
    pub draft: &'a str,
    /// What the page says of itself to other programs.
    pub share: Share<'a>,
    /// The same page in each of the site's languages, in their order; none if there is only this one.
    pub languages: Vec<String>,
    /// The tag of the language in which the page's item is shown because it is not translated; `None` if it is.
    pub shown_in: Option<&'a str>,
}

impl<'a> SiteFrame<'a> {
    /// The frame of all pages in a language. `here` stands at the top of the site.
    pub fn new(here: &Here<'a>, languages: Vec<LanguageName>) -> Self {
        let settings = &here.handbook.settings;
        let title = &settings.title;
        let also = settings.brand.also.as_ref();
        let own = here.at_front();
        Self {
            brand: settings.brand.name.as_ref().map_or_else(|| here.said(title), |name| here.said(name)),
            title: title.str(here.lang),
            lang: here.tag(here.lang),
            also_lang: also.and_then(|also| script(also.str(here.lang), here.tag(here.lang))),
            also: also.map(|also| here.said(also)),
            logo: settings.brand.logo.map(|logo| here.asset(logo)),
            icon: icon(here),
            locales: here.locales(),
            front: own.href(Target::Front),
            index: own.href_to(PageKind::Everything),
            menu: sections(&own, &MENU),
            more: sections(&own, &MORE),
            footer: settings.footer.as_ref().map(|footer| here.said(footer)),
            languages,
            export: own.href_to(PageKind::Export(Export::Handbook)),
        }
    }
}

/// The handbook's own icon, or the theme's.
fn icon(here: &Here<'_>) -> (String, &'static str) {
    let Some(icon) = here.handbook.settings.brand.icon else {
        return ("theme/favicon.svg".to_owned(), "image/svg+xml");
    };
    let path = here.asset(icon);
    let media = match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "",
    };
    (path, media)
}

/// The sections of the top bar.
pub(super) const MENU: [PageKind; 5] =
    [PageKind::Maps, PageKind::Personas, PageKind::Touchpoints, PageKind::Training, PageKind::Guides];
/// The sections at the foot.
const MORE: [PageKind; 14] = [
    PageKind::Insights,
    PageKind::Opportunities,
    PageKind::Metrics,
    PageKind::Teams,
    PageKind::Channels,
    PageKind::Walkthroughs,
    PageKind::Moments(By::Stage),
    PageKind::Coverage(Of::Personas),
    PageKind::Glossary,
    PageKind::Tags,
    PageKind::Health,
    PageKind::Reviews,
    PageKind::Translations,
    PageKind::Changes,
];

impl<'a> Here<'a> {
    /// The frame of a page: its kind for the style, its title and a sentence about it.
    pub fn frame(&self, page: &Page, style: &'static str, title: Said<'a>, summary: Option<Said<'a>>) -> Frame<'a> {
        let section = match page.kind {
            PageKind::Home | PageKind::Missing => "",
            kind => index_title(self.index_of(kind).unwrap_or(kind)),
        };
        let index = page.part == 0 && matches!(self.index_of(page.kind), Some(kind) if kind == page.kind);
        let mut trail = Vec::new();
        if !matches!(page.kind, PageKind::Home | PageKind::Missing) {
            trail.push(self.link_to(PageKind::Home));
        }
        if let Some(above) = self.index_of(page.kind).filter(|_| !index) {
            trail.push(self.link_to(above));
        }
        match page.kind {
            PageKind::Compare(id) => trail.push(self.link(Target::Map(id))),
            PageKind::Lesson(id) => trail.push(self.link(Target::Course(self.handbook[id].course))),
            PageKind::Guide(id) => {
                let folders = std::iter::successors(self.pages.shelf.above(id), |&id| self.pages.shelf.above(id));
                let at = trail.len();
                for folder in folders {
                    trail.insert(at, self.link(Target::Guide(folder)));
                }
            }
            _ => {}
        }
        let description = self.description(page, summary.as_ref());
        let summary = summary.unwrap_or_else(|| Said::plain(""));
        Frame {
            page: style,
            root: self.root(),
            home: self.own_folder(),
            name: self.tab_name(page, &title),
            title,
            description,
            summary,
            section,
            index,
            trail,
            keeping: self.keeping(page),
            tags: self.tags_on(page.kind),
            files: self.exports(page.kind),
            draft: if self.is_draft(page) { self.words.get("draft_notice") } else { "" },
            share: self.shared(page),
            languages: self.same_page(page),
            shown_in: self.shown_in(page.kind),
        }
    }

    /// The same page in every language of the handbook, if there are several; a page served at any depth has none.
    fn same_page(&self, page: &Page) -> Vec<String> {
        let languages = planned(self.handbook).count();
        if languages < 2 || self.path.is_none() {
            return Vec::new();
        }
        let pages = planned(self.handbook).filter_map(|lang| self.pages.part_of(page.kind, page.part, lang));
        pages.map(|other| self.way(&other.path, None)).collect()
    }

    fn is_draft(&self, page: &Page) -> bool {
        let item = target_of(self, page.kind).and_then(|target| self.item(target));
        item.is_some_and(|item| item.draft)
    }

    /// The language that the item of a page is in, its running text or else its title, where that is not the page's.
    fn shown_in(&self, kind: PageKind) -> Option<&'a str> {
        let handbook = self.handbook;
        let text = |text: &Text| text.get(self.lang).1;
        let body = |body: &Local<Prose>, title: &Text| match body.first().is_empty() {
            true => text(title),
            false => body.get(self.lang).1,
        };
        let shown = match kind {
            PageKind::Home => handbook.front.as_ref().map_or(self.lang, |front| body(&front.body, &front.item.title)),
            PageKind::Map(id) | PageKind::MapData(id, _) | PageKind::Compare(id) => text(&handbook[id].item.title),
            PageKind::Persona(id) => body(&handbook[id].body, &handbook[id].item.title),
            PageKind::Touchpoint(id) => body(&handbook[id].body, &handbook[id].item.title),
            PageKind::Lesson(id) => body(&handbook[id].body, &handbook[id].item.title),
            PageKind::Guide(id) => body(&handbook[id].body, &handbook[id].item.title),
            PageKind::Course(id) => text(&handbook[id].item.title),
            PageKind::Insight(id) => text(&handbook[id].item.title),
            PageKind::Opportunity(id) => text(&handbook[id].item.title),
            PageKind::Metric(id) => text(&handbook[id].item.title),
            PageKind::Team(id) => text(&handbook[id].title),
            PageKind::Channel(id) => text(&handbook[id].title),
            PageKind::Walkthrough(id) => text(&handbook[id].item.title),
            _ => self.lang,
        };
        (shown != self.lang).then(|| self.tag(shown))
    }

    /// The title in the browser's tab. A channel and a team may have one name, and the parts of a list have one title.
    fn tab_name(&self, page: &Page, title: &Said<'_>) -> String {
        let mut name = title.text.clone().into_owned();
        if let PageKind::Channel(_) | PageKind::Team(_) = page.kind {
            name = format!("{name} · {}", self.words.get(index_title(page.kind)));
        }
        if page.part > 0 {
            name = format!("{name} ({})", page.part + 1);
        }
        name
    }

    /// The page that lists pages of this kind.
    fn index_of(&self, kind: PageKind) -> Option<PageKind> {
        match kind {
            PageKind::Home
            | PageKind::Missing
            | PageKind::Moved(_)
            | PageKind::Export(_)
            | PageKind::Robots
            | PageKind::Sitemap => None,
            PageKind::Feed => Some(PageKind::Changes),
            PageKind::Map(_) | PageKind::MapData(..) | PageKind::Compare(_) => Some(PageKind::Maps),
            PageKind::Persona(_) => Some(PageKind::Personas),
            PageKind::Touchpoint(_) | PageKind::TouchpointRows => Some(PageKind::Touchpoints),
            PageKind::Course(_) | PageKind::Lesson(_) => Some(PageKind::Training),
            PageKind::Guide(_) => Some(PageKind::Guides),
            PageKind::Insight(_) | PageKind::EvidenceCoverage => Some(PageKind::Insights),
            PageKind::Opportunity(_)
            | PageKind::OpportunitiesByTeam
            | PageKind::OpportunitiesByMap
            | PageKind::OpportunityGaps => Some(PageKind::Opportunities),
            PageKind::Metric(_) => Some(PageKind::Metrics),
            PageKind::Team(_) => Some(PageKind::Teams),
            PageKind::Channel(_) => Some(PageKind::Channels),
            PageKind::Walkthrough(_) => Some(PageKind::Walkthroughs),
            PageKind::Moments(_) => Some(PageKind::Moments(By::Stage)),
            PageKind::Coverage(_) => Some(PageKind::Coverage(Of::Personas)),
            PageKind::Tag(_) => Some(PageKind::Tags),
            index => Some(index),
        }
    }

    /// Whether there is anything on an index page.
    pub fn is_filled(&self, index: PageKind) -> bool {
        let handbook = self.handbook;
        match index {
            PageKind::Maps => !handbook.maps.is_empty(),
            PageKind::Personas => !handbook.personas.is_empty(),
            PageKind::Touchpoints => !handbook.touchpoints.is_empty(),
            PageKind::Training => !handbook.courses.is_empty(),
            PageKind::Guides => !handbook.guides.is_empty(),
            PageKind::Insights => !handbook.insights.is_empty(),
            PageKind::Opportunities => !handbook.opportunities.is_empty(),
            PageKind::Metrics => !handbook.metrics.is_empty(),
            PageKind::Teams => !handbook.teams.is_empty(),
            PageKind::Channels => !handbook.channels.is_empty(),
            PageKind::Walkthroughs => !handbook.walkthroughs.is_empty(),
            PageKind::Moments(by) => !self.pages.moments.list(by).is_empty(),
            PageKind::Coverage(_) => !(handbook.personas.is_empty() && handbook.touchpoints.is_empty()),
            PageKind::Glossary => !handbook.terms.is_empty(),
            PageKind::Reviews => !self.pages.dues.is_empty(),
            PageKind::Translations => handbook.settings.has_translations(),
            PageKind::Changes => handbook.history.is_some(),
            PageKind::Tags => !self.pages.tags.is_empty(),
            _ => true,
        }
    }
}

fn sections<'a>(here: &Here<'a>, kinds: &[PageKind]) -> Vec<Section<'a>> {
    let filled = kinds.iter().filter(|kind| here.is_filled(**kind));
    filled
        .map(|&kind| Section {
            name: index_title(kind),
            address: here.href_to(kind),
            title: here.words.get(index_title(kind)),
        })
        .collect()
}

/// The language of a name in another script than the page's, as far as the script tells.
fn script<'a>(name: &str, tag: &str) -> Option<&'a str> {
    let chinese = name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match (chinese, tag.starts_with("zh")) {
        (true, false) => Some("zh"),
        (false, true) => Some("en"),
        _ => None,
    }
}
