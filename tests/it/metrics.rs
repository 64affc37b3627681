//! Metrics: the drawing over time, how far a figure has come, and every reading.

use journeybook::compile::compile;
use journeybook::model::{Better, Date};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::chart::{self, HEIGHT, Series};
use journeybook::views::metric::{reached, way};
use proptest::prelude::*;

fn day(number: u32) -> Date {
    // 28 days in every month, so that any number is a day.
    let (month, day) = (number / 28, number % 28 + 1);
    Date::parse(&format!("{:04}-{:02}-{day:02}", 2000 + month / 12, month % 12 + 1)).unwrap()
}

fn series(readings: &[(Date, f64)]) -> Series<'_> {
    Series { readings, baseline: None, target: None, target_date: None }
}

fn figures() -> impl Strategy<Value = Vec<(u32, f64)>> {
    prop::collection::btree_map(0_u32..9000, prop_oneof![-100.0..100.0, -1e12..1e12, Just(5.0)], 1..60)
        .prop_map(|map| map.into_iter().collect())
}

proptest! {
    #[test]
    fn every_point_is_inside_and_in_order(
        figures in figures(),
        target in prop::option::of(-1e6..1e6),
        baseline in prop::option::of(-1e6..1e6),
        date in prop::option::of(0_u32..12_000),
    ) {
        let readings: Vec<(Date, f64)> = figures.iter().map(|&(number, value)| (day(number), value)).collect();
        let all = Series { readings: &readings, baseline, target, target_date: date.map(day) };
        let chart = chart::chart(&all).unwrap();
        let inside = |&(x, y): &(f64, f64)| (0.0..=1.0).contains(&x) && (0.0..=HEIGHT).contains(&y);
        prop_assert!(chart.points.iter().all(inside), "{chart:?}");
        prop_assert!(chart.points.windows(2).all(|pair| pair[0].0 < pair[1].0), "time goes on: {chart:?}");
        prop_assert_eq!(chart.points.len(), readings.len());
        for (one, point) in readings.iter().zip(&chart.points) {
            for (other, place) in readings.iter().zip(&chart.points) {
                prop_assert!(one.1 <= other.1 || point.1 <= place.1, "more is higher: {chart:?}");
            }
        }
        for y in [chart.target_y, chart.baseline_y].into_iter().flatten() {
            prop_assert!((0.0..=HEIGHT).contains(&y), "{chart:?}");
        }
        prop_assert!(chart.ticks.len() >= 2 && chart.ticks.len() <= 8, "{:?}", chart.ticks);
        prop_assert!(chart.ticks.windows(2).all(|pair| pair[0].0 > pair[1].0 && pair[0].1 < pair[1].1));
        prop_assert!(!chart.dates.is_empty() && chart.dates.len() <= 5, "{:?}", chart.dates);
        prop_assert!(chart.dates.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
    }
}

#[test]
fn time_is_true() {
    let readings = [(day(0), 1.0), (day(1), 2.0), (day(10), 3.0)];
    let points = chart::chart(&series(&readings)).unwrap().points;
    let (near, far) = (points[1].0 - points[0].0, points[2].0 - points[1].0);
    assert!((far / near - 9.0).abs() < 1e-6, "{near} and {far}");
}

#[test]
fn a_lone_reading_stands_in_the_middle_and_equal_ones_on_a_line() {
    let lone = chart::chart(&series(&[(day(5), 71.0)])).unwrap();
    assert!((lone.points[0].0 - 0.5).abs() < 0.01 && lone.dates.len() == 1, "{lone:?}");
    let equal = chart::chart(&series(&[(day(0), 0.0), (day(1), 0.0)])).unwrap();
    assert!(equal.points[0].1 == equal.points[1].1 && equal.ticks.iter().all(|tick| tick.0 >= 0.0), "{equal:?}");
    assert!(chart::chart(&series(&[])).is_none() && chart::trend(&series(&[(day(0), 1.0)]), 40.0).is_none());
}

#[test]
fn a_target_far_outside_is_still_drawn() {
    let readings = [(day(0), 10.0), (day(30), 11.0)];
    let chart = chart::chart(&Series { target: Some(90.0), target_date: Some(day(400)), ..series(&readings) }).unwrap();
    assert!(chart.target_y.unwrap() < chart.points[1].1 && chart.target_x.unwrap() > chart.points[1].0);
    let before = chart::chart(&Series { target: Some(-90.0), target_date: Some(day(400)), ..series(&readings) });
    assert!(before.unwrap().target_y.unwrap() > chart.points[0].1);
}

#[test]
fn very_many_readings_keep_their_highest_and_lowest() {
    let wave = |number: u32| if number == 4321 { 99.0 } else { f64::from(number % 7) };
    let readings: Vec<(Date, f64)> = (0..9000).map(|number| (day(number), wave(number))).collect();
    let chart = chart::chart(&series(&readings)).unwrap();
    assert!(chart.points.len() <= 500, "{}", chart.points.len());
    let top = chart.points.iter().map(|point| point.1).min_by(f64::total_cmp).unwrap();
    assert!(chart.points.iter().filter(|point| point.1 == top).count() == 1);
    assert!(chart.points.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn how_far_and_whether_there() {
    assert_eq!(way(62.0, 85.0, 85.0), Some(1.0));
    assert_eq!(way(17.0, 7.0, 12.0), Some(0.5), "down is the way if the target is below");
    assert_eq!(way(17.0, 7.0, 18.0), Some(-0.1));
    assert_eq!(way(5.0, 5.0, 5.0), None);
    assert!(reached(Better::Lower, 7.0, 7.0) && !reached(Better::Lower, 7.5, 7.0) && reached(Better::Higher, 8.0, 7.0));
}

fn site(language: &str, metric: &str, csv: &str) -> Site {
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    let files = [
        ("handbook.yaml", settings.as_str()),
        ("metrics/wait.yaml", metric),
        ("metrics/wait.csv", csv),
        ("opportunities/faster.yaml", "title: Faster\nimpact: 3\neffort: 2\nstatus: idea\nmetrics: [wait]\n"),
        (
            "maps/buying.yaml",
            "title: Buying\nkind: current-state\nstages:\n  - { id: shop, title: Shop, metrics: [wait], steps: [{ id: ask, action: Asks, feels: -1, metrics: [wait] }] }\n",
        ),
    ];
    let files =
        files.map(|(path, text)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec()));
    compile(&Sources::new(files.into())).0
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

const WAIT: &str = "title: Wait\nkind: duration\nunit: minutes\nbetter: lower\ndefinition: Minutes\nbaseline: 20\ntarget: 10\ntarget-date: 2026-12-31\n";
const CSV: &str = "date,value,note\n2026-01-31,20,\n2026-02-28,21,Two ill\n2026-03-31,16.5,\n";

#[test]
fn a_metric_is_told_in_words() {
    let page = read(&site("en", WAIT, CSV), "metrics/wait.html");
    for said in [
        "role=\"img\" aria-label=\"Wait: from 20 on 31\u{a0}Jan 2026 to 16.5 on 31\u{a0}Mar 2026; highest 21, lowest 16.5. Target 10 by 31\u{a0}Dec 2026.\"",
        "35% of the way from 20 to 10",
        "<td class=\"jb-align-right\">16.5</td><td>\u{2212}4.5, better</td>",
        "<td class=\"jb-align-right\">21</td><td>+1, worse</td><td>Two ill</td>",
        "Target 10",
        "Baseline 20",
        "lower is better",
        "<a href=\"../maps/buying.html#ask\">Asks</a>",
        "Buying, the whole stage",
        "<a href=\"../opportunities/faster.html\">Faster</a>",
    ] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
    let newest = page.find("31\u{a0}Mar 2026</time></th>").unwrap();
    assert!(newest < page.find("31\u{a0}Jan 2026</time></th>").unwrap(), "newest first");
    let register = read(&site("en", WAIT, CSV), "metrics/index.html");
    assert!(register.contains("16.5 → 10") && register.contains("jb-trend"), "{register}");
}

#[test]
fn a_metric_speaks_chinese() {
    let page = read(&site("zh-CN", WAIT, CSV), "metrics/wait.html");
    for said in ["最高 21，最低 16.5。", "已走完 35%", "改善", "基线 20", "越低越好"] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
}

#[test]
fn a_metric_without_readings_has_no_drawing() {
    let page = read(&site("en", WAIT, "date,value\n"), "metrics/wait.html");
    assert!(!page.contains("jb-chart") && page.contains("Nothing has been measured yet."), "{page}");
    assert!(page.contains("0% of the way"), "the baseline stands in for today: {page}");
}

#[test]
fn many_readings_stand_on_several_pages() {
    let mut csv = "date,value\n".to_owned();
    for number in 0..1000 {
        csv.push_str(&format!("{},{}\n", day(number), number % 9));
    }
    let site = site("en", WAIT, &csv);
    let pages =
        ["metrics/wait.html", "metrics/wait/all/2.html", "metrics/wait/all/3.html"].map(|path| read(&site, path));
    assert!(pages.iter().all(|page| page.len() < 300_000));
    assert_eq!(pages.iter().map(|page| page.matches("<th scope=\"row\"><time").count()).sum::<usize>(), 1000);
    assert!(pages[0].contains("jb-chart") && !pages[1].contains("jb-chart"));
}
