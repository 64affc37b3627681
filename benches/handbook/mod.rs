//! Handbooks of any size, always the same: what the measurements build.
//!
//! Half of the pages are lessons of some 400 words, half are journey maps of six stages by eight lanes. What they say
//! is chance; how much they say, and how they hang together, is like a handbook written by people. The catalog that
//! the maps name (personas, touchpoints, teams, opportunities, evidence) grows with them and comes on top.

#[allow(dead_code, reason = "only the generator and the test of growth use it")]
pub(crate) mod catalog;
mod dice;
mod journeybook;
#[allow(dead_code, reason = "only the generator and the cost of the search use it")]
pub(crate) mod polyglot;

use std::ops::Range;

use dice::Dice;
pub(crate) use journeybook::files;

/// A text file: where it stands, and what is in it.
pub(crate) struct File {
    /// Relative, `/`-separated.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl File {
    /// The file `path`, holding `text`.
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// How much there is of everything.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Half of the pages.
    pub(crate) lessons: usize,
    /// The other half.
    pub(crate) maps: usize,
}

impl Size {
    /// For a number of pages.
    pub(crate) fn of(pages: usize) -> Self {
        Self { lessons: pages / 2, maps: pages - pages / 2 }
    }

    fn personas(self) -> usize {
        4.max(self.maps / 50)
    }

    fn touchpoints(self) -> usize {
        12.max(self.maps / 10)
    }

    fn opportunities(self) -> usize {
        12.max(self.maps / 10)
    }

    fn insights(self) -> usize {
        8.max(self.maps / 20)
    }
}

/// Lessons of one course, at most.
pub(crate) const LESSONS_A_COURSE: usize = 50;
/// Teams.
const TEAMS: usize = 8;
/// The stages of every map: id and title.
const STAGES: [(&str, &str); 6] = [
    ("awareness", "Awareness"),
    ("consideration", "Consideration"),
    ("purchase", "Purchase"),
    ("delivery", "Delivery"),
    ("use", "Use"),
    ("advocacy", "Advocacy"),
];
/// Words for feelings from −2 to +2.
const FEELINGS: [&str; 5] = ["fed up", "uneasy", "calm", "relieved", "delighted"];

/// A course's lesson.
pub(crate) struct Lesson {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) minutes: usize,
    pub(crate) objectives: Vec<String>,
    /// Markdown.
    pub(crate) body: String,
}

/// A journey map, all its links as numbers.
pub(crate) struct Map {
    pub(crate) title: String,
    pub(crate) finding: String,
    pub(crate) scenario: String,
    pub(crate) purpose: String,
    pub(crate) persona: usize,
    pub(crate) owner: usize,
    pub(crate) stages: Vec<Stage>,
}

/// A stage of a map.
pub(crate) struct Stage {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) goal: String,
    pub(crate) owner: usize,
    pub(crate) steps: Vec<Step>,
}

/// A step of a stage.
pub(crate) struct Step {
    pub(crate) action: String,
    pub(crate) touchpoint: usize,
    pub(crate) thinks: String,
    /// −2 to +2.
    pub(crate) feels: i32,
    pub(crate) feeling: &'static str,
    pub(crate) pain: String,
    pub(crate) opportunity: usize,
    pub(crate) moment_of_truth: Option<String>,
}

/// What a thing of the catalog is called.
pub(crate) fn title(kind: &str, number: usize) -> String {
    format!("{} {}", Dice::of(&format!("{kind} title"), number).phrase(2), number + 1)
}

/// The `number`th lesson. `link` says how a link to a stage of the map of that number is written.
pub(crate) fn lesson(number: usize, size: Size, link: impl Fn(usize, &str) -> String) -> Lesson {
    let dice = &mut Dice::of("lesson", number);
    let to_map = |dice: &mut Dice| {
        let (map, (stage, name)) = (dice.below(size.maps), *dice.pick(&STAGES));
        format!("See [{name} in journey {}]({}).", map + 1, link(map, stage))
    };
    let list =
        |count: usize, dice: &mut Dice| (0..count).map(|_| format!("- {}\n", dice.sentence(9))).collect::<String>();
    let row = |row: usize, dice: &mut Dice| {
        format!("| {row} | {} | *{}* and `{}` |\n", dice.sentence(5), dice.phrase(1), dice.phrase(1))
    };
    let summary = dice.sentence(10);
    let objectives = sentences(dice, 0..3, 8);
    let mut body = format!("{}\n\n## What the customer meets\n\n", dice.paragraph(5));
    body += &format!("{} {}\n\n{}\n", dice.paragraph(5), to_map(dice), list(4, dice));
    body += &format!("### In detail\n\n{}\n\n| Step | Action | Standard |\n|---|---|---|\n", dice.paragraph(5));
    body.extend((1..6).map(|number| row(number, dice)));
    body += &format!("\n## Practice\n\n{} **{}** {}\n\n", dice.paragraph(5), dice.sentence(4), to_map(dice));
    body += &format!("> {}\n\n{}\n", dice.sentence(14), dice.paragraph(3));
    Lesson { title: title("lesson", number), summary, minutes: 10 + dice.below(20), objectives, body }
}

/// The `number`th journey map.
pub(crate) fn map(number: usize, size: Size) -> Map {
    let dice = &mut Dice::of("map", number);
    // The two that decide: one early, one late.
    let decisive = [dice.below(6), 6 + dice.below(6)];
    let step = |index: usize, dice: &mut Dice| {
        let feels = dice.below(5);
        Step {
            action: dice.phrase(8),
            touchpoint: dice.below(size.touchpoints()),
            thinks: dice.sentence(9),
            feels: feels as i32 - 2,
            feeling: FEELINGS[feels],
            pain: dice.phrase(7),
            opportunity: dice.below(size.opportunities()),
            moment_of_truth: decisive.contains(&index).then(|| dice.sentence(9)),
        }
    };
    let stages = STAGES.iter().enumerate().map(|(index, &(id, title))| Stage {
        id,
        title,
        goal: dice.sentence(8),
        owner: dice.below(TEAMS),
        steps: (0..2).map(|half| step(index * 2 + half, dice)).collect(),
    });
    let stages = stages.collect();
    Map {
        title: title("map", number),
        finding: dice.sentence(10),
        scenario: dice.sentence(14),
        purpose: dice.sentence(10),
        persona: dice.below(size.personas()),
        owner: dice.below(TEAMS),
        stages,
    }
}

fn sentences(dice: &mut Dice, which: Range<usize>, length: usize) -> Vec<String> {
    which.map(|_| dice.sentence(length)).collect()
}
