//! What the preview lays over a page: all errors in the terminal's words, and a badge with the page's own findings.
//!
//! Both are whole without a script, and a style sheet of their own keeps the policy. Neither is ever in a build.

use std::fmt::Write;
use std::path::Path;

use super::editor::Editor;
use crate::diag::{Diagnostic, Place, Report, Severity, show};
use crate::disk;
use crate::path::HandbookPath;
use crate::source::Sources;
use crate::views::prose::escape;

/// How many errors and findings are told in full.
const MOST_TOLD: usize = 40;

/// What places lead to: the handbook's folder, and the editor if there is one.
pub(super) struct Desk<'a> {
    /// The handbook's folder, by its full path.
    pub(super) root: &'a Path,
    /// The editor.
    pub(super) editor: Option<&'a Editor>,
    /// The texts that a report points into.
    pub(super) sources: &'a Sources,
}

/// The panel with all errors of a report; empty if it has none. `mark` names what it says: a panel that was put away
/// comes back when that is something else.
pub(super) fn errors(report: &Report, desk: &Desk<'_>, last_good: bool, mark: &str) -> String {
    let errors: Vec<&Diagnostic> = report.iter().filter(|said| said.severity == Severity::Error).collect();
    if errors.is_empty() {
        return String::new();
    }
    let count = counted(errors.len(), "error");
    let beneath = if last_good { " <span>The page beneath is the last good one.</span>" } else { "" };
    let mut panel = format!(
        r#"<aside class="journeybook-overlay" lang="en" dir="ltr" aria-label="Errors in the handbook" data-mark="{mark}">
<div class="journeybook-overlay__head"><p role="alert"><strong>{count} in the handbook</strong>{beneath}</p><button type="button" data-journeybook="dismiss" hidden>Dismiss</button></div>
<details open><summary>What is wrong, and where</summary><div class="journeybook-overlay__list" tabindex="0" role="region" aria-label="Errors">
"#
    );
    for diagnostic in errors.iter().take(MOST_TOLD) {
        let mut alone = Report::default();
        alone.push((*diagnostic).clone());
        let text = show::text(&alone, desk.sources, false);
        let lines: Vec<String> = text.trim_end().lines().map(|line| with_link(line, desk)).collect();
        let _ = writeln!(panel, "<pre>{}</pre>", lines.join("\n"));
    }
    if errors.len() > MOST_TOLD {
        let _ = writeln!(panel, "<p>… and {} more: the terminal tells them.</p>", errors.len() - MOST_TOLD);
    }
    panel.push_str("</div></details>\n</aside>\n");
    panel
}

/// The badge with what was found in the files that a page is made from; empty if nothing was.
pub(super) fn badge(report: &Report, desk: &Desk<'_>, files: &[&HandbookPath]) -> String {
    let found = |said: &&Diagnostic| match &said.place {
        Place::Source(span) => files.contains(&desk.sources.path(span.file)),
        _ => false,
    };
    let mut found: Vec<&Diagnostic> = report.iter().filter(found).collect();
    if found.is_empty() {
        return String::new();
    }
    found.sort_by_key(|said| said.severity);
    let severities = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts =
        severities.map(|(severity, name)| (found.iter().filter(|said| said.severity == severity).count(), name));
    let counts: Vec<String> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, name)| counted(n, name)).collect();
    let worst = found.first().map_or("note", |said| said.severity.name());
    let mut badge = format!(
        r#"<aside class="journeybook-badge" lang="en" dir="ltr" aria-label="Findings on this page" data-severity="{worst}">
<details><summary>{}</summary><ul tabindex="0" aria-label="Findings">
"#,
        counts.join(", ")
    );
    for said in found.iter().take(MOST_TOLD) {
        let severity = said.severity.name();
        let _ = write!(badge, r#"<li data-severity="{severity}"><strong>{severity}[{}]</strong> "#, said.code.name());
        let _ = write!(badge, "{} <code>{}</code>", escape(&said.message), place(said, desk));
        for help in &said.help {
            let _ = write!(badge, " <i>{}</i>", escape(help));
        }
        badge.push_str("</li>\n");
    }
    if found.len() > MOST_TOLD {
        let _ = writeln!(badge, "<li>… and {} more: the terminal tells them.</li>", found.len() - MOST_TOLD);
    }
    badge.push_str("</ul></details>\n</aside>\n");
    badge
}

/// Where a finding is, `maps/a.yaml:12:3`, as a link if there is an editor.
fn place(said: &Diagnostic, desk: &Desk<'_>) -> String {
    match show::placed(&said.place, desk.sources) {
        (Some(file), Some(start), _) => {
            let text = format!("{file}:{}:{}", start.line, start.column);
            link(&text, file, start.line, start.column, desk).unwrap_or_else(|| escape(&text))
        }
        _ => "the handbook".to_owned(),
    }
}

/// A line of the terminal's report, with the place in it as a link: ` --> maps/a.yaml:12:3`, `::: maps/b.yaml:4:1`.
fn with_link(line: &str, desk: &Desk<'_>) -> String {
    let linked = || {
        let indent = line.len() - line.trim_start().len();
        let text = line[indent..].strip_prefix("--> ").or_else(|| line[indent..].strip_prefix("::: "))?;
        let (rest, column) = text.rsplit_once(':')?;
        let (file, row) = rest.rsplit_once(':')?;
        let link = link(text, file, row.parse().ok()?, column.parse().ok()?, desk)?;
        Some(format!("{}{link}", escape(&line[..line.len() - text.len()])))
    };
    linked().unwrap_or_else(|| escape(line))
}

/// A link to a place in a file of the handbook; `None` without an editor, and for what is no file of the handbook.
fn link(text: &str, file: &str, line: usize, column: usize, desk: &Desk<'_>) -> Option<String> {
    let file = HandbookPath::new(file).filter(|file| desk.sources.find(file).is_some())?;
    let address = desk.editor?.link(&disk::asset_file(desk.root, &file), line, column);
    Some(format!(r#"<a href="{}" title="Open in the editor">{}</a>"#, escape(&address), escape(text)))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
