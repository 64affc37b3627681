//! How a handbook's site grows: in proportion, and no page without end.
//!
//! Counted in bytes, never in time. Two sizes tell how each page grows; what it would weigh at ten thousand items is read off the
//! line through both. `benches/growth.py` builds ten thousand items with the finished program.

#[path = "../../benches/handbook/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the benches use the rest of it")]
pub(crate) mod handbook;

use std::collections::BTreeMap;

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

/// The heaviest that a page may be.
const HEAVIEST: f64 = 300e3;
/// The number of items at which it may be so heavy.
const ITEMS: f64 = 10_000.0;
/// The two sizes that are built: large enough for every list that is cut short or split to be so at both.
const SIZES: [usize; 2] = [1000, 4000];

/// The bytes of each file of the site of a handbook of so many items.
fn weights(items: usize) -> BTreeMap<String, usize> {
    let file =
        |file: handbook::File| SourceFile::from_bytes(HandbookPath::new(&file.path).unwrap(), file.text.into_bytes());
    let (site, report): (Site, _) =
        compile(&Sources::new(handbook::catalog::files(items).into_iter().map(file).collect()));
    assert!(!report.has_errors(), "{report:?}");
    let weight = |path: &SitePath| match site.read(path) {
        Some(Ok(Entry::Bytes(bytes))) => (path.to_string(), bytes.len()),
        other => panic!("`{path}`: {other:?}"),
    };
    site.paths().filter(|path| !path.as_str().starts_with("theme/")).map(weight).collect()
}

fn section(path: &str) -> &str {
    path.split_once('/').map_or("the top", |(section, _)| section)
}

#[test]
fn pages_stay_light_and_sections_grow_in_proportion() {
    let [few, many] = SIZES.map(weights);
    let growth = (SIZES[1] / SIZES[0]) as f64;
    let mut wrong = Vec::new();
    for (path, &large) in many.iter().filter(|(path, _)| path.ends_with(".html")) {
        let (large, small) = (large as f64, few.get(path).map_or(0, |&small| small) as f64);
        // A page that is not there at the smaller size is one of many. A further part of a list fills up, and then another
        // begins.
        let slope = if small > 0.0 && !path.contains("/all/") {
            (large - small).max(0.0) / (SIZES[1] - SIZES[0]) as f64
        } else {
            0.0
        };
        let at_last = large + slope * (ITEMS - SIZES[1] as f64);
        if at_last > HEAVIEST {
            wrong.push(format!("{path} would weigh {:.0} KB: {small} bytes, then {large}", at_last / 1e3));
        }
    }
    let totals = |weights: &BTreeMap<String, usize>| {
        let mut totals: BTreeMap<String, f64> = BTreeMap::new();
        for (path, &weight) in weights {
            *totals.entry(section(path).to_owned()).or_default() += weight as f64;
        }
        totals
    };
    let (before, after) = (totals(&few), totals(&many));
    assert!(after.len() > 12, "{after:?}");
    for (section, after) in &after {
        let ratio = after / before[section];
        if ratio > growth * 1.1 {
            wrong.push(format!("`{section}` grows {ratio:.2} times for {growth} times the items"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A step may hold thirty things and holds eight; a handbook of ten thousand pages has sixty thousand steps. What grows here
/// grows the memory that a large handbook takes: new rare things go into `Rare`, lists into `List`.
#[test]
fn what_a_step_does_not_hold_takes_hardly_any_memory() {
    use journeybook::model::{List, Pain, Rare, Stage, Step, Text};
    assert_eq!([size_of::<List<Step>>(), size_of::<Rare<Step>>()], [8, 8], "one word each");
    assert!(size_of::<Text>() <= 40, "a text takes {} bytes beside its words", size_of::<Text>());
    assert!(size_of::<Step>() <= 400, "a step takes {} bytes beside its words", size_of::<Step>());
    assert!(size_of::<Stage>() <= 200, "a stage takes {} bytes beside its words", size_of::<Stage>());
    assert!(size_of::<Pain>() <= 64, "a pain takes {} bytes beside its words", size_of::<Pain>());
}
