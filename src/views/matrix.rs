//! Channel by stage: which touchpoints a channel carries where, for one map or for the whole handbook.
//!
//! One tally serves all: the grid under a map, the grid of the catalogue, the matrix of all channels, a channel's own page
//! and what could stand in for a touchpoint. Maps that show what shall be are left out of the handbook's.

use serde::Serialize;

use super::here::{Feels, Here};
use super::stages::Line;
use super::steps::Steps;
use super::uses::{StepPlace, Uses};
use crate::model::{Channel, Feeling, Handbook, Id, JourneyMap, Touchpoint, settle};

/// Channels by columns.
#[derive(Debug, Clone, Default, Hash)]
pub struct Matrix {
    columns: usize,
    cells: Vec<Cell>,
}

/// What a channel carries at a stage.
#[derive(Debug, Clone, Default, Hash)]
pub struct Cell {
    /// Each touchpoint once, in the order of the handbook or of the map.
    pub met: Vec<Met>,
}

/// A touchpoint in a cell.
#[derive(Debug, Clone, Hash)]
pub struct Met {
    /// The touchpoint.
    pub touchpoint: Id<Touchpoint>,
    /// The steps that meet it there, at least one.
    pub places: Vec<StepPlace>,
}

/// A cell as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GridCell {
    /// How many touchpoints; 0 is a gap.
    pub count: usize,
    /// The mean of the feelings at all steps that meet them there; `None` if nobody said.
    pub feels: Option<Feels>,
    /// How many moments of truth.
    pub truths: usize,
    /// The same in words; empty of none.
    pub truths_said: String,
    /// What the channel carries there, on its own page; `None` where that does not tell of it.
    pub href: Option<String>,
}

impl Matrix {
    /// The matrix of a handbook: a column for each stage of the line, and a last one for all others.
    pub fn of(handbook: &Handbook, line: &Line, steps: &Steps, uses: &Uses) -> Self {
        let mut matrix = Self::new(handbook, line.columns().len() + 1);
        for (id, touchpoint) in handbook.touchpoints.entries() {
            let Some(channel) = touchpoint.channel else { continue };
            for place in steps.today(uses.touchpoint(id)) {
                let column = steps.column(place).unwrap_or(line.columns().len());
                matrix.cells[channel.index() * matrix.columns + column].add(id, place);
            }
        }
        matrix.cells.iter_mut().flat_map(|cell| &mut cell.met).for_each(|met| settle(&mut met.places));
        matrix
    }

    /// The matrix of a map: what its own steps meet, and each of several personas who lives one otherwise, with a column for each of its stages.
    pub fn of_map(handbook: &Handbook, id: Id<JourneyMap>) -> Self {
        let map = &handbook[id];
        let mut matrix = Self::new(handbook, map.stages.len());
        let mut at = 0;
        for (column, stage) in map.stages.iter().enumerate() {
            for (number, step) in stage.steps.iter().enumerate() {
                let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
                let others = others.filter(|other| other.step.index() == at);
                let otherwise = others.map(|other| (other.meets(step.touchpoint), Some(other.persona)));
                for (touchpoint, by) in std::iter::once((step.touchpoint, None)).chain(otherwise) {
                    let Some(touchpoint) = touchpoint else { continue };
                    let Some(channel) = handbook[touchpoint].channel else { continue };
                    let place = StepPlace::new(id, column, number).lived_by(by);
                    matrix.cells[channel.index() * matrix.columns + column].add(touchpoint, place);
                }
                at += 1;
            }
        }
        matrix
    }

    fn new(handbook: &Handbook, columns: usize) -> Self {
        Self { columns, cells: vec![Cell::default(); columns * handbook.channels.len()] }
    }

    /// The cells of a channel, one for each column; of the handbook's matrix the last is for other stages.
    pub fn row(&self, channel: Id<Channel>) -> &[Cell] {
        &self.cells[channel.index() * self.columns..][..self.columns]
    }

    /// How many touchpoints all channels carry in a column. A touchpoint has one channel, so none counts twice.
    pub fn total(&self, column: usize) -> usize {
        self.cells.iter().skip(column).step_by(self.columns.max(1)).map(|cell| cell.met.len()).sum()
    }
}

impl Cell {
    fn add(&mut self, touchpoint: Id<Touchpoint>, place: StepPlace) {
        match self.met.iter_mut().rev().find(|met| met.touchpoint == touchpoint) {
            Some(met) => met.places.push(place),
            None => self.met.push(Met { touchpoint, places: vec![place] }),
        }
    }

    /// Every place where one of its touchpoints is met.
    pub fn places(&self) -> impl Iterator<Item = StepPlace> {
        self.met.iter().flat_map(|met| &met.places).copied()
    }

    /// The mean feeling; `None` if nobody said.
    pub fn average(&self, handbook: &Handbook, steps: &Steps) -> Option<Feeling> {
        Feeling::mean(self.places().filter_map(|place| steps.feels(handbook, place)))
    }
}

impl Here<'_> {
    /// A cell as it is shown, with the way to what is carried there.
    pub fn grid_cell(&self, cell: &Cell, href: Option<String>) -> GridCell {
        let truths = self.pages.steps.truths(cell.places());
        // Most cells hold none.
        let truths_said = (truths > 0).then(|| self.words.count("includes_truths", truths));
        GridCell {
            count: cell.met.len(),
            feels: cell.average(self.handbook, &self.pages.steps).map(|feeling| self.feels(feeling)),
            truths,
            truths_said: truths_said.unwrap_or_default(),
            href: href.filter(|_| !cell.met.is_empty()),
        }
    }
}
