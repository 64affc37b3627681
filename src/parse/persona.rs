//! `personas/ID.md`.

use super::fields::Fields;
use super::files::ItemFiles;
use super::value::Value;
use super::{Context, opened};
use crate::diag::Report;
use crate::model::{Behaviour, ChannelUse, Draft, Fact, List, Persona, Quote, Rare};

/// Reads a persona.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Persona<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let persona = Persona {
        item: opened.head(&mut fields, report),
        role: fields.text("role", report),
        quote: fields.value("quote").and_then(|value| quote(&value, report)),
        facts: fields.items("facts", report).iter().filter_map(|item| fact(item, report)).collect(),
        goals: fields.texts("goals", report),
        frustrations: fields.texts("frustrations", report),
        behaviours: fields.items("behaviours", report).iter().filter_map(|item| behaviour(item, report)).collect(),
        channels: fields.items("channels", report).iter().filter_map(|item| channel_use(item, report)).collect(),
        say: fields.texts("say", report),
        avoid: fields.texts("avoid", report),
        portrait: super::asset(&mut fields, "portrait", report),
        body: opened.body(&mut fields, context, report),
    };
    fields.finish(report);
    persona
}

/// What somebody said: a text, or `{text, note, insights}` to say more about it.
pub(super) fn quote(value: &Value<'_>, report: &mut Report) -> Option<Quote<Draft>> {
    if value.is_scalar() {
        return Some(Quote { text: value.text(report)?, note: Rare::default(), insights: List::default() });
    }
    let mut fields = value.fields(report)?;
    let quote = Quote {
        text: fields.need_text("text", "", report),
        note: fields.text("note", report).into(),
        insights: fields.names("insights", report),
    };
    fields.finish(report);
    Some(quote)
}

fn fact(value: &Value<'_>, report: &mut Report) -> Option<Fact> {
    let mut fields = value.fields(report)?;
    let fact = Fact { label: fields.need_text("label", "", report), value: fields.need_text("value", "", report) };
    fields.finish(report);
    Some(fact)
}

fn behaviour(value: &Value<'_>, report: &mut Report) -> Option<Behaviour> {
    let mut fields = value.fields(report)?;
    let behaviour = Behaviour {
        from: fields.need_text("from", "", report),
        to: fields.need_text("to", "", report),
        at: level(&mut fields, "at", 100, report),
    };
    fields.finish(report);
    Some(behaviour)
}

fn channel_use(value: &Value<'_>, report: &mut Report) -> Option<ChannelUse<Draft>> {
    let mut fields = value.fields(report)?;
    let channel_use = ChannelUse {
        channel: fields.need_name("channel", "the name of a channel", report),
        use_level: level(&mut fields, "use", 5, report),
        often: fields.text("often", report),
        feels: fields.feeling("feels", report),
    };
    fields.finish(report);
    Some(channel_use)
}

fn level(fields: &mut Fields<'_>, key: &'static str, most: u32, report: &mut Report) -> u8 {
    if !fields.has(key) {
        fields.need(key, &format!("a whole number from 0 to {most}"), report);
    }
    fields.whole(key, 0..=most, report).unwrap_or(0) as u8
}
