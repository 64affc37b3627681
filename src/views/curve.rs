//! The curve: how a journey feels, as a drawing that a theme only has to place.
//!
//! Monotone cubic between the moments: smooth, never past a value that somebody felt, never backwards in time. There
//! is no curve before the first moment or after the last, and none where nobody asked: a step without a feeling is a
//! gap in line and area, not a guess. What stands between two gaps is a curve of its own, with level ends only where
//! its moments are level; a moment alone between two gaps is a face without a line.
//!
//! Across, a drawing has `STAGE` units a stage and is stretched with the columns, so moments stand at shares of the width.
//! Downwards it has CSS pixels. Everything is on a grid of tenths: short to write, and the same on every machine.

use std::cmp::Reverse;

use serde::{Serialize, Serializer};

use super::digits;
use super::labels::{self, Field, Label, Moment};
use super::strokes;
use crate::model::Feeling;

/// One felt moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'a> {
    /// The stage's index, from 0.
    pub stage: usize,
    /// Where it stands in its stage's column, 0.0..=1.0; [`positions`] has an even choice.
    pub x: f64,
    /// How it felt.
    pub feeling: Feeling,
    /// What happened, in a few words; may be empty.
    pub label: &'a str,
    /// The word for the feeling.
    pub word: Option<&'a str>,
    /// Whether it wins or loses the persona.
    pub moment_of_truth: bool,
    /// Whether it stands in the column to fix first.
    pub hot: bool,
    /// Whether nobody said how it felt between the moment before and this one: the line is broken there.
    pub after_gap: bool,
}

/// The room a curve is drawn in, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// How many columns; at least 1 is drawn.
    pub stages: usize,
    /// The whole height.
    pub height: f64,
    /// Where +2 is, from the top.
    pub top: f64,
    /// From one whole feeling to the next.
    pub step: f64,
    /// The whole width at its narrowest: labels are laid out for it, a wider drawing only adds room.
    pub narrowest: f64,
    /// Whether only moments of truth have a label.
    pub only_truths: bool,
}

impl Room {
    /// On a map's own page: columns are never narrower than 158 pixels.
    pub fn map(stages: usize) -> Self {
        let narrowest = 158.0 * stages.max(1) as f64;
        Self { stages, height: 336.0, top: 84.0, step: 42.0, narrowest, only_truths: false }
    }

    /// The large picture of the front page.
    pub fn home(stages: usize) -> Self {
        Self { stages, height: 316.0, top: 92.0, step: 36.0, narrowest: 660.0, only_truths: true }
    }

    /// A few columns of a map inside running text.
    pub fn excerpt(stages: usize) -> Self {
        let narrowest = (136.0 * stages as f64).max(540.0);
        Self { stages, height: 250.0, top: 30.0, step: 35.5, narrowest, only_truths: false }
    }
}

/// A curve as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Units across: `STAGE` a stage.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Pixels down.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The height of feeling 0.
    #[serde(serialize_with = "short")]
    pub zero_y: f64,
    /// The height of +2, where the gradient of the line begins.
    #[serde(serialize_with = "short")]
    pub high_y: f64,
    /// The height of −2, where it ends.
    #[serde(serialize_with = "short")]
    pub low_y: f64,
    /// A level for each whole feeling, from +2 down.
    pub levels: [Level; 5],
    /// The line, as path data, begun anew after each gap; empty if no two moments stand without a gap between them.
    pub line: String,
    /// The area between the line and zero, as path data; empty like the line.
    pub area: String,
    /// The moments, in order.
    pub marks: Vec<Mark>,
}

/// A whole feeling's height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Level {
    /// −2..=2.
    pub face: i8,
    /// From the top.
    #[serde(serialize_with = "short")]
    pub y: f64,
}

/// A moment as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// From the left, such as `34.6%`: a fraction of a pixel, however wide the drawing.
    pub x: String,
    /// From the top, in pixels.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// −2..=2.
    pub face: i8,
    /// Whether it stands in the column to fix first.
    pub hot: bool,
    /// Whether a diamond stands round the face.
    pub truth: bool,
    /// The words beside it: `None` if there are none, or no place for them.
    pub label: Option<Label>,
}

/// A curve without words, for cards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sparkline {
    /// Units across: always 200.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Pixels down.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The height of feeling 0.
    #[serde(serialize_with = "short")]
    pub zero_y: f64,
    /// How many stages it goes through; at least 1.
    pub stages: usize,
    /// A short line down where one stage ends and the next begins, as path data with one unit a stage across; empty with
    /// one stage.
    pub ticks: String,
    /// The line, as path data, begun anew after each gap; empty if no two moments stand without a gap between them.
    pub line: String,
    /// The first highest and the first lowest moment, in order of time; only one if they are the same.
    pub faces: Vec<Face>,
}

/// A face on a sparkline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    /// From the left, such as `34.57%`.
    pub x: String,
    /// From the top, in pixels.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// −2..=2.
    pub face: i8,
}

/// A moment of a sparkline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glimpse {
    /// Its place in the whole journey, 0.0..=1.0.
    pub x: f64,
    /// How it felt.
    pub feeling: Feeling,
    /// As [`Point::after_gap`].
    pub after_gap: bool,
}

impl Sparkline {
    /// The part of a curve through the same moments that looks like it, as SVG's `viewBox` has it: stretched over the
    /// sparkline it has the same heights.
    pub fn within(&self, curve: &Curve) -> String {
        // From +2 to −2 it is so much higher than the sparkline.
        let scale = (curve.low_y - curve.high_y) / (self.height - 2.0 * MARGIN);
        let mut view = String::from("0");
        for number in [curve.zero_y - self.zero_y * scale, curve.width, self.height * scale] {
            view.push(' ');
            write(&mut view, number);
        }
        view
    }
}

/// What is kept at the top and at the bottom of a sparkline for its faces, in pixels.
const MARGIN: f64 = 9.0;

/// Units across a stage. Up to six steps, evenly placed, stand at whole numbers then, and so do the handles of the curve
/// through them: short to write, and the same again and again.
pub(super) const STAGE: f64 = 360.0;

/// Where the steps of one stage stand in its column: evenly, with half a gap at each side, so that the gap over
/// a column's border is like those inside.
pub fn positions(moments: usize) -> impl Iterator<Item = f64> {
    (0..moments).map(move |index| (index as f64 + 0.5) / moments as f64)
}

/// Draws moments, which are in order of time; one that stands before its predecessor is drawn straight above or below.
///
/// `truth` says “moment of truth” in the page's language.
pub fn draw(points: &[Point], frame: &Room, truth: &str) -> Curve {
    let width = STAGE * frame.stages.max(1) as f64;
    let zero_y = tenths(frame.top + 2.0 * frame.step);
    let height_of = |feeling: f64| tenths(frame.top + (2.0 - feeling) * frame.step);
    let across = points.iter().map(|point| STAGE * (point.stage as f64 + point.x.clamp(0.0, 1.0)));
    let spots = spots(across, points.iter().map(|point| height_of(point.feeling.value())), width);
    let runs = runs(&spots, |at| points[at].after_gap);

    let scale = frame.narrowest / width;
    let moments: Vec<Moment> = (points.iter().zip(&spots))
        .map(|(point, spot)| {
            let said = !frame.only_truths || point.moment_of_truth;
            let (label, word) = if said { (point.label, point.word) } else { ("", None) };
            Moment { x: spot[0] * scale, y: spot[1], feeling: point.feeling, truth: point.moment_of_truth, label, word }
        })
        .collect();
    let field = Field { width: frame.narrowest, height: frame.height, curves: &[sampled(&runs, scale)] };
    let labels = labels::place(&moments, &field, truth);

    let marks = (points.iter().zip(&spots).zip(labels))
        .map(|((point, &[x, y]), label)| Mark {
            x: digits::percent(tenths(x / width * 100.0)),
            y,
            face: point.feeling.face(),
            hot: point.hot,
            truth: point.moment_of_truth,
            label,
        })
        .collect();
    let [line, area] = paths(&runs, zero_y);
    let levels = [2, 1, 0, -1, -2].map(|face| Level { face, y: height_of(f64::from(face)) });
    Curve {
        width,
        height: frame.height,
        zero_y,
        high_y: height_of(2.0),
        low_y: height_of(-2.0),
        levels,
        line,
        area,
        marks,
    }
}

/// Draws a small curve of moments, which are in order of time.
///
/// `height` is in pixels.
pub fn sparkline(moments: &[Glimpse], stages: usize, height: f64) -> Sparkline {
    let width = 200.0;
    let zero_y = tenths(height / 2.0);
    let height_of = |feeling: Feeling| tenths(zero_y - feeling.value() * (height / 2.0 - MARGIN) / 2.0);
    let across = moments.iter().map(|moment| width * moment.x.clamp(0.0, 1.0));
    let spots = spots(across, moments.iter().map(|moment| height_of(moment.feeling)), width);

    let mut ends = extremes(moments.iter().map(|moment| moment.feeling));
    ends.sort_unstable();
    ends.dedup();
    let faces = (ends.into_iter())
        .map(|at| Face { x: percent(spots[at][0] / width), y: spots[at][1], face: moments[at].feeling.face() })
        .collect();
    let stages = stages.max(1);
    let ticks = strokes::ticks(stages, zero_y);
    let mut line = String::new();
    for run in runs(&spots, |at| moments[at].after_gap) {
        strokes::curve(&run, &mut line);
    }
    Sparkline { width, height, zero_y, stages, ticks, line, faces }
}

/// The line through places in pixels, which are in order of time, and the area between it and `zero_y`: both from gap to
/// gap, and empty where no two places stand together.
pub(super) fn trace(places: &[[f64; 2]], after_gap: impl Fn(usize) -> bool, zero_y: f64) -> [String; 2] {
    let spots = spots(places.iter().map(|place| place[0]), places.iter().map(|place| tenths(place[1])), f64::MAX);
    paths(&runs(&spots, after_gap), zero_y)
}

/// The line of some runs and the area between them and zero, as path data.
fn paths(runs: &[Vec<Piece>], zero_y: f64) -> [String; 2] {
    let (mut line, mut area) = (String::new(), String::new());
    for run in runs.iter().filter(|run| !run.is_empty()) {
        let from = line.len();
        strokes::curve(run, &mut line);
        area.push_str(&line[from..]);
        area.push('V');
        write(&mut area, zero_y);
        area.push('H');
        write(&mut area, run[0][0][0]);
        area.push('z');
    }
    [line, area]
}

/// A place: across in units, down in pixels.
pub(super) type Spot = [f64; 2];
/// A cubic Bézier: start, its handle, the end's handle, end.
pub(super) type Piece = [Spot; 4];

/// Moments on the grid, none before its predecessor, none outside.
pub(super) fn spots(across: impl Iterator<Item = f64>, down: impl Iterator<Item = f64>, width: f64) -> Vec<Spot> {
    let mut latest = 0.0_f64;
    let forward = across.map(|x| {
        latest = latest.max(tenths(x).min(width));
        latest
    });
    forward.zip(down).map(Spot::from).collect()
}

/// The curve from gap to gap; without a piece where a moment stands alone.
pub(super) fn runs(spots: &[Spot], after_gap: impl Fn(usize) -> bool) -> Vec<Vec<Piece>> {
    let mut runs = Vec::new();
    let mut from = 0;
    for to in 1..=spots.len() {
        if to == spots.len() || after_gap(to) {
            runs.push(pieces(&spots[from..to]));
            from = to;
        }
    }
    runs
}

/// Monotone cubic interpolation.
///
/// Source: F. N. Fritsch and R. E. Carlson, “Monotone Piecewise Cubic Interpolation”, SIAM Journal on Numerical
/// Analysis 17 (2), 1980, with their bound α² + β² ≤ 9. Written as Béziers with handles at a third of the way.
pub(super) fn pieces(spots: &[Spot]) -> Vec<Piece> {
    let spans: Vec<f64> = spots.windows(2).map(|pair| pair[1][0] - pair[0][0]).collect();
    let secants: Vec<f64> = (spots.windows(2).zip(&spans))
        .map(|(pair, &span)| if span > 0.0 { (pair[1][1] - pair[0][1]) / span } else { 0.0 })
        .collect();
    let (Some(&first), Some(&last)) = (secants.first(), secants.last()) else { return Vec::new() };
    let turn = |pair: &[f64]| if pair[0] * pair[1] > 0.0 { (pair[0] + pair[1]) / 2.0 } else { 0.0 };
    let mut tangents: Vec<f64> = [first].into_iter().chain(secants.windows(2).map(turn)).chain([last]).collect();
    for (at, &secant) in secants.iter().enumerate() {
        if secant == 0.0 {
            tangents[at] = 0.0;
            tangents[at + 1] = 0.0;
            continue;
        }
        let (a, b) = (tangents[at] / secant, tangents[at + 1] / secant);
        let size = a * a + b * b;
        if size > 9.0 {
            let scale = 3.0 / size.sqrt();
            tangents[at] = scale * a * secant;
            tangents[at + 1] = scale * b * secant;
        }
    }
    (spots.windows(2).zip(&spans).enumerate())
        .map(|(at, (pair, span))| {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            let third = span / 3.0;
            let start = [tenths(x0 + third), tenths(y0 + tangents[at] * third)];
            let end = [tenths(x1 - third), tenths(y1 - tangents[at + 1] * third)];
            [pair[0], start, end, pair[1]]
        })
        .collect()
}

/// The curve's height at every [`labels::SAMPLE`] pixels from the left; `None` where there is no curve.
pub(super) fn sampled(runs: &[Vec<Piece>], scale: f64) -> Vec<Option<f64>> {
    let end = runs.iter().flatten().next_back().map_or(0.0, |last| last[3][0] * scale);
    let mut heights = Vec::with_capacity((end / labels::SAMPLE) as usize + 1);
    for piece in runs.iter().flatten() {
        let [x0, x1] = [piece[0][0] * scale, piece[3][0] * scale];
        while heights.len() as f64 * labels::SAMPLE < x0 {
            heights.push(None);
        }
        while heights.len() as f64 * labels::SAMPLE < x1 {
            // Handles at a third make time run evenly along the piece.
            let t = (heights.len() as f64 * labels::SAMPLE - x0) / (x1 - x0);
            let u = 1.0 - t;
            let [a, b, c, d] = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            heights.push(Some(a * piece[0][1] + b * piece[1][1] + c * piece[2][1] + d * piece[3][1]));
        }
    }
    heights
}

/// The first highest and the first lowest of some feelings; none of none.
pub(super) fn extremes(feelings: impl Iterator<Item = Feeling> + Clone) -> Vec<usize> {
    let highest = feelings.clone().enumerate().max_by_key(|&(at, feeling)| (feeling, Reverse(at)));
    let lowest = feelings.enumerate().min_by_key(|&(at, feeling)| (feeling, at));
    highest.into_iter().chain(lowest).map(|(at, _)| at).collect()
}

/// The nearest tenth, and never a negative zero.
pub(super) fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0 + 0.0
}

/// Writes a number of the grid as short as it can be.
pub(super) fn write(text: &mut String, number: f64) {
    digits::tenths(text, number);
}

/// A share as a percentage of at most two decimals.
pub(super) fn percent(share: f64) -> String {
    digits::percent((share * 10_000.0).round() / 100.0)
}

/// Whole numbers as whole numbers, so that no template prints `84.0`.
pub(super) fn short<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(tenths(*number))
    }
}
