//! Empathy maps, experience maps, and what a current-state map only assumes: every text of theirs on the page, once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

const AROUND: [(&str, &str); 4] = [
    ("personas/mei.md", "---\ntitle: Mei Lin\nrole: Buyer\n---\n"),
    ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nsource: Rosa\n"),
    ("insights/log.yaml", "title: Log\nkind: analytics\ndate: 2026-06-01\nsample: 90\nsource: Han\n"),
    ("opportunities/window.yaml", "title: A window\nimpact: 4\neffort: 2\nstatus: planned\n"),
];

const VAN: &str = "title: Waiting
kind: empathy
persona: mei
moment: delivery day
finding: It is about time.
says: [{ text: Cheapest, note: 8 of 14, insights: [talks, log] }]
thinks: [Nobody comes]
does: [{ text: Looks out, insights: [log] }]
feels: [{ text: Trapped, feels: -1.5, insights: [talks] }]
pains: [{ text: No sleep, severity: high, insights: [log], opportunities: [window] }]
gains: [Dry <uniforms>]
tensions: [{ says: cheap, does: pays more, so: So lead with noise. }]
";

fn build(language: &str, files: &[(&str, &str)]) -> (Site, Report, Sources) {
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    let all = [("handbook.yaml", settings.as_str())].into_iter().chain(AROUND).chain(files.iter().copied());
    let file =
        |(path, text): (&str, &str)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    let sources = Sources::new(all.map(file).collect());
    let (site, mut report) = compile(&sources);
    report.append(site.check());
    (site, report, sources)
}

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

/// A page of a handbook with nothing to mend.
fn page(language: &str, files: &[(&str, &str)], path: &str) -> String {
    let (site, report, sources) = build(language, files);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    read(&site, path)
}

fn holds(html: &str, all: &[&str]) {
    for said in all {
        assert!(html.contains(said), "`{said}` is not in\n{html}");
    }
}

#[test]
fn an_empathy_map_shows_each_statement_with_its_evidence() {
    let html = page("en", &[("maps/van.yaml", VAN)], "maps/van.html");
    holds(
        &html,
        &[
            "<dt>Kind and moment<dd>Empathy map, <b>delivery day</b>",
            "<blockquote>Cheapest</blockquote>",
            "8 of 14 · <a href=\"../insights/talks.html\">14 interviews</a>, <a href=\"../insights/log.html\">90 records</a>",
            "<use href=\"#jb-f-2\"/>",
            "<span class=\"jb-visually-hidden\">feeling </span>−1.5",
            "<a href=\"../opportunities/window.html\">A window</a>",
            "Dry &lt;uniforms&gt;",
            "<b>Says</b> cheap</p>",
            "<span class=\"jb-visually-hidden\">but </span><b>Does</b> pays more",
            "So lead with noise.",
            "of 6 statements",
            "1 confirmed",
            "3 one source",
            "2 assumed",
        ],
    );
    let at = |id: &str| html.find(&format!("<h2 id=\"{id}\">")).unwrap();
    let order = ["says", "thinks", "does", "feels", "tensions", "pains", "gains", "sources"].map(at);
    assert!(order.is_sorted(), "sides are heard in another order: {order:?}");
}

#[test]
fn an_empathy_map_of_a_segment_names_it_and_nobody() {
    let van = VAN.replace("persona: mei", "segment: Night workers");
    let html = page("en", &[("maps/van.yaml", &van)], "maps/van.html");
    holds(&html, &["<dt>Segment<dd>Night workers</div>", "#jb-i-people"]);
    assert!(!html.contains("Everyone"), "{html}");
}

#[test]
fn registers_list_the_empathy_maps_that_cite_them() {
    let (site, ..) = build("en", &[("maps/van.yaml", VAN)]);
    for page in ["insights/talks.html", "insights/log.html", "opportunities/window.html"] {
        holds(&read(&site, page), &["<a href=\"../maps/van.html\">Waiting</a>"]);
    }
}

#[test]
fn an_empathy_map_in_chinese_speaks_chinese() {
    let html = page("zh-CN", &[("maps/van.yaml", VAN)], "maps/van.html");
    holds(&html, &["类型与情境", "前后矛盾之处", "痛点", "爽点", "</svg> 说</h2>", "</svg> 感受</h2>"]);
    assert!(!html.contains("Where it does not add up"), "{html}");
}

#[test]
fn running_text_may_show_the_quadrants() {
    let guide = "---\ntitle: Guide\n---\n\n```map\nid: van\ncaption: Look.\n```\n";
    let html = page("en", &[("maps/van.yaml", VAN), ("guides/g.md", guide)], "guides/g.html");
    holds(
        &html,
        &["<blockquote>Cheapest</blockquote>", "Trapped", "Nobody comes", "Look.", "href=\"../maps/van.html\""],
    );
    assert!(!html.contains("<table"), "an empathy map has no columns\n{html}");
}

const LIFE: &str = "title: A life
kind: experience
outcome: Clean laundry.
stages:
  - { id: wish, title: Wishing, opens: van, steps: [{ id: notice, action: Notices, feels: -1 }] }
  - { id: choice, title: Choosing, opens: buying, steps: [{ id: pay, action: Pays, feels: 1 }] }
  - { id: end, title: Ending, steps: [{ id: gone, action: Lets go }] }
";

const BUYING: &str = "title: Buying
kind: current-state
persona: mei
stages:
  - id: door
    title: Door
    steps:
      - { id: wait, action: Waits all morning, feels: -2, insights: [talks] }
      - { id: told, action: Tells a friend, says: { text: Never again, insights: [talks] } }
      - { id: hurt, action: Carries it up, pains: [{ text: My back, insights: [log] }] }
      - { id: guess, action: Shrugs, thinks: Well, pains: [Late] }
";

#[test]
fn an_experience_map_ends_in_its_goal_and_opens_the_maps_below() {
    let files = [("maps/life.yaml", LIFE), ("maps/buying.yaml", BUYING), ("maps/van.yaml", VAN)];
    let html = page("en", &files, "maps/life.html");
    holds(
        &html,
        &[
            "<dd>Everyone</div>",
            "It is about time.",
            "<a href=\"van.html\">Waiting</a><span class=\"jb-hint\">Empathy map</span>",
            "<a href=\"buying.html\">Buying</a><span class=\"jb-hint\">Journey map, current</span>",
            "highest −2, lowest −2",
            "<span class=\"jb-hint\">average −2",
            "lowest, −2",
        ],
    );
    assert_eq!(html.matches("Clean laundry.").count(), 1, "the goal is said once\n{html}");
    assert!(html.find("Lets go") < html.find("Clean laundry."), "the goal is heard after the stages");
    assert_eq!(html.matches("href=\"buying.html\"").count(), 1, "one way down\n{html}");
}

#[test]
fn an_experience_map_that_opens_nothing_has_no_row_of_doors() {
    let life = LIFE.replace(" opens: van,", "").replace(" opens: buying,", "");
    let html = page("en", &[("maps/life.yaml", &life)], "maps/life.html");
    assert!(!html.contains("data-lane=\"opens\""), "{html}");
}

#[test]
fn a_current_state_map_counts_its_assumptions_and_a_future_one_does_not() {
    let html = page("en", &[("maps/buying.yaml", BUYING)], "maps/buying.html");
    assert_eq!(html.matches("1 of 4 steps is an assumption").count(), 2, "in the head and in the notes\n{html}");
    assert_eq!(html.matches("An assumption</span>").count(), 1, "{html}");
    holds(&html, &["Shrugs<span class=\"jb-tag\">", "Log</a>"]);

    let two = BUYING.replace(", insights: [log]", "");
    holds(&page("en", &[("maps/buying.yaml", &two)], "maps/buying.html"), &["2 of 4 steps are assumptions"]);
    holds(&page("zh-CN", &[("maps/buying.yaml", &two)], "maps/buying.html"), &["4 个步骤中有 2 个是假设"]);

    let future = BUYING.replace("current-state", "future-state");
    let (site, ..) = build("en", &[("maps/buying.yaml", &future)]);
    let html = read(&site, "maps/buying.html");
    assert!(!html.contains("assumptions") && !html.contains("is an assumption"), "{html}");
}

#[test]
fn a_quotes_own_evidence_is_listed_and_linked_back() {
    let steps = "{ id: wait, action: Waits }, { id: told, action: Tells, says: { text: Never, insights: [talks] } }";
    let map = format!(
        "title: Buying\nkind: current-state\npersona: mei\nstages:\n  - {{ id: door, title: Door, steps: [{steps}] }}\n"
    );
    let (site, ..) = build("en", &[("maps/buying.yaml", &map)]);
    holds(&read(&site, "maps/buying.html"), &["<a href=\"../insights/talks.html\">Talks</a>"]);
    holds(&read(&site, "insights/talks.html"), &["<a href=\"../maps/buying.html#told\">Tells</a>"]);
}

/// The names of some diagnostics.
fn codes(report: &Report) -> Vec<&'static str> {
    report.loud().iter().map(|diagnostic| diagnostic.code.name()).collect()
}

#[test]
fn a_map_whose_kind_is_a_guess_is_not_asked_for_an_outcome() {
    for head in ["", "kind: experiense\n"] {
        let text = format!("title: A map\n{head}stages: []\n");
        let (_, report, _) = build("en", &[("maps/a.yaml", &text)]);
        assert!(!codes(&report).contains(&"missing-outcome"), "{head}: {:?}", codes(&report));
    }
    let (_, report, _) = build("en", &[("maps/a.yaml", "title: A map\nkind: experience\nstages: []\n")]);
    assert_eq!(codes(&report), ["missing-outcome"]);
}

/// What an author may write into a side: each text has a word of its own.
#[derive(Debug, Clone)]
struct Item {
    note: bool,
    cites: usize,
    feels: Option<i8>,
}

fn item() -> impl Strategy<Value = Item> {
    (any::<bool>(), 0_usize..3, prop::option::of(-2_i8..=2)).prop_map(|(note, cites, feels)| Item {
        note,
        cites,
        feels,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_step_is_an_assumption_if_nothing_of_it_cites_anything(
        steps in prop::collection::vec(prop::array::uniform3(any::<bool>()), 1..8),
    ) {
        let cites = |cited: bool| if cited { "[talks]" } else { "[]" };
        let mut yaml = "title: A map\nkind: current-state\npersona: mei\nstages:\n  - id: all\n    title: All\n    steps:\n".to_owned();
        for (number, &[own, pain, quote]) in steps.iter().enumerate() {
            writeln!(
                yaml,
                "      - {{ id: s{number}, action: Zq{number}q, insights: {}, pains: [{{ text: Ow, insights: {} }}], says: {{ text: Oh, insights: {} }} }}",
                cites(own), cites(pain), cites(quote),
            ).unwrap();
        }
        let (site, report, _) = build("en", &[("maps/a.yaml", &yaml)]);
        let bare = steps.iter().filter(|&&[own, _, quote]| !own && !quote).count();
        prop_assert_eq!(codes(&report), vec!["quote-without-evidence"; bare]);
        let html = read(&site, "maps/a.html");
        for (number, cited) in steps.iter().enumerate() {
            let marked = html.contains(&format!(">Zq{number}q<span class=\"jb-tag\">"));
            prop_assert_eq!(marked, !cited.contains(&true), "step {} in\n{}", number, html);
        }
        let assumed = steps.iter().filter(|cited| !cited.contains(&true)).count();
        let told = format!("{assumed} of {} steps ", steps.len());
        prop_assert_eq!(html.matches(&told).count(), if assumed > 0 { 2 } else { 0 });
    }

    #[test]
    fn every_item_of_an_empathy_map_is_on_its_page_once(
        sides in prop::collection::vec(prop::collection::vec(item(), 0..5), 6),
        tensions in prop::collection::vec((0_usize..4, 1_usize..4, any::<bool>()), 0..4),
    ) {
        const KEYS: [&str; 6] = ["says", "thinks", "does", "feels", "pains", "gains"];
        let mut yaml = String::from("title: A map\nkind: empathy\nsegment: People\n");
        let mut expected: Vec<String> = Vec::new();
        let (mut word, mut assumed) = (100, 0);
        let mut next = |expected: &mut Vec<String>| {
            word += 1;
            expected.push(format!("zq{word}q"));
            format!("zq{word}q")
        };
        for (key, items) in KEYS.iter().zip(&sides) {
            if items.is_empty() {
                continue;
            }
            writeln!(yaml, "{key}:").unwrap();
            for item in items {
                let cites = ["talks", "log"][..item.cites].join(", ");
                write!(yaml, "  - {{ text: {}, insights: [{cites}]", next(&mut expected)).unwrap();
                assumed += usize::from(item.cites == 0);
                if item.note && *key != "pains" {
                    write!(yaml, ", note: {}", next(&mut expected)).unwrap();
                }
                if let (Some(feels), false) = (item.feels, matches!(*key, "says" | "pains")) {
                    write!(yaml, ", feels: {feels}").unwrap();
                }
                yaml.push_str(" }\n");
            }
        }
        if !tensions.is_empty() {
            yaml.push_str("tensions:\n");
        }
        for (one, step, so) in tensions {
            let (one, other) = (KEYS[one], KEYS[(one + step) % 4]);
            write!(yaml, "  - {{ {one}: {}, {other}: {}", next(&mut expected), next(&mut expected)).unwrap();
            if so {
                write!(yaml, ", so: {}", next(&mut expected)).unwrap();
            }
            yaml.push_str(" }\n");
        }
        let (site, report, sources) = build("en", &[("maps/a.yaml", &yaml)]);
        let told = show::text(&report.loud(), &sources, false);
        prop_assert!(!told.contains("error["), "{told}\n{yaml}");
        let html = read(&site, "maps/a.html");
        for word in &expected {
            prop_assert_eq!(html.matches(word.as_str()).count(), 1, "{} in\n{}", word, html);
        }
        prop_assert_eq!(html.matches("An assumption</span>").count(), assumed);

        // What is warned of is what is wrong, and nothing else.
        let empty = sides[..4].iter().any(Vec::is_empty);
        let unheard = sides[0].iter().filter(|item| item.cites == 0).count();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for code in codes(&report) {
            *counts.entry(code).or_default() += 1;
        }
        prop_assert_eq!(counts.remove("empty-quadrant").unwrap_or(0), usize::from(empty));
        prop_assert_eq!(counts.remove("quote-without-evidence").unwrap_or(0), unheard);
        prop_assert!(counts.is_empty(), "{:?}", counts);
    }
}
