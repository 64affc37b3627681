//! What there is to say about a handbook, worked out when somebody first asks.
//!
//! Reading and linking tell what is broken, and that is known before any page is shown. What the checks find concerns few
//! pages; a preview shows its page first and asks for the rest afterwards.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::findings::Findings;
use crate::checks;
use crate::diag::Report;
use crate::model::Handbook;
use crate::source::Sources;

/// What there is to say about a handbook.
pub struct Verdict {
    early: Report,
    whole: LazyLock<Whole, Box<dyn FnOnce() -> Whole + Send>>,
}

/// All of it.
struct Whole {
    report: Report,
    findings: Findings,
}

impl Verdict {
    /// The verdict on a handbook of which `early` has been said already.
    pub fn new(handbook: Arc<Handbook>, early: Report, sources: Sources) -> Self {
        let mut report = early.clone();
        let whole = move || {
            checks::run(&handbook, &mut report);
            report.sort();
            Whole { findings: Findings::of(&handbook, &report, &sources), report }
        };
        let mut early = early;
        early.sort();
        Self { early, whole: LazyLock::new(Box::new(whole)) }
    }

    /// What was said before the checks, in order.
    pub fn early(&self) -> &Report {
        &self.early
    }

    /// Everything, in order. The checks run if they have not yet.
    pub fn report(&self) -> &Report {
        &self.whole.report
    }

    /// What the rules found, for the page that tells of it. The checks run if they have not yet.
    pub fn findings(&self) -> &Findings {
        &self.whole.findings
    }
}

impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict").field("early", &self.early).finish_non_exhaustive()
    }
}
