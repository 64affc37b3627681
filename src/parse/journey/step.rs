//! A step of a map, and what it is made of.

use super::{Reader, id, lane};
use crate::diag::Report;
use crate::model::kinds::{Act, FailPoint, Flow};
use crate::model::{
    Draft, Image, List, MapKind, MomentOfTruth, Named, Pain, PainSeverity, Rare, Seldom, Step, Text, Touchpoint,
};
use crate::parse::asset;
use crate::parse::fields::Fields;
use crate::parse::kinds::day_time;
use crate::parse::persona::quote;
use crate::parse::value::Value;

/// A step.
pub(in crate::parse) fn step(value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<Step<Draft>> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    // In a blueprint something may happen without the customer; its short label then says what.
    let unseen = reader.kind == MapKind::ServiceBlueprint && !fields.has("action") && fields.has("moment");
    let moment = fields.text("moment", report);
    let action = match &moment {
        Some(moment) if unseen => moment.clone(),
        _ => fields.need_text("action", &name, report),
    };
    let touchpoint: Option<Named<Touchpoint>> = fields.name("touchpoint", report);
    let thinks = fields.text("thinks", report);
    let says = fields.value("says").and_then(|value| quote(&value, report));
    let mut step = Step {
        name,
        span,
        action,
        touchpoint_at: touchpoint.as_ref().map(|touchpoint| touchpoint.span),
        touchpoint,
        thinks,
        feels: fields.feeling("feels", report),
        feeling: fields.text("feeling", report),
        needs: fields.texts("needs", report),
        gains: fields.texts("gains", report),
        pains: fields.items("pains", report).iter().filter_map(|item| pain(item, report)).collect(),
        moment_of_truth: fields.text("moment-of-truth", report).map(|why| MomentOfTruth { why }).into(),
        insights: fields.names("insights", report),
        opportunities: fields.names("opportunities", report),
        metrics: fields.names("metrics", report),
        seldom: Rare::NONE,
    };
    let mut seldom = Seldom {
        moment: moment.into(),
        says: says.into(),
        when: fields.text("when", report).into(),
        time: (reader.kind == MapKind::DayInTheLife).then(|| day_time(&mut fields, report)).flatten(),
        evidence: fields.text("evidence", report).into(),
        frontstage: fields.value("frontstage").and_then(|value| act(&value, reader, report)).into(),
        backstage: fields.value("backstage").and_then(|value| act(&value, reader, report)).into(),
        support: fields.value("support").and_then(|value| act(&value, reader, report)).into(),
        unseen,
        fails: fails(&mut fields, reader, report),
        waits: fields.text("waits", report).into(),
        leads_to: fields.has("leads-to").then(|| fields.names("leads-to", report)),
        entry: fields.text("entry", report).into(),
        exit: fields.text("exit", report).into(),
        opens: fields.name("opens", report),
        opens_at: None,
        image: fields.value("image").and_then(|value| image(&value, report)).into(),
        own: lane::own(&mut fields, reader, report),
    };
    seldom.opens_at = seldom.opens.as_ref().map(|opens| opens.span);
    step.seldom = seldom.if_any();
    fields.finish(report);
    Some(step)
}

/// What somebody of ours does: a text, or a mapping that says more about it.
fn act(value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<Act<Draft>> {
    if value.is_scalar() {
        let text = value.text(report)?;
        return Some(Act { text, team: None, fails: List::default(), waits: None, flow: Flow::default() });
    }
    let mut fields = value.fields(report)?;
    let act = Act {
        text: fields.need_text("text", "", report),
        team: fields.name("team", report),
        fails: fails(&mut fields, reader, report),
        waits: fields.text("waits", report),
        flow: fields.choice("flow", Flow::ALL, report).unwrap_or_default(),
    };
    fields.finish(report);
    Some(act)
}

/// The fail points that something names; only a blueprint has any.
fn fails(fields: &mut Fields<'_>, reader: &Reader<'_>, report: &mut Report) -> List<Named<FailPoint>> {
    match reader.kind {
        MapKind::ServiceBlueprint => fields.names("fails", report),
        _ => List::default(),
    }
}

/// A pain is a text, or a mapping that says more about it.
pub(in crate::parse) fn pain(value: &Value<'_>, report: &mut Report) -> Option<Pain<Draft>> {
    if value.is_scalar() {
        let text = value.text(report)?;
        return Some(Pain { text, severity: None, insights: List::default(), opportunities: List::default() });
    }
    let mut fields = value.fields(report)?;
    let pain = Pain {
        text: fields.need_text("text", "", report),
        severity: fields.choice("severity", PainSeverity::ALL, report),
        insights: fields.names("insights", report),
        opportunities: fields.names("opportunities", report),
    };
    fields.finish(report);
    Some(pain)
}

pub(super) fn image(value: &Value<'_>, report: &mut Report) -> Option<Image<Draft>> {
    let mut fields = value.fields(report)?;
    fields.need("file", "a path below `assets/`", report);
    let file = asset(&mut fields, "file", report);
    let alt: Text = fields.need_text("alt", "", report);
    fields.finish(report);
    Some(Image { file, alt })
}
