//! Whatever stands in a handbook's files, `compile` comes back with a report that can be shown.
//!
//! Each test replaces files of a whole handbook, so that what one file breaks is met by those that link to it.

use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::disk::discover;
use journeybook::path::HandbookPath;
use journeybook::source::{Content, SourceFile, Sources};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What YAML and Markdown are made of, and what trips parsers.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "---\n", "\n", "\r\n", "\t", " ", "  ", "- ", ": ", "：", "key", "title", "stages", "steps", "id", "feels", "-2", "1e999", "[", "]",
    "{", "}", "\"", "'", "#", "&a ", "*a", "<<: *a", "? ", "!!int ", "| \n", "> ", "%YAML 1.2\n", "```map\n", "```quiz\n", "```\n", "# ",
    "## 张敏 {#x}\n", "**", "_", "`", "[](persona:party-planner)", "[x](", "map:ordering-a-cake#", ")", "![", "<div>", "</div>", "<!--",
    "<script", "[^1]", "[^1]: ", "| a | b |\n", "|---|---|\n", "~~", "\\", "&amp;", "https://", "javascript:", "../", "/", "%E4%BD", "张敏",
    "é", "e\u{301}", "\u{feff}", "\u{0}", "\u{2028}", "🦀", "2026-02-30", "date,value\n", "2026-01,", ",", "a, b",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_of_any_kind_are_survived(place in any::<Index>(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&with_one(&starter(), &place, bytes));
    }

    #[test]
    fn tokens_in_any_order_are_survived(places in prop::collection::vec(any::<Index>(), 1..4), text in text_of_tokens()) {
        let mut sources = starter();
        for place in &places {
            sources = with_one(&sources, place, text.clone().into_bytes());
        }
        survives(&sources);
    }

    #[test]
    fn tokens_within_a_file_are_survived(place in any::<Index>(), at in any::<Index>(), text in text_of_tokens()) {
        let sources = starter();
        let (path, before) = place.get(&texts(&sources)).clone();
        let (head, tail) = before.split_at(before.floor_char_boundary(at.index(before.len() + 1)));
        survives(&with(&sources, |file| (file == path).then(|| format!("{head}{text}{tail}"))));
    }

    #[test]
    fn a_handbook_cut_short_is_survived(cut in any::<Index>()) {
        // Every file is cut at the same share of its length, so that few runs cut all of them in many places.
        let share = cut.index(1000);
        let sources = discover(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content-example")), &[]).unwrap();
        let texts = texts(&sources);
        survives(&with(&sources, |path| {
            let (_, text) = texts.iter().find(|(known, _)| known == path)?;
            Some(text[..text.floor_char_boundary(text.len() * share / 1000)].to_owned())
        }));
    }
}

#[test]
fn every_file_of_the_starter_cut_short_is_survived() {
    let sources = starter();
    for (path, text) in texts(&sources) {
        for share in [1, 3, 5, 7] {
            let cut = &text[..text.floor_char_boundary(text.len() * share / 8)];
            survives(&with(&sources, |file| (file == path).then(|| cut.to_owned())));
        }
    }
}

#[test]
fn nesting_without_end_is_survived() {
    let many = |text: &str| text.repeat(100_000 / text.len());
    // Each tag that is left out is told of, and finding so many places takes its time.
    let some = |text: &str| text.repeat(5_000 / text.len());
    let laughs: String = (1..30).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
    let markdown = [
        "> ", "- ", "1. ", "[", "![", "*", "**a ", "`", "<div>", "<b>", "</b>", "[a](", "[^1]", "| a ", "<!--", "~~",
        "é",
    ];
    let mut hostile = vec![
        many("["),
        many("{a: "),
        many("- "),
        many("? "),
        many("a: "),
        many("\""),
        many("&a "),
        many(" "),
        many("\n"),
    ];
    hostile.push(format!("a0: &a0 x\n{laughs}"));
    hostile.push((0..5000).map(|depth| format!("{}a:\n", " ".repeat(depth % 200))).collect());
    hostile.extend(markdown.iter().map(|text| format!("---\ntitle: x\n---\n{}", some(text))));
    hostile.push(format!("---\ntitle: x\n---\n```map\n{}\n```\n", many("[")));
    hostile.push(format!("---\ntitle: x\n---\n```quiz\nquestion: {}", many("张")));
    hostile.push(format!("title: {}\nkind: {0}\npersona: {0}\n", many("x")));
    for text in hostile {
        // All pages but the settings, and the settings alone: what breaks those may hide the rest.
        survives(&with(&starter(), |path| (path != "handbook.yaml").then(|| text.clone())));
        survives(&with(&starter(), |path| (path == "handbook.yaml").then(|| text.clone())));
    }
}

/// Compiles and shows what is wrong, as text and as plain values.
fn survives(sources: &Sources) {
    let (site, report) = compile(sources);
    assert!(site.paths().next().is_some(), "a handbook has a front page, whatever is wrong with it");
    let text = show::text(&report, sources, false);
    assert_eq!(text.is_empty(), report.is_empty());
    for entry in show::entries(&report, sources) {
        assert!(!entry.message.is_empty(), "a diagnostic says something");
    }
}

fn starter() -> Sources {
    discover(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/starter")), &[]).unwrap()
}

/// The texts of a handbook by their paths.
fn texts(sources: &Sources) -> Vec<(String, String)> {
    let text = |(_, file): (_, &SourceFile)| match &file.content {
        Content::Text(text) => Some((file.path.as_str().to_owned(), text.clone())),
        _ => None,
    };
    sources.iter().filter_map(text).collect()
}

/// The handbook with some of its files' texts replaced.
fn with(sources: &Sources, replace: impl Fn(&str) -> Option<String>) -> Sources {
    let replaced = |(_, file): (_, &SourceFile)| match replace(file.path.as_str()) {
        Some(text) if file.path.is_text() => SourceFile::from_bytes(file.path.clone(), text.into_bytes()),
        _ => file.clone(),
    };
    Sources::new(sources.iter().map(replaced).collect())
}

/// The handbook with other bytes in one of its files.
fn with_one(sources: &Sources, place: &Index, bytes: Vec<u8>) -> Sources {
    let path = place.get(&texts(sources)).0.clone();
    let mut files: Vec<SourceFile> =
        sources.iter().map(|(_, file)| file.clone()).filter(|file| file.path.as_str() != path).collect();
    files.push(SourceFile::from_bytes(HandbookPath::new(&path).unwrap(), bytes));
    Sources::new(files)
}

fn text_of_tokens() -> impl Strategy<Value = String> {
    prop::collection::vec(select(TOKENS), 0..120).prop_map(|tokens| tokens.concat())
}
