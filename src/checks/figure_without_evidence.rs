//! A figure of unknown origin.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for metric in sound.metrics().filter(|metric| metric.today().is_some()) {
        if metric.source.is_none() && metric.insights.is_empty() {
            let message = "this metric does not say where its figures come from";
            report.push(
                Diagnostic::new(Code::FigureWithoutEvidence, metric.item.span(), message)
                    .help("add `source:`, which system or survey counts it, or the insight under `insights`"),
            );
        }
    }
}
