//! The links of a journey map: to the catalog, to the evidence, and from step to step.

use super::linker::Linker;
use super::{item, prose, quote};
use crate::diag::Code;
use crate::model::{Draft, Image, JourneyMap, Pain, Stage, Step};

/// Follows every link of a map.
pub(super) fn link(map: JourneyMap<Draft>, linker: &mut Linker<'_>) -> JourneyMap {
    let steps: Vec<String> = map.steps().map(|(_, step)| step.name.clone()).collect();
    JourneyMap {
        item: item(map.item, linker),
        kind: map.kind,
        persona: linker.maybe(map.persona),
        finding: map.finding,
        scenario: map.scenario,
        purpose: map.purpose,
        outcome: map.outcome,
        baseline: linker.maybe(map.baseline),
        stage_set: linker.maybe(map.stage_set),
        lanes: map.lanes.into_iter().filter_map(|lane| prose::link_lane(lane, linker)).collect(),
        stages: map.stages.into_iter().map(|stage| link_stage(stage, &steps, linker)).collect(),
    }
}

fn link_stage(stage: Stage<Draft>, steps: &[String], linker: &mut Linker<'_>) -> Stage {
    Stage {
        name: stage.name,
        span: stage.span,
        title: stage.title,
        duration: stage.duration,
        fix_first: stage.fix_first,
        goals: stage.goals,
        owner: linker.maybe(stage.owner),
        metrics: linker.ids(stage.metrics),
        opens: linker.maybe(stage.opens),
        steps: stage.steps.into_iter().map(|step| link_step(step, steps, linker)).collect(),
    }
}

fn link_step(step: Step<Draft>, steps: &[String], linker: &mut Linker<'_>) -> Step {
    Step {
        name: step.name,
        span: step.span,
        action: step.action,
        moment: step.moment,
        touchpoint: linker.maybe(step.touchpoint),
        thinks: step.thinks,
        says: step.says.map(|says| quote(says, linker)),
        feels: step.feels,
        feeling: step.feeling,
        needs: step.needs,
        gains: step.gains,
        pains: step.pains.into_iter().map(|pain| link_pain(pain, linker)).collect(),
        moment_of_truth: step.moment_of_truth,
        insights: linker.ids(step.insights),
        opportunities: linker.ids(step.opportunities),
        metrics: linker.ids(step.metrics),
        frontstage: step.frontstage,
        backstage: step.backstage,
        support: step.support,
        leads_to: step.leads_to.iter().filter_map(|to| linker.local(to, steps, Code::UnknownStep, "step")).collect(),
        opens: linker.maybe(step.opens),
        image: step.image.map(|image| Image { file: linker.asset(image.file), alt: image.alt }),
    }
}

fn link_pain(pain: Pain<Draft>, linker: &mut Linker<'_>) -> Pain {
    Pain {
        text: pain.text,
        severity: pain.severity,
        insights: linker.ids(pain.insights),
        opportunities: linker.ids(pain.opportunities),
    }
}
