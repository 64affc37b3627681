//! A handbook of any number of items of every noun, for measuring how lists, indexes and backlinks grow.
//!
//! Three things are popular without measure: `touchpoint-1`, `insight-1`, `opportunity-1` and `metric-1` stand in every
//! map, `persona-1` lives every second one, and all lessons are of one course. Whatever lists those must cope.

use std::fmt::Write;

use super::File;
use super::dice::Dice;

const STAGES: [&str; 4] = ["awareness", "purchase", "delivery", "use"];

/// How many there are of what, of so many items.
struct Counts {
    maps: usize,
    touchpoints: usize,
    insights: usize,
    opportunities: usize,
    metrics: usize,
    lessons: usize,
    guides: usize,
    personas: usize,
    teams: usize,
    channels: usize,
    terms: usize,
    tags: usize,
}

impl Counts {
    /// Of a hundred items 15 are maps, 25 touchpoints, 15 insights, and so on; 95 have a file of their own.
    fn of(items: usize) -> Self {
        let share = |of_hundred: usize| (items * of_hundred / 100).max(1);
        Self {
            maps: share(15),
            touchpoints: share(25),
            insights: share(15),
            opportunities: share(14),
            metrics: share(8),
            lessons: share(10),
            guides: share(4),
            personas: share(4),
            teams: share(2),
            channels: share(1),
            terms: share(2),
            tags: share(4),
        }
    }
}

/// All files of the handbook of so many items.
pub(crate) fn files(items: usize) -> Vec<File> {
    let counts = &Counts::of(items);
    let mut files = vec![
        File::new("handbook.yaml", "title: Grown handbook\nlanguages: [en]\nreview: { every: 6 months }\n"),
        File::new(
            "channels.yaml",
            entries(counts.channels, |number| {
                format!(
                    "channel-{number}: {{ title: Channel {number}, icon: store, summary: {} }}\n",
                    Dice::of("channel", number).sentence(9)
                )
            }),
        ),
        File::new(
            "teams.yaml",
            entries(counts.teams, |number| format!("team-{number}: {{ title: Team {number}, lead: Lead {number} }}\n")),
        ),
        File::new(
            "glossary.yaml",
            entries(counts.terms, |number| {
                format!(
                    "term-{number}: {{ title: Word {number}, definition: {} }}\n",
                    Dice::of("term", number).sentence(16)
                )
            }),
        ),
        File::new("training/all/course.yaml", "title: Everything\nobjectives: [Know it all]\n".to_owned()),
        File::new("guides/all/index.md", "---\ntitle: All guides\n---\n\nEverything.\n".to_owned()),
    ];
    files.extend((1..=counts.personas).map(|number| {
        let dice = &mut Dice::of("grown persona", number);
        page("personas", "persona", number, counts, dice, &format!("role: {}\n", dice_phrase(number)))
    }));
    files.extend((1..=counts.touchpoints).map(|number| {
        let dice = &mut Dice::of("grown touchpoint", number);
        let own = format!(
            "channel: channel-{}\nkind: human\nstatus: live\nimportance: {{ customer: {}, organisation: {} }}\ninsights: [insight-{}]\n",
            1 + dice.below(counts.channels), 1 + dice.below(5), 1 + dice.below(5), 1 + dice.below(counts.insights),
        );
        page("touchpoints", "touchpoint", number, counts, dice, &own)
    }));
    files.extend((1..=counts.guides).map(|number| {
        let dice = &mut Dice::of("grown guide", number);
        page("guides/all", "guide", number, counts, dice, "")
    }));
    files.extend((1..=counts.lessons).map(|number| {
        let dice = &mut Dice::of("grown lesson", number);
        page("training/all", "lesson", number, counts, dice, "minutes: 10\n")
    }));
    files.extend((1..=counts.insights).map(|number| insight(number, counts)));
    files.extend((1..=counts.opportunities).map(|number| opportunity(number, counts)));
    for number in 1..=counts.metrics {
        files.extend(metric(number, counts));
    }
    files.extend((1..=counts.maps).map(|number| map(number, counts)));
    files
}

fn entries(count: usize, entry: impl Fn(usize) -> String) -> String {
    (1..=count).map(entry).collect()
}

fn dice_phrase(number: usize) -> String {
    Dice::of("role", number).phrase(2)
}

/// The keys that every item has, and two tags.
fn head(noun: &str, number: usize, counts: &Counts, dice: &mut Dice) -> String {
    let summary = dice.sentence(10);
    let (owner, tags) = (1 + dice.below(counts.teams), [1 + dice.below(counts.tags), 1 + dice.below(counts.tags)]);
    let month = 1 + dice.below(9);
    format!(
        "title: {} {noun} {number}\nsummary: {summary}\nowner: team-{owner}\nreviewed: 2026-{month:02}-15\ntags: [all, tag {}, tag {}]\n",
        dice.phrase(2),
        tags[0],
        tags[1],
    )
}

fn page(folder: &str, noun: &str, number: usize, counts: &Counts, dice: &mut Dice, own: &str) -> File {
    let mut text = format!("---\n{}{own}---\n\n", head(noun, number, counts, dice));
    let _ = write!(
        text,
        "## Know-how\n\n{}\n\nSee [](touchpoint:touchpoint-1), [](persona:persona-1) and [](insight:insight-{}), word {}.\n",
        dice.paragraph(3),
        1 + dice.below(counts.insights),
        1 + dice.below(counts.terms),
    );
    File::new(format!("{folder}/{noun}-{number}.md"), text)
}

fn insight(number: usize, counts: &Counts) -> File {
    let dice = &mut Dice::of("grown insight", number);
    let mut text = head("insight", number, counts, dice);
    let _ = write!(text, "kind: survey\ndate: 2026-{:02}\nsample: {}\n", 1 + dice.below(9), 5 + dice.below(300));
    let _ = write!(text, "source: {}\nquotes:\n  - text: {}\n", dice.phrase(4), dice.sentence(9));
    File::new(format!("insights/insight-{number}.yaml"), text)
}

fn opportunity(number: usize, counts: &Counts) -> File {
    let dice = &mut Dice::of("grown opportunity", number);
    let status = *dice.pick(&["idea", "planned", "doing", "done"]);
    let mut text = head("opportunity", number, counts, dice);
    let _ = write!(text, "status: {status}\nimpact: {}\neffort: {}\n", 1 + dice.below(5), 1 + dice.below(5));
    let _ = write!(
        text,
        "metrics: [metric-{}]\ninsights: [insight-1, insight-{}]\n",
        1 + dice.below(counts.metrics),
        1 + dice.below(counts.insights),
    );
    File::new(format!("opportunities/opportunity-{number}.yaml"), text)
}

fn metric(number: usize, counts: &Counts) -> [File; 2] {
    let dice = &mut Dice::of("grown metric", number);
    let mut text = head("metric", number, counts, dice);
    let _ = write!(
        text,
        "kind: rate\nunit: '%'\ndefinition: {}\nbetter: higher\nbaseline: 20\ntarget: 60\n",
        dice.sentence(9)
    );
    let readings: String = (1..=9).map(|month| format!("2026-{month:02},{}\n", 20 + dice.below(40))).collect();
    [
        File::new(format!("metrics/metric-{number}.yaml"), text),
        File::new(format!("metrics/metric-{number}.csv"), format!("date,value\n{readings}")),
    ]
}

/// A map; every tenth opens the nine after it.
fn map(number: usize, counts: &Counts) -> File {
    let dice = &mut Dice::of("grown map", number);
    let persona = if number.is_multiple_of(2) { 1 } else { 1 + dice.below(counts.personas) };
    let mut text = head("map", number, counts, dice);
    let _ = write!(
        text,
        "kind: current-state\npersona: persona-{persona}\nfinding: {}\npurpose: {}\nstages:\n",
        dice.sentence(10),
        dice.sentence(8)
    );
    for (index, stage) in STAGES.iter().enumerate() {
        let _ = write!(text, "  - id: {stage}\n    title: {stage}\n    steps:\n");
        for half in 1..=2 {
            let first = index == 0 && half == 1;
            let mut of = |count: usize| if first { 1 } else { 1 + dice.below(count) };
            let (touchpoint, opportunity) = (of(counts.touchpoints), of(counts.opportunities));
            let (insight, metric) = (of(counts.insights), of(counts.metrics));
            let below = number + index * 2 + half;
            let opens = number % 10 == 1 && below <= counts.maps && !first;
            let _ = write!(
                text,
                "      - id: {stage}-{half}\n        action: {}\n        touchpoint: touchpoint-{touchpoint}\n        feels: {}\n        pains:\n          - {{ text: {}, insights: [insight-{insight}], opportunities: [opportunity-{opportunity}] }}\n        metrics: [metric-{metric}]\n",
                dice.phrase(6),
                dice.below(5) as i32 - 2,
                dice.phrase(6),
            );
            if first {
                let _ = writeln!(text, "        moment-of-truth: {}", dice.sentence(8));
            }
            if opens {
                let _ = writeln!(text, "        opens: map-{below}");
            }
        }
    }
    File::new(format!("maps/map-{number}.yaml"), text)
}
