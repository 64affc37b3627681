//! Where a page stands: what it sees of the handbook, and how it says it.
//!
//! Every view is made from a [`Here`]: links come out relative to its page, texts in its language.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::pages::{PageKind, Pages};
use super::verdict::Verdict;
use super::words::Words;
use crate::model::{
    Asset, Channel, Date, Feeling, Handbook, Id, Item, Lang, Prose, Reference, Target, Text, WebAddress, percent,
};
use crate::path::SitePath;

/// How many links a list beside a page holds before it is cut short: a page that all others link to would outgrow any
/// reader.
pub const MOST_LINKS: usize = 100;

/// A page's point of view.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The plan.
    pub pages: &'a Pages,
    /// What there is to say about the handbook.
    pub verdict: &'a Verdict,
    /// The theme's words in the page's language.
    pub words: &'a Words,
    /// The page's language.
    pub lang: Lang,
    /// The page's address; `None` for a page served at any depth, whose links start at the top of its host.
    pub path: Option<&'a SitePath>,
    /// Which part of a long list the page shows, from 0.
    pub part: usize,
    /// Whether it leads anywhere: from a file that is taken away every way is empty, and nobody works it out.
    pub leads: bool,
}

/// A text of the author's, and its language where that is not the page's.
///
/// A template sees a plain string, or an object of `text` and `lang`; the filter `said` shows both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Its language, as a BCP 47 tag; `None` if it is the page's.
    pub lang: Option<&'a str>,
}

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link<'a> {
    /// Where to, relative to the page; empty for the mere words “and 12 more” at the end of a list that was cut short.
    pub href: String,
    /// What readers see.
    pub title: Said<'a>,
}

/// A day for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// ISO 8601.
    pub iso: String,
    /// As people write it.
    pub text: String,
}

/// A feeling as a face and a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feels {
    /// −2..=2.
    pub face: i8,
    /// With its sign: `+1`, `−1.5`.
    pub value: Cow<'static, str>,
}

impl<'a> Here<'a> {
    /// The same point of view of a file that leads nowhere.
    pub fn without_ways(&self) -> Self {
        Self { leads: false, ..*self }
    }

    /// The way to a target, relative to the page; a lone `#` where there is nothing to go to.
    pub fn href(&self, target: Target) -> String {
        if !self.leads {
            return String::new();
        }
        match self.pages.address(target, self.lang) {
            Some(address) => self.way(address.path, address.anchor),
            None => "#".to_owned(),
        }
    }

    /// The way to a place in a target.
    pub fn href_at(&self, target: Target, anchor: &str) -> String {
        if !self.leads {
            return String::new();
        }
        match self.pages.address(target, self.lang) {
            Some(address) => self.way(address.path, Some(anchor)),
            None => ["#", anchor].concat(),
        }
    }

    /// The way to a reference of the author's.
    pub fn href_of(&self, reference: &Reference) -> String {
        match &reference.anchor {
            Some(anchor) => self.href_at(reference.target, anchor),
            None => self.href(reference.target),
        }
    }

    /// The way to a page every site has.
    pub fn href_to(&self, kind: PageKind) -> String {
        self.pages.of(kind, self.lang).map_or_else(|| "#".to_owned(), |page| self.way(&page.path, None))
    }

    /// The way to a file of the handbook's.
    pub fn asset(&self, asset: Id<Asset>) -> String {
        self.href(Target::Asset(asset))
    }

    /// A link to a target under its title.
    pub fn link(&self, target: Target) -> Link<'a> {
        Link { href: self.href(target), title: self.title(target) }
    }

    /// The first `most` of some links; where there are more, the last one says how many and leads nowhere.
    pub fn capped(&self, most: usize, links: impl IntoIterator<Item = Link<'a>>) -> Vec<Link<'a>> {
        let mut links = links.into_iter();
        let mut shown: Vec<Link<'a>> = links.by_ref().take(most).collect();
        let more = links.count();
        if more > 0 {
            shown.push(Link { href: String::new(), title: Said::plain(self.words.count("and_more", more)) });
        }
        shown
    }

    /// A link to a page every site has, under its name in the theme's words.
    pub fn link_to(&self, kind: PageKind) -> Link<'a> {
        Link { href: self.href_to(kind), title: self.word(index_title(kind)) }
    }

    /// What a target is called. A draft says so wherever it is named.
    pub fn title(&self, target: Target) -> Said<'a> {
        self.marked(self.item(target).is_some_and(|item| item.draft), self.published_title(target))
    }

    /// What an item is called, likewise.
    pub fn called(&self, item: &'a Item) -> Said<'a> {
        self.marked(item.draft, self.said(&item.title))
    }

    fn marked(&self, draft: bool, title: Said<'a>) -> Said<'a> {
        if !draft {
            return title;
        }
        Said { text: self.words.fill("draft_named", &[("title", &title.text)]).into(), ..title }
    }

    fn published_title(&self, target: Target) -> Said<'a> {
        let handbook = self.handbook;
        self.said(match target {
            Target::Persona(id) => &handbook[id].item.title,
            Target::Map(id) => &handbook[id].item.title,
            Target::Touchpoint(id) => &handbook[id].item.title,
            Target::Channel(id) => &handbook[id].title,
            Target::Insight(id) => &handbook[id].item.title,
            Target::Opportunity(id) => &handbook[id].item.title,
            Target::Metric(id) => &handbook[id].item.title,
            Target::Team(id) => &handbook[id].title,
            Target::Course(id) => &handbook[id].item.title,
            Target::Lesson(id) => &handbook[id].item.title,
            Target::Walkthrough(id) => &handbook[id].item.title,
            Target::Term(id) => &handbook[id].title,
            Target::Guide(id) => &handbook[id].item.title,
            Target::Asset(id) => return Said::plain(handbook[id].path.file_name()),
            Target::Front | Target::Here => &handbook.settings.title,
        })
    }

    /// What a place in a target is called: a stage, a step or a heading; the target's title if it is none of these.
    pub fn title_of(&self, reference: &'a Reference) -> Said<'a> {
        let Some(anchor) = &reference.anchor else { return self.title(reference.target) };
        let place = match reference.target {
            Target::Map(id) => {
                let map = &self.handbook[id];
                let stage = map.stages.iter().find(|stage| stage.name == *anchor).map(|stage| &stage.title);
                let step = || map.steps().find(|(_, step)| step.name == *anchor).map(|(_, step)| step.label());
                stage.or_else(step).map(|text| self.said(text))
            }
            target => self.prose_of(target).and_then(|prose| heading(prose, anchor)),
        };
        place.unwrap_or_else(|| self.title(reference.target))
    }

    /// The same for a reference that stands in `prose`, and may name one of its own headings.
    pub fn title_in(&self, prose: &'a Prose, reference: &'a Reference) -> Said<'a> {
        let own = reference.anchor.as_ref().filter(|_| reference.target == Target::Here);
        own.and_then(|anchor| heading(prose, anchor)).unwrap_or_else(|| self.title_of(reference))
    }

    /// The running text on a target's page; `None` if it has none.
    pub(super) fn prose_of(&self, target: Target) -> Option<&'a Prose> {
        let body = match target {
            Target::Persona(id) => &self.handbook[id].body,
            Target::Touchpoint(id) => &self.handbook[id].body,
            Target::Lesson(id) => &self.handbook[id].body,
            Target::Guide(id) => &self.handbook[id].body,
            Target::Front => &self.handbook.front.as_ref()?.body,
            _ => return None,
        };
        Some(body.show(self.lang))
    }

    /// A text in the page's language, or in another with its language.
    pub fn said(&self, text: &'a Text) -> Said<'a> {
        let (words, lang) = text.get(self.lang);
        let lang = (lang != self.lang).then(|| self.tag(lang));
        Said { text: Cow::Borrowed(&words.text), lang }
    }

    /// What is written in the default language only, such as a tag.
    pub fn untranslated(&self, text: &'a str) -> Said<'a> {
        Said { text: Cow::Borrowed(text), lang: (self.lang != Lang::DEFAULT).then(|| self.tag(Lang::DEFAULT)) }
    }

    /// Several texts.
    pub fn all_said(&self, texts: &'a [Text]) -> Vec<Said<'a>> {
        texts.iter().map(|text| self.said(text)).collect()
    }

    /// One of the theme's words.
    pub fn word(&self, key: &'a str) -> Said<'a> {
        Said::plain(self.words.get(key))
    }

    /// A language's tag.
    pub fn tag(&self, lang: Lang) -> &'a str {
        self.handbook.settings.tag(lang)
    }

    /// A channel's drawing; a plain one where it has none.
    pub fn channel_icon(&self, channel: Option<Id<Channel>>) -> &'a str {
        channel.and_then(|id| self.handbook[id].icon.as_deref()).unwrap_or("target")
    }

    /// A day.
    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: self.words.date(date) }
    }

    /// A feeling.
    pub fn feels(&self, feeling: Feeling) -> Feels {
        Feels { face: feeling.face(), value: self.words.feeling(feeling) }
    }

    /// The way to the site's top folder.
    pub fn root(&self) -> String {
        self.path.map_or_else(|| self.folder().to_owned(), SitePath::to_root)
    }

    /// The way to the folder of the page's language: the one its front page lies in.
    pub(super) fn own_folder(&self) -> String {
        let mut way = self.href_to(PageKind::Home);
        way.truncate(way.rfind('/').map_or(0, |end| end + 1));
        way
    }

    /// The point of view of the language's front page.
    pub(super) fn at_front(&self) -> Self {
        Self { path: self.pages.of(PageKind::Home, self.lang).map(|page| &page.path), ..*self }
    }

    /// The folder of its host that the site lies in, from `/` to `/`: what a page served at any depth starts from. Where
    /// nobody says so, the top.
    fn folder(&self) -> &'a str {
        self.handbook.settings.url.as_ref().map_or("/", WebAddress::folder)
    }

    pub(super) fn way(&self, to: &SitePath, anchor: Option<&str>) -> String {
        let room = anchor.map_or(0, |anchor| anchor.len() + 1);
        let mut way = match self.path {
            Some(here) if here == to && anchor.is_some() => String::with_capacity(room),
            Some(here) => here.link_with_room(to, room),
            None => format!("{}{}", self.folder(), percent(to.as_str())),
        };
        if let Some(anchor) = anchor {
            way.push('#');
            way.push_str(anchor);
        }
        way
    }
}

impl<'a> Said<'a> {
    /// A text in the page's language.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), lang: None }
    }
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(lang) = self.lang else { return serializer.serialize_str(&self.text) };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("text", &self.text)?;
        map.serialize_entry("lang", lang)?;
        map.end()
    }
}

/// The key of what an index page is called.
pub(super) fn index_title(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Maps | PageKind::Map(_) | PageKind::MapData(..) | PageKind::Compare(_) => "maps",
        PageKind::Personas | PageKind::Persona(_) => "personas",
        PageKind::Touchpoints | PageKind::TouchpointRows | PageKind::Touchpoint(_) => "touchpoints",
        PageKind::Training | PageKind::Course(_) | PageKind::Lesson(_) => "training",
        PageKind::Guides | PageKind::Guide(_) => "guides",
        PageKind::Insights | PageKind::Insight(_) => "insights",
        PageKind::EvidenceCoverage => "evidence_coverage",
        PageKind::Opportunities | PageKind::Opportunity(_) => "opportunities",
        PageKind::OpportunitiesByTeam => "opportunities_by_team",
        PageKind::OpportunitiesByMap => "opportunities_by_map",
        PageKind::OpportunityGaps => "opportunity_gaps",
        PageKind::Metrics | PageKind::Metric(_) => "metrics",
        PageKind::Teams | PageKind::Team(_) => "teams",
        PageKind::Channels | PageKind::Channel(_) => "channels",
        PageKind::Walkthroughs | PageKind::Walkthrough(_) => "walkthroughs",
        PageKind::Moments(_) => "moments",
        PageKind::Coverage(_) => "coverage_matrices",
        PageKind::Glossary => "glossary",
        PageKind::Everything => "everything",
        PageKind::Health => "health",
        PageKind::Reviews => "reviews",
        PageKind::Translations => "translations",
        PageKind::Changes | PageKind::Feed => "changes",
        PageKind::Tags | PageKind::Tag(_) => "tags",
        PageKind::Home => "handbook",
        PageKind::Export(_) | PageKind::Robots | PageKind::Sitemap => "whole_handbook",
        PageKind::Moved(_) => "moved_title",
        PageKind::Missing => "missing_title",
    }
}

/// The text of a heading, by its id.
fn heading<'a>(prose: &'a Prose, anchor: &str) -> Option<Said<'a>> {
    let heading = prose.headings.iter().find(|heading| heading.id == anchor)?;
    Some(Said::plain(&heading.text))
}
