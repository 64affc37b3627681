//! What changed, in words: for every noun, in both languages, and never more than happened.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use journeybook::compile::compile;
use journeybook::date::Date;
use journeybook::history::{Commit, Done, History, Touch};
use journeybook::parse::differences::{self, Change};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

fn path(path: &str) -> HandbookPath {
    HandbookPath::new(path).unwrap()
}

fn changed(file: &str, old: &str, new: &str) -> Touch {
    Touch { path: path(file), what: Done::Changed, old: Some(old.into()), new: Some(new.into()) }
}

fn done(file: &str, what: Done, old: Option<&str>) -> Touch {
    Touch { path: path(file), what, old: old.map(Arc::from), new: None }
}

fn commit(subject: &str, day: &str, touched: Vec<Touch>) -> Commit {
    Commit {
        id: "27d67d8".to_owned(),
        day: Date::parse(day).unwrap(),
        author: "Han Wei".to_owned(),
        subject: subject.to_owned(),
        touched,
    }
}

/// The site of a handbook in a language whose files are as these touches left them.
fn site(language: &str, commits: Vec<Commit>, more: &[(&str, &str)]) -> Site {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    files.insert("handbook.yaml".to_owned(), format!("title: Harbor\nlanguages: [{language}, fr]\n"));
    files.extend(more.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    for touch in commits.iter().rev().flat_map(|commit| &commit.touched) {
        if let Some(new) = &touch.new {
            files.insert(touch.path.to_string(), new.to_string());
        }
    }
    let files = files.into_iter().map(|(file, text)| SourceFile::from_bytes(path(&file), text.into_bytes()));
    let history = History { commits, ..History::default() };
    compile(&Sources::new(files.collect()).with_history(Some(Arc::new(history)))).0
}

fn read(site: &Site, path: &str) -> String {
    let Entry::Bytes(bytes) = site.read(&SitePath::new(path).unwrap()).unwrap().unwrap() else { panic!("no page") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The changes told of one file, in order.
fn told(language: &str, touch: Touch, more: &[(&str, &str)]) -> Vec<String> {
    let html = read(&site(language, vec![commit("A change", "2026-10-09", vec![touch])], more), "changes/index.html");
    let (_, list) = html.split_once("<article class=\"jb-commit\">").unwrap();
    let (list, _) = list.split_once("</article>").unwrap();
    let list = list.replace("<li class=\"jb-hint\">", "<li>");
    let items = list.split("<li>").skip(2).map(|item| item.split("</li>").next().unwrap());
    items
        .map(|item| item.replace('\u{a0}', " ").replace("&quot;", "\"").replace("&amp;", "&").replace("&gt;", ">"))
        .collect()
}

const MAP: &str = "title: Buying
kind: current-state
persona: mei
owner: retail
stages:
  - id: shop
    title: Shop
    steps:
      - { id: ask, action: Asks the adviser, feels: 1, touchpoint: adviser }
  - id: door
    title: Door
    steps:
      - id: wait
        action: Waits all morning
        moment: Waits
        feels: -1
        feeling: trapped
        pains: [{ text: Too narrow, severity: medium }, Too late]
        insights: [talks]
        leads-to: [ask]
";

const CATALOG: [(&str, &str); 7] = [
    ("personas/mei.md", "---\ntitle: Mei Lin\n---\n"),
    ("teams.yaml", "retail: { title: Retail }\ncx: { title: CX }\n"),
    ("channels.yaml", "store: { title: Store }\n"),
    (
        "touchpoints/adviser.md",
        "---\ntitle: Store adviser\nchannel: store\nkind: human\nowner: retail\nstatus: live\n---\n",
    ),
    (
        "touchpoints/window.md",
        "---\ntitle: Live window\nchannel: store\nkind: human\nowner: retail\nstatus: live\n---\n",
    ),
    ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05\nsource: Rosa\n"),
    ("insights/log.yaml", "title: Delivery log\nkind: analytics\ndate: 2026-05\nsource: Rosa\n"),
];

fn of_map(language: &str, edit: impl Fn(&str) -> String) -> Vec<String> {
    told(language, changed("maps/buying.yaml", MAP, &edit(MAP)), &CATALOG)
}

#[test]
fn a_map_tells_what_changed_at_which_step() {
    let cases: [(&str, &str, &str, &str); 14] = [
        ("feels: -1\n", "feels: -2\n", "Door › Waits: feeling −1 → −2", "Door › Waits：情绪：−1 → −2"),
        (
            "touchpoint: adviser",
            "touchpoint: window",
            "Shop › Asks the adviser: touchpoint Store adviser → Live window",
            "Shop › Asks the adviser：接触点：Store adviser → Live window",
        ),
        ("owner: retail", "owner: cx", "owner Retail → CX", "负责团队：Retail → CX"),
        (
            "severity: medium",
            "severity: high",
            "Door › Waits › Too narrow: severity Medium → High",
            "Door › Waits › Too narrow：严重程度：中 → 重",
        ),
        (
            "insights: [talks]",
            "insights: [log, talks]",
            "Door › Waits: source added: Delivery log",
            "Door › Waits：新增依据：Delivery log",
        ),
        (
            "insights: [talks]",
            "insights: [log]",
            "Door › Waits: source Talks → Delivery log",
            "Door › Waits：依据：Talks → Delivery log",
        ),
        (", Too late]", "]", "Door › Waits: pain removed: Too late", "Door › Waits：删除痛点：Too late"),
        ("Too late", "Too soon", "Door › Waits: pain Too late → Too soon", "Door › Waits：痛点：Too late → Too soon"),
        (
            "Too narrow, sev",
            "Narrow, sev",
            "Door › Waits › Narrow: text Too narrow → Narrow",
            "Door › Waits › Narrow：文字：Too narrow → Narrow",
        ),
        (
            "leads-to: [ask]",
            "leads-to: [wait]",
            "Door › Waits: next step Asks the adviser → Waits",
            "Door › Waits：后续步骤：Asks the adviser → Waits",
        ),
        (
            "    title: Door\n",
            "    title: Door\n    fix-first: true\n",
            "Door: fix first added: yes",
            "Door：新增优先改进：是",
        ),
        (
            "        feeling: trapped\n",
            "",
            "Door › Waits: word for the feeling removed: trapped",
            "Door › Waits：删除情绪词：trapped",
        ),
        (
            "  - id: door",
            "  - { id: road, title: Road, steps: [] }\n  - id: door",
            "stage “Road” added",
            "新增阶段“Road”",
        ),
        (
            "kind: current-state",
            "kind: experience",
            "kind Journey map, current → Experience map",
            "类型：旅程地图，现状 → 体验地图",
        ),
    ];
    for (old, new, english, chinese) in cases {
        assert!(MAP.contains(old), "{old}");
        assert_eq!(of_map("en", |map| map.replace(old, new)), [english]);
        assert_eq!(of_map("zh-CN", |map| map.replace(old, new)), [chinese]);
    }
}

#[test]
fn things_that_come_go_and_move_are_told_as_such() {
    let one = "      - { id: ask, action: Asks the adviser, feels: 1, touchpoint: adviser }\n";
    assert_eq!(of_map("en", |map| map.replace(one, "")), ["Shop: step “Asks the adviser” removed"]);
    let two = format!("{one}      - {{ id: pay, action: Pays }}\n");
    assert_eq!(of_map("en", |map| map.replace(one, &two)), ["Shop: step “Pays” added"]);
    let with_two = MAP.replace(one, &two);
    let moved = MAP.replace(one, &format!("      - {{ id: pay, action: Pays }}\n{one}"));
    let touch = changed("maps/buying.yaml", &with_two, &moved);
    assert_eq!(told("en", touch, &CATALOG), ["Shop: step: order changed"]);
    // A new id is another step, however alike the two are.
    assert_eq!(
        of_map("en", |map| map.replace("id: ask,", "id: asks,").replace("leads-to: [ask]", "leads-to: [wait]")),
        [
            "Shop: step “Asks the adviser” added",
            "Shop: step “Asks the adviser” removed",
            "Door › Waits: next step Asks the adviser → Waits"
        ]
    );
}

#[test]
fn long_texts_are_reworded_and_many_changes_are_counted() {
    let long = "She waits for a very long time, and then for some more of it.";
    assert_eq!(of_map("en", |map| map.replace("Waits all morning", long)), ["Door › Waits: action reworded"]);
    let many = of_map("en", |map| {
        map.replace("feels: 1", "feels: 2")
            .replace("feels: -1", "feels: 0")
            .replace("trapped", "calm")
            .replace("title: Buying", "title: Shopping")
            .replace("owner: retail", "owner: cx")
            .replace("Waits all", "Stays all")
            .replace("medium", "low")
    });
    assert_eq!(many.len(), 5, "four changes and a count: {many:?}");
    assert_eq!(many[4], "and 3 more changes");
}

#[test]
fn every_noun_tells_its_changes() {
    let page = |front: &str, body: &str| format!("---\n{front}---\n{body}");
    let cases: Vec<(&str, String, String, Vec<&str>)> = vec![
        ("opportunities/card.yaml", "title: Card\nstatus: planned\nimpact: 2\neffort: 1\n".into(), "title: Card\nstatus: doing\nimpact: 4\neffort: 1\ndue: 2026-12-01\n".into(), vec!["status Planned → In progress", "impact 2 → 4", "due date added: 1 Dec 2026"]),
        ("insights/talks.yaml", "title: Talks\nkind: survey\ndate: 2026-05\nsource: R\nquotes: [{ text: Well, who: Ana }]\n".into(), "title: Talks\nkind: interview\ndate: 2026-06-02\nsource: R\nquotes: [{ text: Well, who: Ana }, { text: No }]\n".into(), vec!["kind Survey → Interviews", "date May 2026 → 2 Jun 2026", "quote “No” added"]),
        ("metrics/csat.yaml", "title: C\nkind: csat\ndefinition: D\ntarget: 4\n".into(), "title: C\nkind: csat\ndefinition: D\ntarget: 4.5\n".into(), vec!["target 4 → 4.5"]),
        ("personas/mei.md", page("title: Mei\ngoals: [Sleep]\nchannels: [{ channel: web, use: 1 }]\n", "She waits.\n"), page("title: Mei\ngoals: [Sleep, Wash]\nchannels: [{ channel: web, use: 4 }]\n", "She runs.\n"), vec!["goal added: Wash", "网: use 1 → 4", "text changed"]),
        ("touchpoints/adviser.md", page("title: A\nstatus: live\nkind: human\nchannel: store\nimportance: { customer: 1, organisation: 1 }\n", ""), page("title: A\nstatus: retired\nkind: digital\nchannel: store\nimportance: { customer: 5, organisation: 1 }\n", ""), vec!["status Live → Retired", "kind human → digital", "importance › to the customer 1 → 5"]),
        ("training/door/course.yaml", "title: D\nobjectives: [a]\n".into(), "title: D\nobjectives: [b]\n".into(), vec!["objective a → b"]),
        ("training/door/01-who.md", page("title: W\nminutes: 5\n", "x"), page("title: W\nminutes: 10\n", "x"), vec!["minutes 5 → 10"]),
        ("guides/a.md", page("title: A\n", "x"), page("title: A\nreviewed: 2026-10-01\n", "y"), vec!["last reviewed added: 1 Oct 2026", "text changed"]),
        ("index.md", page("title: A\n", "x"), page("title: B\n", "x"), vec!["title A → B"]),
        ("walkthroughs/w.yaml", "title: W\nmap: m\ndate: 2026-10-01\nsteps: [{ step: a, feels: 1 }]\n".into(), "title: W\nmap: m\ndate: 2026-10-01\nsteps: [{ step: a, feels: -1, obstacles: [Shut] }]\n".into(), vec!["Asks: feeling +1 → −1", "Asks: obstacle added: Shut"]),
        ("teams.yaml", "cx: { title: CX, lead: Ana }\n".into(), "cx: { title: CX, lead: Rosa }\nit: { title: IT }\n".into(), vec!["CX: lead Ana → Rosa", "“IT” added"]),
        ("glossary.yaml", "a: { title: A, definition: x, also: [b] }\n".into(), "a: { title: A, definition: y, also: [] }\n".into(), vec!["A: definition x → y", "A: other word removed: b"]),
        ("metrics/csat.csv", "date,value\n2026-08,2.5\n".into(), "date,value,note\n2026-08,2.6,mended\n2026-09-30,71,\n".into(), vec!["new reading 30 Sep 2026: 71", "reading Aug 2026: 2.5 → 2.6"]),
    ];
    for (file, old, new, expected) in cases {
        let more = [
            ("metrics/csat.yaml", "title: C\nkind: csat\ndefinition: D\n"),
            ("training/door/course.yaml", "title: D\n"),
            ("channels.yaml", "web: { title: 网 }\n"),
            (
                "maps/m.yaml",
                "title: M\nkind: experience\nstages: [{ id: s, title: S, steps: [{ id: a, action: Asks }] }]\n",
            ),
        ];
        assert_eq!(told("en", changed(file, &old, &new), &more), expected, "{file}");
        let chinese = told("zh-CN", changed(file, &old, &new), &more);
        assert_eq!(chinese.len(), expected.len(), "{file}: {chinese:?}");
        // The texts above are single letters or English words of the author's; the sentence itself is Chinese.
        assert!(chinese.iter().all(|said| said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))), "{chinese:?}");
    }
}

#[test]
fn a_text_that_happens_to_be_an_id_stays_a_text() {
    let acts =
        |act: &str| MAP.replace("feels: -1\n", &format!("feels: -1\n        frontstage: {act}\n        note: {act}\n"));
    let touch = changed("maps/buying.yaml", &acts("retail"), &acts("cx"));
    assert_eq!(told("en", touch, &CATALOG), ["Door › Waits: frontstage retail → cx", "Door › Waits: note retail → cx"]);
    let actors = |team: &str| format!("{MAP}actors: {{ frontstage: {team} }}\n");
    let touch = changed("maps/buying.yaml", &actors("retail"), &actors("cx"));
    assert_eq!(told("en", touch, &CATALOG), ["acting team › frontstage Retail → CX"]);
}

#[test]
fn a_key_without_a_word_is_shown_as_it_is_written() {
    assert_eq!(of_map("en", |map| map.replace("owner: retail", "owner: retail\nx-mood: blue")), ["x-mood added: blue"]);
    let own = |value: &str| MAP.replace("feels: -1\n", &format!("feels: -1\n        own: {{ her-time: {value} }}\n"));
    let more: Vec<(&str, &str)> = CATALOG
        .into_iter()
        .chain([(
            "handbook.yaml",
            "title: H\nlanguages: [en]\nlanes: { her-time: { title: Her own time, kind: text } }\n",
        )])
        .collect();
    let touch = changed("maps/buying.yaml", &own("1 h"), &own("2 h"));
    assert_eq!(told("en", touch, &more), ["Door › Waits: own lane › Her own time 1 h → 2 h"]);
}

#[test]
fn what_cannot_be_compared_is_told_as_changed_and_no_more() {
    let one = |touch| told("en", touch, &CATALOG);
    assert_eq!(one(changed("maps/buying.yaml", "title: [", MAP)), ["changed"]);
    assert_eq!(one(changed("maps/buying.yaml", MAP, &format!("{MAP}# a remark\n"))), ["only its form changed"]);
    assert_eq!(one(changed("personas/mei.md", "---\ntitle: M\n", "---\ntitle: M\n---\n")), ["changed"]);
    assert_eq!(one(done("maps/buying.yaml", Done::Changed, None)), ["changed"]);
    assert_eq!(one(done("maps/gone.yaml", Done::Deleted, Some("title: Old voucher\n"))), ["deleted"]);
    let translation = changed("personas/mei.fr.md", "---\ntitle: A\n---\n", "---\ntitle: B\n---\n");
    assert_eq!(one(translation), ["translation changed"]);
    let renamed =
        Touch { what: Done::Renamed, ..changed("personas/mei.md", "---\ntitle: M\n---\n", "---\ntitle: N\n---\n") };
    assert_eq!(one(renamed), ["renamed", "title M → N"]);
}

#[test]
fn days_commits_and_items_stand_in_order_linked_and_capped() {
    let many = (0..12).map(|number| done(&format!("assets/{number:02}.png"), Done::Added, None)).collect();
    let commits = vec![
        commit("Third <b>", "2026-10-11", vec![done("maps/gone.yaml", Done::Deleted, Some("title: Old voucher\n"))]),
        commit(
            "Second",
            "2026-10-10",
            vec![changed("maps/buying.yaml", MAP, &MAP.replace("-1", "0")), done("teams.yaml", Done::Changed, None)],
        ),
        commit("", "2026-10-10", many),
    ];
    let html = read(&site("en", commits, &CATALOG), "changes/index.html");
    let order: Vec<usize> = [
        "11 Oct 2026",
        "Third &lt;b&gt;",
        "<b>Old voucher</b>",
        "10 Oct 2026",
        "Second",
        "<a href=\"../maps/buying.html\">Buying</a>",
        "<a href=\"../teams/index.html\">Teams</a>",
        "A change without a description",
        "and 6 more",
    ]
    .into_iter()
    .map(|said| html.replace('\u{a0}', " ").find(said).unwrap_or_else(|| panic!("`{said}` is not said: {html}")))
    .collect();
    assert!(order.is_sorted());
    assert_eq!(html.matches("datetime=\"2026-10-10\"").count(), 1);
    let forty = (0..40)
        .map(|_| commit("Same", "2026-10-10", vec![changed("maps/buying.yaml", MAP, &MAP.replace("-1", "0"))]))
        .collect();
    let html = read(&site("en", forty, &CATALOG), "changes/index.html");
    assert_eq!(html.matches("<article").count(), 30);
    assert!(html.contains("Older changes are in the repository."));
}

#[test]
fn the_largest_page_of_changes_stays_small() {
    let step = |word: &str| {
        (0..40)
            .map(|n| {
                format!("      - {{ id: s{n}, action: {}, feeling: {word}{} }}\n", "很".repeat(60), "好".repeat(18))
            })
            .collect::<String>()
    };
    let map = |word: &str| {
        format!(
            "title: {}\nkind: experience\nstages:\n  - id: a\n    title: {}\n    steps:\n{}",
            "题".repeat(80),
            "段".repeat(80),
            step(word)
        )
    };
    let touches = |_| (0..40).map(|n| changed(&format!("maps/m{n:02}.yaml"), &map("坏"), &map("好"))).collect();
    let commits = (0..31).map(|n| commit(&"改".repeat(66), "2026-10-10", touches(n))).collect();
    let html = read(&site("zh-CN", commits, &[]), "changes/index.html");
    assert!(html.len() < 300_000, "{}", html.len());
}

#[test]
fn every_value_of_the_example_is_compared_and_every_change_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let sources = journeybook::disk::discover(&root, &[]).unwrap();
    let texts = sources.iter().map(|(file, source)| (source.path.clone(), sources.text(file)));
    let mut lines = 0;
    for (path, text) in
        texts.filter(|(path, _)| matches!(path.extension(), "yaml" | "md") && !path.as_str().starts_with("assets"))
    {
        let same = differences::compare(path.as_str(), text, text).unwrap();
        assert!(same.values.is_empty() && !same.body, "{path}");
        // A line that gives a key a plain text, in YAML or front matter: the text is another, and nothing else.
        let values = text.split("---\n").nth(usize::from(path.extension() == "md")).unwrap();
        let start = values.as_ptr() as usize - text.as_ptr() as usize;
        let mut at = start;
        for line in values.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            let plain = line.trim_start_matches([' ', '-']).split_once(": ").is_some_and(|(key, value)| {
                key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                    && value.starts_with(|c: char| c.is_alphanumeric())
                    && key != "id"
            });
            if plain {
                lines += 1;
                let new = format!("{}x{}", &text[..end], &text[end..]);
                let compared = differences::compare(path.as_str(), text, &new).unwrap();
                let [difference] = &compared.values[..] else { panic!("{path}: {line}: {:?}", compared.values) };
                assert!(matches!(difference.what, Change::Is(..)), "{path}: {line}: {difference:?}");
            }
            at += line.len();
        }
    }
    assert!(lines > 1000, "only {lines} lines were changed");
}

proptest! {
    #[test]
    fn any_two_texts_are_compared_without_a_panic(old in "[ab:\\-\\[\\]{} \n'&*#]{0,60}", new in "[ab:\\-\\[\\]{} \n'&*#]{0,60}") {
        for path in ["maps/a.yaml", "guides/a.md"] {
            let _ = differences::compare(path, &old, &new);
            if let Some(same) = differences::compare(path, &old, &old) {
                prop_assert!(same.values.is_empty() && !same.body);
            }
        }
        let _ = differences::readings(&old, &new);
    }
}
