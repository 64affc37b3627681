//! Days along the clock, each with its scenes and hours, and under it what happens as numbered cards.

use super::stack::{Stack, Style};
use super::table::stop;
use super::{CurveShape, Dash, Drawing, Role, Shape, cells, pixels};
use crate::model::kinds::{Clock, Day, Nature};
use crate::model::{Id, JourneyMap, Lane, Stage, Step};
use crate::views::curve::trace;
use crate::views::felt::felt;
use crate::views::here::{Here, Said};
use crate::views::lanes::{self, Column};

/// The whole drawing: the hours are as long as they are, so a day is as wide as the sheet.
const WIDTH: f64 = 1400.0;
/// Cards stand in so many columns.
const COLUMNS: usize = 3;
/// Where +2 is, from the top; from one whole feeling to the next.
const FELT: [f64; 2] = [34.0, 28.0];
/// The height of the strip of scenes.
const STRIP: f64 = 26.0;

/// Draws the days of a map.
pub(super) fn draw<'a>(here: &Here<'a>, map: (Id<JourneyMap>, &'a JourneyMap), days: &'a [Day]) -> Drawing {
    let mut board = Stack::new(WIDTH);
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
        clock(here, &mut board, stage, day);
        board.gap(14.0);
        cards(here, &mut board, map, stage);
    }
    let told = [here.map_kind(map.1)].into_iter().chain(map.1.stages.iter().map(|stage| stage.title.str(here.lang)));
    let told = format!("{} {}", here.words.list(told), here.tell(&felt(columns(map.1)))).trim_end().to_owned();
    let height = board.height();
    Drawing { told, width: WIDTH, height, shapes: board.at(0.0, 0.0) }
}

fn columns(map: &JourneyMap) -> impl Iterator<Item = (&Stage, &[Step])> {
    map.stages.iter().map(|stage| (stage, stage.steps.as_slice()))
}

/// Where a minute of a day stands.
fn across(day: &Day, minute: u16) -> f64 {
    WIDTH * f64::from(minute.min(day.minutes)) / f64::from(day.minutes.max(1))
}

/// The curve over true time, where one is, and the hours.
fn clock<'a>(here: &Here<'a>, board: &mut Stack, stage: &'a Stage, day: &'a Day) {
    let timed = stage.steps.iter().enumerate().filter_map(|(index, step)| Some((index, step, step.time?)));
    let height_of = |value: f64| FELT[0] + (2.0 - value) * FELT[1];
    let felt: Vec<(usize, &Step, [f64; 2])> = timed
        .filter_map(|(index, step, time)| {
            Some((index, step, [across(day, time.minute), height_of(step.feels?.value())]))
        })
        .collect();
    let mut shapes = Vec::new();
    let mut y = 0.0;
    if !felt.is_empty() {
        for face in [2.0, 1.0, 0.0, -1.0, -2.0] {
            let role = if face == 0.0 { Role::Edge } else { Role::Rule };
            shapes.push(Shape::rule([0.0, height_of(face)], [WIDTH, height_of(face)], role));
        }
        y = height_of(-2.0) + 40.0;
        let places: Vec<[f64; 2]> = felt.iter().map(|(.., place)| *place).collect();
        let levels = [height_of(2.0), height_of(0.0), height_of(-2.0)];
        // What nobody was asked about stands between them in the list.
        let after_gap = |at: usize| at > 0 && felt[at].0 != felt[at - 1].0 + 1;
        let [line, area] = trace(&places, after_gap, levels[1]);
        let (x, width, plain) = (0.0, WIDTH, None);
        shapes.push(Shape::Curve(CurveShape { x, y: 0.0, width, height: y, levels, line, area, plain }));
        let mut numbers: Vec<[f64; 2]> = Vec::new();
        for (index, step, [x, y]) in &felt {
            let label = format!("{}. {}", index + 1, here.said(step.label()).text);
            shapes.push(Shape::hinted(label, mark(step, index + 1, [*x, *y], &places, &mut numbers)));
        }
    }
    strip(here, &mut shapes, day, y);
    y += STRIP + 6.0;
    let step = [60, 120, 180, 240, 360].into_iter().find(|step| across(day, *step) >= 56.0).unwrap_or(720);
    let first = (step - day.from.minutes() % step) % step;
    for minute in (first..=day.minutes).step_by(usize::from(step)) {
        let x = across(day, minute);
        let anchor = match x {
            ..20.0 => "start",
            x if x > WIDTH - 20.0 => "end",
            _ => "middle",
        };
        shapes.push(Style::HINT.line(&hour(day.from, minute), x, y + 10.0, anchor));
        shapes.push(Shape::rule([x, y - 6.0], [x, y], Role::Edge));
    }
    board.shapes(y + 22.0, [Shape::group(here.said(&stage.title).text, shapes)]);
}

/// The time some minutes after a day's beginning; midnight at the end of a day is 24:00.
fn hour(from: Clock, minute: u16) -> String {
    match from.minutes() + minute {
        1440 => "24:00".to_owned(),
        _ => from.after(minute).to_string(),
    }
}

/// A face with its number above or below it, where there is no other.
fn mark(step: &Step, number: usize, [x, y]: [f64; 2], faces: &[[f64; 2]], numbers: &mut Vec<[f64; 2]>) -> Vec<Shape> {
    let truth = step.moment_of_truth.is_some();
    let reach = if truth { 17.0 } else { 10.0 };
    // A face at the very edge is drawn inside.
    let inside = x.clamp(reach, WIDTH - reach);
    let mut shapes = Vec::new();
    if truth {
        let d = "M0 -17L17 0L0 17L-17 0z".to_owned();
        let edge = Some((Role::Ink, 2.5));
        shapes.push(Shape::Path { x: inside, y, d, fill: Some(Role::Card), edge, dash: Dash::Solid });
    }
    let face = step.feels.map_or(0, crate::model::Feeling::face);
    shapes.push(Shape::Face { x: inside, y, r: 10.0, face, ground: Role::Card });
    let free = |place: [f64; 2], others: &[[f64; 2]], apart: f64| {
        others.iter().all(|other| (other[0] - place[0]).abs() > apart || (other[1] - place[1]).abs() > apart)
    };
    let places = [-reach - 9.0, reach + 9.0].map(|offset| [inside, y + offset]);
    let place = places.into_iter().find(|&place| free(place, faces, 17.0) && free(place, numbers, 16.0));
    // The cards say every number; one that would stand over another is left to them.
    if let Some(place) = place {
        numbers.push(place);
        shapes.push(Style::LABEL.line(&number.to_string(), place[0], place[1], "middle"));
    }
    shapes
}

/// Where one is; whether we meet there is said by a darker ground and a heavy line.
fn strip<'a>(here: &Here<'a>, shapes: &mut Vec<Shape>, day: &'a Day, y: f64) {
    shapes.push(Shape::area(0.0, y, WIDTH, STRIP, Role::Sunk));
    for scene in &day.scenes {
        let (x, end) = (across(day, scene.start), across(day, scene.end));
        let role = if scene.ours { Role::Tint(0) } else { Role::Deep };
        let mut drawn = vec![Shape::area(x, y, (end - x - 1.0).max(1.0), STRIP, role)];
        if scene.ours {
            let edge = (Role::Ink, 3.0);
            let (from, to) = ([x, y + 1.5], [(end - 1.0).max(x + 1.0), y + 1.5]);
            drawn.push(Shape::Line { from, to, edge, dash: Dash::Solid });
        }
        let title = here.said(&scene.title).text;
        if pixels(&title, 11.5, false) * 1.1 + 12.0 <= end - x {
            drawn.push(Style::HINT.in_role(Role::Ink).line(&title, x + 6.0, y + STRIP / 2.0 + 1.0, "start"));
        }
        let times = format!("{}–{}", hour(day.from, scene.start), hour(day.from, scene.end));
        let ours = if scene.ours { here.words.get("we_meet") } else { "" };
        let said = [&*title, &times, ours].into_iter().filter(|text| !text.is_empty());
        shapes.push(Shape::hinted(here.words.list(said), drawn));
    }
}

/// What happens, in order, side by side.
fn cards<'a>(here: &Here<'a>, board: &mut Stack, map: (Id<JourneyMap>, &'a JourneyMap), stage: &'a Stage) {
    let column = WIDTH / COLUMNS as f64;
    for (row, steps) in stage.steps.chunks(COLUMNS).enumerate() {
        board.gap(16.0);
        let drawn: Vec<(Stack, bool)> = (steps.iter())
            .map(|step| (card(here, map, stage, step, column - 34.0), step.touchpoint.is_some()))
            .collect();
        let height = drawn.iter().map(|(card, _)| card.height()).fold(0.0, f64::max) + 12.0;
        let mut shapes = Vec::new();
        for (at, (card, ours)) in drawn.into_iter().enumerate() {
            let x = column * at as f64;
            let edge = if ours { (Role::Ink, 2.5) } else { (Role::Rule, 1.5) };
            let (from, to) = ([x, 0.0], [x + column - 24.0, 0.0]);
            shapes.push(Shape::Line { from, to, edge, dash: Dash::Solid });
            shapes.extend(stop(x, 22.0, row * COLUMNS + at + 1, false));
            shapes.extend(card.at(x + 34.0, 12.0));
        }
        board.shapes(height, shapes);
    }
}

fn card<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    stage: &'a Stage,
    step: &'a Step,
    width: f64,
) -> Stack {
    let mut card = Stack::new(width);
    let mut head: Vec<String> = Vec::new();
    if let Some(time) = step.time {
        head.push(match time.until {
            Some(until) => format!("{}–{until}", time.at),
            None => time.at.to_string(),
        });
        head.extend(time.nature.map(|nature| here.words.get(said(nature)).to_owned()));
    }
    let word = step.feeling.as_ref().map(|word| here.said(word).text.into_owned());
    head.extend(step.feels.map(|feeling| here.feels(feeling).value).into_iter().chain(word));
    let head = Said::plain(here.words.list(head.iter().map(String::as_str)));
    match step.feels {
        Some(feeling) => card.faced(feeling.face(), &head, Style::HINT, Role::Card),
        None => card.text(&head, Style::HINT),
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
            let cell = cells::cell(here, &row, cell, width);
            card.shapes(cell.height(), cell.at(0.0, 0.0));
        }
    }
    card
}

fn said(nature: Nature) -> &'static str {
    match nature {
        Nature::Habit => "nature_habit",
        Nature::Duty => "nature_duty",
        Nature::Choice => "nature_choice",
    }
}
