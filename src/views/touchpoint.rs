//! A touchpoint's page: what we promise there, what staff need to know, and every step that meets it.

use serde::Serialize;

use super::crowd::Way;
use super::here::{Feels, Here, Link, Said};
use super::parts::{Review, Source, Tag};
use super::prose::Running;
use super::uses::StepPlace;
use crate::model::{Channel, Feeling, Id, MapKind, Persona, Step, Target, Touchpoint, TouchpointKind};

/// A touchpoint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TouchpointView<'a> {
    /// What carries it.
    pub channel: Option<Carrier<'a>>,
    /// What the customer meets.
    pub kind: &'a str,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// Whether it is there.
    pub status: Tag,
    /// How much it matters, side by side; empty if nobody said.
    pub weights: Vec<Weight<'a>>,
    /// How it feels on the whole.
    pub feels: Option<Feels>,
    /// The first of its worst moments.
    pub worst: Option<Meeting<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// What we promise.
    pub promise: Option<Said<'a>>,
    /// The standard, the script and the know-how.
    pub body: Running<'a>,
    /// Every step that meets it.
    pub meetings: Vec<Meeting<'a>>,
    /// Whose journeys meet it.
    pub personas: Vec<Link<'a>>,
    /// The evidence.
    pub sources: Vec<Source<'a>>,
    /// Lessons that teach it.
    pub lessons: Vec<Link<'a>>,
    /// Other pages that speak of it.
    pub mentions: Vec<Link<'a>>,
}

/// A channel with its drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carrier<'a> {
    /// Its drawing.
    pub icon: &'a str,
    /// The channel in its register.
    pub link: Link<'a>,
}

/// How much something matters to one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight<'a> {
    /// To whom.
    pub title: &'a str,
    /// 1..=5.
    pub value: u8,
    /// The same in words.
    pub told: String,
}

/// A step that meets a touchpoint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting<'a> {
    /// The step in its map.
    pub href: String,
    /// What the customer does, for short.
    pub label: Said<'a>,
    /// The map.
    pub map: Said<'a>,
    /// The stage.
    pub stage: Said<'a>,
    /// How it feels.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
    /// What hurts.
    pub pains: Vec<Said<'a>>,
    /// Whether it wins or loses the persona.
    pub truth: bool,
}

/// A touchpoint's page.
pub fn touchpoint<'a>(here: &Here<'a>, id: Id<Touchpoint>) -> TouchpointView<'a> {
    let touchpoint = &here.handbook[id];
    let places = here.pages.uses.touchpoint(id);
    let words = here.words;
    let weights = touchpoint.importance.map_or_else(Vec::new, |importance| {
        [("to_customer", importance.customer), ("to_organisation", importance.organisation)]
            .map(|(key, value)| Weight {
                title: words.get(key),
                value,
                told: words.fill("level_of_five", &[("n", &value.to_string())]),
            })
            .to_vec()
    });
    let mut personas: Vec<Id<Persona>> = places.iter().flat_map(|place| here.met_by(*place, id)).collect();
    personas.sort_unstable();
    personas.dedup();
    let (lessons, mentions) = here.spoken_of(Target::Touchpoint(id));
    TouchpointView {
        channel: touchpoint.channel.map(|channel| here.carrier(channel)),
        kind: words.get(match touchpoint.kind {
            TouchpointKind::Digital => "touchpoint_digital",
            TouchpointKind::Human => "touchpoint_human",
            TouchpointKind::Physical => "touchpoint_physical",
        }),
        owner: here.owner(touchpoint.item.owner),
        status: here.touchpoint_status(touchpoint.status),
        weights,
        feels: here.mean(here.feelings_at(places)),
        worst: worst(here, places),
        review: here.review(&touchpoint.item),
        promise: touchpoint.promise.as_ref().map(|promise| here.said(promise)),
        body: here.running(&touchpoint.body),
        meetings: places.iter().map(|place| here.meeting(*place)).collect(),
        personas: personas.into_iter().map(|persona| here.link(Target::Persona(persona))).collect(),
        sources: touchpoint.insights.iter().map(|&insight| here.source(insight)).collect(),
        lessons,
        mentions,
    }
}

impl<'a> Here<'a> {
    /// The step at a place.
    pub fn step(&self, place: StepPlace) -> &'a Step {
        &self.handbook[place.map].stages[place.stage].steps[place.step]
    }

    /// A channel with its drawing.
    pub fn carrier(&self, channel: Id<Channel>) -> Carrier<'a> {
        Carrier { icon: self.channel_icon(Some(channel)), link: self.link(Target::Channel(channel)) }
    }

    /// How a persona lives the step at a place; `None` for the step as it stands.
    fn lived_at(&self, place: StepPlace) -> Option<Way<'a>> {
        let map = &self.handbook[place.map];
        let persona = place.by?;
        let number = map.stages[..place.stage].iter().map(|stage| stage.steps.len()).sum::<usize>() + place.step;
        let difference = map.crowd()?.difference(persona, number);
        Some(Way { column: place.stage, x: 0.0, stage: &map.stages[place.stage], step: self.step(place), difference })
    }

    /// How it feels at a place; `None` if nobody said.
    pub fn feels_at(&self, place: StepPlace) -> Option<Feeling> {
        self.lived_at(place).map_or(self.step(place).feels, |way| way.feels())
    }

    /// The feelings of some steps, without those of maps that show what shall be.
    pub fn feelings_at(&self, places: &[StepPlace]) -> impl Iterator<Item = Feeling> {
        places.iter().filter(|place| self.is_real(**place)).filter_map(|place| self.feels_at(*place))
    }

    /// Who meets a touchpoint at a place: of several personas those who take the step and meet nothing else there.
    fn met_by(&self, place: StepPlace, touchpoint: Id<Touchpoint>) -> Vec<Id<Persona>> {
        let map = &self.handbook[place.map];
        let there = |persona: &Id<Persona>| {
            let other = self.lived_at(StepPlace { by: Some(*persona), ..place }).and_then(|way| way.difference);
            other.is_none_or(|other| !other.skips && other.touchpoint.is_none_or(|instead| instead == touchpoint))
        };
        match place.by {
            Some(persona) => vec![persona],
            None => map.personas().copied().filter(there).collect(),
        }
    }

    /// Whether a step is one of a map that shows what is.
    pub fn is_real(&self, place: StepPlace) -> bool {
        self.handbook[place.map].kind() != MapKind::FutureState
    }

    /// A step that meets something, with its map.
    pub fn meeting(&self, place: StepPlace) -> Meeting<'a> {
        let map = &self.handbook[place.map];
        let step = self.step(place);
        let way = self.lived_at(place);
        let (word, pains) = match way {
            Some(way) => (way.word(), way.pains()),
            None => (step.feeling.as_ref(), step.pains.as_slice()),
        };
        let label = self.said(step.label());
        let label = match place.by {
            Some(persona) => {
                let name = self.handbook[persona].item.title.str(self.lang);
                let text = self.words.fill("at_of", &[("name", name), ("label", &label.text)]);
                Said { text: text.into(), ..label }
            }
            None => label,
        };
        Meeting {
            href: self.href_at(Target::Map(place.map), &step.name),
            label,
            map: self.said(&map.item.title),
            stage: self.said(&map.stages[place.stage].title),
            feels: self.feels_at(place).map(|feeling| self.feels(feeling)),
            word: word.map(|word| self.said(word)),
            pains: pains.iter().map(|pain| self.said(&pain.text)).collect(),
            truth: step.moment_of_truth.is_some(),
        }
    }
}

/// The first of the worst moments, if any is worse than neutral.
fn worst<'a>(here: &Here<'a>, places: &[StepPlace]) -> Option<Meeting<'a>> {
    let real = places.iter().filter(|place| here.is_real(**place));
    let felt = real.filter_map(|place| Some((here.feels_at(*place)?, *place)));
    let (feeling, place) = felt.min_by_key(|(feeling, _)| *feeling)?;
    (feeling.value() < 0.0).then(|| here.meeting(place))
}
