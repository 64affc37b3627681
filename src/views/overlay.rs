//! Several curves on one drawing: several people on one journey, or one journey today and later.
//!
//! Every strand is a monotone cubic like the curve of one persona, with gaps where its owner does not go along. Strands
//! are told apart by the pattern of their line, the shape round their faces and the name at their right end, never by
//! colour alone. Where strands meet at a moment, one face stands for all of them.
//!
//! Names need room that stretches with nothing, so the moments of the last column move to its left to make it.

use serde::Serialize;

use super::curve::{self, Level, Mark, Piece, Point, Room, STAGE, Spot, percent, short, tenths};
use super::labels::{self, Bounds, Field, Moment};
use super::strokes;
use super::wrap;

/// The styles a theme has: 0..=4 for strands with faces, [`HOLLOW`] for a hollow one; the sixth strand is like the first.
pub const STYLES: usize = 5;
/// The style of the hollow strand.
pub const HOLLOW: usize = 5;

/// The widest line of a name, in hundredths of an em of regular weight, and the bold type it is set in, in pixels.
const NAME: u32 = 500;
const BOLD: f64 = 12.0 * 1.06;
/// From a name's line to its next, from its top to its first baseline, and between two names, in pixels.
const LEADING: f64 = 14.0;
const ASCENT: f64 = 11.0;
const AIR: f64 = 2.0;
/// What is kept free between the last moment and the names, for the shape round its face.
const GAP: f64 = 20.0;
/// How much of the last column the names may take.
const MOST: f64 = 0.7;
/// Strands that run together are never further apart than this in all: a face still covers them.
const BUNDLE: f64 = 12.0;

/// One of several curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Strand<'a> {
    /// Whose it is; may be empty.
    pub name: &'a str,
    /// Its moments, in order of time, over the same stages as all others.
    pub points: Vec<Point<'a>>,
}

/// What a drawing of several curves shows beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options<'a> {
    /// “Moment of truth” in the page's language.
    pub truth: &'a str,
    /// How many pixels are between strands that run together, 0.0 for one over the other.
    pub apart: f64,
    /// The strand of small hollow points instead of faces, by its index.
    pub hollow: Option<usize>,
    /// Whether the area between the two strands is wanted; there is none unless there are exactly two.
    pub gain: bool,
    /// Points of the first and of the second strand that belong together, by their indices; unknown ones are left out.
    pub risers: &'a [(usize, usize)],
}

/// Several curves as they are drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlay {
    /// Units across: 100 a stage.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Pixels down.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The height of feeling 0.
    #[serde(serialize_with = "short")]
    pub zero_y: f64,
    /// A level for each whole feeling, from +2 down.
    pub levels: [Level; 5],
    /// The strands, in order.
    pub strands: Vec<Drawn>,
    /// The area between two strands; `None` if it is not wanted or they never run side by side.
    pub gain: Option<Gain>,
    /// Lines between points that belong together.
    pub risers: Vec<Riser>,
}

/// One strand as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawn {
    /// Its place among the strands, from 0.
    pub index: usize,
    /// Its pattern and shape, 0..=5; see [`STYLES`].
    pub style: usize,
    /// Whose it is.
    pub name: String,
    /// The line, as path data; empty if no two moments are joined.
    pub line: String,
    /// How far the whole line lies below its exact height, in pixels; negative for above.
    #[serde(serialize_with = "short")]
    pub offset: f64,
    /// Its moments, in order.
    pub marks: Vec<StrandMark>,
    /// Its name at the right end; `None` without a name or moments, or where too many names leave no room.
    pub end: Option<End>,
}

/// A moment of a strand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StrandMark {
    /// The moment; its label stands for all that meet here.
    #[serde(flatten)]
    pub mark: Mark,
    /// Whether it is a small hollow point without a face.
    pub hollow: bool,
    /// Whether another strand's mark at the same place stands for it: it is not to be drawn.
    pub covered: bool,
    /// How many strands meet here, itself included.
    pub meets: usize,
}

/// A name at the right end of its strand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct End {
    /// Where its lines begin, from the left, such as `94.57%`.
    pub x: String,
    /// The first baseline, in pixels from the top.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// The name: one or two lines.
    pub lines: Vec<String>,
    /// From one baseline to the next.
    #[serde(serialize_with = "short")]
    pub line_height: f64,
    /// A thin line from the last moment to the name; `None` for a strand that ends before the last stage.
    pub leader: Option<Riser>,
    /// What it covers, in pixels from the top and from `x`; for tests, not for themes.
    #[serde(skip)]
    pub bounds: Bounds,
}

/// The area between two strands, where both are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gain {
    /// The area, as path data.
    pub area: String,
    /// Everything above the first strand, as path data: what of the area lies in it is gained.
    pub above: String,
    /// Everything below the first strand, as path data: what of the area lies in it is lost.
    pub below: String,
}

/// A thin straight line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Riser {
    /// Its beginning, from the left, such as `34.57%`.
    pub x1: String,
    /// Its beginning, from the top, in pixels.
    #[serde(serialize_with = "short")]
    pub y1: f64,
    /// Its end, from the left.
    pub x2: String,
    /// Its end, from the top.
    #[serde(serialize_with = "short")]
    pub y2: f64,
}

/// Draws strands over each other; only the levels of none.
pub fn draw(strands: &[Strand], frame: &Room, options: &Options) -> Overlay {
    let width = STAGE * frame.stages.max(1) as f64;
    let scale = frame.narrowest / width;
    let height_of = |feeling: f64| tenths(frame.top + (2.0 - feeling) * frame.step);
    let column = frame.narrowest / frame.stages.max(1) as f64;
    let room = NAME.min(((column * MOST - GAP - AIR) * 100.0 / BOLD) as u32).max(200);
    let names: Vec<Vec<String>> = strands.iter().map(|strand| wrap::two_within(strand.name, room)).collect();
    let zone = zone(&names, column);
    let squeeze = 1.0 - (zone / column).min(MOST);

    let exact: Vec<Vec<Spot>> = (strands.iter())
        .map(|strand| {
            let across = strand.points.iter().map(|point| {
                let x = point.x.clamp(0.0, 1.0) * if point.stage + 1 >= frame.stages { squeeze } else { 1.0 };
                STAGE * (point.stage as f64 + x)
            });
            let down = strand.points.iter().map(|point| height_of(point.feeling.value()));
            curve::spots(across, down, width)
        })
        .collect();
    let offsets = offsets(strands.len(), options.apart);
    let runs: Vec<Vec<Vec<Piece>>> = (strands.iter().zip(&exact).zip(&offsets))
        .map(|((strand, spots), offset)| {
            let shifted: Vec<Spot> = spots.iter().map(|&[x, y]| [x, tenths(y + offset)]).collect();
            curve::runs(&shifted, |at| strand.points[at].after_gap)
        })
        .collect();

    let mut marks = marks(strands, &exact, &offsets, width, options.hollow);
    label(&mut marks, strands, &exact, &runs, frame, scale, zone, options.truth);
    let mut ends = ends(strands, &exact, names, frame, width, tenths(frame.narrowest - zone + GAP));
    let drawn = (strands.iter().zip(marks).zip(&runs).enumerate())
        .map(|(index, ((strand, marks), runs))| Drawn {
            index,
            style: if options.hollow == Some(index) { HOLLOW } else { index % STYLES },
            name: strand.name.to_owned(),
            line: runs.iter().map(|run| path(run)).collect(),
            offset: offsets[index],
            marks,
            end: ends[index].take(),
        })
        .collect();
    Overlay {
        width,
        height: frame.height,
        zero_y: height_of(0.0),
        levels: [2, 1, 0, -1, -2].map(|face| Level { face, y: height_of(f64::from(face)) }),
        strands: drawn,
        gain: if options.gain { gain(&runs, frame.height) } else { None },
        risers: risers(&exact, options.risers, width),
    }
}

/// How many pixels at the right belong to the names, their distance to the moments included; 0 without names.
fn zone(names: &[Vec<String>], column: f64) -> f64 {
    let widest = names.iter().flatten().map(|line| name_width(line)).fold(0.0, f64::max);
    if widest == 0.0 { 0.0 } else { tenths((widest + GAP + AIR).min(column * MOST)) }
}

fn name_width(line: &str) -> f64 {
    f64::from(wrap::width(line)) * BOLD / 100.0
}

/// How far each strand lies below its exact height.
fn offsets(strands: usize, apart: f64) -> Vec<f64> {
    let gaps = strands.saturating_sub(1) as f64;
    let apart = if gaps > 0.0 { apart.clamp(0.0, BUNDLE / gaps) } else { 0.0 };
    (0..strands).map(|index| tenths((index as f64 - gaps / 2.0) * apart)).collect()
}

/// A run as path data.
fn path(run: &[Piece]) -> String {
    let mut path = String::new();
    strokes::curve(run, &mut path);
    path
}

/// The marks of every strand, without words.
fn marks(
    strands: &[Strand],
    exact: &[Vec<Spot>],
    offsets: &[f64],
    width: f64,
    hollow: Option<usize>,
) -> Vec<Vec<StrandMark>> {
    // A face stands for a hollow point, and the earlier strand for the later.
    let rank = |strand: usize| (hollow == Some(strand), strand);
    (0..strands.len())
        .map(|strand| {
            (strands[strand].points.iter().zip(&exact[strand]))
                .map(|(point, spot)| {
                    let others = (0..strands.len()).filter(|&other| other != strand && has(&exact[other], spot));
                    let meets = 1 + others.clone().count();
                    let mark = Mark {
                        x: percent(spot[0] / width),
                        y: if meets > 1 { spot[1] } else { tenths(spot[1] + offsets[strand]) },
                        face: point.feeling.face(),
                        hot: point.hot,
                        truth: point.moment_of_truth,
                        label: None,
                    };
                    let covered = others.clone().any(|other| rank(other) < rank(strand));
                    StrandMark { mark, hollow: hollow == Some(strand), covered, meets }
                })
                .collect()
        })
        .collect()
}

/// Whether a strand has a moment at a spot; spots are on a grid and in order of time.
fn has(spots: &[Spot], spot: &Spot) -> bool {
    let from = spots.partition_point(|other| other[0] < spot[0]);
    spots[from..].iter().take_while(|other| other[0] == spot[0]).any(|other| other[1] == spot[1])
}

/// Gives the drawn marks their words, so that those of all strands stand apart.
#[expect(clippy::too_many_arguments, reason = "one step of `draw`, named for reading")]
fn label(
    marks: &mut [Vec<StrandMark>],
    strands: &[Strand],
    exact: &[Vec<Spot>],
    runs: &[Vec<Vec<Piece>>],
    frame: &Room,
    scale: f64,
    zone: f64,
    truth: &str,
) {
    let drawn = |(strand, at): &(usize, usize)| !marks[*strand][*at].covered;
    let mut order: Vec<(usize, usize)> =
        (0..strands.len()).flat_map(|strand| (0..exact[strand].len()).map(move |at| (strand, at))).collect();
    order.retain(drawn);
    order.sort_by(|a, b| exact[a.0][a.1][0].total_cmp(&exact[b.0][b.1][0]).then(a.cmp(b)));
    // One pill says it for all who are there.
    let mut last_truth = None;
    let moments: Vec<Moment> = (order.iter())
        .map(|&(strand, at)| {
            let (point, mark) = (&strands[strand].points[at], &marks[strand][at].mark);
            let said = !frame.only_truths || point.moment_of_truth;
            let (label, word) = if said { (point.label, point.word) } else { ("", None) };
            let x = exact[strand][at][0] * scale;
            let truth = point.moment_of_truth && last_truth.replace(x) != Some(x);
            Moment { x, y: mark.y, feeling: point.feeling, truth, label, word }
        })
        .collect();
    let curves: Vec<Vec<Option<f64>>> = runs.iter().map(|runs| curve::sampled(runs, scale)).collect();
    let width = if zone > 0.0 { frame.narrowest - zone + GAP } else { frame.narrowest };
    let field = Field { width, height: frame.height, curves: &curves };
    for ((strand, at), label) in order.into_iter().zip(labels::place(&moments, &field, truth)) {
        marks[strand][at].mark.label = label;
    }
}

/// The names of the strands, each as near to its last moment as the others let it, top to bottom in the order of those.
fn ends(
    strands: &[Strand],
    exact: &[Vec<Spot>],
    mut names: Vec<Vec<String>>,
    frame: &Room,
    width: f64,
    left: f64,
) -> Vec<Option<End>> {
    let mut order: Vec<(f64, usize)> = (0..strands.len())
        .filter(|&strand| !names[strand].is_empty())
        .filter_map(|strand| Some((exact[strand].last()?[1], strand)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let tall = |lines: &[String]| LEADING * lines.len() as f64 + AIR;
    if order.iter().map(|&(_, strand)| tall(&names[strand])).sum::<f64>() > frame.height {
        names.iter_mut().for_each(|lines| lines.truncate(1));
    }
    order.truncate((frame.height / (LEADING + AIR)) as usize);

    // Down past the name above, then up again where the last would leave the drawing.
    let mut tops = Vec::with_capacity(order.len());
    let mut free = 0.0_f64;
    for &(y, strand) in &order {
        let top = free.max(y - tall(&names[strand]) / 2.0);
        tops.push(top);
        free = top + tall(&names[strand]);
    }
    let mut limit = frame.height;
    for (top, &(_, strand)) in tops.iter_mut().zip(&order).rev() {
        *top = tenths(top.min(limit - tall(&names[strand])));
        limit = *top;
    }

    let mut ends: Vec<Option<End>> = vec![None; strands.len()];
    let x = percent(left / frame.narrowest);
    for (top, (y, strand)) in tops.into_iter().zip(order) {
        let lines = std::mem::take(&mut names[strand]);
        let widest = lines.iter().map(|line| name_width(line)).fold(0.0, f64::max);
        let bottom = top + tall(&lines);
        let last_stage = strands[strand].points.last().is_some_and(|point| point.stage + 1 >= frame.stages);
        let last = exact[strand].last().map_or(0.0, |spot| spot[0]);
        let leader = last_stage.then(|| Riser {
            x1: percent(last / width),
            y1: y,
            x2: x.clone(),
            y2: tenths(f64::midpoint(top, bottom)),
        });
        ends[strand] = Some(End {
            x: x.clone(),
            y: tenths(top + AIR / 2.0 + ASCENT),
            lines,
            line_height: LEADING,
            leader,
            bounds: Bounds { left: 0.0, top, right: widest, bottom },
        });
    }
    ends
}

fn risers(exact: &[Vec<Spot>], pairs: &[(usize, usize)], width: f64) -> Vec<Riser> {
    let [first, second, ..] = exact else { return Vec::new() };
    let ends = pairs.iter().filter_map(|&(a, b)| Some((first.get(a)?, second.get(b)?)));
    let apart = ends.filter(|(a, b)| a[1] != b[1]);
    apart.map(|(a, b)| Riser { x1: percent(a[0] / width), y1: a[1], x2: percent(b[0] / width), y2: b[1] }).collect()
}

/// The area between two strands, run by run.
fn gain(strands: &[Vec<Vec<Piece>>], height: f64) -> Option<Gain> {
    let [first, second] = strands else { return None };
    let mut gain = Gain { area: String::new(), above: String::new(), below: String::new() };
    for one in first {
        for other in second {
            let (Some(a), Some(b)) = (ends_of(one), ends_of(other)) else { continue };
            let (from, to) = (a[0].max(b[0]), a[1].min(b[1]));
            let (one, other) = (between(one, from, to), between(other, from, to));
            if one.is_empty() || other.is_empty() {
                continue;
            }
            let line = path(&one);
            let back: Vec<Piece> = other.iter().rev().map(|&[a, b, c, d]| [d, c, b, a]).collect();
            gain.area += &line;
            gain.area += &path(&back).replacen('M', "L", 1);
            gain.area.push('z');
            for (edge, side) in [(0.0, &mut gain.above), (height, &mut gain.below)] {
                *side += &line;
                side.push('V');
                curve::write(side, edge);
                side.push('H');
                curve::write(side, one[0][0][0]);
                side.push('z');
            }
        }
    }
    (!gain.area.is_empty()).then_some(gain)
}

fn ends_of(pieces: &[Piece]) -> Option<[f64; 2]> {
    Some([pieces.first()?[0][0], pieces.last()?[3][0]])
}

/// The part of a line between two places, cut by de Casteljau; empty if they are not in order.
fn between(pieces: &[Piece], from: f64, to: f64) -> Vec<Piece> {
    let touched = pieces.iter().filter(|piece| piece[3][0] > from && piece[0][0] < to);
    touched
        .map(|piece| {
            let [start, end] = [piece[0][0], piece[3][0]];
            // Handles at a third make time run evenly along the piece.
            let share = |x: f64| ((x - start) / (end - start)).clamp(0.0, 1.0);
            let (head, tail) = (share(from), share(to));
            let kept = split(piece, tail)[0];
            split(&kept, if tail > 0.0 { head / tail } else { 0.0 })[1]
        })
        .collect()
}

/// Both halves of a piece cut at `t`.
fn split(piece: &Piece, t: f64) -> [Piece; 2] {
    let mid = |a: Spot, b: Spot| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    let [a, b, c, d] = *piece;
    let (ab, bc, cd) = (mid(a, b), mid(b, c), mid(c, d));
    let (abc, bcd) = (mid(ab, bc), mid(bc, cd));
    let abcd = mid(abc, bcd);
    [[a, ab, abc, abcd], [abcd, bcd, cd, d]]
}
