//! What an author hears: places, suggestions, and the commands that tell of them.

use std::path::Path;
use std::process::{Command, Output};

use expect_test::{Expect, expect};
use journeybook::compile::compile;
use journeybook::diag::{Code, show, suggest};
use journeybook::path::HandbookPath;
use journeybook::source::{SourceFile, Sources, Span};

#[test]
fn places_count_characters() {
    let cases: &[(&str, (usize, usize))] = &[
        ("here", (1, 1)),
        ("a\nb\n  here", (3, 3)),
        ("a\r\nb\r\nhere", (3, 1)),
        ("\u{feff}here", (1, 1)),
        ("\u{feff}a\r\n\there", (2, 2)),
        ("\t\there", (1, 3)),
        ("张敏：here", (1, 4)),
        ("\u{feff}张\r\n敏🦀 here", (2, 4)),
    ];
    for (text, (line, column)) in cases {
        let file = SourceFile::from_bytes(HandbookPath::new("index.md").unwrap(), text.as_bytes().to_vec());
        let sources = Sources::new(vec![file]);
        let (file, _) = sources.iter().next().unwrap();
        let at = sources.text(file).find("here").unwrap();
        let place = sources.place(Span::new(file, at, at + 4));
        assert_eq!((place.line, place.column), (*line, *column), "in {text:?}");
        assert!(!sources.text(file).starts_with('\u{feff}'), "a byte-order mark is no part of the text");
    }
}

#[test]
fn suggestions_are_slips_and_nothing_else() {
    let known = ["maya", "first-time-buyer", "small-landlord", "张敏", "a", "zhang-min"];
    let cases = [
        ("mayra", Some("maya")),
        ("amya", Some("maya")),
        ("MAYA", Some("maya")),
        ("fist-time-byuer", Some("first-time-buyer")),
        ("张民", Some("张敏")),
        ("zhagn-min", Some("zhang-min")),
        ("landlord", None),
        ("mei", None),
        ("b", None),
        ("", None),
    ];
    for (typed, near) in cases {
        assert_eq!(suggest::nearest(typed, known), near, "for {typed:?}");
    }
    assert_eq!(suggest::nearest("cat", ["bat", "hat"]), Some("bat"), "the first wins a tie");
}

#[test]
fn a_long_report_tells_two_hundred_and_counts_the_rest() {
    let stages: String = (0..250).map(|n| format!("  - {{ id: s{n}, title: Stage {n} }}\n")).collect();
    let file = |path: &str, text: String| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes());
    let map = file("maps/a-year.yaml", format!("title: A year\nkind: experience\noutcome: Well.\nstages:\n{stages}"));
    let sources = Sources::new(vec![map, file("handbook.yaml", "title: A handbook\n".to_owned())]);
    let (_, report) = compile(&sources);
    let text = show::text(&report.loud(), &sources, false);
    assert_eq!(text.matches("warning[empty-stage]").count(), 200);
    assert!(text.ends_with("… and 50 more\n"), "{}", &text[text.len() - 200..]);
}

#[test]
fn colours_are_only_where_they_are_wanted() {
    let sources = Sources::default();
    let (_, report) = compile(&sources);
    assert!(!show::text(&report, &sources, false).contains('\u{1b}'));
    assert!(show::text(&report, &sources, true).contains('\u{1b}'));
}

/// How many columns of a terminal a text takes: two for what is full width, none for a mark on the sign before.
fn columns(text: &str) -> usize {
    let width = |sign: char| match sign {
        '\u{300}'..='\u{36f}' | '\u{200b}' | '\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 2,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' => 2,
        '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    };
    text.chars().map(width).sum()
}

#[test]
fn carets_stand_below_what_they_are_about_whatever_stands_before() {
    // A line, and what in it is wrong.
    let lines = [
        ("[Mei](persona:mei)", "mei"),
        ("见[梅](persona:mei)。", "mei"),
        ("先叫名字，再说“要等多久”：见[梅](persona:mei)的一天。", "mei"),
        ("CSAT 配送 3 天，见[](persona:mei)", "mei"),
        ("（全角）ＡＢＣ１２３——见[](persona:mei)", "mei"),
        ("見て、カタカナとひらがな。[](persona:mei)", "mei"),
        ("안녕하세요 [](persona:mei)", "mei"),
        ("𠮷野家で [](persona:mei)", "mei"),
        ("e\u{301}te\u{301} [](persona:mei)", "mei"),
        ("见[梅](persona:梅林)。", "梅林"),
        ("再见[](persona:第一次来看牙的人)，明天见", "第一次来看牙的人"),
    ];
    for (line, wrong) in lines {
        let file =
            |path: &str, text: String| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes());
        let sources = Sources::new(vec![
            file("guides/a.md", format!("---\ntitle: A\n---\n\n{line}\n")),
            file("handbook.yaml", "title: H\n".to_owned()),
        ]);
        let (_, report) = compile(&sources);
        let told = show::text(&report, &sources, false);
        let shown = told.lines().find(|told| told.starts_with("5 | ")).unwrap_or_else(|| panic!("{told}"));
        let carets = told.lines().find(|told| told.trim_start_matches([' ', '|']).starts_with('^')).unwrap();
        let before = &shown[..shown.rfind(wrong).unwrap_or_else(|| panic!("{told}"))];
        assert_eq!(columns(&carets[..carets.find('^').unwrap()]), columns(before), "\n{told}");
        assert_eq!(carets.matches('^').count(), columns(wrong), "\n{told}");
    }
}

#[test]
fn check_tells_programs_in_json() {
    let folder = handbook(&[
        ("handbook.yaml", "title: 河门诊所\ntheme: defalt\n"),
        (
            "maps/first-visit.yaml",
            "title: A first visit\nkind: experience\noutcome: Well.\nstages:\n  - { id: wait, title: Wait }\n",
        ),
        ("personas/rosa.md", "\u{feff}---\r\ntitle: Rosa\r\n---\r\n见[她](persona:rosy)。\r\n"),
    ]);
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    shows(
        &serde_json::to_string_pretty(&told).unwrap(),
        expect![[r#"
            {
              "diagnostics": [
                {
                  "code": "unknown-theme",
                  "end": {
                    "column": 14,
                    "line": 2
                  },
                  "file": "handbook.yaml",
                  "help": [
                    "did you mean `default`?"
                  ],
                  "message": "no theme is called `defalt`",
                  "severity": "error",
                  "start": {
                    "column": 8,
                    "line": 2
                  }
                },
                {
                  "code": "map-without-purpose",
                  "end": {
                    "column": 1,
                    "line": 1
                  },
                  "file": "maps/first-visit.yaml",
                  "help": [
                    "add `purpose:`, what shall be better or decided with it, in a sentence"
                  ],
                  "message": "this map does not say what it is for",
                  "severity": "note",
                  "start": {
                    "column": 1,
                    "line": 1
                  }
                },
                {
                  "code": "map-without-owner",
                  "end": {
                    "column": 1,
                    "line": 1
                  },
                  "file": "maps/first-visit.yaml",
                  "help": [
                    "add `owner:` with the id of a team"
                  ],
                  "message": "nobody keeps this map true",
                  "severity": "note",
                  "start": {
                    "column": 1,
                    "line": 1
                  }
                },
                {
                  "code": "map-without-review",
                  "end": {
                    "column": 1,
                    "line": 1
                  },
                  "file": "maps/first-visit.yaml",
                  "help": [
                    "add `reviewed:` with the day on which somebody compared it with what happens"
                  ],
                  "message": "nobody has said when this map was last looked at",
                  "severity": "note",
                  "start": {
                    "column": 1,
                    "line": 1
                  }
                },
                {
                  "code": "empty-stage",
                  "end": {
                    "column": 15,
                    "line": 5
                  },
                  "file": "maps/first-visit.yaml",
                  "help": [
                    "add `steps:`, or take the stage out"
                  ],
                  "message": "nothing happens in the stage `wait`",
                  "severity": "warning",
                  "start": {
                    "column": 11,
                    "line": 5
                  }
                },
                {
                  "code": "unknown-persona",
                  "end": {
                    "column": 18,
                    "line": 4
                  },
                  "file": "personas/rosa.md",
                  "help": [
                    "did you mean `rosa`?"
                  ],
                  "message": "no persona is called `rosy`",
                  "severity": "error",
                  "start": {
                    "column": 14,
                    "line": 4
                  }
                }
              ]
            }"#]],
    );
}

#[test]
fn a_handbook_without_mistakes_is_an_empty_list() {
    let folder = handbook(&[("handbook.yaml", "title: Linden Library\n")]);
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "{\"diagnostics\":[]}\n"));
}

#[test]
fn the_exit_code_says_whose_trouble_it_is() {
    let fine = handbook(&[("handbook.yaml", "title: Linden Library\n")]);
    let warned = handbook(&[("handbook.yaml", "title: Linden Library\n"), ("notes.md", "Not yet.\n")]);
    let wrong = handbook(&[("handbook.yaml", "titel: Linden Library\n")]);
    let nowhere = fine.path().join("nowhere");
    for command in ["check", "build"] {
        assert_eq!(run(&[command], fine.path()).status.code(), Some(0), "{command}: nothing is wrong");
        assert_eq!(run(&[command], warned.path()).status.code(), Some(0), "{command}: a warning stops nobody");
        assert_eq!(run(&[command], wrong.path()).status.code(), Some(1), "{command}: the handbook has errors");
        let absent = Command::new(env!("CARGO_BIN_EXE_journeybook")).arg(command).arg(&nowhere).output().unwrap();
        assert_eq!(absent.status.code(), Some(2), "{command}: there is no such folder");
        assert!(text(&absent.stderr).contains("nowhere"), "the message names the folder: {}", text(&absent.stderr));
    }
    assert_eq!(run(&["chekc"], fine.path()).status.code(), Some(2), "there is no such command");
    assert_eq!(run(&["--help"], fine.path()).status.code(), Some(0), "help is no mistake");
    assert!(!wrong.path().join("site").exists(), "a build with errors writes nothing");
    assert!(fine.path().join("site/index.html").is_file(), "a build without errors writes the front page");
}

#[test]
fn explain_prints_a_codes_page_word_for_word() {
    let here = Path::new(".");
    for code in [Code::UnknownPersona, Code::NotUtf8, Code::TemplateError] {
        let output = run(&["explain", code.name()], here);
        assert_eq!((output.status.code(), text(&output.stdout).trim_end()), (Some(0), code.page().trim_end()));
    }
    let unknown = run(&["explain", "unknown-persna"], here);
    assert_eq!((unknown.status.code(), text(&unknown.stdout)), (Some(2), ""));
    assert!(text(&unknown.stderr).contains("did you mean `unknown-persona`?"), "{}", text(&unknown.stderr));
    let all = run(&["explain"], here);
    let listed: Vec<&str> = text(&all.stdout).lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed, Code::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}

#[test]
fn a_new_handbook_has_nothing_to_mend_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(&["new", "bakery"], folder.path());
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let checked = run(&["check", "bakery"], folder.path());
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    assert!(text(&checked.stderr).contains("nothing to mend"), "{}", text(&checked.stderr));
    let built = run(&["build", "bakery", "--out", "out"], folder.path());
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    for page in ["index.html", "maps/ordering-a-cake.html", "personas/party-planner.html", "404.html"] {
        assert!(folder.path().join("out").join(page).is_file(), "there is no {page}");
    }
    let again = run(&["new", "bakery"], folder.path());
    assert_eq!(again.status.code(), Some(2), "nobody's files are written over");
}

fn shows(actual: &str, expected: Expect) {
    expected.assert_eq(actual);
}

/// A folder with these files.
fn handbook(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Runs the program in a folder.
fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_journeybook")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
