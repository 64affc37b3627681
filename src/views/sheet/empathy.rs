//! Four quadrants around somebody; below them where they contradict each other, and what hurts and delights.

use super::canvas::Canvas;
use super::cells::{evidence, opportunity, quoted, tag};
use super::stack::{Stack, Style};
use super::{Anchor, Drawing, Role, Shape};
use crate::model::kinds::{Empathy, Observation, Quadrant};
use crate::model::{JourneyMap, Pain};
use crate::views::here::Here;

/// The whole drawing.
pub(super) const WIDTH: f64 = 1200.0;
/// Kept free round a quadrant's statements: who it is about stands where the four meet.
const PAD: f64 = 38.0;
/// Between two statements.
const APART: f64 = 12.0;

/// Draws an empathy map.
pub(super) fn draw<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, map: &'a JourneyMap, empathy: &'a Empathy) -> Drawing {
    let half = WIDTH / 2.0;
    let mut y = 0.0;
    let mut told = vec![here.map_kind(map)];
    let mut middle = 0.0;
    for pair in Quadrant::ALL.chunks(2) {
        told.extend(pair.iter().map(|&(_, side)| here.quadrant(side)));
        let ground = canvas.mark();
        canvas.area(0.0, y, WIDTH, 0.0, Role::Card);
        let mut height = 0.0_f64;
        for (at, &(_, side)) in pair.iter().enumerate() {
            canvas.group(here.quadrant(side), |canvas| {
                let mut stack = Stack::new(canvas, [half * at as f64 + PAD, y + PAD], half - 2.0 * PAD);
                quadrant(here, &mut stack, empathy, side);
                height = height.max(stack.height() + 2.0 * PAD);
            });
        }
        middle = if y == 0.0 { height } else { middle };
        y += height;
        canvas.reach(ground..ground + 1, y);
    }
    let edge = Some((Role::Rule, 1.0));
    canvas.push(Shape::Rect { x: 0.0, y: 0.0, width: WIDTH, height: y, r: 6.0, fill: None, edge });
    canvas.push(Shape::rule([half, 0.0], [half, y], Role::Rule));
    canvas.push(Shape::rule([0.0, middle], [WIDTH, middle], Role::Rule));
    who(here, canvas, map, [half, middle]);
    let mut below = Stack::new(canvas, [0.0, y + 24.0], WIDTH);
    tensions(here, &mut below, empathy);
    conclusions(here, &mut below, empathy);
    let height = y + if below.height() > 0.0 { below.height() + 24.0 } else { 0.0 };
    Drawing { told: here.words.list(told), height }
}

/// Who it is about, where the quadrants meet.
fn who(here: &Here<'_>, canvas: &mut Canvas<'_>, map: &JourneyMap, [x, y]: [f64; 2]) {
    let Some(persona) = map.persona else { return };
    let (r, fill, edge) = (30.0, Some(Role::Brand), Some((Role::Card, 3.0)));
    canvas.push(Shape::Rect { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r, r, fill, edge });
    canvas.line(Style::NAME.in_role(Role::Card), &here.who(persona).initials, [x, y], Anchor::Middle);
}

fn quadrant<'a>(here: &Here<'a>, side: &mut Stack<'_, 'a>, empathy: &'a Empathy, quadrant: Quadrant) {
    let icon = match quadrant {
        Quadrant::Says => "speak",
        Quadrant::Thinks => "think",
        Quadrant::Does => "walk",
        Quadrant::Feels => "heart",
    };
    side.marked_plain(icon, here.quadrant(quadrant), Style::LEAD_BOLD);
    match quadrant {
        Quadrant::Says => {
            for says in &empathy.says {
                side.gap(APART);
                quoted(here, side, &here.quoted(says));
            }
        }
        Quadrant::Thinks => seen(here, side, &empathy.thinks),
        Quadrant::Does => seen(here, side, &empathy.does),
        Quadrant::Feels => seen(here, side, &empathy.feels),
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
}

fn seen<'a>(here: &Here<'a>, side: &mut Stack<'_, 'a>, observations: &'a [Observation]) {
    for observation in observations {
        side.gap(APART);
        let text = here.said(&observation.text);
        match observation.feels {
            Some(feeling) => {
                let feels = here.feels(feeling);
                side.faced(feels.face, &text.text, text.lang, Style::LARGE, Role::Card);
                side.plain(&format!("{} {}", here.words.get("feeling"), feels.value), Style::HINT);
            }
            None => side.text(&text, Style::LARGE),
        }
        let note = observation.note.as_ref().map(|note| here.said(note));
        evidence(here, side, &here.evidence(&observation.insights), note.as_ref());
    }
}

fn tensions<'a>(here: &Here<'a>, below: &mut Stack<'_, 'a>, empathy: &'a Empathy) {
    if empathy.tensions.is_empty() {
        return;
    }
    below.plain(here.words.get("tensions"), Style::LEAD_BOLD);
    for tension in &empathy.tensions {
        below.gap(8.0);
        below.draw(|canvas| {
            canvas.group(here.words.get("tension_against"), |canvas| {
                let (column, ground) = (WIDTH / 3.0, canvas.mark());
                canvas.area(0.0, 0.0, WIDTH, 0.0, Role::Sunk);
                canvas.push(Shape::Icon { x: column - 24.0, y: 12.0, size: 16.0, name: "swap", role: Role::Ink });
                let mut height = 0.0_f64;
                for (at, (quadrant, text)) in [&tension.one, &tension.other].into_iter().enumerate() {
                    let mut side = Stack::new(canvas, [column * at as f64 + 14.0, 10.0], column - 44.0);
                    side.plain(here.quadrant(*quadrant), Style::LABEL);
                    side.text(&here.said(text), Style::LARGE);
                    height = height.max(side.height());
                }
                let mut so = Stack::new(canvas, [column * 2.0 + 14.0, 10.0], column - 28.0);
                if let Some(text) = &tension.so {
                    so.text(&here.said(text), Style::STRONG);
                }
                let height = height.max(so.height()) + 20.0;
                canvas.reach(ground..ground + 1, height);
                height
            })
        });
    }
}

/// What hurts and what delights, side by side.
fn conclusions<'a>(here: &Here<'a>, below: &mut Stack<'_, 'a>, empathy: &'a Empathy) {
    let hurts = (!empathy.pains.is_empty()).then_some(true);
    let delights = (!empathy.gains.is_empty()).then_some(false);
    let sides: Vec<bool> = hurts.into_iter().chain(delights).collect();
    below.gap(22.0);
    below.columns(sides.len(), WIDTH / 2.0, 28.0, |at, side| {
        if sides[at] {
            side.marked("minus", &here.word("empathy_pains"), Style::LEAD_BOLD);
            for pain in &empathy.pains {
                side.gap(APART);
                hurt(here, side, pain);
            }
        } else {
            side.marked("plus", &here.word("empathy_gains"), Style::LEAD_BOLD);
            seen(here, side, &empathy.gains);
        }
    });
}

fn hurt<'a>(here: &Here<'a>, side: &mut Stack<'_, 'a>, pain: &'a Pain) {
    side.text(&here.said(&pain.text), Style::LARGE);
    if let Some(severity) = pain.severity {
        tag(side, &here.severity(severity));
    }
    evidence(here, side, &here.evidence(&pain.insights), None);
    for &id in &pain.opportunities {
        opportunity(side, &here.opportunity(id));
    }
}
