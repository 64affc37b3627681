//! What lists ask of every step, kept together: how it feels, whether it decides, how many of its pains are open.
//!
//! The pages of touchpoints and channels count over thousands of steps, and each stands somewhere else in memory. Here they lie
//! side by side in the order of the handbook, a few bytes for each.

use std::hash::{Hash, Hasher};

use super::met;
use super::stages::Line;
use super::uses::StepPlace;
use crate::hash::{Folding, HashMap, HashSet};
use crate::model::{Digests, Feeling, Handbook, Id, JourneyMap, MapKind, Marks, StageSet, Touchpoint, settle};

/// Every step of a handbook, as lists count it.
#[derive(Debug, Default)]
pub struct Steps {
    maps: Vec<MapAt>,
    stages: Vec<StageAt>,
    steps: Vec<StepAt>,
    /// What each step meets.
    met: Vec<Option<Id<Touchpoint>>>,
    /// The names of stages, by their numbers.
    names: Vec<String>,
    /// Under which numbers it is noted what is read of each map.
    marks: Marks,
}

#[derive(Debug, Clone, Copy)]
struct MapAt {
    /// Its first stage among all.
    first: u32,
    is_today: bool,
    stage_set: Option<Id<StageSet>>,
}

#[derive(Debug, Clone, Copy)]
struct StageAt {
    /// Its first step among all.
    first: u32,
    /// A number that stages of one name share.
    name: u32,
    column: Option<u32>,
}

#[derive(Debug, Clone, Copy, Hash)]
struct StepAt {
    feels: Option<Feeling>,
    is_truth: bool,
    open_pains: u32,
}

/// What is met at a step, and at which stage.
#[derive(Debug, Clone, Copy)]
pub struct Met {
    /// The touchpoint.
    pub touchpoint: Option<Id<Touchpoint>>,
    /// The number of the stage's name.
    pub stage: u32,
    /// The stage set of the map.
    pub stage_set: Option<Id<StageSet>>,
}

impl Steps {
    /// Reads all maps of a handbook.
    pub fn of(handbook: &Handbook, line: &Line) -> Self {
        let mut all =
            Self { maps: Vec::with_capacity(handbook.maps.len()), marks: handbook.maps.counts(), ..Self::default() };
        let mut names: HashMap<&str, u32> = HashMap::default();
        for map in &handbook.maps {
            let first = all.stages.len() as u32;
            let is_today = map.kind() != MapKind::FutureState;
            all.maps.push(MapAt { first, is_today, stage_set: map.stage_set });
            for stage in &map.stages {
                let next = names.len() as u32;
                let name = *names.entry(&stage.name).or_insert_with(|| {
                    all.names.push(stage.name.clone());
                    next
                });
                let column = line.place(stage).map(|column| column as u32);
                all.stages.push(StageAt { first: all.steps.len() as u32, name, column });
                all.steps.extend(stage.steps.iter().map(|step| {
                    let open = step.pains.iter().filter(|pain| met::is_open(handbook, map, step, pain)).count();
                    let is_truth = step.moment_of_truth.is_some();
                    StepAt { feels: step.feels, is_truth, open_pains: open as u32 }
                }));
                all.met.extend(stage.steps.iter().map(|step| step.touchpoint));
            }
        }
        settle(&mut all.met);
        settle(&mut all.stages);
        settle(&mut all.steps);
        all
    }

    /// Whether a map shows what is.
    pub fn is_today(&self, map: Id<JourneyMap>) -> bool {
        self.map(map).is_today
    }

    /// The places in maps that show what is.
    pub fn today<'a>(&'a self, places: &'a [StepPlace]) -> impl Iterator<Item = StepPlace> + Clone + use<'a> {
        places.iter().copied().filter(|place| self.is_today(place.map))
    }

    /// The column of a place on the line, from 0; `None` for one at another stage.
    pub fn column(&self, place: StepPlace) -> Option<usize> {
        self.stage(place).column.map(|column| column as usize)
    }

    /// A number that stages of one name share.
    pub fn stage_name(&self, place: StepPlace) -> u32 {
        self.stage(place).name
    }

    /// The name of the stages with a number.
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// What is met at a place, and at which stage. Nothing is noted of the map: whoever asks has noted what it comes to.
    pub fn met(&self, place: StepPlace) -> Met {
        let map = &self.maps[place.map.index()];
        let stage = &self.stages[map.first as usize + place.stage()];
        let touchpoint = self.met[stage.first as usize + place.step()];
        Met { touchpoint, stage: stage.name, stage_set: map.stage_set }
    }

    /// How it feels at a place; `None` if nobody said.
    pub fn feels(&self, handbook: &Handbook, place: StepPlace) -> Option<Feeling> {
        match met::lived_at(handbook, place) {
            Some(way) => way.feels(),
            None => self.step(place).feels,
        }
    }

    /// How many pains at some places are open.
    pub fn open_pains(&self, handbook: &Handbook, places: impl Iterator<Item = StepPlace>) -> usize {
        let of_one = |place: StepPlace| {
            let (map, step) = (&handbook[place.map], met::step(handbook, place));
            met::pains_at(handbook, place).iter().filter(|pain| met::is_open(handbook, map, step, pain)).count()
        };
        places.map(|place| if place.by.is_some() { of_one(place) } else { self.step(place).open_pains as usize }).sum()
    }

    /// How many steps among some places are moments of truth.
    pub fn truths(&self, places: impl Iterator<Item = StepPlace>) -> usize {
        self.distinct(places.filter(|place| self.step(*place).is_truth)).count()
    }

    /// The steps of some places in order: what several personas live at one step is one.
    pub fn distinct(&self, places: impl Iterator<Item = StepPlace>) -> impl Iterator<Item = StepPlace> {
        let mut seen = HashSet::default();
        places.map(|place| place.lived_by(None)).filter(move |place| seen.insert(self.number(*place)))
    }

    /// Which of all steps a place is.
    fn number(&self, place: StepPlace) -> usize {
        self.stage(place).first as usize + place.step()
    }

    fn stage(&self, place: StepPlace) -> &StageAt {
        &self.stages[self.map(place.map).first as usize + place.stage()]
    }

    fn map(&self, map: Id<JourneyMap>) -> &MapAt {
        self.marks.note(map.index());
        &self.maps[map.index()]
    }

    /// Says in the digests what is counted of each map.
    pub(super) fn digest(&self, handbook: &Handbook, digests: &mut Digests) {
        for (index, map) in handbook.maps.iter().enumerate() {
            let mut hasher = Folding::default();
            let at = &self.maps[index];
            at.is_today.hash(&mut hasher);
            // The numbers of names are those of this handbook.
            for (stage, number) in map.stages.iter().zip(at.first as usize..) {
                let StageAt { first, name: _, column } = self.stages[number];
                let steps = &self.steps[first as usize..][..stage.steps.len()];
                (&stage.name, column, steps).hash(&mut hasher);
            }
            digests.set(self.marks.number(index), hasher.finish());
        }
    }

    fn step(&self, place: StepPlace) -> &StepAt {
        &self.steps[self.number(place)]
    }
}
