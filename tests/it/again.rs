//! A build that remembers the one before it gives what a clean build gives, to the byte, whatever was edited between.

use std::path::Path;
use std::sync::Arc;

use journeybook::compile::{Memory, again, compile, consume};
use journeybook::diag::show;
use journeybook::disk::discover;
use journeybook::path::HandbookPath;
use journeybook::render::{Entry, Site};
use journeybook::source::{Content, Reread, SourceFile, Sources};
use proptest::prelude::*;
use proptest::sample::Index;

/// Something an author does to a file, or to a line of it.
#[derive(Debug, Clone)]
enum Edit {
    /// Cuts a line out.
    Cut(Index, Index),
    /// Writes a line twice.
    Repeat(Index, Index),
    /// Adds words at the end of a line.
    Write(Index, Index, &'static str),
    /// Puts a line of one file where a line of another stands.
    Swap(Index, Index, Index, Index),
    /// Replaces a digit on a line.
    Count(Index, Index, u8),
    /// Takes a file away.
    Remove(Index),
    /// Gives a file another name.
    Rename(Index),
    /// Copies a file.
    Copy(Index),
    /// Brings everything back as it was in the beginning.
    Restore,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    let words =
        prop::sample::select(vec![" and more", "：", " 张敏", " moment of truth", " [](persona:nobody)", ": x", "#"]);
    prop_oneof![
        2 => (at(), at()).prop_map(|(file, line)| Edit::Cut(file, line)),
        1 => (at(), at()).prop_map(|(file, line)| Edit::Repeat(file, line)),
        5 => (at(), at(), words).prop_map(|(file, line, words)| Edit::Write(file, line, words)),
        1 => (at(), at(), at(), at()).prop_map(|(file, line, from, other)| Edit::Swap(file, line, from, other)),
        3 => (at(), at(), 0..10u8).prop_map(|(file, line, digit)| Edit::Count(file, line, digit)),
        1 => at().prop_map(Edit::Remove),
        1 => at().prop_map(Edit::Rename),
        1 => at().prop_map(Edit::Copy),
        1 => Just(Edit::Restore),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_changes_nothing(edits in prop::collection::vec(edit(), 1..8), from in 0..5usize) {
        let mut memory = Memory::new();
        let mut sources = example();
        again(&sources, &mut memory);
        for edit in &edits {
            sources = edited(&sources, edit);
            let site = again(&sources, &mut memory);
            let clean = Sources::new(sources.iter().map(|(_, file)| file.clone()).collect());
            let (expected, report) = compile(&clean);
            let said = show::text(site.verdict().report(), &sources, false);
            prop_assert_eq!(said, show::text(&report, &clean, false));
            let verdict = site.verdict();
            let early = verdict.early().has_errors();
            prop_assert!(early == report.has_errors() || verdict.may_worsen() && !early, "an error that is told late");
            differs(&site, &expected, from)?;
        }
        // What is let go and read again says the same.
        let (expected, report) = compile(&sources);
        let (site, found, left) = consume(sources.clone().read_again_by(Arc::new(Kept(sources.clone()))));
        prop_assert_eq!(show::text(&found, &left, false), show::text(&report, &sources, false));
        differs(&site, &expected, from)?;
    }
}

/// Texts that somebody else has kept.
#[derive(Debug)]
struct Kept(Sources);

impl Reread for Kept {
    fn read(&self, path: &HandbookPath) -> Option<SourceFile> {
        let file = self.0.find(path)?;
        self.0.files().get(file).map(|file| SourceFile::clone(file))
    }
}

#[test]
fn texts_are_let_go_once_they_are_parsed_and_read_again_for_what_is_found() {
    let text = |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into());
    let persona = "---\ntitle: Maya\nowner: nobody\n---\n\nShe asks [Ben](persona:ben).\n";
    let files = || {
        vec![
            text("handbook.yaml", "title: Test\n"),
            text("personas/maya.md", persona),
            text("guides/a.md", "---\ntitle: A\n---\n\nNothing is wrong here.\n"),
            text("guides/b.md", "---\ntitle: B\nnonsense: 1\n---\n"),
        ]
    };
    let expected = Sources::new(files());
    let report = show::text(&compile(&expected).1, &expected, false);
    assert_eq!(report.matches("error[").count(), 3, "{report}");
    assert!(report.contains("[Ben](persona:ben)"), "{report}");

    let held = |sources: &Sources, path: &str| {
        let file = sources.find(&HandbookPath::new(path).unwrap()).unwrap();
        matches!(sources.files().get(file).unwrap().content, Content::Text(_))
    };
    let (_, found, left) = consume(Sources::new(files()).read_again_by(Arc::new(Kept(Sources::new(files())))));
    assert!(!held(&left, "guides/a.md") && !held(&left, "personas/maya.md"), "they are let go");
    assert!(held(&left, "guides/b.md"), "of this one something was said while it was parsed");
    assert_eq!(show::text(&found, &left, false), report);
    let later = show::for_later(&found, &left).expect("nothing is lost");
    assert_eq!(later, [report.clone(), show::text(&found, &left, true)]);

    // What changed in the meantime is not shown as what was parsed.
    let mut changed = files();
    changed[1] = text("personas/maya.md", &persona.replace("title: Maya", "title: Maya\nrole: buyer"));
    let (site, found, left) = consume(Sources::new(files()).read_again_by(Arc::new(Kept(Sources::new(changed)))));
    let said = show::text(&found, &left, false);
    assert_eq!(said.matches("error[").count(), 3, "{said}");
    assert!(said.contains("personas/maya.md\n") && !said.contains("[Ben]"), "the file, and no line of it: {said}");
    assert!(said.contains("nonsense: 1"), "{said}");
    let places: Vec<&str> =
        site.verdict().findings().rules.iter().flat_map(|rule| &rule.first).map(|found| &*found.place.text).collect();
    assert!(places.contains(&"personas/maya.md") && places.contains(&"guides/b.md:3"), "{places:?}");
    assert_eq!(show::for_later(&found, &left), None, "what is told without its lines is not to be told again");
}

#[test]
fn what_is_lost_while_it_is_told_is_not_told_again() {
    let text = |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into());
    let persona = "---\ntitle: Maya\nowner: nobody\n---\n";
    let files = |persona: &str| vec![text("handbook.yaml", "title: Test\n"), text("personas/maya.md", persona)];
    for (meanwhile, whole) in [(persona, true), ("---\ntitle: May\n---\n", false)] {
        let kept = Arc::new(Kept(Sources::new(files(meanwhile))));
        let (_, found, left) = consume(Sources::new(files(persona)).read_again_by(kept));
        assert_eq!(show::for_later(&found, &left).is_some(), whole, "{meanwhile}");
    }
}

#[test]
fn a_text_that_changed_is_not_quoted_beside_a_finding() {
    let text = |path: &str, title: &str| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), format!("---\ntitle: {title}\n---\n").into())
    };
    let files = |first: &str| vec![text("guides/1-x.md", first), text("guides/2-x.md", "B")];
    let said = |now: &str| {
        let reread = Arc::new(Kept(Sources::new(files(now))));
        let (_, found, left) = consume(Sources::new(files("A")).read_again_by(reread));
        show::text(&found, &left, false)
    };
    assert!(said("A").contains("guides/1-x.md:1"), "{}", said("A"));
    let changed = said("A\nsummary: C");
    assert!(changed.contains("guides/1-x.md\n") && !changed.contains("guides/1-x.md:"), "{changed}");
}

#[test]
fn what_a_handbook_holds_most_of_takes_little_memory() {
    use journeybook::model::{Pain, Stage, Step, Text};
    // A step of a map has some ten of thirty things, and a handbook of ten thousand pages has sixty thousand steps.
    assert_eq!(size_of::<Text>(), 4 * size_of::<usize>());
    assert_eq!(size_of::<Option<Text>>(), 4 * size_of::<usize>());
    assert!(size_of::<Pain>() <= 56, "a pain takes {} bytes", size_of::<Pain>());
    assert!(size_of::<Step>() <= 224, "a step takes {} bytes", size_of::<Step>());
    assert!(size_of::<Stage>() <= 168, "a stage takes {} bytes", size_of::<Stage>());
}

#[test]
fn an_edit_leaves_the_rest_as_it_was_read() {
    let mut memory = Memory::new();
    let sources = example();
    let before = again(&sources, &mut memory);
    let file = sources.iter().position(|(_, file)| file.path.as_str().starts_with("training/")).unwrap();
    let changed = with_text(&sources, file, |text| format!("{text}\nOne more sentence.\n"));
    let after = again(&changed, &mut memory);
    let (before, after) = (before.handbook(), after.handbook());
    let courses = before.courses.shared().iter().zip(after.courses.shared()).all(|(a, b)| Arc::ptr_eq(a, b));
    assert!(courses, "every course is the same");
    let shared = |one: &journeybook::model::Handbook, two: &journeybook::model::Handbook| {
        let lessons = one.lessons.shared().iter().zip(two.lessons.shared()).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        let maps = one.maps.shared().iter().zip(two.maps.shared()).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        (one.lessons.len() - lessons, one.maps.len() - maps)
    };
    assert_eq!(shared(before, after), (1, 0), "one lesson is another, and every map is the same");
}

#[test]
fn another_name_of_a_team_or_a_channel_is_told_wherever_it_stands() {
    let mut memory = Memory::new();
    let mut sources = example();
    let before = again(&sources, &mut memory);
    for name in ["teams.yaml", "channels.yaml"] {
        let file = sources.find(&HandbookPath::new(name).unwrap()).unwrap();
        let at = sources.iter().position(|(id, _)| id == file).unwrap();
        sources =
            with_text(&sources, at, |text| format!("# Longer.\n{}", text.replacen("title: ", "title: Another ", 1)));
        let site = again(&sources, &mut memory);
        assert!(site.handbook().is_alike(before.handbook()), "{name}: a name is no part of the shape");
        let (expected, _) = compile(&sources);
        for from in 0..5 {
            differs(&site, &expected, from).unwrap();
        }
    }
}

#[test]
fn a_mistake_in_the_plan_is_told_where_it_stands_now() {
    let file = |path: &str, text: &str| Arc::new(SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into()));
    let teams = |text: &str| vec![file("handbook.yaml", "title: A\n"), file("teams.yaml", text)];
    let mut memory = Memory::new();
    for text in [
        "index: { title: One }\n",
        "a: { title: Two }\nindex: { title: One }\n",
        "a: { title: Two }\n\nindex: { title: One }\n",
    ] {
        let sources = Sources::default().with_files(teams(text));
        let site = again(&sources, &mut memory);
        let said = show::text(site.verdict().report(), &sources, false);
        assert!(said.contains("address-taken"), "{said}");
        assert_eq!(said, show::text(&compile(&sources).1, &sources, false));
    }
}

#[test]
fn a_file_keeps_its_place_when_others_come_and_go() {
    let named = |name: &str| Arc::new(SourceFile::from_bytes(HandbookPath::new(name).unwrap(), Vec::new()));
    let mut sources = Sources::default().with_files(vec![named("b.md"), named("d.md")]);
    let of = |sources: &Sources, name: &str| sources.find(&HandbookPath::new(name).unwrap());
    let (b, d) = (of(&sources, "b.md"), of(&sources, "d.md"));
    sources = sources.with_files(["a.md", "b.md", "c.md", "d.md", "e.md"].map(named).into());
    assert_eq!((of(&sources, "b.md"), of(&sources, "d.md")), (b, d));
    assert!(sources.iter().map(|(file, _)| file).is_sorted());
    sources = sources.with_files(["a.md", "c.md", "d.md"].map(named).into());
    assert_eq!((of(&sources, "b.md"), of(&sources, "d.md")), (None, d));
}

#[test]
fn there_is_always_room_for_one_more_file_between_two() {
    let named = |name: &str| Arc::new(SourceFile::from_bytes(HandbookPath::new(name).unwrap(), Vec::new()));
    let mut names = vec!["a".to_owned(), "b".to_owned()];
    let mut sources = Sources::default();
    for _ in 0..100 {
        // Always right before the last: `ab`, `abb`, …
        sources = sources.with_files(names.iter().map(|name| named(&format!("{name}.md"))).collect());
        assert!(sources.iter().map(|(file, _)| file).is_sorted());
        let ids: std::collections::BTreeSet<_> = sources.iter().map(|(file, _)| file).collect();
        assert_eq!(ids.len(), names.len());
        names.push(format!("a{}", "b".repeat(names.len())));
    }
}

fn differs(site: &Site, expected: &Site, from: usize) -> Result<(), TestCaseError> {
    let pages = |site: &Site| site.pages().map(|path| path.as_str().to_owned()).collect::<Vec<_>>();
    prop_assert_eq!(pages(site), pages(expected));
    // Each edit looks at another part of the pages: all of them would take minutes.
    for path in expected.pages().skip(from).step_by(5) {
        let bytes = |site: &Site| match site.read(path).unwrap().unwrap() {
            Entry::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Entry::Asset(file) => file.as_str().to_owned(),
        };
        prop_assert_eq!(bytes(site), bytes(expected), "{} differs", path);
    }
    Ok(())
}

fn example() -> Sources {
    discover(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content-example")), &[]).unwrap()
}

fn edited(sources: &Sources, edit: &Edit) -> Sources {
    let files: Vec<Arc<SourceFile>> = sources.files().shared().cloned().collect();
    let texts: Vec<usize> = (0..files.len()).filter(|&at| matches!(files[at].content, Content::Text(_))).collect();
    let pick = |file: &Index| *file.get(&texts);
    let without =
        |at: usize| files.iter().enumerate().filter(move |(index, _)| *index != at).map(|(_, file)| file.clone());
    let named = |at: usize| {
        let path = files[at].path.as_str();
        let (stem, extension) = path.split_once('.').unwrap();
        let (path, content) =
            (HandbookPath::new(&format!("{stem}-again.{extension}")).unwrap(), files[at].content.clone());
        let taken = files.iter().any(|file| file.path == path);
        Some(Arc::new(SourceFile { path, content })).filter(|_| !taken)
    };
    match edit {
        Edit::Cut(file, line) => lines(sources, pick(file), |lines| drop(lines.remove(line.index(lines.len())))),
        Edit::Repeat(file, line) => lines(sources, pick(file), |lines| {
            let at = line.index(lines.len());
            lines.insert(at, lines[at].clone());
        }),
        Edit::Write(file, line, words) => lines(sources, pick(file), |lines| {
            let at = line.index(lines.len());
            lines[at].push_str(words);
        }),
        Edit::Swap(file, line, other, from) => {
            let Content::Text(text) = &files[pick(other)].content else { return sources.clone() };
            let taken: Vec<&str> = text.lines().collect();
            if taken.is_empty() {
                return sources.clone();
            }
            let taken = taken[from.index(taken.len())].to_owned();
            lines(sources, pick(file), |lines| {
                let at = line.index(lines.len());
                lines[at] = taken;
            })
        }
        Edit::Count(file, line, digit) => lines(sources, pick(file), |lines| {
            let at = line.index(lines.len());
            let old = lines[at].find(|letter: char| letter.is_ascii_digit());
            old.into_iter().for_each(|old| lines[at].replace_range(old..=old, &digit.to_string()));
        }),
        Edit::Remove(file) => sources.with_files(without(pick(file)).collect()),
        Edit::Rename(file) => sources.with_files(without(pick(file)).chain(named(pick(file))).collect()),
        Edit::Copy(file) => sources.with_files(files.iter().cloned().chain(named(pick(file))).collect()),
        Edit::Restore => {
            let first = example();
            let kept = |file: &Arc<SourceFile>| match sources.find(&file.path).and_then(|id| sources.files().get(id)) {
                Some(now) if now.content == file.content => Arc::clone(now),
                _ => Arc::clone(file),
            };
            sources.with_files(first.files().shared().map(kept).collect())
        }
    }
}

fn lines(sources: &Sources, at: usize, change: impl FnOnce(&mut Vec<String>)) -> Sources {
    with_text(sources, at, |text| {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        change(&mut lines);
        lines.join("\n")
    })
}

/// The same sources with another text in the file at a position.
fn with_text(sources: &Sources, at: usize, change: impl FnOnce(&str) -> String) -> Sources {
    let mut files: Vec<Arc<SourceFile>> = sources.files().shared().cloned().collect();
    if let Content::Text(text) = &files[at].content {
        files[at] = Arc::new(SourceFile { path: files[at].path.clone(), content: Content::Text(change(text)) });
    }
    sources.with_files(files)
}

/// What is different after an edit that has led astray before: files in, an edit of them, and what a build that remembers
/// says afterwards must be what a clean one says.
fn follows(files: &[(&str, &str)], edited: &[(&str, &str)]) {
    let file = |(path, text): &(&str, &str)| {
        Arc::new(SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec()))
    };
    let mut memory = Memory::new();
    let sources = Sources::default().with_files(files.iter().map(file).collect());
    again(&sources, &mut memory);
    let kept = |pair: &(&str, &str)| match files.contains(pair) {
        true => Arc::clone(sources.files().shared().find(|file| file.path.as_str() == pair.0).unwrap()),
        false => file(pair),
    };
    let sources = sources.with_files(edited.iter().map(kept).collect());
    let site = again(&sources, &mut memory);
    let clean = Sources::new(sources.iter().map(|(_, file)| file.clone()).collect());
    let (expected, report) = compile(&clean);
    assert_eq!(show::text(site.verdict().report(), &sources, false), show::text(&report, &clean, false));
    for from in 0..5 {
        differs(&site, &expected, from).unwrap();
    }
}

const BARE: (&str, &str) = ("handbook.yaml", "title: Harbor\n");

#[test]
fn a_file_with_another_number_is_another_file() {
    let page = "---\ntitle: X\n---\n";
    let (last, link) = (("guides/09-y.md", page), ("index.md", "---\ntitle: F\n---\n[](guides/01-x.md)\n"));
    follows(&[BARE, link, ("guides/01-x.md", page), last], &[BARE, link, ("guides/02-x.md", page), last]);
}

#[test]
fn the_words_of_a_new_language_are_asked_for() {
    let index = ("index.md", "---\ntitle: F\n---\n");
    follows(&[BARE, index], &[("handbook.yaml", "title: Harbor\nlanguages: [en, fr]\n"), index]);
}

#[test]
fn texts_that_can_be_translated_are_counted_again() {
    let settings = ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN]\n");
    let steps = |action: &str| {
        format!("title: M\nkind: experience\nstages:\n  - title: S\n    steps: [{{ action: {action} }}]\n")
    };
    let (before, after) = (steps("Calls the bakery"), steps("12345"));
    follows(&[settings, ("maps/m.yaml", &before)], &[settings, ("maps/m.yaml", &after)]);
}

#[test]
fn another_title_is_seen_wherever_titles_stand() {
    let settings = |title: &str, footer: &str| {
        let lanes =
            "lanes:\n  risk: { title: Risk, kind: text }\nstage-sets:\n  usual: [{ id: start, title: Start }]\n";
        format!("title: {title}\nfooter: {footer}\nlanguages: [en, zh-CN]\n{lanes}")
    };
    let guide = |title: &str| format!("---\ntitle: {title}\n---\n[](map:m)\n");
    let map = |title: &str| {
        format!(
            "title: {title}\nkind: experience\nstages:\n  - id: start\n    title: S\n    steps: [{{ action: Calls }}]\n"
        )
    };
    let files = |title: &str| {
        [
            ("handbook.yaml", settings("Harbor", "By us")),
            ("guides/a.md", guide(title)),
            ("guides/b.md", guide("Middle")),
            ("maps/m.yaml", map(title)),
            ("training/c/course.yaml", format!("title: {title}\n")),
            ("training/c/01-l.md", guide("Lesson")),
            ("metrics/nps.yaml", format!("title: {title}\nkind: nps\ndefinition: D\nbetter: higher\n")),
            ("opportunities/o.yaml", format!("title: {title}\nimpact: 3\neffort: 2\nstatus: idea\n")),
        ]
    };
    let (before, after) = (files("Alpha"), files("Zeta"));
    let texts = |files: &[(&'static str, String)]| files.to_vec();
    for changed in 1..before.len() {
        let mut edited = texts(&before);
        edited[changed] = after[changed].clone();
        follows(&borrowed(&before), &borrowed(&edited));
    }
    let mut edited = texts(&before);
    edited[0].1 = settings("A longer title", "By all of us");
    follows(&borrowed(&before), &borrowed(&edited));
}

fn borrowed<'f>(files: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    files.iter().map(|(path, text)| (*path, text.as_str())).collect()
}

#[test]
fn what_comes_and_goes_beside_the_maps_leaves_them_as_they_were() {
    let map = "title: M\nkind: experience\nstages:\n  - title: S\n    steps: [{ action: Calls, feels: -1, pains: [Waits] }]\n";
    let page = "---\ntitle: P\n---\n[](map:m) [](c/l)\n".replace("[](c/l)", "");
    let lesson = |name: &'static str| (name, "---\ntitle: L\n---\n[](map:m)\n");
    let course = ("training/c/course.yaml", "title: C\n");
    let one = [BARE, ("maps/m.yaml", map), ("guides/p.md", &page), course, lesson("training/c/02-l.md")];
    let more = [one.as_slice(), &[lesson("training/c/01-first.md"), lesson("training/c/03-last.md")]].concat();
    follows(&one, &more);
    follows(&more, &one);
    // As many files as before, all in other places.
    let renamed = [BARE, ("maps/m.yaml", map), ("guides/a.md", &page), course, lesson("training/c/01-l.md")];
    follows(&one, &renamed);
    let many = |from: usize| -> Vec<(String, String)> {
        (from..from + 20)
            .map(|number| (format!("guides/g{number:02}.md"), format!("---\ntitle: G {number}\n---\n")))
            .collect()
    };
    let (was, is) = (many(10), many(11));
    let with = |guides: &'static [(String, String)]| {
        let guides = guides.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        [BARE, ("maps/m.yaml", map)].into_iter().chain(guides).collect::<Vec<_>>()
    };
    follows(&with(was.leak()), &with(is.leak()));
}
