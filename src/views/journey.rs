//! A map's page: the curve, the rows under it, and what it all rests on.

use serde::Serialize;

use super::cards::MapCard;
use super::curve::{Curve, Room};
use super::felt::{Coverage, Felt, Spark, felt_in};
use super::here::{Feels, Here, Link, Said};
use super::lanes::{self, Column, Row};
use super::parts::{Review, Source, Who};
use crate::model::{Id, Insight, JourneyMap, Lane, MapKind, Target};

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
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// Who keeps it true, where no review says so.
    pub owner: Option<Link<'a>>,
    /// How many of its statements have evidence.
    pub coverage: Option<Coverage>,
    /// This and the other maps of the same journey; empty if there is only this one.
    pub views: Vec<Tab<'a>>,
    /// What it shows, for those who do not see it.
    pub caption: String,
    /// The columns.
    pub stages: Vec<StageView<'a>>,
    /// How it feels, for small screens.
    pub glance: Option<Spark>,
    /// “Feeling, stages 1 to 7”.
    pub glance_said: String,
    /// The curve; `None` if the lane is not wanted or nobody said how it feels.
    pub curve: Option<Curve>,
    /// The rows, side by side of the table: first what the customer does and thinks, then what we do about it.
    pub bands: Vec<Band<'a>>,
    /// What happens, in a sentence.
    pub scenario: Option<Said<'a>>,
    /// Why the map exists.
    pub purpose: Option<Said<'a>>,
    /// How the experience ends.
    pub outcome: Option<Said<'a>>,
    /// The map a future state starts from.
    pub baseline: Option<Link<'a>>,
    /// The steps that decide, and why.
    pub truths: Vec<Truth<'a>>,
    /// Whether a stage is to be fixed first.
    pub hot: bool,
    /// The evidence, each piece once.
    pub sources: Vec<Source<'a>>,
    /// Lessons that teach it.
    pub lessons: Vec<Link<'a>>,
    /// Other pages that speak of it.
    pub mentions: Vec<Link<'a>>,
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

/// A column of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageView<'a> {
    /// Its id, to link to.
    pub id: &'a str,
    /// Its place, from 1.
    pub number: usize,
    /// What readers call it.
    pub name: Said<'a>,
    /// The map that shows it in detail.
    pub opens: Option<Link<'a>>,
    /// How long it takes.
    pub duration: Option<Said<'a>>,
    /// How it feels on the whole.
    pub feels: Option<Feels>,
    /// Whether it is the one to fix first.
    pub hot: bool,
    /// Its moments.
    pub moments: Vec<MomentView<'a>>,
    /// Ids of steps that stand in no row, to link to all the same.
    pub anchors: Vec<&'a str>,
}

/// A step with a feeling, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentView<'a> {
    /// The step's id, where no other element has it.
    pub id: Option<&'a str>,
    /// How it felt.
    pub face: i8,
    /// What happened.
    pub label: Said<'a>,
    /// The feeling in words: “fed up, −1”.
    pub word: String,
    /// Whether it wins or loses the persona.
    pub truth: bool,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band<'a> {
    /// The heading; `None` for a map that is read straight down.
    pub title: Option<&'a str>,
    /// The rows.
    pub rows: Vec<Row<'a>>,
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
    /// The maps.
    pub maps: Vec<MapCard<'a>>,
}

/// The list of maps.
pub fn maps<'a>(here: &Here<'a>) -> MapsView<'a> {
    MapsView { maps: here.handbook.maps.entries().map(|(id, _)| here.map_card(id)).collect() }
}

/// A map's page.
pub fn map<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> MapView<'a> {
    let map = &here.handbook[id];
    let words = here.words;
    let said = |text: &'a Option<crate::model::Text>| text.as_ref().map(|text| here.said(text));
    let lanes = if map.lanes.is_empty() { lanes::USUAL.as_slice() } else { map.lanes.as_slice() };
    let moments = felt_in(map);
    let columns: Vec<Column<'a>> =
        map.stages.iter().map(|stage| Column { stage, steps: &stage.steps, first: true }).collect();
    let rows: Vec<(bool, Row<'a>)> = (lanes.iter())
        .filter_map(|lane| {
            let row = lanes::row(here, (id, map), lane, &columns)?;
            Some((lanes::is_customers(lane), lined(here, map, lane, row)))
        })
        .collect();
    let has_actions = rows.iter().any(|(_, row)| row.shows == "actions");
    let curve =
        lanes.contains(&Lane::Feelings).then(|| here.curve(&moments, Room::map(map.stages.len()), true)).flatten();
    let (lessons, mentions) = here.spoken_of(Target::Map(id));
    MapView {
        kind: map.kind.name(),
        kind_said: here.map_kind(map),
        finding: said(&map.finding),
        who: map.persona.map(|persona| here.who(persona)),
        review: here.review(&map.item),
        owner: here.owner(map.item.owner),
        coverage: here.coverage(map),
        views: views(here, id, map),
        caption: caption(here, map, &moments),
        stages: stages(here, map, &moments, has_actions, curve.is_some()),
        glance: here.spark(map, 72.0).filter(|_| curve.is_some()),
        glance_said: words.fill("glance", &[("n", &map.stages.len().to_string())]),
        curve,
        bands: bands(here, map, rows),
        scenario: said(&map.scenario),
        purpose: said(&map.purpose),
        outcome: said(&map.outcome),
        baseline: map.baseline.map(|map| here.link(Target::Map(map))),
        truths: truths(here, id, map),
        hot: map.stages.iter().any(|stage| stage.fix_first),
        sources: sources(map).into_iter().map(|insight| here.source(insight)).collect(),
        lessons,
        mentions,
    }
}

impl<'a> Here<'a> {
    /// The pages whose prose speaks of something: lessons, and all others.
    pub fn spoken_of(&self, target: Target) -> (Vec<Link<'a>>, Vec<Link<'a>>) {
        let (lessons, others): (Vec<Target>, Vec<Target>) =
            self.pages.uses.mentions(target).iter().partition(|source| matches!(source, Target::Lesson(_)));
        let links = |targets: Vec<Target>| targets.into_iter().map(|target| self.link(target)).collect();
        (links(lessons), links(others))
    }

    /// A moment in words: “Moment of truth: Door too narrow, humiliated, −2”.
    pub fn moment_told(&self, felt: &Felt<'a>) -> String {
        let key = if felt.step.moment_of_truth.is_some() { "moment_told_truth" } else { "moment_told" };
        let label = felt.step.label().str(self.lang);
        self.words.fill(key, &[("label", label), ("feeling", &self.feeling_word(felt))])
    }

    /// A feeling in words: “fed up, −1”.
    fn feeling_word(&self, felt: &Felt<'a>) -> String {
        let value = self.words.feeling(felt.feeling);
        match &felt.step.feeling {
            Some(word) => self.words.list([word.str(self.lang), &value]),
            None => value,
        }
    }
}

fn caption<'a>(here: &Here<'a>, map: &'a JourneyMap, moments: &[Felt<'a>]) -> String {
    let words = here.words;
    let told = here.tell(moments);
    let stages = words.count("stages_count", map.stages.len());
    words
        .fill("map_caption", &[("kind", here.map_kind(map)), ("stages", &stages), ("curve", &told)])
        .trim_end()
        .to_owned()
}

fn stages<'a>(
    here: &Here<'a>,
    map: &'a JourneyMap,
    felt: &[Felt<'a>],
    has_actions: bool,
    has_curve: bool,
) -> Vec<StageView<'a>> {
    let stages = map.stages.iter().enumerate();
    stages
        .map(|(index, stage)| {
            let moments = felt.iter().filter(|felt| felt.column == index).map(|felt| MomentView {
                id: (!has_actions && map.has_own_place(felt.step)).then_some(felt.step.name.as_str()),
                face: felt.feeling.face(),
                label: here.said(felt.step.label()),
                word: here.feeling_word(felt),
                truth: felt.step.moment_of_truth.is_some(),
            });
            let lost = |step: &&crate::model::Step| {
                !(has_actions || has_curve && step.feels.is_some()) && map.has_own_place(step)
            };
            StageView {
                id: &stage.name,
                number: index + 1,
                name: here.said(&stage.title),
                opens: stage.opens.map(|map| here.link(Target::Map(map))),
                duration: stage.duration.as_ref().map(|duration| here.said(duration)),
                feels: here.mean(stage.steps.iter().filter_map(|step| step.feels)),
                hot: stage.fix_first,
                moments: moments.collect(),
                anchors: stage.steps.iter().filter(lost).map(|step| step.name.as_str()).collect(),
            }
        })
        .collect()
}

/// A blueprint is read straight down; all other maps tell the customer's side from ours.
fn bands<'a>(here: &Here<'a>, map: &JourneyMap, rows: Vec<(bool, Row<'a>)>) -> Vec<Band<'a>> {
    if map.kind == MapKind::ServiceBlueprint {
        return vec![Band { title: None, rows: rows.into_iter().map(|(_, row)| row).collect() }];
    }
    let (theirs, ours): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(customers, _)| *customers);
    [("band_customer", theirs), ("band_ours", ours)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(key, rows)| Band {
            title: Some(here.words.get(key)),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        })
        .collect()
}

/// A row with the line that stands above it in a service blueprint.
fn lined<'a>(here: &Here<'a>, map: &JourneyMap, lane: &Lane, row: Row<'a>) -> Row<'a> {
    let (line, key) = match lane {
        _ if map.kind != MapKind::ServiceBlueprint => return row,
        Lane::Frontstage => ("interaction", "line_interaction"),
        Lane::Backstage => ("visibility", "line_visibility"),
        Lane::Support => ("internal", "line_internal"),
        _ => return row,
    };
    Row { line: Some(line), line_said: here.words.get(key), ..row }
}

/// More tabs than this are no help to choose.
const MOST_TABS: usize = 5;

/// The same journey today and tomorrow: this map, the one it starts from, and those that start from that one.
fn views<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &JourneyMap) -> Vec<Tab<'a>> {
    let today = map.baseline.unwrap_or(id);
    let mut ids: Vec<Id<JourneyMap>> = Vec::with_capacity(MOST_TABS);
    for &other in [id, today].iter().chain(here.pages.uses.futures_of(today)) {
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
    ids.sort_unstable();
    let kind_of = |id: &Id<JourneyMap>| here.handbook[*id].kind;
    ids.iter()
        .map(|other| {
            let unique = ids.iter().filter(|another| kind_of(another) == kind_of(other)).count() == 1;
            let title = match unique {
                true => Said::plain(here.words.get(tab_key(kind_of(other)))),
                false => here.title(Target::Map(*other)),
            };
            Tab { href: here.href(Target::Map(*other)), title, current: *other == id }
        })
        .collect()
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

/// Every piece of evidence a map cites, once, at its first place.
fn sources(map: &JourneyMap) -> Vec<Id<Insight>> {
    let mut sources = Vec::new();
    for (_, step) in map.steps() {
        for &insight in step.insights.iter().chain(step.pains.iter().flat_map(|pain| &pain.insights)) {
            if !sources.contains(&insight) {
                sources.push(insight);
            }
        }
    }
    sources
}
