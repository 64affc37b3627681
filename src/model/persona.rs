//! Personas: someone whose journeys we map.

use super::link::State;
use super::text::Text;
use super::{Asset, Channel, Feeling, Item, Linked, List, Local, Prose, Quote};

/// A typical customer.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Persona<S: State = Linked> {
    /// Name, title (the person's name), summary, owner, review.
    pub item: Item<S>,
    /// What kind of customer, such as “First-time buyer”.
    pub role: Option<Text>,
    /// One sentence in their own words.
    pub quote: Option<Quote<S>>,
    /// Age, work, home …
    pub facts: Vec<Fact>,
    /// What they want.
    pub goals: List<Text>,
    /// What stands in their way.
    pub frustrations: List<Text>,
    /// Where they stand between pairs of opposites.
    pub behaviours: Vec<Behaviour>,
    /// How they use the channels.
    pub channels: Vec<ChannelUse<S>>,
    /// Phrases that help.
    pub say: List<Text>,
    /// Phrases that hurt.
    pub avoid: List<Text>,
    /// A picture.
    pub portrait: Option<S::Link<Asset>>,
    /// Background.
    pub body: Local<Prose<S>>,
}

/// A label and a value.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Fact {
    /// Such as “Age”.
    pub label: Text,
    /// Such as “29”.
    pub value: Text,
}

/// A point between two opposites.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Behaviour {
    /// What 0 means.
    pub from: Text,
    /// What 100 means.
    pub to: Text,
    /// 0..=100.
    pub at: u8,
}

/// How a persona uses a channel.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct ChannelUse<S: State = Linked> {
    /// The channel; `None` if it is unknown.
    pub channel: Option<S::Link<Channel>>,
    /// How much, 0..=5.
    pub use_level: u8,
    /// How often, in words.
    pub often: Option<Text>,
    /// How it feels.
    pub feels: Option<Feeling>,
}
