//! The curve of feelings: what must hold for every journey, and one drawing in full.

use expect_test::expect;
use journeybook::model::Feeling;
use journeybook::views::curve::{Curve, Glimpse, Point, Room, draw, positions, sparkline};
use journeybook::views::digits;
use proptest::prelude::*;

use crate::drawing::{on, runs, share};

/// A moment without a place: its stage's length tells where it stands.
#[derive(Debug, Clone)]
struct Felt {
    hundredths: i32,
    label: String,
    word: Option<String>,
    truth: bool,
    gap: bool,
}

/// Stages with their moments.
type Journey = Vec<Vec<Felt>>;

fn felt() -> impl Strategy<Value = Felt> {
    let label = prop_oneof![
        "[A-Za-z0-9]{1,9}( [a-z0-9,—]{1,9}){0,5}",
        "[一-龥]{1,12}(，[一-龥]{1,12}){0,2}",
        "[一-龥]{1,5} ?[a-zA-Z0-9]{1,6} ?[一-龥]{0,6}",
        "[a-z]{20,40}",
        Just(String::new()),
    ];
    let word = prop::option::of(prop_oneof!["[a-z]{1,14}", "[一-龥]{1,4}"]);
    let hundredths = prop_oneof![(-2..=2).prop_map(|whole| whole * 100), -200..=200];
    let flags = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (hundredths, label, word, flags).prop_map(|(hundredths, label, word, (truth, gap))| Felt {
        hundredths,
        label,
        word,
        truth,
        gap,
    })
}

fn journey() -> impl Strategy<Value = Journey> {
    prop::collection::vec(prop::collection::vec(felt(), 0..6), 1..9)
}

fn frame() -> impl Strategy<Value = fn(usize) -> Room> {
    prop_oneof![Just(Room::map as fn(usize) -> Room), Just(Room::home as _), Just(Room::excerpt as _)]
}

fn points(journey: &Journey) -> Vec<Point<'_>> {
    let stages = journey.iter().enumerate();
    stages
        .flat_map(|(stage, moments)| {
            moments.iter().zip(positions(moments.len())).map(move |(felt, x)| Point {
                stage,
                x,
                feeling: feeling(f64::from(felt.hundredths) / 100.0),
                label: &felt.label,
                word: felt.word.as_deref(),
                moment_of_truth: felt.truth,
                hot: stage == 1,
                after_gap: felt.gap,
            })
        })
        .collect()
}

fn feeling(value: f64) -> Feeling {
    Feeling::new(value).expect("a feeling of the test is in range")
}

/// As a template gets it, an object a line.
fn json(drawing: &impl serde::Serialize) -> String {
    serde_json::to_string(drawing).expect("a drawing is JSON").replace("{", "\n{") + "\n"
}

fn of_values(values: &[f64]) -> Curve {
    let at = |(index, &value): (usize, &f64)| Point {
        stage: index,
        x: 0.5,
        feeling: feeling(value),
        label: "Waits",
        word: None,
        moment_of_truth: false,
        hot: false,
        after_gap: false,
    };
    let points: Vec<Point> = values.iter().enumerate().map(at).collect();
    draw(&points, &Room::map(values.len()), "Moment of truth")
}

/// A lone moment's words as they are drawn, and how wide they are thought to be, in pixels.
fn captioned(label: &str, word: &str) -> (Vec<String>, Option<String>, f64) {
    let point = Point {
        stage: 1,
        x: 0.5,
        feeling: feeling(0.0),
        label,
        word: Some(word),
        moment_of_truth: false,
        hot: false,
        after_gap: false,
    };
    let mut curve = draw(&[point], &Room::map(3), "Moment of truth");
    let label = curve.marks.remove(0).label;
    label.map_or((Vec::new(), None, 0.0), |label| (label.lines, label.word, label.bounds.right - label.bounds.left))
}

/// What labels cover in a drawing whose width is `scale` times its narrowest: left, top, right, bottom.
fn boxes(curve: &Curve, frame: &Room, scale: f64) -> Vec<[f64; 4]> {
    let labels = curve.marks.iter().filter_map(|mark| Some((mark, mark.label.as_ref()?)));
    labels
        .map(|(mark, label)| {
            let x = share(&mark.x) * frame.narrowest * scale;
            let b = label.bounds;
            [x + b.left, mark.y + b.top, x + b.right, mark.y + b.bottom]
        })
        .collect()
}

proptest! {
    #[test]
    fn the_line_goes_through_every_moment_and_nowhere_else(journey in journey(), frame in frame()) {
        let points = points(&journey);
        let frame = frame(journey.len());
        let curve = draw(&points, &frame, "Moment of truth");
        prop_assert_eq!(curve.marks.len(), points.len());
        // Between two moments there is a piece if and only if there is no gap.
        let joined = (1..points.len()).filter(|&at| !points[at].after_gap).map(|at| &curve.marks[at - 1..=at]);
        let runs = runs(&curve.line);
        prop_assert!(runs.iter().all(|run| !run.is_empty()), "a run without a line: {}", curve.line);
        let pieces: Vec<_> = runs.concat();
        prop_assert_eq!(pieces.len(), joined.clone().count());
        for (piece, marks) in pieces.iter().zip(joined) {
            for (end, mark) in [piece[0], piece[3]].iter().zip(marks) {
                prop_assert_eq!(end[1], mark.y);
                prop_assert!((share(&mark.x) * curve.width - end[0]).abs() <= curve.width / 2_000.0 + 1e-9);
            }
            let [low, high] = [piece[0][1].min(piece[3][1]), piece[0][1].max(piece[3][1])];
            let mut before = on(piece, 0.0);
            for step in 1..=32 {
                let now = on(piece, f64::from(step) / 32.0);
                prop_assert!(now[0] > before[0], "the curve never goes back in time");
                prop_assert!(now[1] >= low - 1e-9 && now[1] <= high + 1e-9, "nobody felt {}", now[1]);
                before = now;
            }
        }
    }

    #[test]
    fn what_stands_behind_a_gap_does_not_bend_the_line(journey in journey(), cut in 0_usize..20) {
        let mut points = points(&journey);
        let cut = cut.min(points.len());
        if let Some(point) = points.get_mut(cut) {
            point.after_gap = true;
        }
        let frame = Room::map(journey.len());
        let line = |points: &[Point]| draw(points, &frame, "").line;
        prop_assert_eq!(line(&points), line(&points[..cut]) + &line(&points[cut..]));
        let area = draw(&points, &frame, "").area;
        prop_assert_eq!(area.matches('z').count(), line(&points).matches('M').count());
        let glimpses: Vec<Glimpse> = (points.iter())
            .map(|point| Glimpse {
                x: (point.stage as f64 + point.x) / journey.len() as f64,
                feeling: point.feeling,
                after_gap: point.after_gap,
            })
            .collect();
        let spark = |glimpses: &[Glimpse]| sparkline(glimpses, journey.len(), 56.0).line;
        prop_assert_eq!(spark(&glimpses), spark(&glimpses[..cut]) + &spark(&glimpses[cut..]));
    }

    #[test]
    fn equal_feelings_are_a_level_line(value in -2.0..=2.0, count in 2_usize..9) {
        let curve = of_values(&vec![value; count]);
        for piece in runs(&curve.line).concat() {
            prop_assert!(piece.iter().all(|place| place[1] == curve.marks[0].y));
        }
    }

    #[test]
    fn labels_stand_inside_and_apart_at_every_width(journey in journey(), frame in frame(), scale in 1.0..3.0) {
        let frame = frame(journey.len());
        let curve = draw(&points(&journey), &frame, "Moment of truth");
        // A percentage has two decimals: that is the slack.
        let slack = frame.narrowest * scale / 10_000.0;
        let boxes = boxes(&curve, &frame, scale);
        for (at, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= -slack && a[2] <= frame.narrowest * scale + slack, "{a:?} is outside");
            prop_assert!(a[1] >= 0.0 && a[3] <= frame.height, "{a:?} is outside");
            for b in &boxes[at + 1..] {
                let apart = a[2] <= b[0] + slack || b[2] <= a[0] + slack || a[3] <= b[1] || b[3] <= a[1];
                prop_assert!(apart, "{a:?} overlaps {b:?}");
            }
            for mark in &curve.marks {
                prop_assert!((0.0..=frame.height).contains(&mark.y), "{mark:?} is outside");
                let x = mark.x.trim_end_matches('%').parse::<f64>().expect("a percentage") / 100.0 * frame.narrowest * scale;
                let covered = a[0] + slack < x && x < a[2] - slack && a[1] < mark.y && mark.y < a[3];
                prop_assert!(!covered, "{a:?} covers the face at {x}, {}", mark.y);
            }
        }
    }

    #[test]
    fn the_same_journey_is_the_same_drawing(journey in journey()) {
        let points = points(&journey);
        let frame = Room::map(journey.len());
        prop_assert_eq!(draw(&points, &frame, "关键时刻"), draw(&points, &frame, "关键时刻"));
    }

    #[test]
    fn words_may_be_anything(label in any::<String>(), word in any::<String>(), x in any::<f64>(), stage in 0_usize..9) {
        let one = Point {
            stage, x, feeling: feeling(1.0), label: &label, word: Some(&word), moment_of_truth: true, hot: false,
            after_gap: false,
        };
        let curve = draw(&[one, Point { x: 0.2, ..one }], &Room::map(3), &word);
        prop_assert!(!curve.line.contains("NaN"));
        let (lines, word, width) = captioned(&label, &word);
        prop_assert!(lines.len() <= 2 && width < 126.0, "{lines:?} {word:?} {width}");
        prop_assert!(lines.iter().chain(&word).all(|line| !line.is_empty()), "{lines:?} {word:?}");
    }

    #[test]
    fn broken_lines_lose_nothing_that_fits(text in "[a-z]{1,8}( [a-z]{1,8}){0,2}|[一-龥]{1,8}，[一-龥]{1,8}") {
        let (lines, ..) = captioned(&text, "");
        prop_assert!(lines.len() <= 2);
        let joined = lines.join(if text.contains(' ') { " " } else { "" });
        prop_assert!(joined == text || lines.last().is_some_and(|line| line.ends_with('…')), "{lines:?}");
        prop_assert!(lines.iter().all(|line| !line.starts_with('，')));
    }
}

#[test]
fn one_moment_is_a_face_and_no_line() {
    let curve = of_values(&[1.0]);
    assert_eq!((curve.marks.len(), curve.line.as_str(), curve.area.as_str()), (1, "", ""));
    assert!(curve.marks[0].label.is_some());
}

#[test]
fn a_moment_between_two_gaps_is_a_face_and_no_line() {
    let values = [0.0, 1.0, -1.0, 2.0, 2.0];
    let points: Vec<Point> = (values.iter().enumerate())
        .map(|(stage, &value)| Point {
            stage,
            x: 0.5,
            feeling: feeling(value),
            label: "",
            word: None,
            moment_of_truth: false,
            hot: false,
            after_gap: stage == 2 || stage == 3,
        })
        .collect();
    let curve = draw(&points, &Room::map(5), "Moment of truth");
    assert_eq!(curve.marks.len(), 5);
    assert_eq!(curve.line, "M180 168c120-14 240-28 360-42M1260 84c120 0 240 0 360 0");
    assert_eq!(curve.area, "M180 168c120-14 240-28 360-42V168H180zM1260 84c120 0 240 0 360 0V168H1260z");
}

#[test]
fn no_moment_is_only_the_levels() {
    let curve = draw(&[], &Room::map(0), "Moment of truth");
    assert_eq!((curve.marks.len(), curve.width, curve.levels[2].y), (0, 360.0, 168.0));
    assert!(sparkline(&[], 7, 56.0).faces.is_empty());
}

#[test]
fn a_crowd_keeps_its_moments_of_truth_and_its_extremes() {
    let labels: Vec<String> = (0..40).map(|index| format!("Waits for answer {index}")).collect();
    let points: Vec<Point> = (labels.iter().enumerate())
        .map(|(index, label)| Point {
            stage: index / 8,
            x: ((index % 8) as f64 + 0.5) / 8.0,
            feeling: feeling(f64::from((index * 7 % 9) as i32 - 4) / 4.0 + if index == 20 { -1.0 } else { 0.0 }),
            label,
            word: Some("patient"),
            moment_of_truth: index == 11 || index == 33,
            hot: false,
            after_gap: false,
        })
        .collect();
    let curve = draw(&points, &Room::map(5), "Moment of truth");
    let labelled: Vec<usize> = (0..40).filter(|&at| curve.marks[at].label.is_some()).collect();
    let lowest = curve.marks.iter().position(|mark| curve.marks.iter().all(|other| other.y <= mark.y));
    assert!([Some(11), Some(33), lowest].iter().flatten().all(|at| labelled.contains(at)), "{labelled:?}");
    assert!(labelled.len() >= 8, "{labelled:?}");
}

#[test]
fn lines_are_broken_where_a_reader_would() {
    let texts = [
        "Waits",
        "Adviser sketches her bathroom",
        "Sends a friend — with a warning",
        "Picks a delivery slot from an SMS link and hopes it holds",
        "Donaudampfschifffahrtsgesellschaft",
        "门窄三厘米，机器退回",
        "比较三家门店的价格和评价",
        "收到短信：周三 8–12 点",
        "用手机App扫码登录后，才发现订单已经被系统自动取消了",
    ];
    let broken: Vec<String> = texts.iter().map(|text| captioned(text, "").0.join(" | ")).collect();
    expect![[r#"
        Waits
        Adviser sketches | her bathroom
        Sends a friend — | with a warning
        Picks a delivery | slot from an SMS…
        Donaudampfschifffa | hrtsgesellschaft
        门窄三厘米， | 机器退回
        比较三家门店 | 的价格和评价
        收到短信： | 周三 8–12 点
        用手机App扫码登录 | 后，才发现订单已…
    "#]]
    .assert_eq(&(broken.join("\n") + "\n"));
    let (_, word, _) = captioned("", "a feeling that needs far too many words");
    assert_eq!(word.as_deref(), Some("a feeling that…"));
}

#[test]
fn a_drawing_in_full() {
    let point = |stage, x, value, label, word, truth| Point {
        stage,
        x,
        feeling: feeling(value),
        label,
        word: Some(word),
        moment_of_truth: truth,
        hot: stage == 1,
        after_gap: false,
    };
    let points = [
        point(0, 0.3, -1.0, "Third launderette trip in a week", "fed up", false),
        point(0, 0.8, 1.0, "Colleague swears by hers", "hopeful", false),
        point(1, 0.5, -2.0, "Door too narrow, machine leaves", "humiliated", true),
    ];
    let curve = draw(&points, &Room::map(2), "Moment of truth");
    expect![[r#"

        {"width":720,"height":336,"zero_y":168,"high_y":84,"low_y":252,"levels":[
        {"face":2,"y":84},
        {"face":1,"y":126},
        {"face":0,"y":168},
        {"face":-1,"y":210},
        {"face":-2,"y":252}],"line":"M108 210c60-28 120-84 180-84 84 0 168 84 252 126","area":"M108 210c60-28 120-84 180-84 84 0 168 84 252 126V168H108z","marks":[
        {"x":"15%","y":210,"face":-1,"hot":false,"truth":false,"label":
        {"off":0,"y":24,"anchor":"start","lines":["Third launderette","trip in a week"],"word":"fed up","line_height":14,"pill":null}},
        {"x":"40%","y":126,"face":1,"hot":false,"truth":false,"label":
        {"off":0,"y":-44,"anchor":"middle","lines":["Colleague","swears by hers"],"word":"hopeful","line_height":14,"pill":null}},
        {"x":"75%","y":252,"face":-2,"hot":true,"truth":true,"label":
        {"off":0,"y":46,"anchor":"middle","lines":["Door too narrow,","machine leaves"],"word":"humiliated","line_height":14,"pill":
        {"x":-53,"y":18,"width":106,"text_x":0,"text_y":29,"text":"Moment of truth"}}}]}
    "#]]
    .assert_eq(&json(&curve));
}

proptest! {
    #[test]
    fn a_coordinate_is_as_short_as_its_grid_allows(
        number in prop_oneof![-100_000.0..100_000.0_f64, -1.0..1.0_f64, (-900..900).prop_map(|n| f64::from(n) / 8.0)],
    ) {
        let on_grid = |parts: f64| (number * parts).round() / parts + 0.0;
        let mut tenths = String::new();
        digits::tenths(&mut tenths, number);
        prop_assert_eq!(tenths, on_grid(10.0).to_string());
        let mut hundredths = Vec::new();
        digits::hundredths(&mut hundredths, number);
        prop_assert_eq!(String::from_utf8(hundredths).unwrap(), on_grid(100.0).to_string());
    }
}

#[test]
fn a_sparkline_has_a_face_at_its_first_highest_and_lowest_moment() {
    let values = [-1.0, 1.0, 0.0, 2.0, -2.0, 2.0];
    let moments: Vec<Glimpse> = (positions(values.len()).zip(values.map(feeling)))
        .map(|(x, feeling)| Glimpse { x, feeling, after_gap: false })
        .collect();
    let spark = sparkline(&moments, 3, 56.0);
    expect![[r#"

        {"width":200,"height":56,"zero_y":28,"stages":3,"ticks":"M1 25v6m1-6v6","line":"M16.7 37.5c11.1-6.3 22.2-19 33.3-19s22.2 9.5 33.3 9.5 22.3-19 33.4-19 22.2 38 33.3 38 22.2-25.3 33.3-38","faces":[
        {"x":"58.35%","y":9,"face":2},
        {"x":"75%","y":47,"face":-2}]}
    "#]].assert_eq(&json(&spark));
    assert_eq!(sparkline(&moments[..1], 3, 56.0).faces.len(), 1);
}
