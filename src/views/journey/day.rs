//! A day in the life: each day along the clock, and under it its moments as numbered cards.
//!
//! All days of a map are drawn over the same hours, so that they compare. A day's sentences are derived: how it feels by
//! the clock, and in how many of its moments we meet the customer.

use std::slice;

use serde::Serialize;

use crate::model::kinds::{Day, Nature, Scene};
use crate::model::{Id, JourneyMap, Lane, Stage, Step};
use crate::views::clock::{self, Beat, ClockView, Hours};
use crate::views::felt::felt;
use crate::views::here::{Feels, Here, Said};
use crate::views::lanes::{self, Action, Column, Entry, Row};
use crate::views::parts::{Tag, Who};

/// The days of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaysView<'a> {
    /// The days, in order.
    pub days: Vec<DayView<'a>>,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayView<'a> {
    /// Its id, to link to.
    pub id: &'a str,
    /// What readers call it.
    pub title: Said<'a>,
    /// Whose day; `None` if all days of the map are its persona's.
    pub who: Option<Who<'a>>,
    /// A sentence about it.
    pub summary: Option<Said<'a>>,
    /// What is wanted of it.
    pub goals: Vec<Said<'a>>,
    /// “We meet in 5 of 9 moments.”; empty of a day without moments.
    pub met: String,
    /// How it feels, by the clock; empty if nobody said.
    pub told: String,
    /// The drawing; `None` of a day without times and scenes.
    pub clock: Option<ClockView<'a>>,
    /// Where one is.
    pub scenes: Vec<SceneView<'a>>,
    /// What happens, in order.
    pub moments: Vec<MomentCard<'a>>,
}

/// Where one is for some hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SceneView<'a> {
    /// Such as “At home”.
    pub title: Said<'a>,
    /// `05:40`.
    pub from: String,
    /// `06:10`.
    pub until: String,
    /// Whether customer and organisation meet there.
    pub ours: bool,
}

/// Something that happens in a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentCard<'a> {
    /// Its place in the day, from 1.
    pub number: usize,
    /// `05:40`; empty if it has no time.
    pub at: String,
    /// When it is over; empty if nobody said.
    pub until: String,
    /// How it feels.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
    /// In a few words.
    pub title: Said<'a>,
    /// What the customer does, its id, and where it leads.
    pub action: Option<Action<'a>>,
    /// Whether the action says more than the title.
    pub more: bool,
    /// Where one is then.
    pub scene: Option<Said<'a>>,
    /// Why it happens.
    pub nature: Option<Tag>,
    /// Whether it wins or loses the persona.
    pub truth: bool,
    /// Whether customer and organisation meet in it: it has a touchpoint.
    pub ours: bool,
    /// What else is known of it: a row a lane, each with one cell.
    pub rows: Vec<Row<'a>>,
}

/// Draws the days of a map.
pub(super) fn days<'a>(here: &Here<'a>, id: Id<JourneyMap>, map: &'a JourneyMap, days: &'a [Day]) -> DaysView<'a> {
    let hours = Hours::of(days.iter());
    let foreign = days.iter().any(|day| day.actor.is_some_and(|actor| Some(actor) != map.persona));
    let lanes = lanes::drawn(here, map);
    let views = map.stages.iter().zip(days).map(|(stage, day)| {
        let begin = hours.map_or(0, |hours| hours.begin(day));
        let beats = beats(stage, begin, lanes.contains(&Lane::Feelings));
        let said = |scene: &'a Scene| (scene.title.str(here.lang), here.said(&scene.title).lang);
        let clock = hours.filter(|_| !beats.is_empty() || !day.scenes.is_empty());
        DayView {
            id: &stage.name,
            title: here.said(&stage.title),
            who: day.actor.or(map.persona).filter(|_| foreign).map(|persona| here.who(persona)),
            summary: day.summary.as_ref().map(|summary| here.said(summary)),
            goals: here.all_said(&stage.goals),
            met: met(here, stage),
            told: here.tell(&felt([(stage, stage.steps.as_slice())])),
            clock: clock.map(|hours| clock::draw(hours, &beats, &clock::stretches(hours, day), said)),
            scenes: day.scenes.iter().map(|scene| scene_view(here, day, scene)).collect(),
            moments: (1..)
                .zip(&stage.steps)
                .map(|(number, step)| card(here, (id, map), (stage, day), &lanes, number, step))
                .collect(),
        }
    });
    DaysView { days: views.collect() }
}

/// What happens when; a step without a time stands in the list only.
fn beats(stage: &Stage, begin: i32, felt: bool) -> Vec<Beat> {
    let steps = (1..).zip(&stage.steps);
    let beats = steps.filter_map(|(number, step)| {
        let minute = begin + i32::from(step.time?.minute);
        Some(Beat { minute, number, feeling: step.feels.filter(|_| felt), truth: step.moment_of_truth.is_some() })
    });
    beats.collect()
}

fn met(here: &Here<'_>, stage: &Stage) -> String {
    let met = stage.steps.iter().filter(|step| step.touchpoint.is_some()).count();
    match (met, stage.steps.len()) {
        (_, 0) => String::new(),
        (0, all) => here.words.count("day_never_met", all),
        (met, all) => here.words.count("day_met", all).replace("{met}", &here.words.figure(met as f64)),
    }
}

fn scene_view<'a>(here: &Here<'a>, day: &Day, scene: &'a Scene) -> SceneView<'a> {
    SceneView {
        title: here.said(&scene.title),
        from: day.from.after(scene.start).to_string(),
        until: day.from.after(scene.end).to_string(),
        ours: scene.ours,
    }
}

fn card<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    (stage, day): (&'a Stage, &'a Day),
    lanes: &[Lane],
    number: usize,
    step: &'a Step,
) -> MomentCard<'a> {
    let columns = [Column { stage, steps: slice::from_ref(step), first: false }];
    let row = |lane: &Lane| lanes::row(here, map, lane, &columns);
    let entries = row(&Lane::Actions).into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.items);
    let action = entries.into_iter().find_map(|entry| match entry {
        Entry::Action(action) => Some(action),
        _ => None,
    });
    let rest = lanes.iter().filter(|lane| !matches!(lane, Lane::Feelings | Lane::Actions));
    let place = step.time.and_then(|time| day.scene_at(time.minute));
    MomentCard {
        number,
        at: step.time.map(|time| time.at.to_string()).unwrap_or_default(),
        until: step.time.and_then(|time| time.until).map(|until| until.to_string()).unwrap_or_default(),
        feels: step.feels.map(|feeling| here.feels(feeling)),
        word: step.feeling.as_ref().map(|word| here.said(word)),
        title: here.said(step.label()),
        action,
        more: step.moment.is_some(),
        scene: place.map(|scene| here.said(&scene.title)),
        nature: step.time.and_then(|time| time.nature).map(|nature| nature_tag(here, nature)),
        truth: step.moment_of_truth.is_some(),
        ours: step.touchpoint.is_some(),
        rows: rest.filter_map(row).collect(),
    }
}

fn nature_tag(here: &Here<'_>, nature: Nature) -> Tag {
    let (icon, key) = match nature {
        Nature::Habit => ("habit", "nature_habit"),
        Nature::Duty => ("duty", "nature_duty"),
        Nature::Choice => ("choice", "nature_choice"),
    };
    Tag { icon, text: here.words.get(key).to_owned(), strong: false }
}
