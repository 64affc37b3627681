//! The curve in words: its turning points as a list and as a sentence, in both languages.

use std::fmt::Write as _;

use expect_test::expect;
use journeybook::compile::compile;
use journeybook::model::Feeling;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{SourceFile, Sources};
use journeybook::views::turns::turning;
use proptest::prelude::*;

/// A map's stages: each a title and its steps, as hundredths of a feeling where somebody said how it felt.
type Stages = Vec<Vec<Option<i32>>>;

/// The page of a map with these stages, in a language, and after it a guide that shows all of the map: what has its turns beside
/// it need not tell them, so there the sentence stands.
fn page(language: &str, stages: &str) -> String {
    let map = format!("title: Buying\nkind: experience\nstages:\n{stages}");
    let file = |path: &str, text: String| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into_bytes());
    let settings = format!("title: Harbor\nlanguages: [{language}]\n");
    let guide = "---\ntitle: Guide\n---\n\n```map\nid: buying\n```\n".to_owned();
    let files = [("handbook.yaml", settings), ("maps/buying.yaml", map), ("guides/guide.md", guide)];
    let sources = Sources::new(files.map(|(path, text)| file(path, text)).to_vec());
    let (site, report) = compile(&sources);
    assert!(!report.has_errors(), "{}", journeybook::diag::show::text(&report, &sources, false));
    let read = |path| match site.read(&SitePath::new(path).unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("no page: {other:?}"),
    };
    let (map, guide, drawing) = (read("maps/buying.html"), read("guides/guide.html"), read("maps/buying.svg"));
    // A drawing stands alone.
    let sentence = told_in(&guide, false);
    let alone = drawing.split_once("<desc").and_then(|(_, rest)| rest.split_once("</desc>")).expect("words").0;
    assert!(alone.trim_end().ends_with(sentence), "{alone}");
    assert!(!alone.contains("  ") && !map.contains(".  "), "{alone}");
    map + &guide
}

/// What the caption of a table says of a curve: of the map, or of what the guide shows of it.
fn told_in(page: &str, map: bool) -> &str {
    let mut captions = page.split("<caption").skip(1).map(|rest| rest.split_once("</caption>").unwrap().0);
    let (caption, marks) = match map {
        true => (captions.next().unwrap(), ["delighted.", "欣喜）。"]),
        false => (captions.last().unwrap(), ["Part of the map “Buying”.", "地图《Buying》节选。"]),
    };
    let after = marks.into_iter().find_map(|mark| caption.split_once(mark));
    after.map_or("", |(_, told)| told.trim())
}

fn told(page: &str) -> &str {
    told_in(page, false)
}

/// The list of a page's turning points, a line each.
fn listed(page: &str) -> String {
    let Some((_, rest)) = page.split_once("<h2 id=\"turns\">") else { return String::new() };
    let section = rest.split_once("</section>").unwrap().0;
    let mut lines = String::new();
    for item in section.split("<li>").skip(1) {
        let mut text = String::new();
        for part in item.split('<').skip(1) {
            text.push_str(part.split_once('>').map_or("", |(_, text)| text));
            text.push(if part.starts_with("/a") { '|' } else { ' ' });
        }
        writeln!(lines, "{}", text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap();
    }
    lines
}

const BUYING: &str = "
- id: awareness
  title: Awareness
  steps: [{ id: hears, action: Hears of it, feels: 0 }]
- id: purchase
  title: Purchase
  steps:
    - { id: asks, action: Asks around, feels: 1 }
    - { id: draws, action: The adviser draws the room, feels: 2, moment-of-truth: She stays. }
- id: delivery
  title: Delivery & installation
  steps:
    - { id: waits, action: Waits }
    - { id: door, action: The door is too narrow, feels: -2, moment-of-truth: She goes. }
- id: advocacy
  title: Advocacy
  steps:
    - { id: tells, action: Tells a friend, feels: 1 }
    - { id: returns, action: Comes back, feels: 1 }
";

#[test]
fn a_curve_is_told_by_its_turns() {
    let stay = "
- { id: a, title: A, steps: [{ id: x, action: Waits, feels: -1 }, { id: y, action: Rings, feels: -1 }] }
- { id: b, title: B, steps: [{ id: z, action: Rings again, feels: -1 }, { id: w, action: Is heard, feels: 1.5 }] }
";
    let level = "
- { id: a, title: A, steps: [{ id: x, action: Waits, feels: -1 }] }
- { id: b, title: B, steps: [{ id: z, action: Rings again, feels: -1 }] }
";
    let one_stage = "
- { id: a, title: A, steps: [{ id: x, action: Waits, feels: 1 }, { id: y, action: Rings, feels: -0.5 }, { id: z, action: Sighs, feels: 0 }] }
";
    let once = "\n- { id: a, title: A, steps: [{ id: x, action: Waits, feels: -1 }] }\n";
    let mut text = String::new();
    for stages in [BUYING, stay, level, one_stage, once] {
        writeln!(text, "{}", told(&page("en", stages))).unwrap();
    }
    expect![[r#"
        Starts at 0 at Awareness, rises to +2 at Purchase (The adviser draws the room), its highest point, a moment of truth, falls to −2 at Delivery &amp; installation (The door is too narrow), its lowest point, a moment of truth; ends at +1 at Advocacy. The line has gaps where no feeling is known.
        Starts at −1 at A (Waits), its lowest point, stays there until B; ends at +1.5 at B (Is heard), its highest point.
        Stays at −1 from A to B.
        Starts at +1 at Waits, its highest point, falls to −0.5 at Rings, its lowest point; ends at 0 at Sighs.
        One moment has a feeling: −1 at Waits.
    "#]].assert_eq(&text);
    text.clear();
    let chinese = BUYING
        .replace("Awareness", "认知")
        .replace("Purchase", "购买")
        .replace("Delivery & installation", "送装")
        .replace("Advocacy", "推荐")
        .replace("The adviser draws the room", "顾问画出房间")
        .replace("The door is too narrow", "门太窄，机器退回");
    for stages in [&*chinese, stay, level, one_stage, once] {
        writeln!(text, "{}", told(&page("zh-CN", stages))).unwrap();
    }
    expect![[r#"
        起点是认知的 0；先升到购买的 +2（顾问画出房间），是最高点，属于关键时刻；再降到送装的 −2（门太窄，机器退回），是最低点，属于关键时刻；终点是推荐的 +1。曲线断开处没有情绪记录。
        起点是A的 −1（Waits），是最低点，一直停到B；终点是B的 +1.5（Is heard），是最高点。
        从A到B，一直停在 −1。
        起点是Waits的 +1，是最高点；先降到Rings的 −0.5，是最低点；终点是Sighs的 0。
        只有一个时刻有情绪评分：Waits的 −1。
    "#]].assert_eq(&text);
    expect![[r#"
        The adviser draws the room | +2, highest point, a moment of truth
        The door is too narrow | −2, lowest point, a moment of truth
    "#]]
    .assert_eq(&listed(&page("en", BUYING)));
    expect![[r#"
        顾问画出房间 | +2，最高点，属于关键时刻
        门太窄，机器退回 | −2，最低点，属于关键时刻
    "#]]
    .assert_eq(&listed(&page("zh-CN", &chinese)));
    assert_eq!(listed(&page("en", level)), "", "nothing turns");
    // Beside the list the table need not tell it as well, but what the list does not say.
    assert_eq!(told_in(&page("en", BUYING), true), "The line has gaps where no feeling is known.");
    assert_eq!(told_in(&page("en", stay), true), "");
    assert_eq!(told_in(&page("en", level), true), "Stays at −1 from A to B.");
}

#[test]
fn a_curve_without_feelings_is_not_told() {
    assert_eq!(told(&page("en", "\n- { id: a, title: A, steps: [{ id: x, action: Waits }] }\n")), "");
}

fn stages() -> impl Strategy<Value = Stages> {
    let step = prop::option::weighted(
        0.8,
        prop_oneof![(-2..=2).prop_map(|whole| whole * 100), (-20..=20).prop_map(|tenth| tenth * 10)],
    );
    prop::collection::vec(prop::collection::vec(step, 1..8), 1..9)
}

/// The stages as an author writes them; no text has a digit.
fn written(stages: &Stages) -> String {
    let letter = |index: usize| char::from(b'a' + index as u8);
    let mut text = String::new();
    for (index, steps) in stages.iter().enumerate() {
        let stage = letter(index);
        writeln!(text, "- id: {stage}\n  title: Stage {stage}\n  steps:").unwrap();
        for (step, feels) in steps.iter().enumerate() {
            let step = letter(step);
            write!(text, "  - {{ id: {stage}-{step}, action: Does {step}").unwrap();
            if let Some(feels) = feels {
                write!(text, ", feels: {}", f64::from(*feels) / 100.0).unwrap();
            }
            writeln!(text, " }}").unwrap();
        }
    }
    text
}

/// A feeling as a page says it.
fn said(hundredths: i32) -> String {
    let sign = if hundredths > 0 {
        "+"
    } else if hundredths < 0 {
        "−"
    } else {
        ""
    };
    format!("{sign}{}", f64::from(hundredths.abs()) / 100.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_number_told_was_felt(stages in stages(), language in prop_oneof![Just("en"), Just("zh-CN")]) {
        let felt: Vec<String> = stages.iter().flatten().flatten().map(|&feels| said(feels)).collect();
        let page = page(language, &written(&stages));
        let told = told(&page);
        let numbers: Vec<String> = told
            .split(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '−' | '.')))
            .map(|number| number.trim_end_matches('.').to_owned())
            .filter(|number| !number.is_empty())
            .collect();
        prop_assert!(numbers.iter().all(|number| felt.contains(number)), "{told}");
        prop_assert_eq!(told.is_empty(), felt.is_empty());
        let ends = felt.first().into_iter().chain(felt.last());
        let values = stages.iter().flatten().flatten().copied();
        let extremes = values.clone().max().into_iter().chain(values.min()).map(said);
        for value in ends.cloned().chain(extremes) {
            prop_assert!(numbers.contains(&value), "{value} is not told: {told}");
        }
        prop_assert!(numbers.len() <= 8, "{told}");
        prop_assert!(!told.contains(['{', '}']), "{told}");
    }

    #[test]
    fn turning_points_turn(values in prop::collection::vec(-200..=200_i32, 0..200), most in 2_usize..9) {
        let feelings: Vec<Feeling> =
            values.iter().map(|&value| Feeling::new(f64::from(value) / 100.0).expect("in range")).collect();
        let turning = turning(&feelings, most);
        prop_assert!(turning.len() <= most);
        prop_assert!(turning.is_sorted());
        for extreme in [values.iter().max(), values.iter().min()].into_iter().flatten() {
            let first = values.iter().position(|value| value == extreme).expect("one of them");
            prop_assert!(turning.contains(&first));
        }
        for &at in &turning {
            // The nearest other feeling on each side lies on the same side of a turning point.
            let before = values[..at].iter().rev().find(|value| **value != values[at]);
            let after = values[at..].iter().find(|value| **value != values[at]);
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert_eq!(before < &values[at], after < &values[at], "{} does not turn", at);
            }
        }
    }
}

#[test]
fn swings_that_are_just_as_large_are_told_while_there_is_room() {
    let values = [-1.0, 1.0, -1.0, 2.0, -2.0, 1.0, -1.0, 2.0, 0.0, 1.0];
    let feelings = values.map(|value| Feeling::new(value).unwrap());
    assert_eq!(turning(&feelings, 9), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(turning(&feelings, 7), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(turning(&feelings, 6), [3, 4, 5, 6, 7]);
    assert_eq!(turning(&feelings, 4), [3, 4, 5, 6]);
    assert_eq!(turning(&feelings, 3), [3, 4]);
}
