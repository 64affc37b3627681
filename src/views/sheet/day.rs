//! Days along the clock, each with its scenes and hours, and under it what happens as numbered cards.

use super::canvas::Canvas;
use super::felt::{diamond, level};
use super::shape::pixels;
use super::stack::{Stack, Style};
use super::table::stop;
use super::{Anchor, CurveShape, Dash, Drawing, Role, Shape, cells};
use crate::model::kinds::{Clock, Day, Nature};
use crate::model::{Id, JourneyMap, Lane, Stage, Step};
use crate::views::curve::trace;
use crate::views::felt::felt;
use crate::views::here::Here;
use crate::views::lanes::{self, Column};

/// The whole drawing: the hours are as long as they are, so a day is as wide as the sheet.
pub(super) const WIDTH: f64 = 1400.0;
/// Cards stand in so many columns.
const COLUMNS: usize = 3;
/// Where +2 is, from the top; from one whole feeling to the next.
const FELT: [f64; 2] = [34.0, 28.0];
/// The height of the strip of scenes.
const STRIP: f64 = 26.0;

/// Draws the days of a map.
pub(super) fn draw<'a>(
    here: &Here<'a>,
    canvas: &mut Canvas<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    days: &'a [Day],
) -> Drawing {
    let mut board = Stack::new(canvas, [0.0, 0.0], WIDTH);
    for (stage, day) in map.1.stages.iter().zip(days) {
        board.gap(26.0);
        board.text(&here.said(&stage.title), Style::LEAD_BOLD);
        if let Some(actor) = day.actor.filter(|actor| Some(*actor) != map.1.persona) {
            board.text(&here.said(&here.handbook[actor].item.title), Style::LABEL);
        }
        if let Some(summary) = &day.summary {
            board.text(&here.said(summary), Style::LEAD);
        }
        for goal in &stage.goals {
            board.text(&here.said(goal), Style::STRONG);
        }
        board.gap(8.0);
        board.draw(|canvas| canvas.group(&here.said(&stage.title).text, |canvas| clock(here, canvas, stage, day)));
        board.gap(14.0);
        cards(here, &mut board, map, stage);
    }
    let told = [here.map_kind(map.1)].into_iter().chain(map.1.stages.iter().map(|stage| stage.title.str(here.lang)));
    let told = format!("{} {}", here.words.list(told), here.tell(&felt(columns(map.1)))).trim_end().to_owned();
    Drawing { told, height: board.height() }
}

fn columns(map: &JourneyMap) -> impl Iterator<Item = (&Stage, &[Step])> {
    map.stages.iter().map(|stage| (stage, stage.steps.as_slice()))
}

/// Where a minute of a day stands.
fn across(day: &Day, minute: u16) -> f64 {
    WIDTH * f64::from(minute.min(day.minutes)) / f64::from(day.minutes.max(1))
}

/// The curve over true time, where one is, and the hours; how high they are.
fn clock<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, stage: &'a Stage, day: &'a Day) -> f64 {
    let timed = stage.steps.iter().enumerate().filter_map(|(index, step)| Some((index, step, step.time?)));
    let height_of = |value: f64| FELT[0] + (2.0 - value) * FELT[1];
    let felt: Vec<(usize, &Step, [f64; 2])> = timed
        .filter_map(|(index, step, time)| {
            Some((index, step, [across(day, time.minute), height_of(step.feels?.value())]))
        })
        .collect();
    let mut y = 0.0;
    if !felt.is_empty() {
        canvas.extend([2, 1, 0, -1, -2].into_iter().map(|face| level(face, height_of(f64::from(face)), WIDTH)));
        y = height_of(-2.0) + 40.0;
        let places: Vec<[f64; 2]> = felt.iter().map(|(.., place)| *place).collect();
        let levels = [height_of(2.0), height_of(0.0), height_of(-2.0)];
        // What nobody was asked about stands between them in the list.
        let after_gap = |at: usize| at > 0 && felt[at].0 != felt[at - 1].0 + 1;
        let [line, area] = trace(&places, after_gap, levels[1]);
        let (line, area) = (canvas.say(&line), canvas.say(&area));
        let (x, width, plain) = (0.0, WIDTH, None);
        canvas.push(Shape::Curve(CurveShape { x, y: 0.0, width, height: y, levels, line, area, plain }));
        let mut numbers: Vec<[f64; 2]> = Vec::new();
        for (index, step, place) in &felt {
            let label = format!("{}. {}", index + 1, here.said(step.label()).text);
            canvas.hinted(&label, |canvas| mark(canvas, step, index + 1, *place, &places, &mut numbers));
        }
    }
    strip(here, canvas, day, y);
    y += STRIP + 6.0;
    let step = [60, 120, 180, 240, 360].into_iter().find(|step| across(day, *step) >= 56.0).unwrap_or(720);
    let first = (step - day.from.minutes() % step) % step;
    for minute in (first..=day.minutes).step_by(usize::from(step)) {
        let x = across(day, minute);
        let anchor = match x {
            ..20.0 => Anchor::Start,
            x if x > WIDTH - 20.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        canvas.line(Style::HINT, &hour(day.from, minute), [x, y + 10.0], anchor);
        canvas.push(Shape::rule([x, y - 6.0], [x, y], Role::Edge));
    }
    y + 22.0
}

/// The time some minutes after a day's beginning; midnight at the end of a day is 24:00.
fn hour(from: Clock, minute: u16) -> String {
    match from.minutes() + minute {
        1440 => "24:00".to_owned(),
        _ => from.after(minute).to_string(),
    }
}

/// A face with its number above or below it, where there is no other.
fn mark(
    canvas: &mut Canvas<'_>,
    step: &Step,
    number: usize,
    [x, y]: [f64; 2],
    faces: &[[f64; 2]],
    numbers: &mut Vec<[f64; 2]>,
) {
    let truth = step.moment_of_truth.is_some();
    let reach = if truth { 17.0 } else { 10.0 };
    // A face at the very edge is drawn inside.
    let inside = x.clamp(reach, WIDTH - reach);
    if truth {
        diamond(canvas, [inside, y]);
    }
    let face = step.feels.map_or(0, crate::model::Feeling::face);
    canvas.push(Shape::Face { x: inside, y, r: 10.0, face, ground: Role::Card });
    let free = |place: [f64; 2], others: &[[f64; 2]], apart: f64| {
        others.iter().all(|other| (other[0] - place[0]).abs() > apart || (other[1] - place[1]).abs() > apart)
    };
    let places = [-reach - 9.0, reach + 9.0].map(|offset| [inside, y + offset]);
    let place = places.into_iter().find(|&place| free(place, faces, 17.0) && free(place, numbers, 16.0));
    // The cards say every number; one that would stand over another is left to them.
    if let Some(place) = place {
        numbers.push(place);
        canvas.line(Style::LABEL, &number.to_string(), place, Anchor::Middle);
    }
}

/// Where one is; whether we meet there is said by a darker ground and a heavy line.
fn strip<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, day: &'a Day, y: f64) {
    canvas.area(0.0, y, WIDTH, STRIP, Role::Sunk);
    for scene in &day.scenes {
        let (x, end) = (across(day, scene.start), across(day, scene.end));
        let title = here.said(&scene.title).text;
        let times = format!("{}–{}", hour(day.from, scene.start), hour(day.from, scene.end));
        let ours = if scene.ours { here.words.get("we_meet") } else { "" };
        let said = [&*title, &times, ours].into_iter().filter(|text| !text.is_empty());
        canvas.hinted(&here.words.list(said), |canvas| {
            let role = if scene.ours { Role::Tint(0) } else { Role::Deep };
            canvas.area(x, y, (end - x - 1.0).max(1.0), STRIP, role);
            if scene.ours {
                let edge = (Role::Ink, 3.0);
                let (from, to) = ([x, y + 1.5], [(end - 1.0).max(x + 1.0), y + 1.5]);
                canvas.push(Shape::Line { from, to, edge, dash: Dash::Solid });
            }
            if pixels(&title, 11.5, false) * 1.1 + 12.0 <= end - x {
                let place = [x + 6.0, y + STRIP / 2.0 + 1.0];
                canvas.line(Style::HINT.in_role(Role::Ink), &title, place, Anchor::Start);
            }
        });
    }
}

/// What happens, in order, side by side.
fn cards<'a>(here: &Here<'a>, board: &mut Stack<'_, 'a>, map: (Id<JourneyMap>, &'a JourneyMap), stage: &'a Stage) {
    let column = WIDTH / COLUMNS as f64;
    for (row, steps) in stage.steps.chunks(COLUMNS).enumerate() {
        board.gap(16.0);
        board.draw(|canvas| {
            let mut height = 0.0_f64;
            for (at, step) in steps.iter().enumerate() {
                let x = column * at as f64;
                let edge = if step.touchpoint.is_some() { (Role::Ink, 2.5) } else { (Role::Rule, 1.5) };
                let (from, to) = ([x, 0.0], [x + column - 24.0, 0.0]);
                canvas.push(Shape::Line { from, to, edge, dash: Dash::Solid });
                stop(canvas, x, 22.0, row * COLUMNS + at + 1, false);
                let mut card = Stack::new(canvas, [x + 34.0, 12.0], column - 34.0);
                self::card(here, &mut card, map, stage, step);
                height = height.max(card.height());
            }
            height + 12.0
        });
    }
}

fn card<'a>(
    here: &Here<'a>,
    card: &mut Stack<'_, 'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    stage: &'a Stage,
    step: &'a Step,
) {
    let mut head: Vec<String> = Vec::new();
    if let Some(time) = step.time {
        head.push(match time.until {
            Some(until) => format!("{}–{until}", time.at),
            None => time.at.to_string(),
        });
        head.extend(time.nature.map(|nature| here.words.get(said(nature)).to_owned()));
    }
    let word = step.feeling.as_ref().map(|word| here.said(word).text.into_owned());
    head.extend(step.feels.map(|feeling| here.feels(feeling).value.into_owned()).into_iter().chain(word));
    let head = here.words.list(head.iter().map(String::as_str));
    match step.feels {
        Some(feeling) => card.faced(feeling.face(), &head, None, Style::HINT, Role::Card),
        None => card.plain(&head, Style::HINT),
    }
    card.text(&here.said(step.label()), Style::NAME);
    if step.moment_of_truth.is_some() {
        card.marked("moment", &here.word("moment_of_truth"), Style::LABEL);
    }
    if step.moment.is_some() {
        card.text(&here.said(&step.action), Style::CELL);
    }
    let column = Column { stage, steps: std::slice::from_ref(step), first: false };
    for lane in lanes::drawn(here, map.1).iter().filter(|lane| !matches!(lane, Lane::Feelings | Lane::Actions)) {
        let Some(row) = lanes::row(here, map, lane, &[column]) else { continue };
        card.gap(5.0);
        card.plain(row.title, Style::HINT);
        for cell in &row.cells {
            card.columns(1, card.width(), 0.0, |_, stack| cells::cell(here, stack, &row, cell));
        }
    }
}

fn said(nature: Nature) -> &'static str {
    match nature {
        Nature::Habit => "nature_habit",
        Nature::Duty => "nature_duty",
        Nature::Choice => "nature_choice",
    }
}
