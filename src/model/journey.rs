//! Journey maps: one experience after one goal, stages by lanes.

use std::ops::Deref;

use super::kinds::{Act, Contents, Crowd, FailPoint, MapKind, StepTime};
use super::lane::{Lane, OwnCell};
use super::link::State;
use super::settings::StageSet;
use super::text::Text;
use super::{Asset, Feeling, Insight, Item, Linked, List, Metric, Opportunity, Persona, Quote, Rare, Team, Touchpoint};
use crate::source::Span;

/// One experience, drawn over stages.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct JourneyMap<S: State = Linked> {
    /// Name, title, owner, review.
    pub item: Item<S>,
    /// What its kind holds beyond stages and steps.
    pub contents: Contents<S>,
    /// Whose journey; an experience map may be nobody's in particular, a persona-based map is several people's.
    pub persona: Option<S::Link<Persona>>,
    /// The map of the journey that this is another view of.
    pub journey: Option<S::Link<JourneyMap>>,
    /// The one sentence to remember.
    pub finding: Option<Text>,
    /// What happens, in a sentence.
    pub scenario: Option<Text>,
    /// Why the map exists.
    pub purpose: Option<Text>,
    /// How the experience ends.
    pub outcome: Option<Text>,
    /// The named list its stages come from.
    pub stage_set: Option<S::Link<StageSet>>,
    /// The lanes to draw, in order; empty for the usual ones.
    pub lanes: List<Lane<S>>,
    /// The stages, in order.
    pub stages: List<Stage<S>>,
}

/// A column in time.
#[derive(Debug, Clone, PartialEq, Hash)]
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
    pub goals: List<Text>,
    /// Who is responsible.
    pub owner: Option<S::Link<Team>>,
    /// Measured over the whole stage.
    pub metrics: List<S::Link<Metric>>,
    /// The map that shows this stage in detail.
    pub opens: Option<S::Link<JourneyMap>>,
    /// Where that is written.
    pub opens_at: Option<Span>,
    /// What lanes of the handbook's own hold for the whole stage.
    pub own: List<OwnCell<S>>,
    /// What the customer does in it, in order.
    pub steps: List<Step<S>>,
}

/// One thing the customer does. What few steps have stands beside it, in [`Seldom`], and is read as if it were its own.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Step<S: State = Linked> {
    /// Its id in the map.
    pub name: String,
    /// Where its id stands.
    pub span: Span,
    /// What the customer does.
    pub action: Text,
    /// Where it happens.
    pub touchpoint: Option<S::Link<Touchpoint>>,
    /// Where that is written.
    pub touchpoint_at: Option<Span>,
    /// What they think.
    pub thinks: Option<Text>,
    /// How it feels.
    pub feels: Option<Feeling>,
    /// The word for it.
    pub feeling: Option<Text>,
    /// What is wanted.
    pub needs: List<Text>,
    /// What delights.
    pub gains: List<Text>,
    /// What hurts.
    pub pains: List<Pain<S>>,
    /// Set on a step that wins or loses the persona.
    pub moment_of_truth: Rare<MomentOfTruth>,
    /// The evidence.
    pub insights: List<S::Link<Insight>>,
    /// What we might do about it.
    pub opportunities: List<S::Link<Opportunity>>,
    /// Measured at this step.
    pub metrics: List<S::Link<Metric>>,
    /// All else that it holds; missing if it holds none of it.
    pub seldom: Rare<Seldom<S>>,
}

/// What few steps have.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Seldom<S: State = Linked> {
    /// A short label for the curve.
    pub moment: Rare<Text>,
    /// What they say, in their own words; its evidence is the step's unless it names its own.
    pub says: Rare<Quote<S>>,
    /// When it happens, in words.
    pub when: Rare<Text>,
    /// When it happens in a day; only steps of a day in the life have it, and all of those.
    pub time: Option<StepTime>,
    /// What the customer sees or holds of the service.
    pub evidence: Rare<Text>,
    /// What staff do in sight.
    pub frontstage: Rare<Act<S>>,
    /// What staff do out of sight.
    pub backstage: Rare<Act<S>>,
    /// What systems and partners do.
    pub support: Rare<Act<S>>,
    /// Whether it happens without the customer: a column of a blueprint where only others act.
    pub unseen: bool,
    /// What breaks here, of the blueprint's fail points.
    pub fails: List<S::Link<FailPoint>>,
    /// How long the customer waits, in words.
    pub waits: Rare<Text>,
    /// Steps of this map that may follow; `None` for simply the next. An id counts steps over all stages, from 0.
    pub leads_to: Option<List<S::Link<Step>>>,
    /// Who comes into the journey here, in words; the first step needs no such word.
    pub entry: Rare<Text>,
    /// Who leaves the journey here, in words; the last step needs no such word.
    pub exit: Rare<Text>,
    /// The map that shows this step in detail.
    pub opens: Option<S::Link<JourneyMap>>,
    /// Where that is written.
    pub opens_at: Option<Span>,
    /// A picture.
    pub image: Rare<Image<S>>,
    /// What lanes of the handbook's own hold for it.
    pub own: List<OwnCell<S>>,
}

impl<S: State> Seldom<S> {
    /// None of it.
    pub const NONE: Self = Self {
        moment: Rare::NONE,
        says: Rare::NONE,
        when: Rare::NONE,
        time: None,
        evidence: Rare::NONE,
        frontstage: Rare::NONE,
        backstage: Rare::NONE,
        support: Rare::NONE,
        unseen: false,
        fails: List::EMPTY,
        waits: Rare::NONE,
        leads_to: None,
        entry: Rare::NONE,
        exit: Rare::NONE,
        opens: None,
        opens_at: None,
        image: Rare::NONE,
        own: List::EMPTY,
    };
    /// The same, to be read.
    const NOTHING: &Self = &Self::NONE;

    /// The same, missing if it is none of it.
    pub fn if_any(self) -> Rare<Self> {
        Some(self).filter(|seldom| *seldom != Self::NONE).into()
    }
}

impl<S: State> Deref for Step<S> {
    type Target = Seldom<S>;

    fn deref(&self) -> &Seldom<S> {
        self.seldom.as_ref().unwrap_or(Seldom::NOTHING)
    }
}

/// Why a step decides whether the customer stays.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct MomentOfTruth {
    /// The reason, in a sentence.
    pub why: Text,
}

/// What hurts at a step.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Pain<S: State = Linked> {
    /// What hurts.
    pub text: Text,
    /// How bad; `None` if nobody said.
    pub severity: Option<PainSeverity>,
    /// The evidence for this pain; the step's if empty.
    pub insights: List<S::Link<Insight>>,
    /// What answers this pain; the step's if empty.
    pub opportunities: List<S::Link<Opportunity>>,
}

/// How bad a pain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Image<S: State = Linked> {
    /// The file; `None` if it is missing.
    pub file: Option<S::Link<Asset>>,
    /// What it shows, for those who do not see it.
    pub alt: Text,
}

impl<S: State> Step<S> {
    /// What happens, in a few words: the label for the curve, or else the action.
    pub fn label(&self) -> &Text {
        self.moment.as_ref().unwrap_or(&self.action)
    }

    /// The evidence of something said at this step: its own, or else the step's.
    pub fn evidence_of<'a>(&'a self, own: &'a [S::Link<Insight>]) -> &'a [S::Link<Insight>] {
        if own.is_empty() { &self.insights } else { own }
    }

    /// Whether nothing stands behind it: no insight of its own, none of its pains', none of its quote's.
    pub fn is_assumption(&self) -> bool {
        self.insights.is_empty()
            && self.pains.iter().all(|pain| pain.insights.is_empty())
            && self.says.as_ref().is_none_or(|quote| quote.insights.is_empty())
    }
}

impl<S: State> JourneyMap<S> {
    /// What kind of map it is.
    pub fn kind(&self) -> MapKind {
        self.contents.kind()
    }

    /// The current-state map that a future-state map starts from.
    pub fn baseline(&self) -> Option<&S::Link<JourneyMap>> {
        match &self.contents {
            Contents::FutureState(future) => future.baseline.as_ref(),
            _ => None,
        }
    }

    /// The several people of a persona-based map.
    pub fn crowd(&self) -> Option<&Crowd<S>> {
        match &self.contents {
            Contents::PersonaBased(crowd) => Some(crowd),
            _ => None,
        }
    }

    /// Everybody whose journey it is.
    pub fn personas(&self) -> impl Iterator<Item = &S::Link<Persona>> {
        let several: &[_] = self.crowd().map_or(&[], |crowd| &crowd.personas);
        let days: &[_] = match &self.contents {
            Contents::DayInTheLife(days) => days,
            _ => &[],
        };
        self.persona.iter().chain(several).chain(days.iter().filter_map(|day| day.actor.as_ref()))
    }

    /// Whether links to a step's id mean the step: where a stage has the same id, they mean the stage.
    pub fn has_own_place(&self, step: &Step<S>) -> bool {
        self.stages.iter().all(|stage| stage.name != step.name)
    }

    /// Every step with its stage, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&Stage<S>, &Step<S>)> {
        self.stages.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)))
    }
}

impl JourneyMap {
    /// The steps that may follow each step, by their places over all stages from 0: what its `leads_to` says, each once,
    /// or else simply the next.
    pub fn onward(&self) -> Vec<Vec<usize>> {
        let all = self.steps().count();
        (self.steps().enumerate())
            .map(|(at, (_, step))| match &step.leads_to {
                Some(ids) => {
                    let mut to: Vec<usize> = ids.iter().map(|id| id.index()).filter(|&to| to < all).collect();
                    to.sort_unstable();
                    to.dedup();
                    to
                }
                None => (at + 1 < all).then_some(at + 1).into_iter().collect(),
            })
            .collect()
    }
}
