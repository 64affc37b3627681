//! What a drawing says, read back from the text that a theme would write.

/// The runs of a path, as the pieces of each.
pub(crate) fn runs(path: &str) -> Vec<Vec<[[f64; 2]; 4]>> {
    path.split_inclusive('M').skip(1).map(|run| pieces(run.trim_end_matches('M'))).collect()
}

/// The pieces of a run, each as its four places, read from the text a theme would write.
pub(crate) fn pieces(run: &str) -> Vec<[[f64; 2]; 4]> {
    let numbers =
        |text: &str| -> Vec<f64> { text.split(' ').map(|number| number.parse().expect("a number")).collect() };
    let mut parts = run.trim_start_matches('M').split('C').map(numbers);
    let start = parts.next().expect("a start");
    let mut at = [start[0], start[1]];
    parts
        .map(|n| {
            let piece = [at, [n[0], n[1]], [n[2], n[3]], [n[4], n[5]]];
            at = piece[3];
            piece
        })
        .collect()
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
