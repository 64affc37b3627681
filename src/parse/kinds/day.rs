//! A day in the life: days, where one is, and when things happen.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::{Clock, Day, Nature, Scene, StepTime};
use crate::model::{Draft, Stage, Step};
use crate::parse::fields::Fields;
use crate::parse::journey::{Reader, id, step};
use crate::parse::value::Value;
use crate::source::Span;

/// The shortest day that is drawn, in minutes.
const SHORTEST: u16 = 60;

/// Reads the days of a map, each with the stage that holds its moments.
pub(super) fn parse(
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
    report: &mut Report,
) -> (Vec<Day<Draft>>, Vec<Stage<Draft>>) {
    fields.need("days", "a list of them", report);
    fields.items("days", report).iter().filter_map(|item| day(item, reader, report)).unzip()
}

fn day(value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<(Day<Draft>, Stage<Draft>)> {
    let mut fields = value.fields(report)?;
    let (name, span) = id(&mut fields, report);
    let title = fields.need_text("title", &name, report);
    let mut steps: Vec<Step<Draft>> =
        fields.items("moments", report).iter().filter_map(|item| step(item, reader, report)).collect();
    let hour = |minutes: u16| Clock::parse(&format!("{}:00", minutes / 60)).unwrap_or_default();
    let first = steps.iter().find_map(|step| step.time).map_or(0, |time| time.at.minutes());
    let from = fields.clock("from", report).unwrap_or_else(|| hour(first));
    let latest = steps.iter().filter_map(|step| step.time);
    let latest = latest.map(|time| time.until.unwrap_or(time.at).since(from)).max().unwrap_or(0);
    let minutes = match fields.clock("until", report) {
        Some(until) if until.since(from) == 0 => 1440,
        Some(until) => until.since(from),
        // The whole hour after the last moment.
        None => (latest + from.minutes() % 60) / 60 * 60 + 60 - from.minutes() % 60,
    };
    let minutes = minutes.clamp(SHORTEST, 1440);
    let mut earliest = 0;
    for step in &mut steps {
        let Some(time) = &mut step.time else { continue };
        time.minute = time.at.since(from);
        let end = time.until.map_or(time.minute, |until| until.since(from));
        in_order((time.minute, end), earliest, minutes, step.span, report);
        earliest = time.minute;
    }
    let scenes = scenes(&mut fields, from, minutes, report);
    let day =
        Day { actor: fields.name("persona", report), summary: fields.text("summary", report), from, minutes, scenes };
    let stage = Stage {
        name,
        span,
        title,
        duration: None,
        fix_first: false,
        goals: fields.texts("goals", report),
        owner: None,
        metrics: Vec::new(),
        opens: None,
        opens_at: None,
        own: Vec::new(),
        steps,
    };
    fields.finish(report);
    Some((day, stage))
}

/// Where one is; what lies outside the day or over another is left out, and the report says so.
fn scenes(fields: &mut Fields<'_>, day: Clock, minutes: u16, report: &mut Report) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    for value in fields.items("scenes", report) {
        let Some(mut fields) = value.fields(report) else { continue };
        let title = fields.need_text("title", "", report);
        fields.need("from", "a time such as `07:00`", report);
        fields.need("until", "a time such as `15:10`", report);
        let (from, until) = (fields.clock("from", report), fields.clock("until", report));
        let ours = fields.flag("ours", report);
        let span = fields.span();
        fields.finish(report);
        let (Some(from), Some(until)) = (from, until) else { continue };
        let (start, end) = (from.since(day), until.since(day));
        let earliest = scenes.last().map_or(0, |scene| scene.end);
        if in_order((start, end), earliest, minutes, span, report) && start < end {
            scenes.push(Scene { title, start, end, ours });
        }
    }
    scenes
}

/// Whether a time from one minute of the day to another is after what came before and within the day; says so if not.
fn in_order((start, end): (u16, u16), earliest: u16, minutes: u16, span: Span, report: &mut Report) -> bool {
    let message = match () {
        () if start < earliest => "this is earlier than what stands before it",
        () if end < start => "this ends before it begins",
        () if end > minutes => "this lies outside its day",
        () => return true,
    };
    report.push(
        Diagnostic::new(Code::TimeOutOfOrder, span, message).help(
            "times in order, between the day’s `from` and `until`; those before its `from` are of the next morning",
        ),
    );
    false
}

/// When a moment happens; its minute is known when its day is.
pub(in crate::parse) fn time(fields: &mut Fields<'_>, report: &mut Report) -> Option<StepTime> {
    fields.need("at", "a time such as `05:40`", report);
    let at = fields.clock("at", report)?;
    let until = fields.clock("until", report);
    Some(StepTime { at, until, minute: 0, nature: fields.choice("nature", Nature::ALL, report) })
}
