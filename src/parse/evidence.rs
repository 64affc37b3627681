//! `insights/ID.yaml` and `opportunities/ID.yaml`.

use super::catalog::one_to_five;
use super::files::ItemFiles;
use super::value::Value;
use super::{Context, opened, reference};
use crate::diag::Report;
use crate::model::{Date, Draft, Insight, InsightKind, Opportunity, OpportunityStatus, Quote};

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
    let opportunity = Opportunity {
        item: opened.head(&mut fields, report),
        impact: one_to_five(&mut fields, "impact", report).unwrap_or(3),
        effort: one_to_five(&mut fields, "effort", report).unwrap_or(3),
        status: fields.need_choice("status", OpportunityStatus::ALL, report),
        due: fields.date("due", report),
        metrics: fields.names("metrics", report),
        insights: fields.names("insights", report),
    };
    fields.finish(report);
    opportunity
}

/// What somebody said in the study itself: `{text, who}`.
fn quote(value: &Value<'_>, report: &mut Report) -> Option<Quote<Draft>> {
    let mut fields = value.fields(report)?;
    let quote =
        Quote { text: fields.need_text("text", "", report), note: fields.text("who", report), insights: Vec::new() };
    fields.finish(report);
    Some(quote)
}
