//! `tests/spec/*.md`: the author's manual, run.
//!
//! A second-level heading is a test. A path in backticks names the fenced file after it; a fence tagged
//! `report` holds what journeybook must say about these files: errors, warnings and, on the page of a note, those
//! notes; tagged `notes`, all of them. Tags on a file's fence: `bom`, `crlf`,
//! `hex` (bytes in hexadecimal), `repeat=N` (its text, repeated to N bytes). A handbook without a
//! `handbook.yaml` of its own gets a plain one, unless the report is tagged `bare`.
//! `UPDATE_EXPECT=1 cargo test` rewrites the reports.

use std::fmt::Write as _;
use std::path::PathBuf;

use journeybook::compile::compile;
use journeybook::diag::{Code, Report, Severity, show};
use journeybook::path::HandbookPath;
use journeybook::source::{SourceFile, Sources};

#[test]
fn every_example_reports_what_its_page_says() {
    let mut wrong = String::new();
    for path in pages() {
        let before = std::fs::read_to_string(&path).unwrap();
        let code = Code::find(path.file_stem().unwrap().to_str().unwrap());
        let after = run_page(&before, code);
        if before == after {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, after).unwrap();
        } else {
            writeln!(wrong, "--- {} says ---\n{before}\n--- and this came out ---\n{after}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test takes over what came out");
}

#[test]
fn every_code_is_shown_on_its_page() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# `{}`", code.name())), "the page of `{}` has no title", code.name());
        let shown = Severity::ALL.iter().map(|(severity, _)| format!("{severity}[{}]", code.name()));
        assert!(shown.into_iter().any(|shown| page.contains(&shown)), "the page of `{}` does not show it", code.name());
        assert!(page.contains("## "), "the page of `{}` has no example", code.name());
    }
}

#[test]
fn every_code_has_a_summary_of_one_sentence() {
    for code in Code::ALL {
        let summary = code.summary();
        assert!(summary.ends_with(['.', ':']) && (20..260).contains(&summary.len()), "{}: {summary}", code.name());
        assert!(code.meaning().split_whitespace().collect::<Vec<_>>().join(" ").starts_with(&summary));
    }
}

#[test]
fn every_page_is_a_codes() {
    for path in pages() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(Code::find(name).is_some(), "`{name}` explains no code");
    }
}

fn pages() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

/// The page with every report as it comes out.
fn run_page(page: &str, code: Option<Code>) -> String {
    let mut out = String::new();
    let mut files: Vec<SourceFile> = Vec::new();
    let mut named: Option<String> = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        if line.starts_with("## ") {
            files.clear();
        }
        let Some(info) = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~")) else {
            named = last_path(line).or(named);
            continue;
        };
        let close = &line[..3];
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != close).collect();
        if info.starts_with("report") {
            let shown = |note: Code| info.contains("notes") || Some(note) == code;
            out.push_str(&report(&files, !info.contains("bare"), shown));
        } else {
            if let Some(path) = named.take() {
                files.push(SourceFile::from_bytes(HandbookPath::new(&path).unwrap(), bytes(&body, info)));
            }
            body.iter().for_each(|line| writeln!(out, "{line}").unwrap());
        }
        writeln!(out, "{close}").unwrap();
    }
    out
}

/// The last thing in backticks on a line, if it looks like a path.
fn last_path(line: &str) -> Option<String> {
    let path = line.rsplit('`').nth(1)?;
    let looks =
        (path.contains('.') || path.contains('/')) && !path.contains([' ', ':', '*', '<']) && !path.ends_with('/');
    looks.then(|| path.to_owned())
}

fn bytes(body: &[&str], info: &str) -> Vec<u8> {
    let mut text = String::new();
    body.iter().for_each(|line| writeln!(text, "{line}").unwrap());
    for tag in info.split(' ').skip(1) {
        match tag {
            "bom" => text.insert(0, '\u{feff}'),
            "crlf" => text = text.replace('\n', "\r\n"),
            "hex" => {
                let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
                let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
                return digits.chunks(2).map(byte).collect();
            }
            _ => {
                let size: usize = tag.strip_prefix("repeat=").expect("a tag that is known").parse().unwrap();
                text = text.repeat(size.div_ceil(text.len()));
            }
        }
    }
    text.into_bytes()
}

fn report(files: &[SourceFile], settings: bool, note: impl Fn(Code) -> bool) -> String {
    let mut files = files.to_vec();
    if settings && !files.iter().any(|file| file.path.as_str() == "handbook.yaml") {
        files
            .push(SourceFile::from_bytes(HandbookPath::new("handbook.yaml").unwrap(), b"title: A handbook\n".to_vec()));
    }
    let sources = Sources::new(files);
    let (site, mut report) = compile(&sources);
    report.append(site.check());
    report.sort();
    let mut shown = Report::default();
    let is_shown = |severity, code| severity != Severity::Note || note(code);
    report.iter().filter(|said| is_shown(said.severity, said.code)).for_each(|said| shown.push(said.clone()));
    let text = show::text(&shown, &sources, false);
    let text = text.trim_end();
    if text.is_empty() { "nothing to mend\n".to_owned() } else { format!("{text}\n") }
}
