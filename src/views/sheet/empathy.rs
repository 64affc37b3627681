//! Four quadrants around somebody; below them where they contradict each other, and what hurts and delights.

use super::cells::{evidence, opportunity, quoted, tag};
use super::stack::{Stack, Style};
use super::{Drawing, Role, Shape};
use crate::model::kinds::{Empathy, Observation, Quadrant};
use crate::model::{JourneyMap, Pain};
use crate::views::here::{Here, Said};

/// The whole drawing.
const WIDTH: f64 = 1200.0;
/// Kept free round a quadrant's statements: who it is about stands where the four meet.
const PAD: f64 = 38.0;
/// Between two statements.
const APART: f64 = 12.0;

/// Draws an empathy map.
pub(super) fn draw<'a>(here: &Here<'a>, map: &'a JourneyMap, empathy: &'a Empathy) -> Drawing {
    let half = WIDTH / 2.0;
    let mut y = 0.0;
    let mut shapes = Vec::new();
    let mut told = vec![here.map_kind(map)];
    let mut middle = 0.0;
    for pair in Quadrant::ALL.chunks(2) {
        let sides: Vec<Stack> = pair.iter().map(|&(_, side)| quadrant(here, empathy, side, half - 2.0 * PAD)).collect();
        told.extend(pair.iter().map(|&(_, side)| here.quadrant(side)));
        let height = sides.iter().map(Stack::height).fold(0.0, f64::max) + 2.0 * PAD;
        shapes.push(Shape::area(0.0, y, WIDTH, height, Role::Card));
        for ((at, side), &(_, quadrant)) in sides.into_iter().enumerate().zip(pair) {
            let drawn = side.at(half * at as f64 + PAD, y + PAD);
            shapes.push(Shape::group(here.quadrant(quadrant), drawn));
        }
        middle = if y == 0.0 { height } else { middle };
        y += height;
    }
    let edge = Some((Role::Rule, 1.0));
    shapes.push(Shape::Rect { x: 0.0, y: 0.0, width: WIDTH, height: y, r: 6.0, fill: None, edge });
    shapes.push(Shape::rule([half, 0.0], [half, y], Role::Rule));
    shapes.push(Shape::rule([0.0, middle], [WIDTH, middle], Role::Rule));
    shapes.extend(who(here, map, half, middle));
    let mut below = Stack::new(WIDTH);
    tensions(here, &mut below, empathy);
    conclusions(here, &mut below, empathy);
    let height = y + if below.height() > 0.0 { below.height() + 24.0 } else { 0.0 };
    shapes.extend(below.at(0.0, y + 24.0));
    Drawing { told: here.words.list(told), width: WIDTH, height, shapes }
}

/// Who it is about, where the quadrants meet.
fn who(here: &Here<'_>, map: &JourneyMap, x: f64, y: f64) -> Vec<Shape> {
    let Some(persona) = map.persona else { return Vec::new() };
    let (r, edge) = (30.0, Some((Role::Card, 3.0)));
    let disc = Shape::Rect { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r, r, fill: Some(Role::Brand), edge };
    let initials = here.who(persona).initials;
    vec![disc, Style::NAME.in_role(Role::Card).line(&initials, x, y, "middle")]
}

fn quadrant<'a>(here: &Here<'a>, empathy: &'a Empathy, quadrant: Quadrant, width: f64) -> Stack {
    let mut side = Stack::new(width);
    let icon = match quadrant {
        Quadrant::Says => "speak",
        Quadrant::Thinks => "think",
        Quadrant::Does => "walk",
        Quadrant::Feels => "heart",
    };
    side.marked(icon, &Said::plain(here.quadrant(quadrant)), Style::LEAD_BOLD);
    match quadrant {
        Quadrant::Says => {
            for says in &empathy.says {
                side.gap(APART);
                quoted(here, &mut side, &here.quoted(says));
            }
        }
        Quadrant::Thinks => seen(here, &mut side, &empathy.thinks),
        Quadrant::Does => seen(here, &mut side, &empathy.does),
        Quadrant::Feels => seen(here, &mut side, &empathy.feels),
    }
    let empty = match quadrant {
        Quadrant::Says => empathy.says.is_empty(),
        Quadrant::Thinks => empathy.thinks.is_empty(),
        Quadrant::Does => empathy.does.is_empty(),
        Quadrant::Feels => empathy.feels.is_empty(),
    };
    if empty {
        side.plain(here.words.get("quadrant_empty"), Style::HINT);
    }
    side
}

fn seen<'a>(here: &Here<'a>, side: &mut Stack, observations: &'a [Observation]) {
    for observation in observations {
        side.gap(APART);
        let text = here.said(&observation.text);
        match observation.feels {
            Some(feeling) => {
                let feels = here.feels(feeling);
                side.faced(feels.face, &text, Style::LARGE, Role::Card);
                side.plain(&format!("{} {}", here.words.get("feeling"), feels.value), Style::HINT);
            }
            None => side.text(&text, Style::LARGE),
        }
        let note = observation.note.as_ref().map(|note| here.said(note));
        evidence(here, side, &here.evidence(&observation.insights), note.as_ref());
    }
}

fn tensions<'a>(here: &Here<'a>, below: &mut Stack, empathy: &'a Empathy) {
    if empathy.tensions.is_empty() {
        return;
    }
    below.plain(here.words.get("tensions"), Style::LEAD_BOLD);
    for tension in &empathy.tensions {
        below.gap(8.0);
        let column = WIDTH / 3.0;
        let against = |(quadrant, text): &'a (Quadrant, crate::model::Text)| {
            let mut side = Stack::new(column - 44.0);
            side.plain(here.quadrant(*quadrant), Style::LABEL);
            side.text(&here.said(text), Style::LARGE);
            side
        };
        let mut so = Stack::new(column - 28.0);
        if let Some(text) = &tension.so {
            so.text(&here.said(text), Style::STRONG);
        }
        let columns = [against(&tension.one), against(&tension.other), so];
        let height = columns.iter().map(Stack::height).fold(0.0, f64::max) + 20.0;
        let mut shapes = vec![Shape::area(0.0, 0.0, WIDTH, height, Role::Sunk)];
        let but = here.words.get("tension_against");
        shapes.push(Shape::Icon { x: column - 24.0, y: 12.0, size: 16.0, name: "swap".to_owned(), role: Role::Ink });
        for (at, side) in columns.into_iter().enumerate() {
            shapes.extend(side.at(column * at as f64 + 14.0, 10.0));
        }
        below.shapes(height, [Shape::group(but, shapes)]);
    }
}

/// What hurts and what delights, side by side.
fn conclusions<'a>(here: &Here<'a>, below: &mut Stack, empathy: &'a Empathy) {
    let width = WIDTH / 2.0;
    let mut sides = Vec::new();
    if !empathy.pains.is_empty() {
        let mut side = Stack::new(width - 28.0);
        side.marked("minus", &here.word("empathy_pains"), Style::LEAD_BOLD);
        for pain in &empathy.pains {
            side.gap(APART);
            hurt(here, &mut side, pain);
        }
        sides.push(side);
    }
    if !empathy.gains.is_empty() {
        let mut side = Stack::new(width - 28.0);
        side.marked("plus", &here.word("empathy_gains"), Style::LEAD_BOLD);
        seen(here, &mut side, &empathy.gains);
        sides.push(side);
    }
    below.gap(22.0);
    let height = sides.iter().map(Stack::height).fold(0.0, f64::max);
    let shapes = sides.into_iter().enumerate().flat_map(|(at, side)| side.at(width * at as f64, 0.0));
    let shapes: Vec<Shape> = shapes.collect();
    below.shapes(height, shapes);
}

fn hurt<'a>(here: &Here<'a>, side: &mut Stack, pain: &'a Pain) {
    side.text(&here.said(&pain.text), Style::LARGE);
    if let Some(severity) = pain.severity {
        tag(side, &here.severity(severity));
    }
    evidence(here, side, &here.evidence(&pain.insights), None);
    for &id in &pain.opportunities {
        opportunity(side, &here.opportunity(id));
    }
}
