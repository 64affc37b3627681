//! What a site says to the rest of the web: search engines, feeds, cards in a chat, and hosts that have nothing to show.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use journeybook::compile::compile;
use journeybook::date::Date;
use journeybook::history::{Commit, Done, History, Touch};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::share;
use roxmltree::Document;

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const ATOM: &str = "http://www.w3.org/2005/Atom";

fn sources(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn site(settings: &str, more: &[(&str, &str)]) -> Site {
    let files: Vec<_> = std::iter::once(("handbook.yaml", settings)).chain(more.iter().copied()).collect();
    let (site, report) = compile(&sources(&files));
    assert!(!report.has_errors(), "{report:?}");
    site
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

fn there(site: &Site, path: &str) -> bool {
    site.has(&SitePath::new(path).unwrap())
}

/// The content of an attribute after `start`, of all that a page has.
fn after<'h>(html: &'h str, start: &str) -> Vec<&'h str> {
    html.split(start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

const PUBLIC: &str = "title: Harbor\nlanguages: [en, zh-CN]\nurl: https://harbor.example/journeys\npublic: true\n";
const MEI: (&str, &str) = ("personas/mei.md", "---\ntitle: Mei Lin\nsummary: Buys her first machine.\n---\n");
const CARD: (&str, &str) = ("guides/提前-准备.md", "---\ntitle: 提前准备\n---\n\n先量门。再量楼梯。\n");

#[test]
fn an_internal_handbook_asks_search_engines_to_leave_it_alone() {
    for settings in ["title: H\n", "title: H\nurl: https://h.example\n", "title: H\npublic: false\n"] {
        let site = site(settings, &[MEI]);
        assert_eq!(read(&site, "robots.txt"), "User-agent: *\nDisallow: /\n");
        assert!(!there(&site, "sitemap.xml"));
        for page in site.pages() {
            assert!(read(&site, page.as_str()).contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
        }
    }
}

#[test]
fn a_public_handbook_lets_search_engines_in_and_hands_them_its_pages() {
    let site = site(PUBLIC, &[MEI, CARD]);
    assert_eq!(
        read(&site, "robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://harbor.example/journeys/sitemap.xml\n"
    );
    for page in site.pages() {
        let asks = read(&site, page.as_str()).contains("<meta name=\"robots\"");
        assert_eq!(asks, page.as_str().ends_with("404.html"), "{page}");
    }
    let xml = read(&site, "sitemap.xml");
    let listed = listed(&xml);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "each page once");
    let base = "https://harbor.example/journeys/";
    let pages: BTreeSet<String> = (site.pages())
        .filter(|page| !page.as_str().ends_with("404.html"))
        .map(|page| match page.as_str() {
            "index.html" => base.to_owned(),
            // What is not ASCII is written with percent signs.
            path => format!("{base}{}", path.replace("提前-准备", "%E6%8F%90%E5%89%8D-%E5%87%86%E5%A4%87")),
        })
        .collect();
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), pages);
}

/// The addresses of a list of pages, after a look at its form.
fn listed(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((SITEMAPS, "urlset")), "{:?}", root.tag_name());
    let urls = root.children().filter(roxmltree::Node::is_element);
    urls.map(|url| {
        assert!(url.has_tag_name((SITEMAPS, "url")));
        let first = url.first_element_child().unwrap();
        assert!(first.has_tag_name((SITEMAPS, "loc")));
        first.text().unwrap().to_owned()
    })
    .collect()
}

#[test]
fn the_list_of_pages_names_each_in_all_its_languages() {
    let site = site(PUBLIC, &[MEI]);
    let xml = read(&site, "sitemap.xml");
    let document = Document::parse(&xml).unwrap();
    let urls = document.descendants().filter(|node| node.has_tag_name((SITEMAPS, "url")));
    for url in urls {
        let links: Vec<(&str, &str)> = (url.children())
            .filter(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "link")))
            .map(|link| (link.attribute("hreflang").unwrap(), link.attribute("href").unwrap()))
            .collect();
        let tags: Vec<&str> = links.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(tags, ["en", "zh-CN", "x-default"]);
        let own = url.first_element_child().unwrap().text().unwrap();
        assert!(links.iter().any(|(_, href)| *href == own), "{own} names itself");
        assert_eq!(links[0].1, links[2].1);
        assert!(links[1].1.starts_with("https://harbor.example/journeys/zh-cn/"), "{links:?}");
    }
    // A page says the same of itself.
    let page = read(&site, "zh-cn/personas/mei.html");
    assert_eq!(
        after(&page, "<link rel=\"canonical\" href=\""),
        ["https://harbor.example/journeys/zh-cn/personas/mei.html"]
    );
    assert_eq!(after(&page, "hreflang=\"en\" href=\"")[0], "https://harbor.example/journeys/personas/mei.html");
}

#[test]
fn a_list_of_too_many_pages_is_an_index_of_lists() {
    let mut channels = String::new();
    for number in 0..50_100 {
        writeln!(channels, "c{number}: {{ title: Channel {number} }}").unwrap();
    }
    let settings = "title: H\nurl: https://h.example\npublic: true\n";
    let site = site(settings, &[("channels.yaml", &channels)]);
    let xml = read(&site, "sitemap.xml");
    let document = Document::parse(&xml).unwrap();
    assert!(document.root_element().has_tag_name((SITEMAPS, "sitemapindex")));
    let parts: Vec<&str> = (document.descendants())
        .filter(|node| node.has_tag_name((SITEMAPS, "loc")))
        .map(|node| node.text().unwrap().strip_prefix("https://h.example/").unwrap())
        .collect();
    assert_eq!(parts, ["sitemap-1.xml", "sitemap-2.xml"]);
    let lists: Vec<Vec<String>> = parts.iter().map(|part| listed(&read(&site, part))).collect();
    assert_eq!(lists[0].len(), 50_000);
    let all: BTreeSet<&String> = lists.iter().flatten().collect();
    assert_eq!(all.len(), lists[0].len() + lists[1].len());
    assert_eq!(all.len() + 1, site.pages().count(), "all but the page for what is missing");
}

fn touch(path: &str, what: Done) -> Touch {
    let text: Arc<str> = "title: Mei".into();
    Touch { path: HandbookPath::new(path).unwrap(), what, old: None, new: Some(text) }
}

fn commit(id: &str, day: &str, subject: &str, touched: Vec<Touch>) -> Commit {
    let (id, author, subject) = (id.to_owned(), "Han Wei".to_owned(), subject.to_owned());
    Commit { id, day: Date::parse(day).unwrap(), author, subject, touched }
}

/// The site of a handbook with a history.
fn with_history(settings: &str) -> Site {
    let history = History {
        commits: vec![
            commit("27d67d8", "2026-10-09", "Mei <moves> & \u{8}rests", vec![touch("personas/mei.md", Done::Added)]),
            commit("1c0ffee", "2026-10-02", "", vec![touch("handbook.yaml", Done::Added)]),
        ],
        last: [(HandbookPath::new("personas/mei.md").unwrap(), Date::parse("2026-10-09").unwrap())].into(),
        cut: false,
    };
    let sources = sources(&[("handbook.yaml", settings), MEI]).with_history(Some(Arc::new(history)));
    compile(&sources).0
}

#[test]
fn the_list_of_pages_tells_when_a_page_changed() {
    let site = with_history(PUBLIC);
    let xml = read(&site, "sitemap.xml");
    let entry = xml.lines().find(|line| line.contains("<loc>https://harbor.example/journeys/personas/mei.html</loc>"));
    assert!(entry.unwrap().contains("<lastmod>2026-10-09</lastmod>"), "{entry:?}");
    let list = xml.lines().find(|line| line.contains("<loc>https://harbor.example/journeys/personas/index.html</loc>"));
    assert!(!list.unwrap().contains("lastmod"), "{list:?}");
}

/// What RFC 4287 asks of a feed and of an entry: one id, one title, one moment, somebody who wrote it.
fn check_feed(xml: &str) -> (Vec<String>, Vec<String>) {
    let document = Document::parse(xml).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let one = |node: roxmltree::Node<'_, '_>, name: &str| {
        let texts: Vec<String> = (node.children())
            .filter(|child| child.has_tag_name((ATOM, name)))
            .map(|child| child.text().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(texts.len(), 1, "{name}: {texts:?}");
        texts.into_iter().next().unwrap()
    };
    let entries: Vec<_> = feed.children().filter(|child| child.has_tag_name((ATOM, "entry"))).collect();
    let mut ids = vec![one(feed, "id")];
    let mut titles = vec![one(feed, "title")];
    for node in std::iter::once(feed).chain(entries.iter().copied()) {
        let moment = one(node, "updated");
        assert!(moment.ends_with("T00:00:00Z") && Date::parse(&moment[..10]).is_some(), "{moment}");
        assert!(node.children().any(|child| child.has_tag_name((ATOM, "author"))));
    }
    for entry in &entries {
        ids.push(one(*entry, "id"));
        titles.push(one(*entry, "title"));
        assert!(one(*entry, "content").starts_with("<ul><li>"));
    }
    for id in &ids {
        assert!(id.starts_with("https://") || id.starts_with("urn:uuid:"), "{id}");
    }
    let rels: Vec<_> = (feed.children())
        .filter(|child| child.has_tag_name((ATOM, "link")))
        .map(|link| link.attribute("rel").unwrap())
        .collect();
    assert_eq!(rels, ["self", "alternate"]);
    (ids, titles)
}

#[test]
fn changes_are_a_feed_in_each_language() {
    let site = with_history(PUBLIC);
    let (ids, titles) = check_feed(&read(&site, "feed.xml"));
    assert_eq!(titles, ["Harbor · What changed", "Mei <moves> & rests", "A change without a description"]);
    assert_eq!(ids[0], "https://harbor.example/journeys/feed.xml");
    let (chinese, titles) = check_feed(&read(&site, "zh-cn/feed.xml"));
    assert_eq!(titles[2], "没写说明的改动");
    let all: BTreeSet<_> = ids.iter().chain(&chinese).collect();
    assert_eq!(all.len(), 6, "no two ids are alike");
    // Links are read from the feed's own address.
    let xml = read(&site, "zh-cn/feed.xml");
    assert!(xml.contains("xml:lang=\"zh-CN\" xml:base=\"https://harbor.example/journeys/zh-cn/feed.xml\""), "{xml}");
    assert!(xml.contains("href=\"changes/index.html#c-27d67d8\""), "{xml}");
    assert!(
        xml.contains("&lt;a href=&quot;personas/mei.html&quot;&gt;Mei Lin&lt;/a&gt;")
            || xml.contains("lang=&quot;en&quot;&gt;Mei Lin"),
        "{xml}"
    );
    // The place is there, and every page names the feed.
    assert!(read(&site, "zh-cn/changes/index.html").contains("id=\"c-27d67d8\""));
    assert!(read(&site, "zh-cn/changes/index.html").contains("<a href=\"../feed.xml\" type=\"application/atom+xml\">"));
    let page = read(&site, "zh-cn/personas/mei.html");
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"../feed.xml\""), "{page}");
}

#[test]
fn a_feed_keeps_its_ids_when_the_site_moves_or_has_no_address() {
    let entries = |settings: &str| check_feed(&read(&with_history(settings), "feed.xml")).0;
    let (here, elsewhere, nowhere) = (
        entries("title: H\nurl: https://a.example\n"),
        entries("title: H\nurl: https://b.example/h\n"),
        entries("title: H\n"),
    );
    assert_eq!(here[1..], elsewhere[1..]);
    assert_eq!(here[1..], nowhere[1..]);
    assert!(nowhere[0].starts_with("urn:uuid:"));
    // A UUID of version 8.
    assert!(nowhere[1].as_bytes()["urn:uuid:xxxxxxxx-xxxx-".len()] == b'8', "{}", nowhere[1]);
}

#[test]
fn nobody_feeds_what_nobody_knows() {
    let site = site("title: H\n", &[MEI]);
    assert!(!there(&site, "feed.xml"));
    assert!(!read(&site, "personas/mei.html").contains("atom+xml"));
}

#[test]
fn a_page_shows_itself_to_those_who_make_cards_of_links() {
    let settings =
        "title: Harbor\nlanguages: [en, zh-CN]\nurl: https://h.example/j/\nbrand: { logo: mark.png, icon: tab.png }\n";
    let portrait =
        ("personas/mei.md", "---\ntitle: Mei \"L\" Lin\nsummary: Buys her first machine.\nportrait: mei.jpg\n---\n");
    let files = [
        portrait,
        (
            "personas/jo.md",
            "---\ntitle: Jo\nportrait: jo.svg\n---\n\n## About\n\nJo **rents**, [Mei](persona:mei) buys.\n",
        ),
        ("assets/mei.jpg", ""),
        ("assets/jo.svg", ""),
        ("assets/mark.png", ""),
        ("assets/tab.png", ""),
    ];
    let site = site(settings, &files);
    let mei = read(&site, "personas/mei.html");
    for (name, value) in [
        ("title", "Mei &quot;L&quot; Lin"),
        ("type", "profile"),
        ("description", "Buys her first machine."),
        ("url", "https://h.example/j/personas/mei.html"),
        ("image", "https://h.example/j/assets/mei.jpg"),
        ("site_name", "Harbor"),
        ("locale", "en_US"),
        ("locale:alternate", "zh_CN"),
    ] {
        assert_eq!(after(&mei, &format!("<meta property=\"og:{name}\" content=\"")), [value], "{name}");
    }
    // A drawing is no picture for a card; the text's own first words describe what has no summary.
    let jo = read(&site, "zh-cn/personas/jo.html");
    assert_eq!(after(&jo, "og:image\" content=\""), ["https://h.example/j/assets/mark.png"]);
    assert_eq!(after(&jo, "og:description\" content=\""), ["Jo rents, Mei buys."]);
    assert_eq!(after(&jo, "og:locale\" content=\""), ["zh_CN"]);
    assert!(jo.contains("<link rel=\"icon\" href=\"../../assets/tab.png\" type=\"image/png\">"), "{jo}");
    assert_eq!(after(&read(&site, "index.html"), "og:type\" content=\""), ["website"]);
}

#[test]
fn a_description_ends_where_a_sentence_or_a_word_ends() {
    assert_eq!(share::shortened("  Two\n words. "), "Two words.");
    assert_eq!(share::shortened("量门。\n量楼梯。"), "量门。量楼梯。");
    let sentence = "We win her in the shop and lose her on the doorstep. ";
    assert_eq!(share::shortened(&sentence.repeat(4)), sentence.repeat(3).trim_end());
    let words = share::shortened(&"word ".repeat(60));
    assert!(words.ends_with("word…") && words.chars().count() <= 161, "{words}");
    let chinese = share::shortened(&"门".repeat(100));
    assert_eq!(chinese, format!("{}…", "门".repeat(80)));
    let chinese = share::shortened(&"我们在店里赢得她，在门口失去她。".repeat(8));
    assert_eq!(chinese, "我们在店里赢得她，在门口失去她。".repeat(5));
    assert_eq!(share::shortened(&"x".repeat(200)), format!("{}…", "x".repeat(160)));
    for (tag, locale) in [("en", "en_US"), ("en-GB", "en_GB"), ("zh", "zh_CN"), ("zh-Hant-HK", "zh_HK"), ("fr", "fr")] {
        assert_eq!(share::locale(tag), locale);
    }
}

#[test]
fn the_page_for_what_is_missing_finds_back_from_any_depth() {
    for (settings, root) in [
        ("title: H\nlanguages: [en, zh-CN]\n", "/"),
        ("title: H\nlanguages: [en, zh-CN]\nurl: https://h.example\n", "/"),
        ("title: H\nlanguages: [en, zh-CN]\nurl: https://h.example/our/journeys\n", "/our/journeys/"),
    ] {
        let site = site(settings, &[MEI]);
        for (path, lang, own) in [("404.html", "en", ""), ("zh-cn/404.html", "zh-CN", "zh-cn/")] {
            let html = read(&site, path);
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{html}");
            for attribute in ["href=\"", "src=\""] {
                for way in after(&html, attribute).into_iter().filter(|way| !way.starts_with('#')) {
                    let inside = way.strip_prefix(root).unwrap_or_else(|| panic!("{path}: {way}"));
                    let file = if inside.is_empty() { "index.html" } else { inside };
                    assert!(there(&site, file), "{path}: {way}");
                }
            }
            assert!(html.contains(&format!("href=\"{root}{own}personas/index.html\"")), "{html}");
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
            assert!(!html.contains("rel=\"canonical\"") && !html.contains("rel=\"alternate\" hreflang"), "{html}");
        }
    }
}
