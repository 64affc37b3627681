//! Labels on the curve: what each moment says, where nothing else stands.
//!
//! Every label has some places it may go to, each with a cost; labels take the cheapest free place one after the other,
//! in several orders, and the cheapest outcome stays. A place over another label, over a face or outside the drawing is
//! no place: a label without one is left out (the table says it in full), moments of truth and extremes last.
//!
//! Labels are laid out at the narrowest width of the drawing. Two things beside each other are therefore kept in their
//! order of time: a wider drawing can then only move them apart.

use serde::Serialize;

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
    #[serde(serialize_with = "short")]
    pub x: f64,
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
    let blocks: Vec<Block> = moments.iter().map(|moment| Block::new(moment, pill)).collect();
    let places: Vec<Vec<Place>> =
        blocks.iter().enumerate().map(|(at, block)| block.places(at, moments, field)).collect();
    let choices = choose(moments, &places);
    (blocks.into_iter().zip(&places).zip(choices))
        .map(|((block, places), choice)| choice.map(|choice| block.at(&places[choice])))
        .collect()
}

/// A label's words, without a place.
struct Block {
    lines: Vec<String>,
    word: Option<String>,
    pill: Option<(String, f64)>,
}

/// A place for a label: its box from the middle of the face, and what it costs to stand there.
struct Place {
    cost: u64,
    x: f64,
    anchor: &'static str,
    bounds: Bounds,
    pilled: bool,
}

impl Block {
    fn new(moment: &Moment, pill: &str) -> Self {
        let lines = wrap::two_lines(moment.label);
        let word = moment.word.map(wrap::one_line).filter(|word| !word.is_empty());
        let pill = moment.truth.then(|| (pill.to_owned(), pill_width(pill)));
        Self { lines, word, pill }
    }

    /// Width and height, with the pill or without it.
    fn size(&self, pilled: bool) -> [f64; 2] {
        let bold = self.lines.iter().map(|line| pixels(wrap::width(line), 12.0 * 1.06));
        let regular = self.word.iter().map(|word| pixels(wrap::width(word), 12.0));
        let pill = self.pill.iter().filter(|_| pilled).map(|(_, width)| *width);
        let rows = self.lines.len() + usize::from(self.word.is_some());
        let above = match (pilled, rows) {
            (false, _) => 0.0,
            (true, 0) => PILL[0],
            (true, _) => PILL[0] + PILL[1],
        };
        [bold.chain(regular).chain(pill).fold(0.0, f64::max), above + LEADING * rows as f64]
    }

    /// The places that are inside the drawing and over no face, cheapest first.
    fn places(&self, at: usize, moments: &[Moment], field: &Field) -> Vec<Place> {
        let mut places = Vec::new();
        if self.pill.is_some() {
            self.offer(true, at, moments, field, &mut places);
        }
        // In a crowd the diamond alone must tell, but never where there is room for the words.
        if self.pill.is_none() || places.is_empty() {
            self.offer(false, at, moments, field, &mut places);
        }
        places.sort_by_key(|place| place.cost);
        places
    }

    fn offer(&self, pilled: bool, at: usize, moments: &[Moment], field: &Field, places: &mut Vec<Place>) {
        let moment = &moments[at];
        let [width, height] = self.size(pilled);
        if height == 0.0 {
            return;
        }
        // No label of this moment reaches further to either side; most stand above or below all of the curve there.
        let reach = width + 18.0 + 2.0 * HALO;
        let [highest, lowest] = field.span(moment.x - reach, moment.x + reach);
        let mut offer = |cost: u64, x: f64, anchor: &'static str, top: f64| {
            let left = x - shift(anchor, width);
            let bounds = Bounds { left: left - HALO, top, right: left + width + HALO, bottom: top + height };
            if bounds.is_inside(moment, field) && !covers_a_face(&bounds, at, moments) {
                let free = moment.y + bounds.bottom < highest || moment.y + bounds.top > lowest;
                let crossed = if free { 0 } else { crossed(&bounds, moment, field) };
                places.push(Place { cost: cost + crossed, x, anchor, bounds, pilled });
            }
        };
        let gap = if moment.truth { 18.0 } else { 13.0 };
        let sides = side_costs(at, moments);
        // A face at the very edge has its label pushed inside.
        let start = (-OVERHANG).max(((HALO - moment.x) * 10.0).ceil() / 10.0);
        let end = OVERHANG.min(((field.width - HALO - moment.x) * 10.0).floor() / 10.0);
        for offset in [0, 8, 16, 26] {
            let away = gap + offset as f64;
            for (side, top) in sides.into_iter().zip([-away - height, away]) {
                offer(side + offset, 0.0, "middle", top);
                offer(side + offset + 8, start, "start", top);
                offer(side + offset + 8, end, "end", top);
            }
        }
        let level = -(height / 2.0).round();
        offer(LEVEL, gap + HALO, "start", level);
        offer(LEVEL, -gap - HALO, "end", level);
    }

    fn at(self, place: &Place) -> Label {
        let top = place.bounds.top;
        let below_pill = if place.pilled { PILL[0] + PILL[1] } else { 0.0 };
        let pill = self.pill.filter(|_| place.pilled).map(|(text, width)| {
            let x = place.x - shift(place.anchor, width);
            Pill { x: tenths(x), y: top, width, text_x: tenths(x + width / 2.0), text_y: top + ASCENT, text }
        });
        Label {
            x: place.x,
            y: top + below_pill + ASCENT,
            anchor: place.anchor,
            lines: self.lines,
            word: self.word,
            line_height: LEADING,
            pill,
            bounds: place.bounds,
        }
    }
}

impl Field<'_> {
    /// The top and the bottom of all curves between two places across; the bottom above the top where there are none.
    fn span(&self, from: f64, to: f64) -> [f64; 2] {
        let [first, last] = [from, to].map(|x| (x.max(0.0) / SAMPLE) as usize);
        let mut span = [f64::INFINITY, f64::NEG_INFINITY];
        for curve in self.curves {
            let heights = curve.get(first.min(curve.len())..(last + 3).min(curve.len())).unwrap_or_default();
            for height in heights.iter().flatten() {
                span = [span[0].min(*height), span[1].max(*height)];
            }
        }
        span
    }
}

impl Bounds {
    fn is_inside(&self, moment: &Moment, field: &Field) -> bool {
        moment.x + self.left >= 0.0
            && moment.x + self.right <= field.width
            && moment.y + self.top >= 0.0
            && moment.y + self.bottom <= field.height
    }
}

/// How far left of its anchor a text of some width begins.
fn shift(anchor: &str, width: f64) -> f64 {
    match anchor {
        "start" => 0.0,
        "end" => width,
        _ => width / 2.0,
    }
}

fn pixels(hundredths: u32, size: f64) -> f64 {
    tenths(f64::from(hundredths) * size / 100.0)
}

fn pill_width(text: &str) -> f64 {
    pixels(wrap::width(text), 10.5 * 1.06) + 24.0
}

/// What it costs to stand above and below: a peak has its label above, a valley below, a slope on its feeling's side.
fn side_costs(at: usize, moments: &[Moment]) -> [u64; 2] {
    let feeling = moments[at].feeling;
    let neighbours = [at.checked_sub(1).map(|before| moments[before].feeling), moments.get(at + 1).map(|m| m.feeling)];
    let lower = neighbours.iter().flatten().any(|&other| other < feeling);
    let higher = neighbours.iter().flatten().any(|&other| other > feeling);
    match (lower, higher) {
        (true, false) => [0, 60],
        (false, true) => [60, 0],
        _ if feeling.value() < 0.0 => [25, 0],
        _ => [0, 25],
    }
}

/// Whether a label covers the face of another moment, at any width of the drawing.
fn covers_a_face(bounds: &Bounds, at: usize, moments: &[Moment]) -> bool {
    const REACH: f64 = 18.0;
    let moment = &moments[at];
    let from = moments.partition_point(|other| other.x < moment.x + bounds.left.min(0.0) - REACH);
    let near = moments[from..].iter().take_while(|other| other.x <= moment.x + bounds.right.max(0.0) + REACH);
    near.zip(from..).filter(|&(_, other_at)| other_at != at).any(|(other, other_at)| {
        let aside = other.x - moment.x;
        let beside = if other_at > at { aside - bounds.right } else { bounds.left - aside };
        let dx = beside.max(0.0);
        let level = other.y - moment.y;
        let dy = (bounds.top - level).max(level - bounds.bottom).max(0.0);
        // A diamond of 17 and a disc of 10, with a pixel's air.
        if other.truth { dx + dy < REACH } else { dx * dx + dy * dy < 11.0 * 11.0 }
    })
}

/// 6 for every 3 pixels of a curve under a label.
fn crossed(bounds: &Bounds, moment: &Moment, field: &Field) -> u64 {
    let first = ((moment.x + bounds.left) / SAMPLE) as usize;
    let last = ((moment.x + bounds.right) / SAMPLE) as usize;
    let [top, bottom] = [moment.y + bounds.top, moment.y + bounds.bottom];
    let of = |curve: &Vec<Option<f64>>| {
        let heights = curve.get(first..(last + 2).min(curve.len())).unwrap_or_default();
        let mut covered = 0.0;
        for pair in heights.windows(2) {
            let [Some(from), Some(to)] = *pair else { continue };
            let (low, high) = if from < to { (from, to) } else { (to, from) };
            if high < top || low > bottom {
                continue;
            }
            let drop = high - low;
            // Of a steep piece only the part that is under the label.
            let part = if drop > 0.0 { (high.min(bottom) - low.max(top)).max(0.0) / drop } else { 1.0 };
            covered += part * (SAMPLE * SAMPLE + drop * drop).sqrt();
        }
        2.0 * covered
    };
    field.curves.iter().map(of).sum::<f64>() as u64
}

/// The place each label takes, an index into its places: greedy in several orders, the cheapest outcome of all.
fn choose(moments: &[Moment], places: &[Vec<Place>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..moments.len()).filter(|&at| !places[at].is_empty()).collect();
    let loss = losses(moments);
    order.sort_by_key(|&at| (std::cmp::Reverse(loss[at]), at));
    let least: u64 = order.iter().map(|&at| places[at][0].cost).sum();
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
    places: &[Vec<Place>],
    loss: &[u64],
    taken: &mut Vec<(usize, usize)>,
    limit: u64,
) -> Option<(u64, Vec<Option<usize>>)> {
    taken.clear();
    let mut total = 0;
    for &at in order {
        let free = |place: &Place| {
            taken
                .iter()
                .all(|&(other, choice)| !clash((at, &place.bounds), (other, &places[other][choice].bounds), moments))
        };
        match places[at].iter().position(free) {
            Some(choice) => {
                total += places[at][choice].cost;
                taken.push((at, choice));
            }
            None => total += loss[at],
        }
        if total >= limit {
            return None;
        }
    }
    let mut choices = vec![None; moments.len()];
    for &(at, choice) in taken.iter() {
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
