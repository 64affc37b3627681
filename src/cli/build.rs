//! `journeybook build`.

use std::path::Path;

use super::Outcome;
use super::terminal::{Terminal, counts};
use crate::compile::compile;
use crate::date::Date;
use crate::diag::Report;
use crate::disk::{self, WriteError};

/// Checks a handbook and writes its site.
pub(super) fn run(dir: &Path, out: Option<&Path>, today: Option<Date>, terminal: &Terminal) -> Outcome {
    let out = out.map_or_else(|| dir.join("site"), Path::to_path_buf);
    if let Err(error) = disk::allow(dir, &out) {
        terminal.fail(error);
        return Outcome::Failed;
    }
    let Some(sources) = super::discover(dir, &out, today, terminal) else { return Outcome::Failed };
    let (site, mut report) = compile(&sources);
    terminal.report(&report, &sources);
    if report.has_errors() {
        return stopped(&report, terminal);
    }
    match disk::write(&site, dir, &out, &|done, all| terminal.progress("Writing", done, all)) {
        Ok(written) => {
            let pages = site.pages().count();
            let noted = counts(&report).map_or_else(String::new, |counts| format!(", {counts}"));
            let kept = if written.unchanged > 0 {
                format!(", {} of {} files as before", written.unchanged, written.files)
            } else {
                String::new()
            };
            terminal.say(format_args!(
                "Wrote {pages} pages to {} in {}{kept}{noted}",
                out.display(),
                terminal.elapsed()
            ));
            Outcome::Fine
        }
        Err(WriteError::Pages(diagnostics)) => {
            let mut failed = Report::default();
            diagnostics.into_iter().for_each(|diagnostic| failed.push(diagnostic));
            failed.sort();
            terminal.report(&failed, &sources);
            report.append(failed);
            stopped(&report, terminal)
        }
        Err(error) => {
            terminal.fail(error);
            Outcome::Failed
        }
    }
}

fn stopped(report: &Report, terminal: &Terminal) -> Outcome {
    terminal.fail(format_args!("{}: nothing was written", counts(report).unwrap_or_default()));
    Outcome::Wrong
}
