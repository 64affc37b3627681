//! A metric over time as a drawing: x by date, y by value, the target and the baseline as lines. Geometry only.
//!
//! Dates are true: two readings a day apart stand a day apart. Between readings the line is straight, for nobody measured in
//! between. What stretches with the page is given in shares of the width; heights are pixels, so that type keeps its size.

use serde::Serialize;

use crate::model::Date;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Series<'r> {
    /// The readings, oldest first, each day once.
    pub readings: &'r [(Date, f64)],
    /// Where it started.
    pub baseline: Option<f64>,
    /// Where it shall go.
    pub target: Option<f64>,
    /// By when.
    pub target_date: Option<Date>,
}

/// A drawing over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Lines across, from the top: the value, and its place in pixels.
    pub ticks: Vec<(f64, f64)>,
    /// Months or days along the bottom: the date, and its place as a share of the width.
    pub dates: Vec<(Date, f64)>,
    /// The readings that are drawn, oldest first: share of the width, and pixels from the top. Of very many, the highest
    /// and the lowest of each stretch.
    pub points: Vec<(f64, f64)>,
    /// The place of the target.
    pub target_y: Option<f64>,
    /// The place of the target's date, as a share of the width.
    pub target_x: Option<f64>,
    /// The place of the baseline.
    pub baseline_y: Option<f64>,
}

/// A line without axes, for a row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The height, in pixels.
    pub height: f64,
    /// The line as a path, 1000 wide.
    pub line: String,
    /// The newest reading: the place in percent of the width.
    pub x: String,
    /// The same in pixels from the top.
    pub y: f64,
    /// The target's place; `None` if there is none.
    pub target_y: Option<f64>,
    /// The drawing in words.
    pub label: String,
}

/// The plot's height without the dates, in pixels.
pub const HEIGHT: f64 = 200.0;
/// Room above the highest and below the lowest line, in pixels: for a line of type.
const PAD: f64 = 18.0;
/// The shares of the width between which everything is drawn.
const LEFT: f64 = 0.02;
const RIGHT: f64 = 0.97;
/// How many readings are drawn at most.
const MOST_POINTS: usize = 400;
/// A figure on a page has two decimals: lines closer than that would have the same name.
const LEAST_STEP: f64 = 0.01;
/// Labels of dates are at least this far apart, as a share of the width: enough for a telephone.
const APART: f64 = 0.24;

/// Draws readings; `None` of none.
pub fn chart(series: &Series<'_>) -> Option<Chart> {
    let (&(first, _), &(last, _)) = (series.readings.first()?, series.readings.last()?);
    let values = series.readings.iter().map(|(_, value)| *value);
    let ticks = ticks(values.chain(series.baseline).chain(series.target))?;
    let (low, high) = (*ticks.first()?, *ticks.last()?);
    let y = |value: f64| tidy(PAD + (high - value) / (high - low) * (HEIGHT - 2.0 * PAD));
    let target_date = series.target_date.filter(|_| series.target.is_some());
    let from = target_date.map_or(first, |date| date.min(first));
    let to = target_date.map_or(last, |date| date.max(last));
    let span = (day_number(to) - day_number(from)).max(0.0);
    let x = |date: Date| {
        // A lone day stands in the middle.
        let share = if span == 0.0 { 0.5 } else { (day_number(date) - day_number(from)) / span };
        LEFT + share * (RIGHT - LEFT)
    };
    let points: Vec<(f64, f64)> = series.readings.iter().map(|&(date, value)| (x(date), y(value))).collect();
    let mut lines: Vec<(f64, f64)> = ticks.iter().map(|&value| (value, y(value))).collect();
    lines.reverse();
    Some(Chart {
        ticks: lines,
        dates: dates(from, to, x),
        points: thinned(points),
        target_y: series.target.map(y),
        target_x: target_date.map(x),
        baseline_y: series.baseline.map(y),
    })
}

/// A line without axes; `None` of fewer than two readings. The label is the caller's.
pub fn trend(series: &Series<'_>, height: f64) -> Option<Trend> {
    if series.readings.len() < 2 {
        return None;
    }
    let chart = chart(&Series { baseline: None, target_date: None, ..*series })?;
    // The room for type is not needed here.
    let y = |y: f64| tidy(4.0 + (y - PAD) / (HEIGHT - 2.0 * PAD) * (height - 8.0));
    let points: Vec<(f64, f64)> = chart.points.iter().map(|&(x, at)| (x, y(at))).collect();
    let &(x, newest) = points.last()?;
    let (line, target_y) = (path(&points), chart.target_y.map(y));
    Some(Trend { height, line, x: percent(x), y: newest, target_y, label: String::new() })
}

/// The points as a path, 1000 wide.
pub fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{command}{} {y}", tidy(x * 1000.0)));
    }
    path
}

/// A share of the width as text: `37.5%`.
pub fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}

/// Round values below, between and above some values, two to seven of them; `None` of none, or if they are further apart
/// than numbers go.
fn ticks(values: impl Iterator<Item = f64> + Clone) -> Option<Vec<f64>> {
    let mut low = values.clone().min_by(f64::total_cmp)?;
    let mut high = values.max_by(f64::total_cmp)?;
    if !(high - low).is_finite() {
        return None;
    }
    if high - low < LEAST_STEP {
        // All the same: room above and below, but not below nothing where nothing is below it.
        let room = (high.abs() * 0.1).max(1.0);
        let positive = low >= 0.0;
        (low, high) = (low - room, high + room);
        low = if positive { low.max(0.0) } else { low };
    }
    let step = nice_step((high - low) / 4.0);
    // A value on a line, but for what numbers cannot hold, needs no further line.
    let (from, to) = ((low / step + 1e-6).floor(), (high / step - 1e-6).ceil());
    Some((from as i64..=to as i64).map(|number| number as f64 * step).collect())
}

/// The least of 1, 2, 2.5 and 5 with any number of zeros that is not less.
fn nice_step(least: f64) -> f64 {
    let least = least.max(LEAST_STEP);
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power);
    let whole = |step: &f64| *step >= least * (1.0 - 1e-9) && (*step / LEAST_STEP).fract() < 1e-6;
    steps.into_iter().find(whole).unwrap_or(power * 10.0)
}

/// The beginnings of months along the bottom, so far apart that their names have room; of a short time its first and its last
/// day, of a day that day.
fn dates(from: Date, to: Date, x: impl Fn(Date) -> f64) -> Vec<(Date, f64)> {
    let month = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    for step in [1_i64, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200] {
        let first = (month(from) + step - 1).div_euclid(step) * step;
        let months = (first..=month(to)).step_by(step as usize).take(64).filter_map(date_of);
        let inside = |&(_, x): &(Date, f64)| (0.1..=0.9).contains(&x);
        let marks: Vec<(Date, f64)> = months.map(|date| (date, x(date))).filter(inside).collect();
        let roomy = marks.windows(2).all(|pair| pair[1].1 - pair[0].1 >= APART);
        match marks.len() {
            0 | 1 => break,
            _ if roomy => return marks,
            _ => {}
        }
    }
    let ends = [(from, x(from)), (to, x(to))];
    ends[..if from == to { 1 } else { 2 }].to_vec()
}

/// A month, counted from the year 0.
fn date_of(month: i64) -> Option<Date> {
    Date::parse(&format!("{:04}-{:02}", month / 12, month % 12 + 1))
}

/// Days since the beginning of the year 0. A whole month stands half a day before its first day, so that dates keep their
/// order and no two are at one place.
///
/// Source: H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”, `days_from_civil`.
fn day_number(date: Date) -> f64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    days as f64 + date.day().map_or(-0.5, |day| f64::from(day) - 1.0)
}

/// The points, or of very many the first, the last, and of each stretch the highest and the lowest, in their order.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if points.len() <= MOST_POINTS {
        return points;
    }
    let stretch = points.len().div_ceil(MOST_POINTS / 2 - 1);
    let mut kept = Vec::with_capacity(MOST_POINTS);
    let last = points.len() - 1;
    for (number, part) in points.chunks(stretch).enumerate() {
        let begin = number * stretch;
        let by_height = |a: &usize, b: &usize| part[*a].1.total_cmp(&part[*b].1);
        let (top, bottom) = ((0..part.len()).min_by(by_height), (0..part.len()).max_by(by_height));
        let mut here: Vec<usize> = top.into_iter().chain(bottom).map(|at| begin + at).collect();
        here.extend([0, last].into_iter().filter(|end| (begin..begin + part.len()).contains(end)));
        here.sort_unstable();
        here.dedup();
        kept.extend(here.into_iter().map(|at| points[at]));
    }
    kept
}

/// To a tenth of a pixel.
fn tidy(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
