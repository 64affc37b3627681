//! A build that finds that nothing has changed leaves what any build would leave, and says what it would say.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use journeybook::diag::Diagnostic;
use journeybook::disk::{self, Cache, Told, Tree, WriteError, discover, write, write_for};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::Sources;
use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::TempDir;

use crate::git::git;

/// A site that costs nothing: every file of the handbook as it is.
pub(crate) struct Mirror(Vec<(SitePath, HandbookPath, Option<String>)>);

impl Mirror {
    pub(crate) fn of(sources: &Sources) -> Self {
        let files = sources.iter().map(|(id, file)| {
            let text = sources.is_readable(id).then(|| sources.text(id).to_owned());
            (SitePath::new(file.path.as_str()).unwrap(), file.path.clone(), text)
        });
        Self(files.collect())
    }
}

impl Tree for Mirror {
    fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.0.iter().map(|(path, ..)| path)
    }

    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        let (_, asset, text) = self.0.iter().find(|(known, ..)| known == path)?;
        Some(Ok(match text {
            Some(text) => Entry::Bytes(text.as_bytes().into()),
            None => Entry::Asset(asset),
        }))
    }
}

/// What happens between two builds.
#[derive(Debug, Clone)]
enum Event {
    Nothing,
    /// A letter of a source becomes another one, and the file keeps its length and its time.
    Edit(Index),
    AddSource(u8),
    RemoveSource(Index),
    /// The same as an edit, to a file of the site.
    Alter(Index),
    Delete(Index),
    /// A link to its own copy takes the place of a file of the site.
    Replace(Index),
    AddFile(u8),
    AddFolder(u8),
    /// A desktop leaves its mark.
    Litter,
    Truncate(Index),
    Flip(Index, u8),
    Forget,
}

fn event() -> impl Strategy<Value = Event> {
    let at = any::<Index>;
    prop_oneof![
        3 => Just(Event::Nothing),
        3 => at().prop_map(Event::Edit),
        1 => (0..4u8).prop_map(Event::AddSource),
        1 => at().prop_map(Event::RemoveSource),
        3 => at().prop_map(Event::Alter),
        1 => at().prop_map(Event::Delete),
        1 => at().prop_map(Event::Replace),
        1 => (0..4u8).prop_map(Event::AddFile),
        1 => (0..4u8).prop_map(Event::AddFolder),
        1 => Just(Event::Litter),
        2 => at().prop_map(Event::Truncate),
        2 => (at(), 0..8u8).prop_map(|(byte, bit)| Event::Flip(byte, bit)),
        1 => Just(Event::Forget),
    ]
}

/// A handbook, its site and its cache.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        for (path, text) in [
            ("handbook.yaml", "title: Harbor\n"),
            ("guides/a.md", "---\ntitle: A\n---\nWords.\n"),
            ("guides/deep/b.md", "---\ntitle: B\n---\nWords.\n"),
            ("assets/plan.pdf", "A plan.\n"),
        ] {
            desk.put(path, text);
        }
        // So many that one or two of them are few.
        for number in 0..20 {
            desk.put(&format!("guides/more/{number}.md"), "---\ntitle: More\n---\nWords.\n");
        }
        desk
    }

    fn put(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("handbook")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// Builds with the cache; whether nothing had to be done.
    fn build(&self) -> Result<bool, WriteError> {
        let mut at = disk::Desk::of(&self.cache(), &self.root(), &self.out(), 1u8).unwrap();
        let sources = at.discover(&self.root(), &[]).unwrap().read_again_by(disk::reread(&self.root()));
        let cache = at.cache(&sources).unwrap();
        if let Some(told) = cache.recall() {
            assert_eq!(told.counts, "said");
            return Ok(true);
        }
        let (_, left) = write_for(Some(&cache), &Mirror::of(&sources), &self.root(), &self.out(), &|_, _| {})?;
        cache.keep(left.unwrap(), Told { counts: "said".to_owned(), ..Told::default() });
        Ok(false)
    }

    /// The only file of the cache.
    fn record(&self) -> PathBuf {
        let files: Vec<PathBuf> = fs::read_dir(self.cache()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }

    /// Makes something happen; gives what has to be cleared away before the next build is possible.
    fn happen(&self, event: &Event) -> Option<PathBuf> {
        let pick = |folder: &Path, at: &Index| at.get(&files(folder)).clone();
        // There is nothing left to edit.
        if files(&self.root()).is_empty() {
            self.put("guides/a.md", "---\ntitle: A\n---\n");
        }
        match event {
            Event::Nothing => {}
            Event::Edit(at) => alter(&pick(&self.root(), at)),
            Event::AddSource(number) => self.put(&format!("guides/new-{number}.md"), "---\ntitle: New\n---\n"),
            Event::RemoveSource(at) => fs::remove_file(pick(&self.root(), at)).unwrap(),
            Event::Alter(at) => alter(&pick(&self.out(), at)),
            Event::Delete(at) => fs::remove_file(pick(&self.out(), at)).unwrap(),
            Event::Replace(at) => {
                let file = pick(&self.out(), at);
                let copy = self.folder.path().join("copy");
                fs::copy(&file, &copy).unwrap();
                fs::remove_file(&file).unwrap();
                #[cfg(unix)]
                std::os::unix::fs::symlink(&copy, &file).unwrap();
            }
            Event::AddFile(number) => {
                let file = self.out().join(format!("guides/mine-{number}.html"));
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, "Mine").unwrap();
                return Some(file);
            }
            Event::AddFolder(number) => fs::create_dir_all(self.out().join(format!("mine-{number}"))).unwrap(),
            Event::Litter => fs::write(self.out().join(".DS_Store"), "icons").unwrap(),
            Event::Truncate(at) => {
                let bytes = fs::read(self.record()).unwrap();
                fs::write(self.record(), &bytes[..at.index(bytes.len())]).unwrap();
            }
            Event::Flip(at, bit) => {
                let mut bytes = fs::read(self.record()).unwrap();
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
                fs::write(self.record(), bytes).unwrap();
            }
            Event::Forget => fs::remove_file(self.record()).unwrap(),
        }
        None
    }
}

/// Another letter in a file of the same length and, as far as anybody can make it so, of the same time.
pub(crate) fn alter(file: &Path) {
    let written = fs::metadata(file).unwrap().modified().unwrap();
    let mut bytes = fs::read(file).unwrap();
    match bytes.last_mut() {
        Some(last) => *last = if *last == b'\n' { b' ' } else { b'\n' },
        None => bytes.push(b'\n'),
    }
    fs::write(file, bytes).unwrap();
    File::options().append(true).open(file).unwrap().set_modified(written).unwrap();
}

/// Every file below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    found.sort();
    found
}

/// Every file and folder of a site by its path, with whether it is a link and what is in it, but for what no build wrote.
fn contents(folder: &Path) -> BTreeMap<PathBuf, (bool, Vec<u8>)> {
    let files = files(folder).into_iter().filter(|file| !file.ends_with(".DS_Store"));
    let seen = files.map(|file| {
        let name = file.strip_prefix(folder).unwrap().to_path_buf();
        (name, (file.is_symlink(), fs::read(&file).unwrap()))
    });
    seen.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_site_is_what_it_would_be_without_a_cache(events in prop::collection::vec(event(), 1..12)) {
        let desk = Desk::new();
        prop_assert!(!desk.build().unwrap());
        for event in &events {
            if desk.out().join(".journeybook-manifest").exists() {
                let foreign = desk.happen(event);
                if let Some(file) = foreign {
                    prop_assert!(matches!(desk.build(), Err(WriteError::Refused(_))), "{:?}", event);
                    fs::remove_file(file).unwrap();
                }
            }
            let recalled = match desk.build() {
                Ok(recalled) => recalled,
                // Without its manifest a site is somebody else's, as it is without a cache.
                Err(WriteError::Refused(_)) => {
                    fs::remove_dir_all(desk.out()).unwrap();
                    desk.build().unwrap()
                }
                Err(error) => panic!("{error}"),
            };
            if matches!(event, Event::Nothing | Event::Litter) {
                prop_assert!(recalled, "nothing happened, and everything was done again");
            }
            let fresh = TempDir::new().unwrap();
            let clean = fresh.path().join("site");
            write(&Mirror::of(&discover(&desk.root(), &[]).unwrap()), &desk.root(), &clean, &|_, _| {}).unwrap();
            prop_assert_eq!(contents(&desk.out()), contents(&clean), "after {:?}", event);
            prop_assert!(!files(&desk.folder.path().join("cache")).is_empty());
        }
    }
}

#[test]
fn what_somebody_replaces_while_a_build_runs_is_not_taken_for_its_own() {
    for page in ["guides/a.md", "guides/deep/b.md"] {
        let desk = Desk::new();
        desk.build().unwrap();
        fs::remove_file(desk.record()).unwrap();
        desk.put("guides/a.md", "---\ntitle: A\n---\nOther words.\n");
        let (sources, page) = (discover(&desk.root(), &[]).unwrap(), desk.out().join(page));
        let replace = |done, all| {
            if done == all {
                fs::write(desk.folder.path().join("other"), "Somebody's.").unwrap();
                fs::rename(desk.folder.path().join("other"), &page).unwrap();
            }
        };
        let cache = Cache::of(&desk.cache(), &desk.root(), &desk.out(), &sources, 1u8).unwrap();
        let (_, left) = write_for(Some(&cache), &Mirror::of(&sources), &desk.root(), &desk.out(), &replace).unwrap();
        if let Some(left) = left {
            cache.keep(left, Told { counts: "said".to_owned(), ..Told::default() });
        }
        desk.build().unwrap();
        for (path, _, text) in &Mirror::of(&sources).0 {
            let there = fs::read_to_string(desk.out().join(path.as_str())).unwrap();
            assert!(text.as_ref().is_none_or(|text| *text == there), "{path}: {there}");
        }
    }
}

#[test]
fn another_wish_another_handbook_or_another_folder_is_another_build() {
    let desk = Desk::new();
    desk.build().unwrap();
    let sources = discover(&desk.root(), &[]).unwrap();
    let recalls = |out: &Path, sources: &Sources, wishes: u8| {
        Cache::of(&desk.cache(), &desk.root(), out, sources, wishes).unwrap().recall().is_some()
    };
    assert!(recalls(&desk.out(), &sources, 1));
    assert!(!recalls(&desk.out(), &sources, 2));
    assert!(!recalls(&desk.folder.path().join("other"), &sources, 1));
    assert!(!recalls(&desk.out(), &sources.clone().with_drafts(), 1));
    assert!(!recalls(&desk.out(), &sources.on(journeybook::date::Date::parse("2026-09-12").unwrap()), 1));
}

#[test]
fn a_cache_does_not_lie_in_the_site() {
    let desk = Desk::new();
    let sources = discover(&desk.root(), &[]).unwrap();
    let inside = desk.out().canonicalize().unwrap_or_else(|_| desk.folder.path().canonicalize().unwrap().join("site"));
    let at = |folder: PathBuf| Cache::of(&folder, &desk.root(), &desk.out(), &sources, 1u8).is_some();
    assert!(!at(inside.join("cache")) && !at(desk.root().join("assets")));
    assert!(at(desk.root().join(".cache")) && at(desk.cache()));
    #[cfg(unix)]
    {
        let link = desk.folder.path().join("link");
        std::os::unix::fs::symlink(&inside, &link).unwrap();
        assert!(!at(link.join("cache")) && !at(link));
    }
}

/// A handbook with a warning and a note.
fn handbook() -> Desk {
    let desk = Desk::new();
    desk.put("channels.yaml", "road: { title: Road }\n");
    desk.put("touchpoints/van.md", "---\ntitle: Van\nkind: physical\nchannel: road\n---\n");
    desk.put("guides/a.md", "---\ntitle: A\nreviewed: 2026-03-12\nreview-every: 6 months\n---\nWords.\n");
    desk
}

fn run(desk: &Desk, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
    command.arg("build").arg(desk.root()).arg("-o").arg(desk.out()).args(more);
    command.env("JOURNEYBOOK_CACHE", desk.cache()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What was said, but for the line that tells what was done.
fn findings(output: &Output) -> Vec<String> {
    let done = |line: &&str| !line.starts_with("Wrote") && !line.starts_with("Nothing has changed");
    said(output).lines().filter(done).map(str::to_owned).collect()
}

const NOTHING: &str = "Nothing has changed since the last build";

#[test]
fn a_second_build_says_the_same_and_touches_nothing() {
    let desk = handbook();
    let first = run(&desk, &["--today", "2027-01-01"]);
    assert!(first.status.success() && said(&first).contains("Wrote"), "{}", said(&first));
    assert!(said(&first).contains("warning") && said(&first).contains("note"), "{}", said(&first));
    let written = |desk: &Desk| {
        let times = files(&desk.out()).into_iter().map(|file| fs::metadata(&file).unwrap().modified().unwrap());
        times.collect::<Vec<_>>()
    };
    let before = (written(&desk), contents(&desk.out()));
    let second = run(&desk, &["--today", "2027-01-01"]);
    assert!(second.status.success() && said(&second).contains(NOTHING), "{}", said(&second));
    assert_eq!(findings(&second), findings(&first));
    let pages = |output: &Output| said(output).split(" pages").next().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(pages(&first), pages(&second));
    assert_eq!((written(&desk), contents(&desk.out())), before);
    let quiet = run(&desk, &["--quiet", "--today", "2027-01-01"]);
    assert!(quiet.status.success() && !said(&quiet).contains(NOTHING) && said(&quiet).contains("warning"));
}

#[test]
fn wishes_are_heard_after_a_build_without_them() {
    let desk = handbook();
    assert!(said(&run(&desk, &[])).contains("Wrote"));
    assert!(said(&run(&desk, &["--today", "2027-01-01"])).contains("Wrote"), "another day is another site");
    let denied = run(&desk, &["--today", "2027-01-01", "--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1), "{}", said(&denied));
    assert!(said(&run(&desk, &["--today", "2027-01-01"])).contains(NOTHING), "what was denied left all as it was");
    assert!(said(&run(&desk, &["--today", "2027-01-01", "--drafts"])).contains("Wrote"));
}

#[test]
fn a_mistake_is_told_every_time_and_its_mending_is_built() {
    let desk = handbook();
    assert!(run(&desk, &[]).status.success());
    desk.put("guides/a.md", "---\ntitle: A\n---\n[](persona:nobody)\n");
    for _ in 0..2 {
        let wrong = run(&desk, &[]);
        assert_eq!(wrong.status.code(), Some(1));
        assert!(said(&wrong).contains("unknown-persona"), "{}", said(&wrong));
    }
    desk.put("guides/a.md", "---\ntitle: A\n---\nMended.\n");
    assert!(said(&run(&desk, &[])).contains("Wrote"));
    assert!(fs::read_to_string(desk.out().join("guides/a.html")).unwrap().contains("Mended."));
}

#[test]
fn nobody_hears_of_a_cache_that_cannot_be_kept() {
    let desk = handbook();
    let first = run(&desk, &["--no-cache"]);
    assert!(first.status.success() && !desk.cache().exists());
    fs::write(desk.cache(), "A file where the folder should be").unwrap();
    for _ in 0..2 {
        let again = run(&desk, &[]);
        assert!(again.status.success() && said(&again).contains("Wrote"), "{}", said(&again));
        assert_eq!(findings(&again), findings(&first));
    }
    fs::remove_file(desk.cache()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
    let none = command.arg("build").arg(desk.root()).arg("-o").arg(desk.out()).env("JOURNEYBOOK_CACHE", "").output();
    assert!(said(&none.unwrap()).contains("Wrote"));
    assert!(!desk.cache().exists());
}

#[test]
fn a_sign_at_the_end_of_a_text_is_a_change() {
    // Texts are hashed eight bytes at a time: what stands in for those that are missing is no sign of a text.
    for (length, more) in [(7, "\u{7}"), (6, "\0\u{6}")] {
        let desk = handbook();
        let text = |more: &str| {
            let begin = "---\ntitle: B\n---\n";
            format!("{begin}{}{more}", "x".repeat(16 + length - begin.len() % 8))
        };
        assert_eq!(text("").len() % 8, length);
        desk.put("guides/b.md", &text(""));
        assert!(run(&desk, &[]).status.success());
        desk.put("guides/b.md", &text(more));
        let second = run(&desk, &[]);
        assert!(!said(&second).contains(NOTHING), "{}", said(&second));
    }
}

#[test]
fn a_commit_is_a_change() {
    let desk = handbook();
    let git = |arguments: &[&str]| git(&desk.root(), arguments);
    git(&["init", "-q"]);
    assert!(said(&run(&desk, &[])).contains("Wrote"));
    assert!(said(&run(&desk, &[])).contains(NOTHING));
    git(&["add", "-A"]);
    git(&["commit", "-qm", "One"]);
    assert!(said(&run(&desk, &[])).contains("Wrote"), "there is a page of changes now");
    assert!(desk.out().join("changes/index.html").exists());
    assert!(said(&run(&desk, &[])).contains(NOTHING));
}

/// The files of the cache that say how a build left a site.
fn records(desk: &Desk) -> Vec<PathBuf> {
    let is_record = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "journeybook-record");
    files(&desk.cache()).into_iter().filter(is_record).collect()
}

#[test]
fn what_nobody_asks_for_goes_from_the_cache() {
    let desk = handbook();
    run(&desk, &[]);
    let file = |name: &str| desk.cache().join(name);
    let ours = [
        "0123456789abcdef.journeybook-record",
        "0123456789abcdef.77.journeybook-record-new",
        "0123456789abcdef.0-1.journeybook-part",
    ];
    let ours = ours.map(file);
    let others =
        ["notes.txt", "thesis-new", "0123.journeybook-record", "my.journeybook-record-new", "my.journeybook-part"];
    let others = others.map(file);
    // Somebody else's piece goes with its record; one of ours that no build would ask for goes at once.
    let [own] = &records(&desk)[..] else { panic!("one handbook") };
    let pieces = [own.with_extension("0-99.journeybook-part"), file("abcdefabcdefabcd.0-0.journeybook-part")];
    pieces.iter().for_each(|piece| fs::write(piece, "New").unwrap());
    fs::write(file("abcdefabcdefabcd.journeybook-record"), "New").unwrap();
    for file in ours.iter().chain(&others) {
        fs::write(file, "Long ago").unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(100 * 24 * 3600);
        File::options().append(true).open(file).unwrap().set_modified(then).unwrap();
    }
    fs::create_dir(file("fedcba9876543210.journeybook-record")).unwrap();
    desk.put("guides/c.md", "---\ntitle: C\n---\n");
    assert!(said(&run(&desk, &[])).contains("Wrote"));
    assert!(!ours.iter().any(|file| file.exists()));
    assert!(others.iter().all(|file| file.exists()), "only records are ours to delete");
    assert_eq!(pieces.map(|piece| piece.exists()), [false, true]);
    assert!(said(&run(&desk, &[])).contains(NOTHING));
}
