//! Drafts: a build is that of a handbook without them, and a preview shows them as what they are.

use std::sync::Arc;

use journeybook::compile::compile;
use journeybook::date::Date;
use journeybook::diag::show;
use journeybook::history::{Commit, Done, History, Touch};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;

/// An item: its files, by path and text, and the items that it links to. `DRAFT` stands where it may say that it is one.
struct Part {
    name: &'static str,
    links: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
}

const PARTS: &[Part] = &[
    Part {
        name: "front",
        links: &["mei"],
        files: &[
            ("index.md", "---\ntitle: Harbor front\nDRAFT---\n\nMeet [](persona:mei).\n"),
            ("index.zh.md", "---\ntitle: 海港\n---\n\n认识[](persona:mei)。\n"),
        ],
    },
    Part {
        name: "mei",
        links: &[],
        files: &[
            (
                "personas/mei.md",
                "---\ntitle: Mei the buyer\ntags: [new]\nreviewed: 2026-05-01\nDRAFT---\n\n## Work\n\nNights.\n",
            ),
            ("personas/mei.zh.md", "---\ntitle: 梅\n---\n\n夜班。\n"),
        ],
    },
    Part {
        name: "jo",
        links: &["mei"],
        files: &[(
            "personas/jo.md",
            "---\ntitle: Jo the landlord\ntags: [new, old]\nDRAFT---\n\nKnows [](persona:mei).\n",
        )],
    },
    Part {
        name: "van",
        links: &[],
        files: &[("touchpoints/van.md", "---\ntitle: The van\nchannel: shop\nkind: human\nDRAFT---\n\nRing twice.\n")],
    },
    Part {
        name: "call",
        links: &[],
        files: &[
            ("insights/call.yaml", "title: A call\nkind: interview\ndate: 2026-06-01\nsample: 3\nsource: Us\nDRAFT"),
            ("insights/call.zh.yaml", "title: 一通电话\n"),
        ],
    },
    Part {
        name: "csat",
        links: &["call"],
        files: &[
            (
                "metrics/csat.yaml",
                "title: Satisfaction\nkind: csat\nunit: points\ndefinition: Of five.\nbetter: higher\ninsights: [call]\nDRAFT",
            ),
            ("metrics/csat.csv", "date,value\n2026-07-01,3.5\n2026-10-01,4\n"),
        ],
    },
    Part {
        name: "chat",
        links: &["csat", "call"],
        files: &[(
            "opportunities/chat.yaml",
            "title: Chat at the door\nimpact: 3\neffort: 2\nstatus: planned\nowner: cx\nmetrics: [csat]\ninsights: [call]\nDRAFT",
        )],
    },
    Part {
        name: "buying",
        links: &["mei", "van", "call", "chat", "csat"],
        files: &[(
            "maps/buying.yaml",
            "title: Buying a machine\nkind: current-state\npersona: mei\nowner: cx\nreviewed: 2026-04-01\nDRAFTstages:\n  - id: shop\n    title: Shop\n    steps:\n      - { id: ask, action: Asks, feels: 1, touchpoint: van, insights: [call], metrics: [csat] }\n      - { id: wait, action: Waits, feels: -2, touchpoint: van, moment-of-truth: Gone, pains: [{ text: Cold, opportunities: [chat] }] }\n",
        )],
    },
    Part {
        name: "next",
        links: &["mei", "buying", "van"],
        files: &[(
            "maps/next.yaml",
            "title: Buying next year\nkind: future-state\npersona: mei\nbaseline: buying\nDRAFTstages:\n  - id: shop\n    title: Shop\n    steps:\n      - { id: ask, action: Asks less, feels: 2, touchpoint: van }\n",
        )],
    },
    Part {
        name: "walk",
        links: &["buying"],
        files: &[(
            "walkthroughs/walk.yaml",
            "title: A walk\nmap: buying\ndate: 2026-08-08\nwalker: Sara\nDRAFTsteps:\n  - { step: ask, feels: -1 }\n",
        )],
    },
    Part {
        name: "course",
        links: &["buying"],
        files: &[
            ("training/door/course.yaml", "title: At the door\nDRAFT"),
            ("training/door/01-ring.md", "---\ntitle: Ring\nminutes: 5\n---\n\nSee [](map:buying#shop).\n"),
            ("training/door/02-wait.md", "---\ntitle: Wait\n---\n\nWait.\n"),
        ],
    },
    Part {
        name: "other-course",
        links: &[],
        files: &[
            ("training/else/course.yaml", "title: Elsewhere\nDRAFT"),
            ("training/else/01-go.md", "---\ntitle: Go\n---\n\nGo.\n"),
        ],
    },
    Part {
        name: "lesson",
        links: &["mei", "open-course"],
        files: &[("training/open/02-late.md", "---\ntitle: Too late\nDRAFT---\n\nAsk [](persona:mei).\n")],
    },
    Part {
        name: "open-course",
        links: &[],
        files: &[
            ("training/open/course.yaml", "title: Open doors\nDRAFT"),
            ("training/open/01-first.md", "---\ntitle: First\n---\n\nFirst.\n"),
            ("training/open/03-last.md", "---\ntitle: Last\n---\n\nLast.\n"),
        ],
    },
    Part {
        name: "guide",
        links: &["van"],
        files: &[(
            "guides/01-start.md",
            "---\ntitle: Start\naliases: [begin]\nDRAFT---\n\nTake [the van](../touchpoints/van.md).\n",
        )],
    },
    Part {
        name: "folder",
        links: &["guide"],
        files: &[
            ("guides/02-more/index.md", "---\ntitle: More\nDRAFT---\n\nAfter [](../01-start.md).\n"),
            ("guides/02-more/index.zh.md", "---\ntitle: 更多\n---\n\n后面。\n"),
        ],
    },
    Part { name: "leaf", links: &[], files: &[("guides/02-more/leaf.md", "---\ntitle: Leaf\nDRAFT---\n\nLeaf.\n")] },
];

const SHARED: [(&str, &str); 3] = [
    ("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN]\nreview: { every: 6 months }\n"),
    ("channels.yaml", "shop: { title: Shop }\n"),
    ("teams.yaml", "cx: { title: CX }\n"),
];

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
}

/// The handbook, some of it drafts or not there at all.
fn sources(drafts: &[bool], there: bool) -> Sources {
    let mut files: Vec<SourceFile> = SHARED.iter().map(|(path, text)| file(path, text)).collect();
    for (part, &draft) in PARTS.iter().zip(drafts).filter(|(_, draft)| there || !**draft) {
        let says = if draft { "draft: true\n" } else { "" };
        files.extend(part.files.iter().map(|(path, text)| file(path, &text.replace("DRAFT", says))));
    }
    Sources::new(files)
}

/// Makes a draft of all that links to one.
fn closed(mut drafts: Vec<bool>) -> Vec<bool> {
    let at = |name: &str| PARTS.iter().position(|part| part.name == name).unwrap();
    loop {
        let more =
            (0..PARTS.len()).find(|&part| !drafts[part] && PARTS[part].links.iter().any(|name| drafts[at(name)]));
        match more {
            Some(part) => drafts[part] = true,
            None => return drafts,
        }
    }
}

fn bytes(site: &Site, path: &SitePath) -> Vec<u8> {
    match site.read(path).unwrap().unwrap() {
        Entry::Bytes(bytes) => bytes.into_owned(),
        Entry::Asset(path) => path.as_str().as_bytes().to_vec(),
    }
}

fn read(site: &Site, path: &str) -> String {
    String::from_utf8(bytes(site, &SitePath::new(path).unwrap())).unwrap()
}

#[test]
fn the_handbook_without_drafts_is_whole() {
    let sources = sources(&[false; PARTS.len()], true);
    let (_, report) = compile(&sources);
    assert!(!report.has_errors(), "{}", show::text(&report, &sources, false));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_build_is_that_of_a_handbook_without_its_drafts(drafts in prop::collection::vec(prop::bool::weighted(0.15), PARTS.len())) {
        let drafts = closed(drafts);
        let (with, without) = (sources(&drafts, true), sources(&drafts, false));
        let ((left_out, report), (never, expected)) = (compile(&with), compile(&without));
        prop_assert_eq!(show::text(&report, &with, false), show::text(&expected, &without, false));
        let paths: Vec<&SitePath> = never.paths().collect();
        prop_assert_eq!(left_out.paths().collect::<Vec<_>>(), paths.clone());
        for path in paths {
            prop_assert!(bytes(&left_out, path) == bytes(&never, path), "{} differs", path);
        }
        // Where drafts are shown, every one is there: as many pages as if all were published.
        let (shown, _) = compile(&with.with_drafts());
        let (published, _) = compile(&sources(&[false; PARTS.len()], true));
        let pages = |site: &Site| site.pages().map(ToString::to_string).collect::<Vec<_>>();
        prop_assert_eq!(pages(&shown), pages(&published));
    }
}

/// A handbook in which one part is a draft.
fn with_draft(name: &str) -> Sources {
    sources(&PARTS.iter().map(|part| part.name == name).collect::<Vec<_>>(), true)
}

#[test]
fn a_link_to_a_draft_stops_a_build_and_warns_in_a_preview() {
    for (name, places) in
        [("van", &["maps/buying.yaml", "guides/01-start.md"][..]), ("guide", &["guides/02-more/index.md"])]
    {
        let sources = with_draft(name);
        let text = |sources: &Sources| {
            let (_, report) = compile(sources);
            show::text(&report, sources, false)
        };
        let built = text(&sources);
        let previewed = text(&sources.with_drafts());
        for place in places {
            let at = |text: &str, severity: &str| {
                text.split(&format!("{severity}[link-to-draft]"))
                    .skip(1)
                    .any(|rest| rest.lines().nth(1).unwrap().contains(place))
            };
            assert!(at(&built, "error"), "{place}: {built}");
            assert!(at(&previewed, "warning"), "{place}: {previewed}");
        }
        assert!(!previewed.contains("error["), "{previewed}");
    }
}

#[test]
fn a_preview_marks_drafts_on_their_page_and_wherever_they_are_named() {
    let (site, _) = compile(&with_draft("jo").with_drafts());
    let page = read(&site, "personas/jo.html");
    assert!(page.contains("<h1>Jo the landlord (draft)</h1>"), "{page}");
    assert!(page.contains("This is a draft. A build leaves it out."), "{page}");
    for list in ["personas/index.html", "search/index.html", "tags/new.html"] {
        assert!(read(&site, list).contains("Jo the landlord (draft)"), "{list}");
    }
    assert!(read(&site, "zh-cn/personas/index.html").contains("Jo the landlord（草稿）"));
    let other = read(&site, "personas/mei.html");
    assert!(!other.contains("This is a draft"), "{other}");
    // The lessons of a course are drafts with it.
    let (site, _) = compile(&with_draft("other-course").with_drafts());
    assert!(read(&site, "training/else/go.html").contains("<h1>Go (draft)</h1>"));
}

#[test]
fn slips_in_a_draft_stop_no_build() {
    let slips = "---\ntitle: Jo\ndraft: true\nrole: Landlord\nnonsense: 1\n---\n\n[](persona:nobody)\n";
    let files = || SHARED.iter().map(|(path, text)| file(path, text)).chain([file("personas/jo.md", slips)]);
    let (_, report) = compile(&Sources::new(files().collect()));
    assert!(!report.has_errors(), "{report:?}");
    let (_, report) = compile(&Sources::new(files().collect()).with_drafts());
    assert_eq!(
        report.iter().filter(|found| ["unknown-key", "unknown-persona"].contains(&found.code.name())).count(),
        2
    );
}

#[test]
fn the_history_of_a_draft_is_not_told() {
    let touch = |path: &str, new: &str| Touch {
        path: HandbookPath::new(path).unwrap(),
        what: Done::Added,
        old: None,
        new: Some(Arc::from(new)),
    };
    let commit = |subject: &str, touched: Vec<Touch>| Commit {
        id: "27d67d8".to_owned(),
        day: Date::parse("2026-10-09").unwrap(),
        author: "Han Wei".to_owned(),
        subject: subject.to_owned(),
        touched,
    };
    let jo = || touch("personas/jo.md", "---\ntitle: Jo the landlord\ndraft: true\n---\n");
    let mei = || touch("personas/mei.md", "---\ntitle: Mei the buyer\n---\n");
    let commits = vec![commit("Both", vec![mei(), jo()]), commit("Only one", vec![jo()])];
    let history = Arc::new(History { commits, ..History::default() });
    let sources = with_draft("jo").with_history(Some(history));
    let (site, _) = compile(&sources);
    for path in ["changes/index.html", "feed.xml", "zh-cn/feed.xml"] {
        let told = read(&site, path);
        assert!(told.contains("Both") && told.contains("Mei the buyer") || told.contains('梅'), "{told}");
        assert!(!told.contains("landlord") && !told.contains("Only one"), "{told}");
    }
    let (site, _) = compile(&sources.with_drafts());
    assert!(read(&site, "changes/index.html").contains("Jo the landlord (draft)"));
}
