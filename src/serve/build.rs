//! One build as it is shown: the site, what there is to say about it, and the last good build beneath.
//!
//! A page is made when somebody asks for it and kept until the next build. While a build has errors, addresses
//! are answered from the last good one, each page with the errors over it; a first build with errors has none
//! before it and shows what there is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

use super::{media, overlay, reload};
use crate::compile::compile;
use crate::diag::{Diagnostic, Report, Severity, show};
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
    /// A page, dressed for the preview.
    Page {
        /// The whole page.
        html: Bytes,
        /// Whether it shows errors.
        broken: bool,
    },
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

    /// The folder of its host that the site will live in, from `/` to `/`.
    pub(super) fn folder(&self) -> &str {
        self.site.folder()
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
            Ok(Entry::Bytes(bytes)) if media::is_page(path) => self.page(bytes.into_owned(), &self.report),
            Ok(Entry::Bytes(bytes)) => Answer::File(bytes.into_owned().into()),
            Err(diagnostic) => self.failed_page(diagnostic),
        })
    }

    fn page(&self, mut html: Vec<u8>, report: &Report) -> Answer {
        let broken = report.has_errors();
        if broken {
            overlay::lay(&mut html, report.count(Severity::Error), &show::text(&report.loud(), &self.sources, false));
        }
        reload::add_script(&mut html, self.number);
        Answer::Page { html: html.into(), broken }
    }

    /// What is shown for a page whose template fails.
    fn failed_page(&self, diagnostic: Diagnostic) -> Answer {
        let mut report = self.report.clone();
        report.push(diagnostic);
        report.sort();
        self.page(overlay::empty_page(), &report)
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
