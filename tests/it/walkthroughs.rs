//! Walk-throughs: read, linked, and set beside the map.

use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Code, Report, show};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

const MAP: &str = "title: Buying
kind: current-state
persona: mei
stages:
  - id: shop
    title: Shop
    steps:
      - { id: ask, action: Asks the adviser, feels: 2, feeling: understood }
      - { id: pay, action: Pays }
  - id: door
    title: Door
    steps:
      - { id: wait, action: Waits all morning, moment: The wait, feels: -0.5 }
      - { id: call, action: Calls, feels: -1 }
      - { id: rest, action: Rests, feels: 1 }
";

const WALK: &str = "title: A Saturday at home
summary: Worse than we thought.
map: buying
date: 2026-11-07
walker: Ines Moreau
as: mei
owner: cx
steps:
  - { step: wait, feels: -2, feeling: forgotten, note: Nobody came., obstacles: [No time, No call], minutes: 240 }
  - { step: call, feels: -0.5, minutes: 12 }
  - { step: ask, feels: 0.9, obstacles: [Shut] }
  - { step: wait, feels: 1 }
  - { step: pay, feels: 2 }
";

fn handbook(language: &str, more: &[(&str, &str)]) -> (Site, Report, Sources) {
    let settings = format!(
        "title: Harbor\nlanguages: [{language}, fr]\nchecks: {{ missing-strings: {{ level: off, reason: We need no words. }} }}\n"
    );
    let mut files = vec![
        ("handbook.yaml", settings.as_str()),
        ("teams.yaml", "cx: { title: CX }\n"),
        ("personas/mei.md", "---\ntitle: Mei Lin\n---\n"),
        ("maps/buying.yaml", MAP),
        ("walkthroughs/saturday.yaml", WALK),
    ];
    files.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    files.extend(more);
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    let sources = Sources::new(files.iter().map(file).collect());
    let (site, report) = compile(&sources);
    (site, report, sources)
}

fn read(site: &Site, path: &str) -> String {
    let Entry::Bytes(bytes) = site.read(&SitePath::new(path).unwrap()).unwrap().unwrap() else { panic!("no page") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The rows of the table of steps, without markup.
fn rows(html: &str) -> Vec<Vec<String>> {
    let (_, table) = html.split_once("jb-walk-table").unwrap();
    let body = table.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let row =
        |row: &str| row.replace("</th>", "</td>").split("</td>").map(words).filter(|cell| !cell.is_empty()).collect();
    body.split("<tr>").skip(1).map(row).collect()
}

fn words(html: &str) -> String {
    let text: String =
        html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_walk_stands_beside_what_its_map_says() {
    let (site, report, sources) = handbook("en", &[]);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    let html = read(&site, "walkthroughs/saturday.html");
    let rows = rows(&html);
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        cells,
        [
            vec![
                "The wait",
                "Door",
                "feeling −0.5",
                "feeling −2 forgotten 1.5 points lower than the map",
                "Nobody came.",
                "No time No call",
                "240 minutes"
            ],
            vec!["Calls", "same stage", "feeling −1", "feeling −0.5", "12 minutes"],
            vec![
                "Asks the adviser",
                "Shop",
                "feeling +2 understood",
                "feeling +0.9 1.1 points lower than the map",
                "Shut"
            ],
            vec!["The wait", "Door", "feeling −0.5", "feeling +1 1.5 points higher than the map"],
            vec!["Pays", "Shop", "feeling +2"],
        ]
    );
    // Where the map says nothing there is nothing to compare; half a point is no difference worth a word.
    assert!(html.contains("At 3 of 4 steps that can be compared"));
    let missed = html.split_once("id=\"missed\"").unwrap().1;
    assert!(missed.contains("../maps/buying.html#rest") && missed.contains("Rests") && !missed.contains("#wait"));
    for fact in ["252 minutes", "3 obstacles", "Ines Moreau", "../personas/mei.html", "../teams/cx.html", "2026-11-07"]
    {
        assert!(html.contains(fact), "`{fact}` is not on the page");
    }
}

#[test]
fn one_point_is_a_difference_and_less_is_none() {
    for (walked, said) in
        [("-1.5", "1 point lower than the map"), ("-1.4", ""), ("0.5", "1 point higher than the map"), ("0.4", "")]
    {
        let walk = format!("title: W\nmap: buying\ndate: 2026-11\nsteps: [{{ step: wait, feels: {walked} }}]\n");
        let (site, ..) = handbook("en", &[("walkthroughs/saturday.yaml", &walk)]);
        let html = read(&site, "walkthroughs/saturday.html");
        assert_eq!(html.contains(" than the map<"), !said.is_empty(), "{walked}");
        assert!(html.contains(said), "{walked}");
    }
}

#[test]
fn a_map_lists_its_walks_newest_first_and_caps_them() {
    let walk = |day: usize| {
        format!("title: Walk {day}\nmap: buying\ndate: 2026-10-{day:02}\nsteps: [{{ step: call, feels: -1 }}]\n")
    };
    let texts: Vec<(String, String)> = (1..=24).map(|day| (format!("walkthroughs/w{day}.yaml"), walk(day))).collect();
    let more: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (site, ..) = handbook("en", &more);
    let html = read(&site, "maps/buying.html");
    let section = html.split_once("id=\"walks\"").unwrap().1.split_once("</section>").unwrap().0;
    assert_eq!(section.matches("<tr>").count(), 21, "a head and twenty walks");
    assert!(section.contains("and 5 more") && section.contains("#call") && !section.contains("Walk 5<"));
    let order =
        [section.find("A Saturday at home"), section.find("Walk 24<"), section.find("Walk 6<")].map(Option::unwrap);
    assert!(order.is_sorted());
    let all = read(&site, "walkthroughs/index.html");
    assert_eq!(all.matches("<tr>").count(), 26);
    assert!(all.contains("href=\"../maps/buying.html\""));
    // No walk, no section.
    let (site, ..) =
        handbook("en", &[("walkthroughs/saturday.yaml", "title: W\nmap: buyin\ndate: 2026-10-01\nsteps: []\n")]);
    assert!(!read(&site, "maps/buying.html").contains("id=\"walks\""));
}

#[test]
fn names_are_checked_and_unknown_keys_are_said() {
    let walk = "title: W\nmap: buyin\ndate: soon\nas: mai\nowner: cy\nmood: x\nsteps:\n  - { step: wait }\n";
    let (site, report, _) = handbook("en", &[("walkthroughs/saturday.yaml", walk)]);
    let codes: Vec<Code> = report.loud().iter().map(|said| said.code).collect();
    for code in [Code::UnknownMap, Code::UnknownPersona, Code::UnknownTeam, Code::BadDate, Code::UnknownKey] {
        assert!(codes.contains(&code), "{code:?} of {codes:?}");
    }
    assert_eq!(codes.len(), 5, "of a map that is not there nobody knows the steps");
    assert!(!read(&site, "walkthroughs/saturday.html").contains("jb-walk-table"));

    let walk = WALK.replace("step: ask", "step: aks").replace("feels: 2 }", "feels: 3, minute: 4 }");
    let (site, report, sources) = handbook("en", &[("walkthroughs/saturday.yaml", &walk)]);
    let said = show::text(&report, &sources, false);
    assert!(said.contains("the map has no step called `aks`") && said.contains("did you mean `ask`?"), "{said}");
    assert!(said.contains("`3` is not a feeling") && said.contains("did you mean `minutes`?"), "{said}");
    assert_eq!(rows(&read(&site, "walkthroughs/saturday.html")).len(), 4, "the rest is still shown");

    let (_, report, _) = handbook("en", &[("walkthroughs/saturday.yaml", "title: W\n")]);
    assert_eq!(report.iter().filter(|said| said.code == Code::MissingKey).count(), 3);
}

#[test]
fn a_walk_can_be_translated_and_linked_to() {
    let guide = "---\ntitle: G\n---\n\n[](walkthrough:saturday) and [](../walkthroughs/saturday.yaml)\n";
    let translation = "title: Un samedi\nsteps:\n  - { note: Personne., obstacles: [Rien] }\n";
    let (site, report, sources) =
        handbook("en", &[("guides/g.md", guide), ("walkthroughs/saturday.fr.yaml", translation)]);
    assert!(report.loud().is_empty(), "{}", show::text(&report, &sources, false));
    assert_eq!(
        read(&site, "guides/g.html").matches("href=\"../walkthroughs/saturday.html\">A Saturday at home<").count(),
        2
    );
    assert!(read(&site, "walkthroughs/saturday.html").contains("guides/g.html"));
    let (site, ..) = handbook("zh-CN", &[]);
    let html = read(&site, "walkthroughs/saturday.html");
    assert!(html.contains("比地图低 1.5 分") && html.contains("可比较的 4 个步骤中，有 3 个"));
}

#[test]
fn the_walks_of_the_example_are_of_its_main_maps() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let (site, _) = compile(&journeybook::disk::discover(&root, &[]).unwrap());
    for map in ["buying-a-first-machine", "repair-under-warranty", "five-machines-for-one-landlord"] {
        assert!(read(&site, &format!("maps/{map}.html")).contains("id=\"walks\""), "{map}");
    }
}
