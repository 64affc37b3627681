//! A map as data: JSON that holds every text, CSV that spreadsheets open; channels by stage; maps that open maps.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::Report;
use journeybook::model::{Feeling, Handbook, Id, Step, Touchpoint};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::rollup::rollup;
use journeybook::{parse, resolve};
use proptest::prelude::*;
use serde_json::Value;

fn sources(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn example() -> Sources {
    journeybook::disk::discover(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"), &[]).unwrap()
}

fn handbook(sources: &Sources) -> Handbook {
    let mut report = Report::default();
    resolve::link(parse::all(sources, &mut report), sources, &mut report)
}

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is nothing: {other:?}"),
    }
}

fn json(site: &Site, map: &str) -> Value {
    serde_json::from_str(&read(site, &format!("maps/{map}.json"))).unwrap()
}

/// A map's rows; that all have as many cells is asked of the reader.
fn csv(site: &Site, map: &str) -> Vec<Vec<String>> {
    let text = read(site, &format!("maps/{map}.csv"));
    let text = text.strip_prefix('\u{feff}').expect("a mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Every kind of map. A text is `Tn`, so that what is lost is seen.
const KINDS: &[(&str, &str)] = &[
    ("handbook.yaml", "title: Harbor\nlanes:\n  law: { title: Law, kind: text }\n  rules: { title: Rules, kind: list }\n"),
    ("teams.yaml", "crew: { title: Crew }\n"),
    ("personas/mei.md", "---\ntitle: Mei\n---\n"),
    ("personas/ana.md", "---\ntitle: Ana\n---\n"),
    (
        "maps/now.yaml",
        "title: T1 now\nsummary: T2 sum\nkind: current-state\npersona: mei\nfinding: T3 found\nscenario: T4 scene\npurpose: T5 why\noutcome: T6 end\nreviewed: 2026-05-01\nreviewed-by: T7 Rosa\ntags: [t8]
stages:
  - id: shop
    title: T9 shop
    duration: T10 days
    goals: [T11 goal, T12 goal]
    own: { law: T13 law }
    steps:
      - id: ask
        action: T14 asks
        moment: T15 moment
        thinks: T16 thinks
        says: { text: T17 says, note: T18 note }
        feels: -1.5
        feeling: T19 upset
        needs: [T20 need]
        gains: [T21 gain]
        pains: [T22 pain, { text: T23 pain, severity: high }]
        moment-of-truth: T24 truth
        when: T25 noon
        evidence: T26 slip
        frontstage: T27 front
        backstage: { text: T28 back, team: crew, waits: T29 day, flow: both }
        support: T30 system
        waits: T31 hours
        entry: T32 in
        exit: T33 out
        own: { rules: [T34 rule, T35 rule] }
        leads-to: [ask]
        opens: print
",
    ),
    (
        "maps/future.yaml",
        "title: T36 then\nkind: future-state\npersona: mei\nbaseline: now\nassumptions: [T37 so, { text: T38 so }]\nleft-alone: [T39 well]\nproof: [T40 proof]\nstages: [{ id: a, title: T41 a, steps: [{ id: b, action: T42 b }] }]\n",
    ),
    (
        "maps/day.yaml",
        "title: T43 day\nkind: day-in-the-life\npersona: mei
days:
  - id: monday
    title: T44 Monday
    persona: ana
    summary: T45 long
    from: '05:00'
    until: '24:00'
    goals: [T46 sleep]
    scenes: [{ title: T47 home, from: '05:00', until: '07:00', ours: true }]
    moments: [{ id: up, action: T48 wakes, at: '05:40', until: '06:00', nature: duty, feels: -1, thinks: T49 dark }]
",
    ),
    (
        "maps/heart.yaml",
        "title: T50 heart\nkind: empathy\nsegment: T51 buyers\nmoment: T52 door
says: [T53 says, { text: T54 says, note: T55 note }]
thinks: [T56 thinks, { text: T57 thinks, note: T58 note, feels: -1 }]
does: [T59 does]
feels: [{ text: T60 feels, feels: -2 }]
pains: [T61 pain]
gains: [T62 gain]
tensions: [{ says: T63 cheap, does: T64 pays, so: T65 so }]
",
    ),
    (
        "maps/both.yaml",
        "title: T66 both\nkind: persona-based\npersonas: [mei, ana]
stages: [{ id: a, title: T67 a, steps: [{ id: b, action: T68 b, feels: 1 }] }]
differences:
  ana:
    b: { action: T69 else, thinks: T70 thinks, says: T71 says, feels: -2, feeling: T72 upset, pains: [T73 pain] }
  mei: { b: { skips: true } }
",
    ),
    (
        "maps/print.yaml",
        "title: T74 print\nkind: service-blueprint\npersona: mei\nactors: { frontstage: crew }
fail-points: [{ id: lost, title: T75 lost, known: T76 known }]
stages:
  - id: a
    title: T77 a
    steps:
      - { id: b, action: T78 b, fails: [lost], frontstage: { text: T79 front, fails: [lost] } }
      - { id: c, moment: T80 alone, support: T81 machine }
",
    ),
    ("maps/all.yaml", "title: T82 all\nkind: experience\noutcome: T84 end\nstages: [{ id: a, title: T83 a, opens: now }]\n"),
];

/// The marks of a text, such as `T12`.
fn marks(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mark = |word: &&str| word.strip_prefix('T').is_some_and(|number| number.parse::<u32>().is_ok());
    words.filter(mark).map(str::to_owned).collect()
}

#[test]
fn every_text_of_a_map_is_in_its_json() {
    let (site, report) = compile(&sources(KINDS));
    assert!(!report.has_errors(), "{report:?}");
    let mut seen = 0;
    for (path, text) in KINDS.iter().filter(|(path, _)| path.starts_with("maps/")) {
        let map = path.trim_start_matches("maps/").trim_end_matches(".yaml");
        let data = read(&site, &format!("maps/{map}.json"));
        assert_eq!(marks(text).difference(&marks(&data)).collect::<Vec<_>>(), Vec::<&String>::new(), "{map}");
        seen += marks(text).len();
    }
    assert_eq!(seen, 83);
}

#[test]
fn a_key_of_the_file_and_a_thing_of_a_list_begin_a_line() {
    fn things(value: &Value) -> usize {
        match value {
            Value::Array(list) => list.iter().map(|thing| usize::from(thing.is_object()) + things(thing)).sum(),
            Value::Object(keys) => keys.values().map(things).sum(),
            _ => 0,
        }
    }
    let (site, _) = compile(&example());
    for path in ["maps/buying-a-first-machine.json", "maps/mei-lin-thursday.json", "handbook.json"] {
        let text = read(&site, path);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(things(&value) > 10, "{path}");
        assert_eq!(text.matches("\n{").count(), things(&value), "{path}");
        assert_eq!(text.matches("\n\"").count(), value.as_object().unwrap().len(), "{path}");
        // Nothing else is between two things: no space, no indentation.
        assert_eq!(text.replace('\n', "").len(), value.to_string().len(), "{path}");
        assert!(text.ends_with("}\n"), "{path}");
    }
}

#[test]
fn structure_is_in_the_json_too() {
    let (site, _) = compile(&sources(KINDS));
    let step = &json(&site, "now")["stages"][0]["steps"][0];
    assert_eq!(step["feels"], -1.5);
    assert_eq!(step["opens"], "print");
    assert_eq!(step["leads-to"], serde_json::json!(["ask"]));
    assert_eq!(
        step["backstage"],
        serde_json::json!({"text": "T28 back", "team": "crew", "waits": "T29 day", "flow": "both"})
    );
    assert_eq!(step["pains"][1]["severity"], "high");
    assert_eq!(json(&site, "future")["baseline"], "now");
    let day = &json(&site, "day")["stages"][0];
    assert_eq!((&day["day"]["from"], &day["day"]["until"]), (&"05:00".into(), &"24:00".into()));
    assert_eq!((&day["day"]["persona"], &day["steps"][0]["at"]), (&"ana".into(), &"05:40".into()));
    assert_eq!(
        json(&site, "both")["differences"][1],
        serde_json::json!({"persona": "mei", "step": "b", "skips": true})
    );
    assert_eq!(json(&site, "print")["stages"][0]["steps"][0]["fails"], serde_json::json!(["lost"]));
    let order: Vec<String> = json(&site, "all").as_object().unwrap().keys().cloned().collect();
    let wanted: BTreeSet<String> =
        ["version", "lang", "id", "kind", "title", "outcome", "stages"].map(str::to_owned).into();
    assert_eq!(order.into_iter().collect::<BTreeSet<_>>(), wanted, "what says nothing is not written");
}

#[test]
fn a_table_has_a_column_for_each_stage_and_a_row_for_each_lane() {
    let (site, _) = compile(&example());
    let rows = csv(&site, "buying-a-first-machine");
    assert_eq!(rows[0][..3], ["Lane", "Awareness", "Consideration"]);
    let row = |title: &str| rows.iter().find(|row| row[0] == title).unwrap();
    assert_eq!(row("Goal")[1], "Stop carrying laundry across the street.");
    assert!(row("Feeling")[4].contains("\nMoment of truth. Door too narrow, machine leaves: humiliated, −2"));
    assert_eq!(row("Pain points")[4].lines().count(), 2);
    let text = read(&site, "maps/buying-a-first-machine.csv");
    let quoted = text.split('"').skip(1).step_by(2).collect::<String>();
    assert_eq!(text.matches('\n').count() - quoted.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn each_kind_has_a_table_of_its_own() {
    let (site, _) = compile(&sources(KINDS));
    let blueprint = csv(&site, "print");
    assert_eq!(blueprint[0], ["Lane", "T77 a", "T77 a"], "a column for each step");
    assert!(blueprint.iter().any(|row| row[0] == "What breaks" && row[1] == "T75 lost" && row[2].is_empty()));
    let day = csv(&site, "day");
    assert_eq!(day.len(), 2);
    assert_eq!(day[1][..7], ["T44 Monday", "05:40", "06:00", "T48 wakes", "T47 home", "", "-1"]);
    let heart = csv(&site, "heart");
    assert_eq!(heart.len(), 10, "a row for each thing seen, and one for the names of the columns");
    assert!(heart.iter().any(|row| row[0] == "Feels" && row[1] == "T60 feels" && row[3] == "-2"));
    let both = csv(&site, "both");
    assert!(both.iter().any(|row| row[0] == "Ana" && row[1].contains("T69 else")));
    assert!(both.iter().any(|row| row[0] == "Mei" && row[1] == "T68 b: does not take this step"));
    for (path, text) in KINDS.iter().filter(|(path, _)| ["maps/day.yaml", "maps/heart.yaml"].contains(path)) {
        let rows = csv(&site, path.trim_start_matches("maps/").trim_end_matches(".yaml"));
        let lost: Vec<String> = marks(text).difference(&marks(&format!("{rows:?}"))).cloned().collect();
        assert!(lost.len() <= 4, "only what is said of the map as a whole stands in no row: {lost:?}");
    }
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let map = |action: &str| {
        format!(
            "title: M\nkind: experience\nstages: [{{ id: a, title: A, steps: [{{ id: b, action: {action:?} }}] }}]\n"
        )
    };
    for (written, shown) in [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+49 30 1", "'+49 30 1"),
        ("-2 of 3", "'-2 of 3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1+1", "'＝1+1"),
        ("-1.5", "-1.5"),
        ("a = b", "a = b"),
        ("−2, humiliated", "−2, humiliated"),
        ("says \"no\", twice", "says \"no\", twice"),
    ] {
        let (site, _) = compile(&sources(&[("maps/m.yaml", &map(written))]));
        assert_eq!(csv(&site, "m").iter().find(|row| row[0] == "Actions").unwrap()[1], shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever an author writes comes back from both files, however odd.
    #[test]
    fn texts_come_back_as_they_were_written(text in r#"[a-z"',;=\\<&{}\[\]#|>!洗衣机→é-]{1,24}"#) {
        let quoted = serde_json::to_string(&text).unwrap();
        let map = format!("title: M\nkind: experience\nstages: [{{ id: a, title: A, steps: [{{ id: b, action: {quoted} }}] }}]\n");
        let (site, _) = compile(&sources(&[("maps/m.yaml", &map)]));
        prop_assert_eq!(&json(&site, "m")["stages"][0]["steps"][0]["action"], &Value::from(text.as_str()));
        let rows = csv(&site, "m");
        let cell = &rows.iter().find(|row| row[0] == "Actions").unwrap()[1];
        prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text.strip_prefix('\'').unwrap_or(&text));
    }

    /// Maps may open each other in any way, in circles too: all stand in the list once, and the sums are right.
    #[test]
    fn every_map_stands_in_the_tree_once(opens in prop::collection::vec(prop::collection::vec(0_usize..9, 0..4), 1..9)) {
        let count = opens.len();
        let mut files = Vec::new();
        for (index, below) in opens.iter().enumerate() {
            let mut text = format!("title: Map {index}\nkind: experience\nstages:\n");
            let _ = writeln!(text, "  - id: own\n    title: Own\n    steps:\n      - {{ id: s, action: A, feels: {}, pains: [P, Q] }}", index as i64 % 5 - 2);
            for (stage, child) in below.iter().enumerate() {
                let _ = writeln!(text, "  - {{ id: s{stage}x, title: S, opens: m{} }}", child % count);
            }
            files.push((format!("maps/m{index}.yaml"), text));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let sources = sources(&files);
        let site = compile(&sources).0;
        let index = read(&site, "maps/index.html");
        for map in 0..count {
            let cards = ["h2", "h3", "h4", "h5"].map(|level| index.matches(&format!("<{level}><a href=\"m{map}.html\">")).count());
            prop_assert_eq!(cards.iter().sum::<usize>(), 1, "map {} of {:?}", map, opens);
        }
        // Reached by following until nothing is new.
        let handbook = handbook(&sources);
        for (id, map) in handbook.maps.entries() {
            let start: usize = map.item.name[1..].parse().unwrap();
            let mut reached = BTreeSet::from([start]);
            loop {
                let more: BTreeSet<usize> = reached.iter().flat_map(|at| opens[*at].iter().map(|child| child % count)).collect();
                let before = reached.len();
                reached.extend(more);
                if reached.len() == before { break }
            }
            let feelings: Vec<f64> = reached.iter().map(|at| (at % 5) as f64 - 2.0).collect();
            let sum = rollup(&handbook, id);
            prop_assert_eq!((sum.maps, sum.pains), (reached.len(), 2 * reached.len()));
            let average = feelings.iter().sum::<f64>() / feelings.len() as f64;
            prop_assert!((sum.average.unwrap().value() - average).abs() <= 0.0051);
            prop_assert_eq!(sum.lowest.unwrap().value(), feelings.iter().copied().fold(f64::MAX, f64::min));
        }
    }
}

#[test]
fn a_map_tells_what_it_opens_and_what_it_is_part_of() {
    let map = |title: &str, stages: &str| format!("title: {title}\nkind: current-state\nstages:\n{stages}");
    let child = |feels: &str| {
        format!("  - {{ id: a, title: A, steps: [{{ id: b, action: B, feels: {feels}, pains: [P] }}] }}\n")
    };
    let above = "  - { id: whole, title: The whole, opens: child }\n  - { id: part, title: A part, steps: [{ id: step, action: Steps, opens: child }] }\n";
    let files = [
        ("maps/above.yaml", map("Above", above)),
        ("maps/beside.yaml", map("Beside", "  - { id: other, title: Other, opens: child }\n")),
        ("maps/child.yaml", map("Child", &(child("-2") + "  - { id: c, title: C, opens: grandchild }\n"))),
        ("maps/grandchild.yaml", map("Grandchild", &child("1"))),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (site, _) = compile(&sources(&files));
    let page = read(&site, "maps/above.html");
    let told = "In detail: <a href=\"child.html\">Child</a> · lowest −2 · average −0.5 · 2 pains";
    assert_eq!(page.matches(told).count(), 2, "{page}");
    let page = read(&site, "maps/child.html");
    assert!(page.contains(
        "Part of <a href=\"above.html\">Above</a>, <a href=\"above.html#whole\">The whole</a>, <a href=\"above.html#step\">Steps</a>"
    ));
    assert!(page.contains("Part of <a href=\"beside.html\">Beside</a>, <a href=\"beside.html#other\">Other</a>"));
    let index = read(&site, "maps/index.html");
    assert!(index.contains("<h3><a href=\"child.html\">") && index.contains("<h4><a href=\"grandchild.html\">"));
    assert!(index.contains("Also part of <a href=\"beside.html\">Beside</a>"));
    assert!(!index.contains("Also part of <a href=\"above.html\">"));
}

/// The grid on a page: channel, then for each stage what a cell says.
fn grid(page: &str) -> BTreeMap<String, Vec<String>> {
    let Some((_, grid)) = page.split_once("id=\"channels-by-stage\"") else { return BTreeMap::new() };
    let body = grid.split_once("<tbody>").unwrap().1.split_once("</table>").unwrap().0;
    let plain = |html: &str| {
        let texts: String = html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
        texts.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let row = |row: &str| {
        let mut cells = row.split("<td").map(|cell| plain(&format!("<td{cell}")));
        let cells: (String, Vec<String>) = (cells.next().unwrap(), cells.collect());
        cells
    };
    body.split("<tr>").skip(1).map(row).collect()
}

#[test]
fn the_grid_of_channels_is_counted_right() {
    let sources = example();
    let handbook = handbook(&sources);
    let (site, _) = compile(&sources);
    let mut cells = 0;
    for map in handbook.maps.iter().filter(|map| !map.stages.is_empty()) {
        let grid = grid(&read(&site, &format!("maps/{}.html", map.item.name)));
        for channel in handbook.channels.iter() {
            // What the steps of a stage meet on this channel, and how it feels: as they stand, and for each of several
            // personas who lives one elsewhere or otherwise.
            let met = |stage: usize| -> Vec<(Id<Touchpoint>, Option<Feeling>, &Step)> {
                let steps = map.steps().enumerate().filter(|(_, (of, _))| of.name == map.stages[stage].name);
                let all = steps.flat_map(|(at, (_, step))| {
                    let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
                    let others =
                        others.filter(move |other| other.step.index() == at && !other.skips).map(move |other| {
                            let own = other.feels.is_some() || other.feeling.is_some() || !other.pains.is_empty();
                            (other.touchpoint.or(step.touchpoint.filter(|_| own)), other.feels.or(step.feels), step)
                        });
                    std::iter::once((step.touchpoint, step.feels, step)).chain(others)
                });
                let here = |id: Id<Touchpoint>| {
                    handbook[id].channel.is_some_and(|carrier| handbook[carrier].name == channel.name)
                };
                all.filter_map(|(id, feels, step)| Some((id.filter(|id| here(*id))?, feels, step))).collect()
            };
            let total: BTreeSet<_> = (0..map.stages.len()).flat_map(met).map(|(id, ..)| id).collect();
            let Some(row) = grid.get(&*channel.title.first().text) else {
                assert!(
                    total.is_empty() || map.kind().name() == "day-in-the-life",
                    "no {} in {}",
                    channel.name,
                    map.item.name
                );
                continue;
            };
            for (stage, cell) in row[..map.stages.len()].iter().enumerate() {
                let touchpoints: BTreeSet<_> = met(stage).into_iter().map(|(id, ..)| id).collect();
                let feelings: Vec<f64> =
                    met(stage).into_iter().filter_map(|(_, feels, _)| feels).map(Feeling::value).collect();
                let mut said = match touchpoints.len() {
                    0 => "gap".to_owned(),
                    count => count.to_string(),
                };
                if !feelings.is_empty() {
                    let mean = (feelings.iter().sum::<f64>() / feelings.len() as f64 * 10.0).round() / 10.0;
                    let sign = if mean < 0.0 {
                        "−"
                    } else if mean > 0.0 {
                        "+"
                    } else {
                        ""
                    };
                    let _ = write!(said, " feeling {sign}{}", mean.abs());
                }
                let truths = met(stage).into_iter().filter(|(_, _, step)| step.moment_of_truth.is_some());
                match truths.map(|(_, _, step)| &step.name).collect::<BTreeSet<_>>().len() {
                    0 => {}
                    1 => said += " includes 1 moment of truth",
                    count => {
                        let _ = write!(said, " {count} includes {count} moments of truth");
                    }
                }
                assert_eq!(*cell, said, "{} at stage {stage} of {}", channel.name, map.item.name);
                cells += 1;
            }
            assert_eq!(row[map.stages.len()], total.len().to_string());
        }
    }
    assert!(cells > 100, "only {cells} cells");
}

#[test]
fn a_map_that_meets_nobody_has_no_grid() {
    let map = "title: M\nkind: experience\nstages: [{ id: a, title: A, steps: [{ id: b, action: B }] }]\n";
    let (site, _) = compile(&sources(&[("maps/m.yaml", map)]));
    assert!(grid(&read(&site, "maps/m.html")).is_empty());
}
