//! The opportunity board: what answers which pain, what is late, what is missing, and what worked before.

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::board::quadrant;

fn site(language: &str, more: &[(&str, &str)]) -> Site {
    let settings = format!(
        "title: Harbor\nlanguages: [{language}]\nstage-sets: {{ line: [{{ id: shop, title: Shop }}, {{ id: door, title: Door }}] }}\n"
    );
    let mut files = vec![("handbook.yaml", settings.as_str())];
    files.extend(HANDBOOK);
    files.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    files.extend(more);
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    compile(&Sources::new(files.iter().map(file).collect())).0
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

fn holds(html: &str, all: &[&str]) {
    for said in all {
        assert!(html.contains(said), "`{said}` is not in\n{html}");
    }
}

/// What stands between two texts.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let rest = html.split_once(from).unwrap_or_else(|| panic!("`{from}` is not in\n{html}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("`{to}` is not in\n{rest}")).0
}

const HANDBOOK: [(&str, &str); 11] = [
    ("teams.yaml", "crew: { title: Crew }\ndesk: { title: Desk }\n"),
    ("channels.yaml", "phone: { title: Phone }\n"),
    ("touchpoints/hotline.md", "---\ntitle: Hotline\nchannel: phone\nkind: human\nstatus: live\n---\n"),
    ("metrics/wait.yaml", "title: Wait\nkind: duration\nunit: minutes\nbetter: lower\ndefinition: d\ntarget: 5\n"),
    ("metrics/wait.csv", "date,value\n2026-01-31,20\n2026-02-28,18\n2026-03-31,12\n"),
    (
        "opportunities/callback.yaml",
        "title: Call back\nimpact: 5\neffort: 2\nstatus: doing\nowner: desk\ndue: 2026-10-31\nmetrics: [wait]\n",
    ),
    (
        "opportunities/robot.yaml",
        "title: A robot\nimpact: 4\neffort: 5\nstatus: idea\ndue: 2026-11\n",
    ),
    (
        "opportunities/queue.yaml",
        "title: One queue\nimpact: 2\neffort: 1\nstatus: done\nowner: crew\ndone: 2026-02-28\noutcome: Shorter by a third.\nmetrics: [wait]\n",
    ),
    ("opportunities/lost.yaml", "title: Lost\nimpact: 1\neffort: 4\nstatus: dropped\ndue: 2026-01-01\n"),
    (
        "maps/buying.yaml",
        "title: Buying\nkind: current-state\nstage-set: line\nreviewed: 2026-11-16\nstages:
  - id: shop
    steps:
      - { id: call, action: Calls, touchpoint: hotline, feels: -1.5, feeling: cross, opportunities: [callback], pains: [{ text: On hold, severity: high }, { text: No reply, opportunities: [robot] }] }
  - id: door
    steps:
      - { id: wait, action: Waits, feels: -2, pains: [Too narrow], opportunities: [] }
      - { id: sign, action: Signs, opportunities: [queue] }\n",
    ),
    (
        "maps/behind.yaml",
        "title: Behind\nkind: service-blueprint\nfail-points: [{ id: late, title: Late van, opportunities: [robot] }]\nstages:
  - { id: day, title: Day, steps: [{ id: opens, action: Opens, frontstage: { text: Crew, fails: [late] } }] }\n",
    ),
];

#[test]
fn a_pain_is_answered_by_its_own_or_else_by_its_steps() {
    let site = site("en", &[]);
    let callback = read(&site, "opportunities/callback.html");
    let pains = between(&callback, "id=\"pains\"", "</section>");
    holds(
        pains,
        &["On hold", "High", "<a href=\"../maps/buying.html#call\">Calls</a>", "Buying · Shop", "−1.5", "cross"],
    );
    assert!(!pains.contains("No reply"), "it names an answer of its own: {pains}");
    let robot = read(&site, "opportunities/robot.html");
    let pains = between(&robot, "id=\"pains\"", "</section>");
    holds(pains, &["No reply", "Late van", "Fail point", "../maps/behind.html#opens"]);
    assert!(!robot.contains("id=\"steps\""), "every step is told with its pain: {robot}");
}

#[test]
fn the_grid_holds_what_is_open() {
    let page = read(&site("en", &[]), "opportunities/index.html");
    let grid = between(&page, "jb-impact-grid", "</table>");
    let cell = between(grid, "data-quadrant=\"big-bet\"><span class=\"jb-visually-hidden\">", "</td>");
    holds(cell, &["Big bet", "A robot"]);
    holds(grid, &["Quick win", "Fill-in", "Not now", "Call back", "Impact 5", "Effort 1"]);
    assert!(!grid.contains("One queue") && !grid.contains("Lost"), "{grid}");
    for (impact, effort, name) in [(4, 3, "quick-win"), (4, 4, "big-bet"), (3, 3, "fill-in"), (3, 4, "not-now")] {
        assert_eq!(quadrant(impact, effort), name);
    }
}

#[test]
fn what_is_late_is_said_in_words() {
    let page = read(&site("en", &[]), "opportunities/index.html");
    let row = |name: &str| {
        between(between(&page, "id=\"doing\"", "jb-footer"), &format!("{name}.html\">"), "</tr>").to_owned()
    };
    holds(
        &row("callback"),
        &["31\u{a0}Oct 2026", "Overdue", "On hold", "12 → 5", "impact 5 of 5, effort 2 of 5: Quick win"],
    );
    assert!(!row("robot").contains("Overdue"), "a month is over when it is over: {}", row("robot"));
    assert!(!row("lost").contains("Overdue"), "what is dropped is not late: {}", row("lost"));
    let order = ["doing", "idea", "done", "dropped"].map(|status| page.find(&format!("<h2 id=\"{status}\">")).unwrap());
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn what_was_done_shows_before_and_after() {
    let site_of = |metric: &str| site("en", &[("metrics/wait.yaml", metric)]);
    let page = |metric: &str| read(&site_of(metric), "opportunities/queue.html");
    holds(
        &page(HANDBOOK[3].1),
        &["18 (28\u{a0}Feb 2026) → 12 (31\u{a0}Mar 2026): better by 6", "Shorter by a third.", "Before and after"],
    );
    holds(&page("title: Wait\nkind: count\ndefinition: d\n"), &["worse by 6"]);
    let moved = |csv: &str| read(&site("en", &[("metrics/wait.csv", csv)]), "opportunities/queue.html");
    holds(&moved("date,value\n2026-02-01,18\n"), &["18 (1\u{a0}Feb 2026); no reading since"]);
    holds(&moved("date,value\n2026-03-01,18\n"), &["Nothing was measured by that day."]);
    holds(&moved("date,value\n2026-02-28,18\n2026-03-01,18\n"), &["unchanged"]);
}

#[test]
fn what_worked_before_stands_on_what_is_open() {
    let site = site("en", &[]);
    let worked = read(&site, "opportunities/callback.html");
    let worked = between(&worked, "id=\"worked\"", "</section>");
    holds(worked, &["One queue", "Shorter by a third.", "better by 6", "<a href=\"../metrics/wait.html\">Wait</a>"]);
    assert!(!worked.contains("Door"), "the stage is another: {worked}");
    assert!(
        !read(&site, "opportunities/queue.html").contains("id=\"worked\""),
        "nothing is to be learned for what is done"
    );
    assert!(!read(&site, "opportunities/robot.html").contains("id=\"worked\""), "nothing is shared");
}

#[test]
fn stages_of_one_set_are_the_same_on_every_map() {
    let other = "title: Again\nkind: current-state\nstage-set: line\nstages: [{ id: door, steps: [{ id: ring, action: Rings, pains: [Bell], opportunities: [robot] }] }]\n";
    let alone = other.replace("stage-set: line\n", "").replace("id: door,", "id: door, title: Door,");
    let page = read(&site("en", &[("maps/again.yaml", other)]), "opportunities/robot.html");
    let worked = between(&page, "id=\"worked\"", "</section>");
    holds(worked, &["One queue", ">Door</a>"]);
    let page = read(&site("en", &[("maps/again.yaml", &alone)]), "opportunities/robot.html");
    assert!(!page.contains("id=\"worked\""), "{page}");
}

#[test]
fn gaps_are_listed_on_both_sides() {
    let page = read(&site("en", &[]), "opportunities/by/gaps.html");
    let pains = between(&page, "id=\"pains\"", "</section>");
    holds(pains, &["1 pain of today has no opportunity.", "Too narrow", "../../maps/buying.html#wait"]);
    assert!(!pains.contains("On hold") && !pains.contains("Late van"), "{pains}");
    let idle = between(&page, "id=\"idle\"", "</section>");
    holds(idle, &["2 opportunities answer no pain on any map.", "Lost", "One queue"]);
    assert!(!idle.contains("A robot"), "{idle}");
}

#[test]
fn the_board_is_seen_by_team_and_by_map() {
    let site = site("en", &[]);
    let teams = read(&site, "opportunities/by/team.html");
    let order = ["id=\"team-crew\"", "id=\"team-desk\"", "id=\"no-team\""].map(|id| teams.find(id).unwrap());
    assert!(order.is_sorted(), "{order:?}");
    holds(&teams, &["<a href=\"../../teams/desk.html\">Desk</a>", "Nobody owns it yet"]);
    let maps = read(&site, "opportunities/by/map.html");
    let behind = between(&maps, "id=\"map-behind\"", "</section>");
    assert!(behind.contains("A robot") && !behind.contains("Call back"), "{behind}");
    holds(between(&maps, "id=\"map-buying\"", "</section>"), &["Call back", "A robot", "One queue"]);
    holds(&teams, &["aria-current=\"page\">By team</a>"]);
}

#[test]
fn under_a_map_an_opportunity_stands_with_what_it_answers_there() {
    let map = |name: &str, pains: &str| {
        let step = format!("{{ id: s, action: Does, pains: [{pains}], opportunities: [robot] }}");
        (
            format!("maps/{name}.yaml"),
            format!("title: {name}\nkind: current-state\nstages: [{{ id: a, title: A, steps: [{step}] }}]\n"),
        )
    };
    let maps = [map("first", "Aches, Burns, Chafes, Drips"), map("second", "Errs"), map("third", "")];
    let site = site("en", &maps.each_ref().map(|(path, text)| (path.as_str(), text.as_str())));
    let page = read(&site, "opportunities/by/map.html");
    let under = |map: &str| between(&page, &format!("id=\"map-{map}\""), "</section>").to_owned();
    holds(&under("first"), &["Aches", "Burns", "Chafes", "and 1 more"]);
    holds(&under("second"), &["Errs"]);
    assert!(!under("second").contains("Aches") && !under("second").contains("more</a>"), "{}", under("second"));
    // What answers nothing there is told by what it answers elsewhere.
    assert!(under("third").contains("A robot") && under("third").contains(" more</a>"), "{}", under("third"));
}

#[test]
fn an_item_cannot_take_the_place_of_a_view() {
    let named = [("opportunities/by.yaml", "title: By\nimpact: 1\neffort: 1\nstatus: idea\n")];
    let site = site("en", &named);
    holds(&read(&site, "opportunities/by.html"), &["<h1>By</h1>"]);
    holds(&read(&site, "opportunities/by/team.html"), &["Opportunities by team"]);
}

#[test]
fn a_long_board_is_split_and_every_row_stands_once() {
    let many: Vec<(String, String)> = (0..300)
        .map(|number| {
            let status = ["idea", "planned", "doing", "done", "dropped"][number % 5];
            let text = format!("title: Chance {number}\nimpact: 5\neffort: 1\nstatus: {status}\n");
            (format!("opportunities/c{number}.yaml"), text)
        })
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = site("en", &many);
    for view in ["opportunities/index.html", "opportunities/by/team.html"] {
        let folder = view.strip_suffix("index.html").map_or_else(|| view.replace(".html", "/"), str::to_owned);
        let pages: Vec<String> = [view.to_owned()]
            .into_iter()
            .chain((2..=6).map(|part| format!("{folder}all/{part}.html")))
            .map(|path| read(&site, &path))
            .collect();
        assert!(pages.iter().all(|page| page.len() < 300_000));
        for number in 0..300 {
            let rows = |page: &String| {
                page.split("<th scope=\"row\"><a href=\"")
                    .skip(1)
                    .filter(|row| row.contains(&format!(">Chance {number}</a>")))
                    .count()
            };
            assert_eq!(pages.iter().map(rows).sum::<usize>(), 1, "chance {number} on {view}");
        }
    }
    let grid = read(&site, "opportunities/index.html");
    assert!(between(&grid, "jb-impact-grid", "</table>").contains("and 174 more"), "the cell is cut, and says so");
}

#[test]
fn the_board_speaks_chinese() {
    let site = site("zh-CN", &[]);
    holds(&read(&site, "opportunities/index.html"), &["速赢", "重点攻坚", "已逾期", "应对的痛点"]);
    holds(&read(&site, "opportunities/queue.html"), &["改善 6", "前后对比", "成效"]);
    holds(&read(&site, "opportunities/callback.html"), &["以前做过什么，效果如何", "共同之处"]);
}
