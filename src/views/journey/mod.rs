//! A map's page: its head, its drawing, and what it all rests on. Each kind of drawing has a file of its own.

mod blueprint;
mod breaks;
mod crowd;
mod day;
mod empathy;
mod experience;
mod levels;
mod table;

use serde::Serialize;

use super::channel_grid::ChannelGrid;
use super::compare;
use super::downloads::Download;
use super::felt::{Coverage, Felt, felt_in};
use super::here::{Here, Link, MOST_LINKS, Said};
use super::pages::PageKind;
use super::parts::{Review, Source, Who};
use super::rollup::{Branch, PartOf};
use super::split::Pager;
use super::turns::Turn;
use super::walkthrough::WalkLine;
use crate::model::{Contents, Id, Insight, JourneyMap, MapKind, Target};
pub use blueprint::BlueprintView;
pub use crowd::CrowdView;
pub use day::DaysView;
pub(super) use empathy::quadrants;
pub use empathy::{EmpathyView, Side};
pub use experience::ExperienceView;
pub(super) use levels::named;
pub(super) use table::plain;
pub use table::{StageView, TableView};

/// A map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapView<'a> {
    /// The kind as authors write it, for the style.
    pub kind: &'static str,
    /// “Journey map, current”.
    pub kind_said: &'a str,
    /// The one sentence to remember.
    pub finding: Option<Said<'a>>,
    /// Whose journey; `None` if nobody's in particular.
    pub who: Option<Who<'a>>,
    /// The people an empathy map is about, where they are no single persona.
    pub segment: Option<Said<'a>>,
    /// The situation an empathy map is about.
    pub moment: Option<Said<'a>>,
    /// Whose journey a persona-based map is; empty for another kind.
    pub people: Vec<Who<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// Who keeps it true, where no review says so.
    pub owner: Option<Link<'a>>,
    /// How many of its statements have evidence.
    pub coverage: Option<Coverage>,
    /// “3 of 20 steps are assumptions”, of a current-state map; `None` if none is.
    pub assumptions: Option<String>,
    /// This and the other maps of the same journey; empty if there is only this one.
    pub views: Vec<Tab<'a>>,
    /// How `drawing` is drawn: `table`, `experience`, `empathy`, `blueprint` or `day`.
    pub shape: &'static str,
    /// The drawing.
    pub drawing: Drawing<'a>,
    /// Its channels by stage; `None` if no channel carries any of it, and of a map without stages of its own.
    pub channels: Option<ChannelGrid<'a>>,
    /// The maps that open it.
    pub part_of: Vec<PartOf<'a>>,
    /// The files to take it away as.
    pub downloads: Vec<Download<'a>>,
    /// What happens, in a sentence.
    pub scenario: Option<Said<'a>>,
    /// Why the map exists.
    pub purpose: Option<Said<'a>>,
    /// How the experience ends; `None` where the drawing says it.
    pub outcome: Option<Said<'a>>,
    /// The map a future state starts from.
    pub baseline: Option<Link<'a>>,
    /// What a future state stakes on.
    pub stakes: Option<compare::Stakes<'a>>,
    /// The steps that decide, and why.
    pub truths: Vec<Truth<'a>>,
    /// Its highest, its lowest and its other turning points, in order; empty where nothing turns.
    pub turns: Vec<Turn<'a>>,
    /// The evidence, each piece once.
    pub sources: Vec<Source<'a>>,
    /// Who walked it, the newest first.
    pub walks: Vec<WalkLine<'a>>,
    /// “and 12 more”; empty if all walks are shown.
    pub walks_more: String,
    /// Lessons that teach it.
    pub lessons: Vec<Link<'a>>,
    /// Other pages that speak of it.
    pub mentions: Vec<Link<'a>>,
}

/// The drawing of a map, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Drawing<'a> {
    /// Stages by lanes.
    Table(TableView<'a>),
    /// Stages by lanes, and where they lead.
    Experience(ExperienceView<'a>),
    /// Four quadrants.
    Empathy(EmpathyView<'a>),
    /// Steps by rows of cards.
    Blueprint(BlueprintView<'a>),
    /// Days along the clock.
    Days(DaysView<'a>),
}

/// A tab to another view of the same journey.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tab<'a> {
    /// The map.
    pub href: String,
    /// What kind it is, or its title where another is of the same kind.
    pub title: Said<'a>,
    /// Whether it is this one.
    pub current: bool,
}

/// A step that decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth<'a> {
    /// The step on this page.
    pub href: String,
    /// What happens.
    pub label: Said<'a>,
    /// Why it decides.
    pub why: Said<'a>,
}

/// All maps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapsView<'a> {
    /// The maps that nothing opens, with those that they open.
    pub maps: Vec<Branch<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// The list of maps.
pub fn maps<'a>(here: &Here<'a>) -> MapsView<'a> {
    MapsView { maps: here.map_tree(), pager: here.pager(PageKind::Maps) }
}

/// How many walk-throughs a map's page lists.
const MOST_WALKS: usize = 20;

/// A map's page.
pub fn map<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> MapView<'a> {
    let map = &here.handbook[id];
    let said = |text: &'a Option<crate::model::Text>| text.as_ref().map(|text| here.said(text));
    let (lessons, mentions) = here.spoken_of(Target::Map(id));
    let drawing = draw(here, id, map);
    let walks = here.pages.uses.walks_of(id);
    let empathy = match &map.contents {
        Contents::Empathy(empathy) => Some(&**empathy),
        _ => None,
    };
    MapView {
        kind: map.kind().name(),
        kind_said: here.map_kind(map),
        finding: said(&map.finding),
        who: map.persona.map(|persona| here.who(persona)),
        segment: empathy.and_then(|empathy| said(&empathy.segment)),
        moment: empathy.and_then(|empathy| said(&empathy.moment)),
        people: here.people(map),
        review: here.review(&map.item),
        owner: here.owner(map.item.owner),
        coverage: here.coverage(map),
        assumptions: assumptions(here, map),
        views: views(here, id, map, PageKind::Map(id)),
        shape: drawing.template(),
        drawing,
        channels: (map.kind() != MapKind::DayInTheLife).then(|| here.channel_grid(id)).flatten(),
        part_of: here.part_of(id),
        downloads: here.downloads(id),
        scenario: said(&map.scenario),
        purpose: said(&map.purpose),
        outcome: said(&map.outcome).filter(|_| map.kind() != MapKind::Experience),
        baseline: map.baseline().map(|&map| here.link(Target::Map(map))),
        stakes: compare::stakes(here, map),
        truths: truths(here, id, map),
        // Of several personas each has a sentence of its own; a mean would be a feeling that nobody had.
        turns: if map.crowd().is_some() { Vec::new() } else { here.turns(id, &felt_in(map)) },
        walks: walks.iter().take(MOST_WALKS).map(|&walk| here.walk_line(walk)).collect(),
        walks_more: if walks.len() > MOST_WALKS {
            here.words.count("and_more", walks.len() - MOST_WALKS)
        } else {
            String::new()
        },
        sources: sources(map).into_iter().map(|insight| here.source(insight)).collect(),
        lessons,
        mentions,
    }
}

fn draw<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> Drawing<'a> {
    match &map.contents {
        Contents::Empathy(contents) => Drawing::Empathy(empathy::empathy(here, map, contents)),
        Contents::Experience => Drawing::Experience(experience::experience(here, id, map)),
        Contents::ServiceBlueprint(contents) => Drawing::Blueprint(blueprint::blueprint(here, (id, map), contents)),
        Contents::DayInTheLife(days) => Drawing::Days(day::days(here, id, map, days)),
        _ => Drawing::Table(table::table(here, id, map)),
    }
}

impl Drawing<'_> {
    /// The word for it, and the template `map-WORD.html` that shows it.
    fn template(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::Experience(_) => "experience",
            Self::Empathy(_) => "empathy",
            Self::Blueprint(_) => "blueprint",
            Self::Days(_) => "day",
        }
    }
}

impl<'a> Here<'a> {
    /// The pages whose prose speaks of something: lessons, and all others; of many the first.
    pub fn spoken_of(&self, target: Target) -> (Vec<Link<'a>>, Vec<Link<'a>>) {
        let (lessons, others): (Vec<Target>, Vec<Target>) =
            self.pages.uses.mentions(target, self.lang).iter().partition(|source| matches!(source, Target::Lesson(_)));
        let links = |targets: Vec<Target>| self.capped(MOST_LINKS, targets.into_iter().map(|target| self.link(target)));
        (links(lessons), links(others))
    }

    /// A moment in words: “Moment of truth: Door too narrow, humiliated, −2”.
    pub fn moment_told(&self, felt: &Felt<'a>) -> String {
        let key = if felt.step.moment_of_truth.is_some() { "moment_told_truth" } else { "moment_told" };
        let label = felt.step.label().str(self.lang);
        self.words.fill(key, &[("label", label), ("feeling", &self.feeling_word(felt))])
    }

    /// A feeling in words: “fed up, −1”.
    pub fn feeling_word(&self, felt: &Felt<'a>) -> String {
        let value = self.words.feeling(felt.feeling);
        match &felt.step.feeling {
            Some(word) => self.words.list([word.str(self.lang), &value]),
            None => value.into_owned(),
        }
    }
}

/// More tabs than this are no help to choose.
const MOST_TABS: usize = 5;

/// The same journey seen otherwise: this map, the one it starts from or belongs to, and what starts from that one or
/// belongs to it; before each future state the page that compares it with its baseline. `shown` is the page of the map's
/// that has the tabs.
pub(super) fn views<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &JourneyMap, shown: PageKind) -> Vec<Tab<'a>> {
    let today = map.journey.or(map.baseline().copied()).unwrap_or(id);
    let mut ids: Vec<Id<JourneyMap>> = Vec::with_capacity(MOST_TABS);
    for &other in [id, today].iter().chain(here.pages.uses.views_of(today)) {
        if ids.len() == MOST_TABS {
            break;
        }
        if !ids.contains(&other) {
            ids.push(other);
        }
    }
    if ids.len() < 2 {
        return Vec::new();
    }
    // Where it starts from stands first, whatever the files are called.
    ids.sort_unstable_by_key(|&other| (other != today, other));
    let kind_of = |id: &Id<JourneyMap>| here.handbook[*id].kind();
    let mut tabs = Vec::new();
    for other in &ids {
        let unique = ids.iter().filter(|another| kind_of(another) == kind_of(other)).count() == 1;
        let compared = PageKind::Compare(*other);
        if here.pages.of(compared, here.lang).is_some() {
            let title = match unique {
                true => here.word("tab_compare"),
                false => compare::title(here, *other),
            };
            tabs.push(Tab { href: here.href_to(compared), title, current: compared == shown });
        }
        let title = match unique {
            true => Said::plain(here.words.get(tab_key(kind_of(other)))),
            false => here.title(Target::Map(*other)),
        };
        tabs.push(Tab { href: here.href(Target::Map(*other)), title, current: PageKind::Map(*other) == shown });
    }
    tabs
}

fn tab_key(kind: MapKind) -> &'static str {
    match kind {
        MapKind::Experience => "tab_experience",
        MapKind::CurrentState => "tab_current_state",
        MapKind::FutureState => "tab_future_state",
        MapKind::DayInTheLife => "tab_day_in_the_life",
        MapKind::Empathy => "tab_empathy",
        MapKind::PersonaBased => "tab_persona_based",
        MapKind::ServiceBlueprint => "tab_service_blueprint",
    }
}

fn truths<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> Vec<Truth<'a>> {
    let deciding = map.steps().filter_map(|(_, step)| step.moment_of_truth.as_ref().map(|truth| (step, truth)));
    deciding
        .map(|(step, truth)| Truth {
            href: here.href_at(Target::Map(id), &step.name),
            label: here.said(step.label()),
            why: here.said(&truth.why),
        })
        .collect()
}

/// How many steps of a current-state map are assumptions; a future is made of them, and says so otherwise.
fn assumptions(here: &Here<'_>, map: &JourneyMap) -> Option<String> {
    let assumed = map.steps().filter(|(_, step)| step.is_assumption()).count();
    let says = map.kind() == MapKind::CurrentState && assumed > 0;
    says.then(|| here.words.count_of("steps_assumed", assumed, map.steps().count()))
}

/// Every piece of evidence a map cites, once, at its first place.
pub(super) fn sources(map: &JourneyMap) -> Vec<Id<Insight>> {
    let mut sources = Vec::new();
    let mut cited: Vec<&[Id<Insight>]> = Vec::new();
    for (_, step) in map.steps() {
        cited.push(&step.insights);
        cited.extend(step.pains.iter().map(|pain| pain.insights.as_slice()));
        cited.extend(step.says.iter().map(|quote| quote.insights.as_slice()));
    }
    if let Contents::Empathy(empathy) = &map.contents {
        cited.extend(empathy.evidence());
    }
    if let Some(blueprint) = map.blueprint() {
        cited.extend(blueprint.fail_points.iter().map(|point| point.insights.as_slice()));
    }
    for other in map.crowd().into_iter().flat_map(|crowd| &crowd.differences) {
        cited.extend(other.pains.iter().map(|pain| pain.insights.as_slice()));
        cited.extend(other.says.iter().map(|quote| quote.insights.as_slice()));
    }
    for &insight in cited.into_iter().flatten() {
        if !sources.contains(&insight) {
            sources.push(insight);
        }
    }
    sources
}
