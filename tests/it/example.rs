//! The example handbook, built whole: nothing to mend, the same bytes every time, and as rich as it promises.

use std::collections::BTreeMap;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::model::{Handbook, MapKind};
use journeybook::render::{Entry, Site};
use journeybook::source::Sources;
use journeybook::{checks, disk, parse, resolve};

fn sources() -> Sources {
    disk::discover(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"), &[]).unwrap()
}

fn handbook(sources: &Sources) -> Handbook {
    let mut report = Report::default();
    let handbook = resolve::link(parse::all(sources, &mut report), sources, &mut report);
    checks::run(&handbook, &mut report);
    assert!(report.is_empty(), "{}", show::text(&report, sources, false));
    handbook
}

/// Every file that the build makes, by its address.
fn made(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for path in site.paths() {
        if let Entry::Bytes(bytes) = site.read(path).unwrap().unwrap() {
            files.insert(path.to_string(), bytes.into_owned());
        }
    }
    files
}

#[test]
fn there_is_nothing_to_mend() {
    let sources = sources();
    let (site, mut report) = compile(&sources);
    report.append(site.check());
    assert!(report.is_empty(), "{}", show::text(&report, &sources, false));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (first, second) = (made(&compile(&sources()).0), made(&compile(&sources()).0));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(*bytes == second[path], "`{path}` differs from build to build");
    }
}

#[test]
fn addresses_are_lower_case_and_links_relative() {
    for (path, bytes) in made(&compile(&sources()).0) {
        assert_eq!(path, path.to_lowercase());
        let Ok(html) = String::from_utf8(bytes) else { continue };
        if path.ends_with(".html") && !path.ends_with("404.html") {
            for absolute in ["href=\"/", "src=\"/"] {
                assert!(!html.contains(absolute), "`{path}` has a link that only works at the top of a site");
            }
        }
    }
}

#[test]
fn it_is_a_real_handbook() {
    let handbook = handbook(&sources());
    let lessons = handbook.courses.iter().map(|course| course.lessons.len());
    assert!(handbook.personas.len() >= 3 && handbook.touchpoints.len() >= 24 && handbook.channels.len() >= 8);
    assert!(handbook.maps.len() >= 4 && handbook.insights.len() >= 12 && handbook.opportunities.len() >= 10);
    assert!(handbook.metrics.len() >= 6 && handbook.metrics.iter().all(|metric| metric.readings.len() >= 6));
    assert!(handbook.courses.len() >= 2 && lessons.min().unwrap() >= 4 && handbook.guides.len() >= 6);
    assert!(
        handbook.insights.iter().all(|insight| insight.sample.is_some() && !insight.source.first().text.is_empty())
    );
    let full = handbook.maps.iter().find(|map| map.kind() == MapKind::CurrentState && map.stages.len() == 7);
    assert!(full.unwrap().steps().count() >= 12);
}
