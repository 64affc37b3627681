//! Lines as SVG's path data, as short as they can be.
//!
//! A page has hundreds of them, and what is written again and again is what packs best: so a place is mostly written as the
//! way from the one before it. All numbers are on a grid of tenths, and so are the ways: nothing drifts.

use super::curve::{Piece, Spot, tenths, write};
use super::digits;

/// Writes a run as path data; nothing of no pieces.
///
/// Each place is written as the way from the last moment, and a handle that mirrors the one before it is left out, as SVG
/// knows it then: most are, and short numbers that come again and again are what packs best.
pub(super) fn curve(run: &[Piece], path: &mut String) {
    let Some([start, ..]) = run.first() else { return };
    // Bytes, so that nobody asks of each number whether it is text.
    let mut bytes = std::mem::take(path).into_bytes();
    bytes.reserve(16 + 24 * run.len());
    bytes.push(b'M');
    digits::tenths_into(&mut bytes, start[0]);
    bytes.push(b' ');
    digits::tenths_into(&mut bytes, start[1]);
    let mut latest = None;
    for (at, [from, handle, rest @ ..]) in run.iter().enumerate() {
        let mirrored = at > 0 && mirrors(&run[at - 1], *handle);
        let command = if mirrored { b's' } else { b'c' };
        let places = [*handle, rest[0], rest[1]];
        let numbers = places[usize::from(mirrored)..].iter().flat_map(|[x, y]| [x - from[0], y - from[1]]);
        for (place, number) in numbers.enumerate() {
            let number = tenths(number);
            if place == 0 && latest.replace(command) != Some(command) {
                bytes.push(command);
            } else if number >= 0.0 {
                bytes.push(b' ');
            }
            digits::tenths_into(&mut bytes, number);
        }
    }
    *path = String::from_utf8(bytes).unwrap_or_default();
}

/// Whether a piece that begins with this handle goes on as the one before it ends, on the grid.
fn mirrors([.., handle, end]: &Piece, next: Spot) -> bool {
    (0..2).all(|axis| (2.0 * end[axis] - handle[axis] - next[axis]).abs() < 0.05)
}

/// Ticks of six pixels over the zero line where one stage ends and the next begins, with one unit a stage across; none in one stage.
pub(super) fn ticks(stages: usize, zero_y: f64) -> String {
    let mut ticks = String::new();
    if stages > 1 {
        ticks.push_str("M1 ");
        write(&mut ticks, zero_y - 3.0);
        for stage in 1..stages {
            ticks.push_str(if stage > 1 { "m1-6v6" } else { "v6" });
        }
    }
    ticks
}

/// Dots at these places, each as the way from the one before it: evenly spaced ones are the same text again and again.
pub(super) fn dots(across: &[f64], y: f64) -> String {
    let mut path = String::new();
    for (at, x) in across.iter().enumerate() {
        if at == 0 {
            path.push('M');
            write(&mut path, *x);
            path.push(' ');
            write(&mut path, y);
        } else {
            path.push('m');
            write(&mut path, tenths(x - across[at - 1]));
            path.push_str(" 0");
        }
        path.push_str("h0");
    }
    path
}

/// Lines along or down, as path data.
pub(super) fn lines(ends: impl Iterator<Item = [[f64; 2]; 2]>) -> String {
    let mut path = String::new();
    for [[x, y], [end_x, end_y]] in ends {
        path.push('M');
        write(&mut path, x);
        path.push(' ');
        write(&mut path, y);
        debug_assert!(x == end_x || y == end_y, "bug: a line neither along nor down");
        let (command, end) = if y == end_y { ('H', end_x) } else { ('V', end_y) };
        path.push(command);
        write(&mut path, end);
    }
    path
}
