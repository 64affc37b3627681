//! The same texts for other generators, with templates as bare as they can be: a menu, a table of contents, the
//! content, the neighbours. They resolve nothing and derive nothing: what a map names stands there as text.

pub(crate) mod hugo;
pub(crate) mod mdbook;
pub(crate) mod zola;

use crate::handbook::{Map, Stage, Step, title};

/// Lanes by the key they have in the data.
const LANES: [&str; 8] = ["feelings", "goals", "actions", "touchpoints", "thoughts", "pains", "opportunities", "owner"];

/// What stands in the cells of a stage, in the order of [`LANES`].
fn cells(stage: &Stage) -> [Vec<String>; 8] {
    let each = |text: &dyn Fn(&Step) -> String| stage.steps.iter().map(text).collect();
    [
        each(&|step| format!("{} {}", step.feels, step.feeling)),
        vec![stage.goal.clone()],
        each(&|step| {
            let why = step.moment_of_truth.as_deref().unwrap_or_default();
            format!("{} {why}", step.action).trim_end().to_owned()
        }),
        each(&|step| title("touchpoint", step.touchpoint)),
        each(&|step| step.thinks.clone()),
        each(&|step| step.pain.clone()),
        each(&|step| title("opportunity", step.opportunity)),
        vec![title("team", stage.owner)],
    ]
}

/// What stands around a map's table.
fn prose(map: &Map) -> String {
    let (persona, owner) = (title("persona", map.persona), title("team", map.owner));
    format!("{}\n\n{} {}\n\nPersona: {persona}. Owner: {owner}.\n", map.finding, map.scenario, map.purpose)
}

/// The menu of every page: its first forty lessons.
fn menu(lessons: usize) -> String {
    let entry = |number| format!("<li><a href=\"/lessons/lesson-{number}/\">Lesson {number}</a></li>");
    (1..=lessons.min(40)).map(entry).collect()
}

/// A list of texts in brackets, which YAML and TOML read alike.
fn array(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

/// The rows of a map's table; `cell` is what a template says to show the items of a lane in each stage.
fn rows(cell: impl Fn(&str) -> String) -> String {
    LANES.iter().map(|lane| format!("<tr><th scope=\"row\">{lane}</th>{}</tr>\n", cell(lane))).collect()
}
