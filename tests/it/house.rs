//! House rules: what the architecture page promises, held to.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, ground floor first. A room names only rooms before it.
const FLOORS: [&str; 22] = [
    "hash", "bytes", "scan", "path", "date", "history", "source", "original", "parallel", "diag", "model", "compare",
    "parse", "resolve", "checks", "search", "views", "render", "compile", "disk", "serve", "cli",
];

/// Each outside crate and the room it lives in; one that only writes may have two.
const HOMES: [(&str, &str); 24] = [
    ("aho_corasick", "resolve"),
    ("ammonia", "parse"),
    ("annotate_snippets", "diag"),
    ("axum", "serve"),
    ("clap", "cli"),
    ("csv", "parse"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("granit_parser", "parse"),
    ("jiff", "serve"),
    ("memchr", "render"),
    ("notify", "serve"),
    ("pinyin", "views"),
    ("pulldown_cmark", "parse"),
    ("rayon", "parallel"),
    ("rustc_hash", "hash"),
    ("rustix", "disk"),
    ("schemars", "views"),
    // What a view says of itself, and what reads that.
    ("serde", "views render"),
    // Data for programs, and the report of `check`.
    ("serde_json", "render cli"),
    ("tera", "render"),
    ("tokio", "serve"),
    ("url", "parse"),
    ("walkdir", "disk"),
];

/// Files a newcomer meets first.
const LONGEST_FILE: usize = 450;

#[test]
fn no_room_reaches_upstairs() {
    for (floor, room) in FLOORS.iter().enumerate() {
        for (path, code) in code_of(room) {
            for upstairs in &FLOORS[floor + 1..] {
                assert!(
                    !rooms_named(&code).contains(upstairs),
                    "{} is in `{room}` and names `{upstairs}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_room_is_on_a_floor() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let room = name.trim_end_matches(".rs");
        assert!(FLOORS.contains(&room) || matches!(room, "lib" | "main"), "`{room}` is on no floor");
    }
}

#[test]
fn every_outside_crate_has_one_home() {
    for (outside, home) in HOMES {
        for room in FLOORS.iter().filter(|room| home.split(' ').all(|home| home != **room)) {
            for (path, code) in code_of(room) {
                assert!(
                    !names(&code, &format!("{outside}::")),
                    "{} names `{outside}`, whose home is `{home}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for file in rust_files(&root().join("src")).into_iter().chain(rust_files(&root().join("tests"))) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with `//!`", file.display());
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST_FILE || file.starts_with(root().join("tests")),
            "{} has {lines} lines: it wants to be two",
            file.display()
        );
    }
}

#[test]
fn the_guide_to_writing_names_every_key() {
    let guide = fs::read_to_string(root().join("content-example/guides/07-writing-this-handbook.md")).unwrap();
    let mut keys = 0;
    for (path, code) in code_of("parse") {
        // Whatever is asked of a mapping: `fields.text("title", …)`, `asset(&mut fields, "logo", …)`.
        for (at, fields) in code.match_indices("fields") {
            let call = code[at + fields.len()..].split(')').next().unwrap_or("");
            let is_key = |word: &&str| call.starts_with(['.', ',']) && !word.contains(' ');
            let Some(key) = call.split('"').nth(1).filter(is_key) else { continue };
            keys += 1;
            let named = [format!("`{key}`"), format!("{key}:")].iter().any(|written| guide.contains(written));
            assert!(named, "{} asks for `{key}`, and the guide does not name it", path.display());
        }
    }
    assert!(keys > 80, "only {keys} keys were found in the parsers");
}

#[test]
fn nothing_is_left_to_do() {
    for file in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        for stray in ["todo!", "unimplemented!", "dbg!", "FIXME", "TODO"] {
            assert!(!text.contains(stray), "{} has a stray `{stray}`", file.display());
        }
    }
}

#[test]
fn the_readme_names_commands_that_are_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for command in ["cargo run --release -- serve content-example", "tests/run"] {
        assert!(readme.contains(command), "the README does not name `{command}`");
    }
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_journeybook")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for command in ["new", "build", "serve", "check", "explain"] {
        assert!(readme.contains(&format!("journeybook {command}")), "the README does not show `journeybook {command}`");
        assert!(help.contains(&format!("  {command}")), "the help does not list `{command}`");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The code of a room, file by file, without comments.
fn code_of(room: &str) -> Vec<(PathBuf, String)> {
    let folder = root().join("src").join(room);
    let file = root().join("src").join(format!("{room}.rs"));
    let files = if folder.is_dir() { rust_files(&folder) } else { vec![file] };
    let code = |path: &Path| {
        fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(|line| line.split("//").next().unwrap_or(""))
            .collect::<Vec<_>>()
            .join("\n")
    };
    files.into_iter().map(|path| (path.clone(), code(&path))).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The rooms that the code names: `crate::room` and those in `crate::{room::Thing, room}`.
fn rooms_named(code: &str) -> Vec<&str> {
    let first_word = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let mut rooms = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            rooms.push(&rest[..first_word(rest)]);
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && c.is_alphabetic() => {
                    rooms.push(&group[at..][..first_word(&group[at..])]);
                    begins = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

#[test]
fn rooms_are_found_wherever_they_are_named() {
    let code = "use crate::diag::{Code, Report};\nuse crate::{checks, parse::{a, b}, views as v};\nfn f() { crate::serve::go() }";
    assert_eq!(rooms_named(code), ["diag", "checks", "parse", "views", "serve"]);
}

/// Whether the code names `word`, and not merely something that ends in it.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !inside(before) && (word.ends_with("::") || !inside(after)) && before != Some(':')
    })
}
