//! Huge files cost in proportion: four times as much of the same takes about four times as long, and nothing is nested so
//! deeply that it breaks us. What is refused is refused at a place.

use std::time::{Duration, Instant};

use journeybook::compile::compile;
use journeybook::diag::Place;
use journeybook::path::HandbookPath;
use journeybook::source::{SourceFile, Sources};

/// How much longer four times the work may take: 4 were even, 16 were the square.
const MOST: f64 = 9.0;
/// What takes less than this tells nothing about proportions.
const SHORT: Duration = Duration::from_millis(40);

fn sources(path: &str, text: String) -> Sources {
    let persona = "---\ntitle: Mei\n---\n".to_owned();
    let course = "title: Course\n".to_owned();
    let files = [
        ("handbook.yaml", "title: Huge\n".to_owned()),
        ("personas/mei.md", persona),
        ("training/course/course.yaml", course),
        (path, text),
    ];
    let file = |(path, text): (&str, String)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into());
    Sources::new(files.into_iter().map(file).collect())
}

/// Builds everything, all pages and data included.
fn build(sources: &Sources) {
    let (site, report) = compile(sources);
    let failed = site.check();
    assert!(failed.is_empty(), "a template fails");
    // A report may hold a mistake for each line; nobody is shown them all, but all are sorted.
    assert!(report.iter().count() < usize::MAX);
}

fn took(sources: &Sources) -> Duration {
    let begun = Instant::now();
    build(sources);
    begun.elapsed()
}

/// Other tests run beside this one: what grows too fast does so every time, a busy moment passes.
fn grows_in_proportion(path: &str, times: usize, text: impl Fn(usize) -> String) {
    stays_below(&sources(path, text(times)), &sources(path, text(4 * times)));
}

/// Whether four times the text takes about four times as long.
fn stays_below(small: &Sources, large: &Sources) {
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (once, four) = (took(small), took(large));
        if four.as_secs_f64() < MOST * once.max(SHORT).as_secs_f64() {
            return;
        }
        seen.push((once, four));
    }
    panic!("four times as much takes more than {MOST} times as long: {seen:?}");
}

fn lesson(body: impl Fn(usize) -> String) -> impl Fn(usize) -> String {
    move |times| format!("---\ntitle: Lesson\n---\n\n{}", body(times))
}

const LESSON: &str = "training/course/01-lesson.md";
const MAP: &str = "maps/map.yaml";

#[test]
fn much_markdown() {
    let paragraph = "We wait for [nobody](https://example.org) and *then* call `us` again, at half past nine.\n\n";
    grows_in_proportion(LESSON, 1000, lesson(|times| paragraph.repeat(times)));
    grows_in_proportion(LESSON, 20_000, lesson(|times| "word ".repeat(times)));
    grows_in_proportion(LESSON, 2000, lesson(|times| format!("|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(times))));
}

#[test]
fn many_headings_with_the_same_words() {
    grows_in_proportion(LESSON, 1000, lesson(|times| "## The same\n\n".repeat(times)));
}

#[test]
fn deep_quotes_and_lists() {
    for sign in [">", "> ", "- ", "1. "] {
        grows_in_proportion(LESSON, 20_000, lesson(|times| format!("{}deep\n", sign.repeat(times))));
    }
    let stairs = |times: usize| (0..times).map(|at| format!("{}- x\n", "  ".repeat(at))).collect::<String>();
    // The text of a staircase grows with the square of its steps: twice the steps are four times the text.
    stays_below(&sources(LESSON, lesson(stairs)(300)), &sources(LESSON, lesson(stairs)(600)));
}

#[test]
fn runs_of_signs() {
    let runs = [
        "*a **b ",
        "**中文。**后",
        "中**文。",
        "[",
        "[[[[",
        "![",
        "<",
        "<b>",
        "a <!-- ",
        "&",
        "~~a ",
        "`a``b",
        "a[^x] ",
    ];
    for run in runs {
        grows_in_proportion(LESSON, 2000, lesson(|times| format!("{}\n\n[^x]: note\n", run.repeat(times))));
    }
    let pairs = [("[", "](map:map)"), ("**a ", "b** "), ("[", "]"), ("<div>", "</div>"), ("(", ")")];
    for (open, close) in pairs {
        grows_in_proportion(LESSON, 2000, lesson(|times| open.repeat(times) + &close.repeat(times)));
    }
}

#[test]
fn many_mistakes() {
    grows_in_proportion(LESSON, 1000, lesson(|times| "[a](persona:nobody) ".repeat(times)));
    grows_in_proportion(MAP, 1000, |times| (0..times).map(|at| format!("key-{at}: value\n")).collect());
    grows_in_proportion(MAP, 2000, |times| "title: Twice\n".repeat(times));
}

#[test]
fn a_map_of_many_steps() {
    let map = |stages: usize| {
        let step = |stage, at| {
            let (feels, next) = (at as i32 % 5 - 2, (stage + at) % (stages * 5));
            format!(
                "      - id: step-{stage}-{at}\n        action: Waits and calls for the {at}th time\n        \
                 feels: {feels}\n        thinks: Will they come?\n        pains: [Nobody knows]\n        \
                 leads-to: [step-{}-{}]\n",
                next / 5,
                next % 5
            )
        };
        let stage = |stage| {
            let steps: String = (0..5).map(|at| step(stage, at)).collect();
            format!("  - id: stage-{stage}\n    title: Stage {stage}\n    steps:\n{steps}")
        };
        let stages: String = (0..stages).map(stage).collect();
        format!("title: Map\nkind: current-state\npersona: mei\nstages:\n{stages}")
    };
    // 125 and 500 steps.
    grows_in_proportion(MAP, 25, map);
}

#[test]
fn much_yaml() {
    let step = "title: Map\nkind: current-state\npersona: mei\nstages:\n  - id: a\n    title: A\n    steps:\n      - id: b\n        action: Waits\n";
    grows_in_proportion(MAP, 20_000, |times| format!("{step}        thinks: \"{}\"\n", "word ".repeat(times)));
    grows_in_proportion(MAP, 1000, |times| {
        format!("{step}        pains:\n{}", "          - It hurts that nobody calls back\n".repeat(times))
    });
    let entry = |at| format!("term-{at}:\n  title: Term {at}\n  definition: It means {at}\n");
    grows_in_proportion("glossary.yaml", 500, |times| (0..times).map(entry).collect());
}

#[test]
fn deep_yaml_is_refused_at_its_place() {
    for (deep, line) in [
        (format!("title: {}\n", "[".repeat(100_000)), 1),
        (format!("title: {}\n", "{a: ".repeat(100_000)), 1),
        (format!("title:\n  {}x\n", "- ".repeat(100_000)), 2),
        ((0..2000).map(|at| format!("{}a:\n", " ".repeat(at))).collect(), 65),
    ] {
        let sources = sources(MAP, deep);
        let (_, report) = compile(&sources);
        let refused = report.iter().find(|found| found.message.contains("nested more than"));
        let Place::Source(span) = refused.expect("it is said how deep values may be nested").place else {
            panic!("it is said where")
        };
        assert_eq!((sources.path(span.file).as_str(), sources.place(span).line), (MAP, line));
    }
}
