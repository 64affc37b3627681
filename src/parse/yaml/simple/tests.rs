//! The simple reader against the real one. Here and not in `tests/it`, because a tree is nobody's business outside
//! `parse`.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use proptest::prelude::*;

use super::*;
use crate::diag::Report;
use crate::source::Sources;

fn file() -> FileId {
    let path = crate::path::HandbookPath::new("maps/a.yaml").unwrap();
    let sources = Sources::new(vec![crate::source::SourceFile::from_bytes(path, Vec::new())]);
    let (file, _) = sources.iter().next().unwrap();
    file
}

/// Holds the two readings of a document equal, and says whether it was simple.
fn agree(yaml: &str) -> bool {
    let Some(simple) = read(yaml, file(), 7) else { return false };
    let mut report = Report::default();
    let real = super::super::real(yaml, file(), 7, &mut report);
    assert!(report.is_empty(), "a mistake was missed in\n{yaml}\n{report:?}");
    assert_eq!(Some(simple), real, "{yaml}");
    true
}

#[test]
fn a_map_as_writers_write_it_is_simple() {
    let map = "title: Buying: not so simple\n";
    assert!(!agree(map));
    let map = "title: Buying a first machine   # the one she looks for\n\
        lanes: [feelings, \"pains, gains\", 'owner']\n\
        words: {one: \"{n} pain\", other: pains}\n\
        # In order.\n\
        stages:\n\
        - id: delivery\n  title: \"Delivery: & installation\"\n  steps:\n    - id: slot\r\n      feels: -1\n\
        \x20     pains:\n      - The slot is four hours wide\n\
        \n    - id: call\n      thinks: 它会来吗？\n      opens: ~\n      needs: []\nowner: cx-team";
    assert!(agree(map));
}

const LINES: &[&str] = &[
    "KEY: value",
    "KEY: value",
    "KEY:",
    "KEY:",
    "- item",
    "- item",
    "- KEY: value",
    "- KEY: value",
    "-",
    "- KEY:",
    "- - a",
    "- [a]",
    "-   KEY: wide",
    "KEY: \"quoted: # text\"",
    "KEY: \"\"",
    "KEY: 'it''s'",
    "KEY: 'single \"x\"'",
    "KEY: [a, b c, \"d, e\"]",
    "KEY: []",
    "KEY: [ a ]  # c",
    "KEY: [a, ]",
    "KEY: [,]",
    "KEY: [-1, 2]",
    "KEY: [a: b]",
    "KEY: [a#b, c]",
    "KEY: [a, b] c",
    "KEY: [it's, ~, null]",
    "KEY: [a b , c]",
    "KEY: ['a' , 'b']",
    "KEY: ['a'b]",
    "KEY: [[a]]",
    "KEY: {a: b}",
    "KEY: {one: \"{n} a: b\", other: b c} # d",
    "KEY: { one: 'a' , two: ~ }",
    "KEY: {one: a, one: b}",
    "KEY: {one: a, }",
    "KEY: {one: , two: b}",
    "KEY: {one:a}",
    "KEY: {one: a]}",
    "KEY: {one: [a]}",
    "KEY: {one: -a, 2: 3}",
    "KEY: {one: a} b",
    "KEY: {}",
    "KEY: |",
    "KEY: >-",
    "KEY: b: c",
    "KEY: b # comment",
    "KEY: b#c",
    "KEY: # comment",
    "# comment",
    "",
    "  ",
    "KEY : value",
    "KEY:value",
    "標KEY: 標題 了",
    "KEY: 值\u{3000}",
    "KEY: \u{a0}x\u{a0}",
    "KEY: ~",
    "null: x",
    "~: y",
    "KEY: - x",
    "KEY: -1",
    "KEY: ?x",
    "? x",
    "KEY: :x",
    "KEY: ::",
    "&a KEY: v",
    "KEY: &a v",
    "KEY: *a",
    "KEY: !t v",
    "---",
    "--- x",
    "...",
    "%TAG",
    "KEY: @x",
    "KEY: `x`",
    "KEY: a\\b",
    "KEY: \"a\\n\"",
    "\"KEY\": v",
    "'KEY': v",
    "KEY: [a",
    "KEY: a]",
    "KEY: a, b",
    "KEY: {",
    "<<: x",
    "KEY: http://x.y/z",
    "KEY: x:",
    "KEY: 'a' b",
    "KEY: 'a' # c",
    "KEY: 'a'#c",
    "KEY: 'a",
    "KEY:   spaced   ",
    "KEY: - ",
    "KEY: a\tb",
    "\tKEY: a",
    "KEY: null",
    "KEY: x #",
    "KEY: #",
    "same: x",
    "same: y",
    "- same: z",
    "KEY: \u{85}x",
    "KEY: \u{2028}x",
    "KEY: \u{feff}x",
    "KEY: \u{7f}",
    "plain text",
    ".KEY: x",
    "KEY: %x",
    "KEY: x%",
    "KEY: \u{1f600}",
    "a b KEY: c d",
    "#KEY: x",
    "KEY#: x",
    "KEY #: x",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn both_readers_agree(lines in prop::collection::vec((0usize..5, 0..LINES.len(), 0usize..9), 1..9)) {
        let mut yaml = String::new();
        for (number, (indent, line, end)) in lines.into_iter().enumerate() {
            yaml.push_str(&" ".repeat([0, 0, 2, 3, 4][indent]));
            yaml.push_str(&LINES[line].replace("KEY", &format!("k{number}")));
            yaml.push_str(if end == 0 { "\r\n" } else { "\n" });
        }
        agree(&yaml);
    }

    #[test]
    fn both_readers_agree_on_simple_documents(steps in prop::collection::vec((0usize..3, 0usize..14), 1..20)) {
        // Lines that mostly fit, so that deep trees come up.
        let (mut yaml, mut indent, mut opened) = (String::new(), 0, false);
        for (number, (shift, line)) in steps.into_iter().enumerate() {
            match shift {
                _ if opened => indent += 2 * usize::from(shift > 0),
                0 => indent = usize::saturating_sub(indent, 2),
                _ => {}
            }
            let line = LINES[[0, 2, 4, 6, 9, 13, 16, 17, 19, 46, 49, 55, 61, 32][line]].replace("KEY", &format!("k{number}"));
            opened = line.ends_with(':');
            yaml.push_str(&format!("{}{line}\n", " ".repeat(indent)));
        }
        agree(&yaml);
    }
}
