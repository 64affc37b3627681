//! Every page in every language: its address, the way to the same page in another, and what is not translated yet.

use std::path::Path;

use journeybook::compile::compile;
use journeybook::disk;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

fn site(files: &[(&str, &str)]) -> Site {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let (site, report) = compile(&Sources::new(files.iter().map(file).collect()));
    assert!(!report.has_errors(), "{report:?}");
    site
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

fn two_languages() -> Site {
    site(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN]\n"),
        ("handbook.zh.yaml", "title: 海港\n"),
        ("guides/start.md", "---\ntitle: Start\n---\n\nSee [](next.md).\n"),
        ("guides/start.zh.md", "---\ntitle: 开始\n---\n\n见[](next.md)。\n"),
        ("guides/next.md", "---\ntitle: Next\n---\n\nMore.\n"),
    ])
}

#[test]
fn every_page_says_where_it_stands_in_the_other_language() {
    let site = two_languages();
    let (english, chinese) = (read(&site, "guides/start.html"), read(&site, "zh-cn/guides/start.html"));
    assert!(english.contains("<html lang=\"en\">") && chinese.contains("<html lang=\"zh-CN\">"));
    assert!(english.contains("<link rel=\"alternate\" hreflang=\"zh-CN\" href=\"../zh-cn/guides/start.html\">"));
    assert!(chinese.contains("<link rel=\"alternate\" hreflang=\"en\" href=\"../../guides/start.html\">"));
    assert!(english.contains("href=\"../zh-cn/guides/start.html\" lang=\"zh-CN\" hreflang=\"zh-CN\">简体中文</a>"));
    assert!(chinese.contains("hreflang=\"zh-CN\" aria-current=\"true\">简体中文</a>"));
    assert!(chinese.contains("<a href=\"next.html\"") && chinese.contains("· 海港</title>"));
}

#[test]
fn what_is_not_translated_is_shown_in_its_language_and_says_so() {
    let site = two_languages();
    let (translated, not_yet) = (read(&site, "zh-cn/guides/start.html"), read(&site, "zh-cn/guides/next.html"));
    assert!(!translated.contains("jb-notice"));
    assert!(not_yet.contains("jb-notice") && not_yet.contains("<h1><span lang=\"en\">Next</span></h1>"));
    assert!(!read(&site, "guides/next.html").contains("jb-notice"));
}

#[test]
fn a_handbook_in_one_language_has_no_switch() {
    let html = read(&site(&[("handbook.yaml", "title: 海港\nlanguages: [zh-CN]\n")]), "index.html");
    assert!(!html.contains("hreflang") && !html.contains("jb-languages"));
}

#[test]
fn links_of_the_example_stay_within_their_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let (site, _) = compile(&disk::discover(&folder, &[]).unwrap());
    let mut links = 0;
    for path in site.pages().filter(|path| path.as_str().starts_with("zh-cn/")) {
        let (path, html) = (path.as_str(), read(&site, path.as_str()));
        for tag in html.split("<a ").skip(1).map(|tag| tag.split('>').next().unwrap()) {
            let Some(href) = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) else { continue };
            let page = href.split('#').next().unwrap();
            if tag.contains("hreflang") || page.starts_with('/') || !page.ends_with(".html") || page.contains("://") {
                continue;
            }
            let target = HandbookPath::new(path).unwrap().resolve(page).unwrap();
            assert!(target.as_str().starts_with("zh-cn/"), "{path} leaves its language by {href}");
            links += 1;
        }
    }
    assert!(links > 500, "only {links} links were read");
}
