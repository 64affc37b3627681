//! Who uses what: the links of a handbook, read backwards.
//!
//! Maps say which touchpoint a step meets and which evidence stands behind it; prose says what it speaks of.
//! Nobody types a backlink.

mod marks;

use super::{answers, rollup};
use crate::hash::HashMap;
use crate::model::{
    Block, Channel, Contents, Handbook, Hole, Id, Insight, JourneyMap, Lang, Local, Metric, Noted, Opportunity,
    Persona, Prose, Target, Team, Touchpoint, Walkthrough, settle,
};

/// A step of a map, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepPlace {
    /// The map.
    pub map: Id<JourneyMap>,
    stage: u32,
    step: u32,
    /// The one of several personas who lives it otherwise; `None` for the step as it stands.
    pub by: Option<Id<Persona>>,
}

impl StepPlace {
    /// A step of a map as it stands, by its stage and its place in it, from 0 each.
    pub fn new(map: Id<JourneyMap>, stage: usize, step: usize) -> Self {
        Self { map, stage: stage as u32, step: step as u32, by: None }
    }

    /// The same step as somebody lives it; as it stands for `None`.
    #[must_use]
    pub fn lived_by(self, by: Option<Id<Persona>>) -> Self {
        Self { by, ..self }
    }

    /// The stage, from 0.
    pub fn stage(self) -> usize {
        self.stage as usize
    }

    /// The step in the stage, from 0.
    pub fn step(self) -> usize {
        self.step as usize
    }
}

/// The links of a handbook, read backwards. Every list is in the order of the handbook, without repetitions.
#[derive(Debug, Default)]
pub struct Uses {
    /// The languages of the handbook.
    languages: Vec<Lang>,
    maps_of: Vec<Vec<Id<JourneyMap>>>,
    views_of: Vec<Vec<Id<JourneyMap>>>,
    opened_by: Vec<Vec<Id<JourneyMap>>>,
    touchpoints: Vec<Vec<StepPlace>>,
    insights: Vec<Vec<StepPlace>>,
    opportunities: Vec<Vec<StepPlace>>,
    metrics: Vec<Vec<StepPlace>>,
    /// The items whose prose speaks of something, by language: a translation may speak of something that the original does not.
    mentions: HashMap<(Lang, Target), Vec<Target>>,
    cited: HashMap<Target, Vec<Target>>,
    owned: Vec<Vec<Target>>,
    sub_teams: Vec<Vec<Id<Team>>>,
    stages_of: Vec<Vec<StepPlace>>,
    opportunities_on: Vec<Vec<Id<Opportunity>>>,
    carried: Vec<Vec<Id<Touchpoint>>>,
    walkthroughs: Vec<Id<Walkthrough>>,
    walks_of: Vec<Vec<Id<Walkthrough>>>,
    users: Vec<Vec<Id<Persona>>>,
    /// Under which numbers it is noted what is read of each item.
    marks: marks::UsesMarks,
    /// The same of what is no item's own.
    pub(super) rest: Noted<()>,
}

impl Uses {
    /// Reads all links of a handbook.
    pub fn of(handbook: &Handbook) -> Self {
        let mut uses = Self {
            maps_of: vec![Vec::new(); handbook.personas.len()],
            views_of: vec![Vec::new(); handbook.maps.len()],
            opened_by: vec![Vec::new(); handbook.maps.len()],
            touchpoints: vec![Vec::new(); handbook.touchpoints.len()],
            insights: vec![Vec::new(); handbook.insights.len()],
            opportunities: vec![Vec::new(); handbook.opportunities.len()],
            metrics: vec![Vec::new(); handbook.metrics.len()],
            mentions: HashMap::default(),
            languages: handbook.settings.languages.iter().map(|language| language.lang).collect(),
            cited: HashMap::default(),
            owned: vec![Vec::new(); handbook.teams.len()],
            sub_teams: vec![Vec::new(); handbook.teams.len()],
            stages_of: vec![Vec::new(); handbook.teams.len()],
            opportunities_on: vec![Vec::new(); handbook.maps.len()],
            carried: vec![Vec::new(); handbook.channels.len()],
            walkthroughs: Vec::new(),
            walks_of: vec![Vec::new(); handbook.maps.len()],
            users: vec![Vec::new(); handbook.channels.len()],
            marks: marks::UsesMarks::of(handbook),
            rest: Noted::default(),
        };
        for (id, map) in handbook.maps.entries() {
            uses.map(id, map);
        }
        uses.prose(handbook);
        uses.citations(handbook);
        uses.ownership(handbook);
        uses.walks(handbook);
        uses.responsibility(handbook);
        uses.settle();
        uses
    }

    /// Gives back the room that was kept for more.
    fn settle(&mut self) {
        for places in [&mut self.touchpoints, &mut self.insights, &mut self.opportunities, &mut self.metrics] {
            places.iter_mut().for_each(settle);
        }
        self.stages_of.iter_mut().for_each(settle);
        self.owned.iter_mut().for_each(settle);
    }

    /// The maps of a persona.
    pub fn maps_of(&self, persona: Id<Persona>) -> &[Id<JourneyMap>] {
        self.marks.personas.note(persona.index());
        &self.maps_of[persona.index()]
    }

    /// Other views of a map's journey: those that start from it, and those that say they belong to it.
    pub fn views_of(&self, map: Id<JourneyMap>) -> &[Id<JourneyMap>] {
        self.marks.maps.note(map.index());
        &self.views_of[map.index()]
    }

    /// The maps that show a map in detail at one of their stages or steps.
    pub fn opened_by(&self, map: Id<JourneyMap>) -> &[Id<JourneyMap>] {
        self.marks.maps.note(map.index());
        &self.opened_by[map.index()]
    }

    /// The steps that meet a touchpoint.
    pub fn touchpoint(&self, touchpoint: Id<Touchpoint>) -> &[StepPlace] {
        self.marks.touchpoints.note(touchpoint.index());
        &self.touchpoints[touchpoint.index()]
    }

    /// The steps that an insight stands behind.
    pub fn insight(&self, insight: Id<Insight>) -> &[StepPlace] {
        self.marks.insights.note(insight.index());
        &self.insights[insight.index()]
    }

    /// The steps that an opportunity would mend.
    pub fn opportunity(&self, opportunity: Id<Opportunity>) -> &[StepPlace] {
        self.marks.opportunities.note(opportunity.index());
        &self.opportunities[opportunity.index()]
    }

    /// The steps a metric is measured at; a stage's own metrics count for its first step.
    pub fn metric(&self, metric: Id<Metric>) -> &[StepPlace] {
        self.marks.metrics.note(metric.index());
        &self.metrics[metric.index()]
    }

    /// The items whose prose speaks of this, or shows some of it.
    pub fn mentions(&self, target: Target, lang: Lang) -> &[Target] {
        self.note(target);
        self.mentions.get(&(lang, target)).map_or(&[], Vec::as_slice)
    }

    /// The items besides steps that name this: as their evidence, as their measure, in a quote, as what mends a pain.
    pub fn cited(&self, target: Target) -> &[Target] {
        self.note(target);
        self.cited.get(&target).map_or(&[], Vec::as_slice)
    }

    /// The teams that belong to a team.
    pub fn sub_teams(&self, team: Id<Team>) -> &[Id<Team>] {
        self.marks.teams.note(team.index());
        &self.sub_teams[team.index()]
    }

    /// The stages that name a team as their owner, each as its first step.
    pub fn stages_of(&self, team: Id<Team>) -> &[StepPlace] {
        self.marks.teams.note(team.index());
        &self.stages_of[team.index()]
    }

    /// The opportunities that a map names anywhere.
    pub fn opportunities_on(&self, map: Id<JourneyMap>) -> &[Id<Opportunity>] {
        self.marks.maps.note(map.index());
        &self.opportunities_on[map.index()]
    }

    /// What a team keeps true, maps first.
    pub fn owned(&self, team: Id<Team>) -> &[Target] {
        self.marks.teams.note(team.index());
        &self.owned[team.index()]
    }

    /// The touchpoints that a channel carries.
    pub fn carried(&self, channel: Id<Channel>) -> &[Id<Touchpoint>] {
        self.marks.channels.note(channel.index());
        &self.carried[channel.index()]
    }

    /// Every walk-through, the newest first.
    pub fn walkthroughs(&self) -> &[Id<Walkthrough>] {
        let () = *self.rest;
        &self.walkthroughs
    }

    /// The walk-throughs of a map, the newest first.
    pub fn walks_of(&self, map: Id<JourneyMap>) -> &[Id<Walkthrough>] {
        self.marks.maps.note(map.index());
        &self.walks_of[map.index()]
    }

    fn walks(&mut self, handbook: &Handbook) {
        self.walkthroughs = handbook.walkthroughs.ids().collect();
        self.walkthroughs.sort_by_key(|&id| std::cmp::Reverse(handbook[id].date));
        for &id in &self.walkthroughs {
            if let Some(map) = handbook[id].map {
                self.walks_of[map.index()].push(id);
            }
        }
    }

    /// The personas who say how they use a channel.
    pub fn users(&self, channel: Id<Channel>) -> &[Id<Persona>] {
        self.marks.channels.note(channel.index());
        &self.users[channel.index()]
    }

    fn citations(&mut self, handbook: &Handbook) {
        for (id, map) in handbook.maps.entries() {
            if let Contents::Empathy(empathy) = &map.contents {
                let insights = empathy.evidence().flatten().map(|&insight| Target::Insight(insight));
                let opportunities = empathy.pains.iter().flat_map(|pain| &pain.opportunities);
                let opportunities = opportunities.map(|&opportunity| Target::Opportunity(opportunity));
                self.cite(Target::Map(id), insights.chain(opportunities));
            }
            if let Contents::FutureState(future) = &map.contents {
                let claims = future.assumptions.iter().flat_map(|claim| &claim.insights);
                self.cite(Target::Map(id), claims.map(|&insight| Target::Insight(insight)));
            }
        }
        for (id, persona) in handbook.personas.entries() {
            let quoted = persona.quote.iter().flat_map(|quote| &quote.insights);
            self.cite(Target::Persona(id), quoted.map(|&insight| Target::Insight(insight)));
            for channel in persona.channels.iter().filter_map(|used| used.channel) {
                note(&mut self.users[channel.index()], id);
            }
        }
        for (id, touchpoint) in handbook.touchpoints.entries() {
            self.cite(Target::Touchpoint(id), touchpoint.insights.iter().map(|&insight| Target::Insight(insight)));
            if let Some(channel) = touchpoint.channel {
                self.carried[channel.index()].push(id);
            }
        }
        for (id, opportunity) in handbook.opportunities.entries() {
            let metrics = opportunity.metrics.iter().map(|&metric| Target::Metric(metric));
            let insights = opportunity.insights.iter().map(|&insight| Target::Insight(insight));
            self.cite(Target::Opportunity(id), metrics.chain(insights));
        }
        for (id, metric) in handbook.metrics.entries() {
            self.cite(Target::Metric(id), metric.insights.iter().map(|&insight| Target::Insight(insight)));
        }
    }

    fn cite(&mut self, source: Target, targets: impl Iterator<Item = Target>) {
        for target in targets {
            note(self.cited.entry(target).or_default(), source);
        }
    }

    fn ownership(&mut self, handbook: &Handbook) {
        let maps = handbook.maps.entries().map(|(id, map)| (map.item.owner, Target::Map(id)));
        let personas = handbook.personas.entries().map(|(id, persona)| (persona.item.owner, Target::Persona(id)));
        let touchpoints = handbook.touchpoints.entries();
        let touchpoints = touchpoints.map(|(id, touchpoint)| (touchpoint.item.owner, Target::Touchpoint(id)));
        let opportunities = handbook.opportunities.entries();
        let opportunities = opportunities.map(|(id, opportunity)| (opportunity.item.owner, Target::Opportunity(id)));
        let metrics = handbook.metrics.entries().map(|(id, metric)| (metric.item.owner, Target::Metric(id)));
        let insights = handbook.insights.entries().map(|(id, insight)| (insight.item.owner, Target::Insight(id)));
        let courses = handbook.courses.entries().map(|(id, course)| (course.item.owner, Target::Course(id)));
        let lessons = handbook.lessons.entries().map(|(id, lesson)| (lesson.item.owner, Target::Lesson(id)));
        let guides = handbook.guides.entries().map(|(id, guide)| (guide.item.owner, Target::Guide(id)));
        let walks = handbook.walkthroughs.entries().map(|(id, walk)| (walk.item.owner, Target::Walkthrough(id)));
        let mapped = maps.chain(personas).chain(touchpoints);
        let worked = opportunities.chain(metrics).chain(insights);
        for (owner, target) in mapped.chain(worked).chain(courses).chain(lessons).chain(guides).chain(walks) {
            if let Some(team) = owner {
                self.owned[team.index()].push(target);
            }
        }
    }

    /// Who answers for parts of maps, and for other teams; what each map names.
    fn responsibility(&mut self, handbook: &Handbook) {
        for (id, team) in handbook.teams.entries() {
            if let Some(above) = team.part_of {
                note(&mut self.sub_teams[above.index()], id);
            }
        }
        for (id, map) in handbook.maps.entries() {
            for (number, stage) in map.stages.iter().enumerate() {
                if let Some(team) = stage.owner {
                    self.stages_of[team.index()].push(StepPlace::new(id, number, 0));
                }
            }
        }
        for (id, _) in handbook.opportunities.entries() {
            for map in answers::maps(self, id) {
                self.opportunities_on[map.index()].push(id);
            }
        }
    }

    fn map(&mut self, id: Id<JourneyMap>, map: &JourneyMap) {
        for persona in map.personas() {
            note(&mut self.maps_of[persona.index()], id);
        }
        for origin in map.baseline().into_iter().chain(&map.journey) {
            note(&mut self.views_of[origin.index()], id);
        }
        for below in rollup::opened(map) {
            self.opened_by[below.index()].push(id);
        }
        let mut step_number = 0;
        for (stage_index, stage) in map.stages.iter().enumerate() {
            for &metric in &stage.metrics {
                note(&mut self.metrics[metric.index()], StepPlace::new(id, stage_index, 0));
            }
            for (step_index, step) in stage.steps.iter().enumerate() {
                let place = StepPlace::new(id, stage_index, step_index);
                if let Some(touchpoint) = step.touchpoint {
                    note(&mut self.touchpoints[touchpoint.index()], place);
                }
                let pains = step.pains.iter();
                let quoted = step.says.iter().flat_map(|quote| &quote.insights);
                let points = map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
                let fails = step.breaks().filter_map(|fail| points.get(fail.index()));
                let insights = step.insights.iter().chain(pains.clone().flat_map(|pain| &pain.insights));
                for &insight in insights.chain(quoted).chain(fails.clone().flat_map(|point| &point.insights)) {
                    note(&mut self.insights[insight.index()], place);
                }
                let opportunities = step.opportunities.iter().chain(pains.flat_map(|pain| &pain.opportunities));
                for &opportunity in opportunities.chain(fails.flat_map(|point| &point.opportunities)) {
                    note(&mut self.opportunities[opportunity.index()], place);
                }
                for &metric in &step.metrics {
                    note(&mut self.metrics[metric.index()], place);
                }
                self.differences(map, step_number, place, step.touchpoint);
                step_number += 1;
            }
        }
    }

    /// What the personas of a persona-based map do otherwise at a step.
    fn differences(&mut self, map: &JourneyMap, number: usize, place: StepPlace, shared: Option<Id<Touchpoint>>) {
        let Some(crowd) = map.crowd() else { return };
        for difference in crowd.differences.iter().filter(|other| other.step.index() == number && !other.skips) {
            let place = place.lived_by(Some(difference.persona));
            if let Some(touchpoint) = difference.meets(shared) {
                note(&mut self.touchpoints[touchpoint.index()], place);
            }
            let pains = difference.pains.iter();
            let quoted = difference.says.iter().flat_map(|quote| &quote.insights);
            for &insight in pains.clone().flat_map(|pain| &pain.insights).chain(quoted) {
                note(&mut self.insights[insight.index()], place);
            }
            for &opportunity in pains.flat_map(|pain| &pain.opportunities) {
                note(&mut self.opportunities[opportunity.index()], place);
            }
        }
    }

    fn prose(&mut self, handbook: &Handbook) {
        if let Some(front) = &*handbook.front {
            self.body(Target::Front, &front.body);
        }
        for (id, persona) in handbook.personas.entries() {
            self.body(Target::Persona(id), &persona.body);
        }
        for (id, touchpoint) in handbook.touchpoints.entries() {
            self.body(Target::Touchpoint(id), &touchpoint.body);
        }
        for (id, lesson) in handbook.lessons.entries() {
            self.body(Target::Lesson(id), &lesson.body);
        }
        for (id, guide) in handbook.guides.entries() {
            self.body(Target::Guide(id), &guide.body);
        }
    }

    fn body(&mut self, source: Target, body: &Local<Prose>) {
        for lang in self.languages.clone() {
            for target in body.show(lang).holes().filter_map(mentioned) {
                if target != source {
                    note(self.mentions.entry((lang, target)).or_default(), source);
                }
            }
        }
    }
}

fn mentioned(hole: &Hole) -> Option<Target> {
    match hole {
        Hole::Address(Some(reference)) | Hole::Title(Some(reference)) => Some(reference.target),
        Hole::Term(term) => term.map(Target::Term),
        Hole::Block(block) => match &**block {
            Block::Map(excerpt) => excerpt.map.map(Target::Map),
            Block::Quiz(_) => None,
        },
        _ => None,
    }
}

/// Adds an entry once: everything is read in order, so that repetitions are neighbours.
fn note<T: PartialEq>(list: &mut Vec<T>, entry: T) {
    if list.last() != Some(&entry) {
        list.push(entry);
    }
}
