//! What a preview keeps: no more than there is room for, however much is asked for, and the last word before a plain reader
//! takes a page for good.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use journeybook::compile::{Memory, again};
use journeybook::path::HandbookPath;
use journeybook::serve::{Build, Event};
use journeybook::source::{SourceFile, Sources};

use crate::previewing::{LONG, Preview, build_of, read_answer, write_handbook};

fn guide(number: usize) -> String {
    format!("---\ntitle: Guide {number}\nsummary: A guide.\n---\n\n{}\n", format!("It says {number}. ").repeat(300))
}

fn built(told: impl IntoIterator<Item = Event>) -> Option<Arc<Build>> {
    let builds = told.into_iter().filter_map(|event| match event {
        Event::Built(build) => Some(build),
        _ => None,
    });
    builds.last()
}

#[test]
fn whoever_reads_everything_fills_no_memory() {
    const KEEP: usize = 75_000;
    let folder = tempfile::tempdir().unwrap();
    let handbook = folder.path().join("handbook");
    write_handbook(&handbook, "Welcome.");
    fs::create_dir(handbook.join("guides")).unwrap();
    (0..40).for_each(|number| fs::write(handbook.join(format!("guides/g{number}.md")), guide(number)).unwrap());
    let mut preview = Preview::start(folder, handbook, |options| options.keep = KEEP);
    let build = built(preview.told.drain(..)).unwrap();
    let read = |number: usize| preview.ask(&format!("GET /guides/g{number}.html"), "");
    let mut size = 0;
    let mut first = Vec::new();
    for number in 0..40 {
        let page = read(number);
        assert_eq!(page.status, 200);
        assert!(build.kept() <= KEEP, "{} bytes are kept", build.kept());
        size += page.body.len();
        first.push(page.body);
    }
    assert!(size > 4 * KEEP, "the test asks for too little: {size}");
    assert!(build.kept() > 0, "something is kept");
    // What made room is made again, and is the same.
    for (number, body) in first.iter().enumerate() {
        assert!(read(number).body == *body, "guide {number}");
    }
}

#[test]
fn a_page_that_missed_too_much_is_loaded_anew() {
    let preview = Preview::of("Welcome.");
    let long_ago = preview.shown();
    let ask = |since: &str| preview.ask(&format!("GET /__journeybook/changes?since={since}"), "").text();
    preview.write("assets/one.txt", "a first word");
    preview.says("/assets/one.txt", "a first word", true);
    // What is new was in the table before it was announced, perhaps.
    while preview.events.recv_timeout(Duration::from_millis(500)).is_ok() {}
    assert!(ask(&long_ago).contains("\nsome\nassets/one.txt\n"), "{}", ask(&long_ago));
    for number in 0..600 {
        preview.write(&format!("assets/many-{number}.txt"), "one of many");
    }
    preview.says("/assets/many-599.txt", "one of many", true);
    let end = Instant::now() + LONG;
    while !ask(&long_ago).ends_with("\nall\n") {
        assert!(Instant::now() < end, "{}", ask(&long_ago));
        thread::sleep(Duration::from_millis(20));
    }
    // Who is up to date hears of what changes from now on, as ever.
    while preview.events.recv_timeout(Duration::from_millis(500)).is_ok() {}
    let now = preview.shown();
    preview.write("assets/one.txt", "one more");
    // The file itself comes from the disk: its new words may be had before anybody is told.
    let end = Instant::now() + LONG;
    while !ask(&now).contains("\nsome\nassets/one.txt\n") {
        assert!(Instant::now() < end, "{}", ask(&now));
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_page_on_which_somebody_searches_hears_of_other_words_in_the_box() {
    let preview = Preview::of("Welcome.");
    let first = preview.shown();
    let ask = |since: &str| preview.ask(&format!("GET /__journeybook/changes?since={since}"), "").text();
    // Words that stand in the box alone.
    fs::create_dir_all(preview.handbook().join("themes/default/strings")).unwrap();
    preview.write("themes/default/strings/en.yaml", "search_more: Still more of them\n");
    preview.says("/search/en/box.js", "Still more of them", true);
    while preview.events.recv_timeout(Duration::from_millis(500)).is_ok() {}
    assert!(ask(&first).contains("\nsome\nsearch/en/box.js\n"), "{}", ask(&first));
    let second = preview.shown();
    preview.write("index.md", "---\ntitle: Harbor Home\nsummary: Ours.\n---\n\nWelcome back.\n");
    preview.says("/", "Welcome back.", true);
    while preview.events.recv_timeout(Duration::from_millis(500)).is_ok() {}
    assert!(ask(&second).ends_with("\nsome\n"), "{}", ask(&second));
}

/// What is said early of a handbook, and in the end: whether there are errors, and whether the rest may hold some.
fn verdict(files: &[(&str, &str)]) -> (bool, bool, bool) {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let site = again(&Sources::new(files.iter().map(file).collect()), &mut Memory::new());
    let verdict = site.verdict();
    (verdict.early().has_errors(), verdict.report().has_errors(), verdict.may_worsen())
}

#[test]
fn errors_that_checks_find_are_known_early() {
    let bare = ("handbook.yaml", "title: Harbor\n");
    let circle = "maya: { title: Maya, part-of: kim }\nkim: { title: Kim, part-of: maya }\n";
    assert_eq!(verdict(&[bare, ("teams.yaml", circle)]), (true, true, false), "teams in a circle");
    let stages = "stages:\n  - id: s\n    title: S\n    steps: [{ id: a, action: A }]\n";
    let baseline = format!("title: M\nkind: future-state\nbaseline: m\n{stages}");
    let (early, all, may) = verdict(&[bare, ("maps/m.yaml", baseline.as_str())]);
    assert!(early == all && !may, "a map that is its own baseline: {early}, {all}");
    assert_eq!(verdict(&[bare]), (false, false, false));
}

#[test]
fn a_rule_that_is_made_an_error_is_waited_for() {
    let broken = "title: M\nkind: experience\nstages:\n  - { id: s, title: S, steps: [] }\n";
    let strict = ("handbook.yaml", "title: Harbor\nchecks: { empty-stage: { level: error, reason: So. } }\n");
    assert_eq!(verdict(&[strict, ("maps/m.yaml", broken)]), (false, true, true));

    // Many maps, so that the rules take their time; a link checker never sees a good status on the page that breaks them.
    let folder = tempfile::tempdir().unwrap();
    let handbook = folder.path().join("handbook");
    write_handbook(&handbook, "Welcome.");
    fs::create_dir(handbook.join("maps")).unwrap();
    fs::write(
        handbook.join("handbook.yaml"),
        "title: Harbor\nchecks: { empty-stage: { level: error, reason: So. } }\n",
    )
    .unwrap();
    let steps = "steps: [{ id: a, action: Calls }, { id: b, action: Waits }]";
    let whole = format!("title: M\nkind: experience\nstages:\n  - id: s\n    title: S\n    {steps}\n");
    (0..400).for_each(|number| fs::write(handbook.join(format!("maps/m{number}.yaml")), &whole).unwrap());
    let preview = Preview::start(folder, handbook, |_| {});
    let done = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let (port, done) = (preview.port, &done);
        let reader = scope.spawn(move || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
                stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
                let answer = read_answer(stream);
                let number: u64 = build_of(&answer).rsplit('-').next().unwrap().parse().unwrap();
                seen.insert((number.div_ceil(2), answer.status));
            }
            seen
        });
        for round in 0..6 {
            let text = if round % 2 == 0 { broken } else { whole.as_str() };
            fs::write(preview.handbook().join("maps/m0.yaml"), text).unwrap();
            preview.says("/", "journeybook-overlay", round % 2 == 0);
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    let mut red = BTreeSet::new();
    while let Ok(event) = preview.events.recv_timeout(Duration::from_millis(500)) {
        if let Event::Built(build) = event
            && build.report().has_errors()
        {
            red.insert(build.count());
        }
    }
    assert!(red.len() >= 3 && seen.iter().any(|(build, _)| red.contains(build)), "{red:?}, {seen:?}");
    for (build, status) in seen {
        assert_eq!(status, if red.contains(&build) { 500 } else { 200 }, "build {build} of {red:?}");
    }
}
