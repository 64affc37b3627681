//! Journey maps: one experience after one goal, stages by lanes.

use super::link::State;
use super::settings::{OwnLane, StageSet};
use super::text::Text;
use super::{Asset, Insight, Item, Linked, Metric, Opportunity, Persona, Quote, Team, Touchpoint};
use crate::source::Span;

/// One experience, drawn over stages.
#[derive(Debug, Clone, PartialEq)]
pub struct JourneyMap<S: State = Linked> {
    /// Name, title, owner, review.
    pub item: Item<S>,
    /// What kind of map.
    pub kind: MapKind,
    /// Whose journey; an experience map may be nobody's in particular.
    pub persona: Option<S::Link<Persona>>,
    /// The one sentence to remember.
    pub finding: Option<Text>,
    /// What happens, in a sentence.
    pub scenario: Option<Text>,
    /// Why the map exists.
    pub purpose: Option<Text>,
    /// How the experience ends.
    pub outcome: Option<Text>,
    /// The current-state map a future-state map starts from.
    pub baseline: Option<S::Link<JourneyMap>>,
    /// The named list its stages come from.
    pub stage_set: Option<S::Link<StageSet>>,
    /// The lanes to draw, in order; empty for the usual ones.
    pub lanes: Vec<Lane<S>>,
    /// The stages, in order.
    pub stages: Vec<Stage<S>>,
}

/// What kind of map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapKind {
    /// Behaviour over stages to the outcome, for people in general.
    Experience,
    /// What is.
    CurrentState,
    /// What shall be.
    FutureState,
    /// Along the clock.
    DayInTheLife,
    /// Says, thinks, does, feels.
    Empathy,
    /// One journey, several personas.
    PersonaBased,
    /// Customer, frontstage, backstage, support.
    ServiceBlueprint,
}

impl MapKind {
    /// Every kind, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[
        ("experience", Self::Experience),
        ("current-state", Self::CurrentState),
        ("future-state", Self::FutureState),
        ("day-in-the-life", Self::DayInTheLife),
        ("empathy", Self::Empathy),
        ("persona-based", Self::PersonaBased),
        ("service-blueprint", Self::ServiceBlueprint),
    ];

    /// The kind as authors write it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// One row of a drawn map.
#[derive(Debug, Clone, PartialEq)]
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
    /// What staff do in sight.
    Frontstage,
    /// What staff do out of sight.
    Backstage,
    /// What systems and partners do.
    Support,
    /// A lane the handbook declares.
    Own(S::Link<OwnLane>),
}

/// A column in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage<S: State = Linked> {
    /// Its id in the map.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What readers call it.
    pub title: Text,
    /// How long it takes, in words.
    pub duration: Option<Text>,
    /// The one stage to mend before the others.
    pub fix_first: bool,
    /// What the customer wants of it.
    pub goals: Vec<Text>,
    /// Who is responsible.
    pub owner: Option<S::Link<Team>>,
    /// Measured over the whole stage.
    pub metrics: Vec<S::Link<Metric>>,
    /// The map that shows this stage in detail.
    pub opens: Option<S::Link<JourneyMap>>,
    /// What the customer does in it, in order.
    pub steps: Vec<Step<S>>,
}

/// One thing the customer does.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<S: State = Linked> {
    /// Its id in the map.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What the customer does.
    pub action: Text,
    /// A short label for the curve.
    pub moment: Option<Text>,
    /// Where it happens.
    pub touchpoint: Option<S::Link<Touchpoint>>,
    /// What they think.
    pub thinks: Option<Text>,
    /// What they say, in their own words; its evidence is the step's unless it names its own.
    pub says: Option<Quote<S>>,
    /// How it feels.
    pub feels: Option<Feeling>,
    /// The word for it.
    pub feeling: Option<Text>,
    /// What is wanted.
    pub needs: Vec<Text>,
    /// What delights.
    pub gains: Vec<Text>,
    /// What hurts.
    pub pains: Vec<Pain<S>>,
    /// Set on a step that wins or loses the persona.
    pub moment_of_truth: Option<MomentOfTruth>,
    /// The evidence.
    pub insights: Vec<S::Link<Insight>>,
    /// What we might do about it.
    pub opportunities: Vec<S::Link<Opportunity>>,
    /// Measured at this step.
    pub metrics: Vec<S::Link<Metric>>,
    /// What staff do in sight.
    pub frontstage: Option<Text>,
    /// What staff do out of sight.
    pub backstage: Option<Text>,
    /// What systems and partners do.
    pub support: Option<Text>,
    /// Steps of this map that may follow, where it is not simply the next. An id counts steps over all stages, from 0.
    pub leads_to: Vec<S::Link<Step>>,
    /// The map that shows this step in detail.
    pub opens: Option<S::Link<JourneyMap>>,
    /// A picture.
    pub image: Option<Image<S>>,
}

/// Why a step decides whether the customer stays.
#[derive(Debug, Clone, PartialEq)]
pub struct MomentOfTruth {
    /// The reason, in a sentence.
    pub why: Text,
}

/// What hurts at a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Pain<S: State = Linked> {
    /// What hurts.
    pub text: Text,
    /// How bad; `None` if nobody said.
    pub severity: Option<PainSeverity>,
    /// The evidence for this pain; the step's if empty.
    pub insights: Vec<S::Link<Insight>>,
    /// What answers this pain; the step's if empty.
    pub opportunities: Vec<S::Link<Opportunity>>,
}

/// How bad a pain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PainSeverity {
    /// Noticed and forgotten.
    Low,
    /// Remembered.
    Medium,
    /// Told to others.
    High,
}

impl PainSeverity {
    /// Every severity, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[("low", Self::Low), ("medium", Self::Medium), ("high", Self::High)];
}

/// A picture with its alternative text.
#[derive(Debug, Clone, PartialEq)]
pub struct Image<S: State = Linked> {
    /// The file; `None` if it is missing.
    pub file: Option<S::Link<Asset>>,
    /// What it shows, for those who do not see it.
    pub alt: Text,
}

/// How a step feels: −2 (upset) to +2 (delighted), 0 neutral. Kept in hundredths, so that equal is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feeling(i16);

impl Feeling {
    /// `None` outside −2..=2, or for something that is no number.
    pub fn new(value: f64) -> Option<Self> {
        (-2.0..=2.0).contains(&value).then(|| Self((value * 100.0).round() as i16))
    }

    /// −2.0..=2.0.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The mean of some feelings; `None` of none.
    pub fn mean(feelings: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (sum, count) =
            feelings.into_iter().fold((0_i64, 0_i64), |(sum, count), feeling| (sum + i64::from(feeling.0), count + 1));
        (count > 0).then(|| Self((sum as f64 / count as f64).round() as i16))
    }

    /// The nearest face, −2..=2; halves go away from zero, so that −1.5 is not softened.
    pub fn face(self) -> i8 {
        self.value().round() as i8
    }
}

impl<S: State> Step<S> {
    /// What happens, in a few words: the label for the curve, or else the action.
    pub fn label(&self) -> &Text {
        self.moment.as_ref().unwrap_or(&self.action)
    }
}

impl<S: State> JourneyMap<S> {
    /// Whether links to a step's id mean the step: where a stage has the same id, they mean the stage.
    pub fn has_own_place(&self, step: &Step<S>) -> bool {
        self.stages.iter().all(|stage| stage.name != step.name)
    }

    /// Every step with its stage, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&Stage<S>, &Step<S>)> {
        self.stages.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)))
    }
}
