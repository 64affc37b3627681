//! Several personas on one journey: a line of feelings for each, the lanes they share, and where somebody differs.

use super::canvas::Canvas;
use super::felt::level;
use super::shape::pixels;
use super::stack::{Stack, Style};
use super::table::{LANE, column, draw_with};
use super::{Anchor, CurveShape, Dash, Drawing, Role, Shape, cells};
use crate::model::kinds::Difference;
use crate::model::{Id, JourneyMap, Lane};
use crate::views::crowd::lived;
use crate::views::curve::{Room, trace};
use crate::views::felt::{Felt, felt_in};
use crate::views::here::Here;
use crate::views::journey::plain;
use crate::views::lanes::{PainView, drawn};

/// The lines, told apart by how they are broken; a name stands at the beginning of each.
const LINES: [(Role, Dash); 3] = [(Role::Ink, Dash::Solid), (Role::Brand, Dash::Dashed), (Role::Muted, Dash::Dotted)];
/// From one persona's face to the next one's at the same step.
const ASIDE: f64 = 24.0;

/// Draws a persona-based map.
pub(super) fn draw<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, map: (Id<JourneyMap>, &'a JourneyMap)) -> Drawing {
    let mut view = plain(here, map.0, map.1, &felt_in(map.1));
    // What somebody says stands under the table: that nobody was asked cannot be read off an empty cell.
    for row in view.bands.iter_mut().flat_map(|band| &mut band.rows).filter(|row| row.shows == "quotes") {
        row.shows = "texts";
    }
    let wanted = drawn(here, map.1).contains(&Lane::Feelings);
    let mut drawing = draw_with(here, canvas, view, |canvas| if wanted { lane(here, canvas, map.1) } else { None });
    let y = drawing.height + 22.0;
    let mut below = Stack::new(canvas, [0.0, y], super::table::width(map.1.stages.len()));
    differences(here, &mut below, map.1);
    if below.height() > 0.0 {
        drawing.height = y + below.height();
    }
    drawing
}

/// A line for each of them; how high the lane is, and `None` if nobody said how anything feels.
fn lane<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, map: &'a JourneyMap) -> Option<f64> {
    let room = Room::map(map.stages.len());
    let column = column(map.stages.len());
    let width = column * map.stages.len() as f64;
    let height_of = |value: f64| room.top + (2.0 - value) * room.step;
    let lived = lived(map);
    if lived.iter().all(|one| one.felt().is_empty()) {
        return None;
    }
    canvas.extend([2, 1, 0, -1, -2].into_iter().map(|face| level(face, height_of(f64::from(face)), width)));
    let mut legend = 10.0;
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for (turn, one) in lived.iter().enumerate() {
        let who = one.persona;
        let plain = LINES[turn % LINES.len()];
        let name = here.said(&here.handbook[who].item.title).text;
        let aside = (turn as f64 - (lived.len() as f64 - 1.0) / 2.0) * ASIDE;
        let felt = one.felt();
        let place = |felt: &Felt<'_>| {
            let x = (felt.column as f64 + felt.x) * column + aside;
            [x.clamp(12.0, width - 12.0), height_of(felt.feeling.value())]
        };
        let way: Vec<[f64; 2]> = felt.iter().map(place).collect();
        let [line, _] = trace(&way, |at| felt[at].after_gap, height_of(0.0));
        let levels = [2.0, 0.0, -2.0].map(height_of);
        let (line, area) = (canvas.say(&line), canvas.say(""));
        let (height, plain) = (room.height, Some(plain));
        lines.push(Shape::Curve(CurveShape { x: 0.0, y: 0.0, width, height, levels, line, area, plain }));
        let initials = here.who(who).initials;
        for (felt, [x, y]) in felt.iter().zip(way) {
            let value = here.words.feeling(felt.feeling);
            let said = here.words.list([&*name, &*here.said(felt.step.label()).text, &value]);
            let face = Shape::Face { x, y, r: 10.0, face: felt.feeling.face(), ground: Role::Card };
            points.push((said, face, initials.clone(), [x, y]));
        }
        let (from, to, (role, dash)) = ([legend, 22.0], [legend + 44.0, 22.0], LINES[turn % LINES.len()]);
        canvas.push(Shape::Line { from, to, edge: (role, 3.0), dash });
        let label = if initials.is_empty() { name.to_string() } else { format!("{name} ({initials})") };
        let long = pixels(&label, 11.5, true) * 1.1;
        // More people than one line of names has room for are told by their initials alone.
        if legend + 52.0 + long < width {
            canvas.line(Style::LABEL, &label, [legend + 52.0, 22.0], Anchor::Start);
        }
        legend += 52.0 + long + 26.0;
    }
    canvas.extend(lines);
    let faces: Vec<[f64; 2]> = points.iter().map(|(.., place)| *place).collect();
    let mut taken: Vec<[f64; 2]> = Vec::new();
    for (said, face, initials, [x, y]) in points {
        let free = |place: [f64; 2], others: &[[f64; 2]], apart: [f64; 2]| {
            others.iter().all(|other| (other[0] - place[0]).abs() > apart[0] || (other[1] - place[1]).abs() > apart[1])
        };
        let spots = [[x, y - 19.0], [x, y + 19.0]];
        let spot =
            spots.into_iter().find(|place| free(*place, &faces, [18.0, 15.0]) && free(*place, &taken, [30.0, 14.0]));
        taken.extend(spot);
        canvas.hinted(&said, |canvas| {
            canvas.push(face);
            if let Some(place) = spot {
                canvas.line(Style::HINT, &initials, place, Anchor::Middle);
            }
        });
    }
    Some(room.height)
}

/// Where somebody differs, a column for each of them.
fn differences<'a>(here: &Here<'a>, below: &mut Stack<'_, 'a>, map: &'a JourneyMap) {
    let mut people = lived(map);
    people.retain(|one| one.ways.iter().any(|way| way.difference.is_some()));
    let column = super::table::width(map.stages.len()) / people.len().max(1) as f64;
    // However many they are, a name keeps some room.
    let gap = 24.0_f64.min(column - LANE / 2.0);
    below.columns(people.len(), column, gap, |at, stack| {
        let one = &people[at];
        stack.text(&here.said(&here.handbook[one.persona].item.title), Style::LEAD_BOLD);
        for way in &one.ways {
            let Some(difference) = way.difference else { continue };
            stack.gap(10.0);
            stack.text(&here.said(way.step.label()), Style::STRONG);
            differs(here, stack, difference);
        }
    });
}

fn differs<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, difference: &'a Difference) {
    if difference.skips {
        stack.plain(here.words.get("skips_step"), Style::CELL);
    }
    if let Some(feeling) = difference.feels {
        let feels = here.feels(feeling);
        let word = difference.feeling.as_ref().map(|word| here.words.list([&*here.said(word).text, &feels.value]));
        stack.faced(feels.face, &word.map_or(feels.value, Into::into), None, Style::HINT, Role::Card);
    }
    if let Some(action) = &difference.action {
        stack.text(&here.said(action), Style::CELL);
    }
    if let Some(touchpoint) = difference.touchpoint {
        let touchpoint = &here.handbook[touchpoint];
        stack.marked(here.channel_icon(touchpoint.channel), &here.said(&touchpoint.item.title), Style::CELL);
    }
    if let Some(thinks) = &difference.thinks {
        stack.marked("think", &here.said(thinks), Style::CELL);
    }
    if let Some(says) = &difference.says {
        cells::quoted(here, stack, &here.quoted(says));
    }
    for pain in &difference.pains {
        let severity = pain.severity.map(|severity| here.severity(severity));
        cells::pain(stack, &PainView { text: here.said(&pain.text), severity });
    }
}
