//! `--deny`: what else than errors is wrong enough to stop.

use crate::diag::{Report, Severity};

/// What is held to be as bad as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
    /// Warnings and notes
    Notes,
}

/// Whether a report holds anything that stops, and how that is said; `None` if nothing stops.
pub(super) fn verdict(report: &Report, deny: Option<Deny>) -> Option<&'static str> {
    let (least, reason) = match deny {
        None => (Severity::Error, ""),
        Some(Deny::Warnings) => (Severity::Warning, " (`--deny warnings`)"),
        Some(Deny::Notes) => (Severity::Note, " (`--deny notes`)"),
    };
    // An error would have stopped anyway.
    let reason = if report.has_errors() { "" } else { reason };
    report.has(least).then_some(reason)
}
