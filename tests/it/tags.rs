//! Tags: every item under each of its tags, addresses that are safe and never shared, links both ways.

use std::collections::BTreeSet;

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

fn build(files: &[(String, String)]) -> Site {
    let file = |(path, text): &(String, String)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.clone().into_bytes())
    };
    let settings = ("handbook.yaml".to_owned(), "title: H\nlanguages: [en]\n".to_owned());
    let (site, report) = compile(&Sources::new(std::iter::once(&settings).chain(files).map(file).collect()));
    assert!(!report.has_errors(), "{report:?}");
    site
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The addresses below `tags/`.
fn addresses(site: &Site) -> Vec<&str> {
    site.pages().map(SitePath::as_str).filter(|path| path.starts_with("tags/")).collect()
}

fn guide(name: &str, tags: &[&str]) -> (String, String) {
    let tags: Vec<String> = tags.iter().map(|tag| serde_json::to_string(tag).unwrap()).collect();
    (format!("guides/{name}.md"), format!("---\ntitle: Guide {name}\ntags: [{}]\n---\n\nText.\n", tags.join(", ")))
}

/// An item of each kind, all with one tag.
fn one_of_each() -> Vec<(String, String)> {
    let page = |path: &str, keys: &str| {
        (path.to_owned(), format!("---\ntitle: {path}\n{keys}tags: [Door and Stairs]\n---\n\nText.\n"))
    };
    let yaml = |path: &str, keys: &str| (path.to_owned(), format!("title: {path}\n{keys}tags: [door and stairs]\n"));
    vec![
        ("channels.yaml".to_owned(), "shop: { title: Shop }\n".to_owned()),
        page("index.md", ""),
        page("personas/p.md", ""),
        page("touchpoints/t.md", "channel: shop\nkind: human\n"),
        page("guides/g.md", ""),
        page("training/c/01-l.md", ""),
        yaml("training/c/course.yaml", ""),
        yaml("insights/i.yaml", "kind: survey\ndate: 2026-05-01\nsource: Us\n"),
        yaml("opportunities/o.yaml", "impact: 1\neffort: 1\nstatus: idea\n"),
        yaml("metrics/m.yaml", "kind: rate\ndefinition: A share.\nbetter: higher\n"),
        yaml(
            "maps/j.yaml",
            "kind: experience\noutcome: Good\nstages: [{ id: a, title: A, steps: [{ id: b, action: B }] }]\n",
        ),
    ]
}

#[test]
fn a_tag_lists_what_bears_it_by_kind_and_each_links_back() {
    let site = build(&one_of_each());
    let html = read(&site, "tags/door-and-stairs.html");
    let bearers = [
        "maps/j.html",
        "personas/p.html",
        "touchpoints/t.html",
        "insights/i.html",
        "opportunities/o.html",
        "metrics/m.html",
        "training/c/index.html",
        "training/c/l.html",
        "guides/g.html",
        "index.html",
    ];
    let mut last = 0;
    for bearer in bearers {
        let list = &html[html.find("<section class=\"jb-tag-group\"").unwrap()..];
        let at = list.find(&format!("href=\"../{bearer}\"")).unwrap_or_else(|| panic!("{bearer} is not there"));
        assert!(at > last, "{bearer} stands in the order of kinds");
        last = at;
        assert!(read(&site, bearer).contains("tags/door-and-stairs.html\">door and stairs</a>"), "{bearer} links back");
    }
    assert!(html.contains("10 pages bear this tag."));
    assert!(read(&site, "tags/index.html").contains("door and stairs</a> <span class=\"jb-hint\">10 pages</span>"));
}

#[test]
fn without_tags_there_is_neither_a_page_nor_an_entry_in_the_menu() {
    let site = build(&[guide("a", &[])]);
    assert!(addresses(&site).is_empty());
    assert!(!read(&site, "index.html").contains("tags/"));
}

#[test]
fn tags_that_would_share_an_address_get_numbers() {
    let tags = ["a/b", "a-b", "a b", "index", "!!", "?", "夜班 护士", "a-b-2"];
    let site = build(&[guide("g", &tags)]);
    let shown = read(&site, "guides/g.html");
    for (tag, address) in [
        ("a-b", "a-b"),
        ("a-b-2", "a-b-2"),
        ("a b", "a-b-3"),
        ("a/b", "a-b-4"),
        ("index", "index-2"),
        ("!!", "tag"),
        ("?", "tag-2"),
        ("夜班 护士", "%E5%A4%9C%E7%8F%AD-%E6%8A%A4%E5%A3%AB"),
    ] {
        assert!(
            shown.contains(&format!("tags/{address}.html\">{tag}</a>"))
                || shown.contains(&format!("tags/夜班-护士.html\">{tag}</a>")),
            "{tag} at {address}:\n{shown}"
        );
    }
    assert_eq!(addresses(&site).len(), tags.len() + 1);
}

#[test]
fn a_tag_on_very_many_items_is_split() {
    let guides: Vec<(String, String)> = (0..620).map(|number| guide(&format!("g{number}"), &["many"])).collect();
    let site = build(&guides);
    let parts = ["tags/many.html", "tags/many/all/2.html", "tags/many/all/3.html"].map(|path| read(&site, path));
    let listed =
        parts.iter().flat_map(|html| html.split("<li><a href=\"").skip(1)).filter(|link| link.contains(">Guide g"));
    let listed: Vec<&str> = listed.map(|link| link.split('>').nth(1).unwrap()).collect();
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), 620);
    assert_eq!(listed.len(), 620, "each once");
    assert!(parts[1].contains("301–600 of 620"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_tag_has_a_safe_address_of_its_own(tags in prop::collection::vec("[a-c夜/ .\\-_%#?&]{1,6}", 1..12)) {
        let tags: Vec<&str> = tags.iter().map(String::as_str).filter(|tag| !tag.trim().is_empty()).collect();
        let site = build(&[guide("g", &tags)]);
        let different: BTreeSet<String> = tags.iter().map(|tag| tag.trim().to_lowercase()).collect();
        let addresses = addresses(&site);
        prop_assert_eq!(addresses.len(), different.len() + usize::from(!different.is_empty()));
        for address in addresses {
            let name = address.strip_prefix("tags/").unwrap().strip_suffix(".html").unwrap();
            prop_assert!(name.chars().all(|c| c.is_alphanumeric() || c == '-') && !name.starts_with('-'), "{}", address);
        }
    }
}
