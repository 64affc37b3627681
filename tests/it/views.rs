//! Pages as readers get them: addresses, links, backlinks, words, and the theme's promise of nothing inline.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Code, Place, Report, show};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

/// A handbook from `(path, text)`.
fn sources(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

/// A small handbook in one language, and more files.
fn small(language: &str, more: &[(&str, &str)]) -> (Site, Report, Sources) {
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    let mut files = vec![("handbook.yaml", settings.as_str())];
    files.extend(SMALL);
    files.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    files.extend(more);
    let sources = sources(&files);
    let (site, report) = compile(&sources);
    (site, report, sources)
}

const SMALL: [(&str, &str); 6] = [
    ("teams.yaml", "retail: { title: Retail, lead: Rosa }\n"),
    ("channels.yaml", "store: { title: Store, icon: store }\n"),
    (
        "personas/mei.md",
        "---\ntitle: Mei Lin\nrole: Buyer\nsummary: Short on time.\n---\n\nShe trusts [](touchpoint:adviser).\n",
    ),
    (
        "touchpoints/adviser.md",
        "---\ntitle: Store adviser\nchannel: store\nkind: human\nowner: retail\nstatus: live\nsummary: Draws the room.\n---\n\n## Standard\n\nAsk first.\n",
    ),
    (
        "insights/talks.yaml",
        "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nwho: buyers\nsource: Rosa\nsummary: Doors.\n",
    ),
    (
        "maps/buying.yaml",
        "title: Buying <a machine>
kind: current-state
persona: mei
finding: We win her & lose her.
owner: retail
reviewed: 2026-10-14
reviewed-by: Rosa
review-every: 3 months
stages:
  - id: shop
    title: Shop
    steps:
      - id: ask
        action: Asks the adviser
        touchpoint: adviser
        feels: 2
        feeling: understood
        says: She drew my room.
        insights: [talks]
        leads-to: [wait]
  - id: door
    title: Door
    fix-first: true
    steps:
      - id: wait
        action: Waits all morning
        feels: -1.5
        moment-of-truth: She remembers the neighbours.
        pains: [{ text: Too narrow, severity: high }]
",
    ),
];

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

fn pages(site: &Site) -> BTreeMap<String, String> {
    site.pages().map(|path| (path.to_string(), read(site, path.as_str()))).collect()
}

/// Every value of an attribute, unescaped.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let starts = html.match_indices(attribute).map(|(at, _)| at + attribute.len());
    starts.filter_map(|at| html[at..].split_once('"')).map(|(value, _)| value.replace("&amp;", "&")).collect()
}

fn example() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    compile(&journeybook::disk::discover(&root, &[]).unwrap()).0
}

#[test]
fn every_link_and_every_anchor_leads_somewhere() {
    let site = example();
    let pages = pages(&site);
    let known: BTreeSet<String> = site.paths().map(SitePath::to_string).collect();
    for (path, html) in &pages {
        for link in [" href=\"", " src=\""].iter().flat_map(|attribute| values(html, attribute)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let target = match file {
                "" => path.clone(),
                // What follows a question mark is a choice that the page's script keeps.
                file => match file.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => HandbookPath::new(path)
                        .unwrap()
                        .resolve(file.split('?').next().unwrap())
                        .unwrap()
                        .as_str()
                        .to_owned(),
                },
            };
            assert!(known.contains(&target), "{path} links to `{link}`: nothing is there");
            if let (Some(anchor), Some(page)) = (anchor, pages.get(&target)) {
                assert!(page.contains(&format!(" id=\"{anchor}\"")), "{path} links to `{link}`: no such place");
            }
        }
        assert_eq!(
            html.contains("href=\"/"),
            path.ends_with("404.html"),
            "{path}: links from the root are for the missing page"
        );
    }
}

#[test]
fn no_page_carries_style_or_script_and_no_id_twice() {
    for (path, html) in pages(&example()) {
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{path} carries style");
        for tag in html.split('<').filter(|tag| tag.starts_with("script")) {
            assert!(tag.contains(" src=\"") && tag.trim_end().ends_with('>'), "{path} carries a script: {tag}");
        }
        let handler = html.split('<').filter_map(|tag| tag.split_once('>')).find(|(tag, _)| {
            tag.contains(" on") && {
                let (_, rest) = tag.split_once(" on").unwrap();
                rest.split_once('=')
                    .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
            }
        });
        assert_eq!(handler, None, "{path} carries a handler");
        let ids = values(&html, " id=\"");
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{path} has an id twice");
        assert_eq!(html.matches("<h1").count(), 1, "{path} has one first heading");
    }
}

#[test]
fn a_page_carries_the_drawings_it_uses_and_no_others() {
    for (path, html) in pages(&example()) {
        let (page, sprite) = html.split_once("class=\"jb-sprite\"").unwrap_or((&html, ""));
        let used: BTreeSet<String> = values(page, "href=\"#")
            .into_iter()
            .filter(|id| id.starts_with("jb-i-") || id.starts_with("jb-f"))
            .collect();
        let carried: BTreeSet<String> = values(sprite, " id=\"").into_iter().collect();
        assert_eq!(used, carried, "{path}");
    }
}

#[test]
fn backlinks_are_derived() {
    let (site, report, sources) = small("en", &[]);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    let touchpoint = read(&site, "touchpoints/adviser.html");
    assert!(touchpoint.contains("<a href=\"../maps/buying.html#ask\">Asks the adviser</a>"), "{touchpoint}");
    assert!(touchpoint.contains("<a href=\"../personas/mei.html\">Mei Lin</a>"), "{touchpoint}");
    let insight = read(&site, "insights/talks.html");
    assert!(insight.contains("<a href=\"../maps/buying.html#ask\">Asks the adviser</a>"), "{insight}");
    let teams = read(&site, "teams/retail.html");
    assert!(teams.contains("<a href=\"../touchpoints/adviser.html\">Store adviser</a>"), "{teams}");
}

#[test]
fn a_map_says_in_words_what_it_draws() {
    let (site, ..) = small("en", &[]);
    let map = read(&site, "maps/buying.html");
    for said in [
        "<h1>Buying &lt;a machine&gt;</h1>",
        "We win her &amp; lose her.",
        "+2, highest point",
        "−1.5, lowest point, a moment of truth",
        "<b>50%</b> of 4 statements",
        "2 one source",
        "next by 14\u{a0}Jan 2027",
        "May lead to: <a href=\"#wait\">Waits all morning</a>",
        "<a href=\"../insights/talks.html\">14 interviews</a>",
        "Assumption — nobody asked yet",
        "She remembers the neighbours.",
        "data-fix-first",
    ] {
        assert!(map.contains(said), "`{said}` is not in\n{map}");
    }
}

#[test]
fn an_empty_link_takes_the_title_of_the_place_it_names() {
    let text = "---\ntitle: Doors\n---\n[](#how-wide), [](touchpoint:adviser#standard), [](map:buying#shop), [](map:buying)\n\n## How wide?\n";
    let (site, report, sources) = small("en", &[("guides/doors.md", text)]);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    let page = read(&site, "guides/doors.html");
    for title in [">How wide?</a>,", ">Standard</a>,", ">Shop</a>,", ">Buying &lt;a machine&gt;</a>"] {
        assert!(page.contains(title), "no {title} in {page}");
    }
}

#[test]
fn a_big_folder_of_guides_keeps_its_pages_small() {
    let names: Vec<String> = (0..200).map(|number| format!("guides/guide-{number}.md")).collect();
    let guides: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "---\ntitle: A guide\n---\n")).collect();
    let (site, ..) = small("en", &guides);
    let page = read(&site, "guides/guide-100.html");
    assert!(page.matches("guides/").count() + page.matches("guide-").count() < 60, "the page lists the whole folder");
}

#[test]
fn a_handbook_in_chinese_speaks_chinese() {
    for language in ["zh-CN", "zh"] {
        let (site, report, sources) = small(language, &[]);
        assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
        let map = read(&site, "maps/buying.html");
        assert!(map.contains(&format!("<html lang=\"{language}\">")), "{map}");
        assert!(map.contains("关键时刻") && map.contains("2026年10月14日"), "{map}");
        assert!(!map.contains("Skip to content"), "{map}");
    }
}

#[test]
fn a_language_without_words_falls_back_to_english() {
    let (site, ..) = small("fi", &[]);
    assert!(read(&site, "index.html").contains("Skip to content"));
}

#[test]
fn every_language_has_the_same_words() {
    let words = |tag: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(theme().join(format!("strings/{tag}.yaml"))).unwrap();
        let keys = text.lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(|line| line.split_once(':'));
        keys.map(|(key, _)| key.to_owned()).collect()
    };
    let english = words("en");
    assert_eq!(english, words("zh-CN"));
    let templates = fs::read_dir(theme().join("templates")).unwrap().map(|entry| entry.unwrap().path());
    let components =
        fs::read_dir(theme().join("components")).unwrap().map(|entry| entry.unwrap().path().join("template.html"));
    for path in templates.chain(components).filter(|path| path.exists()) {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("words.") {
            let rest = &text[at + "words.".len()..];
            let key = rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap();
            // An empty key is the end of a sentence about words.
            assert!(key.is_empty() || english.contains(key), "{} asks for the word `{key}`", path.display());
        }
    }
    for key in journeybook::parse::markdown::WORDS {
        assert!(english.contains(*key), "prose asks for the word `{key}`");
    }
}

#[test]
fn no_word_is_given_twice() {
    for entry in fs::read_dir(theme().join("strings")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut seen = BTreeSet::new();
        for line in text.lines().filter(|line| !line.starts_with([' ', '#'])) {
            let Some((key, _)) = line.split_once(':') else { continue };
            assert!(seen.insert(key), "{} gives `{key}` twice", path.display());
        }
    }
}

#[test]
fn every_component_has_examples() {
    for entry in fs::read_dir(theme().join("components")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(template) = fs::read_to_string(folder.join("template.html")) else { continue };
        let examples = fs::read_to_string(folder.join("examples.yaml")).unwrap_or_default();
        for (at, start) in template.match_indices("{% component ") {
            let name = template[at + start.len()..].split('(').next().unwrap();
            assert!(examples.contains(&format!("- component: {name}\n")), "`{name}` has no example");
        }
    }
}

#[test]
fn two_pages_cannot_have_one_address() {
    let persona = "---\ntitle: Index\nrole: Buyer\nsummary: None.\n---\n";
    let (site, report, _) = small("en", &[("personas/index.md", persona)]);
    let codes: Vec<Code> = report.loud().iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::AddressTaken]);
    assert!(read(&site, "personas/index.html").contains("<h1>Personas</h1>"));
}

#[test]
fn a_handbook_may_replace_and_extend_templates_styles_words_and_drawings() {
    let (site, report, sources) = small(
        "en",
        &[
            (
                "themes/default/templates/404.html",
                "{% extends \"default/404.html\" %}{% block head %}<meta name=\"own\">{% endblock %}",
            ),
            (
                "themes/default/components/avatar/template.html",
                "{% component jb.avatar(initials: string) %}<i>{{ initials }}</i>{% endcomponent jb.avatar %}",
            ),
            ("themes/default/handbook.css", ":root { --jb-r: 0 }"),
            ("themes/default/strings/en.yaml", "skip: Jump ahead\n"),
            ("themes/default/icons.svg", "<svg>\n<symbol id=\"jb-i-theme\"><path d=\"M0 0\"/></symbol>\n</svg>"),
        ],
    );
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    let missing = read(&site, "404.html");
    assert!(missing.contains("<meta name=\"own\">") && missing.contains("This page is not on the map"), "{missing}");
    assert!(
        missing.contains("Jump ahead") && missing.contains("<symbol id=\"jb-i-theme\"><path d=\"M0 0\"/>"),
        "{missing}"
    );
    assert!(read(&site, "maps/buying.html").contains("<i>ML</i>"));
    assert!(read(&site, "theme/handbook.css").ends_with(":root{--jb-r:0}\n"));
}

#[test]
fn a_theme_of_its_own_lies_over_the_built_in_one() {
    let settings = "title: Harbor\nlanguages: [en]\ntheme: harbor\n";
    let page = "{% extends \"default/page.html\" %}{% block head %}<meta name=\"harbor\">{% endblock %}";
    let (site, report, sources) =
        small("en", &[("handbook.yaml", settings), ("themes/harbor/templates/page.html", page)]);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    assert!(pages(&site).values().all(|html| html.contains("<meta name=\"harbor\">")));

    let settings = settings.replace("harbor\n", "habor\n");
    let (_, report, sources) =
        small("en", &[("handbook.yaml", &settings), ("themes/harbor/templates/page.html", page)]);
    let told = show::text(&report.loud(), &sources, false);
    assert!(told.contains("unknown-theme") && told.contains("did you mean `harbor`?"), "{told}");
}

/// The one diagnostic about a template, as its name and the bytes it points to.
fn mistake(report: &Report) -> (String, String) {
    let loud = report.loud();
    let mistakes: Vec<_> = loud.iter().collect();
    match mistakes.as_slice() {
        [only] => match &only.place {
            Place::Template { name, text, range } if only.code == Code::TemplateError => {
                (name.clone(), text[range.clone()].to_owned())
            }
            other => panic!("{other:?}: {}", only.message),
        },
        others => panic!("{others:?}"),
    }
}

#[test]
fn a_templates_mistakes_are_shown_in_their_place() {
    let with = |text: &str| small("en", &[("themes/default/templates/404.html", text)]);
    let place = "themes/default/templates/404.html";
    for (text, at) in [
        ("一二 {{ words.skip | shout }}", "shout"),
        ("{% extends \"nothing.html\" %}", "nothing.html"),
        ("{{ <jb.nothing/> }}", "<jb.nothing/>"),
    ] {
        let (site, report, _) = with(text);
        let (name, bytes) = mistake(&report);
        assert_eq!(name, place, "{text}");
        assert!(bytes.contains(at) || at.contains(&bytes) && !bytes.is_empty(), "{text}: points to `{bytes}`");
        assert!(read(&site, "404.html").contains("This page is not on the map"), "the built-in page stands in");
    }
    let (_, report, _) = with("{% block main %}{{ words.skip }");
    assert_eq!(mistake(&report).0, place);

    let (site, report, _) =
        with("{% extends \"default/404.html\" %}{% block main %}\n{{ page.nothing }}{% endblock %}");
    assert!(report.loud().is_empty());
    let (name, bytes) = mistake(&site.check());
    assert_eq!((name.as_str(), bytes.contains("nothing")), ("themes/default/templates/404.html", true), "{bytes}");
}

/// A page template written for other addresses must not lead somewhere else in silence.
#[test]
fn names_that_page_templates_had_before_are_mistakes() {
    for old in ["site.home", "site.everything", "site.data", "site.menu[0].path"] {
        let page = format!(
            "{{% extends \"default/page.html\" %}}{{% block head %}}{{{{ frame.home }}}}{{{{ {old} }}}}{{% endblock %}}"
        );
        let (site, report, _) = small("en", &[("themes/default/templates/page.html", &page)]);
        assert!(report.loud().is_empty());
        for path in ["index.html", "maps/buying.html"] {
            let refused = site.read(&SitePath::new(path).unwrap()).unwrap().map(|_| ()).unwrap_err();
            assert_eq!(refused.code, Code::TemplateError, "{path}: {}", refused.message);
        }
    }
}

proptest! {
    #[test]
    fn links_between_any_two_addresses_resolve(from in address(), to in address()) {
        let (here, there) = (SitePath::new(&from).unwrap(), SitePath::new(&to).unwrap());
        let resolved = HandbookPath::new(&from).unwrap().resolve(&here.link_to(&there)).unwrap();
        prop_assert_eq!(resolved.as_str(), to);
    }

    #[test]
    fn whatever_an_author_writes_is_text(title in "\\PC{1,20}") {
        let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
        let terms = format!("word: {{ title: \"{quoted}\", definition: \"{quoted}\" }}\n");
        let (site, report, _) = small("en", &[("glossary.yaml", &terms)]);
        prop_assume!(!report.has_errors());
        let page = read(&site, "glossary/index.html");
        let shown = title.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let shown = shown.replace('"', "&quot;").replace('\'', "&#x27;");
        let unquoted = page.replace("&#39;", "&#x27;");
        prop_assert!(unquoted.contains(&format!("<dt>{shown} ")), "`{shown}` is not in {page}");
    }
}

fn address() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-c]{1,2}", 1..4).prop_map(|parts| parts.join("/"))
}

fn theme() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")
}
