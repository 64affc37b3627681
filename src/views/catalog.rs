//! The touchpoint catalogue: which channel carries what at which stage, and every touchpoint in a row.
//!
//! The grid counts current-state maps only, for it shows what is. Its columns are the stages of the maps that share a
//! stage set, in the set's order; what is met at stages of other maps stands together in a last column.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::touchpoint::Carrier;
use super::uses::StepPlace;
use crate::model::{Feeling, Id, JourneyMap, MapKind, Stage, Target, Team, Text, Touchpoint};

/// The catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogView<'a> {
    /// The columns of the grid; none if no map says where anything is met.
    pub stages: Vec<Said<'a>>,
    /// A row for each channel.
    pub grid: Vec<GridRow<'a>>,
    /// How many touchpoints there are at each stage, and in all.
    pub totals: Vec<usize>,
    /// What readers may choose a channel, a stage and an owner from.
    pub choices: Choices<'a>,
    /// Every touchpoint.
    pub rows: Vec<CatalogRow<'a>>,
    /// “of 26 touchpoints”.
    pub count_said: String,
    /// The short names of the maps.
    pub maps: Vec<MapName<'a>>,
}

/// A channel in the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridRow<'a> {
    /// The channel.
    pub channel: Carrier<'a>,
    /// A cell for each stage.
    pub cells: Vec<GridCell>,
    /// How many touchpoints it carries.
    pub total: usize,
}

/// A channel at a stage.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GridCell {
    /// How many touchpoints.
    pub count: usize,
    /// How they feel on the whole.
    pub feels: Option<Feels>,
    /// Whether a moment of truth happens there.
    pub truth: bool,
}

/// What readers may choose from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choices<'a> {
    /// Channels.
    pub channels: Vec<Choice<'a>>,
    /// Stages.
    pub stages: Vec<Choice<'a>>,
    /// Owners.
    pub owners: Vec<Choice<'a>>,
}

/// One to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice<'a> {
    /// Its id.
    pub value: &'a str,
    /// What readers see.
    pub title: &'a str,
}

/// A touchpoint in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogRow<'a> {
    /// The touchpoint.
    pub link: Link<'a>,
    /// Its channel's id.
    pub channel_id: &'a str,
    /// Its channel.
    pub channel: Option<Carrier<'a>>,
    /// The ids of the stages it is met at, with spaces between.
    pub stage_ids: String,
    /// The stages it is met at.
    pub stages: Vec<At<'a>>,
    /// Its owner's id.
    pub owner_id: &'a str,
    /// Its owner.
    pub owner: Option<Link<'a>>,
    /// How much it matters, 1..=5; 0 if nobody said.
    pub weight: u8,
    /// The same in words.
    pub weight_said: String,
    /// How it feels on the whole.
    pub feels: Option<Feels>,
    /// The same as a place on a scale of 64 pixels.
    pub gauge: Option<String>,
    /// Whether a moment of truth happens there.
    pub truth: bool,
    /// Whether it is only planned.
    pub planned: bool,
    /// The first maps it is met in.
    pub maps: Vec<MapName<'a>>,
    /// How many more there are, in words; its own page has them all.
    pub more_maps: Option<String>,
}

/// How many maps are named in a row, and under the table. All maps in all rows would make the page grow with the
/// square of the handbook.
const MOST_MAPS: usize = 12;

/// A stage with its number in the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct At<'a> {
    /// From 1; `None` for a stage that has no column.
    pub number: Option<usize>,
    /// What it is called.
    pub title: Said<'a>,
}

/// A map under a short name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapName<'a> {
    /// `M1`, `M2` … in the order of the handbook.
    pub short: String,
    /// The map.
    pub link: Link<'a>,
}

/// The catalogue.
pub fn catalog<'a>(here: &Here<'a>) -> CatalogView<'a> {
    let handbook = here.handbook;
    let columns = columns(here);
    let mut grid = Grid::new(&columns, handbook.channels.len());
    let mut rows = Vec::with_capacity(handbook.touchpoints.len());
    for (id, touchpoint) in handbook.touchpoints.entries() {
        let places = here.pages.uses.touchpoint(id);
        if let Some(channel) = touchpoint.channel {
            grid.count(here, channel.index(), places);
        }
        rows.push(row(here, id, &columns, places));
    }
    // In the order a customer meets them; what is in no map comes last.
    let first = |row: &CatalogRow<'_>| row.stages.first().map_or(usize::MAX, |at| at.number.unwrap_or(usize::MAX - 1));
    rows.sort_by_key(first);
    let mut stages: Vec<Said<'a>> = columns.iter().map(|(_, title)| here.said(title)).collect();
    if grid.has_others() {
        stages.push(here.word("other_stages"));
    }
    let grid_rows = handbook.channels.entries().map(|(id, _)| GridRow {
        channel: here.carrier(id),
        cells: grid.row(here, id.index(), stages.len()),
        total: here.pages.uses.carried(id).len(),
    });
    let mut totals = grid.totals(stages.len());
    totals.push(handbook.touchpoints.len());
    CatalogView {
        grid: if stages.is_empty() { Vec::new() } else { grid_rows.collect() },
        totals,
        choices: choices(here, &columns),
        count_said: here.words.count("of_touchpoints", rows.len()),
        maps: legend(&rows),
        rows,
        stages,
    }
}

/// The stages that have a column, by name and title.
pub(super) fn columns<'a>(here: &Here<'a>) -> Vec<(&'a str, &'a Text)> {
    let handbook = here.handbook;
    let current = || handbook.maps.iter().filter(|map| map.kind() == MapKind::CurrentState);
    let shared = current().any(|map| map.stage_set.is_some());
    let maps = current().filter(|map| !shared || map.stage_set.is_some());
    let sets = maps.clone().filter_map(|map| map.stage_set);
    let named =
        sets.flat_map(|set| &handbook.settings.stage_sets[set].stages).map(|(name, title)| (name.as_str(), title));
    let drawn =
        maps.flat_map(|map: &'a JourneyMap| &map.stages).map(|stage: &'a Stage| (stage.name.as_str(), &stage.title));
    let mut columns: Vec<(&str, &Text)> = Vec::new();
    for (name, title) in named.chain(drawn) {
        if columns.iter().all(|(known, _)| *known != name) {
            columns.push((name, title));
        }
    }
    columns
}

/// Touchpoints and feelings by channel and column.
struct Grid<'c> {
    columns: &'c [(&'c str, &'c Text)],
    cells: Vec<Vec<Tally>>,
}

#[derive(Debug, Clone, Default)]
struct Tally {
    count: usize,
    feelings: Vec<Feeling>,
    truth: bool,
}

impl<'c> Grid<'c> {
    /// The last column is for all other stages.
    fn new(columns: &'c [(&'c str, &'c Text)], channels: usize) -> Self {
        Self { columns, cells: vec![vec![Tally::default(); columns.len() + 1]; channels] }
    }

    fn count(&mut self, here: &Here<'_>, channel: usize, places: &[StepPlace]) {
        let mut seen = Vec::new();
        for place in places.iter().filter(|place| here.handbook[place.map].kind() == MapKind::CurrentState) {
            let stage = &here.handbook[place.map].stages[place.stage];
            let known = self.columns.iter().position(|(name, _)| *name == stage.name);
            let column = known.unwrap_or(self.columns.len());
            let tally = &mut self.cells[channel][column];
            if !seen.contains(&column) {
                seen.push(column);
                tally.count += 1;
            }
            let step = here.step(*place);
            tally.feelings.extend(step.feels);
            tally.truth |= step.moment_of_truth.is_some();
        }
    }

    fn has_others(&self) -> bool {
        self.cells.iter().any(|row| row[self.columns.len()].count > 0)
    }

    fn row(&self, here: &Here<'_>, channel: usize, columns: usize) -> Vec<GridCell> {
        let cell = |tally: &Tally| GridCell {
            count: tally.count,
            feels: here.mean(tally.feelings.iter().copied()),
            truth: tally.truth,
        };
        self.cells[channel].iter().take(columns).map(cell).collect()
    }

    fn totals(&self, columns: usize) -> Vec<usize> {
        (0..columns).map(|column| self.cells.iter().map(|row| row[column].count).sum()).collect()
    }
}

fn row<'a>(
    here: &Here<'a>,
    id: Id<Touchpoint>,
    columns: &[(&'a str, &'a Text)],
    places: &[StepPlace],
) -> CatalogRow<'a> {
    let handbook = here.handbook;
    let touchpoint = &handbook[id];
    let mut met: Vec<(Option<usize>, &Stage)> = Vec::new();
    let mut maps: Vec<Id<JourneyMap>> = Vec::new();
    for place in places {
        let stage = &handbook[place.map].stages[place.stage];
        let number = columns.iter().position(|(name, _)| *name == stage.name).map(|index| index + 1);
        if met.iter().all(|(_, known)| known.name != stage.name) {
            met.push((number, stage));
        }
        if maps.last() != Some(&place.map) {
            maps.push(place.map);
        }
    }
    met.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
    // Where a map with the shared stages says it, stages of other maps need not be named as well.
    if met.iter().any(|(number, _)| number.is_some()) {
        met.retain(|(number, _)| number.is_some());
    }
    let mean = Feeling::mean(here.feelings_at(places));
    let weight = here.weight(touchpoint.importance);
    let more = maps.len().saturating_sub(MOST_MAPS);
    maps.truncate(MOST_MAPS);
    CatalogRow {
        more_maps: (more > 0).then(|| here.words.count("more_maps", more)),
        link: here.link(Target::Touchpoint(id)),
        channel_id: touchpoint.channel.map_or("", |channel| &handbook[channel].name),
        channel: touchpoint.channel.map(|channel| here.carrier(channel)),
        stage_ids: met.iter().map(|(_, stage)| stage.name.as_str()).collect::<Vec<_>>().join(" "),
        stages: met.iter().map(|(number, stage)| At { number: *number, title: here.said(&stage.title) }).collect(),
        owner_id: touchpoint.item.owner.map_or("", |team| &handbook[team].name),
        owner: here.owner(touchpoint.item.owner),
        weight,
        weight_said: here.words.fill("weight_of_five", &[("n", &weight.to_string())]),
        gauge: mean.map(|mean| format!("{}", ((32.0 + 14.0 * mean.value()) * 10.0).round() / 10.0)),
        feels: mean.map(|mean| here.feels(mean)),
        truth: places.iter().any(|place| here.is_real(*place) && here.step(*place).moment_of_truth.is_some()),
        planned: touchpoint.status == crate::model::TouchpointStatus::Planned,
        maps: maps.into_iter().map(|map| name(here, map)).collect(),
    }
}

/// What the short names in the rows stand for.
fn legend<'a>(rows: &[CatalogRow<'a>]) -> Vec<MapName<'a>> {
    let mut names: Vec<MapName<'a>> = rows.iter().flat_map(|row| &row.maps).cloned().collect();
    names.sort_by(|a, b| (a.short.len(), &a.short).cmp(&(b.short.len(), &b.short)));
    names.dedup_by(|a, b| a.short == b.short);
    names
}

fn name<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> MapName<'a> {
    MapName { short: format!("M{}", id.index() + 1), link: here.link(Target::Map(id)) }
}

fn choices<'a>(here: &Here<'a>, columns: &[(&'a str, &'a Text)]) -> Choices<'a> {
    let handbook = here.handbook;
    let channels = handbook.channels.entries().filter(|(id, _)| !here.pages.uses.carried(*id).is_empty());
    let mut owners: Vec<Id<Team>> =
        handbook.touchpoints.iter().filter_map(|touchpoint| touchpoint.item.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let choice = |value: &'a str, title: &'a Text| Choice { value, title: title.str(here.lang) };
    Choices {
        channels: channels.map(|(_, channel)| choice(&channel.name, &channel.title)).collect(),
        stages: columns.iter().map(|(name, title)| choice(name, title)).collect(),
        owners: owners.into_iter().map(|team| choice(&handbook[team].name, &handbook[team].title)).collect(),
    }
}
