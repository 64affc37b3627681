//! `journeybook build`.

use std::path::Path;

use super::deny::{Deny, verdict};
use super::terminal::{Terminal, counts, noted};
use super::{Outcome, Seen};
use crate::compile;
use crate::diag::{Report, Severity, show};
use crate::disk::{self, Cache, Desk, Told, WriteError};
use crate::parallel;
use crate::render::Site;
use crate::source::Sources;

/// How a build goes about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// What stops it besides errors.
    pub(super) deny: Option<Deny>,
    /// Whether it may take over what an earlier build did.
    pub(super) cache: bool,
}

/// Checks a handbook and writes its site.
pub(super) fn run(dir: &Path, out: Option<&Path>, seen: Seen, how: How, terminal: &Terminal) -> Outcome {
    let out = out.map_or_else(|| dir.join("site"), Path::to_path_buf);
    if let Err(error) = disk::allow(dir, &out) {
        terminal.fail(error);
        return Outcome::Failed;
    }
    let folder = how.cache.then(disk::cache_folder).flatten();
    let desk = || folder.as_deref().and_then(|folder| Desk::of(folder, dir, &out, how.deny));
    // What was found to be known may be something else before it is asked for: first texts, then whatever lies in the cache. A
    // build that rests on neither always comes to an end.
    let mut attempt = Attempt { dir, out: &out, seen, deny: how.deny, terminal, told: Report::default() };
    attempt
        .at(desk())
        .or_else(|| attempt.at(desk().map(Desk::without_texts)))
        .or_else(|| attempt.at(None))
        .unwrap_or(Outcome::Failed)
}

/// A build, which may have to begin again.
struct Attempt<'a> {
    dir: &'a Path,
    out: &'a Path,
    seen: Seen,
    deny: Option<Deny>,
    terminal: &'a Terminal,
    /// What an earlier one said.
    told: Report,
}

impl Attempt<'_> {
    /// Builds at a desk, or without one; `None` if something that was known there cannot be had any more.
    fn at(&mut self, mut desk: Option<Desk>) -> Option<Outcome> {
        let Self { dir, out, seen, terminal, .. } = *self;
        let Some(sources) = super::discover(dir, out, seen, desk.as_mut(), terminal) else {
            return Some(Outcome::Failed);
        };
        let cache = desk.and_then(|desk| desk.cache(&sources));
        if let Some(told) = cache.as_ref().and_then(Cache::recall) {
            terminal.told(&told);
            let Told { pages, notes, counts, .. } = &told;
            terminal.say(format_args!(
                "Nothing has changed since the last build: {pages} pages in {}, {}{}",
                out.display(),
                terminal.elapsed(),
                listed(counts)
            ));
            noted(*notes as usize, terminal);
            return Some(Outcome::Fine);
        }
        // Texts take half as much memory as all that is made of them, and few are ever looked at again.
        let sources = sources.read_again_by(disk::reread(dir)).kept_on(cache.as_ref().map(Cache::shelf));
        let unread = sources.knows_unread();
        let (site, report, sources) = parallel::among(|| compile::consume(sources));
        let is_lost = unread && sources.has_lost_any() || cache.as_ref().is_some_and(|cache| !cache.is_whole());
        if is_lost { None } else { self.publish((site, report, sources), cache) }
    }

    /// Says what was found, and writes the site unless that is in the way.
    fn publish(&mut self, built: (Site, Report, Sources), cache: Option<Cache>) -> Option<Outcome> {
        let Self { dir, out, deny, terminal, .. } = *self;
        let (site, mut report, sources) = built;
        let denied = verdict(&report, deny);
        // Notes are told where they are in the way, and counted elsewhere.
        let loud = if deny == Some(Deny::Notes) { report.clone() } else { report.loud() };
        if loud != self.told {
            terminal.report(&loud, &sources);
        }
        if let Some(reason) = denied {
            return Some(stopped(&loud, reason, terminal));
        }
        let progress = |done, all| terminal.progress("Writing", done, all);
        match parallel::among(|| disk::write_for(cache.as_ref(), &site, dir, out, &progress)) {
            Ok((written, left)) => {
                let pages = site.pages().count();
                let counts = counts(&loud).unwrap_or_default();
                let warned = listed(&counts);
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
                let notes = report.count(Severity::Note);
                noted(notes, terminal);
                // What was told without its lines is not to be told again.
                let later = cache.zip(left).and_then(|kept| Some((kept, show::for_later(&loud, &sources)?)));
                if let Some(((cache, left), [plain, colored])) = later {
                    let told = Told { pages: pages as u64, notes: notes as u64, counts, plain, colored };
                    parallel::among(|| {
                        match written.unchanged > written.files / 2 {
                            // The system takes back at once what a program held, and nearly all of it was made in vain.
                            true => std::mem::forget(site),
                            // What is kept is put together where the site was.
                            false => drop(site),
                        }
                        cache.keep(left, told);
                    });
                }
                Some(Outcome::Fine)
            }
            Err(WriteError::Pages(diagnostics)) => {
                let mut failed = Report::default();
                diagnostics.into_iter().for_each(|diagnostic| failed.push(diagnostic));
                failed.sort();
                terminal.report(&failed, &sources);
                report.append(failed);
                Some(stopped(&report.loud(), "", terminal))
            }
            Err(WriteError::Lost) => {
                self.told = loud;
                None
            }
            Err(error) => {
                terminal.fail(error);
                Some(Outcome::Failed)
            }
        }
    }
}

/// What was found, in numbers, as it follows in a sentence; nothing if nothing was.
fn listed(counts: &str) -> String {
    if counts.is_empty() { String::new() } else { format!(", {counts}") }
}

fn stopped(report: &Report, reason: &str, terminal: &Terminal) -> Outcome {
    terminal.fail(format_args!("{}: nothing was written{reason}", counts(report).unwrap_or_default()));
    Outcome::Wrong
}
