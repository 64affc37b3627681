//! A day in the life: days, where one is, and when things happen.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::{Clock, Day, Nature, Scene, StepTime};
use crate::model::{Draft, List, Stage, Step, Text};
use crate::parse::fields::Fields;
use crate::parse::journey::{Reader, id, step};
use crate::parse::value::Value;
use crate::parse::yaml::Kind;
use crate::source::Span;

/// The shortest day that is drawn, in minutes.
const SHORTEST: u16 = 60;
/// The longest, in minutes.
const LONGEST: u16 = 1440;

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
    let moments = fields.items("moments", report);
    let (mut steps, places): (Vec<Step<Draft>>, Vec<&Value<'_>>) =
        moments.iter().filter_map(|item| Some((step(item, reader, report)?, item))).unzip();
    let scenes = scenes(&mut fields, report);
    let (from, until) = (fields.clock("from", report), fields.clock("until", report));
    let from = from.unwrap_or_else(|| begins(&steps, &scenes).hour());
    let minutes = match until {
        Some(until) if until.since(from) == 0 => LONGEST,
        Some(until) => until.since(from),
        None => lasts(from, &steps, &scenes),
    };
    let hours = Hours { from, minutes: minutes.clamp(SHORTEST, LONGEST) };
    let mut before = 0;
    for (step, place) in steps.iter_mut().zip(places) {
        let Some(time) = step.seldom.iter_mut().find_map(|seldom| seldom.time.as_mut()) else { continue };
        let until = time.until.map(|until| (until, place_of(place, "until")));
        let (start, _) = hours.place((time.at, place_of(place, "at")), until, before, report);
        time.minute = start;
        before = start;
    }
    let day = Day {
        actor: fields.name("persona", report),
        summary: fields.text("summary", report),
        from,
        minutes: hours.minutes,
        scenes: placed(scenes, hours, report),
    };
    let stage = Stage {
        name,
        span,
        title,
        duration: None,
        fix_first: false,
        goals: fields.texts("goals", report),
        owner: None,
        metrics: List::default(),
        opens: None,
        opens_at: None,
        own: List::default(),
        steps: steps.into(),
    };
    fields.finish(report);
    Some((day, stage))
}

/// A scene before its day's hours are known.
struct Somewhere {
    title: Text,
    from: (Clock, Span),
    until: (Clock, Span),
    ours: bool,
}

fn scenes(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Somewhere> {
    let mut scenes = Vec::new();
    for value in fields.items("scenes", report) {
        let Some(mut fields) = value.fields(report) else { continue };
        let title = fields.need_text("title", "", report);
        fields.need("from", "a time such as `07:00`", report);
        fields.need("until", "a time such as `15:10`", report);
        let (from, until) = (fields.clock("from", report), fields.clock("until", report));
        let ours = fields.flag("ours", report);
        fields.finish(report);
        let (Some(from), Some(until)) = (from, until) else { continue };
        let (from, until) = ((from, place_of(&value, "from")), (until, place_of(&value, "until")));
        scenes.push(Somewhere { title, from, until, ours });
    }
    scenes
}

/// The first thing in a day that does not say when it begins: its first moment, or the scene that this is in.
fn begins(steps: &[Step<Draft>], scenes: &[Somewhere]) -> Clock {
    let moment = steps.iter().find_map(|step| step.time).map(|time| time.at);
    let scene = scenes.first().map(|scene| scene.from.0);
    match (moment, scene) {
        // Both are on a circle: what comes at most half a day before the other is the earlier.
        (Some(moment), Some(scene)) if moment.since(scene) <= LONGEST / 2 => scene,
        (Some(first), _) | (None, Some(first)) => first,
        (None, None) => Clock::default(),
    }
}

/// How many minutes a day has that does not say when it is over: up to the whole hour after its last moment, or at the
/// end of its last scene.
fn lasts(from: Clock, steps: &[Step<Draft>], scenes: &[Somewhere]) -> u16 {
    let early = from.minutes() % 60;
    let moments = steps.iter().filter_map(|step| step.time).map(|time| time.until.unwrap_or(time.at));
    let moments = moments.map(|end| ((end.since(from) + early) / 60 + 1) * 60);
    let scenes = scenes.iter().map(|scene| match scene.until.0.since(from) {
        0 => LONGEST + early,
        end => (end + early).div_ceil(60) * 60,
    });
    moments.chain(scenes).max().unwrap_or(0).saturating_sub(early)
}

/// Where one is; what lies outside the day or over another is cut off or left out, and the report says so.
fn placed(scenes: Vec<Somewhere>, hours: Hours, report: &mut Report) -> Vec<Scene> {
    let mut placed: Vec<Scene> = Vec::with_capacity(scenes.len());
    for Somewhere { title, from, until, ours } in scenes {
        let before = placed.last().map_or(0, |scene| scene.end);
        let (start, end) = hours.place(from, Some(until), before, report);
        if start < end {
            placed.push(Scene { title, start, end, ours });
        }
    }
    placed
}

/// The hours of a day.
#[derive(Clone, Copy)]
struct Hours {
    from: Clock,
    minutes: u16,
}

impl Hours {
    /// From which minute of the day to which something lasts that stands after what is at the minute `before`. What
    /// cannot be is reported at its time, and then given no other place than what is before it.
    fn place(
        self,
        (at, span): (Clock, Span),
        until: Option<(Clock, Span)>,
        before: u16,
        report: &mut Report,
    ) -> (u16, u16) {
        let start = self.minute(at, before);
        if start < before {
            let message = format!("`{at}` is earlier than the `{}` before it", self.from.after(before));
            report.push(self.out_of_order(span, message));
            return (before, before);
        }
        if start > self.minutes {
            report.push(self.outside(at, span));
            return (before, before);
        }
        let Some((until, span)) = until else { return (start, start) };
        let end = self.minute(until, start);
        if end <= start {
            let message = format!("`{until}` is no end of what begins at `{at}`");
            report.push(self.out_of_order(span, message));
        } else if end > self.minutes {
            report.push(self.outside(until, span));
        }
        (start, end.clamp(start, self.minutes))
    }

    /// The minute of a time; where a whole day is drawn, the time at which it begins may also be its end.
    fn minute(self, time: Clock, before: u16) -> u16 {
        match time.since(self.from) {
            0 if before > 0 && self.minutes == LONGEST => LONGEST,
            minute => minute,
        }
    }

    fn outside(self, time: Clock, span: Span) -> Diagnostic {
        let end = self.from.after(self.minutes);
        self.out_of_order(span, format!("`{time}` lies outside its day, which ends at `{end}`"))
    }

    fn out_of_order(self, span: Span, message: String) -> Diagnostic {
        let help =
            format!("times in order; the day begins at `{}`, and earlier times are of the next morning", self.from);
        Diagnostic::new(Code::TimeOutOfOrder, span, message).help(help)
    }
}

/// Where a key's value stands; the whole mapping's place if it does not have the key.
fn place_of(value: &Value<'_>, key: &str) -> Span {
    match &value.node.kind {
        Kind::Map(entries) => {
            entries.iter().find(|entry| entry.key == key).map_or(value.span(), |entry| entry.value.span)
        }
        _ => value.span(),
    }
}

/// When a moment happens; its minute is known when its day is.
pub(in crate::parse) fn time(fields: &mut Fields<'_>, report: &mut Report) -> Option<StepTime> {
    fields.need("at", "a time such as `05:40`", report);
    let at = fields.clock("at", report)?;
    let until = fields.clock("until", report);
    Some(StepTime { at, until, minute: 0, nature: fields.choice("nature", Nature::ALL, report) })
}
