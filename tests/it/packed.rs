//! What was parsed of a file comes back as it was, and only for the file that it was parsed from.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use journeybook::diag::Report;
use journeybook::disk::discover;
use journeybook::model::{Draft, Handbook};
use journeybook::parse::{self, ParseMemory};
use journeybook::path::HandbookPath;
use journeybook::source::{Put, Reread, Shelf, SourceFile, Sources};

/// A shelf that counts.
#[derive(Debug, Default)]
struct Counting {
    kept: Mutex<HashMap<u64, Vec<u8>>>,
    /// How often something was found, and how often something new was put down.
    counts: Mutex<[usize; 2]>,
}

impl Shelf for Counting {
    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)> {
        let found = self.kept.lock().unwrap().get(&key).cloned();
        self.counts.lock().unwrap()[0] += usize::from(found.is_some());
        found.map(|bytes| (bytes, None))
    }

    fn put_each(&self, puts: &[Put<'_>]) -> Vec<Option<u32>> {
        self.counts.lock().unwrap()[1] += puts.len();
        for Put { key, bytes, apart } in puts {
            assert!(apart.is_empty());
            self.kept.lock().unwrap().insert(*key, bytes.to_vec());
        }
        vec![None; puts.len()]
    }
}

/// A shelf on which everything stays where it was put.
#[derive(Debug, Default)]
struct Staying {
    kept: Mutex<HashMap<u64, (Vec<u8>, u32)>>,
    /// What is apart.
    bytes: Mutex<Vec<u8>>,
    /// How often something was read there.
    reads: AtomicUsize,
    lost: AtomicUsize,
}

impl Shelf for Staying {
    fn reads_apart(&self) -> bool {
        true
    }

    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)> {
        let (bytes, apart) = self.kept.lock().unwrap().get(&key).cloned()?;
        Some((bytes, Some(apart)))
    }

    fn put_each(&self, puts: &[Put<'_>]) -> Vec<Option<u32>> {
        let mut all = self.bytes.lock().unwrap();
        let mut put = |Put { key, bytes, apart }: &Put<'_>| {
            let begin = all.len() as u32;
            all.extend_from_slice(apart);
            self.kept.lock().unwrap().insert(*key, (bytes.to_vec(), begin));
            Some(begin)
        };
        puts.iter().map(&mut put).collect()
    }

    fn settle(&self) -> bool {
        true
    }

    fn read(&self, at: u32, bytes: &mut [u8]) -> bool {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let all = self.bytes.lock().unwrap();
        let there = all[at as usize..].get(..bytes.len());
        there.inspect(|there| bytes.copy_from_slice(there)).is_some()
    }

    fn lose(&self) {
        self.lost.fetch_add(1, Ordering::Relaxed);
    }
}

/// Reads texts again that nobody has touched.
#[derive(Debug)]
struct Untouched(Sources);

impl Reread for Untouched {
    fn read(&self, path: &HandbookPath) -> Option<SourceFile> {
        self.0.files().get(self.0.find(path)?).map(|file| SourceFile::clone(file))
    }
}

fn read_on(sources: &Sources, shelf: Arc<dyn Shelf>) -> (Handbook<Draft>, Report) {
    let mut report = Report::default();
    let mut kept = sources.clone().read_again_by(Arc::new(Untouched(sources.clone()))).kept_on(Some(shelf));
    (parse::again(&mut kept, &mut ParseMemory::default(), &mut report), report)
}

fn read(sources: &Sources, shelf: &Arc<Counting>) -> (Handbook<Draft>, Report, [usize; 2]) {
    *shelf.counts.lock().unwrap() = [0, 0];
    let (handbook, report) = read_on(sources, shelf.clone());
    let counts = *shelf.counts.lock().unwrap();
    (handbook, report, counts)
}

fn assert_is_clean(sources: &Sources, read: &(Handbook<Draft>, Report, [usize; 2])) {
    let mut report = Report::default();
    let clean = parse::all(sources, &mut report);
    // Which files there are is the same; what was let go of them is not.
    let kept = Handbook { files: clean.files.clone(), ..read.0.clone() };
    assert!(kept == clean, "the drafts are not what was parsed");
    assert_eq!(read.1, report);
}

fn example() -> Sources {
    discover(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content-example")), &[]).unwrap()
}

/// The same handbook with a file written anew, or with one more.
fn with(sources: &Sources, path: &str, text: &str) -> Sources {
    let path = HandbookPath::new(path).unwrap();
    let others = sources.iter().filter(|(_, file)| file.path != path).map(|(_, file)| file.clone());
    let file = SourceFile::from_bytes(path.clone(), text.as_bytes().to_vec());
    Sources::new(others.chain([file]).collect())
}

#[test]
fn running_text_stays_on_the_shelf() {
    fn texts(handbook: &Handbook<Draft>) -> Vec<String> {
        let lessons = handbook.lessons.iter().map(|lesson| &lesson.body);
        let bodies = lessons.chain(handbook.guides.iter().map(|guide| &guide.body));
        let bodies = bodies.chain(handbook.personas.iter().map(|persona| &persona.body));
        bodies.flat_map(|body| body.iter().map(|(_, prose)| prose.html().to_string())).collect()
    }
    let (sources, shelf) = (example(), Arc::new(Staying::default()));
    let clean = texts(&parse::all(&sources, &mut Report::default()));
    for round in ["of what was parsed", "of what was kept"] {
        let handbook = read_on(&sources, shelf.clone()).0;
        assert_eq!(shelf.reads.load(Ordering::Relaxed), 0, "{round}: nobody has looked at it");
        assert_eq!(texts(&handbook), clean, "{round}");
        let reads = shelf.reads.swap(0, Ordering::Relaxed);
        assert!(reads > clean.len() / 2, "{round}: {reads} were read of {}", clean.len());
    }
    assert_eq!(shelf.lost.load(Ordering::Relaxed), 0);

    let handbook = read_on(&sources, shelf.clone()).0;
    shelf.bytes.lock().unwrap().fill(b'x');
    for (lost, text) in texts(&handbook).iter().zip(&clean) {
        assert!(lost == text || lost.trim().is_empty() && lost.len() == text.len(), "{lost}");
    }
    assert!(shelf.lost.load(Ordering::Relaxed) > 0, "nobody was told");
}

#[test]
fn drafts_come_back_as_they_were() {
    let (sources, shelf) = (example(), Arc::default());
    let first = read(&sources, &shelf);
    assert_is_clean(&sources, &first);
    assert!(first.2[0] == 0 && first.2[1] > 100, "{:?}", first.2);
    let second = read(&sources, &shelf);
    assert_is_clean(&sources, &second);
    assert_eq!(second.2, [first.2[1], 0]);
}

#[test]
fn only_what_changed_is_parsed_wherever_it_stands() {
    let (sources, shelf) = (example(), Arc::default());
    let [_, all] = read(&sources, &shelf).2;
    // One file more: all others have other numbers.
    let more =
        with(&sources, "guides/00-before-all.md", "---\ntitle: Before all\n---\n\nA [map](map:appliance-life).\n");
    let one_more = read(&more, &shelf);
    assert_is_clean(&more, &one_more);
    assert_eq!(one_more.2, [all, 1]);
    // Something is wrong in it: that is said each time, and nothing is kept.
    let wrong = with(&more, "guides/00-before-all.md", "---\ntitle: Before all\nsumary: Slip\n---\n");
    for _ in 0..2 {
        let told = read(&wrong, &shelf);
        assert_is_clean(&wrong, &told);
        assert_eq!(told.2, [all, 0]);
        assert!(told.1.has_errors());
    }
}

#[test]
fn what_all_drafts_rest_on_makes_all_anew() {
    let (sources, shelf) = (example(), Arc::default());
    let [_, all] = read(&sources, &shelf).2;
    let settings = sources.text(sources.find(&HandbookPath::new("handbook.yaml").unwrap()).unwrap());
    assert!(settings.contains("stage-sets:"));
    let moved = with(&sources, "handbook.yaml", &settings.replace("stage-sets:", "# Moved.\nstage-sets:"));
    let after = read(&moved, &shelf);
    assert_is_clean(&moved, &after);
    assert_eq!(after.2, [0, all], "stages of a set point at where the set stands");
}

#[test]
fn spoilt_drafts_are_parsed_anew() {
    let (sources, shelf) = (example(), Arc::<Counting>::default());
    let [_, all] = read(&sources, &shelf).2;
    let spoil = |change: &dyn Fn(&mut Vec<u8>, usize)| {
        let mut kept = shelf.kept.lock().unwrap();
        let mut bytes: Vec<&mut Vec<u8>> = kept.values_mut().collect();
        bytes.iter_mut().enumerate().for_each(|(at, bytes)| change(bytes, at));
    };
    spoil(&|bytes, at| {
        let length = bytes.len();
        bytes[at * 7 % length] ^= 1 << (at % 8);
    });
    let flipped = read(&sources, &shelf);
    assert_is_clean(&sources, &flipped);
    assert_eq!(flipped.2[1], all);
    spoil(&|bytes, at| bytes.truncate(at % bytes.len()));
    assert_is_clean(&sources, &read(&sources, &shelf));
    // One that stands under another's number is not that one's.
    let mut kept = shelf.kept.lock().unwrap();
    let mut drafts: Vec<Vec<u8>> = kept.values().cloned().collect();
    drafts.rotate_left(1);
    kept.values_mut().zip(drafts).for_each(|(kept, other)| *kept = other);
    drop(kept);
    let swapped = read(&sources, &shelf);
    assert_is_clean(&sources, &swapped);
    assert_eq!(swapped.2[1], all);
}
