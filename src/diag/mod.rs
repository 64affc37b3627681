//! What a stage says to the author: pushed onto a report, never thrown.
//!
//! Three kinds of trouble are told in three ways. The author's is a [`Diagnostic`]; all of a run are
//! collected. The world's (disk, port) is an `Error` of the room that met it. Ours is a panic that starts `bug:`.

mod code;
pub mod show;
pub mod suggest;

pub use code::{Code, Severity};

use crate::original::Original;
use crate::source::{FileId, Span};

/// Where the trouble is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file of the handbook.
    Source(Span),
    /// In a theme's template. `text` is the whole template, `range` the bytes concerned.
    Template {
        /// The template's name, such as `themes/default/templates/map.html`.
        name: String,
        /// The template's text.
        text: String,
        /// Bytes of `text`.
        range: std::ops::Range<usize>,
    },
    /// Nowhere in particular: something is missing altogether.
    Handbook,
}

/// One piece of trouble, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of trouble.
    pub code: Code,
    /// How bad it is: the code's own severity, unless the handbook sets another.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is the case: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// Other places that matter, each with a word about it.
    pub related: Vec<(Span, String)>,
    /// Something to type, or what would be valid.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic at a place in a source file.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::at(code, Place::Source(span), message)
    }

    /// A diagnostic at any place.
    pub fn at(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), place, message: message.into(), related: Vec::new(), help: Vec::new() }
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Suggests the known name nearest to `name`, if one is near enough to be a slip.
    #[must_use]
    pub fn suggest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match suggest::nearest(name, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// A finding that the handbook does not want to hear of, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// The rule.
    pub code: Code,
    /// Where it found something.
    pub place: Place,
    /// Why nobody is to hear of it, in the handbook's own words; empty where the reason is missing.
    pub reason: String,
}

/// All that was said in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    silenced: Vec<Silenced>,
    originals: Vec<Original>,
}

impl Report {
    /// Notes an original and its translations: whoever reads a file knows what of it is text, and a report is how it tells.
    pub fn note(&mut self, original: Original) {
        self.originals.push(original);
    }

    /// The originals, if nothing else was said.
    pub(crate) fn only_originals(&self) -> Option<&[Original]> {
        (self.diagnostics.is_empty() && self.silenced.is_empty()).then_some(&self.originals)
    }

    /// Takes the originals out, ordered by file.
    pub fn take_originals(&mut self) -> Vec<Original> {
        let mut originals = std::mem::take(&mut self.originals);
        originals.sort_by_key(|original| original.file);
        originals
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all of another report.
    pub fn append(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
        self.silenced.append(&mut other.silenced);
        self.originals.append(&mut other.originals);
    }

    /// Adds a copy of all of another report.
    pub fn repeat(&mut self, other: &Self) {
        self.diagnostics.extend_from_slice(&other.diagnostics);
        self.silenced.extend_from_slice(&other.silenced);
        self.originals.extend_from_slice(&other.originals);
    }

    /// What was added since it was a copy of `before`.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        Self {
            diagnostics: self.diagnostics.split_off(before.diagnostics.len()),
            silenced: self.silenced.split_off(before.silenced.len()),
            originals: Vec::new(),
        }
    }

    /// Takes out all that was said of some files.
    pub fn forget(&mut self, of: impl Fn(FileId) -> bool) {
        let said_of = |place: &Place| matches!(place, Place::Source(span) if of(span.file));
        self.diagnostics.retain(|diagnostic| !said_of(&diagnostic.place));
        self.silenced.retain(|silenced| !said_of(&silenced.place));
    }

    /// Changes each diagnostic, or takes it out with the reason given.
    pub fn settle(&mut self, mut judge: impl FnMut(&mut Diagnostic) -> Option<String>) {
        for mut diagnostic in std::mem::take(&mut self.diagnostics) {
            match judge(&mut diagnostic) {
                Some(reason) => {
                    self.silenced.push(Silenced { code: diagnostic.code, place: diagnostic.place, reason });
                }
                None => self.diagnostics.push(diagnostic),
            }
        }
    }

    /// What was found and is not told, in the order in which it was found.
    pub fn silenced(&self) -> &[Silenced] {
        &self.silenced
    }

    /// The same without its notes: what is wrong, and not what is only missing.
    #[must_use]
    pub fn loud(&self) -> Self {
        let loud = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note);
        Self { diagnostics: loud.cloned().collect(), ..self.clone() }
    }

    /// Puts the diagnostics in the order of the files and of the places in them, and drops repetitions.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
        self.diagnostics.dedup();
    }

    /// Every diagnostic, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// How many diagnostics are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether anything is wrong enough to keep the site from being published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether anything is at least as bad as this.
    pub fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity <= severity)
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// Names in backticks, with commas between them.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn key(diagnostic: &Diagnostic) -> (u8, Option<Span>, &str, usize, Code, &str) {
    let (rank, span, name, offset) = match &diagnostic.place {
        Place::Handbook => (0, None, "", 0),
        Place::Source(span) => (1, Some(*span), "", 0),
        Place::Template { name, range, .. } => (2, None, name.as_str(), range.start),
    };
    (rank, span, name, offset, diagnostic.code, &diagnostic.message)
}
