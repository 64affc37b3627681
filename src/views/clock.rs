//! A day along the clock: how it feels, where one is, and the hours below, as a drawing that a theme only has to place.
//!
//! Across, everything stands where its minute is: waiting and rushing must look different. What is laid out in pixels
//! (which hours have a label, on which side of its face a number stands) is laid out for the narrowest width; a wider
//! drawing only adds room.

use serde::Serialize;

use super::curve::{self, Level, Piece, short, tenths};
use super::labels::SAMPLE;
use super::strokes;
use super::wrap;
use crate::model::Feeling;
use crate::model::kinds::{Day, Scene};

/// Units across the drawing.
const WIDTH: f64 = 1000.0;
/// The widths a drawing may need at least, in pixels: its marks are apart at one of them or at none.
const ROOMS: [(&str, f64); 3] = [("narrow", 320.0), ("middle", 640.0), ("wide", 960.0)];
/// Where windows are no phones, a drawing is at least so wide; on a desk it is at least so wide.
const USUAL: [f64; 2] = [640.0, 1150.0];
/// From one label of an hour to the next, at least, in pixels; and where there is room to breathe.
const HOUR: [f64; 2] = [46.0, 56.0];
/// A day, in minutes.
const DAY: i32 = 1440;
/// From one label to the next, in minutes.
const STEPS: [i32; 9] = [15, 30, 60, 120, 180, 240, 360, 720, 1440];
/// Where +2 is, from the top; from one whole feeling to the next; the room below −2.
const FELT: [f64; 3] = [30.0, 28.0, 40.0];
/// How far a face and a diamond reach from their middle.
const REACH: [f64; 2] = [10.0, 17.0];
/// The height of the strip of scenes, and of what stands above it without a feeling.
const STRIP: [f64; 2] = [24.0, 16.0];
/// How high and, a digit, how wide a number is.
const FIGURE: [f64; 2] = [10.0, 7.0];

/// The hours across a drawing. Several days drawn over the same hours can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Where it begins, in minutes after midnight; negative before it.
    pub from: i32,
    /// Where it ends, in minutes after the same midnight; later than where it begins, by up to two days.
    pub until: i32,
}

/// Something that happens at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beat {
    /// When, in minutes after the midnight of the hours; not before what stands before it.
    pub minute: i32,
    /// Its place in the day, from 1.
    pub number: usize,
    /// How it felt; `None` if nobody said.
    pub feeling: Option<Feeling>,
    /// Whether it wins or loses the persona.
    pub truth: bool,
}

/// A part of a day: a scene, or a gap in which nobody says where one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch<'a> {
    /// Its beginning, in minutes after the midnight of the hours.
    pub start: i32,
    /// Its end; later than its beginning.
    pub end: i32,
    /// What is there; `None` for a gap.
    pub scene: Option<&'a Scene>,
}

/// A drawn day. What is downwards is in pixels, what is across a share of the width.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockView<'a> {
    /// How wide it must be at least: `narrow` (320 pixels), `middle` (640) or `wide` (960).
    pub room: &'static str,
    /// Its height.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// A level for each whole feeling, from +2 down; empty if nobody said how anything feels.
    pub levels: Vec<Level>,
    /// The line, as path data 1000 units wide; empty for fewer than two feelings.
    pub line: String,
    /// What happens, with a feeling.
    pub marks: Vec<MarkView>,
    /// What happens, without.
    pub ticks: Vec<TickView>,
    /// Where the strip of scenes begins.
    #[serde(serialize_with = "short")]
    pub strip_y: f64,
    /// Its height; 0 if there is none.
    #[serde(serialize_with = "short")]
    pub strip_height: f64,
    /// Scenes and the gaps between them; empty if there are no scenes.
    pub strips: Vec<StripView<'a>>,
    /// The line on which hours are written.
    #[serde(serialize_with = "short")]
    pub hours_y: f64,
    /// The hours.
    pub hours: Vec<HourView>,
}

/// A moment with a feeling.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkView {
    /// From the left, such as `34.57%`.
    pub x: String,
    /// From the top.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// −2..=2.
    pub face: i8,
    /// Whether a diamond stands round the face.
    pub truth: bool,
    /// Its place in the day, from 1.
    pub number: usize,
    /// Where the number is written, from the middle of the face.
    #[serde(serialize_with = "short")]
    pub number_y: f64,
}

/// A moment without a feeling.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TickView {
    /// From the left.
    pub x: String,
    /// Its place in the day, from 1; `None` where it would stand over the one before it.
    pub number: Option<usize>,
}

/// A scene or a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StripView<'a> {
    /// From the left.
    pub x: String,
    /// A share of the whole width.
    pub width: String,
    /// Whether nobody says where one is.
    pub gap: bool,
    /// What is there, in words; empty for a gap.
    pub title: &'a str,
    /// Its language, where that is not the page's.
    pub lang: Option<&'a str>,
    /// Whether customer and organisation meet there.
    pub ours: bool,
    /// Where there is room for the words: `narrow`, `middle` and `wide` windows up, or `never`.
    pub fits: &'static str,
}

/// An hour below the drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HourView {
    /// From the left.
    pub x: String,
    /// `06:00`.
    pub text: String,
    /// Whether there is no room for it on a phone.
    pub minor: bool,
}

impl Hours {
    /// The hours of several days, by the clock; `None` of none. No date is meant: a day stands where it makes them
    /// fewest, so that a morning is drawn over the morning after a night shift.
    pub fn of<'d>(days: impl Iterator<Item = &'d Day>) -> Option<Self> {
        days.fold(None, |all: Option<Self>, day| {
            let moved = Self::moved(day);
            let Some(all) = all else { return Some(moved[0]) };
            let unions = moved.map(|day| Self { from: all.from.min(day.from), until: all.until.max(day.until) });
            unions.into_iter().min_by_key(|union| union.until - union.from)
        })
    }

    /// Where a day of these hours begins, in minutes after their midnight.
    pub fn begin(self, day: &Day) -> i32 {
        let [usual, ..] = Self::moved(day);
        let inside = |hours: &Self| self.from <= hours.from && hours.until <= self.until;
        Self::moved(day).into_iter().find(inside).unwrap_or(usual).from
    }

    /// A day's own hours, and the same a day later and a day earlier.
    fn moved(day: &Day) -> [Self; 3] {
        let from = i32::from(day.from.minutes());
        [0, DAY, -DAY].map(|by| Self { from: from + by, until: from + by + i32::from(day.minutes) })
    }

    /// Where a minute after midnight stands: 0.0 at the beginning, 1.0 at the end, and never outside.
    pub fn share(self, minute: i32) -> f64 {
        let minute = minute.clamp(self.from, self.until);
        f64::from(minute - self.from) / f64::from((self.until - self.from).max(1))
    }

    /// How wide a minute is in a drawing of some width.
    fn minute(self, width: f64) -> f64 {
        width / f64::from((self.until - self.from).max(1))
    }

    fn percent(self, minute: i32) -> String {
        curve::percent(self.share(minute))
    }
}

/// A day's scenes with the gaps before, between and after them; together they are the whole day.
pub fn stretches(hours: Hours, day: &Day) -> Vec<Stretch<'_>> {
    let begin = hours.begin(day);
    let at = |minute: u16| begin + i32::from(minute);
    let mut stretches = Vec::with_capacity(day.scenes.len() * 2 + 1);
    let mut latest = 0;
    let gap = |start, end| (start < end).then_some(Stretch { start: at(start), end: at(end), scene: None });
    for scene in &day.scenes {
        stretches.extend(gap(latest, scene.start));
        stretches.push(Stretch { start: at(scene.start), end: at(scene.end), scene: Some(scene) });
        latest = scene.end;
    }
    stretches.extend(gap(latest, day.minutes));
    stretches
}

/// Draws a day. `said` gives a scene's words and, where it is not the page's, their language.
pub fn draw<'a>(
    hours: Hours,
    beats: &[Beat],
    stretches: &[Stretch<'a>],
    said: impl Fn(&'a Scene) -> (&'a str, Option<&'a str>),
) -> ClockView<'a> {
    let felt: Vec<(Beat, f64)> = (beats.iter())
        .filter_map(|beat| Some((*beat, tenths(FELT[0] + (2.0 - beat.feeling?.value()) * FELT[1]))))
        .collect();
    let levels = match felt.is_empty() {
        true => Vec::new(),
        false => [2, 1, 0, -1, -2].map(|face| Level { face, y: FELT[0] + (2.0 - f64::from(face)) * FELT[1] }).to_vec(),
    };
    let (room, width) = room(hours, &felt);
    let spots = curve::spots(
        felt.iter().map(|(beat, _)| hours.share(beat.minute) * WIDTH),
        felt.iter().map(|(_, y)| *y),
        WIDTH,
    );
    // A moment that nobody was asked about is a gap in the line.
    let asked = |at: usize| at > 0 && beats[at - 1].feeling.is_some();
    let after_gap: Vec<bool> =
        beats.iter().enumerate().filter(|(_, beat)| beat.feeling.is_some()).map(|(at, _)| !asked(at)).collect();
    let runs = curve::runs(&spots, |at| after_gap[at]);
    let mut line = String::new();
    runs.iter().for_each(|run| strokes::curve(run, &mut line));
    let ticks = ticks(hours, beats, width);
    let above = levels.last().map_or(4.0, |lowest| lowest.y + FELT[2]);
    let strip_y = if ticks.is_empty() { above } else { above + STRIP[1] };
    let has_scenes = stretches.iter().any(|stretch| stretch.scene.is_some());
    let strip_height = if has_scenes { STRIP[0] } else { 0.0 };
    let strips = stretches.iter().filter(|_| has_scenes);
    ClockView {
        room,
        height: strip_y + strip_height + 26.0,
        levels,
        line,
        marks: marks(hours, &felt, &runs, width, above),
        ticks,
        strip_y,
        strip_height,
        strips: strips.map(|stretch| strip(hours, stretch, width, &said)).collect(),
        hours_y: strip_y + strip_height + 18.0,
        hours: labels(hours, width),
    }
}

/// The least room in which no two faces touch that would be apart in the widest.
fn room(hours: Hours, felt: &[(Beat, f64)]) -> (&'static str, f64) {
    let touching = |width: f64| {
        let pairs = felt.windows(2).filter(|pair| {
            let [(one, y), (next, other)] = [&pair[0], &pair[1]];
            let across = f64::from(next.minute - one.minute) * hours.minute(width);
            across.hypot(y - other) < 0.8 * (reach(one) + reach(next))
        });
        pairs.count()
    };
    let [.., widest] = ROOMS;
    let least = touching(widest.1);
    ROOMS.into_iter().find(|(_, width)| touching(*width) == least).unwrap_or(widest)
}

/// How far what is drawn for a moment reaches from its middle.
fn reach(beat: &Beat) -> f64 {
    if beat.truth { REACH[1] } else { REACH[0] }
}

/// Faces, each with its number above or below it: where no other face or number is and, if there is a choice, above a
/// peak and below a valley. No number stands below the `floor`.
fn marks(hours: Hours, felt: &[(Beat, f64)], runs: &[Vec<Piece>], width: f64, floor: f64) -> Vec<MarkView> {
    let curve = curve::sampled(runs, width / WIDTH);
    let across = |beat: &Beat| hours.share(beat.minute) * width;
    let faces: Vec<Bounds> =
        felt.iter().map(|(beat, y)| Bounds::round(across(beat), *y, reach(beat), reach(beat))).collect();
    let mut numbers: Vec<Bounds> = Vec::with_capacity(felt.len());
    let views = felt.iter().enumerate().map(|(at, (beat, y))| {
        let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| felt.get(at));
        let peak = around.map(|(_, other)| other - y).sum::<f64>() >= 0.0;
        let near = [-reach(beat) - 6.0, reach(beat) + 6.0 + FIGURE[0]];
        let far = [near[0] - FIGURE[0] - 2.0, near[1] + FIGURE[0] + 2.0];
        let places = near.into_iter().chain(far).enumerate().map(|(rank, offset)| {
            let half = FIGURE[1] * beat.number.to_string().len() as f64 / 2.0;
            let bounds = Bounds::round(across(beat), y + offset - FIGURE[0] / 2.0, half, FIGURE[0] / 2.0);
            let over = |others: &[Bounds]| others.iter().filter(|other| bounds.meets(other)).count();
            let crossed = (curve.iter().enumerate()).any(|(at, height)| {
                height.is_some_and(|height| bounds.meets(&Bounds::round(at as f64 * SAMPLE, height, 2.0, 2.0)))
            });
            let outside = bounds.top < -4.0 || bounds.bottom > floor;
            let wrong = usize::from((offset < 0.0) != peak) + 3 * usize::from(rank > 1) + 2 * usize::from(crossed);
            let cost = 100 * usize::from(outside) + 10 * (over(&faces) + over(&numbers)) + wrong;
            (cost, offset, bounds)
        });
        let (_, number_y, bounds) = places.min_by_key(|(cost, ..)| *cost).expect("bug: there are four places");
        numbers.push(bounds);
        MarkView {
            x: hours.percent(beat.minute),
            y: *y,
            face: beat.feeling.map_or(0, Feeling::face),
            truth: beat.truth,
            number: beat.number,
            number_y,
        }
    });
    views.collect()
}

/// A place in pixels.
struct Bounds {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Bounds {
    fn round(x: f64, y: f64, across: f64, down: f64) -> Self {
        Self { left: x - across, right: x + across, top: y - down, bottom: y + down }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

fn ticks(hours: Hours, beats: &[Beat], width: f64) -> Vec<TickView> {
    let mut free = f64::MIN;
    let views = beats.iter().filter(|beat| beat.feeling.is_none()).map(|beat| {
        let (x, half) = (hours.share(beat.minute) * width, FIGURE[1] * beat.number.to_string().len() as f64 / 2.0);
        let shown = x - half >= free;
        if shown {
            free = x + half + 3.0;
        }
        TickView { x: hours.percent(beat.minute), number: shown.then_some(beat.number) }
    });
    views.collect()
}

fn strip<'a>(
    hours: Hours,
    stretch: &Stretch<'a>,
    narrowest: f64,
    said: impl Fn(&'a Scene) -> (&'a str, Option<&'a str>),
) -> StripView<'a> {
    let share = hours.share(stretch.end) - hours.share(stretch.start);
    let (title, lang) = stretch.scene.map_or(("", None), said);
    let needed = f64::from(wrap::width(title)) * 0.12 + 14.0;
    let widths = [narrowest, USUAL[0].max(narrowest), USUAL[1]];
    let fits = (ROOMS.iter().zip(widths)).find(|(_, width)| share * width >= needed);
    StripView {
        x: hours.percent(stretch.start),
        width: curve::percent(share),
        gap: stretch.scene.is_none(),
        title,
        lang,
        ours: stretch.scene.is_some_and(|scene| scene.ours),
        fits: fits.map_or("never", |((room, _), _)| room),
    }
}

/// The hours that have a label, at whole multiples of a step by the clock: a finer one where there is room for it.
fn labels(hours: Hours, narrowest: f64) -> Vec<HourView> {
    let apart = |step: i32, width: f64, least: f64| f64::from(step) * hours.minute(width) >= least;
    let fine = STEPS.into_iter().find(|&step| apart(step, USUAL[0].max(narrowest), HOUR[1])).unwrap_or(DAY);
    let coarse = STEPS.into_iter().find(|&step| step % fine == 0 && apart(step, narrowest, HOUR[0])).unwrap_or(DAY);
    let first = hours.from.div_euclid(fine) * fine;
    let minutes = (first..=hours.until).step_by(fine.unsigned_abs() as usize).filter(|&minute| minute >= hours.from);
    minutes
        .map(|minute| HourView {
            x: hours.percent(minute),
            text: match minute.rem_euclid(DAY) {
                0 if hours.until == minute => "24:00".to_owned(),
                minute => format!("{:02}:{:02}", minute / 60, minute % 60),
            },
            minor: minute.rem_euclid(coarse) != 0,
        })
        .collect()
}
