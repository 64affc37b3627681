//! What a drawing says, read back from the text that a theme would write.

/// The runs of a path, as the pieces of each.
pub(crate) fn runs(path: &str) -> Vec<Vec<[[f64; 2]; 4]>> {
    path.split_inclusive('M').skip(1).map(|run| pieces(run.trim_end_matches('M'))).collect()
}

/// The pieces of a run, each as its four places, read from the text a theme would write: `M`, then `c` and `s`, each number
/// to the nearest tenth.
pub(crate) fn pieces(run: &str) -> Vec<[[f64; 2]; 4]> {
    let run = run.trim_start_matches('M');
    let (start, curves) = run.split_at(run.find(['c', 's']).unwrap_or(run.len()));
    let tenths = |number: f64| (number * 10.0).round() / 10.0;
    let start = numbers(start);
    let mut at = [start[0], start[1]];
    let mut mirrored = at;
    let mut pieces = Vec::new();
    for part in curves.split_inclusive(['c', 's']).collect::<Vec<_>>().windows(2) {
        // A command stands at the end of the part before its numbers.
        let smooth = part[0].ends_with('s');
        let numbers = numbers(part[1].trim_end_matches(['c', 's']));
        for steps in numbers.chunks(if smooth { 4 } else { 6 }) {
            let [from, handle] = [at, mirrored];
            let place = |index: usize| [0, 1].map(|axis| tenths(from[axis] + steps[2 * index + axis]));
            let piece = if smooth { [from, handle, place(0), place(1)] } else { [from, place(0), place(1), place(2)] };
            at = piece[3];
            mirrored = [0, 1].map(|axis| tenths(2.0 * at[axis] - piece[2][axis]));
            pieces.push(piece);
        }
    }
    pieces
}

/// Numbers parted by spaces or by their signs.
fn numbers(text: &str) -> Vec<f64> {
    let parted = text.replace('-', " -");
    parted.split_whitespace().map(|number| number.parse().expect("a number")).collect()
}

/// The place on a piece at `t`, 0.0 at its start and 1.0 at its end.
pub(crate) fn on(piece: &[[f64; 2]; 4], t: f64) -> [f64; 2] {
    let u = 1.0 - t;
    let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
    [0, 1].map(|axis| piece.iter().zip(weights).map(|(place, weight)| place[axis] * weight).sum())
}

/// A share of the width, such as `34.57%`, as a number.
pub(crate) fn share(text: &str) -> f64 {
    text.strip_suffix('%').expect("a percentage").parse::<f64>().expect("a number") / 100.0
}
