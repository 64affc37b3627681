//! `journeybook new`.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Outcome;
use super::terminal::Terminal;
use crate::disk;

/// The handbook that a newcomer begins with.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Writes the starter into a new or empty folder.
pub(super) fn run(dir: &Path, terminal: &Terminal) -> Outcome {
    let mut files: Vec<(&Path, &[u8])> = Vec::new();
    collect(&STARTER, &mut files);
    match disk::scaffold(dir, &files) {
        Ok(()) => {
            let shown = dir.display();
            terminal
                .say(format_args!("Made a handbook in {shown}. See it with\n\n  journeybook serve {shown} --open\n"));
            Outcome::Fine
        }
        Err(error) => {
            terminal.fail(error);
            Outcome::Failed
        }
    }
}

fn collect<'d>(dir: &'d Dir<'_>, files: &mut Vec<(&'d Path, &'d [u8])>) {
    files.extend(dir.files().map(|file| (file.path(), file.contents())));
    dir.dirs().for_each(|inner| collect(inner, files));
}
