//! What there is to say about a handbook, worked out when somebody first asks: it rests on the words themselves, as the plan
//! of a site does not.
//!
//! Reading and linking tell what is broken, and few checks tell errors: that is known before any page is shown. What the other
//! checks find concerns few pages; a preview shows its page first and asks for the rest afterwards.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use super::everything::Order;
use super::findings::Findings;
use super::translations::Translations;
use crate::checks;
use crate::diag::Report;
use crate::hash::digest;
use crate::model::hurt::Gaps;
use crate::model::{Handbook, Noted, PLANNED, note_all};
use crate::source::Sources;

/// The number under which it is noted that the findings are read: the last that is not a noun's.
const FOUND: u32 = PLANNED - 1;

/// What there is to say about a handbook.
pub struct Verdict {
    early: Report,
    may_worsen: bool,
    everything: Order,
    translations: OnceLock<Translations>,
    whole: LazyLock<Whole, Box<dyn FnOnce() -> Whole + Send>>,
}

/// All of it.
struct Whole {
    report: Report,
    findings: Noted<Findings>,
}

impl Verdict {
    /// The verdict on a handbook of which `early` has been said already. The checks that tell errors run now.
    pub fn new(handbook: Arc<Handbook>, early: Report, sources: Sources) -> Self {
        Self::knowing(handbook, OnceLock::new(), early, sources)
    }

    /// The same on a handbook whose gaps may be known.
    pub fn knowing(handbook: Arc<Handbook>, gaps: OnceLock<Arc<Gaps>>, early: Report, sources: Sources) -> Self {
        let mut report = early.clone();
        let mut early = early;
        checks::errors(&handbook, &mut early);
        early.sort();
        let may_worsen = checks::may_be_errors(&handbook);
        let everything = Order::new(handbook.settings.languages.len());
        let whole = move || {
            checks::run_knowing(&handbook, gaps, &mut report);
            report.sort();
            let mut findings = Noted::new(Findings::of(&handbook, &report, &sources));
            findings.set_number(Some(FOUND));
            Whole { findings, report }
        };
        Self { early, may_worsen, everything, translations: OnceLock::new(), whole: LazyLock::new(Box::new(whole)) }
    }

    /// What was said before the checks, and by those that tell errors, in order.
    pub fn early(&self) -> &Report {
        &self.early
    }

    /// Whether the rest may hold errors that [`Self::early`] does not: where the handbook makes an error of what a rule finds.
    pub fn may_worsen(&self) -> bool {
        self.may_worsen
    }

    /// Every item by its title.
    pub fn everything(&self) -> &Order {
        &self.everything
    }

    /// What there is to do in each language, of the handbook that this is the verdict on.
    pub fn translations(&self, handbook: &Handbook) -> &Translations {
        note_all();
        self.translations.get_or_init(|| Translations::of(handbook))
    }

    /// All of it, in order. The checks run if they have not yet.
    pub fn report(&self) -> &Report {
        note_all();
        &self.whole.report
    }

    /// What the rules found, in short. Some of it comes of what stands in a file and in no noun.
    pub(crate) fn digest(&self) -> (u32, u64) {
        (FOUND, digest(&format!("{:?}", *self.whole.findings)))
    }

    /// What the rules found, for the page that tells of it. The checks run if they have not yet.
    pub fn findings(&self) -> &Findings {
        note_all();
        &self.whole.findings
    }
}

impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict").field("early", &self.early).finish_non_exhaustive()
    }
}
