//! A build after a change leaves what a clean build would, to the byte, and says what it would say, though it reads and makes
//! only what the change concerns.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use journeybook::compile::{compile, consume};
use journeybook::diag::{Diagnostic, Report};
use journeybook::disk::{Cache, MANIFEST, Told, Tree, WriteError, Written, discover, reread, write_for};
use journeybook::model::Digests;
use journeybook::path::SitePath;
use journeybook::render::{Entry, Long, Site, Stock};
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
    /// Something happens to a file of the cache.
    Truncate(Index, Index),
    Flip(Index, Index, u8),
    Forget(Index),
    /// A file of the cache is what it was after the first build.
    Return(Index),
    /// All of them are.
    ReturnAll,
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
        1 => (at(), at()).prop_map(|(file, byte)| Event::Truncate(file, byte)),
        1 => (at(), at(), 0..8u8).prop_map(|(file, byte, bit)| Event::Flip(file, byte, bit)),
        1 => at().prop_map(Event::Forget),
        1 => at().prop_map(Event::Return),
        1 => Just(Event::ReturnAll),
    ]
}

/// A copy of the example, its site and its cache.
pub(crate) struct Desk {
    folder: TempDir,
    /// What the last build said; nothing if it had nothing to do.
    said: RefCell<Option<Report>>,
    /// The files that the last build made anew.
    pub(crate) made: RefCell<Vec<String>>,
}

/// A site that notes which of its files are made.
struct Watched<'s> {
    site: &'s Site,
    made: Mutex<Vec<String>>,
}

impl Tree for Watched<'_> {
    fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.site.paths()
    }

    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        self.site.read(path)
    }

    fn digests(&self, before: Option<&Digests>) -> Option<Digests> {
        Some(self.site.digests(before))
    }

    fn make_index(&self, stock: &dyn Stock) {
        self.site.make_index(stock);
    }

    fn layout(&self, path: &SitePath) -> u64 {
        self.site.layout(path)
    }

    fn long(&self, path: &SitePath) -> Option<Long<'_>> {
        self.made.lock().unwrap().push(path.to_string());
        self.site.long(path)
    }
}

/// Something in the cache was not as it had been left.
#[derive(Debug)]
struct Lost;

impl Desk {
    pub(crate) fn new() -> Self {
        let (said, made) = (RefCell::default(), RefCell::default());
        let desk = Self { folder: TempDir::new().unwrap(), said, made };
        desk.restore();
        desk
    }

    pub(crate) fn root(&self) -> PathBuf {
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

    /// Builds with the cache, as the program does; `None` if there was nothing to do, or if there are errors. What is not in the
    /// cache as it was left is found so once.
    pub(crate) fn build(&self) -> Option<Written> {
        let built = self.attempt().or_else(|Lost| self.attempt());
        built.unwrap_or_else(|Lost| panic!("the cache is spoilt for good"))
    }

    fn attempt(&self) -> Result<Option<Written>, Lost> {
        let sources = discover(&self.root(), &[]).unwrap();
        let cache = Cache::of(&self.cache(), &self.root(), &self.out(), &sources, 1u8).unwrap();
        self.said.replace(None);
        if cache.recall().is_some() {
            return Ok(None);
        }
        let kept = sources.read_again_by(reread(&self.root())).kept_on(Some(cache.shelf()));
        let (site, report, _) = consume(kept);
        if !cache.is_whole() {
            return Err(Lost);
        }
        self.said.replace(Some(report.clone()));
        if report.has_errors() {
            return Ok(None);
        }
        let site = Watched { site: &site, made: Mutex::default() };
        match write_for(Some(&cache), &site, &self.root(), &self.out(), &|_, _| {}) {
            Ok((written, left)) => {
                self.made.replace(site.made.into_inner().unwrap());
                cache.keep(left.unwrap(), Told::default());
                Ok(Some(written))
            }
            Err(WriteError::Pages(_)) => Ok(None),
            Err(WriteError::Lost) => Err(Lost),
            Err(error) => panic!("{error}"),
        }
    }

    /// Whether the site is what a clean build gives; the first file that is not, if there is one. Nothing if it gives none.
    pub(crate) fn difference(&self) -> Option<String> {
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

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// Remembers the cache.
    fn remember(&self) {
        for file in files(&self.cache()) {
            let to = self.folder.path().join("first").join(file.strip_prefix(self.cache()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file, to).unwrap();
        }
    }

    /// Brings a file of the cache back as it was remembered.
    fn bring_back(&self, file: &Path) {
        fs::copy(file, self.cache().join(file.file_name().unwrap())).unwrap();
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
            Event::Truncate(file, at) => self.spoil(file, |bytes| bytes.truncate(at.index(bytes.len()))),
            Event::Flip(file, at, bit) => self.spoil(file, |bytes| {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }),
            Event::Forget(file) => self.of_cache(file).iter().for_each(|file| fs::remove_file(file).unwrap()),
            Event::Return(file) => self.bring_back(file.get(&files(&self.folder.path().join("first"))).as_path()),
            Event::ReturnAll => {
                files(&self.folder.path().join("first")).iter().for_each(|file| self.bring_back(file));
            }
        }
    }

    /// One of the files of the cache, if there are any.
    fn of_cache(&self, at: &Index) -> Option<PathBuf> {
        let files = files(&self.cache());
        (!files.is_empty()).then(|| at.get(&files).clone())
    }

    fn spoil(&self, file: &Index, change: impl FnOnce(&mut Vec<u8>)) {
        let file = self.of_cache(file).map(|file| (fs::read(&file).unwrap(), file));
        if let Some((mut bytes, file)) = file.filter(|(bytes, _)| !bytes.is_empty()) {
            change(&mut bytes);
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
pub(crate) fn cases() -> u32 {
    std::env::var("JOURNEYBOOK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_would_be_made(events in prop::collection::vec(event(), 1..6)) {
        let desk = Desk::new();
        prop_assert!(desk.build().is_some());
        desk.remember();
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
    let pieces = || {
        let pieces = files(&desk.cache()).into_iter().filter(|file| file.extension().unwrap() == "journeybook-part");
        pieces.map(|piece| (fs::metadata(&piece).unwrap().modified().unwrap(), piece)).collect::<Vec<_>>()
    };
    let parts = pieces();
    edit(" And more.");
    desk.build().unwrap();
    assert_eq!(desk.difference(), None);
    let made = pieces().iter().filter(|piece| !parts.contains(piece)).count();
    // One in each language.
    assert_eq!((made, parts.len()), (2, 3), "parts of the index");
    let changed = pages.map(time);
    assert_eq!([0, 1, 2].map(|page| changed[page] == before[page]), [false, true, true]);
    // What is left out of a page is told on the page for the handbook's owner, though nothing that any page shows has changed.
    edit("<script></script>");
    desk.build().unwrap();
    assert_eq!(desk.difference(), None);
    assert!(fs::read_to_string(desk.out().join("health/index.html")).unwrap().contains("html-dropped"));
}

#[cfg(unix)]
#[test]
fn what_is_lost_from_the_cache_meanwhile_ends_no_more_than_that_attempt() {
    let desk = Desk::new();
    desk.build().unwrap();
    // All pages are to be made anew, of what was parsed before.
    fs::remove_dir_all(desk.out()).unwrap();
    let sources = discover(&desk.root(), &[]).unwrap();
    let cache = Cache::of(&desk.cache(), &desk.root(), &desk.out(), &sources, 1u8).unwrap();
    let kept = sources.read_again_by(reread(&desk.root())).kept_on(Some(cache.shelf()));
    let (built, report, _) = consume(kept);
    assert!(!report.has_errors() && cache.is_whole());
    for file in files(&desk.cache()).iter().filter(|file| file.extension().unwrap() == "journeybook-drafts") {
        fs::File::options().write(true).open(file).unwrap().set_len(0).unwrap();
    }
    let written = write_for(Some(&cache), &built, &desk.root(), &desk.out(), &|_, _| {});
    assert!(matches!(written, Err(WriteError::Lost)), "{:?}", written.map(|(written, _)| written));
    assert!(!cache.is_whole() && !desk.out().exists(), "nothing was written");
    drop(cache);
    assert!(desk.build().is_some());
    assert_eq!(desk.difference(), None);
}

#[test]
fn running_text_that_is_spoilt_in_the_cache_is_made_anew_once() {
    let desk = Desk::new();
    desk.build().unwrap();
    let drafts = || files(&desk.cache()).into_iter().find(|file| file.extension().unwrap() == "journeybook-drafts");
    let (file, whole) = (drafts().unwrap(), fs::read(drafts().unwrap()).unwrap());
    let mut spoilt = whole.clone();
    for at in (0..whole.len() - 3).filter(|&at| &whole[at..at + 3] == b"<p>") {
        spoilt[at + 1] = b'q';
    }
    assert_ne!(spoilt, whole, "there is running text");
    fs::write(&file, &spoilt).unwrap();
    fs::remove_dir_all(desk.out()).unwrap();
    assert!(desk.attempt().is_err());
    assert!(drafts().is_none(), "it would be as spoilt for the next build");
    assert!(desk.attempt().is_ok_and(|written| written.is_some()));
    assert_eq!(desk.difference(), None);
    assert_eq!(fs::read(drafts().unwrap()).unwrap().len(), whole.len());
}
