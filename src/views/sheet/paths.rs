//! Where steps lead when not simply to the next, at fixed places.

use super::stack::Style;
use super::{Dash, Role, Shape, TextShape};
use crate::views::flow::{self, Flow};

/// How thick its lines are.
const EDGE: (Role, f64) = (Role::Ink, 1.5);

/// The paths over all stages, `width` pixels wide, from the left top corner of their first cell.
pub(super) fn draw(flow: &Flow, width: f64) -> Vec<Shape> {
    let scale = width / flow.width;
    let path = |x: f64, y: f64, d: String, dash: Dash| Shape::Path { x, y, d, fill: None, edge: Some(EDGE), dash };
    let head = |x: f64, y: f64, d: &str| {
        let (d, fill) = (d.to_owned(), Some(Role::Ink));
        Shape::Path { x, y, d, fill, edge: None, dash: Dash::Solid }
    };
    let mut shapes: Vec<Shape> = (flow.legs.iter())
        .map(|[from, to]| Shape::rule([across(from, width), flow.y], [across(to, width), flow.y], Role::Edge))
        .collect();
    for arc in &flow.arcs {
        let dash = if arc.way == "skip" { Dash::Solid } else { Dash::Dashed };
        let ends = arc.ends.map(|end| end * scale);
        shapes.push(path(0.0, 0.0, flow::arc(ends, arc.foot, arc.sweep), dash));
    }
    for x in &flow.again {
        shapes.push(path(across(x, width), flow.y, "M-4 4C-16 21 16 21 4 4".to_owned(), Dash::Dashed));
    }
    for x in &flow.dots {
        let (x, y) = (across(x, width) - 4.0, flow.y - 4.0);
        let (fill, edge) = (Some(Role::Card), Some(EDGE));
        shapes.push(Shape::Rect { x, y, width: 8.0, height: 8.0, r: 4.0, fill, edge });
    }
    for arrival in &flow.heads {
        let d = if arrival.way == "skip" { "M0-5 4-12H-4z" } else { "M0 5 4 12H-4z" };
        shapes.push(head(across(&arrival.x, width), flow.y, d));
    }
    for stub in &flow.stubs {
        let x = across(&stub.x, width);
        shapes.push(Shape::Line { from: [x, stub.from], to: [x, stub.to], edge: EDGE, dash: Dash::Solid });
        if stub.way == "exit" {
            shapes.push(head(x, stub.to, "M0 0l4-7h-8z"));
        }
        let Shape::Text(text) = Style::HINT.line("", x + stub.text_x, 0.0, stub.anchor) else { continue };
        let words = stub.lines.join("\n");
        shapes.push(Shape::Text(TextShape { y: stub.text_y, text: words, leading: stub.line_height, ..text }));
    }
    shapes
}

/// Where a share of the width, such as `34.57%`, is in pixels.
fn across(share: &str, width: f64) -> f64 {
    share.trim_end_matches('%').parse::<f64>().unwrap_or(0.0) / 100.0 * width
}
