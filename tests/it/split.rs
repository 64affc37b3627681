//! Long lists over several pages: every row once, every address right.

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

/// A handbook of this many terms, and a guide that speaks of the last one.
fn site(terms: usize) -> Site {
    let term = |number: usize| format!("t{number}: {{ title: Term {number}, definition: What it means. }}\n");
    let guide = format!("---\ntitle: Guide\n---\n\nSee [](term:t{}).\n", terms - 1);
    let files = [
        ("handbook.yaml", "title: Long\n".to_owned()),
        ("glossary.yaml", (0..terms).map(term).collect()),
        ("guides/guide.md", guide),
    ];
    let files = files.map(|(path, text)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes()));
    compile(&Sources::new(files.into())).0
}

fn read(site: &Site, path: &str) -> String {
    let Entry::Bytes(bytes) = site.read(&SitePath::new(path).unwrap()).unwrap().unwrap() else { panic!("no page") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

#[test]
fn a_short_list_is_one_page_without_a_way_to_others() {
    let site = site(150);
    assert!(!site.has(&SitePath::new("glossary/all/2.html").unwrap()));
    assert!(!read(&site, "glossary/index.html").contains("jb-pager"));
}

#[test]
fn every_row_of_a_long_list_stands_once_and_links_lead_to_its_part() {
    let site = site(2001);
    let parts = ["glossary/index.html", "glossary/all/2.html", "glossary/all/14.html"].map(|path| read(&site, path));
    for (html, first) in parts.iter().zip([0, 150, 1950]) {
        assert!(html.contains(&format!("<div id=\"t{first}\">")) && html.len() < 300_000);
    }
    let all: String = (site.pages())
        .filter(|path| path.as_str().starts_with("glossary/"))
        .map(|path| read(&site, path.as_str()))
        .collect();
    for number in 0..2001 {
        assert_eq!(all.matches(&format!("<div id=\"t{number}\">")).count(), 1, "term {number}");
    }
    assert!(parts[1].contains("151–300 of 2,001") && parts[1].contains("href=\"../index.html\" rel=\"prev\""));
    assert!(parts[2].contains("1,951–2,001 of 2,001") && !parts[2].contains("rel=\"next\""));
    assert!(read(&site, "guides/guide.html").contains("../glossary/all/14.html#t2000"));
}
