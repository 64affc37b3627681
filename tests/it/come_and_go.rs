//! Files that come, go, or are called otherwise: all others move up in their lists, and nothing is made anew for that alone.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::cached::files;
use crate::kept::{Desk, cases};

/// Folders of what has a page of its own, one file each, and nothing that must be there.
const KINDS: [&str; 7] = ["training", "guides", "maps", "touchpoints", "insights", "opportunities", "personas"];

/// What happens to files that came.
#[derive(Debug, Clone)]
enum Event {
    /// A copy of a file comes, with a word before or after its name, so that it stands before or after the others.
    Come(usize, Index, &'static str),
    /// One that came is called otherwise, and stands elsewhere.
    Rename(Index, &'static str),
    /// One that came goes.
    Go(Index),
    /// One that came says more.
    Say(Index, &'static str),
    /// A file with other bytes comes among those that are copied.
    Asset(u8),
    /// All of them go.
    Restore,
}

fn event() -> impl Strategy<Value = Event> {
    let at = any::<Index>;
    let word = || prop::sample::select(vec!["00-came", "07-came", "a-came", "m-came", "zz-came"]);
    let said = prop::sample::select(vec![
        "\nMore.\n",
        "\n[](map:appliance-life)\n",
        "\n## A heading\n\nAnd a moment of truth.\n",
    ]);
    prop_oneof![
        8 => (0..KINDS.len(), at(), word()).prop_map(|(kind, file, word)| Event::Come(kind, file, word)),
        4 => (at(), word()).prop_map(|(file, word)| Event::Rename(file, word)),
        4 => at().prop_map(Event::Go),
        2 => (at(), said).prop_map(|(file, said)| Event::Say(file, said)),
        1 => (0..3u8).prop_map(Event::Asset),
        1 => Just(Event::Restore),
    ]
}

fn name(file: &std::path::Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}

/// The files that came.
fn came(desk: &Desk) -> Vec<PathBuf> {
    files(&desk.root())
        .into_iter()
        .filter(|file| name(file).contains("-came") && !name(file).ends_with("png"))
        .collect()
}

/// The files of a kind in the default language that can be copied: no two things of one kind have a translation in common.
fn originals(desk: &Desk, kind: &str) -> Vec<PathBuf> {
    let is_one = |file: &PathBuf| {
        let name = name(file);
        let text = name.ends_with(".md") || name.ends_with(".yaml");
        text && name.matches('.').count() == 1 && name != "course.yaml" && !name.contains("-came")
    };
    files(&desk.root().join(kind)).into_iter().filter(is_one).collect()
}

fn happen(desk: &Desk, event: &Event) {
    let rest = |file: &PathBuf| name(file).trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
    let some = |at: &Index| {
        let came = came(desk);
        (!came.is_empty()).then(|| at.get(&came).clone())
    };
    match event {
        Event::Come(kind, file, word) => {
            let file = file.get(&originals(desk, KINDS[*kind])).clone();
            fs::copy(&file, file.with_file_name(format!("{word}-{}", rest(&file)))).unwrap();
        }
        Event::Rename(file, word) => {
            if let Some(file) = some(file) {
                let own = name(&file).split_once("-came-").unwrap().1.to_owned();
                fs::rename(&file, file.with_file_name(format!("{word}-{own}"))).unwrap();
            }
        }
        Event::Go(file) => drop(some(file).map(|file| fs::remove_file(file).unwrap())),
        Event::Say(file, said) => {
            if let Some(file) = some(file).filter(|file| file.extension().unwrap() == "md") {
                fs::write(&file, fs::read_to_string(&file).unwrap() + said).unwrap();
            }
        }
        Event::Asset(number) => {
            fs::write(desk.root().join(format!("assets/{number}-came.png")), [*number; 9]).unwrap();
        }
        Event::Restore => came(desk).iter().for_each(|file| fs::remove_file(file).unwrap()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_moved_is_what_would_be_made(events in prop::collection::vec(event(), 2..8)) {
        let desk = Desk::new();
        prop_assert!(desk.build().is_some());
        for event in &events {
            happen(&desk, event);
            desk.build();
            prop_assert_eq!(desk.difference(), None, "after {:?}", event);
        }
    }
}

/// The files made anew when a file of such a text comes, when it is called otherwise, and when it goes: as many as there are, and
/// those in folders that it does not concern.
fn made(text: &str, to: [&str; 2], others: &[&str]) -> [(usize, Vec<String>); 3] {
    let desk = Desk::new();
    desk.build().unwrap();
    let at = |path: &str| desk.root().join(path);
    let built = || {
        desk.build().unwrap();
        assert_eq!(desk.difference(), None, "{to:?}");
        let made = desk.made.take();
        let strange = |path: &&String| others.iter().any(|other| path.trim_start_matches("zh-cn/").starts_with(other));
        (made.len(), made.iter().filter(strange).cloned().collect())
    };
    fs::write(at(to[0]), text).unwrap();
    let comes = built();
    fs::rename(at(to[0]), at(to[1])).unwrap();
    let moves = built();
    fs::remove_file(at(to[1])).unwrap();
    [comes, moves, built()]
}

const PLAIN: &str = "---\ntitle: One more\n---\n\nWords without a link.\n";
const MAP: &str = "title: One more\nkind: current-state\npersona: first-time-buyer\nstages:\n  - id: own\n    title: A stage of its own\n    steps:\n      - id: one\n        action: Looks\n";

#[test]
fn a_file_that_comes_or_goes_makes_little_anew() {
    let desk = Desk::new();
    desk.build().unwrap();
    let all = desk.made.take().len();
    let lesson = originals(&desk, "training")[0].strip_prefix(desk.root()).unwrap().to_owned();
    let course = lesson.parent().unwrap().to_str().unwrap().to_owned();
    let lesson = [format!("{course}/00-first.md"), format!("{course}/99-last.md")];
    let most = ["maps/", "personas/", "touchpoints/", "insights/", "opportunities/", "metrics/", "channels/"];
    for (count, others) in made(PLAIN, [&lesson[0], &lesson[1]], &most) {
        assert!(count * 4 < all && others.is_empty(), "a lesson: {count} of {all} made, {others:?}");
    }
    for (count, others) in made(PLAIN, ["guides/00-first.md", "guides/99-last.md"], &most) {
        assert!(count * 4 < all && others.is_empty(), "a guide: {count} of {all} made, {others:?}");
    }
    let others = ["training/", "guides/", "metrics/"];
    for (count, others) in made(MAP, ["maps/a-first.yaml", "maps/zz-last.yaml"], &others) {
        assert!(count * 3 < all && others.is_empty(), "a map: {count} of {all} made, {others:?}");
    }
}
