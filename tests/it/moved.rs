//! Old addresses: a page at each that leads to where the item is now, in every language, and to nothing else.

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

fn build(files: &[(&str, &str)]) -> (Site, String) {
    let settings = ("handbook.yaml", "title: H\nlanguages: [en, zh-CN]\nurl: https://h.example/j\npublic: true\n");
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(std::iter::once(&settings).chain(files).map(file).collect());
    let (site, report) = compile(&sources);
    (site, show::text(&report.loud(), &sources, false))
}

fn site(files: &[(&str, &str)]) -> Site {
    let (site, report) = build(files);
    assert!(!report.contains("error["), "{report}");
    site
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// Where an old address leads, after a look at its page.
fn leads(site: &Site, old: &str) -> String {
    let html = read(site, old);
    let after =
        |start: &str| html.split_once(start).unwrap_or_else(|| panic!("{start}: {html}")).1.split('"').next().unwrap();
    let way = after("<meta http-equiv=\"refresh\" content=\"0; url=");
    assert_eq!(after("<p class=\"jb-lead\"><a href=\""), way, "the same to see and to press");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    let canonical = after("<link rel=\"canonical\" href=\"").strip_prefix("https://h.example/j/").unwrap().to_owned();
    let (up, way) = (way.matches("../").count(), way.trim_start_matches("../"));
    let folder: Vec<&str> = old.split('/').collect();
    let base = folder[..folder.len() - 1 - up].join("/");
    let there = if base.is_empty() { way.to_owned() } else { format!("{base}/{way}") };
    assert!(site.has(&SitePath::new(&there).unwrap()), "{old} leads to {there}, where nothing is");
    assert_eq!(journeybook::model::percent(&there), canonical);
    there
}

fn page(keys: &str) -> String {
    format!("---\ntitle: New\n{keys}---\n\nText.\n")
}

#[test]
fn every_kind_of_item_is_found_where_it_was() {
    let alias = page("aliases: [old]\n");
    let touchpoint = page("channel: shop\nkind: human\naliases: [old]\n");
    let map = "title: M\nkind: current-state\npersona: p\naliases: [old]\nstages:\n  - { id: s, title: S, steps: [{ id: a, action: A }] }\n";
    let site = site(&[
        ("channels.yaml", "shop: { title: Shop }\n"),
        ("index.md", &page("aliases: [/start.html]\n")),
        ("personas/p.md", &alias),
        ("touchpoints/t.md", &touchpoint),
        ("maps/m.yaml", map),
        ("insights/i.yaml", "title: I\nkind: survey\ndate: 2026-05-01\nsource: Us\naliases: [old]\n"),
        ("opportunities/o.yaml", "title: O\nimpact: 3\neffort: 2\nstatus: idea\naliases: [old]\n"),
        ("metrics/k.yaml", "title: K\nkind: nps\nunit: points\ndefinition: D\naliases: [old]\n"),
        ("walkthroughs/w.yaml", "title: W\nmap: m\ndate: 2026-05-01\nwalker: Us\naliases: [old]\nsteps: []\n"),
        ("training/c/course.yaml", "title: C\naliases: [old]\n"),
        ("training/c/01-l.md", &page("aliases: [before]\n")),
        ("guides/g.md", &page("aliases: [deep/旧页]\n")),
    ]);
    for (old, now) in [
        ("start.html", "index.html"),
        ("personas/old.html", "personas/p.html"),
        ("touchpoints/old.html", "touchpoints/t.html"),
        ("maps/old.html", "maps/m.html"),
        ("insights/old.html", "insights/i.html"),
        ("opportunities/old.html", "opportunities/o.html"),
        ("metrics/old.html", "metrics/k.html"),
        ("walkthroughs/old.html", "walkthroughs/w.html"),
        ("training/old/index.html", "training/c/index.html"),
        ("training/old/l.html", "training/c/l.html"),
        ("training/c/before.html", "training/c/l.html"),
        ("guides/deep/旧页.html", "guides/g.html"),
    ] {
        if now != "index.html" {
            assert_eq!(leads(&site, old), now);
        }
        assert_eq!(leads(&site, &format!("zh-cn/{old}")), format!("zh-cn/{now}"));
        assert!(read(&site, &format!("zh-cn/{old}")).contains("<html lang=\"zh-CN\">"));
        // Nobody is sent there.
        assert!(!site.pages().any(|page| page.as_str() == old));
        assert!(!read(&site, "sitemap.xml").contains(&journeybook::model::percent(old)), "{old}");
        assert!(!read(&site, "search/index.html").contains(old), "{old}");
    }
}

#[test]
fn an_old_address_is_taken_as_browsers_show_it() {
    let aliases = "aliases: [/people/mei.html, /people/, /who, /people/%E6%A2%85.html, old.htm, /zh-cn/人/梅.html]\n";
    let site = site(&[("personas/p.md", &page(aliases))]);
    for old in ["people/mei.html", "people/index.html", "who/index.html", "people/梅.html", "old.htm"] {
        assert_eq!(leads(&site, old), "personas/p.html");
    }
    // One in a language's folder is of that language alone.
    assert_eq!(leads(&site, "zh-cn/人/梅.html"), "zh-cn/personas/p.html");
    assert!(!site.has(&SitePath::new("zh-cn/zh-cn/人/梅.html").unwrap()));
    assert!(!site.has(&SitePath::new("人/梅.html").unwrap()));
}

#[test]
fn nothing_moves_to_where_something_stands() {
    let (_, report) = build(&[
        (
            "personas/p.md",
            &page("aliases: [Q, gone, /Personas/index.html, /zh-cn/personas/p.html, /personas/q.html/more]\n"),
        ),
        ("personas/q.md", &page("aliases: [gone]\n")),
    ]);
    let found: Vec<&str> = report.split("error[address-taken]: ").skip(1).collect();
    assert_eq!(found.len(), 5, "{report}");
    // Both places are shown: the alias, and what stands there.
    for (message, other) in [
        ("another page already stands at `personas/q.html`", "personas/q.md"),
        ("another page already stands at `personas/gone.html`", "personas/p.md"),
        ("another page already stands at `zh-cn/personas/p.html`", "personas/p.md"),
        ("another page already stands at `personas/q.html/more/index.html`", "personas/q.md"),
    ] {
        let told = found.iter().find(|told| told.starts_with(message)).unwrap_or_else(|| panic!("{message}: {report}"));
        assert!(told.contains(other), "{told}");
    }
}

#[test]
fn a_reference_to_an_old_id_is_told_the_new_one() {
    let (_, report) = build(&[
        ("personas/p.md", &page("aliases: [old]\n")),
        ("guides/g.md", "---\ntitle: G\n---\n\n[](persona:old)\n"),
        ("training/c/course.yaml", "title: C\n"),
        ("training/c/01-l.md", &page("aliases: [before]\n")),
        ("guides/h.md", "---\ntitle: H\n---\n\n[](lesson:c/before)\n"),
    ]);
    assert!(report.contains("no persona is called `old`") && report.contains("it is called `p` now"), "{report}");
    assert!(report.contains("it is called `c/l` now"), "{report}");
}
