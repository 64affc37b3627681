//! The style sheet as it is sent: smaller than it was written, and saying the same.

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{SourceFile, Sources};

/// The sheet of a handbook whose own style is this; what follows the built-in ones.
fn own(css: &str) -> String {
    let file = |path, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    let css = format!(".first{{}}\n{css}");
    let files = vec![file("handbook.yaml", "title: H\ntheme: ours\n"), file("themes/ours/handbook.css", &css)];
    let (site, report) = compile(&Sources::new(files));
    assert!(!report.has_errors(), "{report:?}");
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new("theme/handbook.css").unwrap()) else { panic!() };
    let sheet = String::from_utf8(bytes.into_owned()).unwrap();
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
