//! What rests on a piece of evidence: the statements of maps that cite it, and the items that name it.

use super::evidence_coverage::{StatementKind, statements};
use super::uses::Uses;
use crate::model::hurt;
use crate::model::{Contents, Handbook, Id, Insight, JourneyMap, Persona, Target, Text};

/// What kind of thing rests on evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RestKind {
    Pain,
    Quote,
    Feeling,
    Observation,
    FailPoint,
    /// What a future state takes to be true.
    Claim,
    /// A step that states nothing else: what the customer does there.
    Step,
}

/// One thing on a map that rests on a piece of evidence.
#[derive(Debug, Clone, Copy)]
pub struct Rest<'a> {
    /// What it is.
    pub kind: RestKind,
    /// The map.
    pub map: Id<JourneyMap>,
    /// The stage, from 0; `None` for what stands on the map as a whole.
    pub stage: Option<usize>,
    /// The step in the stage, from 0.
    pub step: Option<usize>,
    /// The one of several personas of whom alone it is said.
    pub by: Option<Id<Persona>>,
    /// Its words.
    pub text: &'a Text,
}

/// How much rests on a piece of evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RestCounts {
    pub steps: usize,
    pub pains: usize,
    pub quotes: usize,
    pub personas: usize,
    pub touchpoints: usize,
    pub opportunities: usize,
    pub metrics: usize,
}

/// Everything on maps that rests on a piece of evidence, map by map. Figures are not among it: they rest on it through
/// their metric.
pub fn rests<'a>(handbook: &'a Handbook, uses: &Uses, id: Id<Insight>) -> Vec<Rest<'a>> {
    let mut all = Vec::new();
    for map in maps(uses, id) {
        resting_on(handbook, uses, map, id, &mut all);
    }
    all
}

/// The maps on which anything rests on it.
fn maps(uses: &Uses, id: Id<Insight>) -> Vec<Id<JourneyMap>> {
    let cited = uses.cited(Target::Insight(id)).iter().filter_map(|target| match target {
        Target::Map(map) => Some(*map),
        _ => None,
    });
    let mut maps: Vec<Id<JourneyMap>> = uses.insight(id).iter().map(|place| place.map).chain(cited).collect();
    maps.sort_unstable();
    maps.dedup();
    maps
}

fn resting_on<'a>(
    handbook: &'a Handbook,
    uses: &Uses,
    id: Id<JourneyMap>,
    insight: Id<Insight>,
    all: &mut Vec<Rest<'a>>,
) {
    let map = &handbook[id];
    let begin = all.len();
    for statement in statements(handbook, map).into_iter().filter(|one| one.insights.contains(&insight)) {
        let kind = match statement.kind {
            StatementKind::Pain => RestKind::Pain,
            StatementKind::Quote => RestKind::Quote,
            StatementKind::Feeling => RestKind::Feeling,
            StatementKind::Observation => RestKind::Observation,
            StatementKind::Figure => continue,
        };
        let text = match (kind, statement.stage.zip(statement.step)) {
            (RestKind::Feeling, Some((stage, step))) => {
                let step = &map.stages[stage].steps[step];
                step.feeling.as_ref().filter(|_| statement.by.is_none()).unwrap_or(step.label())
            }
            _ => statement.text,
        };
        all.push(Rest { kind, map: id, stage: statement.stage, step: statement.step, by: statement.by, text });
    }
    let whole = |kind, text| Rest { kind, map: id, stage: None, step: None, by: None, text };
    for (number, point) in map.blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points).iter().enumerate() {
        if point.insights.contains(&insight) {
            let (stage, step) = hurt::breaks_at(map, number).unzip();
            all.push(Rest { stage, step, ..whole(RestKind::FailPoint, &point.title) });
        }
    }
    if let Contents::FutureState(future) = &map.contents {
        let claims = future.assumptions.iter().filter(|claim| claim.insights.contains(&insight));
        all.extend(claims.map(|claim| whole(RestKind::Claim, &claim.text)));
    }
    for place in uses.insight(insight).iter().filter(|place| place.map == id && place.by.is_none()) {
        let step = &map.stages[place.stage()].steps[place.step()];
        let here = |rest: &Rest<'_>| (rest.stage, rest.step) == (Some(place.stage()), Some(place.step()));
        if step.insights.contains(&insight) && !all[begin..].iter().any(here) {
            let (stage, step_at) = (Some(place.stage()), Some(place.step()));
            all.push(Rest { kind: RestKind::Step, map: id, stage, step: step_at, by: None, text: &step.action });
        }
    }
}

/// How much rests on a piece of evidence.
pub fn counts(handbook: &Handbook, uses: &Uses, id: Id<Insight>) -> RestCounts {
    let rests = rests(handbook, uses, id);
    let of = |kind| rests.iter().filter(|rest| rest.kind == kind).count();
    let mut steps: Vec<_> = uses.insight(id).iter().map(|place| (place.map, place.stage(), place.step())).collect();
    steps.dedup();
    let cited = uses.cited(Target::Insight(id));
    let cited = |is: fn(&Target) -> bool| cited.iter().filter(|target| is(target)).count();
    RestCounts {
        steps: steps.len(),
        pains: of(RestKind::Pain),
        quotes: of(RestKind::Quote),
        personas: cited(|target| matches!(target, Target::Persona(_))),
        touchpoints: cited(|target| matches!(target, Target::Touchpoint(_))),
        opportunities: cited(|target| matches!(target, Target::Opportunity(_))),
        metrics: cited(|target| matches!(target, Target::Metric(_))),
    }
}
