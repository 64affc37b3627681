//! What a page reads is noted: a page that read nothing that changed is what it was, to the byte.

use std::collections::BTreeMap;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::disk::discover;
use journeybook::model::{Digests, Reads, watch};
use journeybook::render::{Entry, Site};
use journeybook::source::{Content, SourceFile, Sources};

/// How many lines of the example are edited, each by itself. `JOURNEYBOOK_EDITS` asks for more; there are some 3,000.
const EDITS: usize = 12;

struct Built {
    site: Site,
    digests: Digests,
    /// What stands at each address, and what it was made from.
    pages: BTreeMap<String, (Vec<u8>, Reads)>,
}

fn built(sources: &Sources) -> Site {
    compile(sources).0
}

fn bytes(site: &Site, path: &journeybook::path::SitePath) -> Vec<u8> {
    match site.read(path).unwrap().unwrap() {
        Entry::Bytes(bytes) => bytes.into_owned(),
        Entry::Asset(file) => file.as_str().into(),
    }
}

fn example() -> Sources {
    discover(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content-example")), &[]).unwrap()
}

fn first() -> (Sources, Built) {
    let sources = example();
    let site = built(&sources);
    let pages = site.paths().map(|path| (path.to_string(), watch(|| bytes(&site, path)))).collect();
    (sources, Built { digests: site.digests(None), pages, site })
}

/// The sources with one line of one file made longer.
fn edited(sources: &Sources, at: usize, line: usize, words: &str) -> Sources {
    let file = |(index, (_, file)): (usize, (_, &SourceFile))| {
        let mut file = file.clone();
        if let Content::Text(text) = &mut file.content
            && index == at
        {
            let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            lines[line].push_str(words);
            *text = lines.join("\n");
        }
        file
    };
    Sources::new(sources.iter().enumerate().map(file).collect())
}

/// Every line of every text with a word on it: the file, and the line.
fn lines(sources: &Sources) -> Vec<(usize, usize)> {
    let files = sources.iter().enumerate().filter_map(|(at, (_, file))| match &file.content {
        Content::Text(text) => Some((at, text)),
        _ => None,
    });
    let wordy = |line: &str| line.split_whitespace().filter(|word| word.len() > 1).count() > 1;
    files
        .flat_map(|(at, text)| {
            text.lines()
                .enumerate()
                .filter(|(_, line)| wordy(line))
                .map(move |(line, _)| (at, line))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_page_that_read_nothing_that_changed_is_what_it_was() {
    let (sources, first) = first();
    let lines = lines(&sources);
    let edits = std::env::var("JOURNEYBOOK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS);
    let (mut kept, mut whole, mut made) = (0, 0, 0);
    for turn in 0..edits {
        // Far apart, and other ones for each number of edits.
        let (at, line) = lines[(turn * lines.len() + lines.len() / 2) / edits];
        let sources = edited(&sources, at, line, " and more");
        let site = built(&sources);
        let place = || format!("line {} of {}", line + 1, sources.iter().nth(at).unwrap().1.path);
        let Some(changed) = site.digests(None).changes(&first.digests) else {
            whole += 1;
            continue;
        };
        for path in site.paths_without_search() {
            let (before, reads) = &first.pages[path.as_str()];
            if reads.meet(&changed) {
                made += 1;
            } else {
                kept += 1;
                assert!(bytes(&site, path) == *before, "`{path}` did not say that it read {}", place());
            }
        }
    }
    assert!(whole * 2 < edits && kept > made, "{whole} of {edits} builds as a whole, {kept} pages kept, {made} not");
}

#[test]
fn the_same_sources_rest_on_the_same() {
    let (sources, first) = first();
    assert_eq!(built(&sources).digests(None), first.digests);
    assert_eq!(first.digests.changes(&first.digests), Some(Vec::new()));
    assert!(first.site.paths().all(|path| first.pages.contains_key(path.as_str())));
}
