//! The plan of a site: every address with what stands there, computed once.
//!
//! Links, navigation and backlinks all ask the plan, so an address is written in one place only. What stands
//! on a page is made when the page is asked for; ten thousand views at once would be a waste of memory.

use std::sync::Arc;

use super::compare;
use super::coverage::Of;
use super::data::Export;
use super::dues::Dues;
use super::evidence_coverage::Tally;
use super::later::Later;
use super::matrix::Matrix;
use super::met::Counted;
use super::moments::{By, Moments};
use super::places::Places;
use super::rollup::Placed;
use super::shelf::Shelf;
use super::split;
use super::stages::Line;
use super::steps::Steps;
use super::tags::Tags;
use super::uses::Uses;
use super::worked::Worked;
use crate::diag::{Code, Diagnostic, Report};
use crate::hash::HashMap;
use crate::model::hurt::{Gaps, Place};
use crate::model::{
    Asset, Channel, Course, Guide, Handbook, Id, Insight, JourneyMap, Lang, Lesson, Metric, Noted, Noun, Opportunity,
    Persona, Table, Team, Touchpoint, Walkthrough,
};
use crate::path::SitePath;
use crate::source::Span;

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Page {
    /// Its address.
    pub path: SitePath,
    /// The language it is in.
    pub lang: Lang,
    /// What it shows.
    pub kind: PageKind,
    /// Which part of a long list, from 0; 0 for a page that is whole.
    pub part: usize,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PageKind {
    Home,
    Maps,
    Map(Id<JourneyMap>),
    /// A future state against its baseline.
    Compare(Id<JourneyMap>),
    /// A map as a file to take away, beside its page.
    MapData(Id<JourneyMap>, Format),
    /// A file at the top of the site that holds much of the handbook.
    Export(Export),
    Personas,
    Persona(Id<Persona>),
    Touchpoints,
    /// The rows of a part of a long catalogue, as a script.
    TouchpointRows,
    Touchpoint(Id<Touchpoint>),
    Training,
    Course(Id<Course>),
    Lesson(Id<Lesson>),
    Guides,
    Guide(Id<Guide>),
    Insights,
    Insight(Id<Insight>),
    EvidenceCoverage,
    Opportunities,
    OpportunitiesByTeam,
    OpportunitiesByMap,
    OpportunityGaps,
    Opportunity(Id<Opportunity>),
    Metrics,
    Metric(Id<Metric>),
    Teams,
    Team(Id<Team>),
    Channels,
    Channel(Id<Channel>),
    Walkthroughs,
    Walkthrough(Id<Walkthrough>),
    /// Moments of truth and of delight.
    Moments(By),
    /// A coverage matrix.
    Coverage(Of),
    Glossary,
    /// Every item by its title.
    Everything,
    /// For the owner of the handbook.
    Health,
    Reviews,
    /// What is translated, and what has grown old since.
    Translations,
    Changes,
    Tags,
    /// What bears a tag, by the tag's number.
    Tag(usize),
    /// The feed of changes.
    Feed,
    /// The rules for search engines, one file for all languages.
    Robots,
    /// The list of all pages, one for all languages, or a part of it.
    Sitemap,
    /// What stands where something was before, by the old address's number.
    Moved(usize),
    /// What a server shows where there is nothing.
    Missing,
}

/// What a map can be taken away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Everything it holds, for programs.
    Json,
    /// The drawn table, for spreadsheets.
    Csv,
    /// The drawing on one sheet, for slides and walls.
    Svg,
}

/// The plan: pages, the files beside them, and who uses what.
#[derive(Debug, Default)]
pub struct Pages {
    pub(super) pages: Vec<Page>,
    pub(super) places: Places,
    pub(super) by_path: HashMap<SitePath, usize>,
    pub(super) assets: Vec<SitePath>,
    /// The anchors of the terms, which have no pages of their own.
    pub(super) terms: Vec<String>,
    /// What each old address leads to, by its number.
    pub(super) moved: Vec<PageKind>,
    /// Who uses what.
    pub uses: Uses,
    /// What is due.
    pub dues: Noted<Dues>,
    /// Pains without an answer, and answers without a pain.
    pub gaps: Noted<Arc<Gaps>>,
    /// How much of what the maps state cites evidence.
    pub(super) evidence: Noted<Later<Tally>>,
    /// What worked before.
    pub(super) worked: Later<Worked>,
    /// The tags.
    pub tags: Noted<Tags>,
    /// Every map, each below the first that opens it.
    pub(super) map_order: Noted<Later<Vec<Placed>>>,
    /// The guides in their folders.
    pub shelf: Shelf,
    /// The stages that have a column.
    pub line: Noted<Arc<Line>>,
    /// Every step, as lists count it.
    pub steps: Arc<Steps>,
    /// Channel by stage, over all maps that show what is.
    pub(super) matrix: Noted<Later<Matrix>>,
    /// The touchpoints in the order a customer meets them.
    pub(super) order: Noted<Later<Vec<Id<Touchpoint>>>>,
    /// Moments of truth and of delight.
    pub moments: Noted<Arc<Moments>>,
    /// What is known of each touchpoint.
    pub(super) figures: Counted,
    /// Which pages there are.
    pub(super) every: Noted<()>,
    /// Which lists have further parts.
    pub(super) further: Noted<()>,
    /// Which maps are compared with another one.
    pub(super) compares: Noted<()>,
    /// What the tags are called, and where their pages are.
    pub(super) tagged: Noted<()>,
}

/// The languages that get pages: all that the handbook names, the default one first.
pub fn planned(handbook: &Handbook) -> impl Iterator<Item = Lang> {
    handbook.settings.languages.iter().map(|language| language.lang)
}

impl Page {
    /// Whether people read it in a browser; if not, it is a file beside such a page.
    pub fn is_read(&self) -> bool {
        !matches!(
            self.kind,
            PageKind::MapData(..)
                | PageKind::TouchpointRows
                | PageKind::Export(_)
                | PageKind::Feed
                | PageKind::Robots
                | PageKind::Sitemap
                | PageKind::Moved(_)
        )
    }
}

impl Pages {
    /// Makes room for as many pages as another plan has.
    pub(super) fn expect_as_many_as(&mut self, other: &Self) {
        self.pages.reserve(other.pages.len());
        self.by_path.reserve(other.by_path.len());
    }

    /// Every page, in the order of planning.
    pub fn iter(&self) -> impl Iterator<Item = &Page> {
        let () = *self.every;
        self.pages.iter()
    }

    /// A page by its place in that order.
    pub fn get(&self, number: usize) -> Option<&Page> {
        self.pages.get(number)
    }

    /// The page at an address.
    pub fn at(&self, path: &SitePath) -> Option<&Page> {
        self.by_path.get(path).map(|&index| &self.pages[index])
    }

    /// The page that shows this in this language; of a long list the first part.
    pub fn of(&self, kind: PageKind, lang: Lang) -> Option<&Page> {
        self.part_of(kind, 0, lang)
    }

    /// The page that shows this part of a long list, from 0.
    pub fn part_of(&self, kind: PageKind, part: usize, lang: Lang) -> Option<&Page> {
        // Where all others are comes of their names, or is what all pages rest on.
        match kind {
            _ if part > 0 => *self.further,
            PageKind::Compare(_) => *self.compares,
            PageKind::Tag(_) => *self.tagged,
            _ => {}
        }
        self.places.get(lang, kind, part).map(|index| &self.pages[index])
    }

    /// What an opportunity answers, in the order of the handbook.
    pub(super) fn answered(&self, id: Id<Opportunity>) -> &[Place] {
        // It is part of who uses it.
        self.uses.opportunity(id);
        self.gaps.unnoted().answered(id)
    }

    /// The tags, of which no more is read than what they are called and where their pages are.
    pub(super) fn named_tags(&self) -> &Tags {
        let () = *self.tagged;
        self.tags.unnoted()
    }

    /// The files copied as they are, with their places in the site.
    pub fn assets(&self) -> impl Iterator<Item = (Id<Asset>, &SitePath)> {
        self.assets.iter().enumerate().map(|(index, path)| (Id::at(index), path))
    }
}

/// Planning the pages of one language.
pub(super) struct Plan<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) lang: Lang,
    pub(super) pages: &'a mut Pages,
    /// Where the address of each page was claimed, in their order; `None` for the pages every site has.
    pub(super) spans: Vec<Option<Span>>,
    pub(super) report: &'a mut Report,
}

impl Plan<'_> {
    /// Pages that every site has.
    pub(super) fn indexes(&mut self) {
        for (path, kind) in [
            ("index.html", PageKind::Home),
            ("maps/index.html", PageKind::Maps),
            ("personas/index.html", PageKind::Personas),
            ("touchpoints/index.html", PageKind::Touchpoints),
            ("training/index.html", PageKind::Training),
            ("guides/index.html", PageKind::Guides),
            ("insights/index.html", PageKind::Insights),
            ("coverage/evidence.html", PageKind::EvidenceCoverage),
            ("opportunities/index.html", PageKind::Opportunities),
            ("opportunities/by/team.html", PageKind::OpportunitiesByTeam),
            ("opportunities/by/map.html", PageKind::OpportunitiesByMap),
            ("opportunities/by/gaps.html", PageKind::OpportunityGaps),
            ("metrics/index.html", PageKind::Metrics),
            ("teams/index.html", PageKind::Teams),
            ("channels/index.html", PageKind::Channels),
            ("moments/index.html", PageKind::Moments(By::Stage)),
            ("moments/by-owner.html", PageKind::Moments(By::Owner)),
            ("coverage/index.html", PageKind::Coverage(Of::Personas)),
            ("coverage/touchpoints.html", PageKind::Coverage(Of::Touchpoints)),
            ("coverage/moments.html", PageKind::Coverage(Of::Truths)),
            ("glossary/index.html", PageKind::Glossary),
            ("search/index.html", PageKind::Everything),
            ("health/index.html", PageKind::Health),
            ("walkthroughs/index.html", PageKind::Walkthroughs),
            ("reviews/index.html", PageKind::Reviews),
            ("404.html", PageKind::Missing),
        ] {
            self.add(path, kind, None);
            self.parts(path, kind);
        }
        // There is no page about what nobody knows.
        if self.handbook.settings.has_translations() {
            self.add("translations/index.html", PageKind::Translations, None);
        }
        if self.handbook.history.is_some() {
            self.add("changes/index.html", PageKind::Changes, None);
            self.add("feed.xml", PageKind::Feed, None);
        }
        if !self.pages.tags.is_empty() {
            self.add("tags/index.html", PageKind::Tags, None);
            self.parts("tags/index.html", PageKind::Tags);
        }
        for number in 0..self.pages.tags.len() {
            let slug = &self.pages.tags[number].slug;
            let (path, folder) = (format!("tags/{slug}.html"), format!("tags/{slug}/index.html"));
            self.add(&path, PageKind::Tag(number), None);
            self.parts(&folder, PageKind::Tag(number));
        }
        for export in Export::ALL.into_iter().filter(|export| export.is_filled(self.handbook)) {
            self.add(export.path(), PageKind::Export(export), None);
        }
    }

    /// The further parts of a long list. They lie a folder deeper than any item, so that no item can claim their place: those
    /// of `glossary/index.html` in `glossary/all/`, those of `metrics/nps.html` in `metrics/nps/all/`.
    fn parts(&mut self, index: &str, kind: PageKind) {
        let folder = match index.strip_suffix("index.html") {
            Some(folder) => format!("{folder}all"),
            None => format!("{}/all", index.trim_end_matches(".html")),
        };
        let parts = split::parts(self.handbook, self.pages, kind);
        for part in 1..parts {
            self.add_part(&format!("{folder}/{}.html", part + 1), kind, part, None);
        }
        for part in (0..parts).filter(|_| kind == PageKind::Touchpoints && parts > 1) {
            self.add_part(&format!("{folder}/{}.js", part + 1), PageKind::TouchpointRows, part, None);
        }
    }

    /// Pages of single items.
    pub(super) fn items(&mut self) {
        let handbook = self.handbook;
        for (id, map) in distinct(&handbook.maps) {
            self.add(&format!("maps/{}.html", map.name()), PageKind::Map(id), Some(map.span()));
            for format in Format::ALL {
                let path = format!("maps/{}.{}", map.name(), format.extension());
                self.add(&path, PageKind::MapData(id, format), Some(map.span()));
            }
        }
        for (id, map) in distinct(&handbook.maps).filter(|(_, map)| compare::baseline(handbook, map).is_some()) {
            self.add(&format!("maps/{}/compare.html", map.name()), PageKind::Compare(id), Some(map.span()));
        }
        for (id, persona) in distinct(&handbook.personas) {
            self.add(&format!("personas/{}.html", persona.name()), PageKind::Persona(id), Some(persona.span()));
        }
        for (id, touchpoint) in distinct(&handbook.touchpoints) {
            let path = format!("touchpoints/{}.html", touchpoint.name());
            self.add(&path, PageKind::Touchpoint(id), Some(touchpoint.span()));
        }
        for (id, course) in distinct(&handbook.courses) {
            let path = format!("training/{}/index.html", course.name());
            self.add(&path, PageKind::Course(id), Some(course.span()));
            self.parts(&path, PageKind::Course(id));
        }
        for (id, lesson) in distinct(&handbook.lessons) {
            self.add(&format!("training/{}.html", lesson.name()), PageKind::Lesson(id), Some(lesson.span()));
        }
        for (id, insight) in distinct(&handbook.insights) {
            self.add(&format!("insights/{}.html", insight.name()), PageKind::Insight(id), Some(insight.span()));
        }
        for (id, opportunity) in distinct(&handbook.opportunities) {
            let path = format!("opportunities/{}.html", opportunity.name());
            self.add(&path, PageKind::Opportunity(id), Some(opportunity.span()));
        }
        for (id, metric) in distinct(&handbook.metrics) {
            let path = format!("metrics/{}.html", metric.name());
            self.add(&path, PageKind::Metric(id), Some(metric.span()));
            self.parts(&path, PageKind::Metric(id));
        }
        for (id, team) in distinct(&handbook.teams) {
            self.add(&format!("teams/{}.html", team.name()), PageKind::Team(id), Some(team.span()));
        }
        for (id, channel) in distinct(&handbook.channels) {
            self.add(&format!("channels/{}.html", channel.name()), PageKind::Channel(id), Some(channel.span()));
        }
        for (id, walkthrough) in distinct(&handbook.walkthroughs) {
            let path = format!("walkthroughs/{}.html", walkthrough.name());
            self.add(&path, PageKind::Walkthrough(id), Some(walkthrough.span()));
        }
        for (id, guide) in handbook.guides.entries() {
            if self.pages.shelf.front() == Some(id) {
                let index = self.pages.places.get(self.lang, PageKind::Guides, 0);
                index.into_iter().for_each(|index| self.pages.places.insert(self.lang, PageKind::Guide(id), 0, index));
                continue;
            }
            let path = match self.pages.shelf.below(id) {
                [] => format!("guides/{}.html", guide.name()),
                _ => format!("guides/{}/index.html", guide.name()),
            };
            self.add(&path, PageKind::Guide(id), Some(guide.span()));
            self.parts(&path, PageKind::Guide(id));
        }
    }

    pub(super) fn add(&mut self, path: &str, kind: PageKind, span: Option<Span>) {
        self.add_part(path, kind, 0, span);
    }

    pub(super) fn add_part(&mut self, path: &str, kind: PageKind, part: usize, span: Option<Span>) {
        let settings = &self.handbook.settings;
        let is_default = self.lang == Lang::DEFAULT;
        let folder = (!is_default).then(|| format!("{}/{path}", settings.tag(self.lang).to_lowercase()));
        let Some(path) = SitePath::new(folder.as_deref().unwrap_or(path)) else { return };
        if let Some(first) = self.pages.by_path.get(&path).map(|index| self.spans[*index]) {
            let Some(span) = span else { return };
            let message = format!("another page already stands at `{path}`");
            let mut diagnostic = Diagnostic::new(Code::AddressTaken, span, message);
            diagnostic = match first {
                Some(first) => diagnostic.related(first, "it is made from this file"),
                None => diagnostic.help("every site has a page there; give this file another name"),
            };
            self.report.push(diagnostic);
            return;
        }
        self.claim(Some(path), self.lang, kind, part, span);
    }

    /// Puts a page at an address where nothing stands yet.
    pub(super) fn claim(
        &mut self,
        path: Option<SitePath>,
        lang: Lang,
        kind: PageKind,
        part: usize,
        span: Option<Span>,
    ) {
        let Some(path) = path else { return };
        let index = self.pages.pages.len();
        self.spans.push(span);
        self.pages.by_path.insert(path.clone(), index);
        self.pages.places.insert(lang, kind, part, index);
        self.pages.pages.push(Page { path, lang, kind, part });
    }
}

/// The nouns whose names are their own: that two have one name has been reported already.
fn distinct<T: Noun + 'static>(table: &Table<T>) -> impl Iterator<Item = (Id<T>, &T)> {
    let first = table.are_first();
    table.entries().filter(move |(id, _)| first[id.index()])
}
