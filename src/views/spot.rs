//! A place on a map, for lists that gather things from many maps: the map, the stage, the step, how it feels there. And lists
//! that stop where a page would grow past reading.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::uses::StepPlace;
use crate::model::{Id, JourneyMap, Persona, Stage, Step, Target};

/// A place on a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot<'a> {
    /// The map; at the place itself where that has an anchor.
    pub map: Link<'a>,
    /// The stage; `None` for a map as a whole.
    pub stage: Option<Said<'a>>,
    /// The step; `None` for a stage as a whole.
    pub step: Option<Link<'a>>,
    /// How it feels; `None` if nobody said.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
}

/// The first of many.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capped<T> {
    /// Those that are shown.
    pub items: Vec<T>,
    /// “and 12 more”; empty if all are shown.
    pub more: String,
    /// How many there are in all.
    pub all: usize,
}

impl<T> Capped<T> {
    /// The first `most` of some things, as they are shown: the others are only counted, and not made to be.
    pub fn new<I: IntoIterator>(here: &Here<'_>, most: usize, all: I, show: impl FnMut(I::Item) -> T) -> Self {
        let mut rest = all.into_iter();
        let items: Vec<T> = rest.by_ref().take(most).map(show).collect();
        let all = items.len() + rest.count();
        Self::of(here, all, items)
    }

    /// The first of so many, which are at hand already.
    pub fn of(here: &Here<'_>, all: usize, items: Vec<T>) -> Self {
        let left = all - items.len();
        let more = if left > 0 { here.words.count("and_n_more", left) } else { String::new() };
        Self { items, more, all }
    }
}

impl<'a> Here<'a> {
    /// A stage of a map, or a step of it, by their numbers from 0; the map as a whole without. `by` for the one of several
    /// personas who lives it so.
    pub fn spot(
        &self,
        map: Id<JourneyMap>,
        stage: Option<usize>,
        step: Option<usize>,
        by: Option<Id<Persona>>,
    ) -> Spot<'a> {
        let (stage_at, step_at) = self.at(map, stage, step);
        let href = self.spot_href(map, stage, step);
        let felt = stage.zip(step).filter(|_| step_at.is_some());
        let felt = felt.map(|(stage, step)| StepPlace::new(map, stage, step).lived_by(by));
        let felt = felt.and_then(|place| self.pages.steps.feels(self.handbook, place));
        // The step's word is for the step's feeling.
        let word = step_at.filter(|step| step.feels == felt).and_then(|step| step.feeling.as_ref());
        let label = step_at.map(|step| {
            let label = self.said(step.label());
            let Some(persona) = by else { return label };
            let name = self.handbook[persona].item.title.str(self.lang);
            Said { text: self.words.fill("at_of", &[("name", name), ("label", &label.text)]).into(), ..label }
        });
        Spot {
            map: Link { href: href.clone(), title: self.title(Target::Map(map)) },
            stage: stage_at.map(|stage| self.said(&stage.title)),
            step: label.map(|title| Link { href, title }),
            feels: felt.map(|feeling| self.feels(feeling)),
            word: word.map(|word| self.said(word)),
        }
    }

    /// The address of such a place, for a link that has a title of its own.
    pub fn spot_href(&self, map: Id<JourneyMap>, stage: Option<usize>, step: Option<usize>) -> String {
        let whole = Target::Map(map);
        let (stage, step) = self.at(map, stage, step);
        let anchor = step.map(|step| &step.name).or(stage.map(|stage| &stage.name));
        anchor.map_or_else(|| self.href(whole), |anchor| self.href_at(whole, anchor))
    }

    /// The stage and the step that such numbers mean.
    fn at(
        &self,
        map: Id<JourneyMap>,
        stage: Option<usize>,
        step: Option<usize>,
    ) -> (Option<&'a Stage>, Option<&'a Step>) {
        let stage = stage.and_then(|stage| self.handbook[map].stages.get(stage));
        (stage, stage.zip(step).and_then(|(stage, step)| stage.steps.get(step)))
    }
}
