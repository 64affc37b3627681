//! A service blueprint: a column for each step, cards from what the customer sees down to systems, and arrows between.
//!
//! The rows of work stand together in one order, with the lines between them, so that an arrow never has to cross
//! anything else. Other lanes stand above them if a map names them before the first row of acts, and below if after.

use serde::Serialize;

use super::breaks::{Breaks, FailView, WaitView};
use super::levels::{ACTS, CORE, Card, Level, Place, levels};
use super::table::MomentView;
use crate::model::kinds::Blueprint;
use crate::model::{Id, JourneyMap, Lane, Stage, Step, Target};
use crate::views::curve::{Curve, Room};
use crate::views::felt::{Felt, Spark, felt};
use crate::views::here::{Feels, Here, Link, Said};
use crate::views::lanes::{self, Column};

/// Steps by lanes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlueprintView<'a> {
    /// What it shows, for those who do not see it.
    pub caption: String,
    /// The stages over the columns; empty where a single one would say nothing.
    pub stages: Vec<Over<'a>>,
    /// The columns.
    pub columns: Vec<StepView<'a>>,
    /// How it feels, for small screens.
    pub glance: Option<Spark>,
    /// “Feeling, steps 1 to 7”.
    pub glance_said: String,
    /// The curve; `None` if the lane is not wanted or nobody said how it feels.
    pub curve: Option<Curve>,
    /// The rows, top to bottom, with the lines between them.
    pub rows: Vec<Level<'a>>,
    /// What breaks, in the order of the author.
    pub fails: Vec<FailView<'a>>,
    /// Who waits, column by column and down each.
    pub waits: Vec<WaitView<'a>>,
    /// Whether a stage among several is to be fixed first.
    pub hot: bool,
}

/// A stage over its columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Over<'a> {
    /// What readers call it.
    pub name: Said<'a>,
    /// How many columns it is over, from 1.
    pub columns: usize,
    /// The map that shows it in detail.
    pub opens: Option<Link<'a>>,
    /// How long it takes.
    pub duration: Option<Said<'a>>,
    /// Whether it is the one to fix first.
    pub hot: bool,
}

/// The head of a column: a step, or a stage without any.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepView<'a> {
    /// The step's id; `None` where links to it mean a stage.
    pub id: Option<&'a str>,
    /// The stage's id, at its first column.
    pub stage_id: Option<&'a str>,
    /// The stage, at its first column where there are several.
    pub stage: Option<Said<'a>>,
    /// Its place, from 1.
    pub number: usize,
    /// What happens, in a few words.
    pub name: Said<'a>,
    /// The map that shows it in detail.
    pub opens: Option<Link<'a>>,
    /// When it happens.
    pub when: Option<Said<'a>>,
    /// How it feels.
    pub feels: Option<Feels>,
    /// The feeling, where a curve is drawn.
    pub moment: Option<MomentView<'a>>,
    /// Whether it wins or loses the persona.
    pub truth: bool,
    /// Whether it stands in the stage to fix first, among several.
    pub hot: bool,
    /// What would stand in the customer's card, if there is something and no such card.
    pub card: Option<Card<'a>>,
}

/// Draws a service blueprint.
pub(super) fn blueprint<'a>(
    here: &Here<'a>,
    (id, map): (Id<JourneyMap>, &'a JourneyMap),
    blueprint: &'a Blueprint,
) -> BlueprintView<'a> {
    let places = places(map);
    let columns: Vec<Column<'a>> = places.iter().map(|place| place.column).collect();
    let lanes = if map.lanes.is_empty() { CORE.as_slice() } else { map.lanes.as_slice() };
    let mut breaks = Breaks::new(here, (id, map), blueprint);
    let (cards, core) = levels(here, (id, map), blueprint, &places, lanes, &mut breaks);

    let moments = felt(columns.iter().map(|column| (column.stage, column.steps)));
    let hot = places.iter().any(|place| place.hot);
    let curve = lanes.contains(&Lane::Feelings).then(|| here.curve(&moments, Room::map(places.len()), hot)).flatten();
    let heads = places.iter().zip(cards).enumerate().map(|(index, (place, card))| {
        let felt = moments.iter().find(|felt| felt.column == index).filter(|_| curve.is_some());
        StepView { moment: felt.map(|felt| moment(here, felt)), card, ..head(here, map, index, place) }
    });
    let heads = heads.collect();
    let (above, below) = others(lanes);
    let other = |lane: &Lane| match lane {
        Lane::Feelings => curve.is_some().then_some(Level::Curve),
        lane => {
            let mut row = lanes::row(here, (id, map), lane, &columns)?;
            row.cells.iter_mut().for_each(|cell| cell.hot &= hot);
            Some(Level::Lane(row))
        }
    };
    let mut rows: Vec<Level<'a>> = above.iter().filter_map(other).collect();
    rows.extend(core);
    rows.extend(below.iter().filter_map(other));
    BlueprintView {
        caption: caption(here, map, &moments, places.len()),
        stages: stages(here, map, hot),
        columns: heads,
        glance: here.spark_over(&moments, places.len(), 72.0),
        glance_said: here.words.fill("glance_steps", &[("n", &places.len().to_string())]),
        rows,
        fails: breaks.fails(),
        waits: breaks.waits,
        curve,
        hot,
    }
}

/// A column for each step, and one for a stage without any.
fn places(map: &JourneyMap) -> Vec<Place<'_>> {
    let several = map.stages.len() > 1;
    let mut places = Vec::new();
    for stage in &map.stages {
        let hot = several && stage.fix_first;
        if stage.steps.is_empty() {
            places.push(Place { column: Column { stage, steps: &[], first: true }, step: None, hot });
        }
        for (index, step) in stage.steps.iter().enumerate() {
            let column = Column { stage, steps: std::slice::from_ref(step), first: index == 0 };
            places.push(Place { column, step: Some(step), hot });
        }
    }
    places
}

fn stages<'a>(here: &Here<'a>, map: &'a JourneyMap, hot: bool) -> Vec<Over<'a>> {
    if map.stages.len() < 2 && map.stages.iter().all(|stage| stage.opens.is_none()) {
        return Vec::new();
    }
    let over = |stage: &'a Stage| Over {
        name: here.said(&stage.title),
        columns: stage.steps.len().max(1),
        opens: stage.opens.map(|map| here.link(Target::Map(map))),
        duration: stage.duration.as_ref().map(|duration| here.said(duration)),
        hot: hot && stage.fix_first,
    };
    map.stages.iter().map(over).collect()
}

fn caption<'a>(here: &Here<'a>, map: &'a JourneyMap, moments: &[Felt<'a>], steps: usize) -> String {
    let steps = here.words.count("steps_count", steps);
    let told = here.tell_beside_turns(moments);
    let holes = [("kind", here.map_kind(map)), ("steps", &*steps), ("curve", &told)];
    here.words.fill("blueprint_caption", &holes).trim_end().to_owned()
}

fn moment<'a>(here: &Here<'a>, felt: &Felt<'a>) -> MomentView<'a> {
    MomentView {
        id: None,
        face: felt.feeling.face(),
        label: here.said(felt.step.label()),
        word: here.feeling_word(felt),
        truth: felt.step.moment_of_truth.is_some(),
    }
}

/// The lanes that are no rows of cards, each once: those above the cards, and those below.
fn others(lanes: &[Lane]) -> (Vec<Lane>, Vec<Lane>) {
    let first = |of: &[Lane]| lanes.iter().position(|lane| of.contains(lane));
    let turn = first(&CORE[ACTS..]).or_else(|| first(&CORE)).unwrap_or(lanes.len());
    let (mut above, mut below): (Vec<Lane>, Vec<Lane>) = (Vec::new(), Vec::new());
    for (index, lane) in lanes.iter().enumerate() {
        if CORE.contains(lane) || lanes[..index].contains(lane) {
            continue;
        }
        if index < turn { above.push(lane.clone()) } else { below.push(lane.clone()) }
    }
    (above, below)
}

fn head<'a>(here: &Here<'a>, map: &JourneyMap, index: usize, place: &Place<'a>) -> StepView<'a> {
    let Place { column: Column { stage, first, .. }, step, hot } = *place;
    StepView {
        id: step.filter(|step| map.has_own_place(step)).map(|step| step.name.as_str()),
        stage_id: first.then_some(stage.name.as_str()),
        stage: (first && map.stages.len() > 1 && step.is_some()).then(|| here.said(&stage.title)),
        number: index + 1,
        name: here.said(step.map_or(&stage.title, Step::label)),
        opens: step.map_or(stage.opens, |step| step.opens).map(|map| here.link(Target::Map(map))),
        when: step.and_then(|step| step.when.as_ref()).map(|when| here.said(when)),
        feels: step.and_then(|step| step.feels).map(|feeling| here.feels(feeling)),
        moment: None,
        truth: step.is_some_and(|step| step.moment_of_truth.is_some()),
        hot,
        card: None,
    }
}
