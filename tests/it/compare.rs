//! A future state against its baseline: what must hold for any two maps, and the page that readers get.

use std::collections::BTreeSet;

use journeybook::compare::{Changes, Fate, Match, PainPlace, Place, Side, StepPart, maps};
use journeybook::compile::compile;
use journeybook::diag::{Code, Report};
use journeybook::model::{Handbook, JourneyMap};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::{parse, resolve};
use proptest::prelude::*;

/// A step: its id, what is done, where, how it feels, and what hurts how much.
type Written = (usize, usize, Option<usize>, Option<i8>, Vec<(usize, Option<usize>)>);

const IDS: [&str; 6] = ["ask", "pay", "wait", "门口", "call", "rate"];
const ACTIONS: [&str; 4] = ["Asks a friend", "Pays: in the app", "等一上午", "Waits"];
const PLACES: [&str; 3] = ["adviser", "hotline", "van"];
const PAINS: [&str; 4] = ["Too late", "Too dear", "没有人问", "Too narrow"];
const SEVERITIES: [&str; 3] = ["low", "medium", "high"];

fn step() -> impl Strategy<Value = Written> {
    let pain = (0..PAINS.len(), prop::option::of(0..SEVERITIES.len()));
    (
        0..IDS.len(),
        0..ACTIONS.len(),
        prop::option::of(0..PLACES.len()),
        prop::option::of(-2..=2_i8),
        prop::collection::vec(pain, 0..3),
    )
}

/// Stages by their ids, in any order, with their steps. Ids may be there twice: that is reported, and shown all the same.
fn map() -> impl Strategy<Value = Vec<(usize, Vec<Written>)>> {
    let stages = prop::sample::subsequence((0..4).collect::<Vec<usize>>(), 1..=4).prop_shuffle();
    stages.prop_flat_map(|stages| {
        let steps = prop::collection::vec(prop::collection::vec(step(), 0..4), stages.len());
        steps.prop_map(move |steps| stages.iter().copied().zip(steps).collect())
    })
}

fn yaml(kind: &str, stages: &[(usize, Vec<Written>)]) -> String {
    let mut text = format!("title: A map\n{kind}\npersona: mei\nstages:\n");
    for (id, steps) in stages {
        text.push_str(&format!("  - id: stage-{id}\n    title: Stage {id}\n    steps:\n"));
        for (id, action, place, feels, pains) in steps {
            text.push_str(&format!("      - id: {}\n        action: {:?}\n", IDS[*id], ACTIONS[*action]));
            if let Some(place) = place {
                text.push_str(&format!("        touchpoint: {}\n", PLACES[*place]));
            }
            if let Some(feels) = feels {
                text.push_str(&format!("        feels: {feels}\n"));
            }
            let pains: Vec<String> = (pains.iter())
                .map(|(pain, severity)| match severity {
                    Some(severity) => format!("{{ text: {:?}, severity: {} }}", PAINS[*pain], SEVERITIES[*severity]),
                    None => format!("{{ text: {:?} }}", PAINS[*pain]),
                })
                .collect();
            text.push_str(&format!("        pains: [{}]\n", pains.join(", ")));
        }
    }
    text
}

fn sources(files: &[(&str, &str)]) -> Sources {
    const COMMON: [(&str, &str); 6] = [
        ("channels.yaml", "store: { title: Store, icon: store }\n"),
        ("handbook.yaml", "title: Harbor\nlanguages: [en]\n"),
        ("personas/mei.md", "---\ntitle: Mei\nrole: Buyer\nsummary: Short on time.\n---\n"),
        ("touchpoints/adviser.md", "---\ntitle: Adviser\nchannel: store\nkind: human\nsummary: Helps.\n---\n"),
        ("touchpoints/hotline.md", "---\ntitle: Hotline\nchannel: store\nkind: human\nsummary: Answers.\n---\n"),
        ("touchpoints/van.md", "---\ntitle: Van\nchannel: store\nkind: physical\nsummary: Comes.\n---\n"),
    ];
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let more = files.iter().filter(|(path, _)| COMMON.iter().all(|(known, _)| known != path));
    let common = COMMON.iter().map(|known| files.iter().find(|(path, _)| *path == known.0).unwrap_or(known));
    Sources::new(common.chain(more).map(file).collect())
}

/// Two maps, the first called `a` and the second `b`.
fn two(a: &str, b: &str) -> Handbook {
    let sources = sources(&[("maps/a.yaml", a), ("maps/b.yaml", b)]);
    let mut report = Report::default();
    let drafts = parse::all(&sources, &mut report);
    resolve::link(drafts, &sources, &mut report)
}

fn compared(handbook: &Handbook, before: &str, after: &str) -> Changes {
    let side = |name| Side { handbook, map: handbook.maps.get(name).unwrap() };
    maps(side(before), side(after))
}

fn places(map: &JourneyMap) -> BTreeSet<Place> {
    let stages = map.stages.iter().enumerate();
    stages.flat_map(|(stage, has)| (0..has.steps.len()).map(move |step| Place { stage, step })).collect()
}

fn once<T: Ord + Copy>(of: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut seen = BTreeSet::new();
    for one in of {
        assert!(seen.insert(one), "something stands in the comparison twice");
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_map_does_not_differ_from_itself(map in map()) {
        let text = yaml("kind: current-state", &map);
        let changes = compared(&two(&text, &text), "a", "b");
        prop_assert!(changes.is_empty());
        prop_assert!(changes.touchpoints.iter().all(|one| one.is_both()));
        prop_assert!(changes.stages.iter().all(|stage| stage.slots.iter().all(|slot| slot.is_both())));
        prop_assert_eq!(changes.biggest_gain(), None);
    }

    #[test]
    fn every_step_and_every_pain_stands_in_it_once(a in map(), b in map()) {
        let handbook = two(&yaml("kind: current-state", &a), &yaml("kind: current-state", &b));
        let changes = compared(&handbook, "a", "b");
        let [was, is] = ["a", "b"].map(|name| handbook.maps.get(name).unwrap());
        prop_assert_eq!(once(changes.steps.iter().filter_map(|step| step.step.before())), places(was));
        prop_assert_eq!(once(changes.steps.iter().filter_map(|step| step.step.after())), places(is));
        // In the columns as well: a step that moved stands in both of its stages.
        let slots = || changes.stages.iter().flat_map(|stage| &stage.slots);
        prop_assert_eq!(once(slots().filter_map(|slot| slot.before())), places(was));
        prop_assert_eq!(once(slots().filter_map(|slot| slot.after())), places(is));
        for step in &changes.steps {
            let Match::Both(one, other) = step.step else { continue };
            prop_assert_eq!(&one.of(was).name, &other.of(is).name);
            let stages = [&was.stages[one.stage].name, &is.stages[other.stage].name];
            prop_assert_eq!(step.moved, stages[0] != stages[1]);
        }
        let pains = |map: &JourneyMap| -> BTreeSet<PainPlace> {
            let all = places(map).into_iter();
            all.flat_map(|at| (0..at.of(map).pains.len()).map(move |pain| PainPlace { at, pain })).collect()
        };
        prop_assert_eq!(once(changes.pains.iter().filter_map(|pain| pain.pain.before())), pains(was));
        prop_assert_eq!(once(changes.pains.iter().filter_map(|pain| pain.pain.after())), pains(is));
    }

    #[test]
    fn seen_from_the_other_side_it_is_the_same(a in map(), b in map()) {
        let handbook = two(&yaml("kind: current-state", &a), &yaml("kind: current-state", &b));
        let there = compared(&handbook, "a", "b");
        let back = compared(&handbook, "b", "a");
        fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
            let mut all: Vec<T> = all.collect();
            all.sort();
            all
        }
        let turned = |[was, is]: [Option<journeybook::model::Feeling>; 2]| [is, was];
        prop_assert_eq!(
            sorted(there.stages.iter().map(|stage| (stage.stage.mirrored(), stage.reordered, turned(stage.feels)))),
            sorted(back.stages.iter().map(|stage| (stage.stage, stage.reordered, stage.feels)))
        );
        prop_assert_eq!(
            sorted(there.steps.iter().map(|step| (step.step.mirrored(), step.moved, step.changed.clone(), turned(step.feels)))),
            sorted(back.steps.iter().map(|step| (step.step, step.moved, step.changed.clone(), step.feels)))
        );
        prop_assert_eq!(
            sorted(there.pains.iter().map(|pain| (pain.pain.mirrored(), pain.fate.mirrored()))),
            sorted(back.pains.iter().map(|pain| (pain.pain, pain.fate)))
        );
        prop_assert_eq!(
            sorted(there.touchpoints.iter().map(|one| one.mirrored())),
            sorted(back.touchpoints.iter().copied())
        );
    }

    #[test]
    fn any_two_maps_have_a_page_of_comparison(a in map(), b in map()) {
        let sources = sources(&[
            ("maps/a.yaml", &yaml("kind: current-state", &a)),
            ("maps/b.yaml", &yaml("kind: future-state\nbaseline: a", &b)),
        ]);
        let (site, report) = compile(&sources);
        prop_assert!(!report.iter().any(|one| one.code == Code::TemplateError));
        let html = read(&site, "maps/b/compare.html");
        let columns = html.matches("class=\"jb-stage-heading\"").count();
        let stages: BTreeSet<usize> = a.iter().chain(&b).map(|(id, _)| *id).collect();
        prop_assert_eq!(columns, stages.len());
    }
}

const TODAY: &str = "title: Buying
kind: current-state
persona: mei
reviewed: 2026-10-14
stages:
  - id: shop
    title: Shop
    steps:
      - { id: ask, action: Asks the adviser, touchpoint: adviser, feels: 2, opportunities: [sketch] }
      - { id: fee, action: Finds a fee, feels: -1, pains: [{ text: Fees & surprises, severity: medium }] }
  - id: door
    title: Door
    duration: 9 days
    steps:
      - id: wait
        action: Waits all morning
        touchpoint: hotline
        feels: -2
        pains: [{ text: Four hours, severity: high }, { text: No lift }]
      - { id: rebook, action: Calls again, touchpoint: hotline }
  - id: review
    title: Review
    steps: [{ id: rate, action: Rates it }]
";

const LATER: &str = "title: Buying in 2027
kind: future-state
persona: mei
baseline: today
assumptions: [Buyers <measure>, { text: Vans keep the hour, insights: [talks] }]
left-alone: [The adviser]
proof: [Fewer machines come back]
stages:
  - id: shop
    title: Shop
    steps:
      - { id: ask, action: Asks the adviser, touchpoint: adviser, feels: 2 }
  - id: door
    title: Doorstep
    duration: 3 days
    steps:
      - { id: fee, action: Finds a fee, feels: -1 }
      - id: wait
        action: Follows the van
        touchpoint: van
        feels: 0.5
        pains: [{ text: Slips on storm days, severity: low }, { text: No lift }, { text: One more app }]
        moment-of-truth: It comes.
  - id: home
    title: Home
    steps: [{ id: wash, action: Washes, feels: 1 }]
";

const MORE: [(&str, &str); 3] = [
    (
        "opportunities/sketch.yaml",
        "title: Keep the sketch\nsummary: A sketch.\nimpact: 3\neffort: 1\nstatus: doing\ndue: 2027-01-31\n",
    ),
    (
        "insights/talks.yaml",
        "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nwho: buyers\nsource: Rosa\nsummary: Doors.\n",
    ),
    ("maps/today.yaml", TODAY),
];

fn site(later: &str, more: &[(&str, &str)]) -> (Site, Report) {
    let mut files = MORE.to_vec();
    files.push(("maps/later.yaml", later));
    files.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    files.extend(more);
    compile(&sources(&files))
}

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

/// What a row says, cell by cell, without markup.
fn row(html: &str, lane: &str) -> Vec<String> {
    let start = html.find(&format!("<tr data-lane=\"{lane}\"")).unwrap();
    let row = &html[start..start + html[start..].find("</tr>").unwrap()];
    let cells = row.split("<td ").skip(1).map(|cell| cell.split_once('>').unwrap().1);
    cells
        .map(|cell| {
            let mut text = String::new();
            let mut inside = false;
            for c in cell.chars() {
                match c {
                    '<' => inside = true,
                    '>' => {
                        inside = false;
                        text.push(' ');
                    }
                    c if !inside => text.push(c),
                    _ => {}
                }
            }
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn finished_work_says_when_it_was_finished() {
    let work = |keys: &str| {
        let text = format!("title: Keep the sketch\nimpact: 3\neffort: 1\n{keys}");
        let (site, report) = site(LATER, &[("opportunities/sketch.yaml", &text)]);
        assert!(!report.has_errors(), "{report:?}");
        row(&read(&site, "maps/later/compare.html"), "work").into_iter().next().unwrap()
    };
    let done = work("status: done\ndue: 2027-01-31\ndone: 2026-12-24\noutcome: Kept.\n");
    assert!(done.contains("done 24 Dec 2026") && !done.contains("due "), "{done}");
    assert!(work("status: doing\ndue: 2027-01-31\n").contains("due 31 Jan 2027"));
    assert!(work("status: idea\n").contains("no date yet"));
}

#[test]
fn each_cell_says_what_is_and_what_will_be() {
    let (site, report) = site(LATER, &[]);
    assert!(report.loud().is_empty(), "{report:?}");
    let html = read(&site, "maps/later/compare.html");
    // The removed stage stands after its predecessor, so that the new one comes last.
    assert_eq!(row(&html, "average"), ["+1.5 +0.5 to +2", "+1.7 −2 to −0.3", "No change", "will be +1"]);
    assert_eq!(
        row(&html, "actions"),
        [
            "Today Finds a fee moves to: Doorstep",
            "Today Waits all morning Calls again Future Finds a fee moved from: Shop Follows the van",
            "Today Rates it",
            "Future Washes",
        ]
    );
    assert_eq!(row(&html, "touchpoints"), ["Adviser", "Added: Van Removed: Hotline", "No change", "No change"]);
    assert_eq!(
        row(&html, "pains"),
        [
            "Today Fees &amp; surprises Future Gone",
            "Today Four hours Future Smaller: Slips on storm days High → Low Still there : No lift Future New: One more app",
            "No change",
            "No change",
        ]
    );
    assert_eq!(
        row(&html, "work"),
        ["Keep the sketch In progress due 31 Jan 2027", "No work named yet", "No work named yet", "No work named yet"]
    );
}

#[test]
fn a_stage_of_one_map_only_says_so_and_a_new_name_shows_the_old() {
    let html = read(&site(LATER, &[]).0, "maps/later/compare.html");
    let heading = |id: &str| {
        let start = html.find(&format!("class=\"jb-stage-heading\" id=\"{id}\"")).unwrap();
        html[start..start + html[start..].find("</th>").unwrap()].to_owned()
    };
    assert!(heading("review").contains("Only today"));
    assert!(heading("home").contains("Only in future"));
    assert!(!heading("shop").contains("Only"));
    assert!(heading("door").contains("Doorstep") && heading("door").contains("Today: Door<"));
    assert!(heading("door").contains("9 days → 3 days"));
}

#[test]
fn the_page_says_what_it_stakes_on_and_links_both_maps() {
    let html = read(&site(LATER, &[]).0, "maps/later/compare.html");
    for words in ["Buyers &lt;measure&gt;", "An assumption", "14 interviews", "The adviser", "Fewer machines come back"]
    {
        assert!(html.contains(words), "{words}");
    }
    for link in ["../today.html#fee", "../later.html#fee", "../today.html#rebook", "../later.html#wash"] {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}");
    }
    // None stays as it is: even the adviser's step loses its opportunity.
    assert!(!html.contains("as it is.") && !html.contains("as they are."));
    let ids = &html[html.find("Ids that only the map of today has").unwrap()..];
    assert!(
        ids.contains("<code>rebook</code>") && ids.contains("<code>rate</code>") && ids.contains("<code>wash</code>")
    );
}

#[test]
fn every_view_of_the_journey_has_a_tab_to_the_comparison() {
    let (site, _) = site(LATER, &[]);
    let tabs = |path: &str| {
        let html = read(&site, path);
        let start = html.find("<nav class=\"jb-view-tabs\"").unwrap();
        html[start..start + html[start..].find("</nav>").unwrap()].to_owned()
    };
    assert!(tabs("maps/today.html").contains("href=\"later/compare.html\">Compare"));
    assert!(tabs("maps/later.html").contains("href=\"later/compare.html\">Compare"));
    let own = tabs("maps/later/compare.html");
    assert!(own.contains("aria-current=\"page\" href=\"compare.html\""), "{own}");
    assert_eq!(own.matches("aria-current").count(), 1);
    // What is stands first, though its file is named last.
    assert!(own.find(">Current<") < own.find(">Compare<") && own.find(">Compare<") < own.find(">Future<"), "{own}");
    assert!(own.contains("href=\"../today.html\"") && own.contains("href=\"../later.html\""));
}

#[test]
fn without_a_current_state_to_start_from_there_is_no_comparison() {
    let alone = LATER.replace("baseline: today\n", "");
    let (site_alone, report) = site(&alone, &[]);
    assert!(site_alone.read(&SitePath::new("maps/later/compare.html").unwrap()).is_none());
    assert_eq!(report.loud().iter().map(|one| one.code).collect::<Vec<_>>(), [Code::MissingBaseline]);
    // What it stakes on is then told on its own page.
    assert!(read(&site_alone, "maps/later.html").contains("Fewer machines come back"));

    let (other, report) =
        site(LATER, &[("maps/today.yaml", &TODAY.replace("current-state", "experience\noutcome: A clean shirt"))]);
    assert!(other.read(&SitePath::new("maps/later/compare.html").unwrap()).is_none());
    assert_eq!(report.loud().iter().map(|one| one.code).collect::<Vec<_>>(), [Code::WrongBaseline]);
}

#[test]
fn a_baseline_of_an_unknown_name_is_reported_once() {
    let (_, report) = site(&LATER.replace("baseline: today", "baseline: todai"), &[]);
    assert_eq!(report.loud().iter().map(|one| one.code).collect::<Vec<_>>(), [Code::UnknownMap]);
}

#[test]
fn a_comparison_speaks_chinese() {
    let (site, _) = site(LATER, &[("handbook.yaml", "title: 海港\nlanguages: [zh-CN]\n")]);
    let html = read(&site, "maps/later/compare.html");
    assert_eq!(row(&html, "touchpoints")[1], "新增： Van 移除： Hotline");
    assert!(html.contains("Buying in 2027：与现状对比"));
    assert!(html.contains("新增 1 个") && html.contains("移除 1 个"));
}

#[test]
fn a_pain_that_outlives_its_step_is_still_there() {
    let map = |steps: &str| {
        format!("title: M\nkind: current-state\npersona: mei\nstages:\n  - id: s\n    title: S\n    steps:\n{steps}")
    };
    let a = map(
        "      - { id: ask, action: Asks, pains: [{ text: Too late, severity: high }] }\n      - { id: pay, action: Pays }\n",
    );
    let b = map("      - { id: pay, action: Pays, pains: [{ text: Too late, severity: low }] }\n");
    let changes = compared(&two(&a, &b), "a", "b");
    assert_eq!(changes.pains.iter().map(|pain| pain.fate).collect::<Vec<_>>(), [Fate::Smaller]);
    assert_eq!(changes.steps[1].changed, [StepPart::Pains]);
}

#[test]
fn another_order_is_told_of_the_stage() {
    let map = |order: [&str; 3]| {
        let steps = order.map(|id| format!("      - {{ id: {id}, action: Acts }}\n")).concat();
        format!("title: M\nkind: current-state\npersona: mei\nstages:\n  - id: s\n    title: S\n    steps:\n{steps}")
    };
    let changes = compared(&two(&map(["ask", "pay", "wait"]), &map(["pay", "ask", "wait"])), "a", "b");
    assert!(changes.stages[0].reordered && !changes.is_empty());
    assert!(changes.steps.iter().all(|step| !step.moved && step.changed.is_empty()));
}
