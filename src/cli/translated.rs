//! `journeybook translated`: records in translations which state of their originals they were made from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::terminal::Terminal;
use crate::diag::Report;
use crate::original::{Age, Original, Translation};
use crate::parse::{self, stamp};
use crate::path::HandbookPath;
use crate::source::Sources;
use crate::{diag, disk};

/// Writes the state of its original into each of these translations, or into all of the handbook in `dir`.
///
/// All or none: what cannot be stamped is told before anything is written.
pub(super) fn run(dir: &Path, files: &[PathBuf], all: bool, terminal: &Terminal) -> Outcome {
    let Some(sources) = super::texts(dir, &dir.join("site"), terminal) else { return Outcome::Failed };
    let mut report = Report::default();
    let handbook = parse::all(&sources, &mut report);
    let known: BTreeMap<&str, (&Original, &Translation)> = handbook
        .originals
        .iter()
        .flat_map(|original| original.translations.iter().map(move |translation| (original, translation)))
        .map(|(original, translation)| (sources.path(translation.file).as_str(), (original, translation)))
        .collect();
    let Some(wanted) = wanted(dir, files, all, &known, &sources, terminal) else { return Outcome::Failed };
    let mut new: Vec<(&HandbookPath, String, &Original)> = Vec::new();
    let mut as_they_were = 0;
    let mut failed = false;
    for (original, translation) in wanted {
        let path = sources.path(translation.file);
        let broken = [original.file, translation.file].into_iter().find(|file| {
            let is_error = |said: &&diag::Diagnostic| said.severity == diag::Severity::Error;
            report
                .iter()
                .filter(is_error)
                .any(|said| matches!(said.place, diag::Place::Source(span) if span.file == *file))
        });
        if let Some(file) = broken {
            terminal
                .fail(format_args!("`{path}` is left as it is: `{}` has errors, mend them first", sources.path(file)));
            failed = true;
            continue;
        }
        if original.age(translation) == Age::Current {
            as_they_were += 1;
            continue;
        }
        match stamp::written(sources.text(translation.file), path.extension() == "md", &original.hash) {
            Ok(text) => new.push((path, text, original)),
            Err(why) => {
                terminal.fail(format_args!(
                    "`{path}` is left as it is: {why}; write `{}: {}` into it yourself",
                    stamp::KEY,
                    original.hash
                ));
                failed = true;
            }
        }
    }
    if failed {
        return Outcome::Failed;
    }
    for (path, text, original) in &new {
        if let Err(error) = disk::replace(dir, path, text) {
            terminal.fail(error);
            return Outcome::Failed;
        }
        terminal.say(format_args!("{path} is up to date with {} ({})", sources.path(original.file), original.hash));
    }
    let translations =
        |count: usize| if count == 1 { "1 translation".to_owned() } else { format!("{count} translations") };
    terminal.say(format_args!("Recorded {}, {as_they_were} as before", translations(new.len())));
    Outcome::Fine
}

type Pair<'a> = (&'a Original, &'a Translation);

/// The translations that are meant; `None` if one of the names is none, which is then said.
fn wanted<'a>(
    dir: &Path,
    files: &[PathBuf],
    all: bool,
    known: &BTreeMap<&str, Pair<'a>>,
    sources: &Sources,
    terminal: &Terminal,
) -> Option<Vec<Pair<'a>>> {
    if all {
        return Some(known.values().copied().collect());
    }
    let mut wanted = Vec::new();
    for file in files {
        // Told from where we stand, or from the handbook's folder.
        let inside = file.strip_prefix(dir).unwrap_or(file);
        let path = inside.to_str().and_then(|path| HandbookPath::new(path.trim_start_matches("./")));
        let found = path.as_ref().and_then(|path| known.get(path.as_str()));
        if let Some(found) = found {
            wanted.push(*found);
            continue;
        }
        let name = inside.display().to_string();
        let is_there = path.is_some_and(|path| sources.find(&path).is_some());
        let near = diag::suggest::nearest(&name, known.keys().copied());
        terminal.fail(match (is_there, near) {
            (true, _) => format!("`{name}` is no translation: one has its language in its name, such as `maya.zh.md`"),
            (false, Some(near)) => format!("there is no translation `{name}`: did you mean `{near}`?"),
            (false, None) => format!("there is no translation `{name}` in `{}`", dir.display()),
        });
        return None;
    }
    Some(wanted)
}
