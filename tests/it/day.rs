//! The day in the life: how its times are read, and that its drawing keeps true time.

use expect_test::{Expect, expect};
use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::model::Feeling;
use journeybook::model::kinds::{Clock, Day, Scene};
use journeybook::model::{Local, Words};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources, Span};
use journeybook::views::clock::{Beat, ClockView, Hours, draw, stretches};
use proptest::prelude::*;

use crate::drawing::{runs, share};

const PERSONA: &str = "---\ntitle: Mei Lin\n---\n";
const OTHER: &str = "---\ntitle: Ana Duarte\n---\n";
const ADVISER: &str = "---\ntitle: Store adviser\nchannel: store\nkind: human\nstatus: live\n---\n";

/// A handbook in one language with one day in the life, whose `days` are given.
fn handbook(language: &str, days: &str) -> (Site, Report, Sources) {
    with_settings(&format!("languages: [{language}]\n"), &format!("days:\n{days}"))
}

/// The same, with more of the handbook's settings and all keys of the map.
fn with_settings(settings: &str, keys: &str) -> (Site, Report, Sources) {
    let settings = format!("title: Harbor\n{settings}");
    let map = format!("title: A Thursday\nkind: day-in-the-life\npersona: mei\n{keys}");
    let files = [
        ("handbook.yaml", settings.as_str()),
        ("personas/mei.md", PERSONA),
        ("personas/ana.md", OTHER),
        ("channels.yaml", "store: { title: Store, icon: store }\n"),
        ("touchpoints/adviser.md", ADVISER),
        ("maps/thursday.yaml", &map),
        ("assets/door.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ];
    let file =
        |(path, text): (&str, &str)| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    let sources = Sources::new(files.into_iter().map(file).collect());
    let (site, report) = compile(&sources);
    (site, report, sources)
}

fn page(site: &Site) -> String {
    match site.read(&SitePath::new("maps/thursday.html").unwrap()) {
        Some(Ok(Entry::Bytes(bytes))) => String::from_utf8(bytes.into_owned()).unwrap(),
        other => panic!("no page: {other:?}"),
    }
}

/// A day's moments and scenes: its own keys, `TIME` or `TIME-TIME` of each moment, `TIME-TIME` of each scene.
fn day_of(keys: &str, moments: &[&str], scenes: &[&str]) -> String {
    let mut text = format!("  - id: thursday\n    title: Thursday\n{keys}    moments:\n");
    for (number, time) in moments.iter().enumerate() {
        let until = time.split_once('-').map_or(String::new(), |(_, until)| format!("until: {until}, "));
        let at = time.split('-').next().unwrap();
        text += &format!("      - {{ id: m{number}, at: {at}, {until}action: Does {number}, feels: 1 }}\n");
    }
    if !scenes.is_empty() {
        text += "    scenes:\n";
    }
    for (number, time) in scenes.iter().enumerate() {
        let (from, until) = time.split_once('-').unwrap();
        text += &format!("      - {{ title: Place {number}, from: {from}, until: {until} }}\n");
    }
    text
}

/// What is wrong, a line for each: the words it points at, and the message.
fn wrong(days: &str) -> String {
    let (_, report, sources) = handbook("en", days);
    let entries = show::entries(&report, &sources);
    let lines = entries.iter().filter(|entry| entry.code == "time-out-of-order").map(|entry| {
        let start = entry.start.unwrap();
        format!(
            "{}:{} {}
",
            start.line, start.column, entry.message
        )
    });
    lines.collect()
}

fn is_wrong(days: &str, expected: Expect) {
    expected.assert_eq(&wrong(days));
}

/// The texts between `before` and `after` in a page, tags taken out.
fn between(html: &str, before: &str, after: &str) -> Vec<String> {
    let parts = html.split(before).skip(1).filter_map(|part| part.split_once(after)).map(|(part, _)| part);
    parts.map(|part| part.split('<').map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text)).collect()).collect()
}

/// The hours under the drawings of a page.
fn hours(html: &str) -> Vec<String> {
    between(html, "class=\"jb-day__hour\"", "</text>")
        .into_iter()
        .map(|text| text.rsplit('>').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_day_begins_and_ends_where_its_moments_and_scenes_do() {
    let (site, report, _) = handbook("en", &day_of("", &["05:40", "21:10"], &[]));
    assert!(!report.has_errors());
    let hours_of = hours(&page(&site));
    assert_eq!((hours_of.first().unwrap().as_str(), hours_of.last().unwrap().as_str()), ("06:00", "22:00"));
    // A scene may begin before the first moment and end after the last one.
    assert_eq!(wrong(&day_of("", &["05:40", "21:10"], &["04:30-06:00", "17:00-24:00"])), "");
    // The clock runs past midnight where nobody says when the day begins.
    assert_eq!(wrong(&day_of("", &["22:10", "01:30", "06:00"], &["21:30-07:30"])), "");
    assert_eq!(wrong(&day_of("", &["01:30", "06:00"], &["21:30-07:30"])), "");
    assert_eq!(wrong(&day_of("    from: 05:40\n", &["05:40"], &[])), "");
}

#[test]
fn a_night_shift_is_one_day() {
    let night = "    from: 20:00\n    until: 09:00\n";
    let days = day_of(
        night,
        &["20:30", "23:50", "00:00", "03:15-03:45", "08:30"],
        &["20:00-21:00", "21:30-07:00", "07:00-09:00"],
    );
    let (site, report, _) = handbook("en", &days);
    assert!(!report.has_errors(), "{report:?}");
    let html = page(&site);
    assert_eq!(hours(&html)[..4], ["20:00", "22:00", "00:00", "02:00"]);
    assert!(html.contains("<b>Place 1</b> <time>21:30</time>–<time>07:00</time>"), "{html}");
    is_wrong(
        &day_of(night, &["23:50", "22:00", "10:00"], &[]),
        expect![[r#"
            11:23 `22:00` is earlier than the `23:50` before it
            12:23 `10:00` lies outside its day, which ends at `09:00`
        "#]],
    );
}

#[test]
fn a_whole_day_may_end_when_it_began() {
    for (keys, from) in
        [("    from: 06:00\n    until: 06:00\n", "06:00"), ("    from: 00:00\n    until: 24:00\n", "00:00")]
    {
        let last = format!("18:00-{from}");
        assert_eq!(wrong(&day_of(keys, &[from, "12:00", from], &[&last])), "", "{keys}");
    }
}

#[test]
fn a_wrong_time_is_reported_where_it_stands() {
    let day = "    from: 06:00\n    until: 23:00\n";
    is_wrong(
        &day_of(
            day,
            &["07:00-06:30", "09:30", "08:00", "23:30", "22:00-01:00"],
            &["06:00-09:00", "08:30-10:00", "12:00-12:00"],
        ),
        expect![[r#"
            10:37 `06:30` is no end of what begins at `07:00`
            12:23 `08:00` is earlier than the `09:30` before it
            13:23 `23:30` lies outside its day, which ends at `23:00`
            14:37 `01:00` lies outside its day, which ends at `23:00`
            17:33 `08:30` is earlier than the `09:00` before it
            18:47 `12:00` is no end of what begins at `12:00`
        "#]],
    );
}

#[test]
fn a_morning_is_drawn_over_the_morning_after_a_night() {
    let night = day_of("    from: 20:00\n    until: 09:00\n", &["20:30", "08:30"], &[]);
    let morning = "  - id: morning\n    title: Morning\n    from: 06:00\n    until: 08:00\n    moments:\n      - { id: x, at: 07:00, action: Rings, feels: 1 }\n";
    let html = page(&handbook("en", &format!("{night}{morning}")).0);
    let shown = hours(&html);
    assert_eq!((shown.first().unwrap().as_str(), shown.len()), ("20:00", 14));
    assert!(
        html.contains("class=\"jb-day__mark\" data-feeling=\"1\" x=\"84.62%\""),
        "11 of 13 hours after 20:00\n{html}"
    );
}

#[test]
fn a_day_says_in_words_what_it_draws() {
    let days = "  - id: thursday
    title: Thursday
    from: 06:00
    until: 20:00
    summary: Short.
    goals: [Sleep]
    scenes:
      - { title: Home, from: 06:00, until: 08:00 }
      - { title: Shop, from: 09:00, until: 12:00, ours: true }
    moments:
      - { id: wakes, at: 06:10, until: 06:20, action: Wakes before the alarm, moment: Wakes, feels: -1, feeling: tired, nature: habit }
      - { id: asks, at: 09:30, action: Asks, touchpoint: adviser, feels: 2, moment-of-truth: She asks., pains: [Queue], needs: [A chair] }
      - { id: rests, at: 13:00, action: Rests, nature: choice }
      - { id: cooks, at: 18:00, action: Cooks, feels: 0, nature: duty, thinks: Again. }
  - id: friday
    title: Friday
    persona: ana
    moments:
      - { id: only, at: 10:00, action: Rings, feels: 1 }
";
    let (site, report, _) = handbook("en", days);
    assert!(!report.has_errors(), "{report:?}");
    let html = page(&site);
    for text in [
        "<p class=\"jb-note\">We meet in 1 of 4 moments.</p>",
        "<p class=\"jb-note\">We do not meet in its 1 moment.</p>",
        "aria-label=\"Starts at −1 at 06:10 (Wakes), its lowest point, rises to +2 at 09:30 (Asks), its highest point, a moment of truth; ends at 0 at 18:00 (Cooks).",
        "aria-label=\"One moment has a feeling: +1 at 10:00 (Rings).\"",
        "<time>06:10</time>–<time>06:20</time>",
        "<h3>Wakes</h3>\n<p>Wakes before the alarm</p>",
        "id=\"asks\" data-ours>",
        "href=\"../touchpoints/adviser.html\"",
        ">Habit</span>",
        ">Duty</span>",
        ">Choice</span>",
        "<dt>Pain points</dt>\n<dd>Queue</dd>",
        "<dt>Thinking</dt>\n<dd>Again.</dd>",
        "<b>Shop</b> <time>09:00</time>–<time>12:00</time> We meet here",
        "Ana Duarte</a>",
    ] {
        assert!(html.contains(text), "no `{text}` in\n{html}");
    }
    assert_eq!(html.matches("data-ours>").count(), 1, "one card, and");
    assert_eq!(html.matches("class=\"jb-day__ours\"").count(), 1, "one scene are ours");
    assert_eq!((html.matches("jb-day__line").count(), html.matches("jb-day__tick").count()), (1, 1));
    // The card draws the first day alone: three moments with a feeling and a gap, so one piece.
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new("maps/index.html").unwrap()) else {
        panic!("no maps")
    };
    let cards = String::from_utf8(bytes.into_owned()).unwrap();
    let lines: Vec<&str> = cards.split(" d=\"M").skip(1).filter_map(|path| path.split('"').next()).collect();
    assert!(
        lines.iter().any(|line| line.starts_with("2.4 37.5c") && runs(&format!("M{line}"))[0].len() == 1),
        "{lines:?}"
    );
    // Whose day it is stands on the page of both.
    let ana = site.read(&SitePath::new("personas/ana.html").unwrap());
    let Some(Ok(Entry::Bytes(bytes))) = ana else { panic!("no page of Ana") };
    assert!(String::from_utf8(bytes.into_owned()).unwrap().contains("maps/thursday.html"));
}

#[test]
fn a_card_holds_the_lanes_that_the_map_draws() {
    let settings = "lanes:\n  noise: { title: Noise, kind: number }\n  see: { title: See also, kind: link }\n";
    let moment = "days:
  - id: thursday
    title: Thursday
    moments:
      - id: rings
        at: 10:10
        action: Rings
        feels: 1
        thinks: Again.
        image: { file: door.svg, alt: A narrow door }
        own: { noise: 68, see: \"persona:ana\" }
";
    let (site, report, _) = with_settings(settings, moment);
    assert!(!report.has_errors(), "{report:?}");
    let html = page(&site);
    for text in [
        "<dd><b>68</b></dd>",
        ">Ana Duarte</a></dd>",
        "alt=\"A narrow door\"",
        "<dd>Again.</dd>",
        "class=\"jb-day__zero\"",
    ] {
        assert!(html.contains(text), "no `{text}` in\n{html}");
    }
    let html = page(&with_settings(settings, &format!("lanes: [noise]\n{moment}")).0);
    assert!(html.contains("<dd><b>68</b></dd>") && !html.contains("Again.") && !html.contains("A narrow door"));
    assert!(
        !html.contains("class=\"jb-day__zero\"") && html.contains("class=\"jb-day__tick\""),
        "no feelings are drawn"
    );
}

#[test]
fn a_day_in_chinese_speaks_chinese() {
    let days = day_of("", &["06:10", "09:30"], &["06:00-08:00"]);
    let html = page(&handbook("zh", &days).0);
    assert!(html.contains("从06:10到09:30，一直停在 +1。"), "{html}");
    assert!(html.contains("2 个时刻中，没有一个与我们接触。"), "{html}");
}

#[test]
fn days_with_little_in_them_are_drawn_all_the_same() {
    let one = page(&handbook("en", &day_of("", &["10:10"], &[])).0);
    assert_eq!((one.matches("class=\"jb-day__mark\"").count(), one.contains("jb-day__line")), (1, false));
    let unfelt = "  - id: a\n    title: A\n    moments:\n      - { id: x, at: 10:10, action: Waits }\n";
    let html = page(&handbook("en", unfelt).0);
    assert_eq!((html.matches("class=\"jb-day__tick\"").count(), html.contains("jb-day__zero")), (1, false));
    assert!(html.contains("aria-hidden=\"true\""), "nothing to tell of the curve");
    let nothing = page(&handbook("en", "  - id: a\n    title: A\n").0);
    assert!(nothing.contains("<h2 id=\"a\">A</h2>") && !nothing.contains("jb-day__clock"), "{nothing}");
    let no_time = "  - id: a\n    title: A\n    moments:\n      - { id: x, action: Waits, feels: 1 }\n";
    let html = page(&handbook("en", no_time).0);
    assert!(html.contains("<h3>Waits</h3>") && !html.contains("jb-day__clock"), "{html}");
}

fn words(text: &str) -> Words {
    Words::new(text, Span::NOWHERE)
}

/// A day of any hours with scenes in order, gaps or none between them.
fn day() -> impl Strategy<Value = Day> {
    (0_u16..1440, 60_u16..=1440, prop::collection::vec((0_u16..300, 1_u16..600, any::<bool>()), 0..9)).prop_map(
        |(from, minutes, lengths)| {
            let mut scenes: Vec<Scene> = Vec::new();
            for (gap, length, ours) in lengths {
                let start = scenes.last().map_or(0, |scene| scene.end) + gap;
                let end = (start + length).min(minutes);
                if start < end {
                    scenes.push(Scene { title: Local::new(words("At home")), start, end, ours });
                }
            }
            Day { actor: None, summary: None, from: Clock::default().after(from), minutes, scenes }
        },
    )
}

/// Minutes of a day in order, each with a feeling or without.
fn beats(hours: Hours, day: &Day, moments: &[(u16, Option<i8>, bool)]) -> Vec<Beat> {
    let mut moments = moments.to_vec();
    moments.sort_by_key(|(minute, ..)| minute % (day.minutes + 1));
    let beat = |(number, (minute, feels, truth)): (usize, (u16, Option<i8>, bool))| Beat {
        minute: hours.begin(day) + i32::from(minute % (day.minutes + 1)),
        number,
        feeling: feels.and_then(|feels| Feeling::new(f64::from(feels))),
        truth,
    };
    (1..).zip(moments).map(beat).collect()
}

fn moments() -> impl Strategy<Value = Vec<(u16, Option<i8>, bool)>> {
    prop::collection::vec((any::<u16>(), prop::option::of(-2_i8..=2), any::<bool>()), 0..30)
}

fn drawn<'a>(hours: Hours, day: &'a Day, beats: &[Beat]) -> ClockView<'a> {
    draw(hours, beats, &stretches(hours, day), |scene| (&*scene.title.first().text, None))
}

const ROOMS: [(&str, f64); 3] = [("narrow", 320.0), ("middle", 640.0), ("wide", 960.0)];
/// Half a percentage's last digit, twice: two places may both be rounded.
const SLACK: f64 = 1e-4 + 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scenes_and_gaps_are_the_whole_day(day in day(), other in day()) {
        let hours = Hours::of([&other, &day].into_iter()).unwrap();
        let stretches = stretches(hours, &day);
        let midnight = hours.begin(&day);
        prop_assert_eq!(midnight.rem_euclid(1440), i32::from(day.from.minutes()));
        prop_assert!(hours.from <= midnight && midnight + i32::from(day.minutes) <= hours.until);
        prop_assert!(hours.until - hours.from <= 2880);
        prop_assert_eq!(stretches.first().unwrap().start, midnight);
        prop_assert_eq!(stretches.last().unwrap().end, midnight + i32::from(day.minutes));
        prop_assert!(stretches.windows(2).all(|pair| pair[0].end == pair[1].start));
        prop_assert_eq!(stretches.iter().map(|part| part.end - part.start).sum::<i32>(), i32::from(day.minutes));
        prop_assert!(stretches.iter().all(|part| part.start < part.end));
        prop_assert_eq!(stretches.iter().filter(|part| part.scene.is_some()).count(), day.scenes.len());
    }

    #[test]
    fn everything_stands_where_its_minute_is(day in day(), other in day(), moments in moments()) {
        let hours = Hours::of([&day, &other].into_iter()).unwrap();
        let beats = beats(hours, &day, &moments);
        let view = drawn(hours, &day, &beats);
        let at = |minute: i32| f64::from(minute - hours.from) / f64::from(hours.until - hours.from);
        let felt = beats.iter().filter(|beat| beat.feeling.is_some());
        let unfelt = beats.iter().filter(|beat| beat.feeling.is_none());
        let marks = view.marks.iter().map(|mark| &mark.x).chain(view.ticks.iter().map(|tick| &tick.x));
        for (beat, x) in felt.chain(unfelt).zip(marks) {
            prop_assert!((share(x) - at(beat.minute)).abs() <= SLACK, "{} at {x}", beat.minute);
            prop_assert!((0.0..=1.0).contains(&share(x)));
        }
        prop_assert!(view.marks.windows(2).all(|pair| share(&pair[0].x) <= share(&pair[1].x)));
        prop_assert!(view.marks.windows(2).all(|pair| pair[0].number < pair[1].number));
        prop_assert_eq!(view.marks.len() + view.ticks.len(), beats.len());
        prop_assert_eq!(view.strips.is_empty(), day.scenes.is_empty());
        for (strip, part) in view.strips.iter().zip(stretches(hours, &day)) {
            prop_assert!((share(&strip.x) - at(part.start)).abs() <= SLACK);
            prop_assert!((share(&strip.x) + share(&strip.width) - at(part.end)).abs() <= 2.0 * SLACK);
        }
        prop_assert!(!view.line.contains("NaN"));
    }

    #[test]
    fn hours_are_true_and_apart(day in day(), other in day()) {
        let hours = Hours::of([&day, &other].into_iter()).unwrap();
        let view = drawn(hours, &day, &beats(hours, &day, &[]));
        let width = ROOMS.iter().find(|(room, _)| *room == view.room).unwrap().1;
        let apart = |labels: Vec<f64>, width: f64| labels.windows(2).all(|pair| (pair[1] - pair[0]) * width >= 36.0);
        let all: Vec<f64> = view.hours.iter().map(|hour| share(&hour.x)).collect();
        let major: Vec<f64> = view.hours.iter().filter(|hour| !hour.minor).map(|hour| share(&hour.x)).collect();
        prop_assert!(apart(all, width.max(640.0)) && apart(major, width));
        prop_assert!(!view.hours.is_empty() || hours.until - hours.from < 1440);
        for hour in &view.hours {
            let minute = Clock::parse(&hour.text).unwrap().minutes();
            let stands = f64::from(hours.from) + share(&hour.x) * f64::from(hours.until - hours.from);
            prop_assert!((stands - f64::from(minute)).rem_euclid(1440.0).min((f64::from(minute) - stands).rem_euclid(1440.0)) < 1.0);
        }
    }

    #[test]
    fn numbers_stand_beside_their_faces(day in day(), moments in moments()) {
        let hours = Hours::of([&day].into_iter()).unwrap();
        let view = drawn(hours, &day, &beats(hours, &day, &moments));
        for mark in &view.marks {
            let top = mark.y + mark.number_y - 10.0;
            prop_assert!(top >= -4.0 && mark.y + mark.number_y <= view.strip_y, "{mark:?}");
            let reach = if mark.truth { 17.0 } else { 10.0 };
            prop_assert!(mark.number_y <= -reach || mark.number_y - 10.0 >= reach, "{mark:?}");
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_times_are_survived(
        keys in prop::option::of((time(), time())),
        moments in prop::collection::vec((time(), prop::option::of(time())), 0..6),
        scenes in prop::collection::vec((time(), time()), 0..6),
    ) {
        let keys = keys.map_or(String::new(), |(from, until)| format!("    from: {from}\n    until: {until}\n"));
        let range = |(from, until): &(String, Option<String>)| match until {
            Some(until) => format!("{from}-{until}"),
            None => from.clone(),
        };
        let moments: Vec<String> = moments.iter().map(range).collect();
        let scenes: Vec<String> = scenes.into_iter().map(|(from, until)| format!("{from}-{until}")).collect();
        let days = day_of(&keys, &moments.iter().map(String::as_str).collect::<Vec<_>>(), &scenes.iter().map(String::as_str).collect::<Vec<_>>());
        let (site, report, sources) = handbook("en", &days);
        let html = page(&site);
        for x in html.split(" x=\"").skip(1).filter_map(|rest| rest.split('"').next()?.strip_suffix('%')) {
            prop_assert!((0.0..=100.0).contains(&x.parse::<f64>().unwrap()), "{x}");
        }
        prop_assert!(!html.contains("NaN"));
        prop_assert_eq!(show::text(&report, &sources, false).is_empty(), report.is_empty());
    }
}

fn time() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..24, 0..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        1 => prop::sample::select(vec!["24:00", "25:00", "6am", "7:5", "07:60", "0:00", "noon", "''"]).prop_map(str::to_owned),
    ]
}
