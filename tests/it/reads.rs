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

fn edits() -> usize {
    std::env::var("JOURNEYBOOK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS)
}

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
    let edits = edits();
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

/// What is known of what is made of the same is taken over: it has to come to what it would come to.
#[test]
fn what_is_taken_over_comes_to_the_same() {
    let (sources, lines) = (example(), lines(&example()));
    let before = built(&sources).digests(None);
    let edits = 3 * edits();
    let mut compared = 0;
    for turn in 0..edits {
        let (at, line) = lines[(turn * lines.len() + lines.len() / 3) / edits];
        let site = built(&edited(&sources, at, line, " and more"));
        let now = site.digests(Some(&before));
        // Where a name is another one, what comes by it takes other numbers than in a first build.
        if now.names == before.names {
            let (_, file) = sources.iter().nth(at).unwrap();
            assert!(now == site.digests(None), "line {} of {}", line + 1, file.path);
            compared += 1;
        }
    }
    assert!(compared > edits / 2, "{compared} of {edits}");
}

#[test]
fn the_same_sources_rest_on_the_same() {
    let (sources, first) = first();
    assert_eq!(built(&sources).digests(None), first.digests);
    assert_eq!(first.digests.changes(&first.digests), Some(Vec::new()));
    assert!(first.site.paths().all(|path| first.pages.contains_key(path.as_str())));
}

/// A handbook of so many maps that the board by map takes three pages, on each of which stands what hurts on the first maps.
fn many_maps(action: &str, pain: &str, title: &str) -> Sources {
    let settings = "title: Harbor\nstage-sets: { line: [{ id: shop, title: Shop }] }\n";
    let mut files = vec![
        ("handbook.yaml".to_owned(), settings.to_owned()),
        ("personas/maya.md".to_owned(), "---\ntitle: Maya\n---\n".to_owned()),
        ("opportunities/fix.yaml".to_owned(), "title: Fix\nimpact: 5\neffort: 2\nstatus: doing\n".to_owned()),
    ];
    for number in 0..45 {
        let [action, pain, title] = if number == 0 { [action, pain, title] } else { ["Walks", "It rains", "Walk"] };
        files.push((
            format!("maps/m-{number:02}.yaml"),
            format!(
                "title: {title} {number}\npersona: maya\nkind: current-state\nstages:\n  - id: shop\n    title: Shop\n    steps:\n      - \
                 id: walk\n        action: {action}\n        pains: [{pain}]\n        opportunities: [fix]\n"
            ),
        ));
    }
    let file = |(path, text): &(String, String)| {
        SourceFile::from_bytes(journeybook::path::HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

#[test]
fn a_long_list_rests_on_what_stands_on_each_page_of_it() {
    let site = built(&many_maps("Walks", "It rains", "Walk"));
    let (before, kinds) = (site.digests(None), ["opportunities/by/map", "everything", "search/"]);
    let made = |action: &str, pain: &str, title: &str| {
        let after = built(&many_maps(action, pain, title));
        let changed = after.digests(None).changes(&before).unwrap();
        let paths = site.paths_without_search().filter(|path| kinds.iter().any(|kind| path.as_str().contains(kind)));
        let made = paths.filter(|path| watch(|| bytes(&site, path)).1.meet(&changed));
        let made: Vec<String> = made.map(ToString::to_string).filter(|path| path.ends_with(".html")).collect();
        for path in site.paths_without_search().filter(|path| path.as_str().starts_with("opportunities/")) {
            let same = bytes(&site, path) == bytes(&after, path);
            assert!(same || watch(|| bytes(&site, path)).1.meet(&changed), "`{path}` did not say what it read");
        }
        made
    };
    let boards = |made: &[String]| made.iter().filter(|path| path.contains("by/map")).count();
    assert_eq!(made("Walks", "It rains", "Walk"), [""; 0]);
    let action = made("Runs home at once", "It rains", "Walk");
    assert_eq!(boards(&action), 1, "the page that the map stands on: {action:?}");
    let pain = made("Walks", "It snows", "Walk");
    assert_eq!(boards(&pain), 1, "what hurts there is told under its map alone: {pain:?}");
    // Titles decide where everything stands in the index of everything.
    let index = |made: &[String]| made.iter().any(|path| path.starts_with("search/"));
    assert!(index(&made("Walks", "It rains", "Another walk")));
}
