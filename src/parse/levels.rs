//! `checks`, in any item and in `handbook.yaml`: how bad a rule's findings are, and why.
//!
//! The reason must be given: a rule that is turned off in silence is how a handbook rots.

use super::fields::Fields;
use super::value::Value;
use crate::diag::{Code, Diagnostic, Report, Severity, listed};
use crate::model::RuleLevel;
use crate::source::Span;

/// The levels, as authors write them; at `off` nobody hears of it.
const LEVELS: &[(&str, Option<Severity>)] = &[
    ("off", None),
    ("note", Some(Severity::Note)),
    ("warning", Some(Severity::Warning)),
    ("error", Some(Severity::Error)),
];

/// Reads `checks`: a mapping from rules to `{ level, reason }`.
pub(super) fn checks(fields: &mut Fields<'_>, report: &mut Report) -> Vec<RuleLevel> {
    let entries = fields.value("checks").map_or_else(Vec::new, |value| value.entries(report));
    entries.into_iter().filter_map(|(name, span, value)| level(&name, span, &value, report)).collect()
}

fn level(name: &str, span: Span, value: &Value<'_>, report: &mut Report) -> Option<RuleLevel> {
    let rule = rule(name, span, report);
    let mut fields = value.fields(report)?;
    fields.need("level", &format!("one of {}", listed(LEVELS.iter().map(|(level, _)| *level))), report);
    let level = fields.choice("level", LEVELS, report);
    fields.need("reason", "why, in a sentence", report);
    let reason = fields.text("reason", report);
    fields.finish(report);
    Some(RuleLevel { rule: rule?, span, level: level?, reason })
}

/// The rule called `name`; what is none is reported.
fn rule(name: &str, span: Span, report: &mut Report) -> Option<Code> {
    let known = Code::find(name);
    if known.is_some_and(Code::is_rule) {
        return known;
    }
    let diagnostic = match known {
        Some(_) => Diagnostic::new(Code::UnknownCheck, span, format!("`{name}` is an error and cannot be set"))
            .help("take it out, and mend what it finds: `checks` sets only warnings and notes"),
        None => {
            let rules = Code::ALL.iter().filter(|code| code.is_rule()).map(|code| code.name());
            let diagnostic = Diagnostic::new(Code::UnknownCheck, span, format!("no rule is called `{name}`"));
            diagnostic.suggest(name, rules).help("`journeybook explain` lists them: all that are warnings or notes")
        }
    };
    report.push(diagnostic);
    None
}
