//! Words that nobody is known to have said.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Contents, Handbook, Quote, Step};

/// Looks at empathy maps only: their first quadrant is what people said, or nothing.
pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in &handbook.maps {
        let Contents::Empathy(empathy) = &map.contents else { continue };
        let steps = map.steps().filter(|(_, step): &(_, &Step)| step.insights.is_empty());
        let said: Vec<&Quote> = empathy.says.iter().chain(steps.filter_map(|(_, step)| step.says.as_ref())).collect();
        for quote in said.into_iter().filter(|quote| quote.insights.is_empty()) {
            report.push(
                Diagnostic::new(
                    Code::QuoteWithoutEvidence,
                    quote.text.first().span,
                    "nobody is known to have said this",
                )
                .help("name the evidence under `insights`; what you believe they would say goes to `thinks`"),
            );
        }
    }
}
