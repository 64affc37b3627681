//! For Hugo.

use super::{LANES, array, cells, menu, prose, rows};
use crate::handbook::{File, Lesson, Map, Size, lesson, map};

/// The site's files.
pub(crate) fn files(pages: usize) -> Vec<File> {
    let size = Size::of(pages);
    let mut files = vec![
        File::new("hugo.toml", CONFIG),
        File::new("layouts/_default/baseof.html", BASE.replace("MENU", &menu(size.lessons))),
        File::new("layouts/_default/single.html", SINGLE),
        File::new("layouts/_default/list.html", LIST),
        File::new("layouts/maps/single.html", MAP.replace("ROWS", &rows(row))),
        File::new("static/style.css", "body { font: 16px sans-serif }\n"),
        File::new("content/lessons/_index.md", "---\ntitle: Lessons\n---\n"),
        File::new("content/maps/_index.md", "---\ntitle: Maps\n---\n"),
    ];
    files.extend((0..size.lessons).map(|number| {
        let text = lesson_text(number, &lesson(number, size, |map, stage| format!("/maps/map-{}/#{stage}", map + 1)));
        File::new(format!("content/lessons/lesson-{}.md", number + 1), text)
    }));
    files.extend((0..size.maps).map(|number| {
        let text = map_text(number, &map(number, size));
        File::new(format!("content/maps/map-{}.md", number + 1), text)
    }));
    files
}

const CONFIG: &str = r#"baseURL = "https://example.org/"
title = "Measured handbook"
disableKinds = ["taxonomy", "term", "RSS"]
"#;

const BASE: &str = r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} | Handbook</title><meta name="description" content="{{ .Description }}"><link rel="stylesheet" href="/style.css"></head>
<body>
<header><nav><ul>MENU</ul></nav></header>
<nav><a href="/">Home</a>{{ with .Parent }} / <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<main><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main>
<footer>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</footer>
</body>
</html>
"#;

const SINGLE: &str = r#"{{ define "main" }}<aside>{{ .TableOfContents }}</aside>
<p>{{ .Description }} {{ .Params.minutes }} minutes.</p>
<ul>{{ range .Params.objectives }}<li>{{ . }}</li>{{ end }}</ul>
{{ .Content }}{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
"#;

const MAP: &str = r#"{{ define "main" }}{{ .Content }}
<table><thead><tr><th></th>{{ range .Params.stages }}<th scope="col" id="{{ .id }}">{{ .title }}</th>{{ end }}</tr></thead>
<tbody>
ROWS</tbody></table>{{ end }}
"#;

fn row(lane: &str) -> String {
    let items = format!("{{{{ range .{lane} }}}}<li>{{{{ . }}}}</li>{{{{ end }}}}");
    format!("{{{{ range .Params.stages }}}}<td><ul>{items}</ul></td>{{{{ end }}}}")
}

fn lesson_text(number: usize, lesson: &Lesson) -> String {
    let Lesson { title, summary, minutes, objectives, body } = lesson;
    let (weight, objectives) = (number + 1, array(objectives));
    format!(
        "---\ntitle: {title}\nweight: {weight}\ndescription: {summary}\nminutes: {minutes}\nobjectives: {objectives}\n---\n\n{body}"
    )
}

fn map_text(number: usize, map: &Map) -> String {
    let mut text =
        format!("---\ntitle: {}\nweight: {}\ndescription: {}\nstages:\n", map.title, number + 1, map.finding);
    for stage in &map.stages {
        text += &format!("  - id: {}\n    title: {}\n", stage.id, stage.title);
        text.extend(LANES.iter().zip(cells(stage)).map(|(lane, cell)| format!("    {lane}: {}\n", array(&cell))));
    }
    text + "---\n\n" + &prose(map)
}
