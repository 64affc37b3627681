//! A page as the preview shows it: with what is wrong laid over it, and with the script that follows the next build.
//!
//! Everything else on it is, byte for byte, what a build writes. A page that a template fails on is shown as it was when
//! it last could be made.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use axum::body::Bytes;

use super::build::{Build, Said};
use super::editor::Editor;
use super::news;
use super::panel::{self, Desk};
use super::store::Store;
use crate::diag::Diagnostic;
use crate::path::{HandbookPath, SitePath};
use crate::source::Sources;

/// How many bytes of pages are remembered for the case that a template fails on them later.
const MOST_REMEMBERED: usize = 8 << 20;

/// A dressed page.
#[derive(Debug, Clone)]
pub(super) struct Dressed {
    /// The whole page.
    pub(super) html: Bytes,
    /// Whether it shows errors.
    pub(super) broken: bool,
    /// Another one for other contents, and the same one for the same, whatever the build: plain letters and digits.
    pub(super) tag: String,
}

/// Dresses pages, each once a build.
#[derive(Debug)]
pub(super) struct Dresser {
    /// The handbook's folder, by its full path.
    root: PathBuf,
    editor: Option<Editor>,
    /// Pages as they last could be made.
    last: Store<SitePath, Bytes>,
}

impl Dresser {
    /// One that leads to the files of the handbook in `root` if there is an editor.
    pub(super) fn new(root: PathBuf, editor: Option<Editor>) -> Self {
        Self { root, editor, last: Store::new(MOST_REMEMBERED) }
    }

    /// The page at an address, as a build wrote it. `missing` says that it is shown for an address where nothing is.
    pub(super) fn page(&self, build: &Build, path: &SitePath, missing: bool, html: &Bytes) -> Dressed {
        let key = (path.clone(), missing);
        if let Some(dressed) = build.dressed.get(&key) {
            return dressed;
        }
        let broken = build.report().has_errors();
        let errors = if broken { build.panel.get_or_init(|| self.errors(build)) } else { "" };
        let files = if missing { Vec::new() } else { build.made_from(path) };
        let badge = self.badge(build, &files);
        let dressed = dress(html, errors, &badge, build.number(), broken, missing);
        build.dressed.put(key, dressed.clone(), dressed.html.len());
        if !missing {
            self.last.put(path.clone(), html.clone(), html.len());
        }
        dressed
    }

    /// What is shown for a page whose template fails: the page as it last was, or an empty one, with the mistake over it.
    pub(super) fn failed(&self, build: &Build, path: &SitePath, missing: bool, diagnostic: &Diagnostic) -> Dressed {
        let mut report = build.report().clone();
        report.push(diagnostic.clone());
        report.sort();
        let last = self.last.get(path);
        let mut text = String::new();
        for said in report.iter() {
            text.push_str(&said.message);
        }
        let desk = self.desk(build.sources());
        let errors = panel::errors(&report, &desk, last.is_some(), &tag_of(&[text.as_bytes()]));
        let badge = self.badge(build, &build.made_from(path));
        let html = last.unwrap_or_else(|| Bytes::from_static(EMPTY_PAGE.as_bytes()));
        dress(&html, &errors, &badge, build.number(), true, missing)
    }

    fn desk<'a>(&'a self, sources: &'a Sources) -> Desk<'a> {
        Desk { root: &self.root, editor: self.editor.as_ref(), sources }
    }

    /// The badge of a page that is made from these files.
    fn badge(&self, build: &Build, files: &[&HandbookPath]) -> String {
        let Said { sources, report } = build.badges();
        panel::badge(report, &self.desk(sources), files)
    }

    /// The panel of a build.
    fn errors(&self, build: &Build) -> String {
        let mut said = DefaultHasher::new();
        for diagnostic in build.report().iter() {
            (diagnostic.code.name(), &diagnostic.message, &diagnostic.help).hash(&mut said);
        }
        let mark = format!("{:016x}", said.finish());
        panel::errors(build.report(), &self.desk(build.sources()), build.is_over_a_good_one(), &mark)
    }
}

/// A page with nothing on it, for an address where no page can be made.
const EMPTY_PAGE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Errors in the handbook</title></head><body></body></html>
"#;

/// Lays panel and badge over a page, and adds the script.
fn dress(page: &[u8], errors: &str, badge: &str, build: u64, broken: bool, missing: bool) -> Dressed {
    let tag = format!("{}{}", if missing { "404-" } else { "" }, tag_of(&[page, errors.as_bytes(), badge.as_bytes()]));
    let mut html = page.to_vec();
    insert(&mut html, Place::BodyEnd, &format!("{badge}{errors}"));
    insert(&mut html, Place::HeadStart, &news::head(build, &tag));
    Dressed { html: html.into(), broken, tag }
}

fn tag_of(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Where something is inserted.
#[derive(Clone, Copy)]
enum Place {
    /// Right after the first `<head>`, before any script of the theme.
    HeadStart,
    /// Before the last `</body>`: what comes before it is the writer's.
    BodyEnd,
}

/// Inserts `text`; in a page that leaves the tag out, where the tag would be: after the document's type, or at the end.
fn insert(html: &mut Vec<u8>, place: Place, text: &str) {
    let find = |tag: &[u8]| html.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag));
    let after = |at: usize| html[at..].iter().position(|&byte| byte == b'>').map(|end| at + end + 1);
    let at = match place {
        Place::HeadStart => {
            let head = find(b"<head>").or_else(|| find(b"<head ")).and_then(after);
            head.or_else(|| find(b"<!doctype").and_then(after)).unwrap_or(0)
        }
        Place::BodyEnd => {
            let tag = b"</body>";
            html.windows(tag.len()).rposition(|window| window.eq_ignore_ascii_case(tag)).unwrap_or(html.len())
        }
    };
    html.splice(at..at, text.bytes());
}
