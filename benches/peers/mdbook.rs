//! For mdBook, which has no templates for data: a map is a Markdown table there, so there is less to do.

use super::{LANES, cells, prose};
use crate::handbook::{File, Lesson, Map, Size, lesson, map};

/// The book's files.
pub(crate) fn files(pages: usize) -> Vec<File> {
    let size = Size::of(pages);
    let mut summary = "# Summary\n\n".to_owned();
    let mut files = vec![File::new("book.toml", CONFIG)];
    for number in 0..size.lessons {
        let lesson = lesson(number, size, |map, _| format!("../maps/map-{}.md", map + 1));
        let path = format!("lessons/lesson-{}.md", number + 1);
        summary += &format!("- [{}]({path})\n", lesson.title);
        files.push(File::new(format!("src/{path}"), lesson_text(&lesson)));
    }
    for number in 0..size.maps {
        let map = map(number, size);
        let path = format!("maps/map-{}.md", number + 1);
        summary += &format!("- [{}]({path})\n", map.title);
        files.push(File::new(format!("src/{path}"), map_text(&map)));
    }
    files.push(File::new("src/SUMMARY.md", summary));
    files
}

const CONFIG: &str = r#"[book]
title = "Measured handbook"
[output.html.search]
enable = false
"#;

fn lesson_text(lesson: &Lesson) -> String {
    let Lesson { title, summary, minutes, objectives, body } = lesson;
    let objectives: String = objectives.iter().map(|objective| format!("- {objective}\n")).collect();
    format!("# {title}\n\n{summary} {minutes} minutes.\n\n{objectives}\n{body}")
}

fn map_text(map: &Map) -> String {
    let titles: String = map.stages.iter().map(|stage| format!(" {} |", stage.title)).collect();
    let mut text =
        format!("# {}\n\n{}\n| |{titles}\n{}\n", map.title, prose(map), "|---".repeat(map.stages.len() + 1) + "|");
    let stages: Vec<[Vec<String>; 8]> = map.stages.iter().map(cells).collect();
    for (lane, name) in LANES.iter().enumerate() {
        let row: String = stages.iter().map(|cells| format!(" {} |", cells[lane].join("<br>"))).collect();
        text += &format!("| {name} |{row}\n");
    }
    text
}
