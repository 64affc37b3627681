//! `journeybook build`.

use std::path::Path;

use super::deny::{Deny, verdict};
use super::terminal::{Terminal, counts, noted};
use super::{Outcome, Seen};
use crate::compile::compile;
use crate::diag::Report;
use crate::disk::{self, WriteError};

/// Checks a handbook and writes its site.
pub(super) fn run(dir: &Path, out: Option<&Path>, seen: Seen, deny: Option<Deny>, terminal: &Terminal) -> Outcome {
    let out = out.map_or_else(|| dir.join("site"), Path::to_path_buf);
    if let Err(error) = disk::allow(dir, &out) {
        terminal.fail(error);
        return Outcome::Failed;
    }
    let Some(sources) = super::discover(dir, &out, seen, terminal) else { return Outcome::Failed };
    let (site, mut report) = compile(&sources);
    let denied = verdict(&report, deny);
    // Notes are told where they are in the way, and counted elsewhere.
    let loud = if deny == Some(Deny::Notes) { report.clone() } else { report.loud() };
    terminal.report(&loud, &sources);
    if let Some(reason) = denied {
        return stopped(&loud, reason, terminal);
    }
    let shown = loud.files();
    let sources = sources.without_contents(|file| shown.contains(&file));
    match disk::write(&site, dir, &out, &|done, all| terminal.progress("Writing", done, all)) {
        Ok(written) => {
            let pages = site.pages().count();
            let warned = counts(&loud).map_or_else(String::new, |counts| format!(", {counts}"));
            let kept = if written.unchanged > 0 {
                format!(", {} of {} files as before", written.unchanged, written.files)
            } else {
                String::new()
            };
            terminal.say(format_args!(
                "Wrote {pages} pages to {} in {}{kept}{warned}",
                out.display(),
                terminal.elapsed()
            ));
            noted(&report, terminal);
            Outcome::Fine
        }
        Err(WriteError::Pages(diagnostics)) => {
            let mut failed = Report::default();
            diagnostics.into_iter().for_each(|diagnostic| failed.push(diagnostic));
            failed.sort();
            terminal.report(&failed, &sources);
            report.append(failed);
            stopped(&report.loud(), "", terminal)
        }
        Err(error) => {
            terminal.fail(error);
            Outcome::Failed
        }
    }
}

fn stopped(report: &Report, reason: &str, terminal: &Terminal) -> Outcome {
    terminal.fail(format_args!("{}: nothing was written{reason}", counts(report).unwrap_or_default()));
    Outcome::Wrong
}
