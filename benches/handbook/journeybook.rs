//! A handbook as its authors write it.

use std::fmt::Write;

use super::dice::Dice;
use super::{File, LESSONS_A_COURSE, Map, Size, TEAMS, lesson, map, sentences, title};

const CHANNELS: [(&str, &str); 6] =
    [("store", "Store"), ("web", "Web"), ("app", "App"), ("phone", "Phone"), ("mail", "Mail"), ("van", "Van")];
const LANES: &str = "feelings, goals, actions, touchpoints, thoughts, pains, opportunities, owner";

/// All files of the handbook of so many lessons and maps, ordered by kind.
pub(crate) fn files(pages: usize) -> Vec<File> {
    let size = Size::of(pages);
    let mut files = vec![settings(), front(), channels(), teams()];
    files.extend((0..size.personas()).map(persona));
    files.extend((0..size.touchpoints()).map(|number| touchpoint(number, size)));
    files.extend((0..size.insights()).map(insight));
    files.extend((0..size.opportunities()).map(|number| opportunity(number, size)));
    files.extend(
        (0..size.maps).map(|number| File::new(format!("maps/map-{}.yaml", number + 1), map_text(&map(number, size)))),
    );
    for first in (0..size.lessons).step_by(LESSONS_A_COURSE) {
        let number = first / LESSONS_A_COURSE;
        files.push(course(number));
        let last = size.lessons.min(first + LESSONS_A_COURSE);
        files.extend((first..last).map(|number| lesson_file(number, size)));
    }
    files
}

fn settings() -> File {
    let mut text = "title: Measured handbook\nlanguages: [en]\nbrand: { name: Measured }\n".to_owned();
    text += "description: What is built when a build is measured.\nhome: { feature: map-1 }\n";
    text += "review: { every: 6 months }\n";
    File::new("handbook.yaml", text)
}

fn front() -> File {
    let text = "---\ntitle: Measured handbook\nsummary: Lessons and maps.\n---\n\nBegin with [](map:map-1).\n";
    File::new("index.md", text)
}

fn channels() -> File {
    let entry = |(id, title): &(&str, &str)| format!("{id}: {{ title: {title}, icon: {id} }}\n");
    File::new("channels.yaml", CHANNELS.iter().map(entry).collect::<String>())
}

fn teams() -> File {
    let entry = |number| {
        format!("team-{}: {{ title: {}, lead: {} }}\n", number + 1, title("team", number), title("lead", number))
    };
    File::new("teams.yaml", (0..TEAMS).map(entry).collect::<String>())
}

fn persona(number: usize) -> File {
    let dice = &mut Dice::of("persona file", number);
    let mut text =
        format!("---\ntitle: {}\nrole: {}\nsummary: {}\n", title("persona", number), dice.phrase(2), dice.sentence(14));
    list(&mut text, "goals", &sentences(dice, 0..3, 7));
    list(&mut text, "frustrations", &sentences(dice, 0..3, 7));
    let _ = write!(text, "---\n\n{}\n", dice.paragraph(4));
    File::new(format!("personas/persona-{}.md", number + 1), text)
}

fn touchpoint(number: usize, size: Size) -> File {
    let dice = &mut Dice::of("touchpoint file", number);
    let (channel, _) = dice.pick(&CHANNELS);
    let kind = dice.pick(&["digital", "human", "physical"]);
    let mut text = format!("---\ntitle: {}\nchannel: {channel}\nkind: {kind}\n", title("touchpoint", number));
    let _ = write!(text, "owner: team-{}\nstatus: live\nsummary: {}\n", dice.below(TEAMS) + 1, dice.sentence(10));
    let _ = writeln!(text, "importance: {{ customer: {}, organisation: {} }}", 1 + dice.below(5), 1 + dice.below(5));
    let _ = write!(text, "promise: {}\ninsights: [insight-{}]\n", dice.sentence(9), dice.below(size.insights()) + 1);
    let _ = write!(text, "---\n\n## Standard\n\n- {}\n- {}\n\n", dice.sentence(9), dice.sentence(9));
    let _ = write!(text, "## Script\n\n> {}\n\n## Know-how\n\n{}\n", dice.sentence(14), dice.paragraph(3));
    File::new(format!("touchpoints/touchpoint-{}.md", number + 1), text)
}

fn insight(number: usize) -> File {
    let dice = &mut Dice::of("insight file", number);
    let kind = dice.pick(&["interview", "survey", "analytics", "review", "observation"]);
    let mut text = format!("title: {}\nkind: {kind}\ndate: 2026-{:02}\n", title("insight", number), 1 + dice.below(9));
    let _ = write!(text, "sample: {}\nwho: {}\nsource: {}\n", 5 + dice.below(300), dice.phrase(4), dice.phrase(5));
    let _ = write!(text, "summary: {}\nquotes:\n  - text: {}\n", dice.sentence(12), dice.sentence(9));
    File::new(format!("insights/insight-{}.yaml", number + 1), text)
}

fn opportunity(number: usize, size: Size) -> File {
    let dice = &mut Dice::of("opportunity file", number);
    let status = dice.pick(&["idea", "planned", "doing", "done"]);
    let mut text =
        format!("title: {}\nsummary: {}\nstatus: {status}\n", title("opportunity", number), dice.sentence(12));
    let _ = write!(text, "impact: {}\neffort: {}\n", 1 + dice.below(5), 1 + dice.below(5));
    let _ = write!(
        text,
        "owner: team-{}\ninsights: [insight-{}]\n",
        dice.below(TEAMS) + 1,
        dice.below(size.insights()) + 1
    );
    File::new(format!("opportunities/opportunity-{}.yaml", number + 1), text)
}

fn map_text(map: &Map) -> String {
    let mut text = format!("title: {}\nkind: current-state\npersona: persona-{}\n", map.title, map.persona + 1);
    let _ = write!(text, "finding: {}\nscenario: {}\npurpose: {}\n", map.finding, map.scenario, map.purpose);
    let _ = write!(text, "owner: team-{}\nreviewed: 2026-09-12\nreview-every: 6 months\n", map.owner + 1);
    let _ = write!(text, "lanes: [{LANES}]\nstages:\n");
    for (index, stage) in map.stages.iter().enumerate() {
        let _ = write!(text, "  - id: {}\n    title: {}\n", stage.id, stage.title);
        let _ = write!(text, "    goals: [{}]\n    owner: team-{}\n", stage.goal, stage.owner + 1);
        text += if stage.id == "delivery" { "    fix-first: true\n    steps:\n" } else { "    steps:\n" };
        for (half, step) in stage.steps.iter().enumerate() {
            let _ = write!(text, "      - id: step-{}\n        action: {}\n", index * 2 + half + 1, step.action);
            let _ = write!(
                text,
                "        touchpoint: touchpoint-{}\n        thinks: {}\n",
                step.touchpoint + 1,
                step.thinks
            );
            let _ = write!(text, "        feels: {}\n        feeling: {}\n        pains:\n", step.feels, step.feeling);
            let _ = write!(text, "          - text: {}\n            severity: medium\n", step.pain);
            let _ = writeln!(text, "        opportunities: [opportunity-{}]", step.opportunity + 1);
            if let Some(why) = &step.moment_of_truth {
                let _ = writeln!(text, "        moment-of-truth: {why}");
            }
        }
    }
    text
}

fn course(number: usize) -> File {
    let dice = &mut Dice::of("course file", number);
    let mut text =
        format!("title: {}\nsummary: {}\nfor: {}\n", title("course", number), dice.sentence(12), dice.phrase(4));
    list(&mut text, "objectives", &sentences(dice, 0..3, 8));
    File::new(format!("training/course-{}/course.yaml", number + 1), text)
}

fn lesson_file(number: usize, size: Size) -> File {
    let lesson = lesson(number, size, |map, stage| format!("map:map-{}#{stage}", map + 1));
    let mut text = format!("---\ntitle: {}\nsummary: {}\nminutes: {}\n", lesson.title, lesson.summary, lesson.minutes);
    list(&mut text, "objectives", &lesson.objectives);
    let _ = write!(text, "---\n\n{}", lesson.body);
    let (course, place) = (number / LESSONS_A_COURSE + 1, number % LESSONS_A_COURSE + 1);
    File::new(format!("training/course-{course}/{place:02}-lesson-{}.md", number + 1), text)
}

fn list(text: &mut String, key: &str, items: &[String]) {
    let _ = writeln!(text, "{key}:");
    text.extend(items.iter().map(|item| format!("  - {item}\n")));
}
