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

fn example() -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    compile(&disk::discover(&folder, &[]).unwrap()).0
}

/// A page's own path, below the folder of its language, and that folder: nothing for the handbook's first language.
fn split(path: &str) -> (&'static str, &str) {
    path.strip_prefix("zh-cn/").map_or(("", path), |rest| ("zh-cn/", rest))
}

/// Each link of a page: its tag, and the path that it leads to in this site.
fn links<'h>(path: &str, html: &'h str) -> Vec<(&'h str, String)> {
    let tags = ["<a ", "<area ", "<form "].into_iter().flat_map(|start| html.split(start).skip(1));
    let mut all = Vec::new();
    for tag in tags.map(|tag| tag.split('>').next().unwrap()) {
        let Some((_, rest)) = [" href=\"", " action=\""].into_iter().find_map(|name| {
            let at = format!(" {tag}").find(name)?;
            Some((at, &tag[at + name.len() - 1..]))
        }) else {
            continue;
        };
        let href = rest.split('"').next().unwrap();
        let page = href.split(['#', '?']).next().unwrap();
        if page.is_empty() || page.split('/').next().unwrap().contains(':') {
            continue;
        }
        let target = match page.strip_prefix('/') {
            // The page for what is missing is shown at any depth, so that its links begin at the top of the site.
            Some("") => "index.html".to_owned(),
            Some(target) => target.to_owned(),
            None => HandbookPath::new(path)
                .unwrap()
                .resolve(page)
                .unwrap_or_else(|| panic!("{path}: {href}"))
                .as_str()
                .to_owned(),
        };
        all.push((tag, target));
    }
    all
}

#[test]
fn links_of_the_example_stay_within_their_language() {
    let site = example();
    let has = |path: &str| SitePath::new(path).is_some_and(|path| site.has(&path));
    let (mut english, mut chinese) = (0, 0);
    for path in site.pages() {
        let (path, html) = (path.as_str(), read(&site, path.as_str()));
        let (folder, _) = split(path);
        for (tag, target) in links(path, &html).into_iter().filter(|(tag, _)| !tag.contains("hreflang=")) {
            assert!(has(&target), "{path} leads to `{target}`");
            let (into, rest) = split(&target);
            // What has no language of its own, such as a picture, is there once.
            let is_shared = into.is_empty() && !rest.ends_with(".html") && !has(&format!("zh-cn/{rest}"));
            assert!(into == folder || is_shared, "{path} leaves its language for `{target}`: <a {tag}>");
            *if folder.is_empty() { &mut english } else { &mut chinese } += 1;
        }
    }
    assert!(english > 5_000 && chinese > 5_000, "only {english} and {chinese} links were read");
}

#[test]
fn the_switch_on_every_page_of_the_example_lands_on_the_same_item() {
    let site = example();
    let pages: Vec<&str> = site.pages().map(SitePath::as_str).collect();
    let kind = |html: &str| html.split("data-page=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut turns = 0;
    for path in &pages {
        let html = read(&site, path);
        let (folder, own) = split(path);
        let switch: Vec<(&str, String)> =
            links(path, &html).into_iter().filter(|(tag, _)| tag.contains("hreflang=")).collect();
        // An old address leads on at once and says nothing else.
        if html.contains("data-jb=\"moved\"") {
            continue;
        }
        let mut tags: Vec<&str> = Vec::new();
        for (tag, target) in &switch {
            let tag_of = tag.split("hreflang=\"").nth(1).unwrap().split('"').next().unwrap();
            tags.push(tag_of);
            let into = if tag_of == "zh-CN" { "zh-cn/" } else { "" };
            // Nobody looked for the page that says what is missing.
            let item = if own == "404.html" { "index.html" } else { own };
            assert_eq!(*target, format!("{into}{item}"), "{path}: <a {tag}>");
            assert_eq!(tag.contains("aria-current"), into == folder, "{path}: <a {tag}>");
            let other = read(&site, target);
            assert!(other.contains(&format!("<html lang=\"{tag_of}\"")), "{target} is not in {tag_of}");
            assert!(own == "404.html" || kind(&html) == kind(&other), "{path} and {target} are pages of two kinds");
        }
        tags.sort_unstable();
        let other = if folder.is_empty() { "zh-CN" } else { "en" };
        assert!(tags == ["en", "zh-CN"] || (own == "404.html" && tags == [other]), "{path}: {tags:?}");
        // And the page says so to those who read its head.
        let alternates = html.matches("<link rel=\"alternate\" hreflang=").count();
        assert!(own == "404.html" || alternates >= 1, "{path} names no page in another language");
        turns += switch.len();
    }
    let in_chinese = pages.iter().filter(|path| path.starts_with("zh-cn/")).count();
    assert_eq!(in_chinese * 2, pages.len(), "every page is there in both languages");
    assert!(turns > 500, "only {turns} links of switches were followed");
}
