//! A whole map as data: its head, its stages, and the texts and ids that all of it is made of.

use std::ops::Index;

use super::kinds::{ContentsData, DayData};
use super::records;
use super::step::{OwnData, StepData};
use crate::model::kinds::FailPoint;
use crate::model::{Cadence, Contents, Handbook, Id, JourneyMap, Lane, Lang, Noun, Stage, Step, Text};
use crate::views::here::Here;
use crate::views::lanes;

/// The version of this format: it grows when a key changes its meaning or goes, not when one is added.
pub(super) const VERSION: u32 = 1;

records! {
    /// A map: every text in the language of the page beside it, every link an id, every key as in the author's file.
    MapData {
        /// The version of this format.
        version: u32,
        /// The language of its texts, as a BCP 47 tag.
        lang: &'a str,
        /// Its id.
        id: &'a str,
        /// Its kind: `current-state`, `empathy` …
        kind: &'static str,
        /// What readers call it.
        title: &'a str,
        /// A sentence or two.
        summary: Option<&'a str>,
        /// Words to sort by.
        tags: Vec<&'a str>,
        /// Who keeps it true: a team's id.
        owner: Option<&'a str>,
        /// The day it was last confirmed: `2026-09-12` or `2026-09`.
        reviewed: Option<String>,
        /// Who confirmed it.
        reviewed_by: Option<&'a str>,
        /// How long that holds, if the map says so itself: `6 months`, `14 days`.
        review_every: Option<String>,
        /// The id of the map of the journey that this is another view of.
        journey: Option<&'a str>,
        /// Whose journey: a persona's id.
        persona: Option<&'a str>,
        /// The one sentence to remember.
        finding: Option<&'a str>,
        /// What happens, in a sentence.
        scenario: Option<&'a str>,
        /// Why the map exists.
        purpose: Option<&'a str>,
        /// How the experience ends.
        outcome: Option<&'a str>,
        /// The named list its stages come from.
        stage_set: Option<&'a str>,
        /// The lanes to draw, if the map says so itself.
        lanes: Vec<&'a str>,
        /// The stages, in order; of a day in the life the days. An empathy map has none.
        stages: Vec<StageData<'a>>,
        /// What its kind adds.
        #[serde(flatten)]
        contents: Option<ContentsData<'a>>,
    }
    /// A stage.
    StageData {
        /// Its id in the map.
        id: &'a str,
        /// What readers call it.
        title: &'a str,
        /// How long it takes, in words.
        duration: Option<&'a str>,
        /// Whether it is the one stage to mend before the others.
        fix_first: bool,
        /// What the customer wants of it.
        goals: Vec<&'a str>,
        /// A team's id.
        owner: Option<&'a str>,
        /// Ids of metrics.
        metrics: Vec<&'a str>,
        /// The id of the map that shows it in detail.
        opens: Option<&'a str>,
        /// The hours, where the stage is a day.
        day: Option<DayData<'a>>,
        /// What lanes of the handbook's own hold for the whole stage.
        own: Vec<OwnData<'a>>,
        /// The steps, in order.
        steps: Vec<StepData<'a>>,
    }
}

/// What a map's texts and links are looked up in.
pub(super) struct Writer<'a> {
    handbook: &'a Handbook,
    lang: Lang,
    /// The ids of its steps over all stages.
    steps: Vec<&'a str>,
    /// The ids of its fail points.
    fail_points: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    /// A writer of what stands in no map.
    pub(super) fn new(here: &Here<'a>) -> Self {
        Self { handbook: here.handbook, lang: here.lang, steps: Vec::new(), fail_points: Vec::new() }
    }
}

/// A whole map as data.
pub(super) fn map<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> MapData<'a> {
    let handbook = here.handbook;
    let map = &handbook[id];
    let fail_points = match &map.contents {
        Contents::ServiceBlueprint(blueprint) => blueprint.fail_points.as_slice(),
        _ => &[],
    };
    let writer = Writer {
        handbook,
        lang: here.lang,
        steps: map.steps().map(|(_, step)| step.name.as_str()).collect(),
        fail_points: fail_points.iter().map(|point| point.name.as_str()).collect(),
    };
    let days = match &map.contents {
        Contents::DayInTheLife(days) => days.as_slice(),
        _ => &[],
    };
    let item = &map.item;
    let stages = map.stages.iter().enumerate();
    MapData {
        version: VERSION,
        lang: here.tag(here.lang),
        id: &item.name,
        kind: map.kind().name(),
        title: writer.text(&item.title),
        summary: writer.maybe(&item.summary),
        tags: item.tags.iter().map(String::as_str).collect(),
        owner: item.owner.map(|team| writer.name(team)),
        reviewed: item.review.reviewed.map(|date| date.to_string()),
        reviewed_by: writer.maybe(&item.review.by),
        review_every: item.review.every.map(cadence),
        journey: map.journey.map(|map| writer.name(map)),
        persona: map.persona.map(|persona| writer.name(persona)),
        finding: writer.maybe(&map.finding),
        scenario: writer.maybe(&map.scenario),
        purpose: writer.maybe(&map.purpose),
        outcome: writer.maybe(&map.outcome),
        stage_set: map.stage_set.map(|set| handbook.settings.stage_sets[set].name.as_str()),
        lanes: map.lanes.iter().map(|lane| writer.lane(lane)).collect(),
        stages: stages.map(|(index, stage)| writer.stage(stage, days.get(index).map(|day| writer.day(day)))).collect(),
        contents: writer.contents(&map.contents),
    }
}

impl<'a> Writer<'a> {
    pub(super) fn handbook(&self) -> &'a Handbook {
        self.handbook
    }

    pub(super) fn text(&self, text: &'a Text) -> &'a str {
        text.str(self.lang)
    }

    pub(super) fn maybe(&self, text: impl IntoIterator<Item = &'a Text>) -> Option<&'a str> {
        text.into_iter().next().map(|text| self.text(text))
    }

    pub(super) fn texts(&self, texts: &'a [Text]) -> Vec<&'a str> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// The id that authors write for something.
    pub(super) fn name<T: Noun + 'static>(&self, id: Id<T>) -> &'a str
    where
        Handbook: Index<Id<T>, Output = T>,
    {
        self.handbook[id].name()
    }

    pub(super) fn names<T: Noun + 'static>(&self, ids: &[Id<T>]) -> Vec<&'a str>
    where
        Handbook: Index<Id<T>, Output = T>,
    {
        ids.iter().map(|&id| self.name(id)).collect()
    }

    pub(super) fn step_name(&self, step: Id<Step>) -> &'a str {
        self.steps[step.index()]
    }

    pub(super) fn fails(&self, points: &[Id<FailPoint>]) -> Vec<&'a str> {
        points.iter().map(|point| self.fail_points[point.index()]).collect()
    }

    fn lane(&self, lane: &Lane) -> &'a str {
        match lane {
            Lane::Feelings => "feelings",
            Lane::Own(lane) => &self.handbook.settings.lanes[*lane].name,
            lane => lanes::name(lane).unwrap_or_default(),
        }
    }

    fn stage(&self, stage: &'a Stage, day: Option<DayData<'a>>) -> StageData<'a> {
        StageData {
            id: &stage.name,
            title: self.text(&stage.title),
            duration: self.maybe(&stage.duration),
            fix_first: stage.fix_first,
            goals: self.texts(&stage.goals),
            owner: stage.owner.map(|team| self.name(team)),
            metrics: self.names(&stage.metrics),
            opens: stage.opens.map(|map| self.name(map)),
            day,
            own: self.own(&stage.own),
            steps: stage.steps.iter().map(|step| self.step(step)).collect(),
        }
    }
}

/// A cadence as authors write it.
pub(super) fn cadence(cadence: Cadence) -> String {
    match (cadence.months, cadence.days) {
        (months, 0) => format!("{months} months"),
        (_, days) => format!("{days} days"),
    }
}
