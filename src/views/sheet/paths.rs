//! Where steps lead when not simply to the next, at fixed places.

use super::canvas::Canvas;
use super::stack::Style;
use super::{Anchor, Dash, Role, Shape, TextShape};
use crate::views::flow::{self, Flow};

/// How thick its lines are.
const EDGE: (Role, f64) = (Role::Ink, 1.5);

/// The paths over all stages, `width` pixels wide, from the left top corner of their first cell.
pub(super) fn draw(canvas: &mut Canvas<'_>, flow: &Flow, width: f64) {
    let scale = width / flow.width;
    for [from, to] in &flow.legs {
        canvas.push(Shape::rule([across(from, width), flow.y], [across(to, width), flow.y], Role::Edge));
    }
    for arc in &flow.arcs {
        let dash = if arc.way == "skip" { Dash::Solid } else { Dash::Dashed };
        let ends = arc.ends.map(|end| end * scale);
        path(canvas, [0.0, 0.0], &flow::arc(ends, arc.foot, arc.sweep), dash);
    }
    for x in &flow.again {
        path(canvas, [across(x, width), flow.y], "M-4 4C-16 21 16 21 4 4", Dash::Dashed);
    }
    for x in &flow.dots {
        let (x, y) = (across(x, width) - 4.0, flow.y - 4.0);
        let (fill, edge) = (Some(Role::Card), Some(EDGE));
        canvas.push(Shape::Rect { x, y, width: 8.0, height: 8.0, r: 4.0, fill, edge });
    }
    for arrival in &flow.heads {
        let d = if arrival.way == "skip" { "M0-5 4-12H-4z" } else { "M0 5 4 12H-4z" };
        head(canvas, [across(&arrival.x, width), flow.y], d);
    }
    for stub in &flow.stubs {
        let x = across(&stub.x, width);
        canvas.push(Shape::Line { from: [x, stub.from], to: [x, stub.to], edge: EDGE, dash: Dash::Solid });
        if stub.way == "exit" {
            head(canvas, [x, stub.to], "M0 0l4-7h-8z");
        }
        let words = canvas.say(&stub.lines.join("\n"));
        let lines = Style::HINT.lines([x + stub.text_x, stub.text_y], Anchor::named(stub.anchor));
        canvas.push(Shape::Text(TextShape { words, leading: stub.line_height, ..lines }));
    }
}

fn path(canvas: &mut Canvas<'_>, [x, y]: [f64; 2], d: &str, dash: Dash) {
    let d = canvas.say(d);
    canvas.push(Shape::Path { x, y, d, fill: None, edge: Some(EDGE), dash });
}

/// An arrowhead.
pub(super) fn head(canvas: &mut Canvas<'_>, [x, y]: [f64; 2], d: &str) {
    let d = canvas.say(d);
    canvas.push(Shape::Path { x, y, d, fill: Some(Role::Ink), edge: None, dash: Dash::Solid });
}

/// Where a share of the width, such as `34.57%`, is in pixels.
fn across(share: &str, width: f64) -> f64 {
    share.trim_end_matches('%').parse::<f64>().unwrap_or(0.0) / 100.0 * width
}
