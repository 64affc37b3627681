//! What rules look at: only what was written without errors.
//!
//! A rule tells what is missing, and an error may be why: a misspelt touchpoint is named in vain, a misspelt key says
//! nothing. One mistake is told once. So no rule sees an item whose file has an error in it, and what nothing leads
//! to is only told of a handbook that has none at all.

use std::collections::HashSet;

use crate::diag::{Place, Report, Severity};
use crate::model::{
    Contents, Handbook, Id, Insight, Item, JourneyMap, Metric, Opportunity, Pain, Persona, Step, Touchpoint,
};
use crate::source::FileId;

/// A handbook without what has errors in it.
pub(super) struct Sound<'h> {
    /// The handbook, with what has errors.
    pub(super) handbook: &'h Handbook,
    faulty: HashSet<FileId>,
    whole: bool,
}

impl<'h> Sound<'h> {
    /// What is sound of a handbook of which this has been said.
    pub(super) fn of(handbook: &'h Handbook, report: &Report) -> Self {
        let errors = || report.iter().filter(|said| said.severity == Severity::Error);
        let files = errors().filter_map(|said| match &said.place {
            Place::Source(span) => Some(span.file),
            _ => None,
        });
        Self { handbook, faulty: files.collect(), whole: errors().next().is_none() }
    }

    /// The whole handbook, if nothing in it is wrong.
    pub(super) fn whole(&self) -> Option<&'h Handbook> {
        self.whole.then_some(self.handbook)
    }

    /// Whether an item was read without errors.
    pub(super) fn is(&self, item: &Item) -> bool {
        !item.unread && !self.faulty.contains(&item.file)
    }

    /// Every item, by its head.
    pub(super) fn items(&self) -> impl Iterator<Item = &'h Item> {
        self.handbook.items().filter(|item| self.is(item))
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

/// The pains of a map and what answers each besides its own opportunities: those of its step, and of the fail points
/// that the step names.
pub(super) fn pains(map: &JourneyMap) -> Vec<(&Pain, Vec<Id<Opportunity>>)> {
    let mut pains = Vec::new();
    let steps: Vec<&Step> = map.steps().map(|(_, step)| step).collect();
    for step in &steps {
        let shared = answers(map, step);
        pains.extend(step.pains.iter().map(|pain| (pain, shared.clone())));
    }
    for other in map.crowd().into_iter().flat_map(|crowd| &crowd.differences) {
        let shared = steps.get(other.step.index()).map_or_else(Vec::new, |step| answers(map, step));
        pains.extend(other.pains.iter().map(|pain| (pain, shared.clone())));
    }
    if let Contents::Empathy(empathy) = &map.contents {
        pains.extend(empathy.pains.iter().map(|pain| (pain, Vec::new())));
    }
    pains
}

/// The opportunities of a step, and of the fail points that it names.
fn answers(map: &JourneyMap, step: &Step) -> Vec<Id<Opportunity>> {
    let points = map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
    let failing = step.breaks().filter_map(|fail| points.get(fail.index()));
    step.opportunities.iter().chain(failing.flat_map(|point| &point.opportunities)).copied().collect()
}

/// Every opportunity that a map names, at a pain, a step or a fail point; with repetitions.
pub(super) fn opportunities(map: &JourneyMap) -> impl Iterator<Item = Id<Opportunity>> {
    let of_steps = map.steps().flat_map(|(_, step)| step.opportunities.iter().copied());
    let of_pains = pains(map).into_iter().flat_map(|(pain, _)| pain.opportunities.iter().copied());
    let points = map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
    of_steps.chain(of_pains).chain(points.iter().flat_map(|point| point.opportunities.iter().copied()))
}

/// The insights on which something rests, by their places in the handbook.
pub(super) fn cited(handbook: &Handbook) -> Vec<bool> {
    let mut cited = vec![false; handbook.insights.len()];
    let mut cite = |insights: &[Id<Insight>]| insights.iter().for_each(|insight| cited[insight.index()] = true);
    for map in &handbook.maps {
        pains(map).into_iter().for_each(|(pain, _)| cite(&pain.insights));
        for (_, step) in map.steps() {
            cite(&step.insights);
            step.says.iter().for_each(|quote| cite(&quote.insights));
        }
        match &map.contents {
            Contents::Empathy(empathy) => empathy.evidence().for_each(&mut cite),
            Contents::FutureState(future) => future.assumptions.iter().for_each(|claim| cite(&claim.insights)),
            Contents::ServiceBlueprint(blueprint) => {
                blueprint.fail_points.iter().for_each(|point| cite(&point.insights));
            }
            Contents::PersonaBased(crowd) => {
                crowd.differences.iter().flat_map(|other| &other.says).for_each(|quote| cite(&quote.insights));
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
