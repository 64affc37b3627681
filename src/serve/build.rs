//! One build as it is shown: the site, what there is to say about it, and the last good build beneath.
//!
//! A page is made when somebody asks for it and kept until the next build. While a build has errors, addresses
//! are answered from the last good one; a first build with errors has none before it and shows what there is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

use super::media;
use crate::compile::compile;
use crate::diag::{Diagnostic, Report};
use crate::path::{HandbookPath, SitePath};
use crate::render::{Entry, Site};
use crate::source::Sources;

/// One build. Cheap to ask, safe to share.
pub struct Build {
    number: u64,
    sources: Sources,
    site: Site,
    report: Report,
    /// Only beneath a build with errors, and itself without any: there is never a third one.
    last_good: Option<Arc<Build>>,
    answers: Mutex<BTreeMap<SitePath, Answer>>,
}

/// What stands at an address.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A page, as a build writes it.
    Page(Bytes),
    /// A page that a template fails on.
    Failed(Box<Diagnostic>),
    /// Any other file that the build made.
    File(Bytes),
    /// The handbook's file of this path.
    Asset(HandbookPath),
}

impl Build {
    /// The first build.
    pub(super) fn first(sources: Sources) -> Self {
        Self::new(1, sources, None)
    }

    /// The build after `before`.
    pub(super) fn after(before: &Arc<Self>, sources: Sources) -> Self {
        let good = if before.report.has_errors() { before.last_good.clone() } else { Some(Arc::clone(before)) };
        Self::new(before.number + 1, sources, good)
    }

    fn new(number: u64, sources: Sources, good: Option<Arc<Self>>) -> Self {
        let (site, report) = compile(&sources);
        let last_good = good.filter(|_| report.has_errors());
        Self { number, sources, site, report, last_good, answers: Mutex::default() }
    }

    /// How many builds there were so far, this one included.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The texts it was made from; the report points into them.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What there is to say about it.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.site.pages().count()
    }

    /// Whether there is something at an address. Makes no page.
    pub(super) fn has(&self, path: &SitePath) -> bool {
        self.site.has(path) || self.last_good.as_ref().is_some_and(|good| good.has(path))
    }

    /// What stands at an address, made now or earlier; `None` if nothing does.
    pub(super) fn read(&self, path: &SitePath) -> Option<Answer> {
        if let Some(answer) = self.answers().get(path) {
            return Some(answer.clone());
        }
        // Made without the lock: two who ask at once make it twice, which is better than everybody waiting.
        let answer = self.make(path)?;
        self.answers().insert(path.clone(), answer.clone());
        Some(answer)
    }

    fn make(&self, path: &SitePath) -> Option<Answer> {
        let good = self.last_good.as_ref().and_then(|good| good.site.read(path));
        Some(match good.or_else(|| self.site.read(path))? {
            Ok(Entry::Asset(file)) => Answer::Asset(file.clone()),
            Ok(Entry::Bytes(bytes)) if media::is_page(path) => Answer::Page(bytes.into_owned().into()),
            Ok(Entry::Bytes(bytes)) => Answer::File(bytes.into_owned().into()),
            Err(diagnostic) => Answer::Failed(Box::new(diagnostic)),
        })
    }

    /// Whether addresses are answered from a build before it that had no errors.
    pub(super) fn is_over_a_good_one(&self) -> bool {
        self.last_good.is_some()
    }

    /// The site that addresses are answered from first: the last good one beneath a build with errors.
    fn shown(&self) -> &Site {
        self.last_good.as_ref().map_or(&self.site, |good| &good.site)
    }

    /// The files that the theme brings, by their place in the site.
    pub(super) fn theme_files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.shown().theme_files()
    }

    /// The files of the handbook that a page is made from before all others; empty for a page made of many items.
    pub(super) fn made_from(&self, path: &SitePath) -> Vec<&HandbookPath> {
        let files = self.shown().made_from(path);
        if files.is_empty() { self.site.made_from(path) } else { files }
    }

    fn answers(&self) -> MutexGuard<'_, BTreeMap<SitePath, Answer>> {
        // Whoever panicked while holding it left the map whole.
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Build").field("number", &self.number).field("report", &self.report).finish_non_exhaustive()
    }
}
