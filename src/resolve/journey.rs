//! The links of a journey map: to the catalog, to the evidence, and from step to step. What its kind adds is
//! linked in `kinds`.

use super::linker::Linker;
use super::{item, kinds, prose, quote};
use crate::diag::Code;
use crate::model::kinds::{Act, FailPoint};
use crate::model::{
    Contents, Draft, Id, Image, JourneyMap, LaneValue, List, Named, OwnCell, Pain, Seldom, Stage, Step,
};

/// The places of a map that its own links name.
pub(super) struct Local<'i> {
    /// The ids of its steps, over all stages.
    pub(super) steps: &'i [String],
    /// The ids of its fail points.
    fail_points: Vec<String>,
}

/// Follows every link of a map.
pub(super) fn link(id: Id<JourneyMap>, map: JourneyMap<Draft>, linker: &mut Linker<'_>) -> JourneyMap {
    let index = linker.index;
    let local = Local {
        // Of one that could not be read there are none.
        steps: index.steps.get(id.index()).and_then(Option::as_deref).unwrap_or_default(),
        fail_points: match &map.contents {
            Contents::ServiceBlueprint(blueprint) => {
                blueprint.fail_points.iter().map(|point| point.name.clone()).collect()
            }
            _ => Vec::new(),
        },
    };
    let local = &local;
    JourneyMap {
        item: item(map.item, linker),
        contents: kinds::link(map.contents, local, linker),
        persona: linker.maybe(map.persona),
        journey: linker.maybe(map.journey),
        finding: map.finding,
        scenario: map.scenario,
        purpose: map.purpose,
        outcome: map.outcome,
        stage_set: linker.maybe(map.stage_set),
        lanes: map.lanes.into_iter().filter_map(|lane| prose::link_lane(lane, linker)).collect(),
        stages: map.stages.into_iter().map(|stage| link_stage(stage, local, linker)).collect(),
    }
}

fn link_stage(stage: Stage<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Stage {
    Stage {
        name: stage.name,
        span: stage.span,
        title: stage.title,
        duration: stage.duration,
        fix_first: stage.fix_first,
        goals: stage.goals,
        owner: linker.maybe(stage.owner),
        metrics: linker.ids(stage.metrics),
        opens_at: stage.opens_at,
        opens: linker.maybe(stage.opens),
        own: link_own(stage.own, linker),
        steps: stage.steps.into_iter().map(|step| link_step(step, local, linker)).collect(),
    }
}

fn link_step(step: Step<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Step {
    Step {
        name: step.name,
        span: step.span,
        action: step.action,
        touchpoint_at: step.touchpoint_at,
        touchpoint: linker.maybe(step.touchpoint),
        thinks: step.thinks,
        feels: step.feels,
        feeling: step.feeling,
        needs: step.needs,
        gains: step.gains,
        pains: step.pains.map(|pain| link_pain(pain, linker)),
        moment_of_truth: step.moment_of_truth,
        insights: linker.ids(step.insights),
        opportunities: linker.ids(step.opportunities),
        metrics: linker.ids(step.metrics),
        seldom: step.seldom.map(|seldom| link_seldom(seldom, local, linker)),
    }
}

fn link_seldom(seldom: Seldom<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Seldom {
    Seldom {
        moment: seldom.moment,
        says: seldom.says.map(|says| quote(says, linker)),
        when: seldom.when,
        time: seldom.time,
        evidence: seldom.evidence,
        frontstage: seldom.frontstage.map(|act| link_act(act, local, linker)),
        backstage: seldom.backstage.map(|act| link_act(act, local, linker)),
        support: seldom.support.map(|act| link_act(act, local, linker)),
        unseen: seldom.unseen,
        fails: link_fails(&seldom.fails, local, linker),
        waits: seldom.waits,
        leads_to: seldom.leads_to.map(|to| to.iter().filter_map(|to| link_to(to, local, linker)).collect()),
        entry: seldom.entry,
        exit: seldom.exit,
        opens_at: seldom.opens_at,
        opens: linker.maybe(seldom.opens),
        image: seldom.image.map(|image| link_image(image, linker)),
        own: link_own(seldom.own, linker),
    }
}

/// A step of the same map.
pub(super) fn link_to(to: &Named<Step>, local: &Local<'_>, linker: &mut Linker<'_>) -> Option<Id<Step>> {
    linker.local(to, local.steps, Code::UnknownStep, "step")
}

fn link_act(act: Act<Draft>, local: &Local<'_>, linker: &mut Linker<'_>) -> Act {
    Act {
        text: act.text,
        team: linker.maybe(act.team),
        fails: link_fails(&act.fails, local, linker),
        waits: act.waits,
        flow: act.flow,
    }
}

fn link_fails(fails: &[Named<FailPoint>], local: &Local<'_>, linker: &mut Linker<'_>) -> List<Id<FailPoint>> {
    let known = &local.fail_points;
    fails.iter().filter_map(|point| linker.local(point, known, Code::UnknownFailPoint, "fail point")).collect()
}

fn link_own(cells: List<OwnCell<Draft>>, linker: &mut Linker<'_>) -> List<OwnCell> {
    let cells = cells.into_iter().filter_map(|cell| {
        let value = match cell.value {
            LaneValue::Text(text) => LaneValue::Text(text),
            LaneValue::List(texts) => LaneValue::List(texts),
            LaneValue::Image(image) => LaneValue::Image(link_image(image, linker)),
            LaneValue::Link(to, text) => LaneValue::Link(linker.reference(to, &[]), text),
            LaneValue::Outside(address, text) => LaneValue::Outside(address, text),
            LaneValue::Number(number) => LaneValue::Number(number),
        };
        Some(OwnCell { lane: linker.lane(cell.lane)?, value })
    });
    cells.collect()
}

fn link_image(image: Image<Draft>, linker: &mut Linker<'_>) -> Image {
    Image { file: linker.asset(image.file), alt: image.alt }
}

pub(super) fn link_pain(pain: Pain<Draft>, linker: &mut Linker<'_>) -> Pain {
    Pain {
        text: pain.text,
        severity: pain.severity,
        insights: linker.ids(pain.insights),
        opportunities: linker.ids(pain.opportunities),
    }
}
