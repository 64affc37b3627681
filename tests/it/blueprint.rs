//! Service blueprints as readers get them: a column for each step, lines where they belong, arrows as work flows.

use std::fmt::Write as _;

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

const OTHERS: [(&str, &str); 8] = [
    ("handbook.yaml", "title: Harbor\nlanguages: [en]\n"),
    ("teams.yaml", "crew: { title: Crew }\ndesk: { title: Day desk }\n"),
    ("personas/mei.md", "---\ntitle: Mei\n---\n"),
    (
        "maps/whole.yaml",
        "title: Whole\nkind: experience\noutcome: Done.\nstages: [{ id: door, title: Door, opens: behind }]\n",
    ),
    (
        "maps/detail.yaml",
        "title: Detail\nkind: experience\noutcome: Done.\nstages: [{ id: a, title: A, steps: [{ id: b, action: B }] }]\n",
    ),
    (
        "insights/log.yaml",
        "title: Log\nkind: analytics\ndate: 2026-05-01\nsample: 90\nwho: orders\nsource: Vans\nsummary: Doors.\n",
    ),
    ("opportunities/ask.yaml", "title: Ask first\nsummary: Ask.\nimpact: 3\neffort: 1\nstatus: planned\nowner: desk\n"),
    ("opportunities/write.yaml", "title: Write it down\nsummary: Write.\nimpact: 3\neffort: 1\nstatus: idea\n"),
];

/// The page of a blueprint with these keys and stages, in a language, and what is said of it.
fn page_in(language: &str, keys: &str, stages: &str) -> (String, Report, Sources) {
    let (site, report, sources) = site_in(language, keys, stages);
    (read(&site, "maps/behind.html"), report, sources)
}

fn read(site: &Site, path: &str) -> String {
    match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    }
}

/// The site of a handbook with such a blueprint.
fn site_in(language: &str, keys: &str, stages: &str) -> (Site, Report, Sources) {
    let map = format!(
        "title: Behind the door\nkind: service-blueprint\npersona: mei\nactors: {{ frontstage: crew, backstage: crew, support: desk }}\n{keys}stages:\n{stages}"
    );
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    let mut files = OTHERS.to_vec();
    files[0].1 = &settings;
    files.push(("maps/behind.yaml", &map));
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, report) = compile(&sources);
    (site, report, sources)
}

/// The same in English, of a handbook with nothing to mend.
fn page(keys: &str, stages: &str) -> String {
    let (html, report, sources) = page_in("en", keys, stages);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    html
}

/// What stands between each pair of marks.
fn between<'a>(html: &'a str, open: &'a str, close: &'a str) -> Vec<&'a str> {
    html.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

/// The drawing, row by row: lanes with a word for each cell, and lines.
fn rows(html: &str) -> Vec<String> {
    let table = between(html, "<table>", "</table>")[0];
    let row = |row: &&str| {
        if let Some(line) = between(row, "data-line=\"", "\"").first() {
            return format!("-- {line}");
        }
        let cells = between(row, "<td", "</td>");
        let cell = |cell: &&str| {
            let tag = cell.split('>').next().unwrap();
            let arrow = between(tag, "data-arrow=\"", "\"").first().copied().unwrap_or("");
            let over = between(tag, "data-over=\"", "\"").first().copied().unwrap_or("");
            let kind = if tag.contains("data-empty") { "." } else { "card" };
            format!("{kind}{}{arrow}{over}", if tag.contains("data-through") { "|" } else { "" })
        };
        format!("{}: {}", between(row, "data-lane=\"", "\"")[0], cells.iter().map(cell).collect::<Vec<_>>().join(" "))
    };
    let all = between(table, "<tr", "</tr>");
    all.iter().filter(|row| row.contains("data-line=") || row.contains("data-lane=")).map(row).collect()
}

const ARROWS: &str = "
  - id: day
    title: The day
    steps:
      - { id: books, action: Books, frontstage: App, backstage: { text: Planner, flow: both }, support: { text: Router, flow: up } }
      - { id: waits, action: Waits, backstage: { text: Dispatcher, flow: up } }
      - { id: asks, action: Asks, support: { text: Gateway, flow: both } }
      - { id: loads, moment: Loads, backstage: Driver, support: { text: Stock, flow: none } }
";

#[test]
fn each_step_is_a_column_and_work_flows_as_written() {
    let html = page("", ARROWS);
    assert_eq!(
        rows(&html),
        [
            "customer: carddown1 cardup1 cardup1 .",
            "-- interaction",
            "frontstage: cardboth1 .|line1 .|line1 .",
            "-- visibility",
            "backstage: cardup1 card .|down1 card",
            "-- internal",
            "support: card . card card",
        ]
    );
    let heads = between(&html, "class=\"jb-stage-heading\" id=\"", "\"");
    assert_eq!(heads, ["books", "waits", "asks", "loads"]);
    // In words, each at the lower end of its arrow.
    let words = between(&html, "jb-blueprint__flow\">", "</span>");
    assert_eq!(
        words,
        [
            "From: Customer",
            "To and from: Frontstage",
            "Back to: Customer",
            "Back to: Backstage",
            "To and from: Customer"
        ]
    );
}

#[test]
fn an_arrow_reaches_over_rows_that_are_not_drawn() {
    let html = page("", "  - { id: day, title: Day, steps: [{ id: asks, action: Asks, support: Gateway }] }\n");
    assert_eq!(rows(&html), ["customer: carddown3", "-- interaction", "-- visibility", "-- internal", "support: card"]);
}

#[test]
fn other_lanes_leave_the_rows_of_work_together() {
    let stages = "  - { id: day, title: Day, steps: [{ id: asks, action: Asks, feels: -1, thinks: Hm, pains: [Slow], evidence: Text, frontstage: App }] }\n";
    let html = page("lanes: [actions, thoughts, frontstage, pains, evidence, feelings, pains]\n", stages);
    assert_eq!(
        rows(&html),
        [
            "thoughts: card",
            "evidence: card",
            "customer: carddown1",
            "-- interaction",
            "frontstage: card",
            "pains: card",
            "feelings: card"
        ]
    );
    assert!(html.contains("class=\"jb-curve\""));
}

#[test]
fn marks_are_numbered_as_declared_and_return_below() {
    let html = page(
        "fail-points:
  - { id: late, title: Van is late, known: 41 minutes, insights: [log], opportunities: [ask, write] }
  - { id: door, title: Door too narrow }
",
        "
  - id: day
    title: The day
    steps:
      - { id: books, action: Books, fails: [door], frontstage: { text: App, fails: [late, door], waits: all night, team: desk } }
      - { id: stays, action: Stays in, waits: four hours }
",
    );
    let cells = between(between(&html, "<table>", "</table>")[0], "<td", "</td>");
    let marks = |cell: &str| {
        between(cell, "class=\"jb-blueprint__mark\"", "<span")
            .iter()
            .map(|mark| mark.rsplit('>').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let found: Vec<Vec<String>> = cells.iter().map(|cell| marks(cell)).collect();
    assert_eq!(found, [vec!["F2"], vec!["W2"], vec!["F1", "F2", "W1"], vec![]]);
    // A mark leads to its row.
    assert!(html.contains("data-mark=\"fail\" href=\"#fail:late\">F1") && html.contains("<tr id=\"fail:late\">"));
    assert!(html.contains("data-mark=\"wait\" href=\"#wait:2\">W2") && html.contains("<tr id=\"wait:2\">"));
    let tables = between(&html, "<table class=\"jb-table jb-blueprint__breaks\">", "</table>");
    let [fails, waits] = tables.as_slice() else { panic!("two tables, not {}", tables.len()) };
    let told = |html: &str| {
        let mut text = String::new();
        for part in html.split('<') {
            let (_, part) = part.split_once('>').unwrap_or(("", part));
            write!(text, "{part} ").unwrap();
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rows: Vec<String> = between(fails, "<tbody>", "</tbody>").into_iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "F1 fail point Van is late at: Books 41 minutes 90 records Ask first Day desk Planned Write it down none Idea",
            "F2 fail point Door too narrow at: Books Nobody mends it yet",
        ]
    );
    let rows: Vec<String> = between(waits, "<tr id", "</tr>").into_iter().map(told).collect();
    assert_eq!(rows, ["W1 wait all night Frontstage App Books", "W2 wait four hours Customer Stays in Stays in"]);
    // What a fail point cites is a source of the map, and its lanes say whose they are.
    assert!(html.contains("<h2 id=\"sources\">") && html.contains("teams/crew.html") && html.contains(">Day desk</a>"));
}

#[test]
fn stages_and_steps_can_be_linked_to() {
    let html = page(
        "",
        "
  - { id: before, title: Before, steps: [{ id: books, action: Books }, { id: before, action: Reads }] }
  - { id: later, title: Later, opens: detail }
  - { id: day, title: The day, duration: a day, steps: [{ id: naps, action: Naps, leads-to: [books] }] }
",
    );
    for id in ["before", "books", "later", "day", "naps"] {
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "`{id}`");
    }
    assert_eq!(between(&html, "scope=\"colgroup\" colspan=\"", "\""), ["2", "1", "1"]);
    assert!(html.contains("href=\"#books\">Books</a>"), "a step may lead back");
    // A stage that only opens another map still has its column.
    assert_eq!(rows(&html), ["customer: card card . card"]);
    assert_eq!(html.matches("href=\"detail.html\">Later</a>").count(), 2);
}

#[test]
fn what_happens_without_the_customer_keeps_its_marks() {
    let html = page(
        "fail-points: [{ id: late, title: Late }]\n",
        "  - { id: day, title: Day, steps: [{ id: loads, moment: Loads, fails: [late], waits: an hour, backstage: Driver }] }\n",
    );
    assert_eq!(rows(&html), ["backstage: card"]);
    let head = between(&html, "class=\"jb-stage-heading\"", "</th>")[0];
    assert!(head.contains(">F1<") && head.contains(">W1<") && head.contains("an hour"), "{head}");
}

#[test]
fn what_a_fail_point_cites_knows_where() {
    let (site, _, _) = site_in(
        "en",
        "fail-points: [{ id: late, title: Late, insights: [log], opportunities: [ask] }]\n",
        "  - { id: day, title: Day, steps: [{ id: opens, action: Opens up, frontstage: { text: Crew, fails: [late] } }] }\n",
    );
    for page in ["insights/log.html", "opportunities/ask.html"] {
        assert_eq!(read(&site, page).matches("href=\"../maps/behind.html#opens\"").count(), 1, "{page}");
    }
}

#[test]
fn a_blueprint_speaks_chinese() {
    let (html, _, _) = page_in("zh", "fail-points: [{ id: late, title: 迟到 }]\n", ARROWS);
    for word in ["来自：客户", "互动线", "可见线", "哪里会出错", "失效点"] {
        assert!(html.contains(word), "`{word}` is missing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is written, each line stands between what belongs above it and what belongs below, and every arrow that is
    /// said is drawn: from a card, through empty cells, to a card.
    #[test]
    fn lines_and_arrows_hold_for_all_lanes(steps in proptest::collection::vec((0_u8..32, 0_usize..4), 1..4), named in 0_u8..32) {
        const LANES: [&str; 5] = ["evidence", "actions", "frontstage", "backstage", "support"];
        const FLOWS: [&str; 4] = ["down", "up", "both", "none"];
        let mut stages = "  - id: day\n    title: Day\n    steps:\n".to_owned();
        for (index, (mask, flow)) in steps.iter().enumerate() {
            let customer = mask & 2 != 0 || mask & 4 != 0;
            let who = if customer { "action" } else { "moment" };
            write!(stages, "      - {{ id: step{index}, {who}: Does it").unwrap();
            for (rank, lane) in LANES.iter().enumerate().filter(|(rank, _)| mask >> rank & 1 == 1 && *rank != 1) {
                match rank {
                    0 => write!(stages, ", {lane}: Text").unwrap(),
                    _ => write!(stages, ", {lane}: {{ text: Act, flow: {} }}", FLOWS[(flow + rank) % 4]).unwrap(),
                }
            }
            stages.push_str(" }\n");
        }
        let wanted: Vec<&str> = LANES.iter().enumerate().filter(|(rank, _)| named >> rank & 1 == 1).map(|(_, lane)| *lane).collect();
        let keys = if wanted.is_empty() { String::new() } else { format!("lanes: [{}]\n", wanted.join(", ")) };
        let html = page(&keys, &stages);
        let drawn = rows(&html);

        const ORDER: [&str; 8] = ["evidence", "customer", "-- interaction", "frontstage", "-- visibility", "backstage", "-- internal", "support"];
        let places: Vec<usize> = drawn.iter().map(|row| {
            let name = row.split(':').next().unwrap();
            ORDER.iter().position(|known| *known == name).unwrap()
        }).collect();
        prop_assert!(places.is_sorted_by(|one, other| one < other), "{drawn:?}");
        // From the first row to the last, no line is missing, and none stands at an edge.
        if let (Some(&first), Some(&last)) = (places.first(), places.last()) {
            let line = |place: &usize| ORDER[*place].starts_with("--");
            prop_assert!(!line(&first) && !line(&last), "{drawn:?}");
            for place in (first..last).filter(line) {
                prop_assert!(places.contains(&place), "{drawn:?} lacks {}", ORDER[place]);
            }
        }

        let cards: Vec<Vec<&str>> = drawn.iter().filter(|row| !row.starts_with("--")).map(|row| row.split(' ').skip(1).collect()).collect();
        let mut arrows = 0;
        for column in 0..steps.len() {
            for (row, cells) in cards.iter().enumerate() {
                let cell = cells[column];
                let from_above = row > 0 && cards[row - 1][column].ends_with(['1', '2', '3']);
                prop_assert_eq!(cell.contains('|'), cell.starts_with('.') && from_above, "{:?}", drawn);
                if from_above && cell.starts_with("card") {
                    arrows += 1;
                }
                if cell.starts_with('.') {
                    prop_assert_eq!(cell.ends_with(['1', '2', '3']), from_above, "{:?}", drawn);
                }
            }
        }
        prop_assert_eq!(html.matches("jb-blueprint__flow\">").count(), arrows, "{:?}", drawn);
    }
}
