//! Labels on the curve: what each moment says, where nothing else stands.
//!
//! Every label has some places it may go to, each with a cost; labels take the cheapest free place one after the other,
//! in several orders, and the cheapest outcome stays. A place over another label, over a face or outside the drawing is
//! no place: a label without one is left out (the table says it in full), moments of truth and extremes last.
//!
//! Labels are laid out at the narrowest width of the drawing. Two things beside each other are therefore kept in their
//! order of time: a wider drawing can then only move them apart.

mod places;

use serde::Serialize;

use places::Places;

use super::curve::{extremes, short, tenths};
use super::wrap;
use crate::model::Feeling;

/// The curve's height is asked for at every so many pixels.
pub const SAMPLE: f64 = 3.0;

/// From one baseline to the next, in pixels.
const LEADING: f64 = 14.0;
/// From a line's top to its baseline.
const ASCENT: f64 = 11.0;
/// The pill's height, and what is kept free below it.
const PILL: [f64; 2] = [15.0, 2.0];
/// What a label keeps free at its left and right, its halo included.
const HALO: f64 = 3.0;
/// How far a label that is not centred starts from the middle of its face.
const OVERHANG: f64 = 10.0;
/// Cost of a place level with its face.
const LEVEL: u64 = 45;
/// No more orders than this are tried.
const ORDERS: usize = 12;

/// A moment that may have a label; places are in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// From the left, at the narrowest width; not before the moment before it.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How it felt.
    pub feeling: Feeling,
    /// Whether a diamond stands round its face and a pill above its label.
    pub truth: bool,
    /// What happened; may be empty.
    pub label: &'a str,
    /// The word for the feeling.
    pub word: Option<&'a str>,
}

/// What labels are laid over, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// At its narrowest.
    pub width: f64,
    /// The whole height.
    pub height: f64,
    /// Each curve's height at every [`SAMPLE`] pixels from the left; `None` where there is no curve.
    pub curves: &'a [Vec<Option<f64>>],
}

/// A label as it is drawn, in pixels from the middle of its face.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    /// Where its lines are anchored.
    #[serde(skip)]
    pub x: f64,
    /// How far that is from where lines with this anchor usually are, in pixels: 10 to the left of the face's middle if they
    /// start there, 10 to the right if they end there. 0 but for faces at the very edge, and for lines beside a face.
    #[serde(serialize_with = "short")]
    pub off: f64,
    /// The first baseline.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// `start`, `middle` or `end`, as SVG has it.
    pub anchor: &'static str,
    /// What happened: up to two lines.
    pub lines: Vec<String>,
    /// The word for the feeling, on a line of its own below.
    pub word: Option<String>,
    /// From one baseline to the next.
    #[serde(serialize_with = "short")]
    pub line_height: f64,
    /// Above a moment of truth; `None` for other moments, and in a crowd that leaves no room for it.
    pub pill: Option<Pill>,
    /// What the label covers; for tests, not for themes.
    #[serde(skip)]
    pub bounds: Bounds,
}

/// The words “moment of truth” in a rounded box, 15 pixels high; in pixels from the middle of the face.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pill {
    /// The box's left.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// The box's top.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// The box's width.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// The middle of the text.
    #[serde(serialize_with = "short")]
    pub text_x: f64,
    /// The text's baseline.
    #[serde(serialize_with = "short")]
    pub text_y: f64,
    /// The text.
    pub text: String,
}

/// A box, in pixels from the middle of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Its left.
    pub left: f64,
    /// Its top.
    pub top: f64,
    /// Its right.
    pub right: f64,
    /// Its bottom.
    pub bottom: f64,
}

/// A label for each moment, in order: `None` if it has nothing to say or no place to say it.
///
/// `pill` says “moment of truth” in the page's language.
pub fn place(moments: &[Moment], field: &Field, pill: &str) -> Vec<Option<Label>> {
    let pill = (pill, pill_width(pill));
    let spans = field.spans();
    let mut places: Vec<Places> =
        (0..moments.len()).map(|at| Places::new(at, moments, (field, &spans), pill)).collect();
    let choices = choose(moments, &mut places);
    places.into_iter().zip(choices).map(|(places, choice)| Some(places.label(choice?, pill))).collect()
}

fn pixels(hundredths: u32, size: f64) -> f64 {
    tenths(f64::from(hundredths) * size / 100.0)
}

/// Even, so that its middle is a whole pixel as well.
fn pill_width(text: &str) -> f64 {
    2.0 * (pixels(wrap::width(text), 10.5 * 1.06) / 2.0).round() + 24.0
}

/// The place each label takes, an index into its places: greedy in several orders, the cheapest outcome of all.
fn choose(moments: &[Moment], places: &mut [Places]) -> Vec<Option<usize>> {
    let cheapest: Vec<Option<u64>> = places.iter_mut().map(|places| places.get(0).map(|place| place.cost)).collect();
    let mut order: Vec<usize> = (0..moments.len()).filter(|&at| cheapest[at].is_some()).collect();
    let loss = losses(moments);
    order.sort_by_key(|&at| (std::cmp::Reverse(loss[at]), at));
    let least: u64 = cheapest.iter().flatten().sum();
    let stride = (2 * order.len()).div_ceil(ORDERS).max(1);
    let mut best = (u64::MAX, vec![None; moments.len()]);
    let mut taken = Vec::with_capacity(order.len());
    for turn in (0..order.len()).step_by(stride) {
        for backwards in [false, true] {
            order.rotate_left(turn);
            if backwards {
                order.reverse();
            }
            let outcome = settle(&order, moments, places, &loss, &mut taken, best.0);
            if backwards {
                order.reverse();
            }
            order.rotate_right(turn);
            if let Some(outcome) = outcome {
                best = outcome;
            }
            if best.0 <= least {
                return best.1;
            }
        }
    }
    best.1
}

/// Lets each label take its cheapest free place, one after the other; `None` once that is no better than `limit`.
fn settle(
    order: &[usize],
    moments: &[Moment],
    places: &mut [Places],
    loss: &[u64],
    taken: &mut Vec<(usize, usize, Bounds)>,
    limit: u64,
) -> Option<(u64, Vec<Option<usize>>)> {
    taken.clear();
    let mut total = 0;
    for &at in order {
        let free =
            |bounds: &Bounds| taken.iter().all(|(other, _, theirs)| !clash((at, bounds), (*other, theirs), moments));
        let mut choice = 0;
        let place = loop {
            match places[at].get(choice) {
                Some(place) if !free(&place.bounds) => choice += 1,
                place => break place.copied(),
            }
        };
        match place {
            Some(place) => {
                total += place.cost;
                taken.push((at, choice, place.bounds));
            }
            None => total += loss[at],
        }
        if total >= limit {
            return None;
        }
    }
    let mut choices = vec![None; moments.len()];
    for &(at, choice, _) in taken.iter() {
        choices[at] = Some(choice);
    }
    Some((total, choices))
}

/// Whether two labels would overlap, at any width of the drawing.
fn clash(one: (usize, &Bounds), other: (usize, &Bounds), moments: &[Moment]) -> bool {
    let ((early, a), (late, b)) = if one.0 < other.0 { (one, other) } else { (other, one) };
    let level = moments[late].y - moments[early].y;
    a.right > moments[late].x - moments[early].x + b.left && a.top < level + b.bottom && level + b.top < a.bottom
}

/// What it costs to leave each label out: most for moments of truth, then the first highest and the first lowest, then
/// by how far from neutral. Always more than any place costs.
fn losses(moments: &[Moment]) -> Vec<u64> {
    let extremes = extremes(moments.iter().map(|moment| moment.feeling));
    (moments.iter().enumerate())
        .map(|(at, moment)| {
            let strength = (moment.feeling.value().abs() * 1000.0) as u64;
            match () {
                () if moment.truth => 100_000_000 + strength,
                () if extremes.contains(&at) => 1_000_000 + strength,
                () => 10_000 + strength,
            }
        })
        .collect()
}
