//! A part of a map inside running text.
//!
//! Columns are stages; of a single stage they are its steps. The numbers are those of the whole map.

use serde::Serialize;

use super::curve::{Curve, Room};
use super::felt::felt;
use super::here::{Here, Said};
use super::journey::{Side, quadrants};
use super::lanes::{self, Column, Row};
use super::prose::own;
use crate::model::{Contents, Lane, MapExcerpt, Stage, Target};

/// A part of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excerpt<'a> {
    /// Its number on the page, from 1; keeps the ids in the drawing apart.
    pub number: usize,
    /// What it shows, for those who do not see it.
    pub told: String,
    /// The columns.
    pub columns: Vec<Heading<'a>>,
    /// The drawing; `None` if the lane is not wanted or nobody said how it feels.
    pub curve: Option<Curve>,
    /// The moments in words, column by column.
    pub moments: Vec<Vec<String>>,
    /// The quadrants of an empathy map, which has no columns; empty for all others.
    pub quadrants: Vec<Side<'a>>,
    /// The other lanes.
    pub rows: Vec<Row<'a>>,
    /// A line under it.
    pub caption: Option<Said<'a>>,
    /// The whole map, at the first of the columns.
    pub href: String,
    /// What the whole map is called.
    pub title: Said<'a>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heading<'a> {
    /// Its place in the map or in its stage, from 1.
    pub number: usize,
    /// What it is called.
    pub name: Said<'a>,
    /// Whether it stands in the stage to fix first, and not alone there.
    pub hot: bool,
}

/// What an excerpt shows unless it says otherwise.
const USUAL: [Lane; 3] = [Lane::Feelings, Lane::Actions, Lane::Pains];

impl<'a> Here<'a> {
    /// A part of a map; `None` if the map is unknown or nothing of it is left to show.
    pub fn excerpt(&self, excerpt: &'a MapExcerpt, number: usize) -> Option<Excerpt<'a>> {
        let id = excerpt.map?;
        let map = &self.handbook[id];
        let title = map.item.title.str(self.lang);
        let caption = excerpt.caption.as_ref().map(own);
        if let Contents::Empathy(empathy) = &map.contents {
            return Some(Excerpt {
                number,
                told: self.words.fill("excerpt_told", &[("title", title), ("curve", "")]).trim_end().to_owned(),
                columns: Vec::new(),
                curve: None,
                moments: Vec::new(),
                quadrants: quadrants(self, empathy),
                rows: Vec::new(),
                caption,
                href: self.href(Target::Map(id)),
                title: self.title(Target::Map(id)),
            });
        }
        let stages: Vec<(usize, &Stage)> = match excerpt.stages.as_slice() {
            [] => map.stages.iter().enumerate().collect(),
            chosen => chosen.iter().filter_map(|id| Some((id.index(), map.stages.get(id.index())?))).collect(),
        };
        let alone = match stages.as_slice() {
            [(_, stage)] if stage.steps.len() > 1 => Some(*stage),
            _ => None,
        };
        let (columns, headings): (Vec<Column<'a>>, Vec<Heading<'a>>) = match alone {
            Some(stage) => (stage.steps.iter().enumerate())
                .map(|(index, step)| {
                    let column = Column { stage, steps: std::slice::from_ref(step), first: index == 0 };
                    (column, Heading { number: index + 1, name: self.said(&step.action), hot: false })
                })
                .unzip(),
            None => (stages.iter())
                .map(|&(index, stage)| {
                    let column = Column { stage, steps: &stage.steps, first: true };
                    (column, Heading { number: index + 1, name: self.said(&stage.title), hot: stage.fix_first })
                })
                .unzip(),
        };
        let lanes = if excerpt.lanes.is_empty() { &USUAL } else { excerpt.lanes.as_slice() };
        // A step's column is headed by its action already.
        let lanes = lanes.iter().filter(|lane| alone.is_none() || **lane != Lane::Actions);
        let mut rows: Vec<Row<'a>> =
            lanes.clone().filter_map(|lane| lanes::row(self, (id, map), lane, &columns)).collect();
        for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.hot &= alone.is_none();
            for item in &mut cell.items {
                if let lanes::Entry::Action(action) = item {
                    action.id = None;
                }
            }
        }

        let felt = felt(columns.iter().map(|column| (column.stage, column.steps)));
        let wanted = lanes.clone().any(|lane| *lane == Lane::Feelings);
        let curve = self.curve(&felt, Room::excerpt(columns.len()), alone.is_none()).filter(|_| wanted);
        let mut moments = vec![Vec::new(); columns.len()];
        for felt in &felt {
            moments[felt.column].push(self.moment_told(felt));
        }
        let first = stages.first()?.1;
        Some(Excerpt {
            number,
            told: self.words.fill("excerpt_told", &[("title", title), ("curve", &self.tell(&felt))]),
            columns: headings,
            curve,
            moments,
            quadrants: Vec::new(),
            rows,
            caption,
            href: self.href_at(Target::Map(id), &first.name),
            title: self.title(Target::Map(id)),
        })
    }
}
