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
    let pill = (pill, pill_width(pill));
    let mut places: Vec<Places> = (0..moments.len()).map(|at| Places::new(at, moments, field, pill)).collect();
    let choices = choose(moments, &mut places);
    places.into_iter().zip(choices).map(|(places, choice)| Some(places.label(choice?, pill))).collect()
}

/// A place for a label: its box from the middle of the face, and what it costs to stand there.
#[derive(Debug, Clone, Copy)]
struct Place {
    cost: u64,
    x: f64,
    anchor: &'static str,
    bounds: Bounds,
    pilled: bool,
}

/// A label's words and the places it may go to, cheapest first. Most labels take one of their first places, so each place
/// is looked at only when it is its turn.
struct Places<'m> {
    at: usize,
    moments: &'m [Moment<'m>],
    field: &'m Field<'m>,
    lines: Vec<String>,
    word: Option<String>,
    /// Width and height, without the pill and with it.
    sizes: [[f64; 2]; 2],
    /// Places that nobody has asked for; those seen have their whole cost, the others what they cost at least.
    waiting: Vec<(Place, bool)>,
    /// Places that are inside the drawing and over no face.
    found: Vec<Place>,
    /// The top and the bottom of all curves near the moment.
    span: [f64; 2],
}

impl<'m> Places<'m> {
    fn new(at: usize, moments: &'m [Moment<'m>], field: &'m Field<'m>, pill: (&str, f64)) -> Self {
        let moment = &moments[at];
        let lines = wrap::two_lines(moment.label);
        let word = moment.word.map(wrap::one_line).filter(|word| !word.is_empty());
        let bold = lines.iter().map(|line| pixels(wrap::width(line), 12.0 * 1.06));
        let regular = word.iter().map(|word| pixels(wrap::width(word), 12.0));
        let width = bold.chain(regular).fold(0.0, f64::max);
        let rows = lines.len() + usize::from(word.is_some());
        let height = LEADING * rows as f64;
        let above = if rows == 0 { PILL[0] } else { PILL[0] + PILL[1] };
        let sizes = [[width, height], [width.max(pill.1), above + height]];
        let (waiting, found) = (Vec::new(), Vec::new());
        let span = [f64::INFINITY, f64::NEG_INFINITY];
        let mut places = Self { at, moments, field, lines, word, sizes, waiting, found, span };
        places.offer(moment.truth);
        // In a crowd the diamond alone must tell, but never where there is room for the words.
        if moment.truth && places.get(0).is_none() {
            places.offer(false);
        }
        places
    }

    /// The place after so many cheaper ones; of two at the same cost the one thought of first.
    fn get(&mut self, nth: usize) -> Option<&Place> {
        while self.found.len() <= nth {
            let (next, _) = self.waiting.iter().enumerate().min_by_key(|(at, (place, _))| (place.cost, *at))?;
            let (place, seen) = self.waiting[next];
            if seen {
                self.found.push(place);
                self.waiting.remove(next);
            } else if place.bounds.is_inside(&self.moments[self.at], self.field)
                && !covers_a_face(&place.bounds, self.at, self.moments)
            {
                let cost = place.cost + self.crossed(&place.bounds);
                self.waiting[next] = (Place { cost, ..place }, true);
            } else {
                self.waiting.remove(next);
            }
        }
        self.found.get(nth)
    }

    fn crossed(&self, bounds: &Bounds) -> u64 {
        let moment = &self.moments[self.at];
        let free = moment.y + bounds.bottom < self.span[0] || moment.y + bounds.top > self.span[1];
        if free { 0 } else { crossed(bounds, moment, self.field) }
    }

    /// Thinks of all places, with the pill or without it.
    fn offer(&mut self, pilled: bool) {
        let moment = &self.moments[self.at];
        let [width, height] = self.sizes[usize::from(pilled)];
        if height == 0.0 {
            return;
        }
        // No label of this moment reaches further to either side; most stand above or below all of the curve there.
        let reach = width + 18.0 + 2.0 * HALO;
        self.span = self.field.span(moment.x - reach, moment.x + reach);
        self.waiting.reserve(26);
        let mut offer = |cost: u64, x: f64, anchor: &'static str, top: f64| {
            let left = x - shift(anchor, width);
            let bounds = Bounds { left: left - HALO, top, right: left + width + HALO, bottom: top + height };
            self.waiting.push((Place { cost, x, anchor, bounds, pilled }, false));
        };
        let gap = if moment.truth { 18.0 } else { 13.0 };
        let sides = side_costs(self.at, self.moments);
        // A face at the very edge has its label pushed inside.
        let start = (-OVERHANG).max(((HALO - moment.x) * 10.0).ceil() / 10.0);
        let end = OVERHANG.min(((self.field.width - HALO - moment.x) * 10.0).floor() / 10.0);
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

    /// The label at one of the places it has found.
    fn label(self, choice: usize, (pill, width): (&str, f64)) -> Label {
        let place = self.found[choice];
        let top = place.bounds.top;
        let below_pill = if place.pilled { PILL[0] + PILL[1] } else { 0.0 };
        let pill = place.pilled.then(|| {
            let x = place.x - shift(place.anchor, width);
            let text = pill.to_owned();
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
fn choose(moments: &[Moment], places: &mut [Places]) -> Vec<Option<usize>> {
    let cheapest: Vec<Option<u64>> =
        places.iter_mut().map(|places| places.get(0).map(|place| place.cost)).collect();
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
        let free = |bounds: &Bounds| {
            taken.iter().all(|(other, _, theirs)| !clash((at, bounds), (*other, theirs), moments))
        };
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
