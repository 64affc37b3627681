//! One build as it is shown: the site, what there is to say about it, and the last good build beneath.
//!
//! A page is made when somebody asks for it, and kept until the next build as long as there is room. While a build has errors,
//! addresses are answered from the last good one; a first build with errors has none before it and shows what there is.

use std::fmt;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;

use super::dress::Dressed;
use super::media;
use super::store::Store;
use crate::diag::{Diagnostic, Report};
use crate::path::{HandbookPath, SitePath};
use crate::render::{Entry, Site};
use crate::source::Sources;

/// What an answer takes beside the bytes of a page, roughly.
const SMALL: usize = 256;

/// One build. Cheap to ask, safe to share.
pub struct Build {
    number: u64,
    site: Arc<Site>,
    said: Arc<Said>,
    /// What badges tell: until the checks have run, what they told before, so that none goes and comes back with every edit.
    badges: Arc<Said>,
    /// Only beneath a build with errors, and itself without any: there is never a third one.
    good: Option<Arc<Build>>,
    /// What was made already, but for what stands beneath.
    answers: Arc<Store<SitePath, Answer>>,
    /// How many bytes of pages are kept, as they are made and as they are shown each.
    keep: usize,
    /// The pages as they are shown; whether one is shown for an address where nothing is.
    pub(super) dressed: Store<(SitePath, bool), Dressed>,
    /// The panel with the errors of the whole handbook, once somebody has asked for a page.
    pub(super) panel: OnceLock<String>,
}

/// What there is to say, and the texts it points into.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) sources: Sources,
    pub(super) report: Report,
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
    /// A build, of which all is said that is known early, and the one `before` it. `good` is the last one without errors; at
    /// most `keep` bytes of pages are kept.
    pub(super) fn new(
        number: u64,
        sources: Sources,
        site: Site,
        before: Option<&Self>,
        good: Option<&Arc<Self>>,
        keep: usize,
    ) -> Self {
        let said = Arc::new(Said { sources, report: site.verdict().early().clone() });
        let badges = before.map(|before| &before.badges).filter(|told| !told.report.is_empty()).unwrap_or(&said);
        Self {
            number,
            good: beneath(good, &said.report),
            site: site.into(),
            badges: Arc::clone(badges),
            said,
            answers: Store::new(keep / 2).into(),
            keep,
            dressed: Store::new(keep / 2),
            panel: OnceLock::new(),
        }
    }

    /// The same with everything that there is to say about it, as the build after it; `None` if it shows that already.
    /// The checks run now.
    pub(super) fn judged(&self, good: Option<&Arc<Self>>) -> Option<Self> {
        let report = self.site.verdict().report();
        if *report == self.said.report && Arc::ptr_eq(&self.badges, &self.said) {
            return None;
        }
        let said = Arc::new(Said { sources: self.said.sources.clone(), report: report.clone() });
        Some(Self {
            number: self.number + 1,
            site: Arc::clone(&self.site),
            good: beneath(good, report),
            badges: Arc::clone(&said),
            said,
            answers: Arc::clone(&self.answers),
            keep: self.keep,
            dressed: Store::new(self.keep / 2),
            panel: OnceLock::new(),
        })
    }

    /// Whether the checks may still find errors: what is said of it now is then not the last word.
    pub(super) fn may_worsen(&self) -> bool {
        self.site.verdict().may_worsen()
    }

    /// How many bytes of finished pages it keeps at the moment.
    pub fn kept(&self) -> usize {
        self.answers.bytes() + self.dressed.bytes()
    }

    /// Its number among all that were shown: odd before the checks have run, and the one after it when that shows something else.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The number of the one after it that is made from other sources.
    pub(super) fn next(&self) -> u64 {
        self.count() * 2 + 1
    }

    /// How often the sources have been built so far, this time included: from 1.
    pub fn count(&self) -> u64 {
        self.number.div_ceil(2)
    }

    /// The texts it was made from; the report points into them.
    pub fn sources(&self) -> &Sources {
        &self.said.sources
    }

    /// What there is to say about it.
    pub fn report(&self) -> &Report {
        &self.said.report
    }

    /// What badges tell of it.
    pub(super) fn badges(&self) -> &Said {
        &self.badges
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
        self.site.has(path) || self.good.as_ref().is_some_and(|good| good.has(path))
    }

    /// What stands at an address, made now or earlier; `None` if nothing does.
    pub(super) fn read(&self, path: &SitePath) -> Option<Answer> {
        if let Some(answer) = self.good.as_ref().and_then(|good| good.read(path)) {
            return Some(answer);
        }
        if let Some(answer) = self.answers.get(path) {
            return Some(answer);
        }
        // Made without the lock: two who ask at once make it twice, which is better than everybody waiting.
        let answer = self.make(path)?;
        self.answers.put(path.clone(), answer.clone(), answer.bytes());
        Some(answer)
    }

    fn make(&self, path: &SitePath) -> Option<Answer> {
        Some(match self.site.read(path)? {
            Ok(Entry::Asset(file)) => Answer::Asset(file.clone()),
            Ok(Entry::Bytes(bytes)) if media::is_page(path) => Answer::Page(bytes.into_owned().into()),
            Ok(Entry::Bytes(bytes)) => Answer::File(bytes.into_owned().into()),
            Err(diagnostic) => Answer::Failed(Box::new(diagnostic)),
        })
    }

    /// Whether addresses are answered from a build before it that had no errors.
    pub(super) fn is_over_a_good_one(&self) -> bool {
        self.good.is_some()
    }

    /// The site that addresses are answered from first: the last good one beneath a build with errors.
    fn shown(&self) -> &Site {
        self.good.as_ref().map_or(&self.site, |good| &good.site)
    }

    /// The files that the theme brings, by their place in the site.
    pub(super) fn theme_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.shown().theme_files()
    }

    /// The boxes of the search, by their place in the site.
    pub(super) fn search_boxes(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.shown().search_boxes()
    }

    /// The files of the handbook that a page is made from before all others; empty for a page made of many items.
    pub(super) fn made_from(&self, path: &SitePath) -> Vec<&HandbookPath> {
        let files = self.shown().made_from(path);
        if files.is_empty() { self.site.made_from(path) } else { files }
    }
}

impl Answer {
    /// How much it takes to keep, in bytes.
    fn bytes(&self) -> usize {
        match self {
            Self::Page(bytes) | Self::File(bytes) => bytes.len() + SMALL,
            Self::Failed(_) | Self::Asset(_) => SMALL,
        }
    }
}

/// The last good build, where there are errors.
fn beneath(good: Option<&Arc<Build>>, report: &Report) -> Option<Arc<Build>> {
    good.filter(|_| report.has_errors()).cloned()
}

impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Build").field("number", &self.number).field("report", &self.said.report).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    //! What a page shows while the checks run is gone too soon for a test from outside.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;
    use crate::compile::compile;
    use crate::source::SourceFile;

    /// A build of a handbook whose persona is on no map, which a check finds unless it is a draft.
    fn build(title: &str, is_draft: bool, before: Option<&Build>) -> Build {
        let front = format!("---\ntitle: {title}\n---\nWelcome.\n");
        let persona = format!("---\ntitle: Ana\ndraft: {is_draft}\n---\nShe moves.\n");
        let files = [("handbook.yaml", "title: Book\n"), ("index.md", &front), ("personas/ana.md", &persona)];
        let file = |(path, text): (&str, &str)| {
            SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
        };
        let sources = Sources::new(files.into_iter().map(file).collect());
        let site = compile(&sources).0;
        Build::new(before.map_or(1, Build::next), sources, site, before, None, 0)
    }

    #[test]
    fn badges_stay_while_the_checks_run() {
        let first = build("One", false, None);
        assert!(first.badges().report.is_empty(), "{:?}", first.badges());
        let first = first.judged(None).unwrap();
        let told = first.badges().report.clone();
        assert!(!told.is_empty());

        let edited = build("Two", false, Some(&first));
        assert!(edited.report().is_empty(), "the checks have not run: {:?}", edited.report());
        assert_eq!(edited.badges().report, told);
        assert_eq!(edited.badges().sources, *first.sources(), "its places are those of what was read then");
        let edited = edited.judged(None).unwrap();
        assert_eq!((edited.report(), &edited.badges().sources), (&told, edited.sources()));

        // What is mended goes with the checks, though they have nothing to add; until then it stays, however many edits follow.
        let mended = build("Two", true, Some(&edited));
        let mended = build("Two and a half", true, Some(&mended));
        assert_eq!(mended.badges().report, told);
        let mended = mended.judged(None).unwrap();
        assert!(mended.badges().report.is_empty(), "{:?}", mended.badges());
        assert!(build("Three", true, Some(&mended)).judged(None).is_none(), "there is nothing to say");
    }
}
