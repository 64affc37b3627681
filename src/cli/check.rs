//! `journeybook check`.

use std::path::Path;

use super::deny::{Deny, verdict};
use super::terminal::{Terminal, counts};
use super::{Outcome, Seen, sarif};
use crate::compile::compile;
use crate::diag::{Report, show};
use crate::source::{LineColumn, Sources};

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// As text, with the lines concerned
    Human,
    /// As one JSON object
    Json,
    /// As SARIF 2.1.0, which code hosts show beside a change
    Sarif,
}

/// Checks a handbook, every page of it included, and writes nothing.
pub(super) fn run(dir: &Path, format: Format, seen: Seen, deny: Option<Deny>, terminal: &Terminal) -> Outcome {
    let Some(sources) = super::discover(dir, &dir.join("site"), seen, None, terminal) else { return Outcome::Failed };
    let (site, mut report) = compile(&sources);
    if !report.has_errors() {
        report.append(site.check());
        report.sort();
    }
    match format {
        Format::Sarif => terminal.result(sarif::log(&report, &sources, dir)),
        Format::Json => terminal.result(json(&report, &sources)),
        Format::Human => {
            terminal.report(&report, &sources);
            let found = counts(&report).unwrap_or_else(|| "nothing to mend".to_owned());
            let denied = verdict(&report, deny).unwrap_or_default();
            terminal.say(format_args!(
                "Checked {} pages in {}: {found}{denied}",
                site.pages().count(),
                terminal.elapsed()
            ));
        }
    }
    if verdict(&report, deny).is_some() { Outcome::Wrong } else { Outcome::Fine }
}

/// `{"diagnostics": [{code, severity, file, start, end, message, help}]}`; lines and columns count from 1.
fn json(report: &Report, sources: &Sources) -> serde_json::Value {
    let place =
        |place: Option<LineColumn>| place.map(|place| serde_json::json!({"line": place.line, "column": place.column}));
    let diagnostics: Vec<serde_json::Value> = show::entries(report, sources)
        .iter()
        .map(|entry| {
            serde_json::json!({
                "code": entry.code,
                "severity": entry.severity,
                "file": entry.file,
                "start": place(entry.start),
                "end": place(entry.end),
                "message": entry.message,
                "help": entry.help,
            })
        })
        .collect();
    serde_json::json!({ "diagnostics": diagnostics })
}
