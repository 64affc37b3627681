//! How a map feels: its moments as a curve, as a sparkline, as a sentence, and how well they are known.

use serde::Serialize;

use super::crowd;
use super::curve::{self, Curve, Glimpse, Point, Room, Sparkline};
use super::evidence_coverage;
use super::here::{Feels, Here, Said};
use crate::model::{Contents, Feeling, JourneyMap, Stage, Step};

/// A step with a feeling.
#[derive(Debug, Clone, Copy)]
pub struct Felt<'a> {
    /// The column it stands in, from 0.
    pub column: usize,
    /// Where in the column, 0.0..=1.0: each step has its place, felt or not.
    pub x: f64,
    /// Whether nobody said how it felt between the moment before and this one.
    pub after_gap: bool,
    /// How it felt.
    pub feeling: Feeling,
    /// The stage.
    pub stage: &'a Stage,
    /// The step.
    pub step: &'a Step,
}

/// A sparkline and the same in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spark {
    /// The drawing.
    #[serde(flatten)]
    pub drawing: Sparkline,
    /// What it shows.
    pub label: String,
}

/// The moment a map is remembered for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lowest<'a> {
    /// How it felt.
    pub feels: Feels,
    /// What happened.
    pub text: Said<'a>,
    /// “lowest, −2”.
    pub note: String,
}

/// How many of a map's statements have evidence.
///
/// A statement is a pain, a feeling or a quote, or whatever stands in an empathy map. It is confirmed if two pieces of evidence or more are cited for it, has
/// one source if one is, and is assumed if none is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// “of 61 statements”.
    pub of: String,
    /// The share with evidence, in percent.
    pub share: String,
    /// “38 confirmed”.
    pub many: String,
    /// “12 one source”.
    pub one: String,
    /// “11 assumed”.
    pub none: String,
    /// The bar: shares of the width with a gap between, in percent, as `x` and `width` of each part that is not empty.
    pub bar: Vec<Bar>,
}

/// A part of the bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// `many`, `one` or `none`.
    pub level: &'static str,
    /// From the left, such as `62.5%`.
    pub x: String,
    /// Such as `19.2%`.
    pub width: String,
}

/// The steps with a feeling, column by column: each column a stage and those of its steps that are shown.
///
/// A step that nobody was asked about keeps its place and leaves a gap, as does a column without steps. A step that
/// happens behind the customer's back leaves none.
pub fn felt<'a>(columns: impl IntoIterator<Item = (&'a Stage, &'a [Step])>) -> Vec<Felt<'a>> {
    let mut moments: Vec<Felt<'a>> = Vec::new();
    let mut gap = false;
    for (column, (stage, steps)) in columns.into_iter().enumerate() {
        gap |= steps.is_empty();
        for (step, x) in steps.iter().zip(curve::positions(steps.len())) {
            match step.feels {
                Some(feeling) => {
                    moments.push(Felt { column, x, after_gap: gap && !moments.is_empty(), feeling, stage, step });
                    gap = false;
                }
                None => gap |= !step.unseen,
            }
        }
    }
    moments
}

/// The steps with a feeling of a whole map; of several personas, of the one whom it hurts most.
pub fn felt_in(map: &JourneyMap) -> Vec<Felt<'_>> {
    let whole = || felt(map.stages.iter().map(|stage| (stage, stage.steps.as_slice())));
    let mut moments = crowd::felt_by_the_worst_off(map).unwrap_or_else(whole);
    // A day is never smoothed into equal steps, not even on a card.
    if let Contents::DayInTheLife(days) = &map.contents {
        for felt in &mut moments {
            if let (Some(time), Some(day)) = (felt.step.time, days.get(felt.column)) {
                felt.x = f64::from(time.minute) / f64::from(day.minutes);
            }
        }
    }
    moments
}

/// Moments at their places in the whole journey, for a small drawing.
pub fn glimpses(moments: &[Felt<'_>], stages: usize) -> Vec<Glimpse> {
    let glimpse = |felt: &Felt<'_>| Glimpse {
        x: (felt.column as f64 + felt.x) / stages as f64,
        feeling: felt.feeling,
        after_gap: felt.after_gap,
    };
    moments.iter().map(glimpse).collect()
}

impl<'a> Here<'a> {
    /// Draws moments; `None` of none.
    pub fn curve(&self, moments: &[Felt<'a>], frame: Room, hot: bool) -> Option<Curve> {
        let points: Vec<Point> = (moments.iter())
            .map(|felt| Point {
                stage: felt.column,
                x: felt.x,
                feeling: felt.feeling,
                label: felt.step.label().str(self.lang),
                word: felt.step.feeling.as_ref().map(|word| word.str(self.lang)),
                moment_of_truth: felt.step.moment_of_truth.is_some(),
                hot: hot && felt.stage.fix_first,
                after_gap: felt.after_gap,
            })
            .collect();
        (!points.is_empty()).then(|| curve::draw(&points, &frame, self.words.get("moment_of_truth")))
    }

    /// A small curve of a map, of the first day if it has days; `None` if nobody said how it feels.
    pub fn spark(&self, map: &JourneyMap, height: f64) -> Option<Spark> {
        let mut moments = felt_in(map);
        let mut stages = map.stages.len();
        // No line leads from one person's day into another's.
        if matches!(map.contents, Contents::DayInTheLife(_)) {
            moments.retain(|felt| felt.column == 0);
            stages = 1;
        }
        self.spark_over(&moments, stages, height)
    }

    /// A small curve of moments over so many columns; `None` of none.
    pub fn spark_over(&self, moments: &[Felt<'_>], columns: usize, height: f64) -> Option<Spark> {
        let highest = moments.iter().map(|felt| felt.feeling).max()?;
        let lowest = moments.iter().map(|felt| felt.feeling).min()?;
        let drawing = curve::sparkline(&glimpses(moments, columns), columns, height);
        let (highest, lowest) = (self.words.feeling(highest), self.words.feeling(lowest));
        let label = self.words.fill("sparkline", &[("highest", &highest), ("lowest", &lowest)]);
        Some(Spark { drawing, label })
    }

    /// The first of the lowest moments.
    pub fn lowest(&self, map: &'a JourneyMap) -> Option<Lowest<'a>> {
        let mut moments: Vec<Felt<'a>> = crowd::lived(map).iter().flat_map(crowd::Lived::felt).collect();
        if moments.is_empty() {
            moments = felt_in(map);
        }
        let lowest = moments.iter().min_by_key(|felt| felt.feeling)?;
        let feels = self.feels(lowest.feeling);
        let note = self.words.fill("lowest", &[("value", &feels.value)]);
        let text = lowest.step.label();
        Some(Lowest { feels, text: self.said(text), note })
    }

    /// How many of a map's statements have evidence, as [`evidence_coverage`] counts them; `None` of a map that states nothing.
    pub fn coverage(&self, map: &JourneyMap) -> Option<Coverage> {
        let mut counts = [0_usize; 3];
        for statement in evidence_coverage::statements(self.handbook, map) {
            counts[statement.sources().min(2)] += 1;
        }
        let [none, one, many] = counts;
        let all = none + one + many;
        if all == 0 {
            return None;
        }
        let percent = |part: usize| part as f64 * 100.0 / all as f64;
        let mut bar = Vec::new();
        let mut x = 0.0;
        for (level, part) in [("many", many), ("one", one), ("none", none)].into_iter().filter(|(_, part)| *part > 0) {
            let width = percent(part);
            let gap = if x + width > 99.5 { 0.0 } else { 0.5 };
            bar.push(Bar { level, x: format!("{x:.1}%"), width: format!("{:.1}%", width - gap) });
            x += width;
        }
        Some(Coverage {
            of: self.words.count("of_statements", all),
            share: format!("{:.0}%", percent(one + many).floor()),
            many: self.words.count("confirmed", many),
            one: self.words.count("one_source", one),
            none: self.words.count("assumed", none),
            bar,
        })
    }
}
