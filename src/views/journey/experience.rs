//! An experience map: stages by lanes like any other, the goal they lead to, and the doors to the maps that show
//! a stage in detail.

use serde::Serialize;

use super::table::{TableView, table};
use crate::model::{Id, JourneyMap};
use crate::views::cards::MapCard;
use crate::views::here::{Here, Said};

/// Stages by lanes, a goal behind the last, a door under each that has one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExperienceView<'a> {
    /// Stages by lanes.
    #[serde(flatten)]
    pub table: TableView<'a>,
    /// Where it all leads; `None` if the author did not say.
    pub goal: Option<Said<'a>>,
    /// For each stage the map that shows it in detail; empty if no stage has one.
    pub doors: Vec<Option<Door<'a>>>,
}

/// The way down to the map that shows a stage in detail.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Door<'a> {
    /// The map.
    #[serde(flatten)]
    pub card: MapCard<'a>,
    /// “average −0.3 · 6 pains”, of the map and of all that it opens; empty if there is nothing to tell.
    pub told: String,
}

/// Draws an experience map.
pub(super) fn experience<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap) -> ExperienceView<'a> {
    let mut table = table(here, id, map);
    let door = |map| Door { card: here.map_card(map), told: here.rolled(map, false) };
    let mut doors: Vec<_> = map.stages.iter().map(|stage| stage.opens.map(door)).collect();
    if doors.iter().all(Option::is_none) {
        doors.clear();
    }
    // The door says where the link leads; a second link in the heading would be heard twice.
    table.stages.iter_mut().for_each(|stage| stage.opens = None);
    ExperienceView { table, goal: map.outcome.as_ref().map(|outcome| here.said(outcome)), doors }
}
