//! How a map feels: its moments as a curve, as a sparkline, as a sentence, and how well they are known.

use serde::Serialize;

use super::curve::{self, Curve, Point, Room, Sparkline};
use super::here::{Feels, Here, Said};
use crate::model::{Contents, Feeling, Id, Insight, JourneyMap, Stage, Step};

/// A step with a feeling.
#[derive(Debug, Clone, Copy)]
pub struct Felt<'a> {
    /// The column it stands in, from 0.
    pub column: usize,
    /// Where in the column, 0.0..=1.0.
    pub x: f64,
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
pub fn felt<'a>(columns: impl IntoIterator<Item = (&'a Stage, &'a [Step])>) -> Vec<Felt<'a>> {
    let mut moments = Vec::new();
    for (column, (stage, steps)) in columns.into_iter().enumerate() {
        let felt = steps.iter().filter_map(|step| step.feels.map(|feeling| (step, feeling)));
        for ((step, feeling), x) in felt.clone().zip(curve::positions(felt.count())) {
            moments.push(Felt { column, x, feeling, stage, step });
        }
    }
    moments
}

/// The steps with a feeling of a whole map.
pub fn felt_in(map: &JourneyMap) -> Vec<Felt<'_>> {
    let mut moments = felt(map.stages.iter().map(|stage| (stage, stage.steps.as_slice())));
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
        let highest = moments.iter().map(|felt| felt.feeling).max()?;
        let lowest = moments.iter().map(|felt| felt.feeling).min()?;
        let across = |felt: &Felt<'_>| ((felt.column as f64 + felt.x) / stages as f64, felt.feeling);
        let drawing = curve::sparkline(&moments.iter().map(across).collect::<Vec<_>>(), stages, height);
        let (highest, lowest) = (self.words.feeling(highest), self.words.feeling(lowest));
        let label = self.words.fill("sparkline", &[("highest", &highest), ("lowest", &lowest)]);
        Some(Spark { drawing, label })
    }

    /// The first of the lowest moments.
    pub fn lowest(&self, map: &'a JourneyMap) -> Option<Lowest<'a>> {
        let moments = felt_in(map);
        let lowest = moments.iter().min_by_key(|felt| felt.feeling)?;
        let feels = self.feels(lowest.feeling);
        let note = self.words.fill("lowest", &[("value", &feels.value)]);
        let text = lowest.step.label();
        Some(Lowest { feels, text: self.said(text), note })
    }

    /// A curve in a sentence; empty of no moments.
    pub fn tell(&self, moments: &[Felt<'a>]) -> String {
        let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return String::new() };
        let Some(highest) = moments.iter().reduce(|best, felt| if felt.feeling > best.feeling { felt } else { best })
        else {
            return String::new();
        };
        let Some(lowest) = moments.iter().min_by_key(|felt| felt.feeling) else { return String::new() };
        let at = |felt: &Felt<'a>| {
            let truth = if felt.step.moment_of_truth.is_some() { "moment_at_truth" } else { "moment_at" };
            let label = felt.step.label();
            self.words.fill(
                truth,
                &[
                    ("value", &self.words.feeling(felt.feeling)),
                    ("stage", felt.stage.title.str(self.lang)),
                    ("label", label.str(self.lang)),
                ],
            )
        };
        self.words.fill(
            "curve_told",
            &[("first", &at(first)), ("highest", &at(highest)), ("lowest", &at(lowest)), ("last", &at(last))],
        )
    }

    /// How many of a map's statements have evidence; `None` of a map that states nothing.
    pub fn coverage(&self, map: &JourneyMap) -> Option<Coverage> {
        let mut counts = [0_usize; 3];
        let mut count = |insights: &[Id<Insight>]| counts[insights.len().min(2)] += 1;
        for (_, step) in map.steps() {
            for pain in &step.pains {
                count(if pain.insights.is_empty() { &step.insights } else { &pain.insights });
            }
            if step.feels.is_some() {
                count(&step.insights);
            }
            if let Some(quote) = &step.says {
                count(if quote.insights.is_empty() { &step.insights } else { &quote.insights });
            }
        }
        if let Contents::Empathy(empathy) = &map.contents {
            empathy.evidence().for_each(&mut count);
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
