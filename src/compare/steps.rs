//! Which steps are the same, and what of them changed.

use super::{Match, Place, Side, StageChange, matches, maybe, names, text, texts};
use crate::model::kinds::{Act, Contents};
use crate::model::{Feeling, Id, JourneyMap, List, Noun, Rare, Step};

/// What became of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepChange {
    /// Where it stands in each map.
    pub step: Match<Place>,
    /// Whether it stands in another stage. Its order within a stage is told by the stage.
    pub moved: bool,
    /// What of it was changed; empty unless both maps have it.
    pub changed: Vec<StepPart>,
    /// How it feels, before and after; `None` if nobody said, or there is no such step.
    pub feels: [Option<Feeling>; 2],
}

/// What may change about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the step's fields")]
pub enum StepPart {
    Action,
    Moment,
    Touchpoint,
    Thinks,
    Says,
    /// How it feels, and the word for it.
    Feels,
    Needs,
    Gains,
    Pains,
    MomentOfTruth,
    Insights,
    Opportunities,
    Metrics,
    /// In words, or by the clock.
    When,
    Evidence,
    Frontstage,
    Backstage,
    Support,
    /// What breaks, and how long the customer waits.
    Fails,
    /// What may follow, who comes in and who leaves.
    LeadsTo,
    Opens,
    Unseen,
}

/// Every step of the earlier map with its counterpart, in order.
pub(super) fn pairs(before: &JourneyMap, after: &JourneyMap) -> Vec<(Place, Option<Place>)> {
    let (was, is) = (places(before), places(after));
    let name = |map: &JourneyMap, place: &Place| place.of(map).name.clone();
    let keys: [Vec<String>; 2] =
        [was.iter().map(|place| name(before, place)).collect(), is.iter().map(|place| name(after, place)).collect()];
    let pairs = matches(keys[0].iter().map(String::as_str), keys[1].iter().map(String::as_str));
    was.into_iter().zip(pairs).map(|(place, pair)| (place, pair.map(|at| is[at]))).collect()
}

fn places(map: &JourneyMap) -> Vec<Place> {
    let stages = map.stages.iter().enumerate();
    stages.flat_map(|(stage, has)| (0..has.steps.len()).map(move |step| Place { stage, step })).collect()
}

/// Every step once: one that moved stands where it went.
pub(super) fn changes(
    before: Side<'_>,
    after: Side<'_>,
    stages: &[StageChange],
    pairs: &[(Place, Option<Place>)],
) -> Vec<StepChange> {
    let went = |place: Place| pairs.iter().any(|&(was, is)| was == place && is.is_some());
    let came = |place: Place| pairs.iter().find(|(_, is)| *is == Some(place)).map(|&(was, _)| was);
    let slots = stages.iter().flat_map(|stage| &stage.slots);
    slots
        .filter_map(|&slot| {
            let (step, moved) = match slot {
                Match::Before(place) if went(place) => return None,
                Match::After(place) => match came(place) {
                    Some(was) => (Match::Both(was, place), true),
                    None => (slot, false),
                },
                _ => (slot, false),
            };
            let [was, is] =
                [step.before().map(|place| place.of(before.map)), step.after().map(|place| place.of(after.map))];
            let feels = [was.and_then(|step| step.feels), is.and_then(|step| step.feels)];
            let changed = was.zip(is).map(|(was, is)| changed(before, was, after, is)).unwrap_or_default();
            Some(StepChange { step, moved, changed, feels })
        })
        .collect()
}

fn changed(before: Side<'_>, was: &Step, after: Side<'_>, is: &Step) -> Vec<StepPart> {
    let [a, b] = [Told::of(before, was), Told::of(after, is)];
    let says = |step: &Step| {
        step.says.as_ref().map(|quote| (text(&quote.text).to_owned(), maybe(&quote.note).map(str::to_owned)))
    };
    let pains =
        |step: &Step| step.pains.iter().map(|pain| (text(&pain.text).to_owned(), pain.severity)).collect::<Vec<_>>();
    let truth = |step: &Step| step.moment_of_truth.as_ref().map(|truth| text(&truth.why).to_owned());
    let time = |step: &Step| step.time.map(|time| (time.at, time.until));
    [
        (StepPart::Action, text(&was.action) != text(&is.action)),
        (StepPart::Moment, maybe(&was.moment) != maybe(&is.moment)),
        (StepPart::Touchpoint, a.touchpoint != b.touchpoint),
        (StepPart::Thinks, maybe(&was.thinks) != maybe(&is.thinks)),
        (StepPart::Says, says(was) != says(is)),
        (StepPart::Feels, was.feels != is.feels || maybe(&was.feeling) != maybe(&is.feeling)),
        (StepPart::Needs, texts(&was.needs) != texts(&is.needs)),
        (StepPart::Gains, texts(&was.gains) != texts(&is.gains)),
        (StepPart::Pains, pains(was) != pains(is)),
        (StepPart::MomentOfTruth, truth(was) != truth(is)),
        (StepPart::Insights, a.insights != b.insights),
        (StepPart::Opportunities, a.opportunities != b.opportunities),
        (StepPart::Metrics, a.metrics != b.metrics),
        (StepPart::When, maybe(&was.when) != maybe(&is.when) || time(was) != time(is)),
        (StepPart::Evidence, maybe(&was.evidence) != maybe(&is.evidence)),
        (StepPart::Frontstage, a.acts[0] != b.acts[0]),
        (StepPart::Backstage, a.acts[1] != b.acts[1]),
        (StepPart::Support, a.acts[2] != b.acts[2]),
        (StepPart::Fails, a.fails != b.fails || maybe(&was.waits) != maybe(&is.waits)),
        (
            StepPart::LeadsTo,
            a.leads_to != b.leads_to || maybe(&was.entry) != maybe(&is.entry) || maybe(&was.exit) != maybe(&is.exit),
        ),
        (StepPart::Opens, a.opens != b.opens),
        (StepPart::Unseen, was.unseen != is.unseen),
    ]
    .into_iter()
    .filter_map(|(part, differs)| differs.then_some(part))
    .collect()
}

/// A step's links by name, since ids count within one handbook and one map.
struct Told<'a> {
    touchpoint: Option<&'a str>,
    insights: Vec<&'a str>,
    opportunities: Vec<&'a str>,
    metrics: Vec<&'a str>,
    acts: [Option<ToldAct<'a>>; 3],
    fails: Vec<&'a str>,
    leads_to: Option<Vec<&'a str>>,
    opens: Option<&'a str>,
}

/// What staff do: the text, the team, what fails, how long it waits, which way it goes.
type ToldAct<'a> = (&'a str, Option<&'a str>, Vec<&'a str>, Option<&'a str>, crate::model::kinds::Flow);

impl<'a> Told<'a> {
    fn of(side: Side<'a>, step: &'a Step) -> Self {
        let Side { handbook, map } = side;
        let pains = || step.pains.iter();
        let insights: Vec<_> = step.insights.iter().chain(pains().flat_map(|pain| &pain.insights)).copied().collect();
        let opportunities: Vec<_> =
            step.opportunities.iter().chain(pains().flat_map(|pain| &pain.opportunities)).copied().collect();
        let fails = |fails: &[Id<crate::model::kinds::FailPoint>]| match &map.contents {
            Contents::ServiceBlueprint(blueprint) => {
                fails.iter().map(|point| blueprint.fail_points[point.index()].name.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let act = |act: &'a Rare<Act>| {
            act.as_ref().map(|act| {
                let team = act.team.map(|team| handbook[team].name.as_str());
                (text(&act.text), team, fails(&act.fails), maybe(&act.waits), act.flow)
            })
        };
        let all: Vec<&'a Step> = map.steps().map(|(_, step)| step).collect();
        let leads = |to: &List<Id<Step>>| to.iter().map(|next| all[next.index()].name.as_str()).collect();
        Self {
            touchpoint: step.touchpoint.map(|id| handbook[id].name()),
            insights: names(&insights, |id| handbook[id].name()),
            opportunities: names(&opportunities, |id| handbook[id].name()),
            metrics: names(&step.metrics, |id| handbook[id].name()),
            acts: [act(&step.frontstage), act(&step.backstage), act(&step.support)],
            fails: fails(&step.fails),
            leads_to: step.leads_to.as_ref().map(leads),
            opens: step.opens.map(|id| handbook[id].name()),
        }
    }
}
