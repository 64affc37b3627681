//! `maps/ID.yaml`.

use super::fields::Fields;
use super::files::ItemFiles;
use super::names::{bad_id, distinct, is_id};
use super::persona::quote;
use super::value::Value;
use super::{Context, asset, opened};
use crate::diag::Report;
use crate::model::{
    Draft, Image, JourneyMap, Lane, MapKind, MomentOfTruth, Named, Pain, PainSeverity, Stage, StageSet, Step, Text,
};
use crate::source::Span;

/// The lanes every handbook has, as authors write them.
pub(crate) const LANES: &[(&str, Lane<Draft>)] = &[
    ("feelings", Lane::Feelings),
    ("goals", Lane::Goals),
    ("actions", Lane::Actions),
    ("touchpoints", Lane::Touchpoints),
    ("thoughts", Lane::Thoughts),
    ("quotes", Lane::Quotes),
    ("needs", Lane::Needs),
    ("pains", Lane::Pains),
    ("gains", Lane::Gains),
    ("opportunities", Lane::Opportunities),
    ("metrics", Lane::Metrics),
    ("owner", Lane::Owner),
    ("frontstage", Lane::Frontstage),
    ("backstage", Lane::Backstage),
    ("support", Lane::Support),
];

/// Reads a journey map.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> JourneyMap<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let kind = fields.need_choice("kind", MapKind::ALL, report);
    if kind != MapKind::Experience {
        fields.need("persona", "the name of a persona", report);
    }
    fields.need("stages", "a list of them", report);
    let mut map = JourneyMap {
        item: opened.head(&mut fields, report),
        kind,
        persona: fields.name("persona", report),
        finding: fields.text("finding", report),
        scenario: fields.text("scenario", report),
        purpose: fields.text("purpose", report),
        outcome: fields.text("outcome", report),
        baseline: fields.name("baseline", report),
        stage_set: fields.name("stage-set", report),
        lanes: lanes(&mut fields, report),
        stages: Vec::new(),
    };
    let set = map.stage_set.as_ref().and_then(|set| context.stage_sets.get(&set.name));
    map.stages = fields.items("stages", report).iter().filter_map(|item| stage(item, set, report)).collect();
    fields.finish(report);
    distinct(map.stages.iter().map(|stage| (&*stage.name, stage.span)), "two stages of this map", report);
    distinct(map.steps().map(|(_, step)| (&*step.name, step.span)), "two steps of this map", report);
    map
}

/// The lanes named under `lanes`.
pub(super) fn lanes(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Lane<Draft>> {
    let names = fields.names("lanes", report).into_iter();
    names
        .map(|named| match LANES.iter().find(|(name, _)| *name == named.name) {
            Some((_, lane)) => lane.clone(),
            None => Lane::Own(named),
        })
        .collect()
}

/// A stage; its title may come from the stage set that the map takes.
fn stage(value: &Value<'_>, set: Option<&StageSet>, report: &mut Report) -> Option<Stage<Draft>> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    let inherited = set.and_then(|set| set.stages.iter().find(|(id, _)| *id == name)).map(|(_, title)| title.clone());
    let stage = Stage {
        title: match inherited {
            Some(title) => fields.text("title", report).unwrap_or(title),
            None => fields.need_text("title", &name, report),
        },
        name,
        span,
        duration: fields.text("duration", report),
        fix_first: fields.flag("fix-first", report),
        goals: fields.texts("goals", report),
        owner: fields.name("owner", report),
        metrics: fields.names("metrics", report),
        opens: fields.name("opens", report),
        steps: fields.items("steps", report).iter().filter_map(|item| step(item, report)).collect(),
    };
    fields.finish(report);
    Some(stage)
}

fn step(value: &Value<'_>, report: &mut Report) -> Option<Step<Draft>> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    let step = Step {
        action: fields.need_text("action", &name, report),
        name,
        span,
        moment: fields.text("moment", report),
        touchpoint: fields.name("touchpoint", report),
        thinks: fields.text("thinks", report),
        says: fields.value("says").and_then(|value| quote(&value, report)),
        feels: fields.feeling("feels", report),
        feeling: fields.text("feeling", report),
        needs: fields.texts("needs", report),
        gains: fields.texts("gains", report),
        pains: fields.items("pains", report).iter().filter_map(|item| pain(item, report)).collect(),
        moment_of_truth: fields.text("moment-of-truth", report).map(|why| MomentOfTruth { why }),
        insights: fields.names("insights", report),
        opportunities: fields.names("opportunities", report),
        metrics: fields.names("metrics", report),
        frontstage: fields.text("frontstage", report),
        backstage: fields.text("backstage", report),
        support: fields.text("support", report),
        leads_to: fields.names("leads-to", report),
        opens: fields.name("opens", report),
        image: fields.value("image").and_then(|value| image(&value, report)),
    };
    fields.finish(report);
    Some(step)
}

/// A pain is a text, or a mapping that says more about it.
fn pain(value: &Value<'_>, report: &mut Report) -> Option<Pain<Draft>> {
    if value.is_scalar() {
        let text = value.text(report)?;
        return Some(Pain { text, severity: None, insights: Vec::new(), opportunities: Vec::new() });
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

fn image(value: &Value<'_>, report: &mut Report) -> Option<Image<Draft>> {
    let mut fields = value.fields(report)?;
    fields.need("file", "a path below `assets/`", report);
    let file = asset(&mut fields, "file", report);
    let alt: Text = fields.need_text("alt", "", report);
    fields.finish(report);
    Some(Image { file, alt })
}

/// An id that must be given; empty if it is not.
pub(super) fn id(fields: &mut Fields<'_>, report: &mut Report) -> (String, Span) {
    let given: Option<Named<()>> = fields.need_name("id", "a word that links can use", report);
    let Some(named) = given else { return (String::new(), fields.span()) };
    if !is_id(&named.name) {
        report.push(bad_id(&named.name, named.span));
    }
    (named.name, named.span)
}
