//! `maps/ID.yaml`: what every map has. What its kind adds is read in `kinds`, a stage and its steps in `step`.

mod lane;
mod step;

use super::fields::Fields;
use super::files::ItemFiles;
use super::names::{bad_id, distinct, is_id};
use super::value::Value;
use super::{Context, kinds, opened};
use crate::diag::{Code, Diagnostic, Report, suggest};
use crate::model::{Draft, JourneyMap, List, Local, MapKind, Named, OwnLane, Stage, StageSet, Table, Text, Words};
use crate::path::HandbookPath;
use crate::source::Span;

pub(crate) use lane::LANES;
pub(super) use lane::lanes;
pub(super) use step::{pain, step};

/// What reading a map's stages needs to know.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The map's kind: some keys are only of some kinds.
    pub(super) kind: MapKind,
    /// The lanes the handbook declares.
    pub(super) own_lanes: &'a Table<OwnLane>,
    /// The file, which relative links start from.
    pub(super) from: &'a HandbookPath,
    /// The stages that the map takes.
    set: Option<&'a StageSet>,
    /// Where the map names them.
    set_at: Span,
}

/// Reads a journey map.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> JourneyMap<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let kind = fields.need_choice("kind", MapKind::ALL, report);
    let stage_set: Option<Named<StageSet>> = fields.name("stage-set", report);
    let set = stage_set.as_ref().and_then(|set| context.settled.stage_sets.get(&set.name));
    let set_at = stage_set.as_ref().map_or(fields.span(), |set| set.span);
    let reader =
        Reader { kind, own_lanes: context.settled.own_lanes, from: context.sources.path(files.file), set, set_at };
    let (contents, stages) = kinds::parse(&mut fields, &reader, report);
    let map = JourneyMap {
        item: opened.head(&mut fields, report),
        contents,
        persona: fields.name("persona", report),
        journey: fields.name("journey", report),
        finding: fields.text("finding", report),
        scenario: fields.text("scenario", report),
        purpose: fields.text("purpose", report),
        outcome: fields.text("outcome", report),
        stage_set,
        lanes: lanes(&mut fields, report).into(),
        stages: stages.into(),
    };
    fields.finish(report);
    distinct(map.stages.iter().map(|stage| (&*stage.name, stage.span)), "two stages of this map", report);
    distinct(map.steps().map(|(_, step)| (&*step.name, step.span)), "two steps of this map", report);
    map
}

/// The stages under `stages`; all of the map's stage set if it takes one and lists none.
pub(super) fn stages(fields: &mut Fields<'_>, reader: &Reader<'_>, report: &mut Report) -> Vec<Stage<Draft>> {
    match reader.set {
        Some(set) if !fields.has("stages") => set.stages.iter().map(|of_set| bare(of_set, reader.set_at)).collect(),
        _ => {
            fields.need("stages", "a list of them", report);
            fields.items("stages", report).iter().filter_map(|item| stage(item, reader, report)).collect()
        }
    }
}

/// A stage of a set as it is; `span` is where the map takes the set.
fn bare((name, title): &(String, Text), span: Span) -> Stage<Draft> {
    Stage {
        name: name.clone(),
        span,
        title: title.clone(),
        duration: None,
        fix_first: false,
        goals: List::default(),
        owner: None,
        metrics: List::default(),
        opens: None,
        opens_at: None,
        own: List::default(),
        steps: List::default(),
    }
}

/// A stage; its title may come from the stage set that the map takes.
fn stage(value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<Stage<Draft>> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    let inherited = reader.set.and_then(|set| set.stages.iter().find(|(id, _)| *id == name));
    let mut stage = Stage {
        title: match (fields.text("title", report), inherited) {
            (Some(title), _) => title,
            (None, Some((_, title))) => title.clone(),
            (None, None) => untitled(&fields, &name, span, reader.set, report),
        },
        name,
        span,
        duration: fields.text("duration", report),
        fix_first: fields.flag("fix-first", report),
        goals: fields.texts("goals", report),
        owner: fields.name("owner", report),
        metrics: fields.names("metrics", report),
        opens: fields.name("opens", report),
        opens_at: None,
        own: lane::own(&mut fields, reader, report),
        steps: fields.items("steps", report).iter().filter_map(|item| step(item, reader, report)).collect(),
    };
    stage.opens_at = stage.opens.as_ref().map(|opens| opens.span);
    fields.finish(report);
    Some(stage)
}

/// Stands in for a title that is missing; says whether the stage may be one of the set's whose id is misspelt.
fn untitled(fields: &Fields<'_>, name: &str, span: Span, set: Option<&StageSet>, report: &mut Report) -> Text {
    let of_set = || set.into_iter().flat_map(|set| &set.stages).map(|(id, _)| id.as_str());
    match suggest::nearest(name, of_set()) {
        Some(near) if !fields.are_unread() => report.push(
            Diagnostic::new(Code::MissingKey, span, format!("the stage set has no `{name}`, and there is no `title`"))
                .help(format!("did you mean `{near}`?")),
        ),
        _ => fields.need("title", "", report),
    }
    Local::new(Words::new(name, span))
}

/// An id that must be given; empty if it is not.
pub(super) fn id(fields: &mut Fields<'_>, report: &mut Report) -> (String, Span) {
    let given: Option<Named<()>> = fields.need_name("id", "a word that links can use", report);
    let Some(named) = given else { return (String::new(), fields.span()) };
    if !is_id(&named.name) {
        report.push(bad_id(&named.name, named.span));
    }
    (named.name.into(), named.span)
}
