//! A build after a change leaves what a clean build would, to the byte, and says what it would say, though it reads and makes
//! only what the change concerns.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use journeybook::compile::{compile, consume};
use journeybook::diag::Report;
use journeybook::disk::{Cache, MANIFEST, Told, WriteError, Written, discover, reread, write_for};
use journeybook::render::Entry;
use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::TempDir;

use crate::cached::{alter, files};

/// What happens between two builds.
#[derive(Debug, Clone)]
enum Event {
    /// Adds words at the end of a line.
    Write(Index, Index, &'static str),
    /// Cuts a line out.
    Cut(Index, Index),
    /// Writes a line twice.
    Repeat(Index, Index),
    /// Replaces the digits on a line.
    Count(Index, Index, u8),
    Remove(Index),
    Rename(Index),
    Copy(Index),
    /// Another letter in a file that is copied.
    Asset(Index),
    /// Brings everything back as it was in the beginning.
    Restore,
    /// A template that fails, or one that does not.
    Template(bool),
    /// Another letter in a file of the site, of the same length and time.
    Alter(Index),
    Delete(Index),
    Truncate(Index),
    Flip(Index, u8),
    /// A file of the cache is deleted.
    Forget(Index),
}

fn event() -> impl Strategy<Value = Event> {
    let at = any::<Index>;
    let words =
        prop::sample::select(vec![" and more", "：", " 张敏", " moment of truth", " [](map:appliance-life)", "#"]);
    prop_oneof![
        12 => (at(), at(), words).prop_map(|(file, line, words)| Event::Write(file, line, words)),
        2 => (at(), at()).prop_map(|(file, line)| Event::Cut(file, line)),
        2 => (at(), at()).prop_map(|(file, line)| Event::Repeat(file, line)),
        4 => (at(), at(), 0..10u8).prop_map(|(file, line, digit)| Event::Count(file, line, digit)),
        1 => at().prop_map(Event::Remove),
        1 => at().prop_map(Event::Rename),
        1 => at().prop_map(Event::Copy),
        1 => at().prop_map(Event::Asset),
        2 => Just(Event::Restore),
        1 => any::<bool>().prop_map(Event::Template),
        2 => at().prop_map(Event::Alter),
        1 => at().prop_map(Event::Delete),
        1 => at().prop_map(Event::Truncate),
        1 => (at(), 0..8u8).prop_map(|(byte, bit)| Event::Flip(byte, bit)),
        1 => at().prop_map(Event::Forget),
    ]
}

/// A copy of the example, its site and its cache.
struct Desk {
    folder: TempDir,
    /// What the last build said; nothing if it had nothing to do.
    said: RefCell<Option<Report>>,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), said: RefCell::default() };
        desk.restore();
        desk
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("handbook")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn restore(&self) {
        let _ = fs::remove_dir_all(self.root());
        let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content-example"));
        for file in files(example) {
            let to = self.root().join(file.strip_prefix(example).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file, to).unwrap();
        }
    }

    /// Builds with the cache, as the program does; `None` if there was nothing to do, or if there are errors.
    fn build(&self) -> Option<Written> {
        let sources = discover(&self.root(), &[]).unwrap();
        let cache = Cache::of(&self.folder.path().join("cache"), &self.root(), &self.out(), &sources, 1u8).unwrap();
        self.said.replace(None);
        if cache.recall().is_some() {
            return None;
        }
        let kept = sources.read_again_by(reread(&self.root())).kept_on(Some(cache.shelf()));
        let (site, report, _) = consume(kept);
        self.said.replace(Some(report.clone()));
        if report.has_errors() {
            return None;
        }
        match write_for(Some(&cache), &site, &self.root(), &self.out(), &|_, _| {}) {
            Ok((written, left)) => {
                cache.keep(left.unwrap(), Told::default());
                Some(written)
            }
            Err(WriteError::Pages(_)) => None,
            Err(error) => panic!("{error}"),
        }
    }

    /// Whether the site is what a clean build gives; the first file that is not, if there is one. Nothing if it gives none.
    fn difference(&self) -> Option<String> {
        let (site, report) = compile(&discover(&self.root(), &[]).unwrap());
        if self.said.borrow().as_ref().is_some_and(|said| *said != report) {
            return Some("what is said".to_owned());
        }
        let mut paths: Vec<String> = site.paths().map(ToString::to_string).collect();
        if report.has_errors() || site.paths().any(|path| site.read(path).unwrap().is_err()) {
            return None;
        }
        for path in site.paths() {
            let there = fs::read(self.out().join(path.as_str())).unwrap_or_default();
            let same = match site.read(path).unwrap().unwrap() {
                Entry::Bytes(bytes) => there == *bytes,
                Entry::Asset(asset) => there == fs::read(self.root().join(asset.as_str())).unwrap(),
            };
            if !same {
                return Some(path.to_string());
            }
        }
        paths.push(MANIFEST.to_owned());
        paths.sort();
        let stand = files(&self.out());
        let mut stand: Vec<_> =
            stand.iter().map(|file| file.strip_prefix(self.out()).unwrap().to_string_lossy()).collect();
        stand.sort();
        (stand != paths).then(|| "the list of files".to_owned())
    }

    /// What builds left for one another.
    fn left(&self) -> Vec<PathBuf> {
        files(&self.folder.path().join("cache"))
    }

    fn happen(&self, event: &Event) {
        let texts = || files(&self.root()).into_iter().filter(|file| is_text(file)).collect::<Vec<_>>();
        let pick = |at: &Index| at.get(&texts()).clone();
        let edit = |file: &Index, line: &Index, change: &dyn Fn(&mut Vec<String>, usize)| {
            let file = pick(file);
            let mut lines: Vec<String> = fs::read_to_string(&file).unwrap().split('\n').map(str::to_owned).collect();
            let at = line.index(lines.len());
            change(&mut lines, at);
            fs::write(file, lines.join("\n")).unwrap();
        };
        match event {
            Event::Write(file, line, words) => edit(file, line, &|lines, at| lines[at].push_str(words)),
            Event::Cut(file, line) => edit(file, line, &|lines, at| drop(lines.remove(at))),
            Event::Repeat(file, line) => edit(file, line, &|lines, at| lines.insert(at, lines[at].clone())),
            Event::Count(file, line, digit) => edit(file, line, &|lines, at| {
                let digit = digit.to_string();
                lines[at] = lines[at].replace(|c: char| c.is_ascii_digit(), &digit);
            }),
            Event::Remove(file) => fs::remove_file(pick(file)).unwrap(),
            Event::Rename(file) => fs::rename(pick(file), beside(&pick(file), "old")).unwrap(),
            Event::Copy(file) => drop(fs::copy(pick(file), beside(&pick(file), "copy")).unwrap()),
            Event::Asset(file) => {
                let assets: Vec<PathBuf> = files(&self.root()).into_iter().filter(|file| !is_text(file)).collect();
                alter(file.get(&assets).as_path());
            }
            Event::Restore => self.restore(),
            Event::Template(fails) => {
                let file = self.root().join("themes/default/404.html");
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, if *fails { "{{ page.nothing.there }}" } else { "{{ frame.name }}" }).unwrap();
            }
            Event::Alter(file) => alter(file.get(&files(&self.out())).as_path()),
            Event::Delete(file) => {
                let file = file.get(&files(&self.out())).clone();
                if !file.ends_with(MANIFEST) {
                    fs::remove_file(file).unwrap();
                }
            }
            Event::Truncate(at) => self.spoil(at, |bytes, at| bytes.truncate(at)),
            Event::Flip(at, bit) => self.spoil(at, |bytes, at| bytes[at] ^= 1 << bit),
            Event::Forget(at) => {
                let left = self.left();
                if !left.is_empty() {
                    fs::remove_file(at.get(&left)).unwrap();
                }
            }
        }
    }

    fn spoil(&self, at: &Index, change: impl FnOnce(&mut Vec<u8>, usize)) {
        let left = self.left();
        if left.is_empty() {
            return;
        }
        let file = at.get(&left);
        let mut bytes = fs::read(file).unwrap();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            change(&mut bytes, at);
            fs::write(file, bytes).unwrap();
        }
    }
}

fn is_text(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md" || extension == "yaml" || extension == "csv")
}

/// The place of a file of nearly the same name.
fn beside(file: &Path, word: &str) -> PathBuf {
    let name = file.file_name().unwrap().to_str().unwrap();
    file.with_file_name(name.replacen('.', &format!("-{word}."), 1))
}

/// How many sequences of edits are tried; `JOURNEYBOOK_EDITS` asks for more.
fn cases() -> u32 {
    std::env::var("JOURNEYBOOK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_would_be_made(events in prop::collection::vec(event(), 1..6)) {
        let desk = Desk::new();
        prop_assert!(desk.build().is_some());
        for event in &events {
            desk.happen(event);
            // A manifest that was tampered with is nobody's: so is the site.
            let refused = matches!(event, Event::Alter(_)) && !fs::read_to_string(desk.out().join(MANIFEST)).unwrap().ends_with('\n');
            if refused {
                fs::remove_dir_all(desk.out()).unwrap();
            }
            desk.build();
            prop_assert_eq!(desk.difference(), None, "after {:?}", event);
        }
    }
}

#[test]
fn an_edit_makes_little_anew() {
    let desk = Desk::new();
    desk.build().unwrap();
    let time = |path: &str| fs::metadata(desk.out().join(path)).unwrap().modified().unwrap();
    let pages = ["guides/moments-of-truth.html", "maps/appliance-life.html", "index.html"];
    let before = pages.map(time);
    let edit = |words: &str| {
        let file = desk.root().join("guides/03-moments-of-truth.md");
        fs::write(&file, format!("{}{words}\n", fs::read_to_string(&file).unwrap().trim_end())).unwrap();
    };
    edit(" And more.");
    desk.build().unwrap();
    assert_eq!(desk.difference(), None);
    let changed = pages.map(time);
    assert_eq!([0, 1, 2].map(|page| changed[page] == before[page]), [false, true, true]);
    // What is left out of a page is told on the page for the handbook's owner, though nothing that any page shows has changed.
    edit("<script></script>");
    desk.build().unwrap();
    assert_eq!(desk.difference(), None);
    assert!(fs::read_to_string(desk.out().join("health/index.html")).unwrap().contains("html-dropped"));
}
