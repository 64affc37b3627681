//! Pages and rules tell one story: what answers a pain, who answers for a moment, what rests on evidence.

use journeybook::compile::compile;
use journeybook::diag::{Code, Report};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

const HANDBOOK: [(&str, &str); 8] = [
    ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN]\n"),
    ("channels.yaml", "door: { title: Door }\n"),
    ("teams.yaml", "crew: { title: Crew }\n"),
    ("personas/mei.md", "---\ntitle: Mei\nquote: { text: Oh }\n---\n"),
    ("touchpoints/van.md", "---\ntitle: Van\nchannel: door\nkind: human\nimportance: { customer: 3, organisation: 3 }\n---\n"),
    ("opportunities/check.yaml", "title: Check the door\nimpact: 3\neffort: 2\nstatus: done\n"),
    ("opportunities/idle.yaml", "title: Paint the van\nimpact: 3\neffort: 2\nstatus: idea\n"),
    (
        "maps/door.yaml",
        "title: At the door
kind: service-blueprint
persona: mei
owner: crew
fail-points:
  - { id: narrow, title: Door too narrow, opportunities: [check] }
stages:
  - id: day
    title: The day
    steps:
      - { id: ring, action: Rings, touchpoint: van, feels: -1, pains: [Nobody measured], fails: [narrow] }
      - { id: leave, action: Leaves, touchpoint: van, feels: 0, opportunities: [idle], moment-of-truth: They come back or not }
",
    ),
];

fn handbook(more: &[(&str, &str)]) -> (Site, Report) {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    compile(&Sources::new(HANDBOOK.iter().chain(more).map(file).collect()))
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

fn found(report: &Report, code: Code) -> Vec<&str> {
    report.iter().filter(|said| said.code == code).map(|said| said.message.as_str()).collect()
}

#[test]
fn what_answers_a_fail_point_answers_the_pains_of_its_step_everywhere() {
    let (site, report) = handbook(&[]);
    assert!(found(&report, Code::PainWithoutOpportunity).is_empty());
    assert!(read(&site, "opportunities/by/gaps.html").contains("0 pains of today have no opportunity"));
    let csv = read(&site, "touchpoints.csv");
    let column = csv.lines().next().unwrap().split(',').position(|name| name == "open-pains").expect(&csv);
    assert_eq!(
        csv.lines().nth(1).unwrap().split(',').nth(column),
        Some("0"),
        "an opportunity that is done ended it:\n{csv}"
    );
}

#[test]
fn an_opportunity_at_a_step_without_pains_answers_none_wherever_that_is_told() {
    let (site, report) = handbook(&[]);
    assert_eq!(found(&report, Code::OpportunityWithoutPain).len(), 1);
    let gaps = read(&site, "opportunities/by/gaps.html");
    assert!(gaps.contains("1 opportunity answers no pain"), "{gaps}");
    let health = read(&site, "health/index.html");
    let orphans = health.split("id=\"orphans\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(orphans.contains("idle.html"), "{orphans}");
}

#[test]
fn a_team_answers_for_the_same_moments_on_its_page_and_on_the_list() {
    let (site, report) = handbook(&[]);
    let list = read(&site, "moments/by-owner.html");
    assert!(list.contains("id=\"team-crew\""), "{list}");
    assert!(read(&site, "teams/crew.html").contains("Leaves (At the door)"));
    assert_eq!(
        found(&report, Code::MomentWithoutOwner),
        ["neither the stage nor the touchpoint of the moment of truth at the step `leave` has an owner"]
    );
}

#[test]
fn a_moment_of_what_shall_be_is_nobodys_yet() {
    let future = "title: Later\nkind: future-state\npersona: mei\nowner: crew\nbaseline: door\nstages:\n- { id: day, title: Day, owner: crew, steps: [{ id: come, action: Comes, moment-of-truth: Hope }] }\n";
    let (site, _) = handbook(&[("maps/later.yaml", future)]);
    assert!(!read(&site, "teams/crew.html").contains("Comes (Later)"), "the list of moments leaves it out as well");
}

#[test]
fn the_health_page_counts_evidence_as_the_page_of_evidence_does() {
    let more = [
        ("metrics/csat.yaml", "title: Satisfaction\nkind: csat\ndefinition: d\nbaseline: 3\nsource: CRM\n"),
        (
            "maps/empathy.yaml",
            "title: Waiting\nkind: empathy\npersona: mei\nsays: [Where are they]\nthinks: [Late]\ndoes: [Waits]\nfeels: [Tired]\n",
        ),
        (
            "maps/use.yaml",
            "title: Use\nkind: current-state\npersona: mei\nstages:\n- { id: use, title: Use, steps: [{ id: wash, action: Washes, metrics: [csat] }] }\n",
        ),
    ];
    let (site, _) = handbook(&more);
    let health = read(&site, "health/index.html");
    let evidence = read(&site, "coverage/evidence.html");
    let row = |title: &str, known: &str, all: &str| {
        format!(
            "<th scope=\"row\">{title}</th><td class=\"jb-align-right\">{known}</td><td class=\"jb-align-right\">{all}</td>"
        )
    };
    for row in [row("Figures", "1", "1"), row("Observations", "0", "2"), row("All", "1", "8")] {
        assert!(health.contains(&row), "`{row}` is not in\n{health}");
    }
    assert!(evidence.contains("1 of 8"), "{evidence}");
    assert!(health.contains("href=\"../coverage/evidence.html\"") && health.contains("href=\"../reviews/index.html\""));
}

#[test]
fn a_finding_in_a_walk_leads_to_its_page() {
    let walk = "title: A walk\nmap: door\ndate: 2026-05-01\nwho: Rosa\nsteps:\n- { step: ring, feels: -1 }\n";
    let (site, report) = handbook(&[("walkthroughs/walk.yaml", walk)]);
    assert!(report.iter().any(|said| said.code == Code::MissingTranslation));
    let health = read(&site, "health/index.html");
    let found = health.split("id=\"found\"").nth(1).unwrap();
    assert!(found.contains("href=\"../walkthroughs/walk.html\""), "{found}");
}

#[test]
fn a_handbook_without_any_day_names_none() {
    let settings = SourceFile::from_bytes(HandbookPath::new("handbook.yaml").unwrap(), b"title: Empty\n".to_vec());
    let (site, _) = compile(&Sources::new(vec![settings]));
    for page in ["reviews/index.html", "health/index.html"] {
        assert!(!read(&site, page).contains("<time"), "`{page}` names a day that nobody wrote");
    }
}
