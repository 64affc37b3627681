//! What has no file of its own as data: channels, teams and terms, and the small things that the other nouns are made of.

use super::map::Writer;
use super::{Figure, records};
use crate::model::{Channel, Team, Term};
use crate::views::here::Here;
use crate::views::uses::StepPlace;

records! {
    /// A label and a value.
    FactData {
        /// Such as “Age”.
        label: &'a str,
        /// Such as “29”.
        value: &'a str,
    }
    /// A point between two opposites.
    BehaviourData {
        /// What 0 means.
        from: &'a str,
        /// What 100 means.
        to: &'a str,
        /// 0..=100.
        at: u8,
    }
    /// How a persona uses a channel.
    ChannelUseData {
        /// The channel's id.
        channel: Option<&'a str>,
        /// How much, 0..=5.
        r#use: u8,
        /// How often, in words.
        often: Option<&'a str>,
        /// How it feels, −2..=2.
        feels: Option<Figure>,
    }
    /// A step as somebody walked it.
    WalkedData {
        /// The step's id in the map.
        step: &'a str,
        /// How it felt, −2..=2.
        feels: Option<Figure>,
        /// The word for it.
        feeling: Option<&'a str>,
        /// What happened.
        note: Option<&'a str>,
        /// What stood in the way.
        obstacles: Vec<&'a str>,
        /// How long it took, in minutes.
        minutes: Option<u32>,
    }
    /// What was measured on a day.
    ReadingData {
        /// The day: `2026-09-12` or `2026-09`.
        date: String,
        /// The value, in the metric's unit.
        value: Figure,
        /// A remark.
        note: Option<&'a str>,
    }
    /// A step of a map.
    PlaceData {
        /// The map's id.
        map: &'a str,
        /// The stage's id in the map.
        stage: &'a str,
        /// The step's id in the map; nothing of a stage without steps.
        step: Option<&'a str>,
        /// Who of several personas lives it so; nothing for the step as it stands.
        persona: Option<&'a str>,
    }
    /// What carries touchpoints.
    ChannelData {
        /// Its id.
        id: &'a str,
        /// What readers call it.
        title: &'a str,
        /// Its drawing.
        icon: Option<&'a str>,
        /// What it is for.
        summary: Option<&'a str>,
    }
    /// An owner inside the organisation.
    TeamData {
        /// Its id.
        id: &'a str,
        /// What it is called.
        title: &'a str,
        /// Who leads it.
        lead: Option<&'a str>,
        /// How to reach it.
        contact: Option<&'a str>,
        /// The team it belongs to: its id.
        part_of: Option<&'a str>,
        /// What it does.
        summary: Option<&'a str>,
    }
    /// A word of the field.
    TermData {
        /// Its id.
        id: &'a str,
        /// The word.
        title: &'a str,
        /// What it means.
        definition: &'a str,
        /// Other words for the same.
        also: Vec<&'a str>,
    }
}

/// How much a touchpoint matters, 1..=5 each.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ImportanceData {
    /// To the customer.
    pub customer: u8,
    /// To the organisation.
    pub organisation: u8,
}

impl super::Nothing for ImportanceData {
    fn is_nothing(&self) -> bool {
        false
    }
}

/// A channel as data.
pub(super) fn channel<'a>(here: &Here<'a>, channel: &'a Channel) -> ChannelData<'a> {
    let writer = Writer::new(here);
    ChannelData {
        id: &channel.name,
        title: writer.text(&channel.title),
        icon: channel.icon.as_deref(),
        summary: writer.maybe(&channel.summary),
    }
}

/// A team as data.
pub(super) fn team<'a>(here: &Here<'a>, team: &'a Team) -> TeamData<'a> {
    let writer = Writer::new(here);
    TeamData {
        id: &team.name,
        title: writer.text(&team.title),
        lead: writer.maybe(&team.lead),
        contact: writer.maybe(&team.contact),
        part_of: team.part_of.map(|team| writer.name(team)),
        summary: writer.maybe(&team.summary),
    }
}

/// A term as data.
pub(super) fn term<'a>(here: &Here<'a>, term: &'a Term) -> TermData<'a> {
    let writer = Writer::new(here);
    TermData {
        id: &term.name,
        title: writer.text(&term.title),
        definition: writer.text(&term.definition),
        also: writer.texts(&term.also),
    }
}

/// Some steps as data.
pub(super) fn places<'a>(here: &Here<'a>, writer: &Writer<'a>, places: &[StepPlace]) -> Vec<PlaceData<'a>> {
    let places = places.iter().map(|place| {
        let stage = &here.handbook[place.map].stages[place.stage()];
        PlaceData {
            map: writer.name(place.map),
            stage: &stage.name,
            step: stage.steps.get(place.step()).map(|step| step.name.as_str()),
            persona: place.by.map(|persona| writer.name(persona)),
        }
    });
    places.collect()
}
