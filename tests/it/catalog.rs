//! The touchpoint catalogue and a touchpoint's page: every figure counted, every row once, whatever the length.

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::model::{Feeling, Importance};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::priority::priority;
use proptest::prelude::*;

/// A small world: two channels, four touchpoints, a map of today, its future, and one of three people.
pub(crate) const WORLD: &[(&str, &str)] = &[
    (
        "handbook.yaml",
        "title: Harbor\nlanguages: [en]\nstage-sets:\n  line:\n    - { id: find, title: Find }\n    - { id: buy, title: Buy }\n    - { id: use, title: Use }\n",
    ),
    ("channels.yaml", "app: { title: App }\nshop: { title: Shop }\nvan: { title: Van }\n"),
    ("teams.yaml", "web: { title: Web team }\nretail: { title: Retail }\n"),
    ("personas/mei.md", "---\ntitle: Mei\nrole: Buyer\nchannels:\n  - { channel: app, use: 4, often: daily, feels: 1 }\n---\n"),
    ("personas/ana.md", "---\ntitle: Ana\nrole: Landlord\n---\n"),
    ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nsource: Rosa\n"),
    ("opportunities/done.yaml", "title: A done thing\nimpact: 4\neffort: 2\nstatus: done\n"),
    ("opportunities/idea.yaml", "title: An idea\nimpact: 4\neffort: 2\nstatus: idea\n"),
    (
        "touchpoints/finder.md",
        "---\ntitle: Finder\nchannel: app\nkind: digital\nowner: web\nimportance: { customer: 4, organisation: 5 }\npromise: Fits first.\n---\n\n![Plan](../assets/plan.svg)\n",
    ),
    ("touchpoints/basket.md", "---\ntitle: Basket\nchannel: app\nkind: digital\nowner: retail\n---\n"),
    (
        "touchpoints/adviser.md",
        "---\ntitle: Adviser\nchannel: shop\nkind: human\nimportance: { customer: 5, organisation: 2 }\n---\n",
    ),
    ("touchpoints/idle.md", "---\ntitle: Idle thing\nchannel: shop\nkind: physical\nstatus: planned\n---\n"),
    ("assets/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    (
        "training/basics/course.yaml",
        "title: Basics\n",
    ),
    ("training/basics/01-first.md", "---\ntitle: First\nminutes: 5\n---\n\nAsk at the [finder](touchpoint:finder).\n"),
    (
        "maps/today.yaml",
        "title: Today
kind: current-state
persona: mei
stage-set: line
owner: web
stages:
  - id: find
    steps:
      - { id: search, action: Searches, touchpoint: finder, feels: -1, pains: [{ text: Slow, opportunities: [done] }, Ugly], says: { text: Too slow, insights: [talks] }, insights: [talks] }
      - { id: ask, action: Asks, touchpoint: adviser, feels: 1.5, moment-of-truth: She stays., insights: [talks] }
  - id: buy
    owner: retail
    steps:
      - { id: pay, action: Pays, touchpoint: finder, feels: -2, opportunities: [idea], pains: [Dear], moment-of-truth: She leaves., insights: [talks] }
      - { id: pack, action: Packs, touchpoint: basket, feels: 1, gains: [Light], insights: [talks] }
  - id: use
    steps:
      - { id: wash, action: Washes, touchpoint: finder, feels: 1, insights: [talks] }
",
    ),
    (
        "maps/tomorrow.yaml",
        "title: Tomorrow
kind: future-state
baseline: today
persona: ana
stage-set: line
stages:
  - id: find
    steps: [{ id: search, action: Searches, touchpoint: finder, feels: 2, pains: [New], moment-of-truth: Yes., insights: [talks] }]
  - id: buy
    steps: [{ id: pay, action: Pays, touchpoint: basket, insights: [talks] }]
  - id: use
    steps: [{ id: wash, action: Washes, insights: [talks] }]
",
    ),
];

pub(crate) fn site(files: &[(&str, &str)]) -> Site {
    let file = |&(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, mut report) = compile(&sources);
    report.append(site.check());
    let errors = report.iter().filter(|found| found.code.severity() == journeybook::diag::Severity::Error).count();
    assert_eq!(errors, 0, "{}", show::text(&report, &sources, false));
    site
}

pub(crate) fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

/// What a reader reads: no tags, one space between words.
pub(crate) fn plain(html: &str) -> String {
    let texts = html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The piece of a page from one mark to the next.
pub(crate) fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let (_, rest) = html.split_once(from).unwrap_or_else(|| panic!("no `{from}` in\n{html}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no `{to}` after `{from}`")).0
}

/// The cells of a touchpoint's row in the catalogue.
fn row(page: &str, touchpoint: &str) -> Vec<String> {
    let rows = between(page, "data-jb=\"catalog\"", "</tbody>");
    let row = rows.split("<tr ").find(|row| row.contains(&format!(">{touchpoint}</a>"))).unwrap();
    row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}"))).collect()
}

#[test]
fn a_row_counts_what_is_and_leaves_the_future_out_of_feelings() {
    let page = read(&site(WORLD), "touchpoints/index.html");
    // Feelings −1, −2 and +1 come to −0.7; both maps meet it; of five pains one has been ended and one is of tomorrow.
    let finder = row(&page, "Finder");
    assert_eq!(finder[0], "App digital · Live");
    assert_eq!(finder[1], "1 Find 2 Buy 3 Use");
    assert_eq!(finder[2], "Web team");
    assert_eq!(finder[3], "customer 4, us 5");
    // (4 + 5) / 2 × (1 + 3 / 2) × (3 + 0.67) = 41.3
    assert_eq!(finder[4], "41");
    assert_eq!(finder[5], "−0.7 worst: −2");
    assert_eq!(finder[6..], ["1", "2", "2", "2"], "moments of truth, maps, personas, open pains");
    assert_eq!(row(&page, "Basket")[3..], ["", "", "+1 worst: +1", "0", "2", "2", "0"], "nobody said how it matters");
    assert_eq!(row(&page, "Idle thing")[0..], ["Shop physical · Planned", "", "", "", "", "", "0", "0", "0", "0"]);
}

#[test]
fn a_row_says_to_scripts_what_it_is() {
    let page = read(&site(WORLD), "touchpoints/index.html");
    assert!(page.contains(
        "<tr data-channel=\"app\" data-stage=\"find buy use\" data-owner=\"web\" data-kind=\"digital\" \
         data-status=\"live\" data-moment=\"yes\">"
    ));
    let rows = between(&page, "data-jb=\"catalog\"", "</tbody>");
    let order = ["Adviser", "Finder", "Basket", "Idle thing"].map(|title| rows.find(&format!(">{title}<")).unwrap());
    assert!(order.is_sorted(), "as customers meet them: {order:?}");
    assert!(rows.contains("data-value=\"-0.67\""), "numbers are sorted as numbers");
}

#[test]
fn the_formula_stands_on_the_page() {
    let page = plain(&read(&site(WORLD), "touchpoints/index.html"));
    assert!(page.contains("Priority = importance × use × need, from 1 to 100") && page.contains("IEC 60812"));
}

#[test]
fn a_touchpoint_says_what_breaks_without_it() {
    let site = site(WORLD);
    let html = read(&site, "touchpoints/finder.html");
    let page = plain(&html);
    for said in [
        "Retiring it touches 2 maps, 3 stages, 4 steps, 2 personas, 1 lesson, 4 pains, 1 quote, 2 opportunities.",
        "Met at: Find, Buy, Use.",
        "met at 2 steps",
        "Slow Searches , ended by an opportunity that is done",
        "Dear Pays , open",
        "Too slow Searches",
        "41 of 100",
        "An idea",
        "plan.svg",
    ] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
    // The same channel at the same stage in a map of today.
    assert!(
        between(&html, "jb-stand-ins", "</ul>").contains("basket.html\">Basket</a><span class=\"jb-hint\">Buy</span>")
    );
    let idle = plain(&read(&site, "touchpoints/idle.html"));
    assert!(idle.contains("nothing breaks") && idle.contains("Met at none of these stages."), "{idle}");
}

/// A handbook of this many touchpoints, each met at one step of a map of its own.
pub(crate) fn many(touchpoints: usize) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "handbook.yaml".to_owned(),
            "title: Long\nlanguages: [en]\nstage-sets:\n  line: [{ id: a, title: A }, { id: b, title: B }]\n"
                .to_owned(),
        ),
        ("channels.yaml".to_owned(), "app: { title: App, icon: app }\nshop: { title: Shop, icon: store }\n".to_owned()),
        ("teams.yaml".to_owned(), "web: { title: Web team }\n".to_owned()),
        ("personas/mei.md".to_owned(), "---\ntitle: Mei\n---\n".to_owned()),
    ];
    for number in 0..touchpoints {
        let (channel, kind) = if number % 2 == 0 { ("app", "digital") } else { ("shop", "human") };
        let importance = number % 5 + 1;
        let text = format!(
            "---\ntitle: Touchpoint {number}\nchannel: {channel}\nkind: {kind}\nowner: web\nimportance: {{ customer: {importance}, organisation: 1 }}\n---\n"
        );
        files.push((format!("touchpoints/t{number}.md"), text));
    }
    for map in 0..touchpoints.div_ceil(20) {
        let mut text = format!("title: Map {map}\nkind: current-state\npersona: mei\nstage-set: line\nstages:\n");
        for (stage, half) in [("a", 0), ("b", 10)] {
            text.push_str(&format!("  - id: {stage}\n    steps:\n"));
            for number in (map * 20 + half..map * 20 + half + 10).filter(|number| *number < touchpoints) {
                let truth = if number % 10 == 0 { ", moment-of-truth: It counts." } else { "" };
                text.push_str(&format!(
                    "      - {{ id: s{number}, action: Does {number}, touchpoint: t{number}, feels: 1.5{truth} }}\n"
                ));
            }
        }
        files.push((format!("maps/m{map}.yaml"), text));
    }
    files
}

pub(crate) fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn a_long_catalogue_is_split_and_its_rows_are_scripts_too() {
    let files = many(1000);
    let site = site(&borrowed(&files));
    let first = read(&site, "touchpoints/index.html");
    let second = read(&site, "touchpoints/all/2.html");
    assert!(first.contains("jb-heat") && !second.contains("jb-heat"), "the grid stands on the first part only");
    assert!(first.contains("<a href=\"all/2.js\" data-part=\"2\">") && !first.contains("all/1.js"));
    assert!(second.contains("<a href=\"1.js\" data-part=\"1\">") && !second.contains("\"2.js\""));
    let mut pages = String::new();
    let mut scripts = String::new();
    for path in site.paths().filter(|path| path.as_str().starts_with("touchpoints/")) {
        let text = read(&site, path.as_str());
        assert!(text.len() < 300_000, "{path} has {} bytes", text.len());
        if path.as_str().ends_with(".js") {
            scripts.push_str(&text);
        } else if path.as_str() == "touchpoints/index.html" || path.as_str().contains("all/") {
            pages.push_str(&text);
        }
    }
    for number in 0..1000 {
        assert_eq!(pages.matches(&format!(">Touchpoint {number}</a>")).count(), 1, "touchpoint {number}");
        assert_eq!(scripts.matches(&format!(">Touchpoint {number}</a>")).count(), 1, "touchpoint {number}");
    }
    assert!(scripts.starts_with("journeybookRows(1, \"") && scripts.contains("jb-i-store"), "drawings come along");
}

#[test]
fn a_short_catalogue_has_no_scripts_of_rows() {
    let site = site(WORLD);
    assert!(!site.paths().any(|path| path.as_str().starts_with("touchpoints/all/")));
    assert!(!read(&site, "touchpoints/index.html").contains("data-rows"));
}

#[test]
fn a_touchpoint_met_everywhere_has_a_page_of_bounded_length() {
    let mut map = "title: Long\nkind: experience\noutcome: It ends.\nstages:\n".to_owned();
    for stage in 0..100 {
        map.push_str(&format!("  - id: s{stage}\n    title: Stage {stage}\n    steps:\n"));
        for step in 0..20 {
            map.push_str(&format!(
                "      - {{ id: s{stage}-{step}, action: Does it, touchpoint: finder, pains: [It hurts] }}\n"
            ));
        }
    }
    let files = [WORLD, &[("maps/long.yaml", map.as_str())]].concat();
    let page = read(&site(&files), "touchpoints/finder.html");
    assert!(page.len() < 150_000, "{} bytes", page.len());
    let page = plain(&page);
    assert!(page.contains("2,004 steps") && page.contains("2,004 pains") && page.contains("and 1,924 more"), "{page}");
}

fn importance() -> impl Strategy<Value = Importance> {
    (1..=5_u8, 1..=5_u8).prop_map(|(customer, organisation)| Importance { customer, organisation })
}

fn feeling() -> impl Strategy<Value = Feeling> {
    (-200..=200_i32).prop_map(|hundredths| Feeling::new(f64::from(hundredths) / 100.0).unwrap())
}

proptest! {
    #[test]
    fn priority_is_in_range(importance in importance(), steps in 0..1000_usize, feels in proptest::option::of(feeling())) {
        let priority = priority(Some(importance), steps, feels).unwrap();
        prop_assert!((1..=100).contains(&priority));
    }

    #[test]
    fn priority_grows_with_importance(one in importance(), other in importance(), steps in 0..20_usize, feels in feeling()) {
        let sum = |importance: Importance| importance.customer + importance.organisation;
        let (less, more) = if sum(one) <= sum(other) { (one, other) } else { (other, one) };
        prop_assert!(priority(Some(less), steps, Some(feels)) <= priority(Some(more), steps, Some(feels)));
    }

    #[test]
    fn priority_grows_with_use(importance in importance(), steps in 0..20_usize, more in 0..20_usize, feels in feeling()) {
        prop_assert!(priority(Some(importance), steps, Some(feels)) <= priority(Some(importance), steps + more, Some(feels)));
    }

    #[test]
    fn priority_grows_with_a_worse_feeling(importance in importance(), steps in 0..20_usize, one in feeling(), other in feeling()) {
        let (worse, better) = (one.min(other), one.max(other));
        prop_assert!(priority(Some(importance), steps, Some(worse)) >= priority(Some(importance), steps, Some(better)));
    }

    #[test]
    fn an_unknown_feeling_is_neutral(importance in importance(), steps in 0..20_usize) {
        prop_assert_eq!(priority(Some(importance), steps, None), priority(Some(importance), steps, Feeling::new(0.0)));
        prop_assert_eq!(priority(None, steps, None), None);
    }
}

#[test]
fn priority_reaches_both_ends_and_what_the_page_says() {
    let both = |n| Some(Importance { customer: n, organisation: n });
    assert_eq!(priority(both(5), 6, Feeling::new(-2.0)), Some(100));
    assert_eq!(priority(both(5), 60, Feeling::new(-2.0)), Some(100));
    assert_eq!(priority(both(1), 0, Feeling::new(2.0)), Some(1));
    assert_eq!(priority(both(3), 2, Feeling::new(0.5)), Some(15), "3 × 2 × 2.5");
}
