//! How long an edit takes to become a page, in a handbook of N pages: `cargo run --release --example preview -- 10000`.
//!
//! Everything happens in memory: what a preview does between reading the folder and sending the page. Each edit is made
//! several times, and the middle one of the times is told.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement looks at the clock and prints")]

mod handbook;

use std::sync::Arc;
use std::time::{Duration, Instant};

use journeybook::compile::{Memory, again};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::source::{Content, SourceFile, Sources};

/// How often each edit is made.
const TURNS: usize = 9;

fn main() {
    let pages = std::env::args().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(10_000);
    let file = |file: handbook::File| {
        Some(Arc::new(SourceFile { path: HandbookPath::new(&file.path)?, content: Content::Text(file.text) }))
    };
    let files: Vec<Arc<SourceFile>> = handbook::files(pages).into_iter().filter_map(file).collect();
    let lesson = path_of(&files, "training/", ".md");
    let map = path_of(&files, "maps/", ".yaml");
    let mut preview = Preview { memory: Memory::new(), sources: Sources::default(), files };

    println!("| {pages} pages | page ms | checks ms |\n|---|--:|--:|");
    row("first page", vec![preview.show(&page_of(&lesson))]);
    let sentence = |turn: usize, text: &str| format!("{text}\nSentence {turn}.\n");
    let thought = |turn: usize, text: &str| text.replacen("thinks: ", &format!("thinks: {turn} "), 1);
    let title = |turn: usize, text: &str| text.replacen("title: ", &format!("title: {turn} "), 1);
    let feels = |turn: usize, text: &str| text.replacen("feels: ", &format!("feels: {} # ", turn as i64 % 5 - 2), 1);
    row("a sentence of a lesson", preview.edits(&lesson, &lesson, sentence));
    row("a thought on a map", preview.edits(&map, &map, thought));
    row("a feeling on a map", preview.edits(&map, &map, feels));
    row("the title of a map", preview.edits(&map, &map, title));
    row("the name of a team", preview.edits("teams.yaml", &map, title));
    row("the name of a channel", preview.edits("channels.yaml", &map, title));
    row("the title of the handbook", preview.edits("handbook.yaml", &map, title));
    row(
        "a style sheet",
        preview.edits("themes/default/handbook.css", &map, |turn, _| format!("p {{ order: {turn} }}\n")),
    );
    row("a file more", preview.additions(&lesson));
}

fn path_of(files: &[Arc<SourceFile>], folder: &str, extension: &str) -> String {
    let mut paths = files.iter().map(|file| file.path.as_str());
    let found =
        paths.rfind(|path| path.starts_with(folder) && path.ends_with(extension) && !path.ends_with("course.yaml"));
    found.unwrap_or_else(|| panic!("bug: no file in `{folder}`")).to_owned()
}

/// The page of a file.
fn page_of(file: &str) -> String {
    let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let name = name.split_once('-').filter(|(number, _)| number.parse::<u32>().is_ok()).map_or(name, |(_, name)| name);
    format!("{folder}/{name}.html")
}

struct Preview {
    memory: Memory,
    sources: Sources,
    files: Vec<Arc<SourceFile>>,
}

impl Preview {
    /// Builds, and makes one page: how long that took, and how long the checks took after it.
    fn show(&mut self, page: &str) -> (Duration, Duration) {
        let start = Instant::now();
        self.sources = self.sources.with_files(self.files.clone());
        let site = again(&self.sources, &mut self.memory);
        let path = SitePath::new(page).unwrap_or_else(|| panic!("bug: no address `{page}`"));
        assert!(matches!(site.read(&path), Some(Ok(_))), "bug: no page at {page}");
        let shown = start.elapsed();
        let start = Instant::now();
        assert!(!site.verdict().report().has_errors(), "bug: the edit broke the handbook");
        (shown, start.elapsed())
    }

    fn edits(&mut self, file: &str, shows: &str, edit: impl Fn(usize, &str) -> String) -> Vec<(Duration, Duration)> {
        let page = page_of(shows);
        let path = HandbookPath::new(file).unwrap_or_else(|| panic!("bug: no path `{file}`"));
        let at = self.files.iter().position(|file| file.path == path).unwrap_or_else(|| {
            self.files.push(Arc::new(SourceFile { path: path.clone(), content: Content::Text(String::new()) }));
            self.files.len() - 1
        });
        let original = Arc::clone(&self.files[at]);
        let Content::Text(text) = &original.content else { panic!("bug: {file} is no text") };
        let mut times = Vec::new();
        for turn in 1..=TURNS {
            self.files[at] = Arc::new(SourceFile { path: path.clone(), content: Content::Text(edit(turn, text)) });
            times.push(self.show(&page));
        }
        self.files[at] = original;
        self.show(&page);
        times
    }

    fn additions(&mut self, like: &str) -> Vec<(Duration, Duration)> {
        let original = self.files.iter().find(|file| file.path.as_str() == like).map(|file| file.content.clone());
        let Some(content) = original else { panic!("bug: no file {like}") };
        let mut times = Vec::new();
        for turn in 1..=TURNS {
            let path = like.replace(".md", &format!("-{turn}.md"));
            let path = HandbookPath::new(&path).unwrap_or_else(|| panic!("bug: no path `{path}`"));
            let page = page_of(path.as_str());
            self.files.push(Arc::new(SourceFile { path, content: content.clone() }));
            times.push(self.show(&page));
        }
        times
    }
}

fn row(name: &str, mut times: Vec<(Duration, Duration)>) {
    times.sort_unstable();
    let (page, checks) = times[times.len() / 2];
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("| {name} | {:.1} | {:.1} |", ms(page), ms(checks));
}
