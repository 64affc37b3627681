//! Which channel carries which stage of one map: how many touchpoints, how they feel, where it is decided.
//!
//! The grid counts what the map's own steps meet. What one persona of several does instead is no column of it.

use serde::Serialize;

use super::channels::GridRow;
use super::here::{Here, Said};
use super::matrix::Matrix;
use crate::model::{Channel, Feeling, Id, JourneyMap, Stage, Touchpoint};

/// The channels of a map by its stages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelGrid<'a> {
    /// The same for those who do not see it: what carries most, and where it feels worst.
    pub caption: String,
    /// The columns.
    pub stages: Vec<GridStage<'a>>,
    /// A row for each channel that carries something, in the order of the handbook.
    pub rows: Vec<GridRow<'a>>,
}

/// A stage as a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridStage<'a> {
    /// Its place, from 1.
    pub number: usize,
    /// What readers call it.
    pub name: Said<'a>,
}

/// Of more channels than these none is told from the others.
const MOST_NAMED: usize = 3;

impl<'a> Here<'a> {
    /// The channels of a map by its stages; `None` if none carries anything.
    pub fn channel_grid(&self, id: Id<JourneyMap>) -> Option<ChannelGrid<'a>> {
        let map = &self.handbook[id];
        let matrix = Matrix::of_map(self.handbook, id);
        let mut worst: Option<(Feeling, Id<Channel>, &Stage)> = None;
        let mut rows = Vec::new();
        for (channel, _) in self.handbook.channels.entries() {
            let carried = matrix.row(channel);
            let mut all: Vec<Id<Touchpoint>> =
                carried.iter().flat_map(|cell| &cell.met).map(|met| met.touchpoint).collect();
            all.sort_unstable();
            all.dedup();
            if all.is_empty() {
                continue;
            }
            for (cell, stage) in carried.iter().zip(&map.stages) {
                let mean = cell.average(self.handbook, &self.pages.steps);
                if let Some(mean) = mean.filter(|mean| worst.is_none_or(|(known, ..)| *mean < known)) {
                    worst = Some((mean, channel, stage));
                }
            }
            let cells = carried.iter().map(|cell| self.grid_cell(cell, None)).collect();
            rows.push(GridRow { channel: self.carrier(channel), cells, total: all.len() });
        }
        let most = rows.iter().map(|row| row.total).max()?;
        let busiest: Vec<&str> =
            rows.iter().filter(|row| row.total == most).map(|row| &*row.channel.link.title.text).collect();
        let mut caption = vec![self.words.count("grid_channels", rows.len())];
        if busiest.len() <= MOST_NAMED {
            let touchpoints = self.words.count("grid_touchpoints", most);
            let holes = [("channel", &*self.words.list(busiest)), ("touchpoints", &touchpoints)];
            caption.push(self.words.fill("grid_most", &holes));
        }
        caption.extend(worst.map(|(feeling, channel, stage)| {
            self.words.fill(
                "grid_worst",
                &[
                    ("channel", self.handbook[channel].title.str(self.lang)),
                    ("stage", stage.title.str(self.lang)),
                    ("value", &self.words.feeling(feeling)),
                ],
            )
        }));
        let stages = map.stages.iter().enumerate();
        let stages = stages.map(|(index, stage)| GridStage { number: index + 1, name: self.said(&stage.title) });
        Some(ChannelGrid { caption: caption.join(self.words.get("sentences")), stages: stages.collect(), rows })
    }
}
