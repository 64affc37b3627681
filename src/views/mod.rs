//! What a theme may see: every page as plain strings and numbers.
//!
//! [`derive()`] plans the site once: addresses, and who uses what. [`view`] makes one page's view from the plan when the
//! page is asked for. A view is the contract with themes: a theme shows, it never computes.
//!
//! Texts are borrowed from the handbook, links are relative to the page, sentences are in the page's language.

pub mod cards;
pub mod catalog;
pub mod channel_grid;
pub mod clock;
pub mod compare;
pub mod crowd;
pub mod curve;
pub mod data;
pub mod downloads;
pub mod excerpt;
pub mod felt;
pub mod flow;
pub mod frame;
pub mod guide;
pub mod here;
pub mod home;
pub mod journey;
pub mod labels;
pub mod lanes;
pub mod overlay;
pub mod pages;
pub mod parts;
pub mod paths;
pub mod persona;
pub mod prose;
pub mod register;
pub mod rollup;
pub mod sheet;
pub mod shelf;
pub mod split;
pub mod tags;
pub mod touchpoint;
pub mod training;
pub mod turns;
pub mod uses;
pub mod words;
mod wrap;

pub use frame::{Frame, SiteFrame};
pub use here::Here;
pub use pages::{Address, Format, Page, PageKind, Pages, derive};
pub use words::Words;

use serde::Serialize;

use crate::model::{Handbook, Item};
use here::{Said, index_title};

/// A page as a template sees it: `frame`, and `page` by its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// What this kind of page has.
    pub page: Body<'a>,
}

/// What is on a page, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
#[expect(clippy::large_enum_variant, reason = "one at a time is made, shown and dropped")]
pub enum Body<'a> {
    Home(home::Home<'a>),
    Maps(journey::MapsView<'a>),
    Map(journey::MapView<'a>),
    Compare(Box<compare::CompareView<'a>>),
    Data(data::Data<'a>),
    Personas(persona::PersonasView<'a>),
    Persona(persona::PersonaView<'a>),
    Touchpoints(catalog::CatalogView<'a>),
    Touchpoint(touchpoint::TouchpointView<'a>),
    Courses(training::CardsView<'a>),
    Course(training::CourseView<'a>),
    Lesson(training::LessonView<'a>),
    Guides(training::CardsView<'a>),
    Guide(guide::GuideView<'a>),
    Register(register::RegisterView<'a>),
    Entry(register::RegisterEntry<'a>),
    Glossary(register::GlossaryView<'a>),
    Tags(tags::TagsView<'a>),
    Tag(tags::TagView<'a>),
    Missing(Missing<'a>),
}

/// Where there is nothing: ways back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing<'a> {
    /// The front page and the sections; addresses start at the site's root.
    pub links: Vec<here::Link<'a>>,
}

/// Makes a page's view.
pub fn view<'a>(handbook: &'a Handbook, pages: &'a Pages, words: &'a Words, page: &'a Page) -> View<'a> {
    let path = (page.kind != PageKind::Missing).then_some(&page.path);
    let here = Here { handbook, pages, words, lang: page.lang, path, part: page.part };
    let (style, body) = match page.kind {
        PageKind::Home => ("home", Body::Home(home::home(&here))),
        PageKind::Maps => ("list", Body::Maps(journey::maps(&here))),
        PageKind::Map(id) => ("map", Body::Map(journey::map(&here, id))),
        PageKind::Compare(id) => ("map", Body::Compare(Box::new(compare::compare(&here, id)))),
        PageKind::MapData(id, format) => ("map", Body::Data(data::data(&here, id, format))),
        PageKind::Export(export) => ("list", Body::Data(data::export(&here, export))),
        PageKind::Personas => ("list", Body::Personas(persona::personas(&here))),
        PageKind::Persona(id) => ("persona", Body::Persona(persona::persona(&here, id))),
        PageKind::Touchpoints => ("catalog", Body::Touchpoints(catalog::catalog(&here))),
        PageKind::Touchpoint(id) => ("touchpoint", Body::Touchpoint(touchpoint::touchpoint(&here, id))),
        PageKind::Training => ("list", Body::Courses(training::courses(&here))),
        PageKind::Course(id) => ("course", Body::Course(training::course(&here, id))),
        PageKind::Lesson(id) => ("lesson", Body::Lesson(training::lesson(&here, id))),
        PageKind::Guides => ("list", Body::Guides(guide::guides(&here))),
        PageKind::Guide(id) => ("guide", Body::Guide(guide::guide(&here, id))),
        PageKind::Insights => ("register", Body::Register(register::insights(&here))),
        PageKind::Opportunities => ("register", Body::Register(register::opportunities(&here))),
        PageKind::Metrics => ("register", Body::Register(register::metrics(&here))),
        PageKind::Teams => ("register", Body::Register(register::teams(&here))),
        PageKind::Channels => ("register", Body::Register(register::channels(&here))),
        PageKind::Insight(id) => ("register", Body::Entry(register::insight(&here, id))),
        PageKind::Opportunity(id) => ("register", Body::Entry(register::opportunity(&here, id))),
        PageKind::Metric(id) => ("register", Body::Entry(register::metric(&here, id))),
        PageKind::Team(id) => ("register", Body::Entry(register::team(&here, id))),
        PageKind::Channel(id) => ("register", Body::Entry(register::channel(&here, id))),
        PageKind::Glossary => ("register", Body::Glossary(register::glossary(&here))),
        PageKind::Tags => ("list", Body::Tags(tags::tags(&here))),
        PageKind::Tag(number) => ("list", Body::Tag(tags::tag(&here, number))),
        PageKind::Missing => ("error", Body::Missing(missing(&here))),
    };
    let (title, summary) = head(&here, page.kind);
    View { frame: here.frame(page, style, title, summary), page: body }
}

/// What a page is called, and a sentence about it.
fn head<'a>(here: &Here<'a>, kind: PageKind) -> (Said<'a>, Option<Said<'a>>) {
    let handbook = here.handbook;
    let of = |item: &'a Item| (here.said(&item.title), item.summary.as_ref().map(|summary| here.said(summary)));
    match kind {
        PageKind::Home => {
            let settings = &handbook.settings;
            let front = handbook.front.as_ref().map(|front| &front.item);
            let title = front.map_or(&settings.title, |item| &item.title);
            let summary = front.and_then(|item| item.summary.as_ref()).or(settings.description.as_ref());
            (here.said(title), summary.map(|summary| here.said(summary)))
        }
        PageKind::Map(id) | PageKind::MapData(id, _) => {
            let (title, summary) = of(&handbook[id].item);
            (title, handbook[id].finding.as_ref().map(|finding| here.said(finding)).or(summary))
        }
        PageKind::Compare(id) => {
            (compare::title(here, id), handbook[id].finding.as_ref().map(|finding| here.said(finding)))
        }
        PageKind::Persona(id) => of(&handbook[id].item),
        PageKind::Touchpoint(id) => of(&handbook[id].item),
        PageKind::Course(id) => of(&handbook[id].item),
        PageKind::Lesson(id) => of(&handbook[id].item),
        PageKind::Guide(id) => of(&handbook[id].item),
        PageKind::Insight(id) => of(&handbook[id].item),
        PageKind::Opportunity(id) => of(&handbook[id].item),
        PageKind::Metric(id) => (here.said(&handbook[id].item.title), Some(here.said(&handbook[id].definition))),
        PageKind::Team(id) => {
            (here.said(&handbook[id].title), handbook[id].summary.as_ref().map(|summary| here.said(summary)))
        }
        PageKind::Channel(id) => {
            (here.said(&handbook[id].title), handbook[id].summary.as_ref().map(|summary| here.said(summary)))
        }
        PageKind::Tag(number) => {
            let tag = &here.pages.tags[number];
            let title = here.words.fill("tagged", &[("tag", &tag.name)]);
            (Said::plain(title), Some(Said::plain(here.words.count("tagged_summary", tag.bearers.len()))))
        }
        PageKind::Guides => {
            let (title, summary) = guide::front(here);
            (title, Some(summary))
        }
        index => (here.word(index_title(index)), Some(here.word(index_summary(index)))),
    }
}

fn index_summary(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Maps => "maps_summary",
        PageKind::Personas => "personas_summary",
        PageKind::Touchpoints => "touchpoints_summary",
        PageKind::Training => "training_summary",
        PageKind::Insights => "insights_summary",
        PageKind::Opportunities => "opportunities_summary",
        PageKind::Metrics => "metrics_summary",
        PageKind::Teams => "teams_summary",
        PageKind::Channels => "channels_summary",
        PageKind::Glossary => "glossary_summary",
        PageKind::Tags => "tags_summary",
        _ => "missing_summary",
    }
}

fn missing<'a>(here: &Here<'a>) -> Missing<'a> {
    let front = here::Link { href: here.href_to(PageKind::Home), title: here.word("front_page") };
    let sections = frame::MENU.iter().filter(|kind| here.is_filled(**kind)).map(|&kind| here.link_to(kind));
    Missing { links: std::iter::once(front).chain(sections).collect() }
}

impl Body<'_> {
    /// The template that shows it, or the data that no theme changes.
    ///
    /// # Errors
    /// The data, which is written as it is.
    pub fn template(&self) -> Result<&'static str, &data::Data<'_>> {
        Ok(match self {
            Self::Data(data) => return Err(data),
            Self::Home(_) => "home.html",
            Self::Maps(_) => "maps.html",
            Self::Map(_) => "map.html",
            Self::Compare(_) => "compare.html",
            Self::Personas(_) => "personas.html",
            Self::Persona(_) => "persona.html",
            Self::Touchpoints(_) => "touchpoints.html",
            Self::Touchpoint(_) => "touchpoint.html",
            Self::Courses(_) | Self::Guides(_) => "cards.html",
            Self::Course(_) => "course.html",
            Self::Lesson(_) => "lesson.html",
            Self::Guide(_) => "guide.html",
            Self::Register(_) => "register.html",
            Self::Entry(_) => "entry.html",
            Self::Glossary(_) => "glossary.html",
            Self::Tags(_) => "tags.html",
            Self::Tag(_) => "tag.html",
            Self::Missing(_) => "404.html",
        })
    }
}
