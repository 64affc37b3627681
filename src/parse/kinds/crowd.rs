//! A persona-based map: who, and where they differ.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::{Crowd, Difference};
use crate::model::{Draft, List, Named, Persona};
use crate::parse::fields::Fields;
use crate::parse::journey::pain;
use crate::parse::names::tidy;
use crate::parse::persona::quote;
use crate::source::Span;

/// Reads what a persona-based map adds: under `differences`, by persona and by step.
pub(super) fn parse(fields: &mut Fields<'_>, report: &mut Report) -> Crowd<Draft> {
    fields.need("personas", "the names of two personas or more", report);
    let personas = people(fields, report);
    let mut differences = Vec::new();
    for (persona, place, steps) in fields.value("differences").map_or_else(Vec::new, |value| value.entries(report)) {
        for (step, span, value) in steps.entries(report) {
            let Some(mut fields) = value.fields(report) else { continue };
            differences.push(Difference {
                persona: Named::new(persona.as_str(), place),
                place,
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

/// The personas, each once.
fn people(fields: &mut Fields<'_>, report: &mut Report) -> List<Named<Persona>> {
    let given = fields.has("personas");
    let items = fields.fixed_items("personas", report);
    let mut people: Vec<Named<Persona>> = Vec::new();
    let mut unread = false;
    for item in &items {
        match item.scalar("a name", report).map(tidy) {
            Some(name) if people.iter().all(|other| *other.name != *name) => people.push(Named::new(name, item.span())),
            Some(_) => {}
            None => unread = true,
        }
    }
    if given && !unread && people.len() < 2 {
        let start = Span { end: fields.span().start, ..fields.span() };
        let (span, message) = match people.first() {
            Some(one) => (one.span, format!("the map is only about `{}`", one.name)),
            None => (start, "the map is about nobody".to_owned()),
        };
        report.push(
            Diagnostic::new(Code::TooFewPersonas, span, message)
                .help("name two personas or more, or make it a `current-state` map with one `persona`"),
        );
    }
    people.into()
}
