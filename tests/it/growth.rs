//! How a handbook's site grows: in proportion, and no page without end.
//!
//! Counted in bytes, never in time. Two sizes tell how each page grows; what it would weigh at ten thousand items is read off the
//! line through both. `benches/growth.py` builds ten thousand items with the finished program. What a reader waits for is a page as
//! a web server sends it, so the lists of large handbooks are weighed packed.

#[path = "../../benches/handbook/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the benches use the rest of it")]
pub(crate) mod handbook;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

/// The heaviest that a page may be.
const HEAVIEST: f64 = 300e3;
/// The number of items at which it may be so heavy.
const ITEMS: f64 = 10_000.0;
/// The most that a page may weigh for whoever opens it after another, packed, in bytes.
const PACKED: usize = 12_288;
/// The two sizes that are built: large enough for every list that is cut short or split to be so at both.
const SIZES: [usize; 2] = [1000, 4000];

/// The site of these files.
fn site(files: Vec<handbook::File>) -> Site {
    let file =
        |file: handbook::File| SourceFile::from_bytes(HandbookPath::new(&file.path).unwrap(), file.text.into_bytes());
    let (site, report): (Site, _) = compile(&Sources::new(files.into_iter().map(file).collect()));
    assert!(!report.has_errors(), "{report:?}");
    site
}

fn bytes<'a>(site: &'a Site, path: &SitePath) -> Cow<'a, [u8]> {
    match site.read(path) {
        Some(Ok(Entry::Bytes(bytes))) => bytes,
        other => panic!("`{path}`: {other:?}"),
    }
}

/// The bytes of each file of the site of a handbook of so many items.
fn weights(items: usize) -> BTreeMap<String, usize> {
    let site = site(handbook::catalog::files(items));
    let ours = site.paths().filter(|path| !path.as_str().starts_with("theme/"));
    ours.map(|path| (path.to_string(), bytes(&site, path).len())).collect()
}

/// What a web server would send of a page, in bytes: zlib at level 6.
fn packed(page: &[u8]) -> usize {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(page).unwrap();
    packer.finish().unwrap().len()
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

#[test]
fn the_lists_of_a_large_handbook_weigh_no_more_than_a_later_page_may() {
    let mut wrong = Vec::new();
    for (name, files) in [
        ("items of every noun", handbook::catalog::files(SIZES[1])),
        ("maps that share what they name", handbook::files(SIZES[0])),
    ] {
        let site = site(files);
        // Only a page of many bytes can weigh so much.
        let long = site.pages().map(|path| (path, bytes(&site, path))).filter(|(_, page)| page.len() > 3 * PACKED);
        let weighed: Vec<(usize, &SitePath)> = long.map(|(path, page)| (packed(&page), path)).collect();
        assert!(weighed.len() > 60, "{name}: only {} long pages", weighed.len());
        let heavy = weighed.iter().filter(|(weight, _)| *weight > PACKED);
        wrong.extend(heavy.map(|(weight, path)| format!("{name}: {path} weighs {weight} bytes")));
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
