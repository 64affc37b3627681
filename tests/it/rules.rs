//! What rules find and what they let pass, and how bad a handbook says that is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::{Code, Diagnostic, Place, Severity, show};
use journeybook::disk;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{SourceFile, Sources};

/// A handbook from `(path, text)`; of two files of one path the later one.
fn sources(files: &[(&str, &str)]) -> Sources {
    let texts: BTreeMap<&str, &str> = BASE.iter().chain(files).copied().collect();
    let file =
        |(path, text): (&str, &str)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    Sources::new(texts.into_iter().map(file).collect())
}

const BASE: [(&str, &str); 9] = [
    ("handbook.yaml", "title: Harbor\n"),
    ("teams.yaml", "retail: { title: Retail }\n"),
    ("channels.yaml", "store: { title: Store }\n"),
    ("personas/mei.md", "---\ntitle: Mei\n---\n"),
    ("personas/ana.md", "---\ntitle: Ana\n---\n"),
    ("touchpoints/desk.md", "---\ntitle: Desk\nchannel: store\nkind: human\n---\n"),
    ("touchpoints/lift.md", "---\ntitle: Lift\nchannel: store\nkind: physical\nowner: retail\n---\n"),
    ("insights/talks.yaml", "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nsource: Rosa\n"),
    ("opportunities/tickets.yaml", "title: Tickets\nimpact: 3\neffort: 1\nstatus: idea\n"),
];

/// Where a rule finds something: `file:line`, in order.
fn found(code: Code, files: &[(&str, &str)]) -> Vec<String> {
    let sources = sources(files);
    let report = compile(&sources).1;
    let entries = show::entries(&report, &sources);
    let entries = entries.iter().filter(|entry| entry.code == code.name());
    entries.map(|entry| format!("{}:{}", entry.file.unwrap_or("-"), entry.start.map_or(0, |at| at.line))).collect()
}

/// A map of one stage, `a`, whose steps are given, a line each: from line 8 on if the head has one line.
fn map(kind: &str, head: &str, steps: &str) -> String {
    let steps: String = steps.lines().map(|step| format!("  - {step}\n")).collect();
    format!("title: A map\nkind: {kind}\n{head}\nstages:\n- id: a\n  title: A\n  steps:\n{steps}")
}

/// What is looked at, the rule, the files, and where the rule finds something.
type Case = (&'static str, Code, Vec<(&'static str, String)>, &'static [&'static str]);

#[test]
fn a_rule_finds_what_it_should_and_nothing_else() {
    let persona = "persona: mei";
    // The head is line 3, so the first step is line 8.
    let cases: &[Case] = &[
        (
            "of two moments of truth the one whose touchpoint has an owner is somebody's",
            Code::MomentWithoutOwner,
            vec![(
                "maps/a.yaml",
                map(
                    "current-state",
                    persona,
                    "{ id: x, action: X, touchpoint: desk, moment-of-truth: Y }\n{ id: y, action: X, touchpoint: lift, moment-of-truth: Y }\n{ id: z, action: X, moment-of-truth: Y }",
                ),
            )],
            &["maps/a.yaml:8", "maps/a.yaml:10"],
        ),
        (
            "a stage's owner owns its moments",
            Code::MomentWithoutOwner,
            vec![(
                "maps/a.yaml",
                map("current-state", persona, "{ id: x, action: X, moment-of-truth: Y }")
                    .replace("  title: A\n", "  title: A\n  owner: retail\n"),
            )],
            &[],
        ),
        (
            "pains are answered by themselves or by their step; small ones need no answer",
            Code::PainWithoutOpportunity,
            vec![(
                "maps/a.yaml",
                map(
                    "current-state",
                    persona,
                    "{ id: x, action: X, pains: [P] }\n{ id: y, action: X, pains: [P], opportunities: [tickets] }\n{ id: z, action: X, pains: [{ text: P, opportunities: [tickets] }, { text: P, severity: low }, { text: P, severity: high }] }",
                ),
            )],
            &["maps/a.yaml:8", "maps/a.yaml:10"],
        ),
        (
            "a future state accepts its pains",
            Code::PainWithoutOpportunity,
            vec![("maps/a.yaml", map("future-state", persona, "{ id: x, action: X, pains: [P] }"))],
            &[],
        ),
        (
            "a fail point's opportunity answers the step that names it",
            Code::PainWithoutOpportunity,
            vec![(
                "maps/a.yaml",
                map(
                    "service-blueprint",
                    "persona: mei\nfail-points: [{ id: f, title: F, opportunities: [tickets] }]",
                    "{ id: x, action: X, pains: [P], fails: [f] }\n{ id: y, action: X, pains: [P] }",
                ),
            )],
            &["maps/a.yaml:10"],
        ),
        (
            "pains of an empathy map and of personas who differ",
            Code::PainWithoutOpportunity,
            vec![
                (
                    "maps/a.yaml",
                    "title: A\nkind: empathy\nsegment: All\npains:\n  - P\n  - { text: Q, opportunities: [tickets] }\n"
                        .to_owned(),
                ),
                (
                    "maps/b.yaml",
                    map(
                        "persona-based",
                        "personas: [mei, ana]\ndifferences: { ana: { x: { pains: [P] } } }",
                        "{ id: x, action: X }",
                    ),
                ),
            ],
            &["maps/a.yaml:5", "maps/b.yaml:4"],
        ),
        (
            "who is done needs no owner and no metric, and a pain all the same",
            Code::OpportunityWithoutOwner,
            vec![("opportunities/done.yaml", "title: D\nimpact: 1\neffort: 1\nstatus: done\n".to_owned())],
            &["opportunities/tickets.yaml:1"],
        ),
        (
            "an opportunity is asked for by a step, a pain or a fail point",
            Code::OpportunityWithoutPain,
            vec![
                ("opportunities/b.yaml", "title: B\nimpact: 1\neffort: 1\nstatus: done\n".to_owned()),
                ("opportunities/c.yaml", "title: C\nimpact: 1\neffort: 1\nstatus: idea\n".to_owned()),
                (
                    "maps/a.yaml",
                    map(
                        "service-blueprint",
                        "persona: mei\nfail-points: [{ id: f, title: F, opportunities: [tickets] }]",
                        "{ id: x, action: X, pains: [{ text: P, opportunities: [b] }] }",
                    ),
                ),
            ],
            &["opportunities/c.yaml:1"],
        ),
        (
            "a touchpoint of one persona is one of the stage",
            Code::StageWithoutTouchpoint,
            vec![
                (
                    "maps/a.yaml",
                    map(
                        "persona-based",
                        "personas: [mei, ana]\ndifferences: { ana: { x: { touchpoint: desk } } }",
                        "{ id: x, action: X }",
                    ),
                ),
                ("maps/b.yaml", map("persona-based", "personas: [mei, ana]", "{ id: x, action: X }")),
            ],
            &["maps/b.yaml:5"],
        ),
        (
            "what customers do not see needs no touchpoint, nor does another kind or what another map shows",
            Code::StageWithoutTouchpoint,
            vec![
                ("maps/a.yaml", map("service-blueprint", persona, "{ id: x, moment: X }")),
                ("maps/b.yaml", map("experience", persona, "{ id: x, action: X }")),
                ("maps/c.yaml", map("current-state", persona, "{ id: x, action: X, opens: b }")),
            ],
            &[],
        ),
        (
            "a touchpoint is used by a difference, and a retired one need not be",
            Code::UnusedTouchpoint,
            vec![
                (
                    "touchpoints/old.md",
                    "---\ntitle: Old\nchannel: store\nkind: human\nstatus: retired\n---\n".to_owned(),
                ),
                (
                    "maps/a.yaml",
                    map(
                        "persona-based",
                        "personas: [mei, ana]\ndifferences: { ana: { x: { touchpoint: desk } } }",
                        "{ id: x, action: X }",
                    ),
                ),
            ],
            &["touchpoints/lift.md:1"],
        ),
        (
            "a retired touchpoint may be on a map of what shall be",
            Code::RetiredTouchpoint,
            vec![
                (
                    "touchpoints/old.md",
                    "---\ntitle: Old\nchannel: store\nkind: human\nstatus: retired\n---\n".to_owned(),
                ),
                ("maps/a.yaml", map("current-state", persona, "{ id: x, action: X, touchpoint: old }")),
                ("maps/b.yaml", map("future-state", persona, "{ id: x, action: X, touchpoint: old }")),
            ],
            &["maps/a.yaml:8"],
        ),
        (
            "a persona is on a map in any part",
            Code::PersonaWithoutMap,
            vec![
                ("maps/a.yaml", map("persona-based", "personas: [mei, ana]", "{ id: x, action: X }")),
                ("personas/jun.md", "---\ntitle: Jun\n---\n".to_owned()),
            ],
            &["personas/jun.md:1"],
        ),
        (
            "a metric with figures says whose they are; one without needs not",
            Code::FigureWithoutEvidence,
            vec![
                ("metrics/a.yaml", "title: A\nkind: count\ndefinition: D\nbaseline: 4\n".to_owned()),
                ("metrics/b.yaml", "title: B\nkind: count\ndefinition: D\n".to_owned()),
                ("metrics/c.yaml", "title: C\nkind: count\ndefinition: D\n".to_owned()),
                ("metrics/c.csv", "date,value\n2026-05,4\n".to_owned()),
                ("metrics/d.yaml", "title: D\nkind: count\ndefinition: D\nbaseline: 4\ninsights: [talks]\n".to_owned()),
            ],
            &["metrics/a.yaml:1", "metrics/c.yaml:1"],
        ),
        (
            "a quote rests on its own evidence or on its step's; the future has said nothing yet",
            Code::QuoteWithoutEvidence,
            vec![
                (
                    "maps/a.yaml",
                    map(
                        "current-state",
                        persona,
                        "{ id: x, action: X, says: Oh }\n{ id: y, action: X, says: Oh, insights: [talks] }\n{ id: z, action: X, says: { text: Oh, insights: [talks] } }",
                    ),
                ),
                ("maps/b.yaml", map("future-state", persona, "{ id: x, action: X, says: Oh }")),
                ("personas/jun.md", "---\ntitle: Jun\nquote: Oh\n---\n".to_owned()),
            ],
            &["maps/a.yaml:8", "personas/jun.md:3"],
        ),
        (
            "feelings go up and down by a point, or are few",
            Code::FlatFeelings,
            vec![
                (
                    "maps/a.yaml",
                    map(
                        "current-state",
                        persona,
                        &(0..5)
                            .map(|n| format!("{{ id: x{n}, action: X, feels: 0.{} }}\n", 9 * (n % 2)))
                            .collect::<String>(),
                    ),
                ),
                (
                    "maps/b.yaml",
                    map(
                        "current-state",
                        persona,
                        &(0..5).map(|n| format!("{{ id: x{n}, action: X, feels: {} }}\n", n % 2)).collect::<String>(),
                    ),
                ),
                (
                    "maps/c.yaml",
                    map(
                        "current-state",
                        persona,
                        &(0..4).map(|n| format!("{{ id: x{n}, action: X, feels: 0 }}\n")).collect::<String>(),
                    ),
                ),
                (
                    "maps/d.yaml",
                    map(
                        "future-state",
                        persona,
                        &(0..5).map(|n| format!("{{ id: x{n}, action: X, feels: 0 }}\n")).collect::<String>(),
                    ),
                ),
            ],
            &["maps/a.yaml:1"],
        ),
        (
            "nine steps are a stage, ten are too many",
            Code::TooManySteps,
            vec![
                (
                    "maps/a.yaml",
                    map(
                        "current-state",
                        persona,
                        &(0..9).map(|n| format!("{{ id: x{n}, action: X }}\n")).collect::<String>(),
                    ),
                ),
                (
                    "maps/b.yaml",
                    map(
                        "current-state",
                        persona,
                        &(0..10).map(|n| format!("{{ id: x{n}, action: X }}\n")).collect::<String>(),
                    ),
                ),
            ],
            &["maps/b.yaml:5"],
        ),
        (
            "a month is over when it has ended; a cadence of its own comes first",
            Code::OverdueReview,
            vec![
                ("handbook.yaml", "title: Harbor\nreview: { every: 1 month }\n".to_owned()),
                ("guides/a.md", "---\ntitle: A\nreviewed: 2026-04-29\n---\n".to_owned()),
                ("guides/b.md", "---\ntitle: B\nreviewed: 2026-04-30\n---\n".to_owned()),
                ("guides/c.md", "---\ntitle: C\nreviewed: 2026-04\n---\n".to_owned()),
                ("guides/d.md", "---\ntitle: D\nreviewed: 2026-03\n---\n".to_owned()),
                ("guides/e.md", "---\ntitle: E\nreviewed: 2026-03-01\nreview-every: 1 year\n---\n".to_owned()),
                ("guides/f.md", "---\ntitle: F\nreviewed: 2026-05-30\n---\n".to_owned()),
            ],
            &["guides/a.md:3", "guides/d.md:3"],
        ),
        (
            "evidence is as young and as large as the handbook wants, where something rests on it",
            Code::OldEvidence,
            vec![
                ("handbook.yaml", "title: Harbor\nevidence: { max-age: 12 months, min-sample: 5 }\n".to_owned()),
                ("insights/old.yaml", "title: O\nkind: interview\ndate: 2025-04\nsample: 4\nsource: Rosa\n".to_owned()),
                (
                    "insights/just.yaml",
                    "title: O\nkind: interview\ndate: 2025-05-01\nsample: 5\nsource: Rosa\n".to_owned(),
                ),
                ("insights/idle.yaml", "title: O\nkind: interview\ndate: 2020-05\nsource: Rosa\n".to_owned()),
                ("maps/a.yaml", map("current-state", persona, "{ id: x, action: X, insights: [old, just, talks] }")),
            ],
            &["insights/old.yaml:3"],
        ),
        (
            "folders without a page hide nothing; a page that says so is hidden, and what lies below it",
            Code::UnlistedGuide,
            vec![
                ("guides/deep/er/a.md", "---\ntitle: A\n---\n".to_owned()),
                ("guides/off.md", "---\ntitle: O\nlisted: false\n---\n[](more.md)\n".to_owned()),
                ("guides/more.md", "---\ntitle: M\nlisted: false\n---\n".to_owned()),
                ("guides/box/index.md", "---\ntitle: B\nlisted: false\n---\n".to_owned()),
                ("guides/box/in.md", "---\ntitle: I\n---\n".to_owned()),
                ("guides/known.md", "---\ntitle: K\nlisted: false\n---\n[](known-too.md)\n".to_owned()),
                ("guides/known-too.md", "---\ntitle: K\nlisted: false\n---\n".to_owned()),
                ("personas/mei.md", "---\ntitle: Mei\n---\n[](../guides/known.md)\n".to_owned()),
            ],
            &["guides/box/in.md:1", "guides/box/index.md:1", "guides/more.md:1", "guides/off.md:1"],
        ),
        (
            "a language in which nothing is written is told once",
            Code::MissingTranslation,
            vec![
                ("handbook.yaml", "title: Harbor\nlanguages: [en, fr, zh-CN]\n".to_owned()),
                ("personas/mei.zh.md", "---\ntitle: 梅\n---\n".to_owned()),
                ("touchpoints/desk.zh.md", "---\ntitle: 台\n---\n".to_owned()),
            ],
            &[
                "channels.yaml:1",
                "handbook.yaml:1",
                "handbook.yaml:2",
                "insights/talks.yaml:1",
                "opportunities/tickets.yaml:1",
                "personas/ana.md:1",
                "teams.yaml:1",
                "touchpoints/lift.md:1",
            ],
        ),
    ];
    for (name, code, files, expected) in cases {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        assert_eq!(found(*code, &files), *expected, "{name}");
    }
}

#[test]
fn one_mistake_is_told_once() {
    // What is misspelt is named in vain: nobody is told that it is missing as well.
    let steps = "{ id: x, action: X, touchpoint: desc, moment-of-truth: Y, says: Oh, insights: [talk], pains: [{ text: P, opportunities: [ticket] }] }";
    let files = [("maps/a.yaml", map("current-state", "persona: mai\nowner: retale", steps))];
    let sources = sources(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    let report = compile(&sources).1;
    let codes: Vec<&str> =
        report.iter().filter(|said| said.severity != Severity::Note).map(|said| said.code.name()).collect();
    assert_eq!(
        codes.into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "unknown-insight",
            "unknown-opportunity",
            "unknown-persona",
            "unknown-team",
            "unknown-touchpoint"
        ])
    );
    let notes = report.iter().filter(|said| said.severity == Severity::Note).map(|said| said.code.name());
    // Of the opportunity's own file, and not of the map.
    assert_eq!(notes.collect::<Vec<_>>(), ["opportunity-without-owner", "opportunity-without-metric"]);
}

#[test]
fn a_difference_that_names_what_is_not_there_is_no_idle_one() {
    let map = map(
        "persona-based",
        "personas: [mei, anna]\ndifferences: { ana: { x: { touchpoint: desc } } }",
        "{ id: x, action: X }",
    );
    let sources = sources(&[("maps/a.yaml", &map)]);
    let report = compile(&sources).1.loud();
    assert_eq!(
        report.iter().map(|said| said.code).collect::<Vec<_>>(),
        [Code::UnknownPersona, Code::UnknownTouchpoint]
    );
}

#[test]
fn a_guide_that_is_not_listed_is_a_page_all_the_same() {
    let guide = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\n[](02-notes.md)\n");
    let (first, notes, last) = (guide("First", ""), guide("Notes", "listed: false\n"), guide("Last", ""));
    let files = [("guides/01-first.md", &*first), ("guides/02-notes.md", &notes), ("guides/03-last.md", &last)];
    let site = compile(&sources(&files)).0;
    let page = |path: &str| match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("`{path}` is no page: {other:?}"),
    };
    assert!(!page("guides/index.html").contains("notes.html"), "the list leaves it out");
    let first = page("guides/first.html");
    assert_eq!(first.matches("href=\"notes.html\"").count(), 1, "only the text leads to it");
    assert!(first.contains("href=\"last.html\""), "the next one is the next that is listed");
    assert!(page("guides/notes.html").contains("Notes"));
}

#[test]
fn addresses_that_browsers_would_mend_are_told() {
    let bad = [
        "https://",
        "http:///",
        "https:/example.org",
        "https:example.org",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://https://example.org",
        "https://example..org",
        "https://example.org\\a",
        "https://example.org/100%",
        "HTTPS:/example.org",
        "https://[::1/",
    ];
    let good = [
        "https://example.org",
        "http://example.org:8080/a?b=c&d#e",
        "https://例え.jp/中文?q=中",
        "https://example.org/a%20b",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://user@example.org/",
        "mailto:a@b.c",
        "tel:+49 30",
        "https://example.org./",
        "https://example.org/a//b?x=http://y.z",
    ];
    for (links, expected) in [(&bad[..], 1), (&good[..], 0)] {
        for link in links {
            let text = format!("---\ntitle: A\n---\n[x](<{}>)\n", link.replace('\\', "\\\\"));
            let seen = found(Code::MalformedLink, &[("guides/a.md", &text)]);
            assert_eq!(seen.len(), expected, "`{link}` in Markdown");
            if link.starts_with("http") {
                let text = format!("title: Talks\nkind: interview\ndate: 2026-05-01\nsource: Rosa\nurl: '{link}'\n");
                let web = link.starts_with("https://") || link.starts_with("http://");
                let seen = found(Code::MalformedLink, &[("insights/talks.yaml", &text)]);
                assert_eq!(seen.len(), if web { expected } else { 0 }, "`{link}` in YAML");
            }
        }
    }
}

#[test]
fn a_picture_says_what_it_shows() {
    let text = "---\ntitle: A\n---\n![](../assets/a.svg)\n\n![ ](../assets/a.svg)\n\n![A](../assets/a.svg)\n\n<img src=\"../assets/a.svg\">\n\n<img src=\"../assets/a.svg\" alt=\"\">\n";
    let files = [("assets/a.svg", "<svg/>"), ("guides/a.md", text)];
    assert_eq!(found(Code::ImageWithoutText, &files), ["guides/a.md:4", "guides/a.md:6", "guides/a.md:10"]);
}

/// What is said about a handbook with these settings and this persona, as `severity code file`.
fn said(settings: &str, persona: &str) -> Vec<String> {
    let settings = format!("title: Harbor\nlanguages: [en, zh-CN]\n{settings}");
    let persona = format!("---\ntitle: Mei\n{persona}---\n");
    let sources = sources(&[
        ("handbook.yaml", &settings),
        ("personas/mei.md", &persona),
        ("personas/mei.zh.md", "---\ntitle: 梅\n---\n![](../assets/a.svg)\n"),
        ("assets/a.svg", "<svg/>"),
        (
            "maps/a.yaml",
            "title: A\nkind: experience\nstages: []\noutcome: O\npurpose: P\nowner: retail\nreviewed: 2026-04-01\npersona: mei\n",
        ),
    ]);
    let report = compile(&sources).1;
    let told = [
        "persona-without-map",
        "image-without-text",
        "unknown-check",
        "missing-key",
        "bad-choice",
        "idle-check",
        "untranslatable-key",
    ];
    let entries = show::entries(&report, &sources);
    let entries = entries.iter().filter(|entry| told.contains(&entry.code));
    entries.map(|entry| format!("{} {} {}", entry.severity, entry.code, entry.file.unwrap_or("-"))).collect()
}

#[test]
fn the_handbook_and_then_the_item_set_how_bad_a_rule_is() {
    let set = |rule: &str, level: &str| format!("checks: {{ {rule}: {{ level: {level}, reason: So. }} }}\n");
    let image = "image-without-text personas/mei.zh.md";
    let lonely = "persona-without-map personas/ana.md";
    let warned = |severity: &str| vec![format!("note {lonely}"), format!("{severity} {image}")];
    assert_eq!(said("", ""), warned("warning"), "as they come");
    assert_eq!(said(&set("image-without-text", "note"), ""), warned("note"), "as the handbook has it");
    let error = vec![format!("error {image}")];
    assert_eq!(said(&set("image-without-text", "error"), ""), [vec![format!("note {lonely}")], error].concat());
    assert_eq!(
        said("", &set("image-without-text", "note")),
        warned("note"),
        "an item's word holds in its translations"
    );
    let mut both = said(&set("image-without-text", "off"), &set("image-without-text", "warning"));
    assert_eq!(both.remove(0), "note idle-check handbook.yaml", "the handbook's word reaches nothing any more");
    assert_eq!(both, warned("warning"), "an item's word comes before the handbook's");
    let off = [set("image-without-text", "off"), set("persona-without-map", "off")];
    assert_eq!(said(&off[0], ""), [format!("note {lonely}")]);
    let both =
        format!("checks: {{ image-without-text: {{ level: off, reason: So. }}, {}", &off[1]["checks: { ".len()..]);
    assert_eq!(said(&both, ""), Vec::<String>::new());
    let idle = "checks:\n  dead-end: { level: off, reason: So. }\n";
    assert_eq!(said(idle, "")[0], "note idle-check handbook.yaml");
    let hushed = format!("{idle}  idle-check: {{ level: off, reason: So. }}\n");
    assert_eq!(said(&hushed, ""), warned("warning"), "also that it is idle may be settled");
}

#[test]
fn what_is_set_must_be_a_rule_and_have_a_reason() {
    let lines =
        |settings: &str| said(settings, "").into_iter().filter(|line| line.starts_with("error")).collect::<Vec<_>>();
    assert_eq!(lines("checks: { image-without-text: { level: note } }\n"), ["error missing-key handbook.yaml"]);
    assert_eq!(lines("checks: { image-without-text: { reason: So. } }\n"), ["error missing-key handbook.yaml"]);
    assert_eq!(
        lines("checks: { image-without-text: { level: of, reason: So. } }\n"),
        ["error bad-choice handbook.yaml"]
    );
    assert_eq!(
        lines("checks: { image-without-txt: { level: off, reason: So. } }\n"),
        ["error unknown-check handbook.yaml"]
    );
    assert_eq!(
        lines("checks: { unknown-persona: { level: off, reason: So. } }\n"),
        ["error unknown-check handbook.yaml"]
    );
}

#[test]
fn what_is_silenced_keeps_its_reason() {
    let sources = sources(&[(
        "personas/ana.md",
        "---\ntitle: Ana\nchecks:\n  persona-without-map: { level: off, reason: In spring. }\n---\n",
    )]);
    let report = compile(&sources).1;
    let ana = report.silenced().iter().map(|silenced| {
        let Place::Source(span) = silenced.place else { panic!("it has a place") };
        (silenced.code, sources.path(span.file).as_str(), silenced.reason.as_str())
    });
    assert_eq!(ana.collect::<Vec<_>>(), [(Code::PersonaWithoutMap, "personas/ana.md", "In spring.")]);
    assert_eq!(report.iter().filter(|said| said.code == Code::PersonaWithoutMap).count(), 1, "Mei has no map either");
}

/// Where a text names a touchpoint: after `touchpoint:`, a key of YAML or the scheme of a reference. Byte ranges of the
/// names. In Markdown, code is no reference.
fn named(text: &str, is_page: bool, name: &str) -> Vec<std::ops::Range<usize>> {
    let mut places = Vec::new();
    let (mut start, mut in_code) = (0, false);
    for line in text.split_inclusive('\n') {
        if is_page && (line.starts_with("```") || line.starts_with("~~~")) {
            in_code = !in_code;
        }
        for (at, key) in line.match_indices("touchpoint:").filter(|_| !in_code) {
            let rest = line[at + key.len()..].trim_start_matches(' ');
            let is_code = is_page && line[..at].matches('`').count() % 2 == 1;
            let Some(after) = rest.strip_prefix(name).filter(|_| !is_code) else { continue };
            if !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_')) {
                let from = start + line.len() - rest.len();
                places.push(from..from + name.len());
            }
        }
        start += line.len();
    }
    places
}

/// A file's name up to the first dot, and the language that may follow it.
fn stem(file: &SourceFile) -> (&str, &str) {
    let name = file.path.file_name().trim_end_matches(".md");
    name.split_once('.').unwrap_or((name, ""))
}

#[test]
fn a_touchpoint_that_is_gone_is_missed_wherever_it_was_named_and_nothing_else_is_said() {
    let whole = disk::discover(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"), &[]).unwrap();
    let originals = |file: &&SourceFile| file.path.as_str().starts_with("touchpoints/") && stem(file).1.is_empty();
    let touchpoints: Vec<&SourceFile> = whole.iter().map(|(_, file)| file).filter(originals).collect();
    assert!(touchpoints.len() > 20);
    // Files are counted anew without one of them: what was said before is known by its words and its file's name.
    let told_of = |said: &Diagnostic, sources: &Sources| {
        let path = match &said.place {
            Place::Source(span) => Some(sources.path(span.file).to_string()),
            _ => None,
        };
        (said.code, said.message.clone(), path)
    };
    let before = compile(&whole).1;
    let known: Vec<_> = before.iter().map(|said| told_of(said, &whole)).collect();
    let mut missed = 0;
    for gone in touchpoints {
        let name = stem(gone).0;
        // Its translations go with it.
        let stays = |file: &&SourceFile| !(file.path.folder() == "touchpoints" && stem(file).0 == name);
        let sources = Sources::new(whole.iter().map(|(_, file)| file).filter(stays).cloned().collect());
        let expected: BTreeSet<(String, usize, usize)> = (sources.iter())
            .flat_map(|(id, file)| {
                let places = named(sources.text(id), file.path.extension() == "md", name).into_iter();
                places.map(|place| (file.path.to_string(), place.start, place.end))
            })
            .collect();
        let report = compile(&sources).1;
        let said: Vec<_> = report.iter().filter(|said| !known.contains(&told_of(said, &sources))).collect();
        let place = |place: &Place| match place {
            Place::Source(span) => (sources.path(span.file).to_string(), span.range().start, span.range().end),
            other => panic!("{other:?}"),
        };
        let told = show::text(&report, &sources, false);
        assert!(said.iter().all(|said| said.code == Code::UnknownTouchpoint), "without `{name}`:\n{told}");
        let places: BTreeSet<_> = said.iter().map(|said| place(&said.place)).collect();
        assert_eq!(places, expected, "without `{name}`:\n{told}");
        assert_eq!(places.len(), said.len(), "each place once");
        missed += places.len();
    }
    assert!(missed > 60, "only {missed} places were looked at");
}
