//! A future-state map: its baseline, and what has to be true.

use crate::diag::Report;
use crate::model::kinds::{Claim, Future};
use crate::model::{Draft, JourneyMap, List, Named};
use crate::parse::fields::Fields;
use crate::parse::value::Value;

/// Reads what a future-state map adds.
pub(super) fn parse(fields: &mut Fields<'_>, report: &mut Report) -> Future<Draft> {
    let baseline: Option<Named<JourneyMap>> = fields.name("baseline", report);
    Future {
        baseline_at: baseline.as_ref().map(|name| name.span),
        baseline,
        assumptions: fields.items("assumptions", report).iter().filter_map(|item| claim(item, report)).collect(),
        left_alone: fields.texts("left-alone", report),
        proof: fields.texts("proof", report),
    }
}

/// A claim is a text, or a mapping that names its evidence.
fn claim(value: &Value<'_>, report: &mut Report) -> Option<Claim<Draft>> {
    if value.is_scalar() {
        return Some(Claim { text: value.text(report)?, insights: List::default() });
    }
    let mut fields = value.fields(report)?;
    let claim = Claim { text: fields.need_text("text", "", report), insights: fields.names("insights", report) };
    fields.finish(report);
    Some(claim)
}
