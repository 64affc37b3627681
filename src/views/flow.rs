//! The paths of a journey that is not linear: arcs over steps that are skipped, loops back, who comes in and who leaves.
//!
//! Every step has a dot at its place under the curve. A skip is an arc above the dots, a loop back an arc below; an arc
//! stands over every arc that it spans, so that no two lie on each other. Who comes in does so from above, who leaves
//! goes down. Where arcs or labels would be stacked too high, the ones left over are not drawn but said in words in
//! their stage's cell.
//!
//! As with the curve, a drawing has 100 units a stage across and is stretched with the columns; downwards it has pixels.

use serde::Serialize;

use super::curve::{STAGE, positions, short, tenths, write};
use super::{digits, strokes, wrap};

/// An arc is so much higher than the one it spans, in pixels.
const LEVEL: f64 = 12.0;
/// How high the lowest arc stands over its dots.
const LOWEST: f64 = 20.0;
/// No more arcs than this are stacked on a side.
const LEVELS: usize = 6;
/// Where lines end beside the middle of a dot.
const NEAR: f64 = 6.0;
/// No more labels than this are stacked on a side.
const ROWS: usize = 3;
/// From one row of labels to the next.
const ROW: f64 = 31.0;
/// From one line of a label to the next.
const LEADING: f64 = 14.0;
/// From a stub to its label.
const ASIDE: f64 = 6.0;
/// What is free at the top, at the bottom, and beside the arcs.
const MARGIN: f64 = 11.0;

/// A step and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Waypoint<'a> {
    /// The stage's index, from 0.
    pub stage: usize,
    /// The steps that may follow, by their places from 0.
    pub onward: Vec<usize>,
    /// Who comes into the journey here.
    pub entry: Option<&'a str>,
    /// Who leaves it here.
    pub exit: Option<&'a str>,
}

/// Paths as they are drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// Units across: 100 a stage.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Pixels down.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The height of the dots.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// A dot for each step, from the left, such as `34.6%`.
    #[serde(skip)]
    pub dots: Vec<String>,
    /// The dots again, as path data: lines without a length, which round caps make dots.
    pub spots: String,
    /// Where steps simply lead to the next: from the first of them to the last, such as `34.6%`.
    #[serde(skip)]
    pub legs: Vec<[String; 2]>,
    /// The legs again, as path data; empty if there are none.
    pub track: String,
    /// The lines of those who come in or leave, as path data; empty if there are none.
    pub stems: String,
    /// Skips and loops back.
    pub arcs: Vec<Arc>,
    /// Where arcs and stubs arrive, each place once.
    pub heads: Vec<Head>,
    /// Steps that may be repeated, from the left.
    pub again: Vec<String>,
    /// Who comes in and who leaves.
    pub stubs: Vec<Stub>,
    /// The paths that are drawn: from a step, to a step.
    #[serde(skip)]
    pub drawn: Vec<(usize, usize)>,
    /// The steps whose entry is drawn, and those whose exit is.
    #[serde(skip)]
    pub labelled: [Vec<usize>; 2],
}

/// A path to another step than the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arc {
    /// `skip` or `back`.
    pub way: &'static str,
    /// The line, as path data.
    pub line: String,
    /// Where it begins and ends, in units from the left.
    #[serde(skip)]
    pub ends: [f64; 2],
    /// The height of both ends.
    #[serde(skip)]
    pub foot: f64,
    /// How far it goes down from there, in pixels; up if negative.
    #[serde(skip)]
    pub sweep: f64,
}

/// An arrowhead, its point at a dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Head {
    /// `skip`, pointing down from above, or `back`, pointing up from below.
    pub way: &'static str,
    /// From the left, such as `34.6%`.
    pub x: String,
}

/// Who comes in or leaves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stub {
    /// `entry` or `exit`.
    pub way: &'static str,
    /// From the left, such as `34.6%`.
    pub x: String,
    /// Where its line begins, in pixels from the top.
    #[serde(skip)]
    pub from: f64,
    /// Where its line ends.
    #[serde(serialize_with = "short")]
    pub to: f64,
    /// Where its words are anchored, in pixels from its line.
    #[serde(serialize_with = "short")]
    pub text_x: f64,
    /// The first baseline, from the top.
    #[serde(serialize_with = "short")]
    pub text_y: f64,
    /// `start` or `end`, as SVG has it.
    pub anchor: &'static str,
    /// Up to two lines.
    pub lines: Vec<String>,
    /// From one baseline to the next.
    #[serde(serialize_with = "short")]
    pub line_height: f64,
}

/// Draws paths over so many stages; at least one is drawn. `narrowest` is the whole width at its narrowest, in pixels:
/// labels are laid out for it, a wider drawing only adds room.
pub fn draw(steps: &[Waypoint], stages: usize, narrowest: f64) -> Flow {
    let width = STAGE * stages.max(1) as f64;
    let across = places(steps);
    let [above, below] = [true, false].map(|forward| stack(steps, forward));
    let entries = label(steps, &across, narrowest / width, narrowest, |step| step.entry);
    let exits = label(steps, &across, narrowest / width, narrowest, |step| step.exit);

    let again: Vec<usize> = (0..steps.len()).filter(|&at| steps[at].onward.contains(&at)).collect();
    let loops = if again.is_empty() { 0.0 } else { LOWEST };
    let y = MARGIN + strip(&entries) + reach(&above);
    let bottom = y + reach(&below).max(loops);
    // As the marks of the curve over them.
    let share = |at: usize| digits::percent(tenths(across[at] / width * 100.0));

    let mut heads: Vec<Head> = Vec::new();
    let mut arcs = Vec::new();
    for (way, side, stacked) in [("skip", -1.0, &above), ("back", 1.0, &below)] {
        let mut arrivals: Vec<usize> = stacked.iter().map(|&([_, to], _)| to).collect();
        if way == "skip" {
            arrivals.extend(entries.iter().map(|tag| tag.at));
        }
        arrivals.sort_unstable();
        arrivals.dedup();
        heads.extend(arrivals.into_iter().map(|at| Head { way, x: share(at) }));
        arcs.extend(stacked.iter().map(|&([from, to], level)| {
            let ends = [across[from], across[to]];
            let (foot, sweep) = (y + side * NEAR, side * (height(level) - NEAR));
            Arc { way, line: arc(ends, foot, sweep), ends, foot, sweep }
        }));
    }
    let places: Vec<usize> = (0..steps.len()).collect();
    let runs = places.chunk_by(|&at, &next| steps[at].onward.contains(&next)).filter(|run| run.len() > 1);
    let runs: Vec<[usize; 2]> = runs.map(|run| [run[0], run[run.len() - 1]]).collect();
    let stub = |way, tag: &Tag, from: f64, to: f64, top: f64| Stub {
        way,
        x: share(tag.at),
        from,
        to,
        text_x: if tag.anchor == "start" { ASIDE } else { -ASIDE },
        text_y: top + LEADING - 3.0,
        anchor: tag.anchor,
        lines: tag.lines.clone(),
        line_height: LEADING,
    };
    let coming = entries.iter().map(|tag| {
        let top = y - reach(&above) - ROW * (tag.row + 1) as f64;
        stub("entry", tag, top, y - NEAR, top)
    });
    let leaving = exits.iter().map(|tag| {
        let top = bottom + ROW * tag.row as f64;
        stub("exit", tag, y + NEAR, top + ROW - 4.0, top)
    });
    let stubs: Vec<Stub> = coming.chain(leaving).collect();
    let feet = entries.iter().chain(&exits).map(|tag| across[tag.at]);
    Flow {
        width,
        height: bottom + strip(&exits) + MARGIN,
        y,
        dots: (0..steps.len()).map(share).collect(),
        spots: strokes::dots(&across, y),
        legs: runs.iter().map(|run| run.map(share)).collect(),
        track: strokes::lines(runs.iter().map(|run| run.map(|at| [across[at], y]))),
        stems: strokes::lines(feet.zip(&stubs).map(|(x, stub)| [[x, stub.from], [x, stub.to]])),
        arcs,
        heads,
        again: again.into_iter().map(share).collect(),
        stubs,
        drawn: above.iter().chain(&below).map(|&([from, to], _)| (from, to)).collect(),
        labelled: [entries, exits].map(|tags| tags.into_iter().map(|tag| tag.at).collect()),
    }
}

/// Where each step stands, in units: evenly in its stage, as on the curve.
fn places(steps: &[Waypoint]) -> Vec<f64> {
    let stages = steps.chunk_by(|one, other| one.stage == other.stage);
    stages.flat_map(|group| positions(group.len()).map(|x| tenths(STAGE * (group[0].stage as f64 + x)))).collect()
}

/// From a step to a step, and its level, from 1.
type Stacked = ([usize; 2], usize);

/// The arcs of one side, each on the lowest level that is over all it spans, the shortest first; without those that
/// would stand too high.
fn stack(steps: &[Waypoint], forward: bool) -> Vec<Stacked> {
    let mut arcs: Vec<[usize; 2]> = Vec::new();
    for (from, step) in steps.iter().enumerate() {
        let there = step.onward.iter().filter(|&&to| if forward { to > from + 1 } else { to < from });
        arcs.extend(there.map(|&to| [from, to]));
    }
    arcs.sort_by_key(|&[from, to]| (from.abs_diff(to), from, to));
    // The highest arc between each step and the next.
    let mut highest = vec![0; steps.len()];
    let mut stacked = Vec::new();
    for [from, to] in arcs {
        let spanned = &mut highest[from.min(to)..from.max(to)];
        let level = 1 + spanned.iter().copied().max().unwrap_or(0);
        if level <= LEVELS {
            spanned.fill(level);
            stacked.push(([from, to], level));
        }
    }
    stacked
}

/// How far an arc goes from the middle of its dots.
fn height(level: usize) -> f64 {
    LOWEST + LEVEL * (level - 1) as f64
}

/// How far the arcs of a side go, and what is free beside them.
fn reach(stacked: &[Stacked]) -> f64 {
    stacked.iter().map(|&(_, level)| height(level)).fold(0.0, f64::max) + MARGIN
}

/// An arc between two places as one Bézier: it leaves and arrives upright, and its handles are a third higher than it is, to
/// the pixel.
pub(super) fn arc([from, to]: [f64; 2], y: f64, height: f64) -> String {
    let mut line = String::with_capacity(40);
    let (along, up) = (tenths(to - from), (height * 4.0 / 3.0).round());
    for (mark, [x, y]) in [("M", [from, y]), ("c", [0.0, up]), (" ", [along, up]), (" ", [along, 0.0])] {
        line.push_str(mark);
        write(&mut line, x);
        line.push(' ');
        write(&mut line, y);
    }
    line
}

/// A label with its place: its step, its row from 0 outwards, and what it covers at the narrowest width, in pixels.
struct Tag {
    at: usize,
    row: usize,
    x: f64,
    covers: [f64; 2],
    anchor: &'static str,
    lines: Vec<String>,
}

/// The labels of one side: no two overlap, and no stub goes through a label, at any width. One that finds no place in
/// the rows there are has none.
fn label<'a>(
    steps: &[Waypoint<'a>],
    across: &[f64],
    scale: f64,
    width: f64,
    words: impl Fn(&Waypoint<'a>) -> Option<&'a str>,
) -> Vec<Tag> {
    /// No label is wider than this.
    const WIDEST: f64 = 150.0;
    let mut tags: Vec<Tag> = Vec::new();
    for (at, step) in steps.iter().enumerate().rev() {
        let Some(text) = words(step) else { continue };
        let lines = wrap::two_lines(text);
        let wide =
            lines.iter().map(|line| f64::from(wrap::width(line)) * 12.0 / 100.0).fold(0.0, f64::max) + 2.0 * ASIDE;
        let x = across[at] * scale;
        let near: Vec<&Tag> = tags.iter().rev().take_while(|tag| tag.x - x <= 2.0 * WIDEST).collect();
        let free = |row: usize, covers: [f64; 2]| {
            near.iter().all(|tag| {
                let over = |x: f64, [left, right]: [f64; 2]| left < x && x < right;
                match tag.row.cmp(&row) {
                    std::cmp::Ordering::Equal => covers[1] <= tag.covers[0] || tag.covers[1] <= covers[0],
                    std::cmp::Ordering::Less => !over(x, tag.covers),
                    std::cmp::Ordering::Greater => !over(tag.x, covers),
                }
            })
        };
        let sides = [("start", [x - 1.0, x + wide]), ("end", [x - wide, x + 1.0])];
        let inside = |&(_, covers): &(&str, [f64; 2])| covers[0] >= 0.0 && covers[1] <= width;
        // To the left only where there is no room to the right: there a label keeps the next one out.
        let place = sides
            .iter()
            .filter(|side| inside(side))
            .find_map(|&(anchor, covers)| (0..ROWS).find(|&row| free(row, covers)).map(|row| (row, anchor, covers)));
        if let Some((row, anchor, covers)) = place {
            tags.push(Tag { at, row, x, covers, anchor, lines });
        }
    }
    tags.reverse();
    tags
}

/// How high the rows of labels are.
fn strip(tags: &[Tag]) -> f64 {
    tags.iter().map(|tag| ROW * (tag.row + 1) as f64).fold(0.0, f64::max)
}
