//! A future state against its baseline: one table, and what has to be true for it.
//!
//! What changed is found by the room `compare`; here it gets its words and its links.

mod column;
mod feeling;
mod steps;

use serde::Serialize;

use super::here::{Day, Feels, Here, Link, Said};
use super::journey::{Tab, views};
use super::overlay::Overlay;
use super::pages::PageKind;
use super::parts::{Evidence, Who};
use crate::compare::{self, Changes, Match, Side, StageChange};
use crate::model::kinds::Claim;
use crate::model::{Contents, Feeling, Handbook, Id, JourneyMap, MapKind, Target};
pub use column::{Actions, ColumnView, Meeting, Pained, StepLink, Work};
pub use feeling::{Average, Glance, MomentChange};
pub use steps::{StepRow, Unmatched};

/// A future state and what it starts from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareView<'a> {
    /// The one sentence to remember of the future state.
    pub finding: Option<Said<'a>>,
    /// Whose journey; `None` if nobody's in particular.
    pub who: Option<Who<'a>>,
    /// The two maps, the baseline first.
    pub maps: [Compared<'a>; 2],
    /// How many touchpoints come, go and stay.
    pub touchpoints: Counts,
    /// The stage that gains most; `None` if none gains.
    pub gain: Option<Gain<'a>>,
    /// This and the other views of the journey.
    pub views: Vec<Tab<'a>>,
    /// What the table shows, for those who do not see it.
    pub caption: String,
    /// Both curves in small, for small screens; `None` if nobody said how it feels in one of the maps.
    pub glance: Option<Glance>,
    /// Both curves; `None` if nobody said how it feels in either map.
    pub curve: Option<Overlay>,
    /// The stages of both maps.
    pub columns: Vec<ColumnView<'a>>,
    /// What has to be true; `None` if the author says nothing of it.
    pub stakes: Option<Stakes<'a>>,
    /// The steps that come, go, move or change, with links to both maps.
    pub steps: Vec<StepRow<'a>>,
    /// How many steps stay as they are; empty if none does.
    pub same: String,
    /// The ids without a counterpart in the other map: the baseline's, and the future state's.
    pub unmatched: [Vec<Unmatched<'a>>; 2],
}

/// One of the two maps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared<'a> {
    /// The map.
    pub link: Link<'a>,
    /// “Journey map, current”.
    pub kind: &'a str,
    /// When it was last confirmed.
    pub reviewed: Option<Day>,
}

/// How many touchpoints come, go and stay, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// “6 added”.
    pub added: String,
    /// “3 removed”.
    pub removed: String,
    /// “14 kept”.
    pub kept: String,
}

/// How much better a stage feels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gain<'a> {
    /// The stage.
    pub stage: Said<'a>,
    /// Today.
    pub from: Feels,
    /// In future.
    pub to: Feels,
}

/// What a future state stakes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stakes<'a> {
    /// What we take to be true, and how well it is known.
    pub assumptions: Vec<Assumed<'a>>,
    /// What is good as it is.
    pub left_alone: Vec<Said<'a>>,
    /// By what we shall know that it worked.
    pub proof: Vec<Said<'a>>,
}

/// What we take to be true.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumed<'a> {
    /// What we say.
    pub text: Said<'a>,
    /// How well it is known.
    pub evidence: Evidence<'a>,
}

/// What a page of comparison is made from.
struct Both<'a> {
    before: Id<JourneyMap>,
    after: Id<JourneyMap>,
    was: &'a JourneyMap,
    is: &'a JourneyMap,
    changes: Changes,
}

/// The map that a map is compared with: a future state's baseline, if that shows what is.
pub fn baseline(handbook: &Handbook, map: &JourneyMap) -> Option<Id<JourneyMap>> {
    map.baseline().copied().filter(|&id| handbook[id].kind() == MapKind::CurrentState && !handbook[id].item.unread)
}

/// What the page is called: the future state's title, and that it is compared.
pub fn title<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Said<'a> {
    let title = here.title(Target::Map(id));
    let text = here.words.fill("compare_title", &[("title", &title.text)]);
    Said { text: text.into(), lang: title.lang }
}

/// The page that compares a future state with its baseline, which it has.
pub fn compare<'a>(here: &Here<'a>, after: Id<JourneyMap>) -> CompareView<'a> {
    let handbook = here.handbook;
    let is = &handbook[after];
    let before = baseline(handbook, is).unwrap_or(after);
    let was = &handbook[before];
    let changes = compare::maps(Side { handbook, map: was }, Side { handbook, map: is });
    let both = Both { before, after, was, is, changes };
    CompareView {
        finding: is.finding.as_ref().map(|finding| here.said(finding)),
        who: is.persona.or(was.persona).map(|persona| here.who(persona)),
        maps: [compared(here, before), compared(here, after)],
        touchpoints: counts(here, &both.changes),
        gain: both.changes.biggest_gain().and_then(|stage| gain(here, &both, stage)),
        views: views(here, after, is, PageKind::Compare(after)),
        caption: caption(here, &both),
        glance: feeling::glance(here, &both),
        curve: feeling::curve(here, &both),
        columns: column::columns(here, &both),
        stakes: stakes(here, is),
        steps: steps::rows(here, &both),
        same: steps::same(here, &both),
        unmatched: steps::unmatched(here, &both),
    }
}

/// What a future state stakes on; `None` if the author says nothing of it, or it is no future state.
pub fn stakes<'a>(here: &Here<'a>, map: &'a JourneyMap) -> Option<Stakes<'a>> {
    let Contents::FutureState(future) = &map.contents else { return None };
    let assumed = |claim: &'a Claim| Assumed { text: here.said(&claim.text), evidence: here.evidence(&claim.insights) };
    let stakes = Stakes {
        assumptions: future.assumptions.iter().map(assumed).collect(),
        left_alone: here.all_said(&future.left_alone),
        proof: here.all_said(&future.proof),
    };
    let said = !(stakes.assumptions.is_empty() && stakes.left_alone.is_empty() && stakes.proof.is_empty());
    said.then_some(stakes)
}

fn compared<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Compared<'a> {
    let map = &here.handbook[id];
    Compared {
        link: here.link(Target::Map(id)),
        kind: here.map_kind(map),
        reviewed: map.item.review.reviewed.map(|date| here.day(date)),
    }
}

fn counts(here: &Here<'_>, changes: &Changes) -> Counts {
    let count = |key: &str, is: fn(&Match<_>) -> bool| {
        here.words.count(key, changes.touchpoints.iter().filter(|one| is(one)).count())
    };
    Counts {
        added: count("compare_added", |one| matches!(one, Match::After(_))),
        removed: count("compare_removed", |one| matches!(one, Match::Before(_))),
        kept: count("compare_kept", |one| one.is_both()),
    }
}

fn gain<'a>(here: &Here<'a>, both: &Both<'a>, stage: &StageChange) -> Option<Gain<'a>> {
    let [from, to] = stage.feels;
    Some(Gain { stage: both.stage_title(here, stage), from: here.feels(from?), to: here.feels(to?) })
}

fn caption(here: &Here<'_>, both: &Both<'_>) -> String {
    let stages = here.words.count("stages_count", both.changes.stages.len());
    let [was, is] = [both.before, both.after].map(|map| here.title(Target::Map(map)).text);
    here.words.fill("compare_caption", &[("was", &was), ("will", &is), ("stages", &stages)])
}

impl<'a> Both<'a> {
    /// What readers call a stage: the later name.
    fn stage_title(&self, here: &Here<'a>, stage: &StageChange) -> Said<'a> {
        here.said(match stage.stage {
            Match::Before(at) => &self.was.stages[at].title,
            Match::After(at) | Match::Both(_, at) => &self.is.stages[at].title,
        })
    }
}

impl Here<'_> {
    /// A difference of feelings with its sign: `+0.5`, `−2`.
    fn difference(&self, value: f64) -> String {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.words.figure(value))
    }

    /// From one feeling to another, in words; empty if nobody said either.
    fn felt_change(&self, feels: [Option<Feeling>; 2]) -> String {
        let words = self.words;
        match feels {
            [None, None] => String::new(),
            [Some(from), None] => words.fill("compare_was", &[("from", &words.feeling(from))]),
            [None, Some(to)] => words.fill("compare_will", &[("to", &words.feeling(to))]),
            [Some(from), Some(to)] if from == to => words.fill("compare_stays", &[("value", &words.feeling(to))]),
            [Some(from), Some(to)] => {
                words.fill("compare_changes", &[("from", &words.feeling(from)), ("to", &words.feeling(to))])
            }
        }
    }
}
