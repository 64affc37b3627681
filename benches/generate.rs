//! Writes the handbook that the measurements build: `cargo run --release --example generate -- OUT PAGES [--for GENERATOR]`.
//! With `--for growth`, PAGES is a number of items of every noun; with `--for search` the handbook is in two languages.
//!
//! For `journeybook` in its own format, for `hugo`, `zola` and `mdbook` the same texts in theirs, with bare templates.

#![expect(clippy::disallowed_methods, reason = "a tool of the bench: it writes its files itself")]
#![expect(clippy::print_stderr, reason = "a tool of the bench: it says itself what went wrong")]

mod handbook;
mod peers;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use handbook::File;

const USAGE: &str = "usage: generate OUT PAGES [--for journeybook|hugo|zola|mdbook|growth|search]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some((out, files)) = wanted(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match files.iter().try_for_each(|file| write(&out, file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not write to `{}`: {error}", out.display());
            ExitCode::from(2)
        }
    }
}

/// Where to write what; `None` if the arguments do not say.
fn wanted(arguments: &[String]) -> Option<(PathBuf, Vec<File>)> {
    let (out, pages, generator) = match arguments {
        [out, pages] => (out, pages, "journeybook"),
        [out, pages, flag, generator] if flag == "--for" => (out, pages, generator.as_str()),
        _ => return None,
    };
    // A map at least: lessons link to one.
    let pages = pages.parse().ok().filter(|&pages: &usize| pages > 0)?;
    let files = match generator {
        "journeybook" => handbook::files(pages),
        "growth" => handbook::catalog::files(pages),
        "search" => handbook::polyglot::files(pages),
        "hugo" => peers::hugo::files(pages),
        "zola" => peers::zola::files(pages),
        "mdbook" => peers::mdbook::files(pages),
        _ => return None,
    };
    Some((out.into(), files))
}

fn write(out: &Path, file: &File) -> io::Result<()> {
    let path = out.join(&file.path);
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, &file.text)
}
