//! `insights/ID.yaml` and `opportunities/ID.yaml`.

use super::catalog::one_to_five;
use super::files::ItemFiles;
use super::value::Value;
use super::{Context, opened, reference};
use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::{Date, Draft, Insight, InsightKind, List, Opportunity, OpportunityStatus, Quote};
use crate::source::Span;

/// Reads an insight.
pub(super) fn insight(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Insight<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    fields.need("date", "such as `2026-05` or `2026-05-21`", report);
    let insight = Insight {
        item: opened.head(&mut fields, report),
        kind: fields.need_choice("kind", InsightKind::ALL, report),
        date_at: fields.place("date"),
        date: fields.date("date", report).unwrap_or(Date::UNKNOWN),
        sample_at: fields.place("sample"),
        sample: fields.whole("sample", 1..=u32::MAX, report),
        who: fields.text("who", report),
        source: fields.need_text("source", "", report),
        url: fields.word("url", report).filter(|(url, span)| reference::is_web(url, *span, report)).map(|(url, _)| url),
        quotes: fields.items("quotes", report).iter().filter_map(|item| quote(item, report)).collect(),
    };
    fields.finish(report);
    insight
}

/// Reads an opportunity.
pub(super) fn opportunity(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Opportunity<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let item = opened.head(&mut fields, report);
    fields.need("status", &format!("one of {}", listed(OpportunityStatus::ALL.iter().map(|(name, _)| *name))), report);
    let status = fields.choice("status", OpportunityStatus::ALL, report);
    for key in ["done", "outcome"] {
        too_early(key, fields.key_place(key), status, report);
    }
    let opportunity = Opportunity {
        item,
        impact: one_to_five(&mut fields, "impact", report).unwrap_or(3),
        effort: one_to_five(&mut fields, "effort", report).unwrap_or(3),
        status: status.unwrap_or(OpportunityStatus::Idea),
        due: fields.date("due", report),
        done: fields.date("done", report),
        outcome: fields.text("outcome", report),
        metrics: fields.names("metrics", report),
        insights: fields.names("insights", report),
    };
    fields.finish(report);
    opportunity
}

/// Says that something is told of the end of what has not ended.
fn too_early(key: &str, place: Option<Span>, status: Option<OpportunityStatus>, report: &mut Report) {
    let (Some(place), Some(status)) = (place, status) else { return };
    let Some((name, _)) = OpportunityStatus::ALL.iter().find(|(_, known)| *known == status) else { return };
    if status != OpportunityStatus::Done {
        let message = format!("`{key}` is of what is done, and the status is `{name}`");
        report.push(
            Diagnostic::new(Code::NotDone, place, message).help("`status: done`, or leave it out until it is done"),
        );
    }
}

/// What somebody said in the study itself: `{text, who}`.
fn quote(value: &Value<'_>, report: &mut Report) -> Option<Quote<Draft>> {
    let mut fields = value.fields(report)?;
    let quote = Quote {
        text: fields.need_text("text", "", report),
        note: fields.text("who", report).into(),
        insights: List::default(),
    };
    fields.finish(report);
    Some(quote)
}
