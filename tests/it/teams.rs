//! Teams: what each owns, what is due, and what is late.

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

fn site(language: &str) -> Site {
    let settings = format!("title: Harbor\nlanguages: [{language}]\nreview: {{ every: 6 months }}\n");
    let mut files = vec![("handbook.yaml", settings.as_str())];
    files.extend(HANDBOOK);
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    compile(&Sources::new(files.iter().map(file).collect())).0
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

const HANDBOOK: [(&str, &str); 8] = [
    (
        "teams.yaml",
        "crew: { title: Crew, lead: Han, contact: crew@harbor.example }\ndesk: { title: Desk, part-of: crew, contact: Ring the bell }\nnobody: { title: Nobody }\n",
    ),
    ("channels.yaml", "phone: { title: Phone }\n"),
    (
        "touchpoints/hotline.md",
        "---\ntitle: Hotline\nchannel: phone\nkind: human\nstatus: live\nowner: crew\nreviewed: 2026-03-01\n---\n",
    ),
    (
        "metrics/wait.yaml",
        "title: Wait\nkind: duration\nbetter: lower\ndefinition: d\ntarget: 5\ntarget-date: 2026-12-31\nowner: crew\n",
    ),
    (
        "metrics/there.yaml",
        "title: There\nkind: rate\nunit: \"%\"\ndefinition: d\nbaseline: 90\ntarget: 80\ntarget-date: 2026-01-31\nowner: crew\n",
    ),
    ("opportunities/late.yaml", "title: Late\nimpact: 5\neffort: 2\nstatus: doing\nowner: crew\ndue: 2026-08-31\n"),
    ("opportunities/over.yaml", "title: Over\nimpact: 5\neffort: 2\nstatus: done\nowner: crew\ndue: 2026-01-31\n"),
    (
        "maps/buying.yaml",
        "title: Buying\nkind: current-state\nowner: desk\nreviewed: 2026-11-16\nstages:
  - { id: shop, title: Shop, owner: desk, steps: [{ id: ask, action: Asks, moment-of-truth: It decides }] }
  - { id: door, title: Door, steps: [{ id: ring, action: Rings, touchpoint: hotline, moment-of-truth: It decides }, { id: go, action: Goes, moment-of-truth: It decides }] }\n",
    ),
];

#[test]
fn what_is_due_comes_in_order_with_what_is_late_first() {
    let page = read(&site("en"), "teams/crew.html");
    let due = page.split("id=\"due\"").nth(1).unwrap().split("</section>").next().unwrap();
    let at = |text: &str| due.find(text).unwrap_or_else(|| panic!("`{text}` is not in\n{due}"));
    let order = [
        "31\u{a0}Aug 2026",
        "../opportunities/late.html",
        "1\u{a0}Sep 2026",
        "../touchpoints/hotline.html",
        "31\u{a0}Dec 2026",
        "../metrics/wait.html",
    ];
    let order = order.map(at);
    assert!(order.is_sorted(), "{order:?}\n{due}");
    assert_eq!(due.matches("Overdue").count(), 2, "{due}");
    assert!(
        due.contains("2 are overdue") && due.contains("To be done") && due.contains("Review") && due.contains("Target")
    );
    assert!(!due.contains("There") && !due.contains("Over<"), "what is there or done is not due: {due}");
}

#[test]
fn a_team_shows_what_it_owns() {
    let site = site("en");
    let crew = read(&site, "teams/crew.html");
    for said in [
        "<a href=\"mailto:crew@harbor.example\">crew@harbor.example</a>",
        "<a href=\"desk.html\">Desk</a>",
        "<a href=\"../touchpoints/hotline.html\">Hotline</a>",
        "<a href=\"../metrics/there.html\">There</a>",
        "<a href=\"../maps/buying.html#ring\">Rings (Buying)</a>",
    ] {
        assert!(crew.contains(said), "`{said}` is not in\n{crew}");
    }
    assert!(!crew.contains("#ask") && !crew.contains("#go"), "another stage has an owner, another step nobody: {crew}");
    let desk = read(&site, "teams/desk.html");
    for said in ["Shop (Buying)", "Asks (Buying)", "<dd>Ring the bell</dd>", "<a href=\"crew.html\">Crew</a>"] {
        assert!(desk.contains(said), "`{said}` is not in\n{desk}");
    }
    let nobody = read(&site, "teams/nobody.html");
    assert!(nobody.contains("Nothing is due.") && nobody.contains("Owns nothing yet"), "{nobody}");
}

#[test]
fn the_list_of_teams_counts() {
    let page = read(&site("en"), "teams/index.html");
    let row =
        |name: &str| page.split(&format!("{name}.html\">")).nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    assert!(row("crew").contains("1 moment of truth, 1 touchpoint, 2 opportunities, 2 metrics"), "{}", row("crew"));
    assert!(row("crew").contains("<td>1</td>") && row("crew").contains("2 are overdue"), "{}", row("crew"));
    let desk = page.split("desk.html\">Desk").nth(1).unwrap().split("</tr>").next().unwrap();
    // One at its own stage, and one at a step of its map that nobody else answers for.
    assert!(desk.contains("1 map, 1 stage, 2 moments of truth") && desk.contains("Part of"), "{desk}");
}

#[test]
fn teams_speak_chinese() {
    let page = read(&site("zh-CN"), "teams/crew.html");
    for said in ["近期到期事项", "2 项已逾期", "待完成", "评审", "下属团队", "关键时刻"] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
}
