//! The theme's words: both languages whole and with the same holes, and a handbook's own tables of words checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::plural::Plural;

type Table = BTreeMap<String, Vec<(String, String)>>;

/// A table of words, read as plainly as it is written: `key: text`, or `key: { one: text, other: text }`.
fn table(tag: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/strings/{tag}.yaml"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with(['#', ' ']) && !line.trim().is_empty());
    let word = |line: &str| {
        let (key, value) = line.split_once(':').unwrap();
        let value = value.trim();
        let names: Vec<(usize, &str)> = ["zero", "one", "two", "few", "many", "other"]
            .into_iter()
            .filter_map(|name| value.find(&format!("{name}: ")).map(|at| (at, name)))
            .collect();
        let forms = match value.starts_with('{') && !names.is_empty() {
            false => vec![("other".to_owned(), value.to_owned())],
            true => (names.iter())
                .map(|(at, name)| {
                    let next = names.iter().map(|(other, _)| *other).filter(|other| other > at).min();
                    ((*name).to_owned(), value[*at..next.unwrap_or(value.len() - 1)].to_owned())
                })
                .collect(),
        };
        (key.to_owned(), forms)
    };
    lines.map(word).collect()
}

fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn english_and_chinese_have_the_same_words_with_the_same_holes() {
    let (english, chinese) = (table("en"), table("zh-CN"));
    assert!(english.len() > 900, "only {} words were read", english.len());
    assert_eq!(english.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>());
    for (key, forms) in &english {
        let all = |forms: &'_ [(String, String)]| -> BTreeSet<String> {
            forms.iter().flat_map(|(_, text)| holes(text)).map(str::to_owned).collect()
        };
        let (ours, theirs) = (all(forms), all(&chinese[key]));
        // “one of 12” may say its one in a word.
        let same = ours == theirs || ours.symmetric_difference(&theirs).all(|hole| hole == "n");
        assert!(same, "`{key}` has {ours:?} in English and {theirs:?} in Chinese");
        for (table, forms) in [("en", forms), ("zh-CN", &chinese[key])] {
            let wanted = if forms.len() > 1 { Plural::of(table).forms() } else { vec!["other"] };
            let given: BTreeSet<&str> = forms.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(given, wanted.into_iter().collect(), "`{key}` in {table}");
            assert!(forms.iter().all(|(_, text)| !text.trim().is_empty()), "`{key}` is empty in {table}");
        }
    }
}

/// Where our own code asks for a word by a key that is written out.
#[test]
fn every_word_that_a_view_asks_for_is_there() {
    let english = table("en");
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut asked) = (vec![src.join("views"), src.join("render")], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(&entry).unwrap();
            for call in
                ["words.get(\"", "words.count(\"", "words.count_of(\"", "words.fill(\"", "here.word(\"", "self.word(\""]
            {
                for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(english.contains_key(key), "{} asks for the word `{key}`", entry.display());
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 200, "only {asked} words were read");
}

fn build(files: &[(&str, &str)]) -> (Site, String) {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, report) = compile(&sources);
    (site, show::text(&report, &sources, false))
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

#[test]
fn adding_a_language_is_adding_a_file() {
    let english = include_str!("../../themes/default/strings/en.yaml");
    let japanese = english
        .replace("\nlanguage_name: English\n", "\nlanguage_name: 日本語\n")
        .replace("\nskip: Skip to content\n", "\nskip: 本文へ\n")
        .replace("\nguides: Guides\n", "\nguides: 手引き\n");
    let japanese: String = (japanese.lines())
        .map(|line| match line.split_once(": {").filter(|_| line.contains("other:") && line.contains("one:")) {
            // Japanese has one form.
            Some((key, forms)) => format!("{key}: {{ {}\n", &forms[forms.find("other:").unwrap()..]),
            None => format!("{line}\n"),
        })
        .collect();
    let (site, said) = build(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en, ja]\n"),
        ("handbook.ja.yaml", "title: 港\n"),
        ("themes/default/strings/ja.yaml", &japanese),
        ("guides/a.md", "---\ntitle: A\n---\n"),
        ("guides/a.ja.md", "---\ntitle: あ\n---\n\n## 配送と設置\n\n### 배송 안내\n"),
    ]);
    assert!(said.is_empty(), "{said}");
    let page = read(&site, "ja/guides/a.html");
    assert!(page.contains("<html lang=\"ja\">") && page.contains("本文へ") && page.contains("手引き</a>"), "{page}");
    assert!(page.contains("id=\"配送と設置\"") && page.contains("id=\"배송-안내\""), "{page}");
    assert!(read(&site, "guides/a.html").contains("hreflang=\"ja\">日本語</a>"));
}

#[test]
fn an_unfinished_language_says_what_is_missing_and_shows_another() {
    let (site, said) = build(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en, ja, zh-TW]\n"),
        ("themes/default/strings/ja.yaml", "skip: 本文へ\n"),
    ]);
    assert!(said.contains("warning[missing-strings]: not all words are there in `ja`"), "{said}");
    assert!(said.contains("--> themes/default/strings/ja.yaml:1:1"), "{said}");
    assert!(said.contains("warning[missing-strings]: the theme has no words in `zh-TW`"), "{said}");
    assert!(said.contains("--> handbook.yaml:2:21"), "{said}");
    let page = read(&site, "ja/index.html");
    assert!(page.contains("本文へ") && page.contains(">Maps</") | page.contains("Search"), "{page}");
}

#[test]
fn mistakes_in_a_table_of_words_have_their_places() {
    let (_, said) = build(&[
        ("handbook.yaml", "title: Harbor\n"),
        (
            "themes/default/strings/en.yaml",
            "skipp: Skip\nevery_months: { one: monthly, other: \"every {m} months\" }\nevery_weeks: weekly\nhome: [a]\n",
        ),
        ("themes/default/strings/zh_CN.yaml", "skip: 跳\n"),
        ("themes/default/strings/fr.yaml", "skip: \"Aller\nmaps: x\n"),
    ]);
    assert!(
        said.contains("--> themes/default/strings/en.yaml:4:7") && said.contains("`home` is neither a text"),
        "{said}"
    );
    assert!(
        said.contains("--> themes/default/strings/zh_CN.yaml") && said.contains("name the file `zh-CN.yaml`"),
        "{said}"
    );
    assert!(said.contains("--> themes/default/strings/fr.yaml:"), "{said}");
    let (_, said) = build(&[
        ("handbook.yaml", "title: Harbor\n"),
        (
            "themes/default/templates/404.html",
            "{% extends \"default/404.html\" %}{% block head %}{{ words.own_word }}{% endblock %}",
        ),
        (
            "themes/default/strings/en.yaml",
            "skipp: Skip\nown_word: Ours\nevery_months: { one: monthly, other: \"every {m} months\" }\nevery_weeks: \"{n} weekly\"\n",
        ),
    ]);
    for line in [
        "warning[unknown-string]: nothing asks for a word called `skipp`\n --> themes/default/strings/en.yaml:1:1",
        "= help: did you mean `skip`?",
        "error[wrong-placeholder]: nobody fills `{m}` in `every_months`\n --> themes/default/strings/en.yaml:3:45",
        "warning[missing-plural]: `every_weeks` has no form for `one`\n --> themes/default/strings/en.yaml:4:1",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("own_word"), "{said}");
}

#[test]
fn numbers_take_the_forms_of_their_language() {
    let forms =
        |tag: &str, counts: &[usize]| counts.iter().map(|count| Plural::of(tag).form(*count)).collect::<Vec<_>>();
    assert_eq!(forms("zh-CN", &[0, 1, 2]), ["other", "other", "other"]);
    assert_eq!(forms("en-GB", &[0, 1, 2, 11, 21]), ["other", "one", "other", "other", "other"]);
    assert_eq!(forms("fr", &[0, 1, 2]), ["one", "one", "other"]);
    assert_eq!(
        forms("ru", &[1, 2, 5, 11, 12, 21, 22, 25, 111]),
        ["one", "few", "many", "many", "many", "one", "few", "many", "many"]
    );
    assert_eq!(forms("pl", &[1, 2, 5, 12, 21, 22]), ["one", "few", "many", "many", "many", "few"]);
    assert_eq!(forms("cs", &[1, 2, 4, 5, 22]), ["one", "few", "few", "other", "other"]);
    assert_eq!(
        forms("ar", &[0, 1, 2, 3, 10, 11, 99, 100, 103]),
        ["zero", "one", "two", "few", "few", "many", "many", "other", "few"]
    );
    assert_eq!(forms("sl", &[1, 2, 3, 5, 101]), ["one", "two", "few", "other", "one"]);
    assert_eq!(forms("lt", &[1, 2, 10, 11, 21]), ["one", "few", "other", "other", "one"]);
    assert_eq!(forms("lv", &[0, 1, 2, 11, 21]), ["zero", "one", "other", "zero", "one"]);
    assert_eq!(Plural::of("ru").forms(), ["one", "few", "many", "other"]);
    assert_eq!(Plural::of("ja").forms(), ["other"]);
}
