//! A curve of feelings without ups and downs.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::MapKind;

/// The kinds that show how a journey of today goes up and down.
const KINDS: [MapKind; 3] = [MapKind::CurrentState, MapKind::Experience, MapKind::PersonaBased];
/// From so many felt steps on.
const FEWEST: usize = 5;
/// The least between the best and the worst, in points of −2..=2: one face of the five.
const LEAST: f64 = 1.0;

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps().filter(|map| KINDS.contains(&map.kind())) {
        let felt: Vec<f64> = map.steps().filter_map(|(_, step)| step.feels).map(|feels| feels.value()).collect();
        let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
        let others = others.filter_map(|other| other.feels).map(|feels| feels.value());
        let all = || felt.iter().copied().chain(others.clone());
        let lowest = all().fold(f64::INFINITY, f64::min);
        let highest = all().fold(f64::NEG_INFINITY, f64::max);
        if felt.len() >= FEWEST && highest - lowest < LEAST {
            let message = format!("all {} felt steps feel much the same, from {lowest} to {highest}", felt.len());
            report.push(
                Diagnostic::new(Code::FlatFeelings, map.item.span(), message)
                    .help("take the feelings from what customers said, and leave out those that nobody knows"),
            );
        }
    }
}
