//! What is measured: where each figure stands, where it shall go, and how it moves.

use serde::Serialize;

use super::chart::Trend;
use super::due::Due;
use super::here::{Day, Here, Link, Said};
use super::metric::{Progress, reached};
use super::pages::PageKind;
use super::parts::Measured;
use super::split::Pager;
use crate::model::{Id, Metric};

/// The register of metrics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricsView<'a> {
    /// The metrics in the handbook's order.
    pub rows: Vec<MetricRow<'a>>,
    /// The way to the rest, if there are many.
    pub pager: Option<Pager>,
}

/// A metric, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricRow<'a> {
    /// Today and target, and the metric's page.
    pub measured: Measured<'a>,
    /// “Rate”.
    pub kind: &'a str,
    /// How it is counted.
    pub definition: Said<'a>,
    /// The day of the newest reading.
    pub day: Option<Day>,
    /// By when it shall be there.
    pub due: Option<Due>,
    /// How far it has come.
    pub progress: Option<Progress>,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// The readings as a small line.
    pub trend: Option<Trend>,
}

/// The height of a small line, in pixels.
const TREND: f64 = 40.0;

/// The register of metrics.
pub fn metrics<'a>(here: &Here<'a>) -> MetricsView<'a> {
    let kind = PageKind::Metrics;
    let rows = here.on_this_part(kind, here.handbook.metrics.entries());
    MetricsView { rows: rows.map(|(id, metric)| row(here, id, metric)).collect(), pager: here.pager(kind) }
}

fn row<'a>(here: &Here<'a>, id: Id<Metric>, metric: &'a Metric) -> MetricRow<'a> {
    let there = metric.today().zip(metric.target).is_some_and(|(today, target)| reached(metric.better, today, target));
    MetricRow {
        measured: here.measured(id),
        kind: here.metric_kind(metric.kind),
        definition: here.said(&metric.definition),
        day: metric.readings.last().map(|reading| here.day(reading.date)),
        due: metric.target_date.map(|date| here.due(date, !there)),
        progress: here.metric_progress(metric),
        owner: here.owner(metric.item.owner),
        trend: here.trend(metric, TREND),
    }
}
