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
}

/// A label's words and the places it may go to, cheapest first. Most labels take one of their first places, so each place
/// is thought of only when it is its turn.
pub(super) struct Places<'m> {
    at: usize,
    moments: &'m [Moment<'m>],
    field: &'m Field<'m>,
    /// The top and the bottom of all curves in each [`STRETCH`].
    spans: &'m [[f64; 2]],
    lines: Vec<String>,
    word: Option<String>,
    /// Whether the pill stands above the words.
    pilled: bool,
    /// Width and height, with the pill if it stands there.
    size: [f64; 2],
    /// What it costs to stand above and below.
    sides: [u64; 2],
    /// How many places have been thought of.
    thought: usize,
    /// Those of them that may be taken and that nobody has asked for, in no order; each with its number.
    waiting: Vec<(usize, Place)>,
    /// Those that somebody has asked for.
    found: Vec<Place>,
    /// The top and the bottom of all curves near the moment.
    span: [f64; 2],
}

/// How far above or below its face a label may be moved.
const OFFSETS: [u64; 4] = [0, 8, 16, 26];
/// How many places there are: at each offset three above and three below, and two level with the face.
const PLACES: usize = 6 * OFFSETS.len() + 2;
/// What the two sides may cost.
const SIDES: [[u64; 2]; 4] = [[0, 60], [60, 0], [25, 0], [0, 25]];
/// The places in the order of what they cost at least, and of two at the same cost the one with the lower number, for each
/// of [`SIDES`].
static ORDERS: [[usize; PLACES]; SIDES.len()] = {
    let mut orders = [[0; PLACES]; SIDES.len()];
    let mut of = 0;
    while of < SIDES.len() {
        let mut place = 0;
        while place < PLACES {
            // Where it belongs among those before it.
            let mut at = place;
            while at > 0 && least(orders[of][at - 1], SIDES[of]) > least(place, SIDES[of]) {
                orders[of][at] = orders[of][at - 1];
                at -= 1;
            }
            orders[of][at] = place;
            place += 1;
        }
        of += 1;
    }
    orders
};

/// What a place costs at least: a label in the middle of its face is best, and near it.
const fn least(place: usize, sides: [u64; 2]) -> u64 {
    if place >= 6 * OFFSETS.len() {
        return LEVEL;
    }
    let aside = if place.is_multiple_of(3) { 0 } else { 8 };
    sides[place % 6 / 3] + OFFSETS[place / 6] + aside
}

impl<'m> Places<'m> {
    pub(super) fn new(
        at: usize,
        moments: &'m [Moment<'m>],
        (field, spans): (&'m Field<'m>, &'m [[f64; 2]]),
        pill: (&str, f64),
    ) -> Self {
        let moment = &moments[at];
        let lines = wrap::two_lines(moment.label);
        let word = moment.word.map(wrap::one_line).filter(|word| !word.is_empty());
        let bold = lines.iter().map(|line| pixels(wrap::width(line), 12.0 * 1.06));
        let regular = word.iter().map(|word| pixels(wrap::width(word), 12.0));
        let width = bold.chain(regular).fold(0.0, f64::max);
        let rows = lines.len() + usize::from(word.is_some());
        let height = LEADING * rows as f64;
        let (waiting, found) = (Vec::new(), Vec::new());
        let (size, span, sides) = ([0.0; 2], [0.0; 2], side_costs(at, moments));
        let pilled = moment.truth;
        let mut places =
            Self { at, moments, field, spans, lines, word, pilled, size, sides, thought: 0, waiting, found, span };
        if moment.truth {
            let above = if rows == 0 { PILL[0] } else { PILL[0] + PILL[1] };
            places.offer([width.max(pill.1), above + height]);
            // In a crowd the diamond alone must tell, but never where there is room for the words.
            if places.get(0).is_some() {
                return places;
            }
            places.pilled = false;
        }
        places.offer([width, height]);
        places
    }

    /// The place after so many cheaper ones; of two at the same cost the one thought of first.
    pub(super) fn get(&mut self, nth: usize) -> Option<&Place> {
        if self.size[1] == 0.0 {
            return None;
        }
        let order = &ORDERS[SIDES.iter().position(|sides| *sides == self.sides)?];
        while self.found.len() <= nth {
            let next = order.get(self.thought).map(|&place| (least(place, self.sides), place));
            let waiting = self.waiting.iter().enumerate().map(|(at, (number, place))| (place.cost, *number, at)).min();
            match (waiting, next) {
                (Some((cost, number, at)), next) if next.is_none_or(|next| (cost, number) < next) => {
                    self.found.push(self.waiting.swap_remove(at).1);
                }
                (_, Some((cost, number))) => {
                    self.thought += 1;
                    let place = self.place(number, cost);
                    if place.bounds.is_inside(&self.moments[self.at], self.field)
                        && !covers_a_face(&place.bounds, self.at, self.moments)
                    {
                        let cost = cost + self.crossed(&place.bounds);
                        self.waiting.push((number, Place { cost, ..place }));
                    }
                }
                (_, None) => return None,
            }
        }
        self.found.get(nth)
    }

    fn crossed(&self, bounds: &Bounds) -> u64 {
        let moment = &self.moments[self.at];
        let free = moment.y + bounds.bottom < self.span[0] || moment.y + bounds.top > self.span[1];
        if free { 0 } else { crossed(bounds, moment, self.field) }
    }

    /// Offers all places for a label of some size.
    fn offer(&mut self, size: [f64; 2]) {
        self.size = size;
        self.thought = 0;
        let moment = &self.moments[self.at];
        // No label of this moment reaches further to either side; most stand above or below all of the curve there.
        let reach = size[0] + 18.0 + 2.0 * HALO;
        self.span = span(self.spans, moment.x - reach, moment.x + reach);
    }

    /// The place of some number.
    fn place(&self, number: usize, cost: u64) -> Place {
        let moment = &self.moments[self.at];
        let [width, height] = self.size;
        let gap = if moment.truth { 18.0 } else { 13.0 };
        let (x, anchor, top) = if number >= 6 * OFFSETS.len() {
            let level = -(height / 2.0).round();
            if number.is_multiple_of(2) { (gap + HALO, "start", level) } else { (-gap - HALO, "end", level) }
        } else {
            let away = gap + OFFSETS[number / 6] as f64;
            let top = if number % 6 < 3 { -away - height } else { away };
            // A face at the very edge has its label pushed inside.
            match number % 3 {
                0 => (0.0, "middle", top),
                1 => ((-OVERHANG).max(((HALO - moment.x) * 10.0).ceil() / 10.0), "start", top),
                _ => (OVERHANG.min(((self.field.width - HALO - moment.x) * 10.0).floor() / 10.0), "end", top),
            }
        };
        let left = x - shift(anchor, width);
        let bounds = Bounds { left: left - HALO, top, right: left + width + HALO, bottom: top + height };
        Place { cost, x, anchor, bounds }
    }

    /// The label at one of the places it has found.
    pub(super) fn label(self, choice: usize, (pill, width): (&str, f64)) -> Label {
        let place = self.found[choice];
        let top = place.bounds.top;
        let below_pill = if self.pilled { PILL[0] + PILL[1] } else { 0.0 };
        let pill = self.pilled.then(|| {
            let x = (place.x - shift(place.anchor, width)).round();
            let text = pill.to_owned();
            Pill { x, y: top, width, text_x: x + width / 2.0, text_y: top + ASCENT, text }
        });
        let usual = match place.anchor {
            "start" => -OVERHANG,
            "end" => OVERHANG,
            _ => 0.0,
        };
        Label {
            x: place.x,
            off: tenths(place.x - usual),
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

/// So many heights of a curve are looked at once for all labels.
const STRETCH: usize = 16;
/// No curve: the bottom above the top.
const NO_SPAN: [f64; 2] = [f64::INFINITY, f64::NEG_INFINITY];

impl Field<'_> {
    /// The top and the bottom of all curves in each stretch from the left.
    pub(super) fn spans(&self) -> Vec<[f64; 2]> {
        let longest = self.curves.iter().map(Vec::len).max().unwrap_or(0);
        let mut spans = vec![NO_SPAN; longest.div_ceil(STRETCH)];
        for curve in self.curves {
            for (span, heights) in spans.iter_mut().zip(curve.chunks(STRETCH)) {
                *span = heights.iter().flatten().fold(*span, |span, height| wider(span, [*height; 2]));
            }
        }
        spans
    }
}

/// The top and the bottom of all curves between two places across, or some more; [`NO_SPAN`] where there are none.
fn span(spans: &[[f64; 2]], from: f64, to: f64) -> [f64; 2] {
    let [first, last] = [from, to].map(|x| (x.max(0.0) / SAMPLE) as usize);
    let (first, end) = (first / STRETCH, (last + 2) / STRETCH + 1);
    let spans = spans.get(first.min(spans.len())..end.min(spans.len())).unwrap_or_default();
    spans.iter().fold(NO_SPAN, |span, other| wider(span, *other))
}

/// The least that holds two spans.
fn wider(one: [f64; 2], other: [f64; 2]) -> [f64; 2] {
    [if other[0] < one[0] { other[0] } else { one[0] }, if other[1] > one[1] { other[1] } else { one[1] }]
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
