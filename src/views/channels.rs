//! All channels: the omnichannel matrix (channel by stage over all maps that show what is), its gaps, and each channel
//! with its figures.
//!
//! A gap is a stage where a channel carries nothing. Most cells of a matrix are gaps and most of those are meant; what a
//! reader should look at first are the gaps *inside* a channel's way, with the channel before and after, and stages where
//! no channel meets the customer.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::matrix::{Cell, GridCell};
use super::pages::PageKind;
use super::split::Pager;
use super::touchpoint::Carrier;
use crate::model::{Channel, Feeling, Id, Target, Team};

/// All channels, or a part of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelsView<'a> {
    /// The matrix.
    pub matrix: MatrixView<'a>,
    /// “33 of 70 cells are gaps.”
    pub gaps_said: String,
    /// What to look at first: gaps inside a channel's way, and stages without any channel.
    pub findings: Vec<String>,
    /// Every gap, channel by channel.
    pub gaps: Vec<Gaps<'a>>,
    /// Every channel of this part.
    pub channels: Vec<ChannelLine<'a>>,
    /// The way to the other parts.
    pub pager: Option<Pager>,
}

/// Channels by stages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixView<'a> {
    /// The columns: those of the line, and `Other stages` if anything is met at such. None if nothing is met anywhere.
    pub stages: Vec<Said<'a>>,
    /// A row for each channel.
    pub rows: Vec<GridRow<'a>>,
    /// How many touchpoints all channels carry at each stage, and how many touchpoints there are in all.
    pub totals: Vec<usize>,
}

/// A channel in a matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridRow<'a> {
    /// The channel.
    pub channel: Carrier<'a>,
    /// A cell for each stage.
    pub cells: Vec<GridCell>,
    /// How many touchpoints it carries.
    pub total: usize,
}

/// The gaps of a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gaps<'a> {
    /// The channel.
    pub channel: Link<'a>,
    /// The stages where it carries nothing.
    pub stages: String,
}

/// A channel with its figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelLine<'a> {
    /// The channel.
    pub channel: Carrier<'a>,
    /// What it is for.
    pub summary: Option<Said<'a>>,
    /// How many touchpoints it carries.
    pub touchpoints: usize,
    /// At how many stages of the line.
    pub stages: usize,
    /// How it feels on the whole: the mean over all steps that meet one of its touchpoints.
    pub feels: Option<Feels>,
    /// How many moments of truth.
    pub truths: usize,
    /// How many of the pains there no opportunity has ended.
    pub pains: usize,
    /// How many personas say how they use it.
    pub personas: usize,
    /// How many teams own one of its touchpoints.
    pub teams: usize,
}

/// How many findings are told; further gaps stand in the list of all.
const MOST_FINDINGS: usize = 12;

/// All channels, or the part of them that stands on this page.
pub fn channels<'a>(here: &Here<'a>) -> ChannelsView<'a> {
    let kind = PageKind::Channels;
    let ids: Vec<Id<Channel>> = here.on_this_part(kind, here.handbook.channels.ids()).collect();
    let columns = here.pages.line.columns().len();
    let empty = |id: &Id<Channel>| here.line_of(*id).iter().filter(|cell| cell.met.is_empty()).count();
    let gaps: usize = ids.iter().map(empty).sum();
    let all = (ids.len() * columns).to_string();
    ChannelsView {
        matrix: here.matrix_of_all(ids.iter().copied()),
        gaps_said: here.words.fill("gaps_said", &[("n", &gaps.to_string()), ("all", &all)]),
        findings: findings(here, &ids),
        gaps: ids.iter().filter(|id| empty(id) > 0).map(|id| gaps_of(here, *id)).collect(),
        channels: ids.iter().map(|id| line(here, *id)).collect(),
        pager: here.pager(kind),
    }
}

impl<'a> Here<'a> {
    /// The cells of a channel at the stages of the line, without those for other stages.
    pub fn line_of(&self, channel: Id<Channel>) -> &'a [Cell] {
        &self.pages.matrix(self.handbook).row(channel)[..self.pages.line.columns().len()]
    }

    /// The matrix of some channels; its totals are those of all channels.
    pub fn matrix_of_all(&self, channels: impl Iterator<Item = Id<Channel>>) -> MatrixView<'a> {
        let matrix = self.pages.matrix(self.handbook);
        let line = self.pages.line.columns();
        let mut stages: Vec<Said<'a>> = line.iter().map(|(_, title)| self.said(title)).collect();
        if matrix.total(line.len()) > 0 {
            stages.push(self.word("other_stages"));
        }
        let row = |id: Id<Channel>| {
            let cells = matrix.row(id).iter().take(stages.len()).enumerate();
            let cell = |(column, cell): (usize, &Cell)| {
                self.grid_cell(cell, Some(self.href_at(Target::Channel(id), &self.anchor_of(column))))
            };
            GridRow {
                channel: self.carrier(id),
                cells: cells.map(cell).collect(),
                total: self.pages.uses.carried(id).len(),
            }
        };
        let mut totals: Vec<usize> = (0..stages.len()).map(|column| matrix.total(column)).collect();
        totals.push(self.handbook.touchpoints.len());
        let rows = if stages.is_empty() { Vec::new() } else { channels.map(row).collect() };
        MatrixView { rows, stages, totals }
    }

    /// The place of a column on a channel's page.
    pub fn anchor_of(&self, column: usize) -> String {
        let name = self.pages.line.columns().get(column).map(|(name, _)| name);
        name.map_or_else(|| "other-stages".to_owned(), |name| format!("at-{name}"))
    }

    fn stage_title(&self, column: usize) -> &'a str {
        self.pages.line.columns()[column].1.str(self.lang)
    }
}

/// Gaps inside the ways of channels, and, before them, stages where nothing meets the customer.
fn findings(here: &Here<'_>, channels: &[Id<Channel>]) -> Vec<String> {
    let words = here.words;
    let matrix = here.pages.matrix(here.handbook);
    let mut findings = Vec::new();
    for column in (0..here.pages.line.columns().len()).filter(|column| here.part == 0 && matrix.total(*column) == 0) {
        findings.push(words.fill("gap_of_all", &[("stage", here.stage_title(column))]));
    }
    for &id in channels {
        let cells = here.line_of(id);
        let filled = |cell: &Cell| !cell.met.is_empty();
        let (Some(first), Some(last)) = (cells.iter().position(filled), cells.iter().rposition(filled)) else {
            continue;
        };
        let inside =
            (first..last).filter(|&column| cells[column].met.is_empty()).map(|column| here.stage_title(column));
        let inside: Vec<&str> = inside.collect();
        if !inside.is_empty() {
            let holes = [
                ("channel", here.handbook[id].title.str(here.lang)),
                ("stages", &*words.list(inside)),
                ("from", here.stage_title(first)),
                ("to", here.stage_title(last)),
            ];
            findings.push(words.fill("gap_inside", &holes));
        }
    }
    findings.truncate(MOST_FINDINGS);
    findings
}

fn gaps_of<'a>(here: &Here<'a>, id: Id<Channel>) -> Gaps<'a> {
    let empty = here.line_of(id).iter().enumerate().filter(|(_, cell)| cell.met.is_empty());
    let stages = here.words.list(empty.map(|(column, _)| here.stage_title(column)));
    Gaps { channel: here.link(Target::Channel(id)), stages }
}

fn line<'a>(here: &Here<'a>, id: Id<Channel>) -> ChannelLine<'a> {
    let handbook = here.handbook;
    let row = here.pages.matrix(here.handbook).row(id);
    let places = || row.iter().flat_map(Cell::places);
    let carried = here.pages.uses.carried(id);
    let mut teams: Vec<Id<Team>> = carried.iter().filter_map(|&touchpoint| handbook[touchpoint].item.owner).collect();
    teams.sort_unstable();
    teams.dedup();
    let felt = places().filter_map(|place| here.pages.steps.feels(handbook, place));
    ChannelLine {
        channel: here.carrier(id),
        summary: handbook[id].summary.as_ref().map(|summary| here.said(summary)),
        touchpoints: carried.len(),
        stages: here.line_of(id).iter().filter(|cell| !cell.met.is_empty()).count(),
        feels: Feeling::mean(felt).map(|feeling| here.feels(feeling)),
        truths: here.pages.steps.truths(places()),
        pains: here.pages.steps.open_pains(handbook, places()),
        personas: here.pages.uses.users(id).len(),
        teams: teams.len(),
    }
}
