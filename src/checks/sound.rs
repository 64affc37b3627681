//! What rules look at: only what was written without errors.
//!
//! A rule tells what is missing, and an error may be why: a misspelt touchpoint is named in vain, a misspelt key says
//! nothing. One mistake is told once. So no rule sees an item whose file has an error in it, and what nothing leads
//! to is only told of a handbook that has none at all.

use std::sync::{Arc, OnceLock};

use crate::diag::{Place, Report, Severity};
use crate::hash::HashSet;
use crate::model::hurt::Gaps;
use crate::model::{Contents, Handbook, Id, Insight, Item, JourneyMap, Metric, Opportunity, Persona, Step, Touchpoint};
use crate::original::{Original, Translation};
use crate::source::FileId;

/// A handbook without what has errors in it.
pub(super) struct Sound<'h> {
    /// The handbook, with what has errors.
    pub(super) handbook: &'h Handbook,
    faulty: HashSet<FileId>,
    whole: bool,
    gaps: OnceLock<Arc<Gaps>>,
}

impl<'h> Sound<'h> {
    /// What is sound of a handbook of which this has been said, and whose gaps may be known.
    pub(super) fn of(handbook: &'h Handbook, gaps: OnceLock<Arc<Gaps>>, report: &Report) -> Self {
        let errors = || report.iter().filter(|said| said.severity == Severity::Error);
        let files = errors().filter_map(|said| match &said.place {
            Place::Source(span) => Some(span.file),
            _ => None,
        });
        Self { handbook, faulty: files.collect(), whole: errors().next().is_none(), gaps }
    }

    /// The whole handbook, if nothing in it is wrong.
    pub(super) fn whole(&self) -> Option<&'h Handbook> {
        self.whole.then_some(self.handbook)
    }

    /// What answers which pain, found when the first rule asks.
    pub(super) fn gaps(&self) -> &Gaps {
        self.gaps.get_or_init(|| Gaps::of(self.handbook).into())
    }

    /// Whether an item was read without errors.
    pub(super) fn is(&self, item: &Item) -> bool {
        !item.unread && !self.faulty.contains(&item.file)
    }

    /// Every translation that was read without errors, of an original of which this is true too.
    pub(super) fn translations(&self) -> impl Iterator<Item = (&'h Original, &'h Translation)> {
        let originals = self.handbook.originals.iter().filter(|original| !self.faulty.contains(&original.file));
        originals
            .flat_map(|original| original.translations.iter().map(move |translation| (original, translation)))
            .filter(|(_, translation)| !self.faulty.contains(&translation.file))
    }

    /// Every original that was read without errors and holds texts.
    pub(super) fn originals(&self) -> impl Iterator<Item = &'h Original> {
        let originals = self.handbook.originals.iter();
        originals.filter(|original| original.texts > 0 && !self.faulty.contains(&original.file))
    }

    /// The maps.
    pub(super) fn maps(&self) -> impl Iterator<Item = &'h JourneyMap> {
        self.handbook.maps.iter().filter(|map| self.is(&map.item))
    }

    /// The personas.
    pub(super) fn personas(&self) -> impl Iterator<Item = &'h Persona> {
        self.handbook.personas.iter().filter(|persona| self.is(&persona.item))
    }

    /// The opportunities.
    pub(super) fn opportunities(&self) -> impl Iterator<Item = &'h Opportunity> {
        self.handbook.opportunities.iter().filter(|opportunity| self.is(&opportunity.item))
    }

    /// The metrics.
    pub(super) fn metrics(&self) -> impl Iterator<Item = &'h Metric> {
        self.handbook.metrics.iter().filter(|metric| self.is(&metric.item))
    }
}

/// Where a map's step meets the organisation: at its own touchpoint and at those of the personas who differ there.
/// `number` counts steps over all stages, from 0.
pub(super) fn touchpoints<'h>(
    map: &'h JourneyMap,
    number: usize,
    step: &'h Step,
) -> impl Iterator<Item = Id<Touchpoint>> + 'h {
    let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
    let others = others.filter(move |other| other.step.index() == number).filter_map(|other| other.touchpoint);
    step.touchpoint.into_iter().chain(others)
}

/// The insights on which something rests, by their places in the handbook.
pub(super) fn cited(handbook: &Handbook) -> Vec<bool> {
    let mut cited = vec![false; handbook.insights.len()];
    let mut cite = |insights: &[Id<Insight>]| insights.iter().for_each(|insight| cited[insight.index()] = true);
    for map in &handbook.maps {
        for (_, step) in map.steps() {
            cite(&step.insights);
            step.pains.iter().for_each(|pain| cite(&pain.insights));
            step.says.iter().for_each(|quote| cite(&quote.insights));
        }
        match &map.contents {
            Contents::Empathy(empathy) => empathy.evidence().for_each(&mut cite),
            Contents::FutureState(future) => future.assumptions.iter().for_each(|claim| cite(&claim.insights)),
            Contents::ServiceBlueprint(blueprint) => {
                blueprint.fail_points.iter().for_each(|point| cite(&point.insights));
            }
            Contents::PersonaBased(crowd) => {
                for other in &crowd.differences {
                    other.pains.iter().for_each(|pain| cite(&pain.insights));
                    other.says.iter().for_each(|quote| cite(&quote.insights));
                }
            }
            _ => {}
        }
    }
    handbook.personas.iter().flat_map(|persona| &persona.quote).for_each(|quote| cite(&quote.insights));
    handbook.touchpoints.iter().for_each(|touchpoint| cite(&touchpoint.insights));
    handbook.opportunities.iter().for_each(|opportunity| cite(&opportunity.insights));
    handbook.metrics.iter().for_each(|metric| cite(&metric.insights));
    cited
}
