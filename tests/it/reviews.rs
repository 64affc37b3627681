//! The review calendar: what is due when, what is overdue, and who hears of it.

use std::collections::BTreeSet;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::date::Date;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

fn sources(files: &[(String, String)]) -> Sources {
    let file = |(path, text): &(String, String)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.clone().into_bytes())
    };
    Sources::new(files.iter().map(file).collect())
}

/// A handbook of guides with these reviews, as of a day.
fn site(language: &str, guides: &[(&str, &str)], today: &str) -> Site {
    let mut files = vec![
        ("handbook.yaml".to_owned(), format!("title: Harbor\nlanguages: [{language}]\n")),
        ("teams.yaml".to_owned(), "cx: { title: Customer experience }\nit: { title: IT }\n".to_owned()),
    ];
    let guide = |(name, front): &(&str, &str)| {
        (format!("guides/{name}.md"), format!("---\ntitle: Guide {name}\n{front}\n---\n"))
    };
    files.extend(guides.iter().map(guide));
    compile(&sources(&files).on(Date::parse(today).unwrap())).0
}

fn read(site: &Site, path: &str) -> String {
    let Entry::Bytes(bytes) = site.read(&SitePath::new(path).unwrap()).unwrap().unwrap() else { panic!("no page") };
    String::from_utf8(bytes.into_owned()).unwrap().replace('\u{a0}', " ")
}

fn calendar(site: &Site) -> String {
    read(site, "reviews/index.html")
}

/// The section that a heading's id begins.
fn section<'h>(html: &'h str, id: &str) -> &'h str {
    let (_, rest) = html.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no section `{id}`"));
    rest.split_once("</section>").unwrap().0
}

const SOME: [(&str, &str); 7] = [
    ("late", "owner: cx\nreviewed: 2026-03-12\nreviewed-by: Rosa\nreview-every: 6 months"),
    ("later", "owner: it\nreviewed: 2026-01-01\nreview-every: 2 weeks"),
    ("today", "owner: cx\nreviewed: 2025-10-15\nreview-every: 1 year"),
    ("month", "owner: cx\nreviewed: 2026-09\nreview-every: 1 month"),
    ("far", "reviewed: 2026-10-01\nreview-every: 2 months"),
    ("never", "owner: it"),
    ("once", "reviewed: 2026-10-01"),
];

#[test]
fn what_is_overdue_stands_first_then_month_by_month_then_what_has_no_day() {
    let html = calendar(&site("en", &SOME, "2026-10-15"));
    let overdue = section(&html, "overdue");
    let order = ["Guide later", "15 Jan 2026", "Guide late<", "12 Sep 2026"].map(|said| overdue.find(said).unwrap());
    assert!(order.is_sorted());
    assert!(overdue.contains("every 2 weeks") && overdue.contains("every 6 months") && overdue.contains("Rosa"));
    assert!(overdue.contains("../teams/cx.html") && !overdue.contains("Guide today"));
    let october = section(&html, "due-2026-10");
    // On its last day it is not overdue, and a month lasts to its end: one day counts as the month's last.
    assert!(october.find("Guide today").unwrap() < october.find("Guide month").unwrap());
    assert!(section(&html, "due-2026-12").contains("Guide far"));
    let open = section(&html, "open");
    assert!(
        open.contains("Guide never")
            && open.contains("never")
            && open.contains("Guide once")
            && open.contains("1 Oct 2026")
    );
    let counts: Vec<&str> = html
        .split_once("jb-counts")
        .unwrap()
        .1
        .split("<dd>")
        .skip(1)
        .take(4)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert_eq!(counts, ["2", "2", "1", "2"]);
    let at = ["id=\"overdue\"", "id=\"due-2026-10\"", "id=\"due-2026-12\"", "id=\"open\"", "id=\"teams\""]
        .map(|id| html.find(id).unwrap());
    assert!(at.is_sorted());
}

#[test]
fn each_team_sees_how_much_is_its_own() {
    let html = calendar(&site("en", &SOME, "2026-10-15"));
    let rows: Vec<Vec<String>> = section(&html, "teams")
        .split("<tr>")
        .skip(2)
        .map(|row| {
            let cells = row.replace("</th>", "</td>");
            cells
                .split("</td>")
                .map(|cell| {
                    cell.rsplit('>').find(|text| !text.is_empty()).unwrap_or("").split('<').next().unwrap().to_owned()
                })
                .take(4)
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][1..], ["1", "2", "0"]);
    assert_eq!(rows[1][1..], ["1", "0", "1"]);
    assert_eq!(rows[2][0], "Nobody");
    assert_eq!(rows[2][1..], ["0", "1", "1"]);
}

#[test]
fn a_day_later_it_is_overdue_and_a_month_is_so_only_after_its_end() {
    let overdue = |guide: usize, today: &str| {
        let site = site("en", &SOME[guide..=guide], today);
        let name = SOME[guide].0;
        let banner = read(&site, &format!("guides/{name}.html")).contains("jb-overdue");
        assert_eq!(calendar(&site).contains("id=\"overdue\""), banner, "{name} on {today}");
        banner
    };
    assert!(!overdue(2, "2026-10-15") && overdue(2, "2026-10-16"));
    assert!(!overdue(3, "2026-10-31") && overdue(3, "2026-11-01"));
    // Of a day that is only a month nobody knows whether it is past.
    assert!(!overdue(2, "2026-10") && overdue(2, "2026-11"));
    assert!(!overdue(3, "2026-10") && overdue(3, "2026-11"));
    assert!(!overdue(5, "2099-01-01") && !overdue(6, "2099-01-01"));
}

#[test]
fn an_overdue_page_says_so_with_words_a_drawing_and_its_owner() {
    let banner = |language, path| {
        let html = read(&site(language, &SOME, "2026-10-15"), path);
        html.split_once("<p class=\"jb-overdue\">").map(|(_, rest)| rest.split_once("</p>").unwrap().0.to_owned())
    };
    let english = banner("en", "guides/late.html").unwrap();
    assert!(
        english.contains("#jb-i-alert")
            && english.contains(
                "<b>Review overdue since 12 Sep 2026</b> — <a href=\"../teams/cx.html\">Customer experience</a>"
            ),
        "{english}"
    );
    assert!(banner("zh-CN", "guides/late.html").unwrap().contains("<b>逾期未评审，本应在2026年9月12日前完成</b>——<a"));
    assert_eq!(banner("en", "guides/far.html"), None);
    assert_eq!(banner("en", "guides/index.html"), None);
}

#[test]
fn every_kind_of_item_that_is_reviewed_carries_the_banner_and_stands_in_the_calendar() {
    let front = "reviewed: 2026-01-01\nreview-every: 1 month\n";
    let page = |more: &str| format!("---\ntitle: T\n{front}{more}---\n");
    let step = "stages: [{ id: s, title: S, steps: [{ id: a, action: A }] }]\n";
    let files: Vec<(String, String)> = [
        ("handbook.yaml", "title: H\n".to_owned()),
        ("channels.yaml", "web: { title: Web }\n".to_owned()),
        ("index.md", page("")),
        ("personas/p.md", page("")),
        ("touchpoints/t.md", page("channel: web\nkind: digital\nstatus: live\n")),
        ("guides/g.md", page("")),
        ("training/c/course.yaml", format!("title: T\n{front}")),
        ("training/c/l.md", page("")),
        ("maps/m.yaml", format!("title: T\nkind: experience\noutcome: O\n{front}{step}")),
        ("insights/i.yaml", format!("title: T\nkind: survey\ndate: 2026-01-01\nsource: S\n{front}")),
        ("opportunities/o.yaml", format!("title: T\nstatus: idea\nimpact: 1\neffort: 1\n{front}")),
        ("metrics/x.yaml", format!("title: T\nkind: count\ndefinition: D\n{front}")),
        ("walkthroughs/w.yaml", format!("title: T\nmap: m\ndate: 2026-01-01\nsteps: [{{ step: a }}]\n{front}")),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into();
    let (site, report) = compile(&sources(&files).on(Date::parse("2026-06-01").unwrap()));
    assert!(!report.has_errors());
    let pages = [
        "index",
        "personas/p",
        "touchpoints/t",
        "guides/g",
        "training/c/index",
        "training/c/l",
        "maps/m",
        "insights/i",
        "opportunities/o",
        "metrics/x",
        "walkthroughs/w",
    ];
    let html = calendar(&site);
    for page in pages {
        assert!(read(&site, &format!("{page}.html")).contains("jb-overdue"), "{page}");
        assert!(section(&html, "overdue").contains(&format!("href=\"../{page}.html\"")), "{page}");
    }
    assert_eq!(section(&html, "overdue").matches("<tr>").count(), pages.len() + 1);
}

#[test]
fn a_long_calendar_is_split_and_every_row_stands_once() {
    let guide = |number: usize| {
        let day =
            Date::parse(&format!("20{:02}-{:02}-{:02}", 10 + number / 336, number / 28 % 12 + 1, number % 28 + 1))
                .unwrap();
        (
            format!("guides/g{number}.md"),
            format!("---\ntitle: Guide number {number}\nreviewed: {day}\nreview-every: 1 month\n---\n"),
        )
    };
    let mut files: Vec<(String, String)> = (0..900).map(guide).collect();
    files.extend((0..150).map(|number| (format!("personas/p{number}.md"), format!("---\ntitle: P{number}\n---\n"))));
    files.push(("handbook.yaml".to_owned(), "title: H\n".to_owned()));
    let (site, _) = compile(&sources(&files).on(Date::parse("2011-01-01").unwrap()));
    let paths: Vec<&SitePath> = site.pages().filter(|path| path.as_str().starts_with("reviews/")).collect();
    assert_eq!(paths.len(), 3);
    let mut seen = BTreeSet::new();
    for path in &paths {
        let html = read(&site, path.as_str());
        assert!(html.len() < 300_000, "{path}: {}", html.len());
        for link in
            html.split("guides/g").skip(1).filter_map(|rest| rest.split_once(".html").map(|(name, _)| name.to_owned()))
        {
            assert!(seen.insert(link.clone()), "{link} stands twice");
        }
        assert_eq!(html.contains("id=\"open\""), path.as_str() == "reviews/all/3.html");
    }
    assert_eq!(seen.len(), 900);
    assert!(read(&site, "reviews/all/3.html").contains("and 50 more"));
}

#[test]
fn the_repair_map_of_the_example_is_overdue_since_its_sixth_month() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let (site, _) = compile(&journeybook::disk::discover(&root, &[]).unwrap());
    assert!(read(&site, "maps/repair-under-warranty.html").contains("Review overdue since 2 Nov 2026"));
    assert!(section(&calendar(&site), "overdue").contains("maps/repair-under-warranty.html"));
}
