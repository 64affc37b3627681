//! Words of the glossary in running text: the first of each on a page is a link, and nothing else changes.

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

const GLOSSARY: &str = "moment: { title: Moment, definition: A step. }
truth: { title: Moment of truth, definition: A moment after which it is decided., also: [MoT, R&D <test>] }
nps: { title: NPS, definition: One question., also: [净推荐值] }
touchpoint: { title: 接触点, definition: 相遇的地方。 }
quiet: { title: Quiet moment, definition: Nothing., link: false }
cafe: { title: Café, definition: Coffee. }
";

fn build(files: &[(&str, &str)]) -> Site {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, report): (Site, Report) = compile(&sources);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    site
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The prose of a guide with this text, as readers get it.
fn prose(settings: &str, head: &str, glossary: &str, text: &str) -> String {
    let settings = format!("title: H\nlanguages: [en]\n{settings}");
    let guide = format!("---\ntitle: G\n{head}---\n\n{text}\n");
    let files = [("handbook.yaml", &*settings), ("glossary.yaml", glossary), ("guides/g.md", &guide)];
    let html = read(&build(&files), "guides/g.html");
    let Some((_, html)) = html.split_once("<div class=\"jb-prose\">") else { return String::new() };
    html.split_once("</article>").unwrap().0.to_owned()
}

fn shown(text: &str) -> String {
    prose("", "", GLOSSARY, text)
}

/// The terms that are linked, with the words that are the link.
fn links(html: &str) -> Vec<(&str, &str)> {
    let links = html.split("<a class=\"jb-term\" href=\"../glossary/index.html#").skip(1);
    links
        .map(|link| {
            let (term, rest) = link.split_once("\">").unwrap();
            (term, rest.split_once("</a>").unwrap().0)
        })
        .collect()
}

#[test]
fn the_longest_word_wins_and_each_term_is_linked_once() {
    let html = shown("A moment of truth is a Moment. Two moments of truth,\ntwo moments.");
    assert_eq!(links(&html), [("truth", "moment of truth"), ("moment", "Moment")]);
    // What stands in a longer word is not there by itself, even where the longer word has its link already.
    assert_eq!(links(&shown("MoT. Then a moment of truth.")), [("truth", "MoT")]);
    assert_eq!(links(&shown("A quiet moment, then a moment.")), [("moment", "moment")]);
}

#[test]
fn latin_words_are_whole_words_and_chinese_ones_stand_anywhere() {
    assert_eq!(links(&shown("Momentary, momentum, bemoment, key-moment, moment_x; MOMENTS!")), [("moment", "MOMENTS")]);
    assert_eq!(links(&shown("我们用NPS衡量每个接触点。")), [("nps", "NPS"), ("touchpoint", "接触点")]);
    assert_eq!(
        links(&shown("The R&D \\<test> says “CAFÉ”; cafés too.")),
        [("truth", "R&amp;D &lt;test&gt;"), ("cafe", "CAFÉ")]
    );
    // A term over the end of a line.
    assert_eq!(links(&shown("the moment\nof truth")), [("truth", "moment\nof truth")]);
    // An entity is no word.
    let glossary = "amp: { title: amp, definition: A sign. }\nn: { title: '39', definition: A number. }\n";
    assert_eq!(links(&prose("", "", glossary, "Fish & chips' end, an amp.")), [("amp", "amp")]);
}

#[test]
fn headings_links_code_quotes_and_heads_of_tables_stay_as_they_are() {
    let untouched = "# Moment\n\n## A moment\n\n> moment\n\n`moment` and [a moment](map-kinds.md \"moment\") and ![moment](../assets/a.svg)

```\nmoment\n```\n\n<button>moment</button> <q>moment</q> <kbd>moment</kbd>\n\n| moment |\n|---|\n| NPS |\n";
    let untouched =
        untouched.replace("[a moment](map-kinds.md \"moment\")", "[a moment](https://example.org \"moment\")");
    let guide = format!("---\ntitle: G\n---\n\n{untouched}\n\nAt last: moment.\n");
    let files = [
        ("handbook.yaml", "title: H\nlanguages: [en]\n"),
        ("glossary.yaml", GLOSSARY),
        ("assets/a.svg", "<svg/>"),
        ("guides/g.md", &guide.replace("<button>moment</button> ", "")),
    ];
    let html = read(&build(&files), "guides/g.html");
    assert_eq!(links(&html), [("nps", "NPS"), ("moment", "moment")]);
    assert!(html.contains("At last: <a class=\"jb-term\" href=\"../glossary/index.html#moment\">moment</a>."));
}

#[test]
fn a_term_that_the_author_links_gets_no_second_link() {
    assert_eq!(links(&shown("A moment, and [this one](term:moment).")), [("moment", "this one")]);
}

#[test]
fn links_can_be_switched_off_for_a_handbook_a_page_and_a_term() {
    assert!(links(&prose("link-terms: false\n", "", GLOSSARY, "A moment.")).is_empty());
    assert!(links(&prose("", "link-terms: false\n", GLOSSARY, "A moment.")).is_empty());
    assert!(links(&prose("", "", "moment: { title: Moment, definition: A., link: false }\n", "A moment.")).is_empty());
}

#[test]
fn the_glossary_links_its_terms_among_each_other_and_says_where_they_are_used() {
    let guide = |number: usize| (format!("guides/g{number}.md"), format!("---\ntitle: G{number}\n---\n\nA moment.\n"));
    let guides: Vec<(String, String)> = (0..9).map(guide).collect();
    let mut files = vec![("handbook.yaml", "title: H\nlanguages: [en]\n"), ("glossary.yaml", GLOSSARY)];
    files.extend(guides.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let html = read(&build(&files), "glossary/index.html");
    assert!(html.contains("A <a class=\"jb-term\" href=\"#moment\">moment</a> after which"), "{html}");
    assert!(!html.contains("href=\"#truth\">Moment of truth</a>"), "no term links to itself");
    assert_eq!(html.matches("../guides/g").count(), 6);
    assert!(html.contains("and 3 more"));
}

#[test]
fn a_translation_finds_the_words_of_its_language() {
    let files = [
        ("handbook.yaml", "title: H\nlanguages: [zh-CN]\n"),
        ("glossary.yaml", "moment: { title: 关键时刻, definition: 决定去留的一步。, also: [MoT] }\n"),
        ("personas/p.md", "---\ntitle: 林梅\nrole: 买家\n---\n\n每个关键时刻都重要，MoT 也是。\n"),
    ];
    let html = read(&build(&files), "personas/p.html");
    assert_eq!(links(&html), [("moment", "关键时刻")]);
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "moment",
        "Moments",
        "of",
        "truth",
        "moment of truth",
        "NPS",
        "接触点",
        "净推荐值",
        "&",
        "<b>",
        "</b>",
        "*",
        "**",
        "`",
        "\n",
        "\n\n",
        "> ",
        "# ",
        "- ",
        "[x](term:truth)",
        "[y](term:nps)",
        "café",
        "\"quoted\"",
        "'",
        "R&D <test>",
        "s",
        "-",
        "|",
        "&amp;",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

/// HTML without the links to the glossary.
fn stripped(html: &str) -> String {
    let mut parts = html.split("<a class=\"jb-term\" href=\"");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (_, rest) = part.split_once("\">").unwrap();
        let (text, rest) = rest.split_once("</a>").unwrap();
        assert!(!text.contains("<a"), "a link in a link: {text}");
        plain += text;
        plain += rest;
    }
    plain
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn without_its_links_the_text_is_what_it_was(text in words()) {
        let files = |settings: &str| {
            let settings = format!("title: H\nlanguages: [en]\n{settings}");
            let guide = format!("---\ntitle: G\n---\n\n{text}\n");
            let files = [("handbook.yaml", settings), ("glossary.yaml", GLOSSARY.to_owned()), ("guides/g.md", guide)];
            let files = files.map(|(path, text)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes()));
            read(&compile(&Sources::new(files.into())).0, "guides/g.html")
        };
        let (linked, plain) = (files(""), files("link-terms: false\n"));
        prop_assert_eq!(stripped(&linked), stripped(&plain));
        for term in ["moment", "truth", "nps", "touchpoint", "cafe"] {
            let link = format!("class=\"jb-term\" href=\"../glossary/index.html#{term}\"");
            let authors = plain.matches(&link).count();
            prop_assert!(linked.matches(&link).count() <= authors.max(1), "{} in {}", term, linked);
        }
    }
}
