//! A handbook all in Chinese, names of files, ids, stages, channels and tags included: it builds, links, searches, and its
//! addresses are found when they come percent-encoded.

use std::collections::BTreeSet;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::disk;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::Sources;
use journeybook::views::reading;

fn handbook() -> (Site, Sources) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/all-chinese");
    let sources = disk::discover(&folder, &[]).unwrap();
    let (site, report) = compile(&sources);
    assert!(report.is_empty(), "{}", show::text(&report, &sources, false));
    assert!(site.check().is_empty());
    (site, sources)
}

fn read(site: &Site, path: &SitePath) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(path) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// A percent-encoded address as a server decodes it.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_link_of_an_all_chinese_handbook_leads_somewhere() {
    let (site, _) = handbook();
    let mut links = 0;
    for path in site.pages() {
        let html = read(&site, path);
        assert!(html.contains("<html lang=\"zh-CN\">") && !html.contains("lang=\"en\""), "{path}");
        for href in html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (page, anchor) = href.split_once('#').unwrap_or((href, ""));
            let page = page.split('?').next().unwrap();
            if page.contains(':') || page.starts_with('/') {
                continue;
            }
            let target = match page {
                "" => path.as_str().to_owned(),
                page => HandbookPath::new(path.as_str()).unwrap().resolve(&decoded(page)).unwrap().as_str().to_owned(),
            };
            let target = SitePath::new(&target).unwrap();
            assert!(site.has(&target), "{path} leads to `{target}`");
            if !anchor.is_empty() && target.as_str().ends_with(".html") {
                let id = format!("id=\"{}\"", decoded(anchor));
                assert!(read(&site, &target).contains(&id), "{path} leads to `{href}`");
            }
            links += 1;
        }
    }
    assert!(links > 500, "only {links} links were read");
    for path in [
        "maps/第一次补牙.html",
        "personas/周岚.html",
        "channels/短信.html",
        "training/上岗培训/第一周.html",
        "guides/怎样接待.html",
    ] {
        assert!(site.has(&SitePath::new(path).unwrap()), "no page at `{path}`");
    }
}

#[test]
fn no_word_of_an_all_chinese_handbook_is_english() {
    // Names of formats, of keys and of the program.
    const KNOWN: [&str; 20] = [
        "CSV",
        "JSON",
        "SVG",
        "journeybook",
        "explain",
        "Ctrl",
        "K",
        "Mermaid",
        "Esc",
        "A",
        "Z",
        "handbook",
        "json",
        "csv",
        "IEC",
        "schema",
        "insights",
        "metrics",
        "opportunities",
        "touchpoints",
    ];
    let (site, _) = handbook();
    let mut wrong = BTreeSet::new();
    for path in site.pages() {
        let html = read(&site, path);
        let body = html.split("</head>").nth(1).unwrap();
        let mut rest = body;
        while let Some((_, after)) = rest.split_once('>') {
            let (text, next) = after.split_once('<').unwrap_or((after, ""));
            let text = text.replace("&amp;", "").replace("&quot;", "").replace("&#39;", "");
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
            wrong.extend(words.filter(|word| !KNOWN.contains(word)).map(|word| format!("{word} ({})", path.as_str())));
            rest = next;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_text_is_read_by_characters_in_chinese_and_by_words_in_english() {
    assert_eq!(reading::minutes(""), 0);
    assert_eq!(reading::minutes("—— 。"), 0);
    assert_eq!(reading::minutes("一"), 1);
    assert_eq!(reading::minutes(&"字".repeat(255)), 1);
    assert_eq!(reading::minutes(&"字".repeat(256)), 2);
    assert_eq!(reading::minutes(&"don’t ".repeat(238)), 1);
    assert_eq!(reading::minutes(&"word ".repeat(239)), 2);
    // Half a minute of each is one together; a little more is two.
    let half = "字".repeat(127) + &" word".repeat(119);
    assert_eq!(reading::minutes(&half), 1);
    assert_eq!(reading::minutes(&(half + "字字")), 2);
    assert_eq!(reading::minutes(&"한글 ".repeat(200)), 2);
    assert_eq!(reading::minutes(&"かな".repeat(200)), 2);
    // Signs between characters are no characters, and a word in Chinese is a word.
    assert_eq!(reading::minutes(&"字，".repeat(255)), 1);
}

#[test]
fn lessons_and_guides_say_how_long_they_take() {
    let (site, _) = handbook();
    let page = |path: &str| read(&site, &SitePath::new(path).unwrap());
    assert!(page("guides/怎样接待.html").contains("阅读约需 1 分钟"));
    assert!(page("training/上岗培训/第一周.html").contains("阅读约需 1 分钟"));
}
