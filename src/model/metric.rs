//! Metrics: a measured value with unit, baseline, target and dated readings.

use std::hash::{Hash, Hasher};

use super::link::State;
use super::text::Text;
use super::{Date, Insight, Item, Linked, List};
use crate::source::Span;

/// Something measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric<S: State = Linked> {
    /// Name, title, summary, owner, review.
    pub item: Item<S>,
    /// What kind of figure.
    pub kind: MetricKind,
    /// What stands behind the figure: `%`, `of 5`, `days`.
    pub unit: Option<Text>,
    /// How it is counted.
    pub definition: Text,
    /// Which way is good.
    pub better: Better,
    /// Where it started.
    pub baseline: Option<f64>,
    /// Where it shall go.
    pub target: Option<f64>,
    /// By when.
    pub target_date: Option<Date>,
    /// Where the figure comes from.
    pub source: Option<Text>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
    /// What was measured, oldest first; from the CSV file of the same name.
    pub readings: Vec<Reading>,
}

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetricKind {
    /// Net promoter score, −100..=100.
    Nps,
    /// Customer satisfaction.
    Csat,
    /// Customer effort score.
    Ces,
    /// A share.
    Rate,
    /// A time.
    Duration,
    /// A number of things.
    Count,
    /// An amount.
    Money,
}

impl MetricKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("nps", Self::Nps),
        ("csat", Self::Csat),
        ("ces", Self::Ces),
        ("rate", Self::Rate),
        ("duration", Self::Duration),
        ("count", Self::Count),
        ("money", Self::Money),
    ];
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is good.
    Higher,
    /// Less is good.
    Lower,
}

impl Better {
    /// Both, as authors write them.
    pub const ALL: &[(&'static str, Self)] = &[("higher", Self::Higher), ("lower", Self::Lower)];
}

/// What was measured on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The day.
    pub date: Date,
    /// The value, in the metric's unit.
    pub value: f64,
    /// A remark.
    pub note: Option<String>,
    /// Where it stands in the CSV file.
    pub span: Span,
}

// By hand, because no figure has a hash of its own: its bits have.
impl<S: State> Hash for Metric<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { item, kind, unit, definition, better, baseline, target, target_date, source, insights, readings } =
            self;
        (item, kind, unit, definition, better).hash(state);
        (baseline.map(f64::to_bits), target.map(f64::to_bits), target_date).hash(state);
        (source, insights, readings).hash(state);
    }
}

impl Hash for Reading {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { date, value, note, span } = self;
        (date, value.to_bits(), note, span).hash(state);
    }
}

impl<S: State> Metric<S> {
    /// The newest reading, or the baseline where nothing has been measured since.
    pub fn today(&self) -> Option<f64> {
        self.readings.last().map(|reading| reading.value).or(self.baseline)
    }
}
