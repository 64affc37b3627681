//! The style sheet and our scripts as they are sent: smaller than they were written, and saying the same.

use std::fs;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{SourceFile, Sources};

/// A sheet of a handbook whose theme has this file.
fn sheet(name: &str, file: &str, css: &str) -> String {
    let source =
        |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    let own = source(&format!("themes/ours/{file}"), css);
    let (site, report) = compile(&Sources::new(vec![source("handbook.yaml", "title: H\ntheme: ours\n"), own]));
    assert!(!report.has_errors(), "{report:?}");
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(name).unwrap()) else { panic!("no {name}") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The sheet of a handbook whose own style is this; what follows the built-in ones.
fn own(css: &str) -> String {
    let sheet = sheet("theme/handbook.css", "handbook.css", &format!(".first{{}}\n{css}"));
    sheet.rsplit_once(".first{}").unwrap().1.trim_end().to_owned()
}

#[test]
fn a_style_sheet_is_sent_without_comments_and_indents() {
    for (written, sent) in [
        ("a {\n  color: red;\n}\n", "a{color:red}"),
        ("/* why */ a , b > c { margin: 0 auto ; }", "a,b > c{margin:0 auto}"),
        ("a /* and */ b { }", "a b{}"),
        ("a :hover, a:hover { color: RED }", "a :hover,a:hover{color:RED}"),
        ("a::before { content: \"/* ; }  \\\" , { */\"; }", "a::before{content:\"/* ; }  \\\" , { */\"}"),
        ("a { content: 'it\\'s  ;  so' }", "a{content:'it\\'s  ;  so'}"),
        ("a { background: url(data:image/png,/*x*/;;) }", "a{background:url(data:image/png,/*x*/;;)}"),
        ("a { background: url(\"a) ;  b.png\") , red }", "a{background:url(\"a) ;  b.png\"),red}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("@media (width > 40em) and (print) { a { b: c } }", "@media (width > 40em) and (print){a{b:c}}"),
        (".门口 { --x: ; color: red }", ".门口{--x:;color:red}"),
        ("a { b: c } /* never closed", "a{b:c}"),
    ] {
        assert_eq!(own(written), sent, "{written}");
    }
}

#[test]
fn our_scripts_are_sent_without_indents_and_lines_of_comment_and_others_as_they_are() {
    let of_line = |line: &str| {
        line.is_empty() || line.starts_with([' ', '\t']) || line.starts_with("//") || line.starts_with("/*")
    };
    for path in ["theme/handbook.js", "theme/theme.js"] {
        let sent = sheet(path, "styles/mine.css", "");
        assert!(sent.lines().count() > 2 && !sent.lines().any(of_line), "{sent}");
    }
    let nested = "// @license\na = `<ul>${x.map(i => `\n  // text\n  <li>${i}`).join(``)}</ul>`;\n";
    for written in ["// Why.\n\n  b();\n", nested, "// a\rb();\n"] {
        assert_eq!(sheet("theme/mine.js", "scripts/mine/a.js", written), written);
        assert!(sheet("theme/handbook.js", "scripts/zz.js", written).ends_with(written));
    }
}

/// Chinese, Japanese and Korean are set as their readers expect: what is said for the whole page, and for what stands in it
/// in one of these languages. A text in another language within such a page is set as its own readers expect.
#[test]
fn han_text_neither_leans_nor_is_spread_and_its_lines_break_where_they_may() {
    let mut css = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "css") {
                css += &fs::read_to_string(path).unwrap();
            }
        }
    }
    for rule in [
        "text-autospace: normal",
        "line-break: strict",
        "hanging-punctuation: allow-end",
        ":lang(zh), :lang(ja), :lang(ko) { --jb-lh: 1.8; --jb-lh-head: 1.35; --jb-lh-cell: 1.6 }",
        ":lang(zh), :lang(ja) { text-spacing-trim: trim-start }",
        ":is(h1, h2):is(:lang(zh), :lang(ja), :lang(ko)) { letter-spacing: 0 }",
        "em:is(:lang(zh), :lang(ja)) { font-weight: inherit; text-emphasis: dot }",
        "em:lang(zh) { text-emphasis-position: under right }",
        ":lang(ko) { word-break: keep-all }",
    ] {
        assert!(css.contains(rule), "`{rule}` is not in the theme's style");
    }
    for wrong in ["font-style: italic", "font-style: oblique", "text-transform: uppercase", "@font-face", "@import"] {
        assert!(!css.contains(wrong), "`{wrong}` is in the theme's style");
    }
    // Letters are spread or pushed together only where that is taken back for Han text.
    let spaced: Vec<&str> = (css.split('}').filter(|rule| rule.contains("letter-spacing:")))
        .filter(|rule| !rule.contains("letter-spacing: 0"))
        .map(|rule| rule.trim().split(' ').next().unwrap())
        .collect();
    assert_eq!(spaced, ["h1", "h2"]);
}

#[test]
fn a_components_own_style_takes_the_place_of_the_built_in_one_wherever_that_stands() {
    for file in ["components/empathy/style.css", "components/empathy/apart.css"] {
        assert_eq!(sheet("theme/empathy.css", file, ".mine {}"), ".mine{}\n", "{file}");
        assert!(!sheet("theme/handbook.css", file, ".mine {}").contains(".mine"), "{file}");
    }
    assert!(sheet("theme/handbook.css", "components/avatar/style.css", ".mine {}").contains(".mine{}"));
    assert!(sheet("theme/handbook.css", "components/mine/style.css", ".mine {}").contains(".mine{}"));
    assert_eq!(sheet("theme/mine.css", "components/mine/apart.css", ".mine {}"), ".mine{}\n");
}
