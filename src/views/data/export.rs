//! The handbook's own files: which there are, where they stand, and on which pages they are offered.

use crate::model::Handbook;
use crate::views::downloads::Download;
use crate::views::here::Here;
use crate::views::pages::PageKind;

/// A file at the top of the site that holds much of the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Export {
    /// All of it, for programs.
    Handbook,
    /// What its keys mean, for programs.
    Schema,
    /// The catalog, for spreadsheets, as all that follow.
    Touchpoints,
    /// The improvement backlog.
    Opportunities,
    /// The evidence.
    Insights,
    /// What is measured.
    Metrics,
    /// What was measured, a row for each reading.
    Readings,
}

impl Export {
    /// Every file.
    pub const ALL: [Self; 7] = [
        Self::Handbook,
        Self::Schema,
        Self::Touchpoints,
        Self::Opportunities,
        Self::Insights,
        Self::Metrics,
        Self::Readings,
    ];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Handbook => "handbook.json",
            Self::Schema => "handbook.schema.json",
            Self::Touchpoints => "touchpoints.csv",
            Self::Opportunities => "opportunities.csv",
            Self::Insights => "insights.csv",
            Self::Metrics => "metrics.csv",
            Self::Readings => "metric-readings.csv",
        }
    }

    /// Whether a handbook has it: a list of nothing is no file.
    pub fn is_filled(self, handbook: &Handbook) -> bool {
        match self {
            Self::Handbook | Self::Schema => true,
            Self::Touchpoints => !handbook.touchpoints.is_empty(),
            Self::Opportunities => !handbook.opportunities.is_empty(),
            Self::Insights => !handbook.insights.is_empty(),
            Self::Metrics => !handbook.metrics.is_empty(),
            Self::Readings => handbook.metrics.iter().any(|metric| !metric.readings.is_empty()),
        }
    }

    /// The files offered on a page; those of other pages are offered on the front page.
    fn on(page: PageKind) -> &'static [Self] {
        match page {
            PageKind::Home => &[Self::Handbook, Self::Schema],
            PageKind::Touchpoints => &[Self::Touchpoints, Self::Handbook],
            PageKind::Opportunities => &[Self::Opportunities, Self::Handbook],
            PageKind::Insights => &[Self::Insights, Self::Handbook],
            PageKind::Metrics => &[Self::Metrics, Self::Readings, Self::Handbook],
            _ => &[],
        }
    }

    /// What people call it, its hint and its media type.
    fn named(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Handbook => ("handbook.json", "export_handbook", "application/json"),
            Self::Schema => ("handbook.schema.json", "export_schema", "application/schema+json"),
            Self::Readings => ("metric-readings.csv", "export_readings", "text/csv"),
            list => (list.path(), "export_list", "text/csv"),
        }
    }
}

impl<'a> Here<'a> {
    /// The handbook's own files that a page offers; none on most.
    pub fn exports(&self, page: PageKind) -> Vec<Download<'a>> {
        let there = Export::on(page).iter().filter_map(|&export| {
            let file = self.pages.of(PageKind::Export(export), self.lang)?;
            let (name, hint, media) = export.named();
            Some(Download { href: self.way(&file.path, None), name, hint: self.words.get(hint), media })
        });
        there.collect()
    }
}
