//! What stands in for what is not translated: the nearest relative that has it, down to the default, each marked with the
//! language it really is in.

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::model::tag;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

fn build(files: &[(&str, &str)]) -> (Site, Report, Sources) {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, report) = compile(&sources);
    (site, report, sources)
}

fn site(files: &[(&str, &str)]) -> Site {
    let (site, report, sources) = build(files);
    assert!(!report.has_errors(), "{}", show::text(&report, &sources, false));
    site
}

fn said(files: &[(&str, &str)]) -> String {
    let (_, report, sources) = build(files);
    show::text(&report, &sources, false)
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

const GUIDE: &str = "---\ntitle: Start\nsummary: How we begin\n---\n\nFirst steps.\n";
const ZH: &str = "---\ntitle: 开始\nsummary: 我们如何开始\n---\n\n第一步。\n";

#[test]
fn taiwanese_falls_back_to_mainland_chinese_and_then_to_the_default() {
    let site = site(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN, zh-TW]\n"),
        ("handbook.zh.yaml", "title: 海港\n"),
        ("guides/all.md", GUIDE),
        ("guides/all.zh.md", ZH),
        ("guides/all.zh-TW.md", "---\ntitle: 開始\n---\n"),
        ("guides/some.md", GUIDE),
        ("guides/some.zh.md", ZH),
        ("guides/none.md", GUIDE),
    ]);
    let all = read(&site, "zh-tw/guides/all.html");
    assert!(all.contains("<html lang=\"zh-TW\">") && all.contains("<h1>開始</h1>"));
    assert!(
        all.contains("<span lang=\"zh-CN\">我们如何开始</span>") && all.contains("lang=\"zh-CN\"><p>第一步。"),
        "{all}"
    );
    let some = read(&site, "zh-tw/guides/some.html");
    assert!(some.contains("<h1><span lang=\"zh-CN\">开始</span></h1>"));
    assert!(some.contains("jb-notice") && some.contains("<b lang=\"zh-CN\">简体中文</b>"));
    let none = read(&site, "zh-tw/guides/none.html");
    assert!(none.contains("<h1><span lang=\"en\">Start</span></h1>") && none.contains("<b lang=\"en\">English</b>"));
    // The handbook's own title, and the theme's words, which have a Chinese table and no Taiwanese one.
    assert!(none.contains("· 海港</title>") && none.contains("跳到正文"));
    // The switch calls each language by its own name, with a table or without.
    assert!(none.contains(">简体中文</a>") && none.contains(">繁體中文</a>"));
}

#[test]
fn an_author_may_say_what_a_language_falls_back_to() {
    fn files(languages: &str) -> [(&str, &str); 4] {
        [
            ("handbook.yaml", languages),
            ("guides/start.md", GUIDE),
            ("guides/start.es.md", "---\ntitle: Empezar\n---\n"),
            ("guides/start.zh.md", ZH),
        ]
    }
    let title = |languages: &str, page: &str| {
        let html = read(&site(&files(languages)), page);
        html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap().to_owned()
    };
    let said = "title: Harbor\nlanguages:\n  - en\n  - es\n  - zh-CN\n  - { tag: pt-BR, falls-back-to: [es] }\n";
    assert_eq!(title(said, "pt-br/guides/start.html"), "<span lang=\"es\">Empezar</span>");
    // One tag will do without brackets, and `zh` means the Chinese that there is.
    let said = "title: Harbor\nlanguages:\n  - en\n  - es\n  - zh-CN\n  - tag: ja\n    falls-back-to: zh\n";
    assert_eq!(title(said, "ja/guides/start.html"), "<span lang=\"zh-CN\">开始</span>");
    // Relatives come by themselves; nothing at all is said with an empty list.
    let unsaid = "title: Harbor\nlanguages: [en, es, zh-CN, zh-HK]\n";
    assert_eq!(title(unsaid, "zh-hk/guides/start.html"), "<span lang=\"zh-CN\">开始</span>");
    let none = "title: Harbor\nlanguages: [en, es, zh-CN, { tag: zh-HK, falls-back-to: [] }]\n";
    assert_eq!(title(none, "zh-hk/guides/start.html"), "<span lang=\"en\">Start</span>");
}

#[test]
fn the_nearest_relative_comes_first() {
    let nearest = |from: &str, others: &[&'static str]| {
        let mut near: Vec<_> = others.iter().filter_map(|to| Some((tag::distance(from, to)?, *to))).collect();
        near.sort();
        near.into_iter().map(|(_, to)| to).collect::<Vec<_>>()
    };
    assert_eq!(nearest("zh-HK", &["zh-CN", "en", "zh-TW"]), ["zh-TW", "zh-CN"]);
    assert_eq!(nearest("pt-BR", &["pt-PT", "pt", "es"]), ["pt", "pt-PT"]);
    assert_eq!(nearest("sr", &["sr-Latn", "sr-Cyrl"]), ["sr-Cyrl", "sr-Latn"]);
    assert_eq!(nearest("ja", &["zh-CN", "en"]), Vec::<&str>::new());
}

#[test]
fn tags_that_mean_one_language_are_one() {
    let same =
        [["zh", "zh-CN"], ["zh-Hans", "zh"], ["ZH-hans-cn", "zh-cn"], ["zh-TW", "zh-Hant"], ["zh-Hant-TW", "zh-tw"]];
    for [one, other] in same {
        assert_eq!(tag::canonical(one), tag::canonical(other), "{one} {other}");
    }
    for [one, other] in [["zh", "zh-TW"], ["zh-TW", "zh-HK"], ["zh-Hans", "zh-Hant"], ["pt", "pt-BR"]] {
        assert_ne!(tag::canonical(one), tag::canonical(other), "{one} {other}");
    }
    for good in
        ["en", "en-GB", "es-419", "zh-Hant-HK", "sl-rozaj-biske", "de-1996", "en-u-ca-gregory", "yue", "x-klingon"]
    {
        assert_eq!(tag::check(good).is_ok(), good != "x-klingon", "{good}");
    }
    for bad in
        ["", "e", "English", "zh_CN", "en-", "-en", "en--GB", "zh-Hans-", "中文", "en-GB-US", "cn", "jp", "en-UK"]
    {
        assert!(tag::check(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_handbook_that_says_its_languages_wrongly_hears_where_and_what_instead() {
    let report = said(&[(
        "handbook.yaml",
        "title: Harbor\nlanguages:\n  - en\n  - zh_CN\n  - jp\n  - zh-CN\n  - { tag: zh-TW, falls-back-to: [zh-C, zh-TW] }\n  - { tag: ko, falls-to: en }\n",
    )]);
    for line in [
        "error[unknown-language]: `zh_CN` is not a language tag\n --> handbook.yaml:4:5",
        "= help: did you mean `zh-CN`?",
        "error[unknown-language]: no language has the tag `jp`\n --> handbook.yaml:5:5",
        "= help: did you mean `ja`?",
        "error[unknown-language]: the handbook has no language `zh-C`\n --> handbook.yaml:7:35",
        "error[unknown-language]: `zh-TW` cannot fall back to itself\n --> handbook.yaml:7:41",
        "error[unknown-key]: there is no `falls-to` here\n --> handbook.yaml:8:16",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
}

#[test]
fn a_suffix_that_is_no_language_of_the_handbook_is_told() {
    let report = said(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-TW]\n"),
        ("guides/a.md", GUIDE),
        ("guides/a.zh.md", ZH),
        ("guides/a.zh_TW.md", ZH),
        ("guides/a.jp.md", ZH),
        ("guides/a.xx.md", ZH),
    ]);
    for line in [
        "the handbook has no language `zh`\n --> guides/a.zh.md:1:1",
        "= help: add `zh` to `languages` in `handbook.yaml`, or take the file out",
        "the handbook has no language `zh_TW`\n --> guides/a.zh_TW.md:1:1",
        "= help: it has `zh-TW`: let the file's name end in `.zh-TW` before its extension",
        "the handbook has no language `jp`\n --> guides/a.jp.md:1:1",
        "= help: add `ja` to `languages` in `handbook.yaml`, or take the file out",
        "= help: no language has the tag `xx`: one of `en`, `zh-TW`",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
}
