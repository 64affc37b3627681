//! A service blueprint: who acts in each lane, and what breaks.

use crate::diag::Report;
use crate::model::Draft;
use crate::model::kinds::{Actors, Blueprint, FailPoint};
use crate::parse::fields::Fields;
use crate::parse::journey::id;
use crate::parse::names::distinct;
use crate::parse::value::Value;

/// Reads what a blueprint adds.
pub(super) fn parse(fields: &mut Fields<'_>, report: &mut Report) -> Blueprint<Draft> {
    let mut actors = Actors { frontstage: None, backstage: None, support: None };
    if let Some(mut fields) = fields.value("actors").and_then(|value| value.fields(report)) {
        actors.frontstage = fields.name("frontstage", report);
        actors.backstage = fields.name("backstage", report);
        actors.support = fields.name("support", report);
        fields.finish(report);
    }
    let points = fields.items("fail-points", report);
    let fail_points: Vec<FailPoint<Draft>> = points.iter().filter_map(|item| fail_point(item, report)).collect();
    distinct(fail_points.iter().map(|point| (&*point.name, point.span)), "two fail points of this map", report);
    Blueprint { actors, fail_points }
}

fn fail_point(value: &Value<'_>, report: &mut Report) -> Option<FailPoint<Draft>> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    let point = FailPoint {
        title: fields.need_text("title", &name, report),
        name,
        span,
        known: fields.text("known", report),
        insights: fields.names("insights", report),
        opportunities: fields.names("opportunities", report),
    };
    fields.finish(report);
    Some(point)
}
