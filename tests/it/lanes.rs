//! Lanes of a handbook's own, storyboards, stage sets, and maps made from templates.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use journeybook::compile::compile;
use journeybook::diag::{Report, show};
use journeybook::model::MapKind;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

const SETTINGS: &str = "title: Harbor
lanes:
  weather: { title: Weather, kind: text, icon: cal }
  tools: { title: Tools in hand, kind: list }
  photo: { title: Photograph, kind: image }
  forms: { title: Forms, kind: link, ours: true }
  minutes: { title: Minutes, kind: number }
stage-sets:
  three: [{ id: before, title: Before it }, { id: during, title: During it }, { id: after, title: After it }]
";

/// A handbook with one map, and its report as text.
fn built(map: &str) -> (Site, String) {
    let file = |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.into());
    let sources = Sources::new(vec![
        file("handbook.yaml", SETTINGS),
        file("assets/door.svg", "<svg/>"),
        file("guides/forms.md", "---\ntitle: All forms\n---\n\nText.\n"),
        file("maps/a.yaml", &format!("title: A\nkind: experience\noutcome: Done.\n{map}")),
    ]);
    let (site, mut report): (Site, Report) = compile(&sources);
    report.append(site.check());
    (site, show::text(&report.loud(), &sources, false))
}

fn page(site: &Site, path: &str) -> String {
    let Entry::Bytes(bytes) = site.read(&SitePath::new(path).unwrap()).unwrap().unwrap() else { panic!("no page") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The row of a lane by its title, as HTML.
fn row<'p>(page: &'p str, title: &str) -> &'p str {
    let start =
        page.find(&format!(">{title}<")).or_else(|| page.find(&format!(" {title}<"))).expect("the lane is drawn");
    let end = page[start..].find("</tr>").map_or(page.len(), |end| start + end);
    &page[start..end]
}

#[test]
fn every_kind_of_own_lane_holds_what_it_should() {
    let (site, report) = built(
        "stages:
  - id: one
    title: One
    own: { weather: Rain & wind }
    steps:
      - id: looks
        action: Looks out
        own:
          tools: [Umbrella, Map]
          photo: { file: door.svg, alt: A narrow door }
          forms: { to: ../guides/forms.md, text: The form }
          minutes: 1200.5
  - id: two
    title: Two
    steps:
      - { id: goes, action: Goes out, own: { forms: \"https://example.org/a?b&c\", minutes: -3 } }
      - { id: rests, action: Rests, own: { forms: ../guides/forms.md } }
",
    );
    assert_eq!(report, "");
    let page = page(&site, "maps/a.html");
    assert!(row(&page, "Weather").contains("Rain &amp; wind"));
    assert!(row(&page, "Tools in hand").contains("<li>Umbrella<li>Map</ul>"));
    assert!(row(&page, "Photograph").contains("src=\"../assets/door.svg\" alt=\"A narrow door\""));
    let forms = row(&page, "Forms");
    assert!(forms.contains("<a href=\"../guides/forms.html\">The form</a>"), "{forms}");
    assert!(forms.contains("<a href=\"../guides/forms.html\">All forms</a>"), "an empty text takes the title: {forms}");
    assert!(forms.contains("<a href=\"https://example.org/a?b&amp;c\">"), "{forms}");
    let minutes = row(&page, "Minutes");
    assert!(minutes.contains("1,200.5") && minutes.contains("\u{2212}3"), "{minutes}");
    let csv = self::page(&site, "maps/a.csv");
    assert!(csv.contains("Minutes,1200.5,-3"), "numbers that a spreadsheet can count with\n{csv}");
    let at = |title: &str| page.find(title).unwrap();
    let ours = at(">What we do about it<");
    assert!(at("Weather<") < ours && ours < at("Forms<"), "a lane of ours stands on our side");
}

#[test]
fn a_map_draws_only_the_own_lanes_it_names() {
    let map = "lanes: [tools, actions]
stages:
  - id: one
    title: One
    steps: [{ id: looks, action: Looks out, own: { tools: [Umbrella], weather: Rain } }]
";
    let (site, report) = built(map);
    assert_eq!(report, "");
    let page = page(&site, "maps/a.html");
    assert!(!page.contains("Rain") && page.find("Tools in hand").unwrap() < page.find(">Actions<").unwrap());
}

#[test]
fn steps_with_pictures_make_a_storyboard() {
    let (site, report) = built(
        "stages:
  - id: one
    title: One
    steps: [{ id: looks, action: Looks, image: { file: door.svg, alt: A door } }, { id: goes, action: Goes }]
",
    );
    assert_eq!(report, "");
    let page = page(&site, "maps/a.html");
    let board = row(&page, "Storyboard");
    assert!(board.contains("alt=\"A door\"") && board.contains("<figcaption>Looks</figcaption>"), "{board}");
    assert_eq!(page.matches("door.svg").count(), 1, "a picture stands once");
}

#[test]
fn a_map_takes_renames_adds_and_drops_the_stages_of_a_set() {
    let steps = |id: &str| format!("steps: [{{ id: {id}-step, action: Acts }}]");
    let (site, report) = built(&format!(
        "stage-set: three
stages:
  - {{ id: before, {} }}
  - {{ id: during, title: While it lasts, {} }}
  - {{ id: extra, title: One more, {} }}
",
        steps("before"),
        steps("during"),
        steps("extra")
    ));
    assert_eq!(report, "");
    let page = page(&site, "maps/a.html");
    for (title, is_there) in
        [("Before it", true), ("While it lasts", true), ("During it", false), ("One more", true), ("After it", false)]
    {
        assert_eq!(page.contains(title), is_there, "{title}");
    }
    let (site, report) = built("stage-set: three\n");
    assert_eq!(report.matches("empty-stage").count(), 3, "{report}");
    assert_eq!(report.matches("--> maps/a.yaml:4:12").count(), 3, "the map is named, not the set\n{report}");
    assert!(self::page(&site, "maps/a.html").contains("After it"));
}

fn journeybook(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_journeybook")).current_dir(folder).args(arguments).output().unwrap()
}

/// The starter handbook with a second persona.
fn starter() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(journeybook(folder.path(), &["new", "."]).status.success());
    fs::write(folder.path().join("personas/regular.md"), "---\ntitle: A regular\n---\n\nComes daily.\n").unwrap();
    folder
}

#[test]
fn a_template_of_every_kind_makes_a_map_with_nothing_to_mend() {
    let folder = starter();
    for (kind, _) in MapKind::ALL {
        let made = journeybook(folder.path(), &["new", "map", &format!("my-{kind}"), "--template", kind]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    // What a new map still lacks is told in notes.
    let checked = journeybook(folder.path(), &["check", "--deny", "warnings"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn a_handbooks_own_template_comes_first_and_no_map_is_overwritten() {
    let folder = starter();
    fs::create_dir(folder.path().join("templates")).unwrap();
    let template = "# Ours.\ntitle: <title>\nkind: experience\noutcome: Done.\nstages:\n  - { id: a, title: A, steps: [{ id: b, action: B }] }\n";
    fs::write(folder.path().join("templates/experience.yaml"), template).unwrap();
    let make = || journeybook(folder.path(), &["new", "map", "Ours", "-t", "experience", "--title", "It's ours"]);
    assert!(make().status.success());
    let made = fs::read_to_string(folder.path().join("maps/ours.yaml")).unwrap();
    assert_eq!(made, template.replace("<title>", "'It''s ours'"));
    let again = make();
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8(again.stderr).unwrap().contains("ours.yaml"));
    assert!(journeybook(folder.path(), &["check"]).status.success(), "a template is no file that nothing reads");
}

#[test]
fn an_unknown_template_and_a_bad_id_are_said() {
    let folder = starter();
    let unknown = journeybook(folder.path(), &["new", "map", "a", "--template", "empthy"]);
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(unknown.status.code() == Some(2) && said.contains("did you mean `empathy`?"), "{said}");
    let bad = journeybook(folder.path(), &["new", "map", "../../a"]);
    assert!(bad.status.code() == Some(2) && !folder.path().join("../../a.yaml").exists());
    assert!(String::from_utf8(bad.stderr).unwrap().contains("cannot be an id"));
}
