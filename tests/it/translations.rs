//! The translation report: what is whole, partly there, missing and older than its original; and the hashes that tell.

use std::fs;
use std::path::Path;
use std::process::Command;

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::parse::stamp;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::source::{SourceFile, Sources};

const MAP: &str = "title: Joining\nkind: current-state\npersona: rosa\nstages:\n  - id: form\n    title: Form\n    steps:\n      - { id: fill-in, action: Fills in the form, feels: -1, pains: [The pen is dry] }\n      - { id: sign, action: Signs it, feels: 1 }\n";

fn sources(files: &[(String, String)]) -> Sources {
    let file = |(path, text): &(String, String)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    Sources::new(files.iter().map(file).collect())
}

fn files(map: &str, translation: &str) -> Vec<(String, String)> {
    [
        ("handbook.yaml", "title: Clinic\nlanguages: [en, zh-CN]\n"),
        ("handbook.zh.yaml", "title: 诊所\n"),
        ("personas/rosa.md", "---\ntitle: Rosa\nrole: Comes for the first time\n---\n"),
        ("maps/joining.yaml", map),
        ("maps/joining.zh.yaml", translation),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .to_vec()
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The hash of a map's texts, as the check would have it.
fn hash(map: &str) -> String {
    let mut report = journeybook::diag::Report::default();
    let handbook = journeybook::parse::all(&sources(&files(map, "title: 办证\n")), &mut report);
    let of = |path: &str| handbook.originals.iter().find(|one| handbook.path(one.file).unwrap().as_str() == path);
    of("maps/joining.yaml").unwrap().hash.clone()
}

#[test]
fn only_texts_make_a_translation_old() {
    let before = hash(MAP);
    assert!(before.len() == 8 && journeybook::original::is_hash(&before));
    for same in [
        MAP.replace("feels: -1", "feels: 2"),
        MAP.replace("persona: rosa\n", "persona: rosa\nreviewed: 2026-09-12\ntags: [front-desk]\n"),
        MAP.replace("{ id: sign, action: Signs it, feels: 1 }", "{ action: \"Signs  it\", id: sign, feels: 1 } # here"),
        MAP.replace('\n', "\r\n"),
    ] {
        assert_eq!(hash(&same), before, "{same}");
    }
    let stages = MAP.find("stages:").unwrap();
    let moved = format!("{}{}", &MAP[stages..], &MAP[..stages]);
    assert_eq!(hash(&moved), before);
    for other in [
        MAP.replace("dry", "wet"),
        MAP.replace("title: Joining", "title: Joining us"),
        format!("{MAP}finding: It is slow\n"),
    ] {
        assert_ne!(hash(&other), before, "{other}");
    }
}

#[test]
fn a_translation_that_is_older_than_its_original_is_told_on_the_page_and_in_the_check() {
    let translation =
        |hash: &str| format!("title: 办证\ntranslated-from: {hash}\nstages: [{{ id: form, title: 填表 }}]\n");
    let current = sources(&files(MAP, &translation(&hash(MAP))));
    let (site, report) = compile(&current);
    let said = show::text(&report, &current, false);
    assert!(!said.contains("outdated-translation"), "{said}");
    assert!(
        said.contains("note[partial-translation]: 3 of 5 texts are not translated\n --> maps/joining.zh.yaml:1:1"),
        "{said}"
    );
    let page = read(&site, "translations/index.html");
    assert!(page.contains("3 of 5 texts are missing") && page.contains("Fills in the form"), "{page}");
    assert!(
        page.contains("<code translate=\"no\">personas/rosa.md</code>")
            && !page.contains("Older than the original</span>")
    );
    let page = read(&site, "zh-cn/translations/index.html");
    assert!(
        page.contains("5 条文本中缺 3 条") && page.contains("<span lang=\"en\">Fills in the form</span>"),
        "{page}"
    );

    let changed = sources(&files(&MAP.replace("title: Joining", "title: Joining us"), &translation(&hash(MAP))));
    let (site, report) = compile(&changed);
    let said = show::text(&report, &changed, false);
    assert!(said.contains("warning[outdated-translation]") && said.contains("--> maps/joining.zh.yaml:2:18"), "{said}");
    assert!(read(&site, "translations/index.html").contains("Older than the original</span>"));
    // Without the key nobody knows, and nobody is troubled.
    let silent = sources(&files(MAP, "title: 办证\n"));
    assert!(!show::text(&compile(&silent).1, &silent, false).contains("outdated"));
    // A hash is a hash.
    let wrong = sources(&files(MAP, &translation("yesterday")));
    let said = show::text(&compile(&wrong).1, &wrong, false);
    assert!(said.contains("error[bad-choice]: `translated-from` cannot be `yesterday`"), "{said}");
}

#[test]
fn a_handbook_in_one_language_has_no_report_of_translations() {
    let one = sources(&[("handbook.yaml".to_owned(), "title: Clinic\n".to_owned())]);
    let (site, _) = compile(&one);
    assert!(!site.has(&SitePath::new("translations/index.html").unwrap()));
    assert!(!read(&site, "index.html").contains("translations/"));
}

#[test]
fn a_stamp_leaves_all_else_byte_for_byte() {
    let stamped = |text: &str, page: bool| stamp::written(text, page, "0123abcd");
    let ok = |text: &str, page: bool, after: &str| assert_eq!(stamped(text, page).as_deref(), Ok(after));
    ok("title: 甲\n", false, "translated-from: 0123abcd\ntitle: 甲\n");
    ok("# why\n\n\"title\": 甲", false, "# why\n\ntranslated-from: 0123abcd\n\"title\": 甲");
    ok("a: 1\r\ntitle: 甲\r\n", false, "translated-from: 0123abcd\r\na: 1\r\ntitle: 甲\r\n");
    ok(
        "title: 甲\ntranslated-from: ffffffff # by hand\nx: y\n",
        false,
        "title: 甲\ntranslated-from: 0123abcd # by hand\nx: y\n",
    );
    ok("translated-from: \"ffffffff\"\ntitle: 甲\n", false, "translated-from: \"0123abcd\"\ntitle: 甲\n");
    ok("---\ntitle: 甲\n---\n\n正文  \n", true, "---\ntranslated-from: 0123abcd\ntitle: 甲\n---\n\n正文  \n");
    ok("正文。\n", true, "---\ntranslated-from: 0123abcd\n---\n\n正文。\n");
    ok("---\n---\n正文。\n", true, "---\ntranslated-from: 0123abcd\n---\n正文。\n");
    ok("", false, "translated-from: 0123abcd\n");
    for bad in ["{title: 甲}", "- a\n- b\n", "title: [\n", "a: 1\na: : 2"] {
        assert!(stamped(bad, false).is_err(), "{bad}");
    }
    assert!(stamped("---\ntitle: 甲\n", true).is_err());
}

#[test]
fn the_command_records_what_was_translated_and_says_what_it_cannot() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files(MAP, "\u{feff}title: 办证\r\nfinding: ''\r\n").iter().chain(&[
        ("personas/rosa.zh.md".to_owned(), "---\ntitle: 罗莎\n---\n\n正文。".to_owned()),
        ("maps/joining.yaml".to_owned(), format!("{MAP}finding: It is slow\n")),
    ]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = |arguments: &[&str]| {
        let root: &Path = folder.path();
        let program = Command::new(env!("CARGO_BIN_EXE_journeybook"))
            .arg("translated")
            .args(arguments)
            .current_dir(root)
            .output();
        let output = program.unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), said)
    };
    let (code, said) = run(&["maps/joining.zh.yaml"]);
    assert_eq!(code, Some(0), "{said}");
    let after = fs::read_to_string(folder.path().join("maps/joining.zh.yaml")).unwrap();
    assert!(
        after.starts_with("\u{feff}translated-from: ") && after.ends_with("\r\ntitle: 办证\r\nfinding: ''\r\n"),
        "{after:?}"
    );
    // A page is found by the way it is called from here, and one name that is wrong changes nothing.
    let (code, said) = run(&["./personas/rosa.zh.md", "maps/joined.zh.yaml"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `maps/joining.zh.yaml`?"), "{said}");
    assert!(!fs::read_to_string(folder.path().join("personas/rosa.zh.md")).unwrap().contains("translated-from"));
    let (code, said) = run(&["personas/rosa.md"]);
    assert!(code == Some(2) && said.contains("`personas/rosa.md` is no translation"), "{said}");
    let (code, said) = run(&["--all"]);
    assert!(code == Some(0) && said.contains("Recorded 2 translations, 1 as before"), "{said}");
    let (code, said) = run(&["--all"]);
    assert!(code == Some(0) && said.contains("Recorded 0 translations, 3 as before"), "{said}");
    let left: Vec<_> =
        fs::read_dir(folder.path().join("maps")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let (code, _) = run(&[]);
    assert_eq!(code, Some(2));
}
