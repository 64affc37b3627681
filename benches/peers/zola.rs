//! For Zola.

use super::{LANES, array, cells, menu, prose, rows};
use crate::handbook::{File, Lesson, Map, Size, lesson, map};

/// The site's files.
pub(crate) fn files(pages: usize) -> Vec<File> {
    let size = Size::of(pages);
    let mut files = vec![
        File::new("config.toml", CONFIG),
        File::new("templates/base.html", BASE.replace("MENU", &menu(size.lessons))),
        File::new("templates/index.html", INDEX),
        File::new("templates/section.html", SECTION),
        File::new("templates/page.html", format!("{HEAD}{LESSON}{FOOT}")),
        File::new("templates/map.html", format!("{HEAD}{}{FOOT}", MAP.replace("ROWS", &rows(row)))),
        File::new("static/style.css", "body { font: 16px sans-serif }\n"),
        File::new("content/_index.md", "+++\n+++\n"),
        File::new("content/lessons/_index.md", "+++\ntitle = \"Lessons\"\nsort_by = \"weight\"\n+++\n"),
        File::new(
            "content/maps/_index.md",
            "+++\ntitle = \"Maps\"\nsort_by = \"weight\"\npage_template = \"map.html\"\n+++\n",
        ),
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

const CONFIG: &str = r#"base_url = "https://example.org"
title = "Measured handbook"
build_search_index = false
generate_feeds = false
"#;

const BASE: &str = r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}Handbook{% endblock %}</title><meta name="description" content="{% block description %}{% endblock %}"><link rel="stylesheet" href="/style.css"></head>
<body>
<header><nav><ul>MENU</ul></nav></header>
{% block body %}{% endblock %}
</body>
</html>
"#;

const INDEX: &str = r#"{% extends "base.html" %}{% block body %}<ul><li><a href="/lessons/">Lessons</a></li><li><a href="/maps/">Maps</a></li></ul>{% endblock %}
"#;

const SECTION: &str = r#"{% extends "base.html" %}{% block title %}{{ section.title }} | Handbook{% endblock %}{% block body %}<ul>{% for page in section.pages %}<li><a href="{{ page.path }}">{{ page.title }}</a></li>
{% endfor %}</ul>{% endblock %}
"#;

const HEAD: &str = r#"{% extends "base.html" %}{% block title %}{{ page.title }} | Handbook{% endblock %}{% block description %}{{ page.description }}{% endblock %}{% block body %}
<nav><a href="/">Home</a></nav>
<main><h1>{{ page.title }}</h1>
"#;

const FOOT: &str = r#"</main>
<footer>{% if page.lower %}<a href="{{ page.lower.path }}">{{ page.lower.title }}</a>{% endif %} {% if page.higher %}<a href="{{ page.higher.path }}">{{ page.higher.title }}</a>{% endif %}</footer>
{% endblock %}
"#;

const LESSON: &str = r#"<aside><ul>{% for h in page.toc %}<li><a href="{{ h.permalink }}">{{ h.title }}</a>{% if h.children %}<ul>{% for c in h.children %}<li><a href="{{ c.permalink }}">{{ c.title }}</a></li>{% endfor %}</ul>{% endif %}</li>{% endfor %}</ul></aside>
<p>{{ page.description }} {{ page.extra.minutes }} minutes.</p>
<ul>{% for objective in page.extra.objectives %}<li>{{ objective }}</li>{% endfor %}</ul>
{{ page.content | safe }}
"#;

const MAP: &str = r#"{{ page.content | safe }}
<table><thead><tr><th></th>{% for s in page.extra.stages %}<th scope="col" id="{{ s.id }}">{{ s.title }}</th>{% endfor %}</tr></thead>
<tbody>
ROWS</tbody></table>
"#;

fn row(lane: &str) -> String {
    let items = format!("{{% for item in s.{lane} %}}<li>{{{{ item }}}}</li>{{% endfor %}}");
    format!("{{% for s in page.extra.stages %}}<td><ul>{items}</ul></td>{{% endfor %}}")
}

fn lesson_text(number: usize, lesson: &Lesson) -> String {
    let Lesson { title, summary, minutes, objectives, body } = lesson;
    let (weight, objectives) = (number + 1, array(objectives));
    let head = format!("title = \"{title}\"\nweight = {weight}\ndescription = \"{summary}\"\n");
    format!("+++\n{head}[extra]\nminutes = {minutes}\nobjectives = {objectives}\n+++\n\n{body}")
}

fn map_text(number: usize, map: &Map) -> String {
    let mut text =
        format!("+++\ntitle = \"{}\"\nweight = {}\ndescription = \"{}\"\n", map.title, number + 1, map.finding);
    for stage in &map.stages {
        text += &format!("[[extra.stages]]\nid = \"{}\"\ntitle = \"{}\"\n", stage.id, stage.title);
        text.extend(LANES.iter().zip(cells(stage)).map(|(lane, cell)| format!("{lane} = {}\n", array(&cell))));
    }
    text + "+++\n\n" + &prose(map)
}
