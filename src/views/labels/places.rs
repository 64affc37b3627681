//! The places a label may go to, and what it costs to stand there.

use super::{ASCENT, Bounds, Field, HALO, LEADING, LEVEL, Label, Moment, OVERHANG, PILL, Pill, SAMPLE, pixels};
use crate::views::curve::tenths;
use crate::views::wrap;

/// A place for a label: its box from the middle of the face, and what it costs to stand there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) cost: u64,
    x: f64,
    anchor: &'static str,
    pub(super) bounds: Bounds,
    pilled: bool,
}

/// A label's words and the places it may go to, cheapest first. Most labels take one of their first places, so each place
/// is looked at only when it is its turn.
pub(super) struct Places<'m> {
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
    pub(super) fn new(at: usize, moments: &'m [Moment<'m>], field: &'m Field<'m>, pill: (&str, f64)) -> Self {
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
    pub(super) fn get(&mut self, nth: usize) -> Option<&Place> {
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
    pub(super) fn label(self, choice: usize, (pill, width): (&str, f64)) -> Label {
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
