//! `walkthroughs/ID.yaml`.

use super::files::ItemFiles;
use super::value::Value;
use super::{Context, opened};
use crate::diag::Report;
use crate::model::{Date, Draft, Walked, Walkthrough};

/// The longest a step can take, in minutes: a week.
const LONGEST: u32 = 7 * 24 * 60;

/// Reads a walk-through.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Walkthrough<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    fields.need("date", "such as `2026-05-21`", report);
    fields.need("steps", "a list of them", report);
    let walkthrough = Walkthrough {
        item: opened.head(&mut fields, report),
        map: fields.need_name("map", "the id of the map that was walked", report),
        date: fields.date("date", report).unwrap_or(Date::UNKNOWN),
        walker: fields.text("walker", report),
        walked_as: fields.name("as", report),
        steps: fields.items("steps", report).iter().filter_map(|item| walked(item, report)).collect(),
    };
    fields.finish(report);
    walkthrough
}

fn walked(value: &Value<'_>, report: &mut Report) -> Option<Walked<Draft>> {
    let mut fields = value.fields(report)?;
    let step = fields.need_name("step", "the id of a step of the map", report);
    let walked = Walked {
        span: fields.span(),
        feels: fields.feeling("feels", report),
        feeling: fields.text("feeling", report),
        note: fields.text("note", report),
        obstacles: fields.texts("obstacles", report),
        minutes: fields.whole("minutes", 0..=LONGEST, report),
        step: step?,
    };
    fields.finish(report);
    Some(walked)
}
