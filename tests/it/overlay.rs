//! Several curves on one drawing: what must hold for any strands, and one drawing in full.

use expect_test::expect;
use journeybook::model::Feeling;
use journeybook::views::curve::{Point, Room, positions};
use journeybook::views::overlay::{Options, Overlay, Strand, draw};
use proptest::prelude::*;

use crate::drawing::{on, runs, share};

/// One person: a name, and for each step a feeling in quarters with a label, or nothing where the step is skipped.
type Person = (String, Vec<Option<(i8, String)>>);

const STAGES: usize = 4;
const STEPS: usize = 3;

fn person() -> impl Strategy<Value = Person> {
    let name =
        prop_oneof!["[A-Z][a-z]{2,9}( [A-Z][a-z]{2,12})?", "[一-龥]{2,7}", "[A-Za-z]{12,24}", Just(String::new())];
    let label = prop_oneof!["[A-Za-z]{1,9}( [a-z,—]{1,9}){0,5}", "[一-龥]{1,12}(，[一-龥]{1,8})?", Just(String::new())];
    // Few values, so that people often feel the same.
    let feeling = prop_oneof![Just(0_i8), Just(4), Just(-8), -8..=8_i8];
    let step = prop::option::weighted(0.8, (feeling, label));
    (name, prop::collection::vec(step, STAGES * STEPS))
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec(person(), 1..7)
}

fn frame() -> impl Strategy<Value = Room> {
    prop_oneof![Just(Room::map(STAGES)), Just(Room::home(STAGES)), Just(Room::excerpt(STAGES))]
}

fn strands(people: &[Person]) -> Vec<Strand<'_>> {
    let places: Vec<f64> = positions(STEPS).collect();
    people
        .iter()
        .map(|(name, steps)| {
            let mut strand = Strand { name, points: Vec::new() };
            let mut skipped = false;
            for (at, step) in steps.iter().enumerate() {
                let Some((quarters, label)) = step else {
                    skipped = true;
                    continue;
                };
                let after_gap = std::mem::take(&mut skipped) && !strand.points.is_empty();
                strand.points.push(Point {
                    stage: at / STEPS,
                    x: places[at % STEPS],
                    feeling: feeling(f64::from(*quarters) / 4.0),
                    label,
                    word: Some("calm"),
                    moment_of_truth: at == 5,
                    hot: at / STEPS == 1,
                    after_gap,
                });
            }
            strand
        })
        .collect()
}

fn feeling(value: f64) -> Feeling {
    Feeling::new(value).expect("a feeling of the test is in range")
}

/// What every label and every name covers in a drawing `scale` times its narrowest: left, top, right, bottom.
fn boxes(overlay: &Overlay, frame: &Room, scale: f64) -> Vec<[f64; 4]> {
    let width = frame.narrowest * scale;
    let mut boxes = Vec::new();
    for strand in &overlay.strands {
        for mark in strand.marks.iter().filter(|mark| !mark.covered).map(|mark| &mark.mark) {
            let Some(label) = &mark.label else { continue };
            let (x, b) = (share(&mark.x) * width, label.bounds);
            boxes.push([x + b.left, mark.y + b.top, x + b.right, mark.y + b.bottom]);
        }
        if let Some(end) = &strand.end {
            let (x, b) = (share(&end.x) * width, end.bounds);
            boxes.push([x + b.left, b.top, x + b.right, b.bottom]);
        }
    }
    boxes
}

proptest! {
    #[test]
    fn every_strand_goes_through_its_moments_and_nowhere_else(people in people(), frame in frame(), apart in 0.0..9.0) {
        let strands = strands(&people);
        let overlay = draw(&strands, &frame, &Options { apart, ..Options::default() });
        prop_assert_eq!(overlay.strands.len(), strands.len());
        for (strand, drawn) in strands.iter().zip(&overlay.strands) {
            prop_assert_eq!(drawn.marks.len(), strand.points.len());
            prop_assert!(drawn.offset.abs() <= 6.0);
            for (point, mark) in strand.points.iter().zip(&drawn.marks) {
                let exact = frame.top + (2.0 - point.feeling.value()) * frame.step;
                let lies = mark.mark.y - exact - if mark.meets > 1 { 0.0 } else { drawn.offset };
                prop_assert!(lies.abs() < 0.11, "{lies}");
            }
            // The moments each run joins, in order: those between two gaps.
            let mut expected: Vec<usize> = Vec::new();
            let gaps = strand.points.iter().enumerate().filter(|(_, point)| point.after_gap).map(|(at, _)| at);
            let bounds: Vec<usize> = [0].into_iter().chain(gaps).chain([strand.points.len()]).collect();
            for pair in bounds.windows(2).filter(|pair| pair[1] - pair[0] > 1) {
                expected.push(pair[0]);
            }
            let runs = runs(&drawn.line);
            prop_assert_eq!(runs.len(), expected.len());
            for (run, first) in runs.iter().zip(expected) {
                for (piece, at) in run.iter().zip(first..) {
                    for (end, point_at) in [(piece[0], at), (piece[3], at + 1)] {
                        let exact = frame.top + (2.0 - strand.points[point_at].feeling.value()) * frame.step;
                        prop_assert!((end[1] - exact - drawn.offset).abs() < 0.11);
                        prop_assert!((share(&drawn.marks[point_at].mark.x) * overlay.width - end[0]).abs() < 0.1);
                    }
                    let [low, high] = [piece[0][1].min(piece[3][1]), piece[0][1].max(piece[3][1])];
                    let mut before = on(piece, 0.0)[0];
                    for step in 1..=16 {
                        let now = on(piece, f64::from(step) / 16.0);
                        prop_assert!(now[0] > before && now[1] >= low - 1e-9 && now[1] <= high + 1e-9);
                        before = now[0];
                    }
                }
            }
        }
    }

    #[test]
    fn no_words_of_any_strand_overlap(people in people(), frame in frame(), scale in 1.0..3.0) {
        let overlay = draw(&strands(&people), &frame, &Options { truth: "Moment of truth", apart: 4.0, ..Options::default() });
        let slack = frame.narrowest * scale / 5_000.0;
        let boxes = boxes(&overlay, &frame, scale);
        for (at, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= -slack && a[2] <= frame.narrowest * scale + slack, "{a:?} is outside");
            prop_assert!(a[1] >= -0.1 && a[3] <= frame.height + 0.1, "{a:?} is outside");
            for b in &boxes[at + 1..] {
                let apart = a[2] <= b[0] + slack || b[2] <= a[0] + slack || a[3] <= b[1] + 0.15 || b[3] <= a[1] + 0.15;
                prop_assert!(apart, "{a:?} overlaps {b:?}");
            }
            for mark in overlay.strands.iter().flat_map(|strand| &strand.marks).filter(|mark| !mark.covered) {
                let x = share(&mark.mark.x) * frame.narrowest * scale;
                let y = mark.mark.y;
                prop_assert!(!(a[0] + slack < x && x < a[2] - slack && a[1] < y && y < a[3]), "{a:?} covers {x}, {y}");
            }
        }
    }

    #[test]
    fn where_strands_meet_one_face_stands_for_all(people in people()) {
        let overlay = draw(&strands(&people), &Room::map(STAGES), &Options { apart: 5.0, hollow: Some(0), ..Options::default() });
        let marks: Vec<_> = overlay.strands.iter().flat_map(|strand| &strand.marks).collect();
        for mark in &marks {
            let here: Vec<_> = marks.iter().filter(|other| other.meets > 1 && mark.meets > 1 && other.mark.x == mark.mark.x && other.mark.y == mark.mark.y).collect();
            prop_assert!(mark.meets == 1 && !mark.covered || here.len() == mark.meets && here.iter().filter(|other| !other.covered).count() == 1);
            // A hollow point only stands where nobody else is.
            prop_assert!(mark.meets == 1 || !mark.hollow || mark.covered);
        }
    }

    #[test]
    fn every_named_strand_has_its_name_at_the_end(people in people()) {
        let strands = strands(&people);
        let overlay = draw(&strands, &Room::map(STAGES), &Options::default());
        for (strand, drawn) in strands.iter().zip(&overlay.strands) {
            prop_assert_eq!(drawn.end.is_some(), !strand.name.is_empty() && !strand.points.is_empty());
            prop_assert!(drawn.end.iter().all(|end| (1..=2).contains(&end.lines.len())));
        }
    }
}

fn line<'a>(name: &'a str, values: &[f64]) -> Strand<'a> {
    let point = |(stage, &value): (usize, &f64)| Point {
        stage,
        x: 0.5,
        feeling: feeling(value),
        label: "Waits",
        word: None,
        moment_of_truth: false,
        hot: false,
        after_gap: false,
    };
    Strand { name, points: values.iter().enumerate().map(point).collect() }
}

#[test]
fn two_strands_in_full() {
    let strands = [line("today", &[-1.0, -2.0, 1.0]), line("2027", &[-1.0, 1.0, 1.0])];
    let options = Options {
        truth: "Moment of truth",
        apart: 0.0,
        hollow: Some(0),
        gain: true,
        risers: &[(0, 0), (1, 1), (7, 1)],
    };
    let overlay = draw(&strands, &Room::map(3), &options);
    let json = serde_json::to_string(&overlay).expect("a drawing is JSON").replace("{", "\n{") + "\n";
    expect![[r#"

        {"width":1080,"height":336,"zero_y":168,"levels":[
        {"face":2,"y":84},
        {"face":1,"y":126},
        {"face":0,"y":168},
        {"face":-1,"y":210},
        {"face":-2,"y":252}],"strands":[
        {"index":0,"style":5,"name":"today","line":"M180 210c120 14 240 42 360 42 99.2 0 198.5-84 297.7-126","offset":0,"marks":[
        {"x":"16.67%","y":210,"face":-1,"hot":false,"truth":false,"label":null,"hollow":true,"covered":true,"meets":2},
        {"x":"50%","y":252,"face":-2,"hot":false,"truth":false,"label":
        {"off":0,"y":24,"anchor":"middle","lines":["Waits"],"word":null,"line_height":14,"pill":null},"hollow":true,"covered":false,"meets":1},
        {"x":"77.56%","y":126,"face":1,"hot":false,"truth":false,"label":null,"hollow":true,"covered":true,"meets":2}],"end":
        {"x":"92.68%","y":130,"lines":["today"],"line_height":14,"leader":
        {"x1":"77.56%","y1":126,"x2":"92.68%","y2":126}}},
        {"index":1,"style":1,"name":"2027","line":"M180 210c120-28 240-84 360-84 99.2 0 198.5 0 297.7 0","offset":0,"marks":[
        {"x":"16.67%","y":210,"face":-1,"hot":false,"truth":false,"label":
        {"off":0,"y":-16,"anchor":"middle","lines":["Waits"],"word":null,"line_height":14,"pill":null},"hollow":false,"covered":false,"meets":2},
        {"x":"50%","y":126,"face":1,"hot":false,"truth":false,"label":
        {"off":0,"y":-16,"anchor":"middle","lines":["Waits"],"word":null,"line_height":14,"pill":null},"hollow":false,"covered":false,"meets":1},
        {"x":"77.56%","y":126,"face":1,"hot":false,"truth":false,"label":
        {"off":0,"y":-16,"anchor":"middle","lines":["Waits"],"word":null,"line_height":14,"pill":null},"hollow":false,"covered":false,"meets":2}],"end":
        {"x":"92.68%","y":146,"lines":["2027"],"line_height":14,"leader":
        {"x1":"77.56%","y1":126,"x2":"92.68%","y2":142}}}],"gain":
        {"area":"M180 210c120 14 240 42 360 42 99.2 0 198.5-84 297.7-126L837.7 126c-99.2 0-198.5 0-297.7 0-120 0-240 56-360 84z","above":"M180 210c120 14 240 42 360 42 99.2 0 198.5-84 297.7-126V0H180z","below":"M180 210c120 14 240 42 360 42 99.2 0 198.5-84 297.7-126V336H180z"},"risers":[
        {"x1":"50%","y1":252,"x2":"50%","y2":126}]}
    "#]].assert_eq(&json);
}

#[test]
fn there_is_no_gain_where_only_one_is() {
    let mut late = line("late", &[0.0, 1.0, 1.0]);
    late.points.remove(0);
    let early = Strand { points: line("", &[0.0, 1.0]).points, ..line("early", &[]) };
    let options = Options { gain: true, ..Options::default() };
    let none =
        draw(&[early.clone(), Strand { points: late.points[1..].to_vec(), ..late.clone() }], &Room::map(3), &options);
    assert!(none.gain.is_none(), "one point is no line: {:?}", none.gain);
    assert!(draw(&[early.clone(), late.clone()], &Room::map(3), &options).gain.is_none(), "they only touch");
    assert!(
        draw(&[early.clone(), late.clone(), early], &Room::map(3), &options).gain.is_none(),
        "of three there is none"
    );
    let gain = draw(&[late, line("whole", &[2.0, 2.0, 2.0])], &Room::map(3), &options).gain.expect("both are there");
    assert!(gain.area.starts_with("M540 "), "it begins where the later one does: {}", gain.area);
}

#[test]
fn a_broken_line_bounds_an_area_for_each_run() {
    let mut broken = line("broken", &[0.0, 1.0, 0.0, 1.0]);
    broken.points[2].after_gap = true;
    let options = Options { gain: true, ..Options::default() };
    let gain = draw(&[broken, line("whole", &[2.0; 4])], &Room::map(4), &options).gain.expect("both are there");
    assert_eq!(gain.area.matches('z').count(), 2);
}

#[test]
fn no_strands_are_only_levels() {
    let overlay = draw(&[], &Room::map(0), &Options { gain: true, ..Options::default() });
    assert!(overlay.strands.is_empty() && overlay.gain.is_none());
    assert_eq!((overlay.width, overlay.zero_y, overlay.levels[0].y), (360.0, 168.0, 84.0));
}

#[test]
fn forty_names_leave_no_room_for_all_and_do_not_overlap() {
    let strands: Vec<Strand> = (0..40).map(|_| line("Guo Qing", &[0.0, 1.0])).collect();
    let overlay = draw(&strands, &Room::map(2), &Options::default());
    let mut tops: Vec<[f64; 2]> = overlay
        .strands
        .iter()
        .filter_map(|strand| Some(strand.end.as_ref()?.bounds))
        .map(|b| [b.top, b.bottom])
        .collect();
    tops.sort_by(|a, b| a[0].total_cmp(&b[0]));
    assert!(tops.len() > 15 && tops.windows(2).all(|pair| pair[0][1] <= pair[1][0]), "{tops:?}");
}
