//! Long lists over several pages: how many parts a list has, which rows stand on which, and the way from part to part.
//!
//! A page that lists ten thousand things is of no use to anybody: it would take seconds to open on a phone. A list is
//! split before its page outgrows what one that is opened after another should weigh: 12 KB as a web server sends it. How many
//! rows that is depends on how much one says: `tests/it/growth.rs` weighs lists of rows of common length.

use serde::Serialize;

use super::coverage::Of;
use super::everything;
use super::here::Here;
use super::pages::{PageKind, Pages};
use crate::model::Handbook;

/// The way through the parts of a long list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pager {
    /// “201–400 of 1,200”.
    pub said: String,
    /// The part before.
    pub previous: Option<String>,
    /// The part after.
    pub next: Option<String>,
    /// The first part, the last, and those around this one.
    pub parts: Vec<PartLink>,
}

/// A part of a long list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartLink {
    /// Its number, from 1; figures apart as the language wants them.
    pub number: String,
    /// Where it is.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
    /// Whether parts before it are left out.
    pub gap: bool,
}

/// How many parts on either side of this one are linked.
const NEARBY: usize = 2;

/// How many rows of a list stand on one page; `None` for a page that is never split.
fn per_part(kind: PageKind) -> Option<usize> {
    match kind {
        PageKind::Everything => Some(350),
        PageKind::Reviews | PageKind::Walkthroughs => Some(300),
        PageKind::Insights | PageKind::Metrics => Some(100),
        PageKind::EvidenceCoverage => Some(42),
        PageKind::Opportunities | PageKind::OpportunitiesByTeam => Some(60),
        PageKind::OpportunitiesByMap => Some(10),
        PageKind::OpportunityGaps => Some(100),
        PageKind::Metric(_) => Some(400),
        PageKind::Teams => Some(200),
        PageKind::Moments(_) => Some(90),
        PageKind::Touchpoints => Some(90),
        PageKind::Coverage(_) => Some(65),
        PageKind::Channels => Some(40),
        PageKind::Glossary => Some(150),
        PageKind::Maps => Some(60),
        PageKind::Personas => Some(150),
        PageKind::Training | PageKind::Course(_) | PageKind::Guides | PageKind::Guide(_) => Some(200),
        PageKind::Tags => Some(500),
        PageKind::Tag(_) => Some(300),
        _ => None,
    }
}

/// How many rows a list has in all. What the plan knows is not counted again for each language and part.
fn rows(handbook: &Handbook, pages: &Pages, kind: PageKind) -> usize {
    match kind {
        PageKind::Maps => handbook.maps.len(),
        PageKind::Personas => handbook.personas.len(),
        PageKind::Training => handbook.courses.len(),
        PageKind::Course(id) => handbook[id].lessons.len(),
        PageKind::Guides => pages.shelf.top().len(),
        PageKind::Guide(id) => pages.shelf.below(id).len(),
        PageKind::Tags => pages.tags.len(),
        PageKind::Tag(number) => pages.tags[number].bearers.len(),
        PageKind::Glossary => handbook.terms.len(),
        PageKind::Everything => everything::count(handbook),
        PageKind::Reviews => pages.dues.scheduled().len(),
        PageKind::Walkthroughs => handbook.walkthroughs.len(),
        PageKind::Insights => handbook.insights.len(),
        // Two lists run side by side: as many parts as the longer needs.
        PageKind::EvidenceCoverage => handbook.maps.len().max(handbook.personas.len()),
        PageKind::OpportunityGaps => pages.gaps.unanswered.len().max(pages.gaps.idle.len()),
        PageKind::Opportunities | PageKind::OpportunitiesByTeam => handbook.opportunities.len(),
        PageKind::OpportunitiesByMap => handbook.maps.len(),
        PageKind::Metrics => handbook.metrics.len(),
        PageKind::Metric(id) => handbook[id].readings.len(),
        PageKind::Teams => handbook.teams.len(),
        PageKind::Touchpoints | PageKind::Coverage(Of::Touchpoints) => handbook.touchpoints.len(),
        PageKind::Channels => handbook.channels.len(),
        PageKind::Moments(by) => pages.moments.list(by).len(),
        PageKind::Coverage(Of::Personas) => handbook.personas.len(),
        PageKind::Coverage(Of::Truths) => pages.moments.counts().0,
        _ => 0,
    }
}

/// How many pages a list takes, at least one.
pub fn parts(handbook: &Handbook, pages: &Pages, kind: PageKind) -> usize {
    per_part(kind).map_or(1, |most| rows(handbook, pages, kind).div_ceil(most).max(1))
}

/// The part, from 0, on which a row stands, counted from 0.
pub fn part_with(kind: PageKind, row: usize) -> usize {
    per_part(kind).map_or(0, |most| row / most)
}

impl Here<'_> {
    /// The rows of a list that stand on this page. Rows are gone through from the first one, so that they should be what nobody
    /// has to read to go on, such as ids.
    pub fn on_this_part<T>(&self, kind: PageKind, rows: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let most = per_part(kind).unwrap_or(usize::MAX);
        rows.skip(self.part.saturating_mul(most)).take(most)
    }

    /// The way through the parts of a list; `None` if it stands on one page.
    pub fn pager(&self, kind: PageKind) -> Option<Pager> {
        let (most, all) = (per_part(kind)?, rows(self.handbook, self.pages, kind));
        let last = all.div_ceil(most).max(1) - 1;
        if last == 0 {
            return None;
        }
        let href = |part: usize| self.pages.part_of(kind, part, self.lang).map(|page| self.way(&page.path, None));
        let figure = |number: usize| self.words.figure(number as f64);
        let mut links = Vec::new();
        let mut before = 0;
        for part in (0..=last).filter(|&part| part == 0 || part == last || part.abs_diff(self.part) <= NEARBY) {
            let link =
                |href| PartLink { number: figure(part + 1), href, current: part == self.part, gap: part > before + 1 };
            links.extend(href(part).map(link));
            before = part;
        }
        let first = self.part * most;
        let holes = [("from", &*figure(first + 1)), ("to", &figure((first + most).min(all))), ("all", &figure(all))];
        Some(Pager {
            said: self.words.fill("part_rows", &holes),
            previous: self.part.checked_sub(1).and_then(href),
            next: Some(self.part + 1).filter(|next| *next <= last).and_then(href),
            parts: links,
        })
    }
}
