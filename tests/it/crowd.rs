//! Persona-based maps: what each persona lives, where they part, and how a page tells it.

use journeybook::compile::compile;
use journeybook::diag::Report;
use journeybook::model::{Handbook, Id, JourneyMap};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::crowd::{divergences, lived};
use journeybook::views::felt::{Felt, felt_in};
use journeybook::{checks, parse, resolve};
use proptest::prelude::*;

use crate::search::Index;

const PEOPLE: [&str; 4] = ["ana", "bo", "cem", "李娜"];

/// What a persona does at a step: nothing otherwise, a feeling of its own in hundredths, or not to take it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Otherwise {
    No,
    Feels(i32),
    Skips,
}

/// The steps' own feelings in hundredths, and for each persona what is otherwise at each step.
type Journey = (Vec<Option<i32>>, Vec<Vec<Otherwise>>);

fn hundredths() -> impl Strategy<Value = i32> {
    prop_oneof![(-2..=2).prop_map(|whole| whole * 100), -200..=200]
}

fn journey() -> impl Strategy<Value = Journey> {
    (1_usize..9, 2_usize..=4).prop_flat_map(|(steps, people)| {
        let other = prop_oneof![Just(Otherwise::No), hundredths().prop_map(Otherwise::Feels), Just(Otherwise::Skips)];
        (
            prop::collection::vec(prop::option::weighted(0.8, hundredths()), steps),
            prop::collection::vec(prop::collection::vec(other, steps), people),
        )
    })
}

/// The journey as an author writes it; `order` is the order of the personas.
fn written((steps, people): &Journey, order: &[usize]) -> String {
    let names: Vec<&str> = order.iter().map(|&at| PEOPLE[at]).collect();
    let mut text = format!("title: Together\nkind: persona-based\npersonas: [{}]\nstages:\n", names.join(", "));
    for (at, feels) in steps.iter().enumerate() {
        if at % 3 == 0 {
            text += &format!("  - id: stage-{at}\n    title: Stage {at}\n    steps:\n");
        }
        let feels = feels.map_or(String::new(), |feels| format!(", feels: {}", f64::from(feels) / 100.0));
        text += &format!("      - {{ id: s{at}, action: Does {at}{feels} }}\n");
    }
    text += "differences:\n";
    for &person in order {
        text += &format!("  {}:\n    ", PEOPLE[person]);
        let written = people[person].iter().enumerate().filter_map(|(at, other)| match other {
            Otherwise::No => None,
            Otherwise::Feels(feels) => Some(format!("s{at}: {{ feels: {} }}", f64::from(*feels) / 100.0)),
            Otherwise::Skips => Some(format!("s{at}: {{ skips: true }}")),
        });
        let written: Vec<String> = written.collect();
        text += &if written.is_empty() { "{}\n".to_owned() } else { written.join("\n    ") + "\n" };
    }
    text
}

/// A handbook from `(path, text)`.
fn files(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn site(texts: &[(&str, &str)]) -> Site {
    let (site, report) = compile(&files(texts));
    assert!(report.loud().is_empty(), "{report:?}");
    site
}

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

fn handbook(map: &str) -> (Handbook, Report) {
    let people = PEOPLE.map(|name| (format!("personas/{name}.md"), format!("---\ntitle: {name}\n---\n")));
    let mut texts = vec![("handbook.yaml", "title: Harbor\nlanguages: [en]\n"), ("maps/together.yaml", map)];
    texts.extend(people.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let sources = files(&texts);
    let mut report = Report::default();
    let drafts = parse::all(&sources, &mut report);
    let handbook = resolve::link(drafts, &sources, &mut report);
    checks::run(&handbook, &mut report);
    (handbook, report)
}

fn only(handbook: &Handbook) -> &JourneyMap {
    let ids: Vec<Id<JourneyMap>> = handbook.maps.entries().map(|(id, _)| id).collect();
    &handbook[ids[0]]
}

/// How a persona feels at a step, by the rules an author is told.
fn feels((steps, people): &Journey, person: usize, at: usize) -> Option<i32> {
    match people[person][at] {
        Otherwise::No => steps[at],
        Otherwise::Feels(own) => Some(own),
        Otherwise::Skips => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_persona_feels_the_step_or_otherwise(journey in journey()) {
        let order: Vec<usize> = (0..journey.1.len()).collect();
        let (handbook, report) = handbook(&written(&journey, &order));
        prop_assert!(!report.loud().iter().any(|diagnostic| diagnostic.code.name() != "idle-difference"), "{report:?}");
        let lived = lived(only(&handbook));
        prop_assert_eq!(lived.len(), order.len());
        for (person, one) in lived.iter().enumerate() {
            let mut runs = vec![Vec::new()];
            for at in 0..journey.0.len() {
                let expected = feels(&journey, person, at);
                let found = one.ways[at].feels().map(|feeling| (feeling.value() * 100.0).round() as i32);
                prop_assert_eq!(found, expected);
                match expected {
                    Some(feeling) => runs.last_mut().expect("a run").push(feeling),
                    None => runs.push(Vec::new()),
                }
            }
            // Cut at the gaps, what is felt falls into the same runs.
            let mut cut: Vec<Vec<i32>> = Vec::new();
            for felt in one.felt() {
                if cut.is_empty() || felt.after_gap {
                    cut.push(Vec::new());
                }
                cut.last_mut().expect("a run").push((felt.feeling.value() * 100.0).round() as i32);
            }
            let runs: Vec<Vec<i32>> = runs.into_iter().filter(|run| !run.is_empty()).collect();
            prop_assert_eq!(cut, runs);
        }
    }

    #[test]
    fn a_card_shows_how_it_feels_to_somebody_and_no_mean(journey in journey()) {
        let order: Vec<usize> = (0..journey.1.len()).collect();
        let (handbook, _) = handbook(&written(&journey, &order));
        let map = only(&handbook);
        let feelings = |felt: Vec<Felt>| felt.iter().map(|felt| felt.feeling).collect::<Vec<_>>();
        let shown = feelings(felt_in(map));
        let each: Vec<_> = lived(map).iter().map(|one| feelings(one.felt())).collect();
        prop_assert!(shown.is_empty() || each.contains(&shown));
        prop_assert_eq!(shown.iter().min(), each.iter().flatten().min(), "the lowest of all is on it");
    }

    #[test]
    fn divergences_are_exactly_those_of_two_points_or_more(journey in journey()) {
        let order: Vec<usize> = (0..journey.1.len()).collect();
        let (first, _) = handbook(&written(&journey, &order));
        let found = divergences(&lived(only(&first)));
        let mut expected = Vec::new();
        for at in 0..journey.0.len() {
            let mut furthest = 0;
            for one in &order {
                for other in &order {
                    if let (Some(a), Some(b)) = (feels(&journey, *one, at), feels(&journey, *other, at)) {
                        furthest = furthest.max((a - b).abs());
                    }
                }
            }
            if furthest >= 200 {
                expected.push((furthest, at));
            }
        }
        expected.sort_by_key(|&(distance, at)| (-distance, at));
        let told: Vec<(i32, usize)> =
            found.iter().map(|one| ((one.distance * 100.0).round() as i32, one.step)).collect();
        prop_assert_eq!(told, expected);

        let backwards: Vec<usize> = order.into_iter().rev().collect();
        let (other, _) = handbook(&written(&journey, &backwards));
        prop_assert_eq!(divergences(&lived(only(&other))), found, "the order of the personas does not matter");
    }
}

const MAP: &str = "title: Together
kind: persona-based
personas: [ana, bo]
stages:
  - id: day
    title: The day
    steps:
      - { id: wait, action: Waits in, touchpoint: crew, feels: 1, feeling: calm }
      - { id: door, action: Opens, touchpoint: crew, feels: -1, feeling: cross, insights: [calls] }
      - { id: end, action: Closes }
differences:
  bo:
    wait: { skips: true }
    door:
      action: Sends a friend
      touchpoint: desk
      thinks: <b>Not</b> me.
      says: { text: I was at work., insights: [calls] }
      feels: 1
      feeling: free
      pains: [{ text: Owes a favour, severity: low, opportunities: [robot], insights: [diary] }]
";

const HARBOR: [(&str, &str); 10] = [
    ("handbook.yaml", "title: Harbor\nlanguages: [en]\n"),
    ("channels.yaml", "door: { title: Door }\n"),
    ("maps/together.yaml", MAP),
    ("personas/ana.md", "---\ntitle: Ana Duarte\n---\n"),
    ("personas/bo.md", "---\ntitle: Bo\n---\n"),
    ("touchpoints/crew.md", "---\ntitle: The crew\nkind: human\nchannel: door\n---\n"),
    ("touchpoints/desk.md", "---\ntitle: The desk\nkind: human\nchannel: door\n---\n"),
    ("insights/calls.yaml", "title: Calls\nkind: interview\ndate: 2026-01-02\nsource: Rosa\n"),
    ("insights/diary.yaml", "title: Diary\nkind: interview\ndate: 2026-01-02\nsource: Rosa\n"),
    ("opportunities/robot.yaml", "title: A robot\nstatus: idea\nimpact: 3\neffort: 2\n"),
];

/// A page without its tags, one space between words.
fn words(page: &str) -> String {
    let mut text = String::new();
    for piece in page.split('<') {
        text += piece.split_once('>').map_or(piece, |(_, text)| text);
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_tells_who_does_what_otherwise() {
    let site = site(&HARBOR);
    let page = read(&site, "maps/together.html");
    let text = words(&page);
    for told in [
        "Personas AD Ana Duarte B Bo",
        "B Bo Waits in Does not take this step",
        "B Bo Opens Sends a friend",
        "B Bo Opens &lt;b&gt;Not&lt;/b&gt; me.",
        "B Bo Opens The desk",
        "I was at work.",
        "Low Owes a favour",
        "Opens Ana Duarte: cross, −1",
        "Opens Bo: free, +1",
        "Where they part",
        "Opens The day −1 cross +1 free 2",
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    assert!(!text.contains("Waits in The day"), "one skips it, so nobody is apart: {text}");
    assert_eq!(page.matches("class=\"jb-overlay__line\"").count(), 3, "Bo has one moment, and a line only in the key");
}

#[test]
fn who_never_part_is_said_in_a_sentence() {
    let alike = MAP.replace("feels: 1\n", "feels: 0\n");
    let files: Vec<(&str, &str)> =
        HARBOR.iter().map(|&(path, text)| (path, if text == MAP { alike.as_str() } else { text })).collect();
    let text = words(&read(&site(&files), "maps/together.html"));
    assert!(text.contains("At no step are two of them as far as two points apart."), "{text}");
}

#[test]
fn what_is_derived_from_steps_counts_differences() {
    let site = site(&HARBOR);
    let desk = words(&read(&site, "touchpoints/desk.html"));
    assert!(desk.contains("Opens (Bo)") && desk.contains("+1") && desk.contains("Owes a favour"), "{desk}");
    let crew = words(&read(&site, "touchpoints/crew.html"));
    assert!(crew.contains("Ana Duarte") && !crew.contains("Bo"), "Bo skips it or meets the desk: {crew}");
    for page in ["opportunities/robot.html", "insights/calls.html"] {
        let text = read(&site, page);
        assert!(text.contains("maps/together.html#door\">"), "{page}: {text}");
    }
    for persona in ["ana", "bo"] {
        assert!(read(&site, &format!("personas/{persona}.html")).contains("../maps/together.html"), "{persona}");
    }
}

/// What is filtered by a persona is what this one meets, not what stands on a map of theirs.
#[test]
fn a_touchpoint_is_found_by_who_meets_it() {
    let index = Index::of(&site(&HARBOR), "en");
    let met_by = |persona: &str| {
        let sections = index.listed(&format!("\u{1}persona\u{2}{persona}"));
        let hrefs = sections.into_iter().map(|section| index.rows[section].href.clone());
        hrefs.filter(|href| href.starts_with("touchpoints/")).collect::<Vec<_>>()
    };
    assert_eq!(met_by("ana"), ["touchpoints/crew.html"]);
    assert_eq!(met_by("bo"), ["touchpoints/desk.html"], "Bo skips one step, and sends a friend to the other");
    assert!(index.listed("\u{1}stage\u{2}day").len() >= 3, "both touchpoints and the stage itself");
}
