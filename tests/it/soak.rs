//! Many random edits, renames and deletions while four clients read: no question fails, nothing stale is shown once it is
//! quiet, and memory does not grow. The handbook is that of the measurements, the program is the finished one.
//!
//! A short run is a test like any other. The long one takes minutes:
//! `cargo test --release soak -- --ignored --nocapture`.

#![expect(clippy::print_stdout, reason = "the long run tells how it goes")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use journeybook::compile::compile;
use journeybook::date::Date;
use journeybook::disk::discover;
use journeybook::render::Entry;

use crate::growth::handbook;

/// The day on which both the preview and the builds it is compared with see the handbook.
const TODAY: &str = "2026-11-20";
/// How long it may take until everything is as it is on the disk.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn random_edits_leave_nothing_stale() {
    soak(30, 60, 20, 7, &[]);
}

#[test]
fn nor_where_changes_are_looked_for() {
    soak(20, 30, 15, 8, &["--poll"]);
}

#[test]
#[ignore = "takes minutes: cargo test --release soak -- --ignored --nocapture"]
fn two_thousand_edits() {
    soak(400, 2000, 100, 1, &[]);
}

/// A handbook of so many pages; so many edits, the same for the same seed; a comparison after every so many.
fn soak(pages: usize, edits: usize, every: usize, seed: u64, options: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("handbook");
    for file in handbook::files(pages) {
        let path = root.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
    fs::create_dir_all(root.join("guides/loose")).unwrap();
    let mut editor = Editor { root: root.clone(), dice: Dice(seed), written: 0, broken: None };
    (0..20).for_each(|_| editor.write_guide());

    let preview = Preview::start(&root, options);
    let (done, asked, slowest) = (AtomicBool::new(false), AtomicUsize::new(0), Mutex::new(Duration::ZERO));
    let addresses: Vec<String> = expected(&root).into_keys().filter(|path| !path.starts_with("search/")).collect();
    let mut sizes = Vec::new();
    thread::scope(|scope| {
        for reader in 0..4 {
            let (addresses, preview, done, asked, slowest) = (&addresses, &preview, &done, &asked, &slowest);
            scope.spawn(move || {
                let mut dice = Dice(seed * 100 + reader);
                while !done.load(Ordering::Relaxed) {
                    let address = &addresses[dice.below(addresses.len())];
                    let before = Instant::now();
                    let (status, body) = preview.ask(address);
                    let mut slowest = slowest.lock().unwrap();
                    *slowest = (*slowest).max(before.elapsed());
                    drop(slowest);
                    asked.fetch_add(1, Ordering::Relaxed);
                    // An edit may have taken a page away, or be a mistake that is mended later.
                    assert!(matches!(status, 200 | 404 | 500), "{address}: {status}");
                    assert!(!body.is_empty() || status == 200, "{address}: nothing");
                    if status == 500 {
                        let body = String::from_utf8_lossy(&body).into_owned();
                        assert!(body.contains("journeybook-overlay"), "{address}: {body}");
                    }
                    thread::sleep(Duration::from_millis(2));
                }
            });
        }
        // Whatever comes of it, the readers end.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for edit in 1..=edits {
                editor.edit();
                if edit % 3 == 0 {
                    thread::sleep(Duration::from_millis(editor.dice.below(30) as u64));
                }
                if edit % every == 0 {
                    editor.mend();
                    preview.shows(&root);
                    sizes.push(preview.resident());
                    println!(
                        "{edit:5} edits, {:6} questions, slowest {:?}, {} KiB resident",
                        asked.load(Ordering::Relaxed),
                        slowest.lock().unwrap(),
                        sizes.last().unwrap()
                    );
                }
            }
        }));
        done.store(true, Ordering::Relaxed);
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
    // Warm by the first third; from then on it may breathe, and not grow.
    let (warm, rest) = sizes.split_at(sizes.len().div_ceil(3));
    let (warm, rest) = (warm.iter().max().unwrap(), rest.iter().max().unwrap());
    assert!(*rest < warm + warm / 3 + 20_000, "memory grew from {warm} to {rest} KiB: {sizes:?}");
}

/// What a build of the folder gives now: bytes by address, assets left out.
fn expected(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let sources = discover(root, &[]).unwrap().on(Date::parse(TODAY).unwrap());
    let (site, report) = compile(&sources);
    assert!(!report.has_errors(), "{report:?}");
    let read = |path: &_| match site.read(path) {
        Some(Ok(Entry::Bytes(bytes))) => Some(bytes.into_owned()),
        _ => None,
    };
    site.paths().filter_map(|path| Some((path.as_str().to_owned(), read(path)?))).collect()
}

/// What the preview adds to a page, taken off again.
fn bare(page: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(page) else { return page.to_vec() };
    let mut text = text.to_owned();
    let mut cut = |from: &str, to: &str| {
        if let Some(start) = text.find(from)
            && let Some(end) = text[start..].find(to)
        {
            text.replace_range(start..start + end + to.len(), "");
        }
    };
    cut("<script src=\"/__journeybook/", "<link rel=\"stylesheet\" href=\"/__journeybook/preview.css\">");
    cut("<aside class=\"journeybook-badge\"", "</aside>\n");
    text.into_bytes()
}

/// Somebody who writes, at random.
struct Editor {
    root: PathBuf,
    dice: Dice,
    written: usize,
    /// A file that is away, or holds a mistake, and what belongs there.
    broken: Option<(PathBuf, String)>,
}

impl Editor {
    fn edit(&mut self) {
        match self.dice.below(20) {
            0..=7 => self.add_a_word(),
            8..=10 => self.change_a_title(),
            11..=12 => self.write_guide(),
            13..=14 => self.rename(),
            15..=16 => self.delete(),
            17 => self.move_the_folder(),
            18 => self.change_the_style(),
            _ => self.break_something(),
        }
    }

    fn texts(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "md" || extension == "yaml") {
                    found.push(path);
                }
            }
        }
        found.retain(|path| self.broken.as_ref().is_none_or(|(broken, _)| broken != path));
        found.sort();
        found
    }

    fn any(&mut self, wanted: impl Fn(&Path) -> bool) -> Option<PathBuf> {
        let mut texts = self.texts();
        texts.retain(|path| wanted(path));
        (!texts.is_empty()).then(|| texts.swap_remove(self.dice.below(texts.len())))
    }

    /// Saves as one of several editors does.
    fn save(&mut self, path: &Path, text: &str) {
        match self.dice.below(3) {
            0 => fs::write(path, text).unwrap(),
            1 => {
                let new = path.with_extension("new~");
                fs::write(&new, text).unwrap();
                fs::rename(&new, path).unwrap();
            }
            _ => {
                let old = path.with_extension("old~");
                fs::rename(path, &old).unwrap();
                fs::write(path, text).unwrap();
                fs::remove_file(old).unwrap();
            }
        }
    }

    fn add_a_word(&mut self) {
        let Some(path) = self.any(|path| path.extension().is_some_and(|extension| extension == "md")) else { return };
        let text = fs::read_to_string(&path).unwrap();
        let number = self.dice.below(100_000);
        self.save(&path, &format!("{text}\nWord {number}.\n"));
        // Texts shall not grow without end.
        if text.len() > 8000 {
            self.save(&path, &text[..text.floor_char_boundary(3000)]);
        }
    }

    fn change_a_title(&mut self) {
        let Some(path) = self.any(|path| !path.ends_with("teams.yaml") && !path.ends_with("channels.yaml")) else {
            return;
        };
        let text = fs::read_to_string(&path).unwrap();
        let number = self.dice.below(100_000);
        let lines = text.split_inclusive('\n');
        let mut once = true;
        let changed = lines.map(|line| match line.strip_prefix("title: ") {
            Some(_) if std::mem::take(&mut once) => format!("title: Title {number}\n"),
            _ => line.to_owned(),
        });
        let changed: String = changed.collect();
        self.save(&path, &changed);
    }

    fn write_guide(&mut self) {
        self.written += 1;
        let path = self.root.join(format!("guides/loose/page-{}.md", self.written));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("---\ntitle: Page {}\nsummary: Loose.\n---\n\nSome words.\n", self.written)).unwrap();
    }

    fn loose(&mut self) -> Option<PathBuf> {
        self.any(|path| path.to_string_lossy().contains("/guides/"))
    }

    fn rename(&mut self) {
        let Some(path) = self.loose() else { return };
        self.written += 1;
        fs::rename(&path, path.with_file_name(format!("page-{}.md", self.written))).unwrap();
    }

    fn delete(&mut self) {
        if self.texts().iter().filter(|path| path.to_string_lossy().contains("/guides/")).count() > 5
            && let Some(path) = self.loose()
        {
            fs::remove_file(path).unwrap();
        }
    }

    fn move_the_folder(&mut self) {
        let (one, other) = (self.root.join("guides/loose"), self.root.join("guides/moved"));
        if one.exists() && !other.exists() {
            fs::rename(one, other).unwrap();
        } else if other.exists() && !one.exists() {
            fs::rename(other, one).unwrap();
        }
    }

    fn change_the_style(&mut self) {
        let path = self.root.join("themes/default/handbook.css");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!(".own {{ order: {} }}\n", self.dice.below(1000))).unwrap();
    }

    /// Takes away a map that others link to, or writes a mistake into it; what was broken before is mended.
    fn break_something(&mut self) {
        self.mend();
        let Some(path) = self.any(|path| path.to_string_lossy().contains("/maps/")) else { return };
        let text = fs::read_to_string(&path).unwrap();
        if self.dice.below(2) == 0 {
            fs::remove_file(&path).unwrap();
        } else {
            fs::write(&path, text.replacen("persona: ", "persona: no-", 1)).unwrap();
        }
        self.broken = Some((path, text));
    }

    fn mend(&mut self) {
        if let Some((path, text)) = self.broken.take() {
            fs::write(path, text).unwrap();
        }
    }
}

/// The program under way.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(root: &Path, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
        command.arg("serve").arg(root).args(["--port", "0", "--today", TODAY]).args(options);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the preview ended");
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        // Nobody reads on, and nobody may wait for that.
        thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, port }
    }

    /// Status and body; panics where there is no answer.
    fn ask(&self, address: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET /{address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{address}: {error}"));
        let end =
            bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("{address}: no head"));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), bytes.split_off(end + 4))
    }

    /// Waits until every address gives what a build of the folder would write, byte for byte.
    fn shows(&self, root: &Path) {
        let expected = expected(root);
        let end = Instant::now() + PATIENCE;
        for (address, bytes) in &expected {
            loop {
                let (status, body) = self.ask(address);
                if (status, &bare(&body)) == (200, bytes) {
                    break;
                }
                if Instant::now() > end {
                    let (is, should) = (String::from_utf8_lossy(&body).into_owned(), String::from_utf8_lossy(bytes));
                    panic!("{address} is stale ({status}):\n{is}\n----\n{should}");
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// Resident memory, in KiB; 0 where the system does not tell.
    fn resident(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Chance that is the same every time (SplitMix64).
///
/// Source: G. Steele, D. Lea, C. Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }
}
