//! The paths of journeys that are not linear: drawn exactly, said in words, checked for places nobody reaches or leaves.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::expect;
use journeybook::compile::compile;
use journeybook::diag::{Code, Report};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::flow::{Flow, Waypoint, draw};
use proptest::prelude::*;

use crate::drawing::share;

/// A map's steps, stage by stage, each with what an author writes of its paths.
#[derive(Debug, Clone)]
struct Path {
    leads_to: Option<BTreeSet<usize>>,
    entry: Option<String>,
    exit: Option<String>,
}

fn journey() -> impl Strategy<Value = Vec<Vec<Path>>> {
    let who = prop::option::weighted(0.2, prop_oneof!["[a-z]{1,12}( [a-z]{1,9}){0,4}", "[一-龥]{1,20}"]);
    let leads_to = prop::option::weighted(0.4, prop::collection::btree_set(0_usize..24, 0..4));
    let path = (leads_to, who.clone(), who).prop_map(|(leads_to, entry, exit)| Path { leads_to, entry, exit });
    prop::collection::vec(prop::collection::vec(path, 0..7), 1..8)
}

/// What may follow each step: what its author says, or the next.
fn onward(journey: &[Vec<Path>]) -> Vec<Vec<usize>> {
    let all = journey.iter().flatten().count();
    let steps = journey.iter().flatten().enumerate();
    steps
        .map(|(at, path)| match &path.leads_to {
            Some(to) => to.iter().copied().filter(|&to| to < all).collect(),
            None => (at + 1 < all).then_some(at + 1).into_iter().collect(),
        })
        .collect()
}

fn waypoints(journey: &[Vec<Path>]) -> Vec<Waypoint<'_>> {
    let steps = journey.iter().enumerate().flat_map(|(stage, steps)| steps.iter().map(move |step| (stage, step)));
    (steps.zip(onward(journey)))
        .map(|((stage, path), onward)| Waypoint {
            stage,
            onward,
            entry: path.entry.as_deref(),
            exit: path.exit.as_deref(),
        })
        .collect()
}

/// The map as an author writes it.
fn written(journey: &[Vec<Path>]) -> String {
    let all = journey.iter().flatten().count();
    let mut text = "title: Buying\nkind: experience\nstages:\n".to_owned();
    let mut at = 0;
    for (stage, steps) in journey.iter().enumerate() {
        writeln!(
            text,
            "- id: stage-{stage}\n  title: Stage {stage}\n  steps:{}",
            if steps.is_empty() { " []" } else { "" }
        )
        .unwrap();
        for path in steps {
            write!(text, "  - {{ id: s{at}, action: Does {at}").unwrap();
            if let Some(to) = &path.leads_to {
                let names: Vec<String> = to.iter().filter(|&&to| to < all).map(|to| format!("s{to}")).collect();
                write!(text, ", leads-to: [{}]", names.join(", ")).unwrap();
            }
            for (key, who) in [("entry", &path.entry), ("exit", &path.exit)] {
                if let Some(who) = who {
                    write!(text, ", {key}: \"x {who}\"").unwrap();
                }
            }
            writeln!(text, " }}").unwrap();
            at += 1;
        }
    }
    text
}

fn built(language: &str, map: &str) -> (Site, Report) {
    let file =
        |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().into());
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    compile(&Sources::new(vec![file("handbook.yaml", &settings), file("maps/buying.yaml", map)]))
}

fn page(site: &Site) -> String {
    match site.read(&SitePath::new("maps/buying.html").unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("no page: {other:?}"),
    }
}

/// Which steps can be reached from some, found the slow way.
fn reached(onward: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut reached: BTreeSet<usize> = from.into_iter().collect();
    loop {
        let more: BTreeSet<usize> = reached.iter().flat_map(|&at| onward[at].iter().copied()).collect();
        if more.is_subset(&reached) {
            return reached;
        }
        reached.extend(more);
    }
}

/// The steps that a report names under a code.
fn named(report: &Report, code: Code) -> Vec<BTreeSet<usize>> {
    let said = report.iter().filter(|diagnostic| diagnostic.code == code);
    said.map(|diagnostic| {
        let words = diagnostic.message.split('`').skip(1).step_by(2);
        words.filter_map(|name| name.strip_prefix('s')?.parse().ok()).collect()
    })
    .collect()
}

/// The four places of an arc.
fn arc(line: &str) -> Vec<[f64; 2]> {
    let numbers: Vec<f64> = line
        .split(['M', 'c', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().expect("a number"))
        .collect();
    let start = [numbers[0], numbers[1]];
    // All but the first are ways from there.
    let ways = numbers.chunks(2).skip(1).map(|way| [tenths(start[0] + way[0]), tenths(start[1] + way[1])]);
    std::iter::once(start).chain(ways).collect()
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn drawn(journey: &[Vec<Path>]) -> Flow {
    draw(&waypoints(journey), journey.len(), 158.0 * journey.len() as f64)
}

proptest! {
    #[test]
    fn an_arc_ends_exactly_at_its_steps(journey in journey()) {
        let flow = drawn(&journey);
        prop_assert_eq!(flow.arcs.len(), flow.drawn.len());
        for (arc_drawn, &(from, to)) in flow.arcs.iter().zip(&flow.drawn) {
            let places = arc(&arc_drawn.line);
            let slack = flow.width / 2_000.0 + 1e-9;
            for (place, step) in [(places[0], from), (places[3], to)] {
                prop_assert!((place[0] - share(&flow.dots[step]) * flow.width).abs() <= slack, "{places:?}");
                let side = if arc_drawn.way == "skip" { -6.0 } else { 6.0 };
                prop_assert!((place[1] - flow.y - side).abs() < 1e-9);
            }
            // It leaves and arrives upright, on its own side.
            prop_assert_eq!([places[1][0], places[2][0]], [places[0][0], places[3][0]]);
            prop_assert_eq!(arc_drawn.way == "skip", to > from);
            prop_assert_eq!(arc_drawn.way == "skip", places[1][1] < flow.y);
            let head = flow.heads.iter().any(|head| head.way == arc_drawn.way && head.x == flow.dots[to]);
            prop_assert!(head, "no arrowhead at {}", to);
        }
    }

    /// The path data of the page and the shares of the width that the sheet is drawn from say the same.
    #[test]
    fn dots_legs_and_stems_are_drawn_at_their_steps(journey in journey()) {
        let flow = drawn(&journey);
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let at = |text: &String| share(text) * flow.width;
        let near = |one: f64, other: f64| (one - other).abs() <= flow.width / 2_000.0 + 1e-6;
        // Each dot is the way from the one before it.
        let mut x = 0.0;
        let ways: Vec<&str> = flow.spots.split("h0").filter(|way| !way.is_empty()).collect();
        prop_assert_eq!(ways.len(), flow.dots.len());
        for (way, dot) in ways.iter().zip(&flow.dots) {
            let (across, down) = way[1..].split_once(' ').unwrap();
            x += number(across);
            prop_assert!(near(x, at(dot)), "{x} in {}, {dot}", flow.spots);
            prop_assert_eq!(number(down), if way.starts_with('M') { flow.y } else { 0.0 });
        }
        let ends = |path: &str, command: char| -> Vec<[f64; 3]> {
            let line = |line: &str| {
                let (start, end) = line.split_once(command).unwrap();
                let (x, y) = start.split_once(' ').unwrap();
                [number(x), number(y), number(end)]
            };
            path.split('M').skip(1).map(line).collect()
        };
        let legs = ends(&flow.track, 'H');
        prop_assert_eq!(legs.len(), flow.legs.len());
        for ([from, y, to], leg) in legs.into_iter().zip(&flow.legs) {
            prop_assert!(near(from, at(&leg[0])) && near(to, at(&leg[1])) && y == flow.y, "{}", flow.track);
        }
        let stems = ends(&flow.stems, 'V');
        prop_assert_eq!(stems.len(), flow.stubs.len());
        for ([x, from, to], stub) in stems.into_iter().zip(&flow.stubs) {
            prop_assert!(near(x, at(&stub.x)) && [from, to] == [stub.from, stub.to].map(tenths), "{}", flow.stems);
        }
    }

    #[test]
    fn no_arc_lies_on_another(journey in journey()) {
        let flow = drawn(&journey);
        let arcs: Vec<_> = flow.arcs.iter().zip(&flow.drawn).collect();
        for (at, (one, a)) in arcs.iter().enumerate() {
            for (other, b) in arcs[at + 1..].iter().filter(|(other, _)| other.way == one.way) {
                let [a, b] = [a, b].map(|&&(from, to)| [from.min(to), from.max(to)]);
                if a[0] >= b[1] || b[0] >= a[1] {
                    continue;
                }
                let [one, other] = [one, other].map(|arc_drawn| (arc(&arc_drawn.line)[1][1] - flow.y).abs());
                prop_assert!((one - other).abs() > 10.0, "{a:?} and {b:?} are equally high");
                let a_spans_b = a[0] <= b[0] && b[1] <= a[1];
                let b_spans_a = b[0] <= a[0] && a[1] <= b[1];
                if a_spans_b != b_spans_a {
                    prop_assert_eq!(a_spans_b, one > other, "{:?} and {:?}: the longer one is outside", a, b);
                }
            }
        }
    }

    #[test]
    fn labels_of_paths_stand_inside_and_apart_at_every_width(journey in journey(), scale in 1.0..3.0) {
        let flow = drawn(&journey);
        let wide = 158.0 * journey.len() as f64 * scale;
        let advance = |line: &String| line.chars().map(|c| if c.is_ascii() { 5.0 } else { 12.0 }).sum::<f64>();
        let boxes: Vec<[f64; 4]> = (flow.stubs.iter())
            .map(|stub| {
                let width = stub.lines.iter().map(advance).fold(0.0, f64::max);
                let x = share(&stub.x) * wide + stub.text_x;
                let left = if stub.anchor == "end" { x - width } else { x };
                let top = stub.text_y - 11.0;
                [left, top, left + width, top + stub.line_height * stub.lines.len() as f64]
            })
            .collect();
        for (at, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= 0.0 && a[2] <= wide && a[1] >= 0.0 && a[3] <= flow.height, "{a:?} is outside");
            for b in &boxes[at + 1..] {
                prop_assert!(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], "{a:?} overlaps {b:?}");
            }
            for stub in &flow.stubs {
                let x = share(&stub.x) * wide;
                let through = a[0] < x && x < a[2] && stub.from < a[3] && a[1] < stub.to;
                prop_assert!(!through, "the line at {x} goes through {a:?}");
            }
        }
    }

    #[test]
    fn every_path_is_drawn_or_stands_in_words_for_all(journey in journey()) {
        let (site, report) = built("en", &written(&journey));
        prop_assert!(!report.has_errors());
        let page = page(&site);
        let onward = onward(&journey);
        for (from, to) in onward.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |&to| (from, to))) {
            let said = match to {
                _ if to == from => format!("May repeat “Does {from}”"),
                _ if to < from => format!("Goes back from “Does {from}” to “Does {to}”"),
                _ if to == from + 1 => continue,
                _ => format!("Skips from “Does {from}” to “Does {to}”"),
            };
            prop_assert!(page.contains(&format!(">{said}<")), "{said}");
        }
        let in_words = page.matches("<li data-undrawn>Skips from").count() + page.matches("<li data-undrawn>Goes back").count();
        let unusual = |(from, to): (usize, &Vec<usize>)| to.iter().filter(|&&to| to != from && to != from + 1).count();
        let unusual: usize = onward.iter().enumerate().map(unusual).sum();
        prop_assert_eq!(page.matches("<path data-way").count()
            - page.matches("d=\"M-4 4C").count() + in_words, unusual);
        for (path, key) in journey.iter().flatten().flat_map(|path| [(&path.entry, "Comes in at"), (&path.exit, "Leaves at")]) {
            if let Some(who) = path {
                prop_assert!(page.contains(key) && page.contains(&format!(": x {who}<")), "{key} {who}");
            }
        }
    }

    #[test]
    fn checks_find_what_the_slow_way_finds(journey in journey()) {
        let (_, report) = built("en", &written(&journey));
        let onward = onward(&journey);
        let steps: Vec<&Path> = journey.iter().flatten().collect();
        let all = steps.len();

        let starts = (0..all).filter(|&at| at == 0 || steps[at].entry.is_some());
        let unreached: BTreeSet<usize> = &(0..all).collect() - &reached(&onward, starts);
        let told: Vec<usize> = named(&report, Code::UnreachedStep).into_iter().flatten().collect();
        prop_assert!(told.iter().all(|at| unreached.contains(at)), "{told:?} of {unreached:?}");
        prop_assert!(unreached.is_subset(&reached(&onward, told.clone())), "{told:?} of {unreached:?}");

        let ends = |at: usize| at + 1 == all || steps[at].exit.is_some();
        let mut dead: Vec<BTreeSet<usize>> = Vec::new();
        for at in 0..all {
            let from = reached(&onward, [at]);
            let closed = from.iter().all(|&other| reached(&onward, [other]) == from);
            if closed && !from.iter().any(|&other| ends(other)) && !dead.contains(&from) {
                dead.push(from);
            }
        }
        let mut told = named(&report, Code::DeadEnd);
        told.sort();
        dead.sort();
        prop_assert_eq!(told, dead);
    }
}

const WINDING: &str = "title: Buying
kind: experience
stages:
- id: shop
  title: Shop
  steps:
  - { id: reads, action: Reads reviews, leads-to: [looks, pays] }
  - { id: looks, action: Looks <closely>, entry: Walk-ins & passers-by }
  - { id: pays, action: Pays, exit: One in ten, leads-to: [looks, pays, waits] }
- id: door
  title: Door
  steps:
  - { id: waits, action: Waits }
";

#[test]
fn paths_are_said_in_both_languages() {
    let words = |page: &str| -> String {
        let row = page.split_once("data-lane=\"paths\"").unwrap().1.split_once("<tbody>").unwrap().0;
        let items = row.split("<li").skip(1).map(|item| item.split_once('>').unwrap().1.split('<').next().unwrap());
        items.collect::<Vec<_>>().join("\n") + "\n"
    };
    let english = page(&built("en", WINDING).0);
    expect![[r#"
        Skips from “Reads reviews” to “Pays”
        Comes in at “Looks &lt;closely&gt;”: Walk-ins &amp; passers-by
        Goes back from “Pays” to “Looks &lt;closely&gt;”
        May repeat “Pays”
        Leaves at “Pays”: One in ten
    "#]]
    .assert_eq(&words(&english));
    expect![[r#"
        从“Reads reviews”跳到“Pays”
        从“Looks &lt;closely&gt;”进入：Walk-ins &amp; passers-by
        从“Pays”回到“Looks &lt;closely&gt;”
        可能重复“Pays”
        从“Pays”离开：One in ten
    "#]]
    .assert_eq(&words(&page(&built("zh-CN", WINDING).0)));
    for said in [
        "May lead to: <a href=\"#looks\">Looks &lt;closely&gt;</a> or skips to <a href=\"#pays\">Pays</a>",
        "Comes in here: Walk-ins &amp; passers-by",
        "back to <a href=\"#looks\">Looks &lt;closely&gt;</a> or again: <a href=\"#pays\">Pays</a> or <a href=\"#waits\">Waits</a>",
        "Leaves here: One in ten",
    ] {
        assert!(english.contains(said), "`{said}` is not in\n{english}");
    }
}

#[test]
fn a_straight_journey_has_no_row_of_paths() {
    let straight = "title: Buying\nkind: experience\noutcome: Bought.\nstages:\n- id: shop\n  title: Shop\n  steps:\n  - { id: a, action: Reads, leads-to: [b] }\n  - { id: b, action: Pays, leads-to: [] }\n";
    let (site, report) = built("en", straight);
    assert!(report.loud().is_empty());
    assert!(!page(&site).contains("data-lane=\"paths\""));
}

#[test]
fn a_step_too_crowded_to_draw_is_said_for_all() {
    let mut map = "title: Buying\nkind: experience\nstages:\n- id: shop\n  title: Shop\n  steps:\n".to_owned();
    for at in 0..40 {
        let skips: Vec<String> = (at + 2..40).step_by(3).map(|to| format!("s{to}")).collect();
        writeln!(
            map,
            "  - {{ id: s{at}, action: Does {at}, leads-to: [s{}, {}] }}",
            (at + 1).min(39),
            skips.join(", ")
        )
        .unwrap();
    }
    let map = map.replace("leads-to: [s39, ] }", "}");
    let (site, report) = built("en", &map);
    assert!(!report.has_errors());
    let page = page(&site);
    let arcs = page.matches("data-way=\"skip\"").count();
    let said = page.matches("<li>Skips from").count();
    assert!(arcs >= 30 && said >= 30, "{arcs} drawn, {said} said");
    let height = page.split_once("class=\"jb-flow\" width=\"100%\" height=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(height.parse::<f64>().unwrap() < 200.0, "{height}");
}
