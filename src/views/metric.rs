//! A metric: what it counts, where it stands on the way to its target, and every reading.

use serde::Serialize;

use super::chart::{self, Series};
use super::due::Due;
use super::here::{Day, Here, Link, Said};
use super::pages::PageKind;
use super::parts::{Measured, OpportunityView, Review, Source};
use super::split::Pager;
use super::spot::{Capped, Spot};
use super::worked::{Turn, turn};
use crate::model::{Better, Date, Id, Metric, MetricKind, Reading, Target};

/// A metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricView<'a> {
    /// “Customer satisfaction (CSAT)”.
    pub kind: &'a str,
    /// What stands behind the figure; empty if nobody said.
    pub unit: &'a str,
    /// “Higher is better”.
    pub better: &'a str,
    /// Today and target.
    pub measured: Measured<'a>,
    /// Where it started; `None` if nobody said.
    pub baseline: Option<String>,
    /// Where it shall go.
    pub target: Option<String>,
    /// By when.
    pub due: Option<Due>,
    /// How far it has come; `None` without a baseline, a target or a figure.
    pub progress: Option<Progress>,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// Where the figure comes from.
    pub source: Option<Said<'a>>,
    /// The readings as a drawing; only on the first part of a long list, and only if there are any.
    pub chart: Option<ChartView>,
    /// “12 readings”; empty if there are none.
    pub readings_said: String,
    /// What was measured, newest first.
    pub readings: Vec<ReadingRow<'a>>,
    /// Whether any reading has a note.
    pub has_notes: bool,
    /// The way to older readings.
    pub pager: Option<Pager>,
    /// Stages and steps where it is measured.
    pub places: Capped<Spot<'a>>,
    /// What shall move it, or has.
    pub opportunities: Capped<OpportunityView<'a>>,
    /// The evidence.
    pub sources: Vec<Source<'a>>,
    /// Pages that speak of it.
    pub mentions: Capped<Link<'a>>,
}

/// How far a figure has come from its baseline to its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// “40% of the way from 62% to 85%”.
    pub told: String,
    /// The width of the bar, 0 to 100, such as `40%`.
    pub width: String,
}

/// A drawing over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartView {
    /// The drawing in a sentence.
    pub label: String,
    /// The height of the plot, in pixels.
    pub height: f64,
    /// Lines across.
    pub ticks: Vec<TickView>,
    /// Dates along the bottom.
    pub dates: Vec<DateView>,
    /// The line as a path, 1000 wide.
    pub line: String,
    /// The readings as dots; none if there are too many to tell apart.
    pub dots: Vec<DotView>,
    /// The newest reading.
    pub newest: Option<DotView>,
    /// The target.
    pub target: Option<MarkView>,
    /// The baseline.
    pub baseline: Option<MarkView>,
}

/// A line across.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TickView {
    /// The value.
    pub text: String,
    /// In pixels from the top.
    pub y: f64,
}

/// A date along the bottom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateView {
    /// The month or the day.
    pub text: String,
    /// Such as `37.5%`.
    pub x: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// A reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotView {
    /// Such as `37.5%`.
    pub x: String,
    /// In pixels from the top.
    pub y: f64,
    /// The value; empty where it is not written.
    pub text: String,
    /// Where the text stands, in pixels from the top.
    pub text_y: f64,
}

/// A line with a word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkView {
    /// “Target 4.2”.
    pub text: String,
    /// In pixels from the top.
    pub y: f64,
    /// Where the text stands.
    pub text_y: f64,
    /// The place of its date; `None` if it has none.
    pub x: Option<String>,
}

/// What was measured on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingRow<'a> {
    /// The day.
    pub day: Day,
    /// The value.
    pub value: String,
    /// “+2, better”; empty for the oldest.
    pub change: String,
    /// A remark.
    pub note: Option<Said<'a>>,
}

/// More dots than this run together.
const MOST_DOTS: usize = 60;
const MOST_PLACES: usize = 100;
const MOST_LINKS: usize = 100;

/// The page of a metric.
pub fn metric<'a>(here: &Here<'a>, id: Id<Metric>) -> MetricView<'a> {
    let metric = &here.handbook[id];
    let uses = &here.pages.uses;
    let words = here.words;
    let kind = PageKind::Metric(id);
    let newest_first = (0..metric.readings.len()).rev();
    let places = uses.metric(id).iter().flat_map(|place| {
        let stage = &here.handbook[place.map].stages[place.stage()];
        let whole = place.step() == 0 && stage.metrics.contains(&id);
        let step = stage.steps.get(place.step()).is_some_and(|step| step.metrics.contains(&id));
        let steps = whole.then_some(None).into_iter().chain(step.then_some(Some(place.step())));
        steps.map(move |step| (place.map, place.stage(), step))
    });
    let cited = uses.cited(Target::Metric(id)).iter().filter_map(|target| match target {
        Target::Opportunity(id) => Some(*id),
        _ => None,
    });
    let reached =
        metric.today().zip(metric.target).is_some_and(|(today, target)| reached(metric.better, today, target));
    MetricView {
        kind: here.metric_kind(metric.kind),
        unit: metric.unit.as_ref().map_or("", |unit| unit.str(here.lang)),
        better: words.get(match metric.better {
            Better::Higher => "higher_is_better",
            Better::Lower => "lower_is_better",
        }),
        measured: here.measured(id),
        baseline: metric.baseline.map(|figure| here.with_unit(metric, figure)),
        target: metric.target.map(|figure| here.with_unit(metric, figure)),
        due: metric.target_date.map(|date| here.due(date, !reached)),
        progress: here.metric_progress(metric),
        owner: here.owner(metric.item.owner),
        review: here.review(&metric.item),
        source: metric.source.as_ref().map(|source| here.said(source)),
        chart: if here.part == 0 { chart_view(here, metric) } else { None },
        readings_said: match metric.readings.len() {
            0 => String::new(),
            all => words.count("readings_count", all),
        },
        readings: here.on_this_part(kind, newest_first).map(|number| reading_row(here, metric, number)).collect(),
        has_notes: metric.readings.iter().any(|reading| reading.note.is_some()),
        pager: here.pager(kind),
        places: Capped::new(here, MOST_PLACES, places, |(map, stage, step)| here.spot(map, Some(stage), step, None)),
        opportunities: Capped::new(here, MOST_LINKS, cited, |id| here.opportunity(id)),
        sources: metric.insights.iter().map(|&insight| here.source(insight)).collect(),
        mentions: {
            let mentions = uses.mentions(Target::Metric(id), here.lang);
            Capped::new(here, MOST_LINKS, mentions, |&source| here.link(source))
        },
    }
}

/// Whether a figure is where it shall be.
pub fn reached(better: Better, today: f64, target: f64) -> bool {
    match better {
        Better::Higher => today >= target,
        Better::Lower => today <= target,
    }
}

/// The share of the way from baseline to target that a figure has come: below 0 if it went the other way, above 1 beyond the
/// target; `None` if baseline and target are the same.
pub fn way(baseline: f64, target: f64, today: f64) -> Option<f64> {
    let whole = target - baseline;
    (whole != 0.0).then(|| (today - baseline) / whole)
}

fn reading_row<'a>(here: &Here<'a>, metric: &'a Metric, number: usize) -> ReadingRow<'a> {
    let reading = &metric.readings[number];
    let before = number.checked_sub(1).map(|before| &metric.readings[before]);
    let change = before.map(|before| change(here, metric, before.value, reading.value));
    ReadingRow {
        day: here.day(reading.date),
        value: here.with_unit(metric, reading.value),
        change: change.unwrap_or_default(),
        note: reading.note.as_deref().map(|note| here.untranslated(note)),
    }
}

/// “+2, better”.
fn change(here: &Here<'_>, metric: &Metric, from: f64, to: f64) -> String {
    let key = match turn(metric.better, from, to) {
        Turn::Better => "change_better",
        Turn::Worse => "change_worse",
        Turn::Unchanged => return here.words.get("change_none").to_owned(),
    };
    let sign = if to > from { "+" } else { "\u{2212}" };
    here.words.fill(key, &[("by", &format!("{sign}{}", here.words.figure((to - from).abs())))])
}

fn series(metric: &Metric) -> (Vec<(Date, f64)>, Series<'static>) {
    let readings = metric.readings.iter().map(|reading| (reading.date, reading.value)).collect();
    let rest =
        Series { readings: &[], baseline: metric.baseline, target: metric.target, target_date: metric.target_date };
    (readings, rest)
}

fn chart_view(here: &Here<'_>, metric: &Metric) -> Option<ChartView> {
    let (readings, rest) = series(metric);
    let chart = chart::chart(&Series { readings: &readings, ..rest })?;
    let words = here.words;
    let dot = |&(x, y): &(f64, f64)| DotView { x: chart::percent(x), y, text: String::new(), text_y: y };
    // Words stand above their line unless the newest figure is there.
    let newest = chart.points.last().map(|point| DotView {
        text: metric.readings.last().map_or_else(String::new, |reading| here.with_unit(metric, reading.value)),
        text_y: if chart.target_y.is_some_and(|y| (4.0..26.0).contains(&(point.1 - y))) {
            point.1 + 20.0
        } else {
            point.1 - 10.0
        },
        ..dot(point)
    });
    let mark = |key, value: Option<f64>, y: Option<f64>, x: Option<f64>, above: bool| {
        let (value, y) = value.zip(y)?;
        let text = words.fill(key, &[("value", &here.with_unit(metric, value))]);
        Some(MarkView { text, y, text_y: if above { y - 6.0 } else { y + 15.0 }, x: x.map(chart::percent) })
    };
    let date = |&(date, x): &(Date, f64)| DateView {
        text: words.date(date),
        x: chart::percent(x),
        anchor: if x < 0.1 {
            "start"
        } else if x > 0.9 {
            "end"
        } else {
            "middle"
        },
    };
    let low_baseline = chart.points.first().is_some_and(|point| chart.baseline_y.is_some_and(|y| point.1 <= y));
    Some(ChartView {
        label: told(here, metric)?,
        height: chart::HEIGHT,
        ticks: chart.ticks.iter().map(|&(value, y)| TickView { text: words.figure(value), y }).collect(),
        dates: chart.dates.iter().map(date).collect(),
        line: if chart.points.len() > 1 { chart::path(&chart.points) } else { String::new() },
        dots: if chart.points.len() <= MOST_DOTS { chart.points.iter().map(dot).collect() } else { Vec::new() },
        newest,
        target: mark("chart_target", metric.target, chart.target_y, chart.target_x, true),
        baseline: mark("chart_baseline", metric.baseline, chart.baseline_y, None, !low_baseline),
    })
}

/// The readings in a sentence: from, to, highest, lowest, target; `None` of none.
fn told(here: &Here<'_>, metric: &Metric) -> Option<String> {
    let words = here.words;
    let (first, last) = (metric.readings.first()?, metric.readings.last()?);
    let by_value = |a: &&Reading, b: &&Reading| a.value.total_cmp(&b.value);
    let (highest, lowest) = (metric.readings.iter().max_by(by_value)?, metric.readings.iter().min_by(by_value)?);
    let value = |reading: &Reading| here.with_unit(metric, reading.value);
    let holes = [
        ("title", metric.item.title.str(here.lang)),
        ("from", &value(first)),
        ("was", &words.date(first.date)),
        ("to", &value(last)),
        ("is", &words.date(last.date)),
        ("highest", &value(highest)),
        ("lowest", &value(lowest)),
    ];
    let key = if metric.readings.len() == 1 { "chart_told_once" } else { "chart_told" };
    let told = words.fill(key, &holes);
    let target = metric.target.map(|target| {
        let target = here.with_unit(metric, target);
        match metric.target_date {
            Some(date) => words.fill("chart_told_target_by", &[("target", &target), ("day", &words.date(date))]),
            None => words.fill("chart_told_target", &[("target", &target)]),
        }
    });
    Some(match target {
        Some(target) => format!("{told}{}{target}", words.get("sentences")),
        None => told,
    })
}

impl<'a> Here<'a> {
    /// What a kind of metric is called.
    pub fn metric_kind(&self, kind: MetricKind) -> &'a str {
        self.words.get(match kind {
            MetricKind::Nps => "metric_nps",
            MetricKind::Csat => "metric_csat",
            MetricKind::Ces => "metric_ces",
            MetricKind::Rate => "metric_rate",
            MetricKind::Duration => "metric_duration",
            MetricKind::Count => "metric_count",
            MetricKind::Money => "metric_money",
        })
    }

    /// How far a metric has come; `None` without a baseline, a target or a figure, or if nothing is to be moved.
    pub fn metric_progress(&self, metric: &Metric) -> Option<Progress> {
        let (baseline, target, today) = (metric.baseline?, metric.target?, metric.today()?);
        let way = way(baseline, target, today)?;
        let (from, to) = (self.with_unit(metric, baseline), self.with_unit(metric, target));
        // Rounded towards the start: only who is there is told to be there.
        let percent = (way * 100.0).floor();
        let key = match way {
            way if way >= 1.0 => "progress_reached",
            way if way < 0.0 => "progress_away",
            _ => "progress_way",
        };
        let told = self.words.fill(key, &[("n", &self.words.figure(percent)), ("from", &from), ("to", &to)]);
        Some(Progress { told, width: format!("{}%", percent.clamp(0.0, 100.0)) })
    }

    /// A metric's readings as a small line; `None` of fewer than two.
    pub fn trend(&self, metric: &Metric, height: f64) -> Option<chart::Trend> {
        let (readings, rest) = series(metric);
        let trend = chart::trend(&Series { readings: &readings, ..rest }, height)?;
        Some(chart::Trend { label: told(self, metric)?, ..trend })
    }
}
