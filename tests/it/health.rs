//! The page for the owner of the handbook: counts, shares, what is late, lost, found and silenced, and its weight.

use std::fmt::Write as _;

use journeybook::compile::compile;
use journeybook::diag::Code;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

/// No page of a site is heavier.
const MOST_BYTES: usize = 300_000;

fn sources(files: &[(String, String)]) -> Sources {
    let file = |(path, text): &(String, String)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn health(site: &Site) -> String {
    match site.read(&SitePath::new("health/index.html").unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("there is no health page: {other:?}"),
    }
}

fn small(language: &str) -> Site {
    let files = [
        ("handbook.yaml", format!("title: Harbor\nlanguages: [{language}]\nreview: {{ every: 1 month }}\nchecks:\n  map-without-owner: {{ level: 'off', reason: Nobody's <yet>. }}\n")),
        ("channels.yaml", "store: { title: Store }\n".to_owned()),
        ("personas/mei.md", "---\ntitle: Mei\nreviewed: 2026-03-01\n---\n".to_owned()),
        ("touchpoints/desk.md", "---\ntitle: Desk\nchannel: store\nkind: human\n---\n".to_owned()),
        ("touchpoints/gone.md", "---\ntitle: Gone\nchannel: store\nkind: human\nstatus: retired\n---\n".to_owned()),
        ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05-01\nsource: Rosa\n".to_owned()),
        ("insights/idle.yaml", "title: Idle\nkind: interview\ndate: 2026-05-01\nsource: Rosa\n".to_owned()),
        (
            "maps/a.yaml",
            "title: A map\nkind: current-state\npersona: mei\npurpose: P\nreviewed: 2026-05\nstages:\n- id: a\n  title: A\n  steps:\n  - { id: x, action: X, feels: 1, insights: [talks], pains: [P], says: Oh }\n  - { id: y, action: Y, feels: 0, pains: [P, { text: Q, insights: [talks] }] }\n  - { id: z, action: Z, feels: 0 }\n".to_owned(),
        ),
        // What shall be is believed and not known.
        ("maps/b.yaml", "title: B map\nkind: future-state\npersona: mei\nbaseline: a\nstages:\n- { id: a, title: A, steps: [{ id: x, action: X, feels: 2 }] }\n".to_owned()),
    ];
    compile(&sources(&files.map(|(path, text)| (path.to_owned(), text)))).0
}

/// The text of a page's main part without its tags, words apart by single spaces.
fn text(html: &str) -> String {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let mut text = String::new();
    for part in main.split('<') {
        let shown = part.split_once('>').map_or(part, |(_, shown)| shown);
        write!(text, " {shown}").unwrap();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_owner_sees_what_is_there_late_lost_found_and_silenced() {
    let html = health(&small("en"));
    let text = text(&html);
    for said in [
        "Seen on 1 May 2026",
        "Maps 2 Personas 1 Touchpoints 2",
        // Two of three pains, one of three feelings, the only quote.
        "Pains 2 3 66% Feelings 1 3 33% Quotes 1 1 100% All 4 7 57%",
        "Mei was due 1 Apr 2026",
        "Touchpoints on no map Desk Insights on which nothing rests Idle",
        "1 warning, 8 notes",
        "A touchpoint is on no map Note unused-touchpoint 1 finding Desk touchpoints/desk.md:1 no map leads to the touchpoint desk",
        "Nobody keeps a map true map-without-owner · 2 findings Nobody's &lt;yet&gt;. A map maps/a.yaml:1 B map maps/b.yaml:1",
    ] {
        let said = said.replace("Nobody's", "Nobody&#x27;s");
        assert!(text.replace("&#39;", "&#x27;").contains(&said), "`{said}` is not in\n{text}");
    }
    assert!(html.contains("href=\"../touchpoints/desk.html\""));
    assert!(!text.contains("Gone"), "what is retired need not be on a map");
}

#[test]
fn it_speaks_chinese() {
    let text = text(&health(&small("zh-CN")));
    for said in ["健康检查", "痛点 2 3 66%", "接触点未出现在任何地图上 提示", "1 个警告，8 条提示"]
    {
        assert!(text.contains(said), "`{said}` is not in\n{text}");
    }
}

#[test]
fn every_rule_has_words_in_both_languages() {
    for strings in
        [include_str!("../../themes/default/strings/en.yaml"), include_str!("../../themes/default/strings/zh-CN.yaml")]
    {
        for code in Code::ALL.iter().filter(|code| code.is_rule()) {
            let key = format!("\nrule_{}: ", code.name().replace('-', "_"));
            assert!(strings.contains(&key), "there are no words for `{}`", code.name());
        }
    }
}

#[test]
fn of_many_findings_some_are_shown_and_all_are_counted() {
    let mut files = vec![
        ("handbook.yaml".to_owned(), "title: Harbor\nlanguages: [en, fr]\nreview: { every: 1 month }\n".to_owned()),
        ("channels.yaml".to_owned(), "store: { title: Store }\n".to_owned()),
        ("personas/mei.fr.md".to_owned(), "---\ntitle: Mei\n---\n".to_owned()),
        ("personas/mei.md".to_owned(), "---\ntitle: Mei\nreviewed: 2026-05-01\n---\n".to_owned()),
    ];
    for number in 0..1200 {
        let long = "顾".repeat(60);
        files.push((
            format!("touchpoints/{long}-{number}.md"),
            format!(
                "---\ntitle: 台{number}\nchannel: store\nkind: human\nreviewed: 2025-01-01\n---\n![](../assets/a.svg)\n"
            ),
        ));
        files.push((
            format!("opportunities/{long}-{number}.yaml"),
            "title: O\nimpact: 1\neffort: 1\nstatus: idea\n".to_owned(),
        ));
        files.push((
            format!("metrics/{long}-{number}.yaml"),
            "title: M\nkind: count\ndefinition: D\nbaseline: 1\n".to_owned(),
        ));
        files.push((format!("maps/{long}-{number}.yaml"), "title: M\nkind: current-state\npersona: mei\nstages:\n- { id: a, title: A, steps: [{ id: x, action: X, says: Oh, pains: [P], moment-of-truth: M }] }\n- { id: b, title: B }\n".to_owned()));
    }
    files.push(("assets/a.svg".to_owned(), "<svg/>".to_owned()));
    let html = health(&compile(&sources(&files)).0);
    assert!(html.len() < MOST_BYTES, "{} bytes", html.len());
    let text = text(&html);
    assert!(
        text.contains("1,200 findings") && text.contains("4,802 findings") && text.contains("and 1,180 more"),
        "not all are counted"
    );
    let shown = html.matches("touchpoints/").count();
    assert!(shown > 20, "some of each rule are shown");
}
