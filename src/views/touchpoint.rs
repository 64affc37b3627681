//! A touchpoint's page: what we promise there, what staff need to know, and what would break if it were retired.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::met;
use super::parts::{Review, Source, Tag};
use super::prose::Running;
use super::retire::{Retire, StopOn};
use super::uses::StepPlace;
use crate::model::{Channel, Id, Target, Touchpoint, TouchpointKind};

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
    /// How urgent it is to look after it, 1..=100; `None` if nobody said how much it matters.
    pub priority: Option<u8>,
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
    /// The stages of the journey, and at which it is met; empty if no map has stages.
    pub line: Vec<StopOn<'a>>,
    /// The same in a sentence.
    pub line_said: String,
    /// Every step that meets it, at most 80.
    pub meetings: Vec<Meeting<'a>>,
    /// What breaks without it.
    pub retire: Retire<'a>,
    /// The evidence.
    pub sources: Vec<Source<'a>>,
    /// Files of the handbook that its text shows or links to.
    pub assets: Vec<Link<'a>>,
    /// Other pages that speak of it.
    pub mentions: Vec<Link<'a>>,
}

/// A channel with its drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carrier<'a> {
    /// Its drawing.
    pub icon: &'a str,
    /// The channel's page.
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
    let figures = here.figures(id);
    let (lessons, mentions) = here.spoken_of(Target::Touchpoint(id));
    let (line, line_said) = here.stops(places);
    let meetings = places.iter().take(super::retire::MOST_STEPS).map(|place| here.meeting(*place));
    TouchpointView {
        channel: touchpoint.channel.map(|channel| here.carrier(channel)),
        kind: words.get(kind_key(touchpoint.kind)),
        owner: here.owner(touchpoint.item.owner),
        status: here.touchpoint_status(touchpoint.status),
        weights,
        priority: figures.priority,
        feels: figures.average.map(|average| here.feels(average)),
        worst: worst(here, places),
        review: here.review(&touchpoint.item),
        promise: touchpoint.promise.as_ref().map(|promise| here.said(promise)),
        body: here.running(&touchpoint.body),
        line,
        line_said,
        meetings: meetings.collect(),
        retire: here.retire(id, figures, lessons),
        sources: touchpoint.insights.iter().map(|&insight| here.source(insight)).collect(),
        assets: here.assets_of(&touchpoint.body),
        mentions,
    }
}

/// The key of what a customer meets.
pub fn kind_key(kind: TouchpointKind) -> &'static str {
    match kind {
        TouchpointKind::Digital => "touchpoint_digital",
        TouchpointKind::Human => "touchpoint_human",
        TouchpointKind::Physical => "touchpoint_physical",
    }
}

impl<'a> Here<'a> {
    /// A channel with its drawing.
    pub fn carrier(&self, channel: Id<Channel>) -> Carrier<'a> {
        Carrier { icon: self.channel_icon(Some(channel)), link: self.link(Target::Channel(channel)) }
    }

    /// The step at a place, in its map; of one persona of several with the name before it.
    pub fn step_link(&self, place: StepPlace) -> Link<'a> {
        let step = met::step(self.handbook, place);
        let label = self.said(step.label());
        let title = match place.by {
            Some(persona) => {
                let name = self.handbook[persona].item.title.str(self.lang);
                let text = self.words.fill("at_of", &[("name", name), ("label", &label.text)]);
                Said { text: text.into(), ..label }
            }
            None => label,
        };
        Link { href: self.href_at(Target::Map(place.map), &step.name), title }
    }

    /// A step that meets something, with its map.
    pub fn meeting(&self, place: StepPlace) -> Meeting<'a> {
        let map = &self.handbook[place.map];
        let step = met::step(self.handbook, place);
        let (word, pains) = match met::lived_at(self.handbook, place) {
            Some(way) => (way.word(), way.pains()),
            None => (step.feeling.as_ref(), step.pains.as_slice()),
        };
        let Link { href, title } = self.step_link(place);
        Meeting {
            href,
            label: title,
            map: self.said(&map.item.title),
            stage: self.said(&map.stages[place.stage()].title),
            feels: self.pages.steps.feels(self.handbook, place).map(|feeling| self.feels(feeling)),
            word: word.map(|word| self.said(word)),
            pains: pains.iter().map(|pain| self.said(&pain.text)).collect(),
            truth: step.moment_of_truth.is_some(),
        }
    }
}

/// The first of the worst moments, if any is worse than neutral.
fn worst<'a>(here: &Here<'a>, places: &[StepPlace]) -> Option<Meeting<'a>> {
    let all = &here.pages.steps;
    let felt = all.today(places).filter_map(|place| Some((all.feels(here.handbook, place)?, place)));
    let (feeling, place) = felt.min_by_key(|(feeling, _)| *feeling)?;
    (feeling.value() < 0.0).then(|| here.meeting(place))
}
