//! Large maps: forty steps by twelve lanes, and more.

use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Severity, show};
use journeybook::disk;
use journeybook::path::SitePath;
use journeybook::render::Entry;

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
