//! What breaks in a service blueprint, and who waits: marks on its cards, and under it what they mean.

use super::canvas::Canvas;
use super::shape::pixels;
use super::stack::{Stack, Style};
use super::{Anchor, Role, Shape, cells};
use crate::model::kinds::{Blueprint, FailPoint};
use crate::views::here::{Here, Said};

/// `F1` in a red box, `W1` in a ring.
pub(super) fn mark(canvas: &mut Canvas<'_>, x: f64, label: &str, fails: bool) {
    let width = pixels(label, 10.5, true) + 14.0;
    let (fill, edge, role) = match fails {
        true => (Role::Feeling(-2), None, Role::Card),
        false => (Role::Card, Some((Role::Ink, 1.5)), Role::Ink),
    };
    let r = if fails { 3.0 } else { 8.5 };
    canvas.push(Shape::Rect { x, y: 1.0, width, height: 17.0, r, fill: Some(fill), edge });
    canvas.line(Style::LABEL.in_role(role), label, [x + width / 2.0, 9.5], Anchor::Middle);
}

/// What breaks, what we know of it and what would mend it; and who waits how long.
pub(super) fn breaks<'a>(here: &Here<'a>, below: &mut Stack<'_, 'a>, waits: &[Said<'a>], blueprint: &'a Blueprint) {
    let width = below.width();
    if !blueprint.fail_points.is_empty() {
        below.plain(here.words.get("fails"), Style::LEAD_BOLD);
    }
    let column = (width - 50.0) / 3.0;
    for (index, fail) in blueprint.fail_points.iter().enumerate() {
        below.gap(8.0);
        below.draw(|canvas| {
            canvas.group(here.words.get("fail_point"), |canvas| {
                mark(canvas, 0.0, &format!("F{}", index + 1), true);
                let mut height = 18.0_f64;
                for at in 0..3 {
                    let mut stack = Stack::new(canvas, [50.0 + column * f64::from(at), 0.0], column - 20.0);
                    match at {
                        0 => stack.text(&here.said(&fail.title), Style::STRONG),
                        1 => known(here, &mut stack, fail),
                        _ => fixes(here, &mut stack, fail),
                    }
                    height = height.max(stack.height());
                }
                let height = height + 8.0;
                canvas.push(Shape::rule([0.0, height], [width, height], Role::Rule));
                height
            })
        });
    }
    if !waits.is_empty() {
        below.gap(20.0);
        below.plain(here.words.get("waits"), Style::LEAD_BOLD);
    }
    for (index, long) in waits.iter().enumerate() {
        below.gap(6.0);
        below.draw(|canvas| {
            canvas.group(here.words.get("wait"), |canvas| {
                mark(canvas, 0.0, &format!("W{}", index + 1), false);
                let mut text = Stack::new(canvas, [50.0, 0.0], width - 50.0);
                text.text(long, Style::CELL);
                text.height().max(18.0) + 2.0
            })
        });
    }
}

fn known<'a>(here: &Here<'a>, known: &mut Stack<'_, 'a>, fail: &'a FailPoint) {
    if let Some(text) = &fail.known {
        known.text(&here.said(text), Style::CELL);
    }
    if fail.known.is_some() || !fail.insights.is_empty() {
        cells::evidence(here, known, &here.evidence(&fail.insights), None);
    }
}

fn fixes<'a>(here: &Here<'a>, fixes: &mut Stack<'_, 'a>, fail: &'a FailPoint) {
    for &opportunity in &fail.opportunities {
        cells::opportunity(fixes, &here.opportunity(opportunity));
    }
    if fail.opportunities.is_empty() {
        fixes.plain(here.words.get("nobody_mends"), Style::HINT);
    }
}
