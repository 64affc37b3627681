//! What a theme may see: every page as plain strings and numbers.
//!
//! [`derive()`] plans the site once: addresses, and who uses what. [`view`] makes one page's view from the plan when the
//! page is asked for. A view is the contract with themes: a theme shows, it never computes.
//!
//! Texts are borrowed from the handbook, links are relative to the page, sentences are in the page's language.

pub mod address;
pub mod answers;
mod around;
pub mod board;
pub mod cards;
pub mod catalog;
pub mod changes;
pub mod channel;
pub mod channel_grid;
pub mod channels;
pub mod chart;
pub mod clock;
pub mod compare;
pub mod coverage;
pub mod crowd;
pub mod curve;
pub mod data;
mod derive;
pub mod digits;
pub mod downloads;
pub mod due;
pub mod dues;
pub mod everything;
pub mod evidence;
pub mod evidence_coverage;
pub mod excerpt;
pub mod feed;
pub mod felt;
pub mod findings;
pub mod flow;
pub mod found;
pub mod frame;
pub mod freshness;
pub mod glossary;
pub mod guide;
pub mod health;
pub mod here;
pub mod home;
pub mod insight;
pub mod insights;
pub mod journey;
pub mod keeping;
pub mod labels;
pub mod lanes;
mod later;
pub mod matrix;
pub mod met;
pub mod metric;
pub mod metrics;
pub mod moment_list;
pub mod moments;
pub mod moved;
mod numbers;
pub mod opportunity;
pub mod overlay;
pub mod pages;
pub mod parts;
pub mod paths;
pub mod persona;
mod places;
pub mod plain;
pub mod plural;
pub mod priority;
pub mod prose;
pub mod reading;
pub mod rests;
pub mod retire;
pub mod reviews;
pub mod rollup;
pub mod share;
pub mod sheet;
pub mod shelf;
pub mod sitemap;
pub mod split;
pub mod spot;
pub mod stages;
pub mod steps;
mod strokes;
pub mod tags;
pub mod team;
pub mod teams;
pub mod touchpoint;
pub mod training;
pub mod translations;
pub mod turns;
pub mod uses;
pub mod verdict;
pub mod walkthrough;
pub mod words;
pub mod worked;
mod wrap;

pub use address::Address;
pub use derive::{derive, derive_after};
pub use frame::{Frame, SiteFrame};
pub use here::Here;
pub use pages::{Format, Page, PageKind, Pages};
pub use verdict::Verdict;
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

/// What stands at an address: a page, or a file that no theme changes.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one at a time is made, shown and dropped")]
pub enum Shown<'a> {
    /// A page for a template.
    Page(View<'a>),
    /// Data, written as it is.
    Data(data::Data<'a>),
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
    Personas(persona::PersonasView<'a>),
    Persona(persona::PersonaView<'a>),
    Touchpoints(catalog::CatalogView<'a>),
    TouchpointRows(catalog::CatalogView<'a>),
    Touchpoint(touchpoint::TouchpointView<'a>),
    Courses(training::CardsView<'a>),
    Course(training::CourseView<'a>),
    Lesson(training::LessonView<'a>),
    Guides(training::CardsView<'a>),
    Guide(guide::GuideView<'a>),
    Insights(insights::InsightsView<'a>),
    Insight(insight::InsightView<'a>),
    Evidence(evidence::EvidenceView<'a>),
    Board(board::BoardView<'a>),
    Gaps(board::GapsView<'a>),
    Opportunity(opportunity::OpportunityPage<'a>),
    Metrics(metrics::MetricsView<'a>),
    Metric(metric::MetricView<'a>),
    Teams(teams::TeamsView<'a>),
    Team(team::TeamView<'a>),
    Walkthroughs(walkthrough::WalkthroughsView<'a>),
    Walkthrough(walkthrough::WalkthroughView<'a>),
    Channels(channels::ChannelsView<'a>),
    Channel(channel::ChannelView<'a>),
    Moments(moment_list::MomentsView<'a>),
    Coverage(coverage::CoverageView<'a>),
    Glossary(glossary::GlossaryView<'a>),
    Health(Box<health::HealthView<'a>>),
    Reviews(reviews::ReviewsView<'a>),
    Translations(translations::TranslationsView<'a>),
    Changes(changes::ChangesView<'a>),
    Tags(tags::TagsView<'a>),
    Tag(tags::TagView<'a>),
    Everything(everything::EverythingView<'a>),
    Moved(moved::MovedView<'a>),
    Missing(Missing<'a>),
}

/// Where there is nothing: ways back. Addresses start at the top of the host, in the folder that `url` names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing<'a> {
    /// The front page and the sections.
    pub links: Vec<here::Link<'a>>,
    /// The front pages in the other languages: the same page may be shown for what is missing in any of them.
    pub others: Vec<OtherFront<'a>>,
}

/// The front page in another language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherFront<'a> {
    /// Where it is.
    pub href: String,
    /// Its language, as a BCP 47 tag.
    pub lang: &'a str,
    /// The handbook's title in that language.
    pub title: &'a str,
}

/// Makes a page's view, or the data of a file beside the pages.
pub fn view<'a>(
    (handbook, pages, verdict): (&'a Handbook, &'a Pages, &'a Verdict),
    words: &'a Words,
    page: &'a Page,
) -> Shown<'a> {
    let path = (page.kind != PageKind::Missing).then_some(&page.path);
    let here = Here { handbook, pages, verdict, words, lang: page.lang, path, part: page.part, leads: true };
    let (style, body) = match page.kind {
        PageKind::Home => ("home", Body::Home(home::home(&here))),
        PageKind::Maps => ("list", Body::Maps(journey::maps(&here))),
        PageKind::Map(id) => ("map", Body::Map(journey::map(&here, id))),
        PageKind::Compare(id) => ("map", Body::Compare(Box::new(compare::compare(&here, id)))),
        PageKind::MapData(id, format) => return Shown::Data(data::data(&here, id, format)),
        PageKind::Export(export) => return Shown::Data(data::export(&here, export)),
        PageKind::Personas => ("list", Body::Personas(persona::personas(&here))),
        PageKind::Persona(id) => ("persona", Body::Persona(persona::persona(&here, id))),
        PageKind::Touchpoints => ("catalog", Body::Touchpoints(catalog::catalog(&here))),
        PageKind::TouchpointRows => ("catalog", Body::TouchpointRows(catalog::rows(&here))),
        PageKind::Touchpoint(id) => ("touchpoint", Body::Touchpoint(touchpoint::touchpoint(&here, id))),
        PageKind::Training => ("list", Body::Courses(training::courses(&here))),
        PageKind::Course(id) => ("course", Body::Course(training::course(&here, id))),
        PageKind::Lesson(id) => ("lesson", Body::Lesson(training::lesson(&here, id))),
        PageKind::Guides => ("list", Body::Guides(guide::guides(&here))),
        PageKind::Guide(id) => ("guide", Body::Guide(guide::guide(&here, id))),
        PageKind::Insights => ("register", Body::Insights(insights::insights(&here))),
        PageKind::EvidenceCoverage => ("evidence", Body::Evidence(evidence::evidence(&here))),
        PageKind::Opportunities => ("board", Body::Board(board::by_status(&here))),
        PageKind::OpportunitiesByTeam => ("board", Body::Board(board::by_team(&here))),
        PageKind::OpportunitiesByMap => ("board", Body::Board(board::by_map(&here))),
        PageKind::OpportunityGaps => ("board", Body::Gaps(board::gaps(&here))),
        PageKind::Metrics => ("register", Body::Metrics(metrics::metrics(&here))),
        PageKind::Teams => ("register", Body::Teams(teams::teams(&here))),
        PageKind::Channels => ("channels", Body::Channels(channels::channels(&here))),
        PageKind::Insight(id) => ("insight", Body::Insight(insight::insight(&here, id))),
        PageKind::Opportunity(id) => ("opportunity", Body::Opportunity(opportunity::opportunity(&here, id))),
        PageKind::Metric(id) => ("metric", Body::Metric(metric::metric(&here, id))),
        PageKind::Team(id) => ("team", Body::Team(team::team(&here, id))),
        PageKind::Channel(id) => ("channel", Body::Channel(channel::channel(&here, id))),
        PageKind::Moments(by) => ("moments", Body::Moments(moment_list::list(&here, by))),
        PageKind::Coverage(of) => ("coverage", Body::Coverage(coverage::coverage(&here, of))),
        PageKind::Walkthroughs => ("register", Body::Walkthroughs(walkthrough::walkthroughs(&here))),
        PageKind::Walkthrough(id) => ("register", Body::Walkthrough(walkthrough::walkthrough(&here, id))),
        PageKind::Reviews => ("register", Body::Reviews(reviews::reviews(&here))),
        PageKind::Translations => ("register", Body::Translations(translations::translations(&here))),
        PageKind::Changes => ("register", Body::Changes(changes::changes(&here))),
        PageKind::Glossary => ("register", Body::Glossary(glossary::glossary(&here))),
        PageKind::Health => ("register", Body::Health(Box::new(health::health(&here)))),
        PageKind::Tags => ("list", Body::Tags(tags::tags(&here))),
        PageKind::Tag(number) => ("list", Body::Tag(tags::tag(&here, number))),
        PageKind::Everything => ("register", Body::Everything(everything::everything(&here))),
        PageKind::Sitemap => return Shown::Data(data::Data::Sitemap(sitemap::sitemap(&here))),
        PageKind::Robots => return Shown::Data(data::Data::Robots(sitemap::robots(&here))),
        PageKind::Feed => return Shown::Data(data::Data::Feed(feed::feed(&here))),
        PageKind::Moved(number) => ("error", Body::Moved(moved::moved(&here, number))),
        PageKind::Missing => ("error", Body::Missing(missing(&here))),
    };
    let (title, summary) = head(&here, page.kind);
    Shown::Page(View { frame: here.frame(page, style, title, summary), page: body })
}

/// What a page is called, and a sentence about it.
fn head<'a>(here: &Here<'a>, kind: PageKind) -> (Said<'a>, Option<Said<'a>>) {
    let handbook = here.handbook;
    let of = |item: &'a Item| (here.called(item), item.summary.as_ref().map(|summary| here.said(summary)));
    match kind {
        PageKind::Home => {
            let settings = &handbook.settings;
            let front = handbook.front.as_ref().map(|front| &front.item);
            let title = front.map_or_else(|| here.said(&settings.title), |item| here.called(item));
            let summary = front.and_then(|item| item.summary.as_ref()).or(settings.description.as_ref());
            (title, summary.map(|summary| here.said(summary)))
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
        PageKind::Walkthrough(id) => of(&handbook[id].item),
        PageKind::Metric(id) => (here.called(&handbook[id].item), Some(here.said(&handbook[id].definition))),
        PageKind::Team(id) => {
            (here.said(&handbook[id].title), handbook[id].summary.as_ref().map(|summary| here.said(summary)))
        }
        PageKind::Channel(id) => {
            (here.said(&handbook[id].title), handbook[id].summary.as_ref().map(|summary| here.said(summary)))
        }
        PageKind::Moments(moments::By::Owner) => (here.word("moments_by_owner"), Some(here.word("moments_summary"))),
        PageKind::Coverage(of) if of != coverage::Of::Personas => {
            (here.word(of.title()), Some(here.word("coverage_matrices_summary")))
        }
        PageKind::Tag(number) => {
            let tag = &here.pages.tags[number];
            // A sentence of two languages cannot say which one it is in.
            let title = match here.untranslated(&tag.name) {
                name @ Said { lang: Some(_), .. } => name,
                name => Said::plain(here.words.fill("tagged", &[("tag", &name.text)])),
            };
            (title, Some(Said::plain(here.words.count("tagged_summary", tag.bearers.len()))))
        }
        PageKind::Moved(_) => (here.word("moved_title"), None),
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
        PageKind::EvidenceCoverage => "evidence_coverage_summary",
        PageKind::OpportunitiesByTeam => "opportunities_by_team_summary",
        PageKind::OpportunitiesByMap => "opportunities_by_map_summary",
        PageKind::OpportunityGaps => "opportunity_gaps_summary",
        PageKind::Opportunities => "opportunities_summary",
        PageKind::Metrics => "metrics_summary",
        PageKind::Teams => "teams_summary",
        PageKind::Channels => "channels_summary",
        PageKind::Walkthroughs => "walkthroughs_summary",
        PageKind::Moments(_) => "moments_summary",
        PageKind::Coverage(_) => "coverage_matrices_summary",
        PageKind::Glossary => "glossary_summary",
        PageKind::Everything => "everything_summary",
        PageKind::Health => "health_summary",
        PageKind::Reviews => "reviews_summary",
        PageKind::Translations => "translations_summary",
        PageKind::Changes => "changes_summary",
        PageKind::Tags => "tags_summary",
        _ => "missing_summary",
    }
}

fn missing<'a>(here: &Here<'a>) -> Missing<'a> {
    let front = here::Link { href: here.href_to(PageKind::Home), title: here.word("front_page") };
    let sections = frame::MENU.iter().filter(|kind| here.is_filled(**kind)).map(|&kind| here.link_to(kind));
    let others = pages::planned(here.handbook).filter(|lang| *lang != here.lang).filter_map(|lang| {
        let front = here.pages.of(PageKind::Home, lang)?;
        let title = here.handbook.settings.title.str(lang);
        Some(OtherFront { href: here.way(&front.path, None), lang: here.tag(lang), title })
    });
    Missing { links: std::iter::once(front).chain(sections).collect(), others: others.collect() }
}

impl Body<'_> {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Maps(_) => "maps.html",
            Self::Map(_) => "map.html",
            Self::Compare(_) => "compare.html",
            Self::Personas(_) => "personas.html",
            Self::Persona(_) => "persona.html",
            Self::Touchpoints(_) => "touchpoints.html",
            Self::TouchpointRows(_) => "touchpoint-rows.html",
            Self::Touchpoint(_) => "touchpoint.html",
            Self::Courses(_) | Self::Guides(_) => "cards.html",
            Self::Course(_) => "course.html",
            Self::Lesson(_) => "lesson.html",
            Self::Guide(_) => "guide.html",
            Self::Insights(_) => "insights.html",
            Self::Insight(_) => "insight.html",
            Self::Evidence(_) => "evidence.html",
            Self::Board(_) => "board.html",
            Self::Gaps(_) => "gaps.html",
            Self::Opportunity(_) => "opportunity.html",
            Self::Metrics(_) => "metrics.html",
            Self::Metric(_) => "metric.html",
            Self::Teams(_) => "teams.html",
            Self::Team(_) => "team.html",
            Self::Walkthroughs(_) => "walkthroughs.html",
            Self::Walkthrough(_) => "walkthrough.html",
            Self::Channels(_) => "channels.html",
            Self::Channel(_) => "channel.html",
            Self::Moments(_) => "moments.html",
            Self::Coverage(_) => "coverage.html",
            Self::Glossary(_) => "glossary.html",
            Self::Everything(_) => "everything.html",
            Self::Health(_) => "health.html",
            Self::Reviews(_) => "reviews.html",
            Self::Translations(_) => "translations.html",
            Self::Changes(_) => "changes.html",
            Self::Tags(_) => "tags.html",
            Self::Tag(_) => "tag.html",
            Self::Moved(_) => "moved.html",
            Self::Missing(_) => "404.html",
        }
    }
}
