//! The day is an input: it decides what is overdue, and nothing else makes two builds differ.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use journeybook::date::Date;
use journeybook::serve::{Build, Event, Options, serve_until};

use tempfile::TempDir;

use crate::git::git;

fn handbook() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("handbook.yaml"), "title: Harbor\n").unwrap();
    fs::create_dir(folder.path().join("guides")).unwrap();
    let guide = "---\ntitle: A\nreviewed: 2026-03-12\nreview-every: 6 months\n---\n";
    fs::write(folder.path().join("guides/a.md"), guide).unwrap();
    folder
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_journeybook"))
        .arg(arguments[0])
        .arg(folder)
        .args(&arguments[1..])
        .output()
        .unwrap()
}

/// Every file of a site by its path.
fn built(folder: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = TempDir::new().unwrap();
    let site = out.path().join("site");
    let output = run(&[&["build", "-o", site.to_str().unwrap()], more].concat(), folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = BTreeMap::new();
    let mut folders = vec![site.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    drop(files.insert(
                        path.strip_prefix(&site).unwrap().to_str().unwrap().to_owned(),
                        fs::read(&path).unwrap(),
                    ))
                }
            }
        }
    }
    files
}

fn overdue(files: &BTreeMap<String, Vec<u8>>) -> bool {
    String::from_utf8_lossy(&files["guides/a.html"]).contains("Review overdue since")
}

#[test]
fn the_same_day_gives_the_same_site_and_another_day_another() {
    let folder = handbook();
    let before = built(folder.path(), &["--today", "2026-09-12"]);
    let after = built(folder.path(), &["--today", "2026-09-13"]);
    assert_eq!(after, built(folder.path(), &["--today", "2026-09-13"]));
    assert!(!overdue(&before) && overdue(&after));
    // Left out, it is the newest day that the handbook names, whatever day it is.
    let silent = built(folder.path(), &[]);
    assert!(!overdue(&silent));
    assert_eq!(silent, built(folder.path(), &["--today", "2026-03-12"]));
}

#[test]
fn anything_but_a_day_is_refused_in_so_many_words() {
    let folder = handbook();
    for command in ["build", "check", "serve"] {
        for typed in ["tomorrow", "2026-13-01", "2026-02-30", "2026-09", "12.09.2026", ""] {
            let output = run(&[command, "--today", typed], folder.path());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{command} {typed}: {said}");
            assert!(
                said.contains("a day is written as year, month and day, such as `2026-09-12`"),
                "{command} {typed}: {said}"
            );
        }
    }
    assert!(!folder.path().join("site").exists());
    assert!(run(&["check", "--today", "2026-09-12"], folder.path()).status.success());
}

#[test]
fn the_help_of_each_command_says_which_day_it_takes_otherwise() {
    for (command, day) in [
        ("build", "the newest day in the handbook"),
        ("check", "the newest day in the handbook"),
        ("serve", "the real day"),
    ] {
        let help = Command::new(env!("CARGO_BIN_EXE_journeybook")).args([command, "--help"]).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        assert!(
            help.contains("--today <YYYY-MM-DD>")
                && help.split_whitespace().collect::<Vec<_>>().join(" ").contains(&format!("[default: {day}]")),
            "{help}"
        );
    }
}

/// A preview in a thread of its own: its builds, and what ends it.
fn preview(folder: &Path, today: Option<Date>) -> (Receiver<Arc<Build>>, tokio::sync::oneshot::Sender<()>) {
    let (send, builds) = channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let options = Options { port: 0, today, ..Options::new(folder) };
    std::thread::spawn(move || {
        let show = |event| {
            if let Event::Built(build) = event {
                drop(send.send(build));
            }
        };
        serve_until(&options, &show, async {
            drop(stopped.await);
        })
    });
    (builds, stop)
}

/// Far longer than a build takes.
const LONG: Duration = Duration::from_secs(20);

fn real_day() -> Date {
    Date::parse(&jiff::ZonedDateTime::now().date().to_string()).unwrap()
}

#[test]
fn a_preview_is_as_of_the_day_given_or_else_of_the_real_one() {
    let folder = handbook();
    let day = Date::parse("2031-02-03").unwrap();
    let (builds, _stop) = preview(folder.path(), Some(day));
    assert_eq!(builds.recv_timeout(LONG).unwrap().sources().today(), Some(day));
    let before = real_day();
    let (builds, _stop) = preview(folder.path(), None);
    let seen = builds.recv_timeout(LONG).unwrap().sources().today().unwrap();
    assert!(before <= seen && seen <= real_day());
}

#[test]
fn a_preview_hears_of_a_commit_with_its_next_build() {
    let folder = handbook();
    let git = |arguments: &[&str]| git(folder.path(), arguments);
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "One"]);
    let (builds, _stop) = preview(folder.path(), None);
    let newest = |build: &Build| build.sources().history().unwrap().commits[0].subject.clone();
    assert_eq!(newest(&builds.recv_timeout(LONG).unwrap()), "One");
    let guide = folder.path().join("guides/a.md");
    fs::write(&guide, "---\ntitle: B\n---\n").unwrap();
    assert_eq!(newest(&builds.recv_timeout(LONG).unwrap()), "One");
    git(&["commit", "-qam", "Two"]);
    fs::write(&guide, "---\ntitle: C\n---\n").unwrap();
    assert_eq!(newest(&builds.recv_timeout(LONG).unwrap()), "Two");
}
