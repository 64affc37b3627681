//! The links that each kind of map adds.

use super::journey::{Local, link_pain, link_to};
use super::linker::Linker;
use super::quote;
use crate::model::Draft;
use crate::model::kinds::{
    Actors, Blueprint, Claim, Contents, Crowd, Day, Difference, Empathy, FailPoint, Future, Observation,
};

/// Follows every link of what a map's kind holds.
pub(super) fn link(contents: Contents<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Contents {
    match contents {
        Contents::Experience => Contents::Experience,
        Contents::CurrentState => Contents::CurrentState,
        Contents::FutureState(future) => Contents::FutureState(link_future(future, linker)),
        Contents::DayInTheLife(days) => {
            Contents::DayInTheLife(days.into_iter().map(|day| link_day(day, linker)).collect())
        }
        Contents::Empathy(empathy) => Contents::Empathy(Box::new(link_empathy(*empathy, linker))),
        Contents::PersonaBased(crowd) => Contents::PersonaBased(link_crowd(crowd, local, linker)),
        Contents::ServiceBlueprint(blueprint) => Contents::ServiceBlueprint(link_blueprint(blueprint, linker)),
    }
}

fn link_future(future: Future<Draft>, linker: &mut Linker<'_>) -> Future {
    let claim =
        |claim: Claim<Draft>, linker: &mut Linker<'_>| Claim { text: claim.text, insights: linker.ids(claim.insights) };
    Future {
        baseline: linker.maybe(future.baseline),
        baseline_at: future.baseline_at,
        assumptions: future.assumptions.into_iter().map(|draft| claim(draft, linker)).collect(),
        left_alone: future.left_alone,
        proof: future.proof,
    }
}

fn link_day(day: Day<Draft>, linker: &mut Linker<'_>) -> Day {
    Day {
        actor: linker.maybe(day.actor),
        summary: day.summary,
        from: day.from,
        minutes: day.minutes,
        scenes: day.scenes,
    }
}

fn link_empathy(empathy: Empathy<Draft>, linker: &mut Linker<'_>) -> Empathy {
    let observations = |observations: Vec<Observation<Draft>>, linker: &mut Linker<'_>| {
        let linked = observations.into_iter().map(|seen| Observation {
            text: seen.text,
            note: seen.note,
            feels: seen.feels,
            insights: linker.ids(seen.insights),
        });
        linked.collect()
    };
    Empathy {
        moment: empathy.moment,
        segment: empathy.segment,
        says: empathy.says.into_iter().map(|says| quote(says, linker)).collect(),
        thinks: observations(empathy.thinks, linker),
        does: observations(empathy.does, linker),
        feels: observations(empathy.feels, linker),
        pains: empathy.pains.into_iter().map(|pain| link_pain(pain, linker)).collect(),
        gains: observations(empathy.gains, linker),
        tensions: empathy.tensions,
    }
}

fn link_crowd(crowd: Crowd<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Crowd {
    let difference = |difference: Difference<Draft>, linker: &mut Linker<'_>| {
        let persona = linker.id(difference.persona);
        let step = link_to(&difference.step, local, linker);
        Some(Difference {
            touchpoint: linker.maybe(difference.touchpoint),
            says: difference.says.map(|says| quote(says, linker)),
            pains: difference.pains.into_iter().map(|pain| link_pain(pain, linker)).collect(),
            persona: persona?,
            step: step?,
            place: difference.place,
            span: difference.span,
            skips: difference.skips,
            action: difference.action,
            thinks: difference.thinks,
            feels: difference.feels,
            feeling: difference.feeling,
        })
    };
    Crowd {
        personas: linker.ids(crowd.personas),
        differences: crowd.differences.into_iter().filter_map(|draft| difference(draft, linker)).collect(),
    }
}

fn link_blueprint(blueprint: Blueprint<Draft>, linker: &mut Linker<'_>) -> Blueprint {
    let actors = blueprint.actors;
    let fail_point = |point: FailPoint<Draft>, linker: &mut Linker<'_>| FailPoint {
        name: point.name,
        span: point.span,
        title: point.title,
        known: point.known,
        insights: linker.ids(point.insights),
        opportunities: linker.ids(point.opportunities),
    };
    Blueprint {
        actors: Actors {
            frontstage: linker.maybe(actors.frontstage),
            backstage: linker.maybe(actors.backstage),
            support: linker.maybe(actors.support),
        },
        fail_points: blueprint.fail_points.into_iter().map(|draft| fail_point(draft, linker)).collect(),
    }
}
