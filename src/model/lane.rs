//! Lanes: the rows of a drawn map, those every handbook has and those it declares.

use std::hash::{Hash, Hasher};

use super::journey::Image;
use super::link::State;
use super::text::Text;
use super::{Linked, List, Noun};
use crate::source::Span;

/// One row of a drawn map.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Lane<S: State = Linked> {
    /// The curve of feelings.
    Feelings,
    /// What the customer wants of the stage.
    Goals,
    /// What the customer does.
    Actions,
    /// Where customer and organisation meet.
    Touchpoints,
    /// What the customer thinks.
    Thoughts,
    /// What the customer says.
    Quotes,
    /// What the customer wants at a step.
    Needs,
    /// What hurts.
    Pains,
    /// What delights.
    Gains,
    /// What we might do.
    Opportunities,
    /// What is measured.
    Metrics,
    /// Who is responsible.
    Owner,
    /// Pictures of the steps, side by side.
    Storyboard,
    /// What the customer sees or holds of the service.
    Evidence,
    /// What staff do in sight.
    Frontstage,
    /// What staff do out of sight.
    Backstage,
    /// What systems and partners do.
    Support,
    /// A lane the handbook declares.
    Own(S::Link<OwnLane>),
}

/// A lane the handbook declares.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct OwnLane {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What readers call it.
    pub title: Text,
    /// What its cells hold.
    pub kind: LaneKind,
    /// A drawing.
    pub icon: Option<String>,
    /// Whether it tells of what we do, not of the customer.
    pub ours: bool,
}

/// What the cells of a declared lane hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// A text.
    Text,
    /// Several texts.
    List,
    /// A picture.
    Image,
    /// A link.
    Link,
    /// A number.
    Number,
}

/// What a lane of the handbook's own holds at a step or for a stage.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct OwnCell<S: State = Linked> {
    /// The lane.
    pub lane: S::Link<OwnLane>,
    /// What stands in it.
    pub value: LaneValue<S>,
}

/// What a cell of a declared lane holds, by the lane's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum LaneValue<S: State = Linked> {
    /// A text.
    Text(Text),
    /// Several texts.
    List(List<Text>),
    /// A picture.
    Image(Image<S>),
    /// A way to a page of the handbook; its text is the target's title unless one is given.
    Link(S::Reference, Option<Text>),
    /// A way out of the handbook: its address, and its text if one is given.
    Outside(String, Option<Text>),
    /// A number.
    Number(f64),
}

// By hand, because no figure has a hash of its own: its bits have.
impl<S: State> Hash for LaneValue<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Text(text) => text.hash(state),
            Self::List(texts) => texts.hash(state),
            Self::Image(image) => image.hash(state),
            Self::Link(reference, text) => (reference, text).hash(state),
            Self::Outside(address, text) => (address, text).hash(state),
            Self::Number(number) => number.to_bits().hash(state),
        }
    }
}

impl LaneKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("text", Self::Text),
        ("list", Self::List),
        ("image", Self::Image),
        ("link", Self::Link),
        ("number", Self::Number),
    ];
}

impl Noun for OwnLane {
    fn name(&self) -> &str {
        &self.name
    }
    fn span(&self) -> Span {
        self.span
    }
}
