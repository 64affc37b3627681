//! Large maps: forty steps by twelve lanes, and more.

use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Severity, show};
use journeybook::disk;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{SourceFile, Sources};

/// The heaviest that the page of a map may be, uncompressed.
const HEAVIEST: usize = 150 * 1000;

#[test]
fn forty_steps_by_twelve_lanes_stay_light() {
    let sources =
        disk::discover(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/forty-steps"), &[]).unwrap();
    let (site, mut report) = compile(&sources);
    report.append(site.check());
    assert!(
        report.iter().all(|found| found.code.severity() != Severity::Error),
        "{}",
        show::text(&report, &sources, false)
    );
    let Entry::Bytes(html) = site.read(&SitePath::new("maps/forty-steps.html").unwrap()).unwrap().unwrap() else {
        panic!("a page is made")
    };
    let html = std::str::from_utf8(&html).unwrap();
    assert_eq!(html.matches("<tr data-lane=").count(), 13, "all lanes are drawn, and the paths");
    for step in 1..=40 {
        assert!(html.contains(&format!("id=\"step-{step}\"")), "step {step} can be linked to");
    }
    assert!(html.len() <= HEAVIEST, "{} bytes", html.len());
}

/// The style finds the cells of the first columns by the heading of theirs; no list of columns is long enough for every map.
#[test]
fn the_cells_of_a_stage_to_fix_first_are_marked_where_the_style_finds_them_no_more() {
    let cells = |hot: usize| {
        let stage = |number: usize| {
            let fix = if number == hot { "fix-first: true, " } else { "" };
            format!(
                "  - {{ id: s{number}, title: S, {fix}goals: [Wants], steps: [{{ id: t{number}, action: Does, feels: 1 }}] }}\n"
            )
        };
        let stages: String = (1..=30).map(stage).collect();
        let map = format!("title: Long\nkind: current-state\nstages:\n{stages}");
        let file = |path, text: String| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes());
        let files = vec![file("handbook.yaml", "title: Long\n".into()), file("maps/long.yaml", map)];
        let site = compile(&Sources::new(files)).0;
        let Some(Ok(Entry::Bytes(html))) = site.read(&SitePath::new("maps/long.html").unwrap()) else {
            panic!("no page")
        };
        let html = String::from_utf8(html.into_owned()).unwrap();
        let is_marked = |tag: &&str| tag.split('>').next().is_some_and(|tag| tag.contains("data-fix-first"));
        let marked = |tag: &str| html.split(tag).skip(1).filter(is_marked).count();
        assert_eq!(marked("<th "), 1, "{html}");
        marked("<td ")
    };
    let style = include_str!("../../themes/default/components/stage-heading/style.css");
    let found = (1..).take_while(|column| style.contains(&format!("td:nth-child({column})"))).count();
    // The first column is that of the lanes' names.
    assert_eq!([cells(1), cells(found - 1)], [0, 0]);
    assert_eq!([cells(found), cells(30)], [3, 3], "goals, actions and feelings");
}
