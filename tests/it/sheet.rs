//! Maps as files to take away: whole, readable anywhere, nothing cut off and nothing over anything else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use journeybook::compile::compile;
use journeybook::diag::Report;
use journeybook::model::{Handbook, Lang};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};
use journeybook::views::sheet::{Anchor, Bounds, Shape, sheet};
use journeybook::views::{Here, PageKind, Verdict, Words, derive};
use journeybook::{disk, parse, resolve};
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(files: &[(&str, String)]) -> Sources {
    let file = |(path, text): &(&str, String)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn example() -> Sources {
    disk::discover(&root().join("content-example"), &[]).unwrap()
}

/// A sheet as the tests look at it.
struct Drawn {
    width: f64,
    height: f64,
    /// Everything drawn that is neither a text nor a group, as what it covers and as how it is told.
    shapes: Vec<([f64; 4], String)>,
    /// Every text: its lines, and about what it covers.
    texts: Vec<(Vec<String>, Bounds)>,
    /// How every text is set: size, boldness, anchor, and whether it has a seam.
    set: Vec<(f64, bool, &'static str, bool)>,
    /// The middles of faces in full size.
    faces: Vec<f64>,
    /// The data of every path.
    paths: Vec<String>,
    /// Whether each line of feelings is one.
    lines: Vec<bool>,
}

/// The sheets of all maps, by name.
fn sheets(sources: &Sources) -> Vec<(String, Drawn)> {
    let mut report = Report::default();
    let handbook: Arc<Handbook> = resolve::link(parse::all(sources, &mut report), sources, &mut report).into();
    let verdict = Verdict::new(Arc::clone(&handbook), Report::default(), sources.clone());
    let pages = derive(&handbook, &mut report);
    let tag = handbook.settings.tag(Lang::DEFAULT);
    let layers = ["en", "zh-CN"].into_iter().filter(|name| *name == "en" || name.starts_with(tag));
    let layers = layers.map(|name| {
        (name, words(&fs::read_to_string(root().join(format!("themes/default/strings/{name}.yaml"))).unwrap()))
    });
    let words = Words::new(tag, layers);
    let all = handbook.maps.entries().map(|(id, map)| {
        let path = &pages.of(PageKind::Map(id), Lang::DEFAULT).unwrap().path;
        let (pages, verdict, words) = (&pages, &verdict, &words);
        let (handbook, lang, path) = (&handbook, Lang::DEFAULT, Some(path));
        let here = Here { handbook, pages, verdict, words, lang, path, part: 0, leads: true };
        let sheet = sheet(&here, id);
        let mut drawn = Drawn {
            width: sheet.width,
            height: sheet.height,
            shapes: Vec::new(),
            texts: Vec::new(),
            set: Vec::new(),
            faces: Vec::new(),
            paths: Vec::new(),
            lines: Vec::new(),
        };
        for (text, said) in sheet.texts() {
            let anchor = match text.anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            drawn.set.push((text.size, text.bold, anchor, text.halo.is_some()));
            drawn.texts.push((said.split('\n').map(str::to_owned).collect(), text.bounds(said)));
        }
        // A group is of as many shapes as follow it, and none reaches beyond the group around it.
        let mut open = vec![sheet.shapes.len()];
        for (at, shape) in sheet.shapes.iter().enumerate() {
            while open.last() == Some(&at) {
                open.pop();
            }
            let covers = match *shape {
                Shape::Group { count, label, .. } => {
                    assert!(count > 0 && at + count < *open.last().unwrap(), "a group of nothing, or of too much");
                    assert!(!sheet.read(label).is_empty(), "a group without a name");
                    open.push(at + 1 + count);
                    continue;
                }
                Shape::Rect { x, y, width, height, .. } => [x, y, x + width, y + height],
                Shape::Line { from, to, .. } => {
                    [from[0].min(to[0]), from[1].min(to[1]), from[0].max(to[0]), from[1].max(to[1])]
                }
                Shape::Face { x, y, r, .. } => {
                    drawn.faces.extend((r == 10.0).then_some(x));
                    [x - r, y - r, x + r, y + r]
                }
                Shape::Icon { x, y, size, .. } => [x, y, x + size, y + size],
                Shape::Curve(curve) => {
                    drawn.lines.push(!curve.line.is_empty());
                    [curve.x, curve.y, curve.x + curve.width, curve.y + curve.height]
                }
                Shape::Path { d, .. } => {
                    drawn.paths.push(sheet.read(d).to_owned());
                    continue;
                }
                Shape::Text(_) => continue,
            };
            drawn.shapes.push((covers, format!("{shape:?}")));
        }
        (map.item.name.clone(), drawn)
    });
    all.collect()
}

/// The theme's words, a line each.
fn words(yaml: &str) -> Vec<journeybook::views::words::Entry> {
    let unquoted = |text: &str| text.trim().trim_matches('"').to_owned();
    let lines = yaml.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let entry = |(key, text): (&str, &str)| {
        let forms = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}')).and_then(|text| {
            let (one, other) = text.trim().strip_prefix("one:")?.split_once("other:")?;
            Some(vec![
                ("one".to_owned(), unquoted(one.trim().trim_end_matches(','))),
                ("other".to_owned(), unquoted(other)),
            ])
        });
        (key.to_owned(), forms.unwrap_or_else(|| vec![("other".to_owned(), unquoted(text))]))
    };
    lines.map(entry).collect()
}

fn svg(site: &Site, map: &str) -> String {
    let path = SitePath::new(&format!("maps/{map}.svg")).unwrap();
    match site.read(&path).unwrap().unwrap() {
        Entry::Bytes(bytes) => String::from_utf8(bytes.into_owned()).unwrap(),
        Entry::Asset(_) => panic!("{map} is a page"),
    }
}

fn svgs(sources: &Sources) -> Vec<(String, String)> {
    let (site, _) = compile(sources);
    sheets(sources).into_iter().map(|(name, _)| (svg(&site, &name), name)).map(|(svg, name)| (name, svg)).collect()
}

fn holds_together(name: &str, sheet: &Drawn) {
    for (at, (lines, a)) in sheet.texts.iter().enumerate() {
        let text = lines.join(" ");
        assert!(
            a.left >= 0.0 && a.top >= 0.0 && a.right <= sheet.width && a.bottom <= sheet.height,
            "{name}: `{text}` leaves the sheet: {a:?}"
        );
        for (other, b) in &sheet.texts[..at] {
            let apart = a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
            assert!(apart, "{name}: `{text}` {a:?} lies on `{}` {b:?}", other.join(" "));
        }
    }
    for ([left, top, right, bottom], shape) in &sheet.shapes {
        assert!(
            *left >= 0.0 && *top >= 0.0 && *right <= sheet.width && *bottom <= sheet.height,
            "{name}: {shape} leaves the sheet"
        );
    }
}

#[test]
fn nothing_lies_on_anything_and_nothing_leaves_the_sheet() {
    let all = sheets(&example());
    assert!(all.len() > 4);
    for (name, sheet) in &all {
        holds_together(name, sheet);
    }
}

#[test]
fn a_file_stands_alone() {
    for (name, svg) in svgs(&example()) {
        well_formed(&svg);
        for forbidden in
            ["<style", "style=", "<script", " href", "class=", "foreignObject", "var(", "light-dark", "<image", " on"]
        {
            assert!(!tags(&svg).iter().any(|tag| tag.contains(forbidden)), "{name} has `{forbidden}`");
        }
        let addresses: Vec<&str> =
            svg.match_indices("://").map(|(at, _)| &svg[at.saturating_sub(4)..at + 18]).collect();
        assert_eq!(addresses, ["http://www.w3.org/2000", "http://www.w3.org/1999"], "{name} points outside");
        let inside = |before: &str, after: char| {
            let ids = svg.match_indices(before).map(|(at, _)| svg[at + before.len()..].split(after).next().unwrap());
            ids.collect::<Vec<_>>()
        };
        for id in inside("url(#", ')').into_iter().chain(inside(" xlink:href=\"#", '"')) {
            assert_eq!(svg.matches(&format!(" id=\"{id}\"")).count(), 1, "{name}: `{id}`");
        }
        assert_eq!(svg.matches("href").count(), svg.matches(" xlink:href=\"#").count(), "{name} names what is outside");
        // Whoever names a drawing shows it, and nothing is drawn for nobody.
        let uses = inside(" xlink:href=\"#", '"');
        for symbol in inside("<g id=\"", '"') {
            assert!(uses.contains(&symbol), "{name}: nobody uses `{symbol}`");
        }
        assert!(svg.contains("<title id=\"title\">") && svg.contains("<desc id=\"told\">"), "{name}");
    }
}

/// What holds for each text of a file: what it says itself, and what the groups around it say.
fn set(svg: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut around = vec![BTreeMap::from([("font-weight", "400"), ("text-anchor", "start"), ("stroke-width", "1")])];
    let mut texts = Vec::new();
    for tag in tags(svg.split_once("?>").unwrap().1) {
        if tag.starts_with('/') {
            around.pop();
            continue;
        }
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut all = around.last().unwrap().clone();
        while let Some((attribute, value)) = rest.split_once("=\"") {
            let (value, more) = value.split_once('"').unwrap();
            all.insert(attribute.trim(), value);
            rest = more;
        }
        if name == "text" {
            texts.push(all.clone());
        }
        if !tag.ends_with('/') {
            around.push(all);
        }
    }
    texts
}

#[test]
fn what_is_said_once_for_many_texts_holds_for_each() {
    let sources = example();
    for ((name, svg), (_, sheet)) in svgs(&sources).into_iter().zip(sheets(&sources)) {
        let texts = set(&svg);
        assert_eq!(texts.len(), sheet.set.len(), "{name}");
        for (text, (size, bold, anchor, seam)) in texts.iter().zip(&sheet.set) {
            assert_eq!(text["font-size"].parse::<f64>().unwrap(), *size, "{name}: {text:?}");
            assert_eq!(text["font-weight"], if *bold { "600" } else { "400" }, "{name}: {text:?}");
            assert_eq!(text["text-anchor"], *anchor, "{name}: {text:?}");
            let seamed = text.contains_key("stroke") && text["stroke-width"] == "4" && text["paint-order"] == "stroke";
            assert_eq!((text.contains_key("stroke"), seamed), (*seam, *seam), "{name}: {text:?}");
        }
    }
}

#[test]
fn the_colours_are_those_of_the_light_scheme() {
    let tokens = fs::read_to_string(root().join("themes/default/styles/tokens.css")).unwrap();
    for (name, svg) in svgs(&example()) {
        let named = svg.replace("href=\"#", "");
        for colour in named.match_indices("=\"#").map(|(at, _)| named[at + 2..].split('"').next().unwrap()) {
            assert!(tokens.contains(&format!("light-dark({colour},")), "{name}: no token is {colour}");
        }
    }
}

/// A map that says something in each of its places; `say` gives the text of a place.
fn handbook(language: &str, mut say: impl FnMut(&str) -> String) -> Sources {
    let mut quoted = |place: &str| quote(&say(place));
    let map = format!(
        "title: {}\nkind: current-state\npersona: mei\nfinding: {}\nscenario: {}\npurpose: {}\noutcome: {}\nowner: retail\nreviewed: 2026-10-14\nreviewed-by: {}\nstages:\n  - id: shop\n    title: {}\n    duration: {}\n    goals: [{}]\n    fix-first: true\n    steps:\n      - id: ask\n        action: {}\n        moment: {}\n        touchpoint: adviser\n        thinks: {}\n        says: {}\n        feels: 2\n        feeling: {}\n        needs: [{}]\n        gains: [{}]\n        pains: [{{ text: {}, severity: high }}]\n        moment-of-truth: {}\n        frontstage: {}\n        insights: [talks]\n        opportunities: [van]\n        metrics: [csat]\n  - id: door\n    title: {}\n    steps:\n      - id: wait\n        action: {}\n        feels: -2\n",
        quoted("title"),
        quoted("finding"),
        quoted("scenario"),
        quoted("purpose"),
        quoted("outcome"),
        quoted("by"),
        quoted("stage"),
        quoted("duration"),
        quoted("goal"),
        quoted("action"),
        quoted("moment"),
        quoted("thinks"),
        quoted("says"),
        quoted("feeling"),
        quoted("need"),
        quoted("gain"),
        quoted("pain"),
        quoted("truth"),
        quoted("frontstage"),
        quoted("second stage"),
        quoted("second action"),
    );
    let (persona, team, touchpoint) = (quoted("persona"), quoted("team"), quoted("touchpoint"));
    let (insight, opportunity, metric) = (quoted("insight"), quoted("opportunity"), quoted("metric"));
    sources(&[
        ("handbook.yaml", format!("title: {}\nlanguages: [{language}]\n", quoted("handbook"))),
        ("teams.yaml", format!("retail: {{ title: {team} }}\n")),
        ("channels.yaml", "store: { title: Store, icon: store }\n".to_owned()),
        ("personas/mei.md", format!("---\ntitle: {persona}\nsummary: Short.\n---\n")),
        (
            "touchpoints/adviser.md",
            format!(
                "---\ntitle: {touchpoint}\nchannel: store\nkind: human\nowner: retail\nstatus: live\nsummary: Draws.\n---\n"
            ),
        ),
        (
            "insights/talks.yaml",
            format!(
                "title: {insight}\nkind: interview\ndate: 2026-05-01\nsample: 14\nwho: buyers\nsource: Rosa\nsummary: Doors.\n"
            ),
        ),
        (
            "opportunities/van.yaml",
            format!(
                "title: {opportunity}\nsummary: See it.\nstatus: planned\nimpact: 3\neffort: 2\nowner: retail\ninsights: [talks]\n"
            ),
        ),
        (
            "metrics/csat.yaml",
            format!("title: {metric}\nkind: score\nsource: Survey\nowner: retail\nbaseline: 2.6\ntarget: 4.2\n"),
        ),
        ("maps/buying.yaml", map),
    ])
}

const PLACES: usize = 28;

/// A text as YAML has it between double quotes.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            c if (c as u32) < 0x1_0000 => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    quoted + "\""
}

/// What a text says, without what may be broken or replaced.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// The text between the tags of a file.
fn said(svg: &str) -> String {
    let mut text = String::new();
    for piece in svg.split('<').skip(1) {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    bare(&text)
}

fn tags(svg: &str) -> Vec<&str> {
    svg.split('<').skip(1).map(|piece| piece.split_once('>').unwrap().0).collect()
}

/// Holds a file to the rules of XML: elements closed in their order, attributes quoted and once, only known entities,
/// only characters that XML has.
fn well_formed(svg: &str) {
    let legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(svg.chars().all(legal), "a character that XML has not");
    for (at, _) in svg.match_indices('&') {
        let name = svg[at + 1..].split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&name), "`&{name}`");
    }
    let mut open = Vec::new();
    for tag in tags(svg.split_once("?>").unwrap().1) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (body, closed) = tag.strip_suffix('/').map_or((tag, false), |body| (body, true));
        let name = body.split(' ').next().unwrap();
        let mut rest = &body[name.len()..];
        let mut names = Vec::new();
        while !rest.trim().is_empty() {
            let (attribute, value) = rest.split_once("=\"").unwrap();
            assert!(attribute.starts_with(' ') && !names.contains(&attribute), "`{tag}`");
            names.push(attribute);
            rest = value.split_once('"').unwrap().1;
        }
        if !closed {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} never closed");
}

#[test]
fn every_text_of_a_map_is_in_its_file() {
    let mut places = Vec::new();
    let sources = handbook("en", |place| {
        places.push(place.to_owned());
        format!("What stands in the {place} and is rather long for a drawing")
    });
    assert_eq!(places.len(), PLACES);
    let text = said(&svgs(&sources)[0].1);
    for place in places {
        assert!(text.contains(&bare(&format!("in the {place} and is rather long"))), "{place}");
    }
}

/// The map of a small handbook, with a team, a persona and a piece of evidence to name.
fn mapped(map: &str) -> Sources {
    sources(&[
        ("handbook.yaml", "title: Harbor\nlanguages: [en]\n".to_owned()),
        ("teams.yaml", "crew: { title: The crew }\ndesk: { title: The desk }\n".to_owned()),
        ("personas/mei.md", "---\ntitle: Mei Lin\nsummary: Short.\n---\n".to_owned()),
        ("personas/ana.md", "---\ntitle: Ana Duarte\nsummary: Short.\n---\n".to_owned()),
        (
            "insights/talks.yaml",
            "title: Talks\nkind: interview\ndate: 2026-05-01\nsample: 14\nwho: buyers\nsource: Rosa\nsummary: Doors.\n"
                .to_owned(),
        ),
        ("maps/one.yaml", map.to_owned()),
    ])
}

/// Holds the one map to the rules of all, and to having each of some texts in it.
fn draws(map: &str, texts: &[&str]) -> Drawn {
    let sources = mapped(map);
    let (_, svg) = &svgs(&sources)[0];
    well_formed(svg);
    let drawn = said(svg);
    for text in texts {
        assert!(drawn.contains(&bare(text)), "`{text}` is not drawn");
    }
    let (name, sheet) = sheets(&sources).remove(0);
    holds_together(&name, &sheet);
    sheet
}

#[test]
fn a_blueprint_is_drawn_with_its_lines_arrows_and_marks() {
    let sheet = draws(
        "title: Behind the door
kind: service-blueprint
persona: mei
actors: { frontstage: crew, support: desk }
fail-points:
  - { id: text, title: Replies go nowhere, known: A third reply, insights: [talks] }
stages:
  - id: before
    title: Before the day
    steps:
      - { id: slot, action: Picks a slot, evidence: The slot picker, frontstage: The app offers blocks, support: { text: Routing, flow: both } }
      - { id: night, moment: Nobody sees it, backstage: Plans the van, support: Van positions }
  - id: day
    title: The day itself
    steps:
      - { id: home, action: Stays in, waits: 3 hours, frontstage: { text: An automatic text, fails: [text], team: desk }, feels: -2 }
",
        &[
            "Before the day", "The slot picker", "Picks a slot", "The app offers blocks", "Routing", "Plans the van",
            "Van positions", "3 hours", "An automatic text", "F1", "W1", "Replies go nowhere", "A third reply",
            "14 interviews", "Line of interaction", "Line of visibility", "Line of internal interaction", "The crew",
        ],
    );
    let heads = |tip: &str| sheet.paths.iter().filter(|path| *path == tip).count();
    // From the slot down to the app and both ways to routing; from the planning to the positions; from home to the text.
    assert_eq!((heads("M0 0L5 -9H-5z"), heads("M0 0L5 9H-5z")), (4, 1));
    let drawn = said(&svgs(&mapped("title: T\nkind: service-blueprint\nstages: []\n"))[0].1);
    assert!(drawn.contains("T"), "a map without stages is a sheet all the same");
}

#[test]
fn an_empathy_map_is_drawn_with_what_contradicts_what() {
    draws(
        "title: While she waits
kind: empathy
persona: mei
moment: delivery day
says: [{ text: Just the cheapest one, note: 8 of 14, insights: [talks] }]
thinks: [They would not do this to others]
does: [{ text: Pays more for quiet, insights: [talks] }]
feels: [{ text: Trapped at home, feels: -1 }]
pains: [{ text: Losing sleep, severity: high }]
gains: [A dry uniform]
tensions: [{ says: cheapest, does: pays more, so: Lead with noise }]
",
        &[
            "“Just the cheapest one”",
            "8 of 14 · 14 interviews",
            "They would not do this to others",
            "Pays more for quiet",
            "Trapped at home",
            "feeling −1",
            "Losing sleep",
            "High",
            "A dry uniform",
            "cheapest",
            "pays more",
            "Lead with noise",
            "delivery day",
            "Says",
            "Thinks",
            "Does",
            "Feels",
            "ML",
        ],
    );
}

#[test]
fn a_day_is_drawn_by_its_clock() {
    let sheet = draws(
        "title: A Thursday
kind: day-in-the-life
persona: mei
days:
  - id: early
    title: The early shift
    summary: Ten minutes are her own.
    from: \"05:00\"
    until: \"23:00\"
    scenes:
      - { title: At home, from: \"05:00\", until: \"06:00\" }
      - { title: The launderette, from: \"16:00\", until: \"18:00\", ours: true }
    moments:
      - { id: up, at: \"05:30\", action: Irons what is damp, moment: No dry uniform, feels: -1, nature: duty }
      - { id: wash, at: \"17:00\", until: \"17:50\", action: Waits for a machine, feels: -2, thinks: Never again }
",
        &[
            "The early shift",
            "Ten minutes are her own.",
            "At home",
            "05:00–06:00",
            "The launderette",
            "We meet here",
            "No dry uniform",
            "Irons what is damp",
            "05:30, Duty",
            "17:00–17:50",
            "Never again",
            "06:00",
            "22:00",
        ],
    );
    // True time: from 05:30 to 17:00 is 11.5 of 18 hours.
    let faces = &sheet.faces;
    assert!(((faces[1] - faces[0]) / 1400.0 - 11.5 / 18.0).abs() < 0.001, "{faces:?}");
}

#[test]
fn several_personas_have_a_line_each_and_their_differences() {
    let sheet = draws(
        "title: One delivery
kind: persona-based
personas: [mei, ana]
stages:
  - id: door
    title: At the door
    steps:
      - { id: ring, action: The crew rings, feels: 0 }
      - { id: carry, action: They carry it up, feels: 1 }
differences:
  mei:
    ring: { feels: -2, feeling: startled, thinks: I am asleep, pains: [{ text: No warning, severity: high }] }
  ana:
    carry: { skips: true }
",
        &["Mei Lin (ML)", "Ana Duarte (AD)", "startled", "I am asleep", "No warning", "Does not take this step"],
    );
    assert_eq!(sheet.lines, [true, false], "a line for her; who skips the second step has a single moment and no line");
}

#[test]
fn chinese_is_broken_where_it_may_be() {
    let sources = handbook("zh-CN", |place| match place {
        "action" => "她在下雨的傍晚给三家店打了电话，问能不能当天送到四楼，没有电梯。".to_owned(),
        place => format!("第{}处：洗衣机送不进门", place.len()),
    });
    let (_, sheet) = &sheets(&sources)[0];
    holds_together("buying", sheet);
    let (action, _) = sheet.texts.iter().find(|(lines, _)| lines[0].starts_with("她在下雨")).unwrap();
    assert!(action.len() > 1);
    assert!(action.iter().all(|line| !line.starts_with(['，', '。'])), "{action:?}");
    let svg = &svgs(&sources)[0].1;
    assert!(svg.contains("lang=\"zh-CN\"") && svg.contains("关键时刻"), "{svg}");
}

/// Texts that authors and adversaries write.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "<b>",
        "&amp;",
        "\"'",
        "]]>",
        "<!--",
        "\u{1}",
        "\u{7}\u{1b}",
        "\u{fffe}",
        "\u{a0}",
        "洗衣机",
        "，",
        "👩‍🔧",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        " ",
        "-->",
    ]);
    prop::collection::vec(prop_oneof![nasty.prop_map(str::to_owned), "[ -~]{1,12}", "\\PC{1,6}"], 1..6)
        .prop_map(|pieces| format!("x{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_drawn(texts in prop::collection::vec(text(), PLACES), chinese in any::<bool>()) {
        let mut left = texts.iter();
        let sources = handbook(if chinese { "zh-CN" } else { "en" }, |_| left.next().unwrap().clone());
        let (name, svg) = &svgs(&sources)[0];
        well_formed(svg);
        let drawn = said(svg);
        for text in &texts {
            prop_assert!(drawn.contains(&bare(text)), "{text:?} is not in the file");
        }
        holds_together(name, &sheets(&sources)[0].1);
    }
}
