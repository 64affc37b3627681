//! A persona-based map: who, and where they differ.

use crate::diag::Report;
use crate::model::kinds::{Crowd, Difference};
use crate::model::{Draft, Named};
use crate::parse::fields::Fields;
use crate::parse::journey::pain;
use crate::parse::persona::quote;

/// Reads what a persona-based map adds: under `differences`, by persona and by step.
pub(super) fn parse(fields: &mut Fields<'_>, report: &mut Report) -> Crowd<Draft> {
    fields.need("personas", "the names of two personas or more", report);
    let personas = fields.names("personas", report);
    let mut differences = Vec::new();
    for (persona, place, steps) in fields.value("differences").map_or_else(Vec::new, |value| value.entries(report)) {
        for (step, span, value) in steps.entries(report) {
            let Some(mut fields) = value.fields(report) else { continue };
            differences.push(Difference {
                persona: Named::new(persona.as_str(), place),
                step: Named::new(step, span),
                span,
                skips: fields.flag("skips", report),
                action: fields.text("action", report),
                touchpoint: fields.name("touchpoint", report),
                thinks: fields.text("thinks", report),
                says: fields.value("says").and_then(|value| quote(&value, report)),
                feels: fields.feeling("feels", report),
                feeling: fields.text("feeling", report),
                pains: fields.items("pains", report).iter().filter_map(|item| pain(item, report)).collect(),
            });
            fields.finish(report);
        }
    }
    Crowd { personas, differences }
}
