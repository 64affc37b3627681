//! `touchpoints/ID.md`, `channels.yaml` and `teams.yaml`.

use super::fields::Fields;
use super::files::ItemFiles;
use super::value::Value;
use super::{Context, opened};
use crate::diag::Report;
use crate::model::{Channel, Draft, Importance, Team, Touchpoint, TouchpointKind, TouchpointStatus};
use crate::source::Span;

/// Reads a touchpoint.
pub(super) fn touchpoint(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Touchpoint<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let touchpoint = Touchpoint {
        item: opened.head(&mut fields, report),
        channel: fields.need_name("channel", "the name of a channel", report),
        kind: fields.need_choice("kind", TouchpointKind::ALL, report),
        status: fields.choice("status", TouchpointStatus::ALL, report).unwrap_or(TouchpointStatus::Live),
        importance: fields.value("importance").and_then(|value| importance(&value, report)),
        promise: fields.text("promise", report),
        insights: fields.names("insights", report),
        body: opened.body(&mut fields, context, report),
    };
    fields.finish(report);
    touchpoint
}

/// Reads the channel under `name`.
pub(super) fn channel(name: String, span: Span, value: &Value<'_>, report: &mut Report) -> Option<Channel> {
    let mut fields = value.fields(report)?;
    let channel = Channel {
        title: fields.need_text("title", &name, report),
        name,
        span,
        icon: fields.word("icon", report).map(|(icon, _)| icon),
        summary: fields.text("summary", report),
    };
    fields.finish(report);
    Some(channel)
}

/// Reads the team under `name`.
pub(super) fn team(name: String, span: Span, value: &Value<'_>, report: &mut Report) -> Option<Team<Draft>> {
    let mut fields = value.fields(report)?;
    let team = Team {
        title: fields.need_text("title", &name, report),
        name,
        span,
        lead: fields.text("lead", report),
        contact: fields.text("contact", report),
        part_of: fields.name("part-of", report),
        summary: fields.text("summary", report),
    };
    fields.finish(report);
    Some(team)
}

fn importance(value: &Value<'_>, report: &mut Report) -> Option<Importance> {
    let mut fields = value.fields(report)?;
    let customer = one_to_five(&mut fields, "customer", report);
    let organisation = one_to_five(&mut fields, "organisation", report);
    fields.finish(report);
    Some(Importance { customer: customer?, organisation: organisation? })
}

/// A number from 1 to 5 that must be given.
pub(super) fn one_to_five(fields: &mut Fields<'_>, key: &'static str, report: &mut Report) -> Option<u8> {
    fields.need(key, "a whole number from 1 to 5", report);
    fields.whole(key, 1..=5, report).map(|number| number as u8)
}
