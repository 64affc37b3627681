//! A map as a table: stages across, the curve under their names, and a row for each lane.

use serde::Serialize;

use super::crowd::{self, CrowdView};
use crate::model::{Id, JourneyMap, Lane};
use crate::views::curve::{Curve, Room};
use crate::views::felt::{Felt, Spark, felt_in};
use crate::views::here::{Feels, Here, Said};
use crate::views::lanes::{self, Column, Row};
use crate::views::paths::PathsRow;
use crate::views::rollup::Opened;

/// Stages by lanes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableView<'a> {
    /// What it shows, for those who do not see it.
    pub caption: String,
    /// The columns.
    pub stages: Vec<StageView<'a>>,
    /// How it feels, for small screens.
    pub glance: Option<Spark>,
    /// The part of the curve's drawing that the glance shows, as SVG has it: the glance has no line of its own then. Empty
    /// where it has one.
    pub glance_box: String,
    /// “Feeling, stages 1 to 7”.
    pub glance_said: String,
    /// The curve; `None` if the lane is not wanted or nobody said how it feels.
    pub curve: Option<Curve>,
    /// The paths; `None` where every step simply leads to the next.
    pub paths: Option<PathsRow>,
    /// The rows, side by side of the table: first what the customer does and thinks, then what we do about it.
    pub bands: Vec<Band<'a>>,
    /// The people of a persona-based map.
    pub crowd: Option<CrowdView<'a>>,
    /// Whether a stage is to be fixed first.
    pub hot: bool,
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
    pub opens: Option<Opened<'a>>,
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
    /// The heading.
    pub title: &'a str,
    /// The rows.
    pub rows: Vec<Row<'a>>,
}

/// Draws a map as a table.
pub(super) fn table<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> TableView<'a> {
    let count = map.stages.len();
    let moments = felt_in(map);
    let mut table = rows(here, (id, map), &moments, &here.tell_beside_turns(&moments));
    if map.crowd().is_some() {
        crowd::overlay(here, (id, map), &mut table);
    } else if lanes::drawn(here, map).contains(&Lane::Feelings) {
        table.curve = here.curve(&moments, Room::map(count), true);
        table.glance = here.spark_over(&moments, count, 72.0);
        if let (Some(curve), Some(glance)) = (&table.curve, &table.glance)
            && !curve.line.is_empty()
        {
            table.glance_box = glance.drawing.within(curve);
        }
    }
    table
}

/// The same without the drawings of how it feels, which is told by its `moments`.
pub(in crate::views) fn plain<'a>(
    here: &Here<'a>,
    id: Id<JourneyMap>,
    map: &'a JourneyMap,
    moments: &[Felt<'a>],
) -> TableView<'a> {
    // Nothing stands beside it.
    rows(here, (id, map), moments, &here.tell(moments))
}

fn rows<'a>(
    here: &Here<'a>,
    (id, map): (Id<JourneyMap>, &'a JourneyMap),
    moments: &[Felt<'a>],
    told: &str,
) -> TableView<'a> {
    let lanes = lanes::drawn(here, map);
    let columns: Vec<Column<'a>> =
        map.stages.iter().map(|stage| Column { stage, steps: &stage.steps, first: true }).collect();
    let rows: Vec<(bool, Row<'a>)> = (lanes.iter())
        .filter_map(|lane| {
            let row = lanes::row(here, (id, map), lane, &columns);
            let row = row.or_else(|| crowd::row(here, map, lane, &columns))?;
            Some((lanes::is_customers(here, lane), row))
        })
        .collect();
    let has_actions = rows.iter().any(|(_, row)| row.shows == "actions");
    let has_curve = lanes.contains(&Lane::Feelings) && !moments.is_empty();
    TableView {
        caption: caption(here, map, told),
        stages: stages(here, map, moments, has_actions, has_curve),
        glance: None,
        glance_box: String::new(),
        glance_said: here.words.fill("glance", &[("n", &map.stages.len().to_string())]),
        curve: None,
        paths: here.paths(map, Room::map(map.stages.len()).narrowest),
        bands: bands(here, rows),
        crowd: None,
        hot: map.stages.iter().any(|stage| stage.fix_first),
    }
}

/// What a table shows, for those who do not see it; `told` is how it feels, in words.
pub(super) fn caption(here: &Here<'_>, map: &JourneyMap, told: &str) -> String {
    let words = here.words;
    let stages = words.count("stages_count", map.stages.len());
    words
        .fill("map_caption", &[("kind", here.map_kind(map)), ("stages", &stages), ("curve", told)])
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
                opens: stage.opens.map(|map| here.opened(map)),
                duration: stage.duration.as_ref().map(|duration| here.said(duration)),
                feels: here.mean(stage.steps.iter().filter_map(|step| step.feels)),
                hot: stage.fix_first,
                moments: moments.collect(),
                anchors: stage.steps.iter().filter(lost).map(|step| step.name.as_str()).collect(),
            }
        })
        .collect()
}

/// The customer's side, and ours.
fn bands<'a>(here: &Here<'a>, rows: Vec<(bool, Row<'a>)>) -> Vec<Band<'a>> {
    let (theirs, ours): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(customers, _)| *customers);
    [("band_customer", theirs), ("band_ours", ours)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(key, rows)| Band { title: here.words.get(key), rows: rows.into_iter().map(|(_, row)| row).collect() })
        .collect()
}
