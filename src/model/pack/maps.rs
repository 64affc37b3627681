//! Journey maps as bytes.

use super::{Pack, Packer, Unpacker, pack_enum, pack_struct};
use crate::model::kinds::{
    Actors, Blueprint, Claim, Clock, Crowd, Day, Difference, Empathy, FailPoint, Flow, Future, Nature, Observation,
    Quadrant, Scene, StepTime, Tension,
};
use crate::model::{
    Act, Contents, Draft, Image, JourneyMap, Lane, LaneKind, LaneValue, MomentOfTruth, OwnCell, OwnLane, Pain,
    PainSeverity, Seldom, Stage, Step,
};

pack_struct! {
    JourneyMap<Draft> {
        item, contents, persona, journey, finding, scenario, purpose, outcome, stage_set, lanes, stages,
    }
    Stage<Draft> { name, span, title, duration, fix_first, goals, owner, metrics, opens, opens_at, own, steps }
    Step<Draft> {
        name, span, action, touchpoint, touchpoint_at, thinks, feels, feeling, needs, gains, pains, moment_of_truth,
        insights, opportunities, metrics, seldom,
    }
    Seldom<Draft> {
        moment, says, when, time, evidence, frontstage, backstage, support, unseen, fails, waits, leads_to, entry, exit,
        opens, opens_at, image, own,
    }
    MomentOfTruth { why }
    Pain<Draft> { text, severity, insights, opportunities }
    Image<Draft> { file, alt }
    OwnLane { name, span, title, kind, icon, ours }
    OwnCell<Draft> { lane, value }
    Act<Draft> { text, team, fails, waits, flow }
    Blueprint<Draft> { actors, fail_points }
    Actors<Draft> { frontstage, backstage, support }
    FailPoint<Draft> { name, span, title, known, insights, opportunities }
    Crowd<Draft> { personas, differences }
    Difference<Draft> {
        persona, place, step, span, skips, action, touchpoint, thinks, says, feels, feeling, pains,
    }
    Day<Draft> { actor, summary, from, minutes, scenes }
    Scene { title, start, end, ours }
    StepTime { at, until, minute, nature }
    Empathy<Draft> { moment, segment, says, thinks, does, feels, pains, gains, tensions }
    Observation<Draft> { text, note, feels, insights }
    Tension { one, other, so }
    Future<Draft> { baseline, baseline_at, assumptions, left_alone, proof }
    Claim<Draft> { text, insights }
}

pack_enum! {
    Contents<Draft> {
        0 Experience, 1 CurrentState, 2 FutureState(future), 3 DayInTheLife(days), 4 Empathy(empathy),
        5 PersonaBased(crowd), 6 ServiceBlueprint(blueprint),
    }
    Lane<Draft> {
        0 Feelings, 1 Goals, 2 Actions, 3 Touchpoints, 4 Thoughts, 5 Quotes, 6 Needs, 7 Pains, 8 Gains, 9 Opportunities,
        10 Metrics, 11 Owner, 12 Storyboard, 13 Evidence, 14 Frontstage, 15 Backstage, 16 Support, 17 Own(lane),
    }
    LaneValue<Draft> { 0 Text(text), 1 List(texts), 2 Image(image), 3 Link(to, text), 4 Outside(to, text), 5 Number(number) }
    LaneKind { 0 Text, 1 List, 2 Image, 3 Link, 4 Number }
    PainSeverity { 0 Low, 1 Medium, 2 High }
    Flow { 0 Down, 1 Up, 2 Both, 3 None }
    Nature { 0 Habit, 1 Duty, 2 Choice }
    Quadrant { 0 Says, 1 Thinks, 2 Does, 3 Feels }
}

impl Pack for Clock {
    fn pack(&self, out: &mut Packer<'_>) {
        self.minutes().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        u16::unpack(from).map(Self::of)
    }
}
