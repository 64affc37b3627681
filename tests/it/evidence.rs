//! Evidence: what counts as known, what is old or small, and what rests on what.

use journeybook::compile::compile;
use journeybook::diag::Report;
use journeybook::model::{Cadence, Date, EvidencePolicy, Handbook};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::evidence_coverage::{self as coverage, Share, StatementKind, Tally};
use journeybook::views::freshness::freshness;
use journeybook::views::uses::Uses;
use journeybook::{disk, parse, resolve};

fn sources(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn handbook(sources: &Sources) -> Handbook {
    let mut report = Report::default();
    resolve::link(parse::all(sources, &mut report), sources, &mut report)
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

const HANDBOOK: [(&str, &str); 10] = [
    ("handbook.yaml", "title: Harbor\nlanguages: [en]\nevidence: { max-age: 12 months, min-sample: 5 }\n"),
    ("personas/mei.md", "---\ntitle: Mei\nquote: { text: Mine, insights: [talks] }\n---\n"),
    ("personas/bo.md", "---\ntitle: Bo\nquote: Nobody asked\n---\n"),
    ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 5\nsource: Rosa\n"),
    ("insights/log.yaml", "title: Log\nkind: analytics\ndate: 2024-06-01\nsample: 4\nsource: Han\n"),
    ("metrics/known.yaml", "title: Known\nkind: count\ndefinition: d\nsource: Till\n"),
    ("metrics/guess.yaml", "title: Guess\nkind: count\ndefinition: d\n"),
    (
        "maps/buying.yaml",
        "title: Buying\nkind: current-state\npersona: mei\nreviewed: 2026-11-16\nstages:
  - { id: shop, title: Shop, metrics: [guess], steps: [
      { id: ask, action: Asks, feels: 1, insights: [talks], metrics: [known], says: Yes, pains: [Loud, { text: Dear, insights: [log, talks] }] },
      { id: go, action: Goes, feels: -1, says: { text: No, insights: [log] }, pains: [{ text: Far, insights: [log] }, Wet] } ] }\n",
    ),
    (
        "maps/together.yaml",
        "title: Together\nkind: persona-based\npersonas: [mei, bo]\nstages:
  - { id: door, title: Door, steps: [{ id: wait, action: Waits, feels: 0, insights: [log] }] }
differences:
  bo: { wait: { feels: -2, pains: [Cold, { text: Wind, insights: [talks] }], says: Brr } }\n",
    ),
    (
        "maps/later.yaml",
        "title: Later\nkind: future-state\npersona: mei\nbaseline: buying\nassumptions: [{ text: They come back, insights: [talks] }]\nstages:
  - { id: shop, title: Shop, steps: [{ id: ask, action: Asks, feels: 2 }] }\n",
    ),
];

fn shares(tally: Tally) -> [(usize, usize); 5] {
    tally.0.map(|Share { known, all }| (known, all))
}

#[test]
fn what_counts_and_what_cites() {
    let sources = sources(&HANDBOOK);
    let handbook = handbook(&sources);
    let of = |name: &str| shares(Tally::of(coverage::statements(&handbook, handbook.maps.get(name).unwrap())));
    // Pains, feelings, quotes, figures, observations. `Loud` has its step's evidence, `Wet` has none; `guess` has no source.
    assert_eq!(of("buying"), [(3, 4), (1, 2), (2, 2), (1, 2), (0, 0)]);
    // What differs for Bo cites what the step cites, unless it names its own.
    assert_eq!(of("together"), [(2, 2), (2, 2), (1, 1), (0, 0), (0, 0)]);
    assert_eq!(
        shares(coverage::total(&handbook)),
        [(5, 6), (3, 4), (3, 3), (1, 2), (0, 0)],
        "the future does not count"
    );
}

#[test]
fn by_persona_differences_count_for_one_and_steps_for_all() {
    let sources = sources(&HANDBOOK);
    let handbook = handbook(&sources);
    let uses = Uses::of(&handbook);
    let of = |name: &str| {
        let id = handbook.personas.id(name).unwrap();
        shares(coverage::of_persona(&handbook, id, uses.maps_of(id)))
    };
    assert_eq!(of("mei"), [(3, 4), (2, 3), (3, 3), (1, 2), (0, 0)]);
    assert_eq!(of("bo"), [(2, 2), (2, 2), (1, 2), (0, 0), (0, 0)]);
}

#[test]
fn stages_and_maps_add_up_to_the_same_total() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let handbook = handbook(&disk::discover(&root, &[]).unwrap());
    let names: Vec<&str> = handbook.maps.iter().flat_map(|map| &map.stages).map(|stage| stage.name.as_str()).collect();
    for columns in [0, 1, names.len() / 2] {
        let place = |stage: &journeybook::model::Stage| names[..columns].iter().position(|name| *name == stage.name);
        let stages = coverage::by_stage(&handbook, columns, place);
        let maps = handbook.maps.iter().filter(|map| coverage::is_observed(map));
        let maps = maps.map(|map| Tally::of(coverage::statements(&handbook, map)));
        let sum = |tallies: &mut dyn Iterator<Item = Tally>| {
            tallies.fold([(0, 0); 5], |mut sum, tally| {
                for (sum, share) in sum.iter_mut().zip(tally.0) {
                    *sum = (sum.0 + share.known, sum.1 + share.all);
                }
                sum
            })
        };
        let total = shares(coverage::total(&handbook));
        assert_eq!(sum(&mut stages.into_iter()), total);
        assert_eq!(sum(&mut maps.into_iter()), total);
    }
    assert!(coverage::total(&handbook).all().all > 100);
}

#[test]
fn a_map_and_the_coverage_page_give_the_same_figures() {
    let (site, _) = compile(&sources(&HANDBOOK));
    let page = read(&site, "coverage/evidence.html");
    for (map, known, all, percent) in [("buying", 7, 10, 70), ("together", 5, 5, 100), ("later", 0, 1, 0)] {
        assert!(
            read(&site, &format!("maps/{map}.html")).contains(&format!("<b>{percent}%</b> of {all} statement")),
            "{map}"
        );
        let row = page.split(&format!("<a href=\"../maps/{map}.html\">")).nth(1).unwrap();
        let row = row.split("</tr>").next().unwrap();
        assert!(row.contains(&format!("<b>{percent}%</b> <span class=\"jb-hint\">{known} of {all}</span>")), "{row}");
    }
    assert!(page.contains("shows what shall be; not in the sums"));
    let total = page.split("<tfoot>").nth(1).unwrap();
    assert!(total.contains("12 of 15"), "{total}");
}

#[test]
fn assumptions_are_listed_where_they_stand() {
    let (site, _) = compile(&sources(&HANDBOOK));
    let page = read(&site, "coverage/evidence.html");
    let list = page.split("id=\"assumptions\"").nth(1).unwrap();
    assert!(list.contains("Pain: <a href=\"../maps/buying.html#go\">Wet</a>"), "{list}");
    assert!(list.contains("Feeling: <a href=\"../maps/buying.html#go\">Goes</a>"), "{list}");
    assert!(list.contains("Figure: <a href=\"../maps/buying.html#shop\">Guess</a>"), "{list}");
    assert!(!list.contains(">Far<") && !list.contains(">Loud<") && !list.contains(">Cold<"), "{list}");
}

#[test]
fn a_share_is_rounded_down() {
    for (known, all, percent) in
        [(199, 200, Some(99)), (200, 200, Some(100)), (0, 3, Some(0)), (2, 3, Some(66)), (0, 0, None)]
    {
        assert_eq!(Share { known, all }.percent(), percent);
    }
    assert_eq!(StatementKind::Observation as usize, 4, "a tally has a place for each kind");
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn evidence_holds_up_to_its_last_day() {
    let policy = EvidencePolicy { max_age: Cadence::parse("12 months"), min_sample: Some(5) };
    for (learned, today, old) in [
        ("2025-11-16", "2026-11-16", false),
        ("2025-11-15", "2026-11-16", true),
        ("2025-11", "2026-11-30", false),
        ("2025-11", "2026-12-01", true),
        ("2026-12-01", "2026-11-16", false),
    ] {
        assert_eq!(freshness(policy, day(learned), None, day(today)).old, old, "{learned} on {today}");
    }
    for (sample, small) in [(None, false), (Some(4), true), (Some(5), false)] {
        assert_eq!(freshness(policy, day("2026-01-01"), sample, day("2026-11-16")).small, small);
    }
    let none = freshness(EvidencePolicy::default(), day("1990-01-01"), Some(1), day("2026-11-16"));
    assert!(!none.old && !none.small, "without a rule everything holds");
    assert!(!day("2026-11").is_over(day("2026-11-30")) && day("2026-10").is_over(day("2026-11")));
}

#[test]
fn the_register_says_what_is_old_or_small_and_what_rests_on_it() {
    let (site, _) = compile(&sources(&HANDBOOK));
    let page = read(&site, "insights/index.html");
    assert!(page.contains("Evidence older than 12 months is marked as old."), "{page}");
    assert!(page.contains("A sample of fewer than 5 is marked as small."), "{page}");
    assert!(page.contains("1 is old, 1 is small"), "{page}");
    let row =
        |name: &str| page.split(&format!("{name}.html\">")).nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    assert!(row("log").contains("Old") && row("log").contains("Small sample"), "{}", row("log"));
    assert!(!row("talks").contains("jb-tag"), "{}", row("talks"));
    // Loud by its step, Dear and Wind by themselves; one quote of a step; Mei's own quote counts as a persona.
    assert!(row("talks").contains("2 steps, 3 pains, 1 quote, 1 persona"), "{}", row("talks"));
}

#[test]
fn a_piece_of_evidence_shows_everything_that_rests_on_it() {
    let (site, _) = compile(&sources(&HANDBOOK));
    let page = read(&site, "insights/log.html");
    for said in [
        "Old: evidence holds for 12 months here, and this held until 1\u{a0}Jun 2025.",
        "Small: at least 5 should have been asked or counted.",
        "<td>Pain</td><td>Dear</td><td><a href=\"../maps/buying.html#ask\">Asks</a>",
        "<td>Quote</td><td><q>No</q></td>",
        "<td>Pain</td><td>Cold</td><td><a href=\"../maps/together.html#wait\">Waits (Bo)</a>",
        "<td>Feeling</td>",
    ] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
    assert!(read(&site, "insights/talks.html").contains("<td>Taken to be true</td><td>They come back</td>"));
    assert!(read(&site, "insights/talks.html").contains("<a href=\"../personas/mei.html\">Mei</a>"));
}

#[test]
fn a_long_register_is_split_and_every_row_stands_once() {
    let many: Vec<(String, String)> = (0..250)
        .map(|number| {
            let kind = ["interview", "survey", "review"][number % 3];
            let text = format!("title: Study {number}\nkind: {kind}\ndate: 2026-01-02\nsource: Rosa\n");
            (format!("insights/s{number}.yaml"), text)
        })
        .collect();
    let mut files = vec![("handbook.yaml", "title: Long\n")];
    files.extend(many.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let (site, _) = compile(&sources(&files));
    let pages = ["insights/index.html", "insights/all/2.html", "insights/all/3.html"].map(|path| read(&site, path));
    assert!(pages.iter().all(|page| page.len() < 300_000));
    for number in 0..250 {
        let link = format!(">Study {number}</a>");
        assert_eq!(pages.iter().map(|page| page.matches(&link).count()).sum::<usize>(), 1, "study {number}");
    }
}
