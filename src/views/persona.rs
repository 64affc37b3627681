//! A persona's page: who it is, in their own words first, and the maps they appear in.

use serde::Serialize;

use super::cards::{MapCard, PersonaCard, Portrait};
use super::here::{Feels, Here, Link, Said};
use super::pages::PageKind;
use super::parts::{Quoted, Review};
use super::prose::Running;
use super::split::Pager;
use crate::model::{Behaviour, ChannelUse, Id, Persona, Target};

/// How many maps of a persona are shown as cards.
const MOST_MAPS: usize = 60;

/// A persona.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonaView<'a> {
    /// What kind of customer.
    pub role: Option<Said<'a>>,
    /// The picture.
    pub portrait: Portrait<'a>,
    /// One sentence in their own words.
    pub quote: Option<Quoted<'a>>,
    /// Age, work, home …
    pub facts: Vec<FactView<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// What they want.
    pub goals: Vec<Said<'a>>,
    /// What stands in their way.
    pub frustrations: Vec<Said<'a>>,
    /// Where they stand between pairs of opposites.
    pub scales: Vec<Scale<'a>>,
    /// How they use the channels.
    pub channels: Vec<ChannelRow<'a>>,
    /// Phrases that help.
    pub say: Vec<Said<'a>>,
    /// Phrases that hurt.
    pub avoid: Vec<Said<'a>>,
    /// “When you have Mei Lin on the line”.
    pub talking: String,
    /// “Maps with Mei Lin”.
    pub maps_said: String,
    /// Background.
    pub body: Running<'a>,
    /// The maps they appear in, of very many the first.
    pub maps: Vec<MapCard<'a>>,
    /// “and 12 more”; empty if all maps are there.
    pub more_maps: String,
    /// Lessons that speak of them.
    pub lessons: Vec<Link<'a>>,
    /// Other pages that speak of them.
    pub mentions: Vec<Link<'a>>,
}

/// A label and a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactView<'a> {
    /// Such as “Age”.
    pub label: Said<'a>,
    /// Such as “29”.
    pub value: Said<'a>,
}

/// A point between two opposites.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scale<'a> {
    /// What 0 means.
    pub from: Said<'a>,
    /// What 100 means.
    pub to: Said<'a>,
    /// Such as `26%`.
    pub at: String,
    /// The point in words.
    pub told: String,
}

/// How a persona uses a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelRow<'a> {
    /// The channel.
    pub link: Link<'a>,
    /// Its drawing.
    pub icon: &'a str,
    /// How much, 0..=5.
    pub level: u8,
    /// The same in words.
    pub level_said: String,
    /// How often.
    pub often: Option<Said<'a>>,
    /// How it feels.
    pub feels: Option<Feels>,
}

/// All personas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonasView<'a> {
    /// The personas.
    pub personas: Vec<PersonaCard<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// The list of personas.
pub fn personas<'a>(here: &Here<'a>) -> PersonasView<'a> {
    let kind = PageKind::Personas;
    let personas = here.on_this_part(kind, here.handbook.personas.ids());
    PersonasView { personas: personas.map(|id| here.persona_card(id)).collect(), pager: here.pager(kind) }
}

/// A persona's page.
pub fn persona<'a>(here: &Here<'a>, id: Id<Persona>) -> PersonaView<'a> {
    let persona = &here.handbook[id];
    let name = persona.item.title.str(here.lang);
    let facts = persona.facts.iter();
    let maps = here.pages.uses.maps_of(id);
    let (lessons, mentions) = here.spoken_of(Target::Persona(id));
    PersonaView {
        role: persona.role.as_ref().map(|role| here.said(role)),
        portrait: here.portrait(persona),
        quote: persona.quote.as_ref().map(|quote| here.quoted(quote)),
        facts: facts.map(|fact| FactView { label: here.said(&fact.label), value: here.said(&fact.value) }).collect(),
        review: here.review(&persona.item),
        goals: here.all_said(&persona.goals),
        frustrations: here.all_said(&persona.frustrations),
        scales: persona.behaviours.iter().map(|behaviour| scale(here, behaviour)).collect(),
        channels: persona.channels.iter().filter_map(|used| channel(here, used)).collect(),
        say: here.all_said(&persona.say),
        avoid: here.all_said(&persona.avoid),
        talking: here.words.fill("talking", &[("name", name)]),
        maps_said: here.words.fill("maps_of", &[("name", name)]),
        body: here.running(&persona.body),
        maps: maps.iter().take(MOST_MAPS).map(|&map| here.map_card(map)).collect(),
        more_maps: match maps.len().saturating_sub(MOST_MAPS) {
            0 => String::new(),
            more => here.words.count("and_more", more),
        },
        lessons,
        mentions,
    }
}

fn scale<'a>(here: &Here<'a>, behaviour: &'a Behaviour) -> Scale<'a> {
    let (from, to) = (here.said(&behaviour.from), here.said(&behaviour.to));
    let key = match behaviour.at {
        0..=20 => "scale_strongly_from",
        21..=44 => "scale_from",
        45..=55 => "scale_between",
        56..=79 => "scale_to",
        _ => "scale_strongly_to",
    };
    let told = here.words.fill(key, &[("from", &from.text), ("to", &to.text)]);
    Scale { from, to, at: format!("{}%", behaviour.at), told }
}

fn channel<'a>(here: &Here<'a>, used: &'a ChannelUse) -> Option<ChannelRow<'a>> {
    let id = used.channel?;
    Some(ChannelRow {
        link: here.link(Target::Channel(id)),
        icon: here.channel_icon(Some(id)),
        level: used.use_level,
        level_said: here.words.fill("level_of_five", &[("n", &used.use_level.to_string())]),
        often: used.often.as_ref().map(|often| here.said(often)),
        feels: used.feels.map(|feeling| here.feels(feeling)),
    })
}
