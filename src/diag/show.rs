//! A report as people and programs read it. Home of the snippet renderer.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Report, Severity};
use crate::source::{LineColumn, Sources, Span, line_column};

/// How many diagnostics are told in full; the rest is counted.
const MOST_TOLD: usize = 200;

/// The report as text: each diagnostic with the lines it is about. Empty for an empty report.
pub fn text(report: &Report, sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    let mut told: Vec<&Diagnostic> = report.iter().collect();
    // Of many the worst are told first, or notes would hide errors.
    if told.len() > MOST_TOLD {
        told.sort_by_key(|diagnostic| diagnostic.severity);
    }
    for diagnostic in told.iter().take(MOST_TOLD) {
        text.push_str(&renderer.render(&groups(diagnostic, sources)));
        text.push_str("\n\n");
    }
    let left = told.len().saturating_sub(MOST_TOLD);
    if left > 0 {
        text.push_str(&format!("… and {left} more\n"));
    }
    text
}

/// A report in plain letters and in colours, to be told again some day. `None` if any text has been asked for that cannot be had
/// any more: what can be told now is then less than there is to tell.
pub fn for_later(report: &Report, sources: &Sources) -> Option<[String; 2]> {
    let told = [false, true].map(|color| text(report, sources, color));
    (!sources.has_lost_any()).then_some(told)
}

/// One diagnostic, as far as programs care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The code's name.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The file, from the handbook's folder; `None` for the handbook as a whole.
    pub file: Option<&'a str>,
    /// First character; `None` for the handbook as a whole.
    pub start: Option<LineColumn>,
    /// One past the last character.
    pub end: Option<LineColumn>,
    /// What is the case.
    pub message: &'a str,
    /// What would be valid.
    pub help: &'a [String],
}

/// The report as plain values, in order.
pub fn entries<'a>(report: &'a Report, sources: &'a Sources) -> Vec<Entry<'a>> {
    report.iter().map(|diagnostic| entry(diagnostic, sources)).collect()
}

fn entry<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Entry<'a> {
    let (file, start, end) = placed(&diagnostic.place, sources);
    Entry {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        file,
        start,
        end,
        message: &diagnostic.message,
        help: &diagnostic.help,
    }
}

/// The file of a place, its first character and one past its last; nothing for the handbook as a whole, and the file alone
/// if it has changed since.
pub fn placed<'a>(place: &'a Place, sources: &'a Sources) -> (Option<&'a str>, Option<LineColumn>, Option<LineColumn>) {
    match place {
        Place::Handbook => (None, None, None),
        // Nobody knows which line it was.
        Place::Source(span) if sources.has_lost(span.file) => (Some(sources.path(span.file).as_str()), None, None),
        Place::Source(span) => {
            let (start, end) = (sources.place(*span), sources.place(Span { start: span.end, ..*span }));
            (Some(sources.path(span.file).as_str()), Some(start), Some(end))
        }
        Place::Template { name, text, range } => {
            (Some(name.as_str()), Some(line_column(text, range.start)), Some(line_column(text, range.end)))
        }
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code.name()));
    match &diagnostic.place {
        Place::Handbook => {}
        Place::Template { name, text, range } => {
            group = group.element(
                Snippet::source(text.as_str())
                    .path(name.as_str())
                    .annotation(AnnotationKind::Primary.span(visible(text, range.clone()))),
            );
        }
        // A file that is empty, or no text, has nothing to show but its name.
        Place::Source(span) if sources.text(span.file).is_empty() => {
            let name = Origin::path(sources.path(span.file).as_str());
            let LineColumn { line, column } = sources.place(*span);
            group = group.element(if line > 1 { name.line(line).char_column(column) } else { name });
        }
        Place::Source(span) => {
            let mut about = snippet(*span, sources).annotation(primary(*span, sources));
            for (other, label) in diagnostic.related.iter().filter(|(other, _)| other.file == span.file) {
                about = about.annotation(AnnotationKind::Context.span(shown(*other, sources)).label(label.as_str()));
            }
            group = group.element(about);
            for (other, label) in diagnostic.related.iter().filter(|(other, _)| other.file != span.file) {
                group = if sources.has_lost(other.file) {
                    group.element(Origin::path(sources.path(other.file).as_str()))
                } else {
                    let label = AnnotationKind::Context.span(shown(*other, sources)).label(label.as_str());
                    group.element(snippet(*other, sources).annotation(label))
                };
            }
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

fn snippet(span: Span, sources: &Sources) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(sources.text(span.file)).path(sources.path(span.file).as_str())
}

fn primary(span: Span, sources: &Sources) -> annotate_snippets::Annotation<'_> {
    AnnotationKind::Primary.span(shown(span, sources))
}

fn shown(span: Span, sources: &Sources) -> std::ops::Range<usize> {
    visible(sources.text(span.file), span.range())
}

/// A range for the renderer: within the text, on character boundaries, and on one line, so that a report stays short.
fn visible(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let line = text[start..end].find(['\r', '\n']).map_or(end, |length| start + length);
    start..line
}
