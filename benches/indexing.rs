//! Builds a handbook with its search or without, so that the difference can be measured from outside:
//! `cargo run --release --example indexing -- journeybook|growth|search PAGES OUT [--without-search]`. See `benches/search.py`.

#![expect(clippy::print_stderr, reason = "a tool of the bench: it says itself what went wrong")]

mod handbook;

use std::path::Path;
use std::process::ExitCode;

use journeybook::compile::compile;
use journeybook::diag::Diagnostic;
use journeybook::disk::{self, Tree};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{Content, SourceFile, Sources};

// As the program has it.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A site but for the files of its search.
struct WithoutSearch(Site);

impl Tree for WithoutSearch {
    fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.0.paths_without_search()
    }

    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        self.0.read(path)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((files, out, search)) = wanted(&arguments) else {
        eprintln!("usage: indexing journeybook|growth|search PAGES OUT [--without-search]");
        return ExitCode::from(2);
    };
    let file = |file: handbook::File| {
        Some(SourceFile { path: HandbookPath::new(&file.path)?, content: Content::Text(file.text) })
    };
    let (site, _) = compile(&Sources::new(files.into_iter().filter_map(file).collect()));
    // No asset is copied: any folder serves as the handbook's.
    let root = out.parent().unwrap_or(out);
    let written = match search {
        true => disk::write(&site, root, out, &|_, _| ()),
        false => disk::write(&WithoutSearch(site), root, out, &|_, _| ()),
    };
    match written {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(1)
        }
    }
}

/// The handbook, where its site goes, and whether it has a search; `None` if the arguments do not say.
fn wanted(arguments: &[String]) -> Option<(Vec<handbook::File>, &Path, bool)> {
    let (kind, pages, out, search) = match arguments {
        [kind, pages, out] => (kind, pages, out, true),
        [kind, pages, out, flag] if flag == "--without-search" => (kind, pages, out, false),
        _ => return None,
    };
    let pages = pages.parse().ok().filter(|&pages: &usize| pages > 0)?;
    let files = match kind.as_str() {
        "journeybook" => handbook::files(pages),
        "growth" => handbook::catalog::files(pages),
        "search" => handbook::polyglot::files(pages),
        _ => return None,
    };
    Some((files, Path::new(out), search))
}
