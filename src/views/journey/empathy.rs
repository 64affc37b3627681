//! An empathy map: four quadrants around somebody, what hurts and delights, and where it does not add up.

use serde::Serialize;

use crate::model::kinds::{Empathy, Observation, Quadrant};
use crate::model::{JourneyMap, Pain, Quote};
use crate::views::here::{Feels, Here, Said};
use crate::views::parts::{Evidence, OpportunityView, Tag};

/// Four quadrants, what follows from them, and what contradicts what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmpathyView<'a> {
    /// The persona's initials; `None` of a segment.
    pub initials: Option<String>,
    /// Says, thinks, does, feels: always these four, in this order.
    pub quadrants: Vec<Side<'a>>,
    /// Pains and gains; what is empty is left out.
    pub conclusions: Vec<Side<'a>>,
    /// Where it does not add up; empty if nobody noticed.
    pub tensions: Vec<TensionView<'a>>,
    /// Always false: an empathy map has no stage to fix first.
    pub hot: bool,
}

/// Statements under a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side<'a> {
    /// Its name as authors write it, to link to.
    pub id: &'static str,
    /// Its drawing's name.
    pub icon: &'static str,
    /// What readers call it.
    pub title: &'a str,
    /// The statements; may be empty.
    pub items: Vec<Stated<'a>>,
}

/// One statement, and how well it is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stated<'a> {
    /// What was said or seen, without quotation marks.
    pub text: Said<'a>,
    /// Whether these are somebody's own words.
    pub quoted: bool,
    /// How widely it was seen, in the author's words.
    pub note: Option<Said<'a>>,
    /// How it feels.
    pub feels: Option<Feels>,
    /// How bad it is; only pains have it.
    pub severity: Option<Tag>,
    /// The evidence.
    pub evidence: Evidence<'a>,
    /// What answers it; only pains have any.
    pub opportunities: Vec<OpportunityView<'a>>,
}

/// Two quadrants that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TensionView<'a> {
    /// One side.
    pub one: Against<'a>,
    /// The other side.
    pub other: Against<'a>,
    /// What follows.
    pub so: Option<Said<'a>>,
}

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against<'a> {
    /// What its quadrant is called.
    pub quadrant: &'a str,
    /// What stands there, in a few words.
    pub text: Said<'a>,
}

/// Draws an empathy map.
pub(super) fn empathy<'a>(here: &Here<'a>, map: &'a JourneyMap, empathy: &'a Empathy) -> EmpathyView<'a> {
    let words = here.words;
    let pains = empathy.pains.iter().map(|pain| hurt(here, pain)).collect();
    let pains = Side { id: "pains", icon: "minus", title: words.get("empathy_pains"), items: pains };
    let gains = seen(here, &empathy.gains);
    let gains = Side { id: "gains", icon: "plus", title: words.get("empathy_gains"), items: gains };
    let against =
        |(quadrant, text): &'a (Quadrant, _)| Against { quadrant: here.quadrant(*quadrant), text: here.said(text) };
    let tensions = empathy.tensions.iter().map(|tension| TensionView {
        one: against(&tension.one),
        other: against(&tension.other),
        so: tension.so.as_ref().map(|so| here.said(so)),
    });
    EmpathyView {
        initials: map.persona.map(|persona| here.who(persona).initials),
        quadrants: quadrants(here, empathy),
        conclusions: [pains, gains].into_iter().filter(|side| !side.items.is_empty()).collect(),
        tensions: tensions.collect(),
        hot: false,
    }
}

/// The four quadrants.
pub(in crate::views) fn quadrants<'a>(here: &Here<'a>, empathy: &'a Empathy) -> Vec<Side<'a>> {
    let quadrants = Quadrant::ALL.iter().map(|&(id, quadrant)| {
        let items = match quadrant {
            Quadrant::Says => empathy.says.iter().map(|says| said(here, says)).collect(),
            Quadrant::Thinks => seen(here, &empathy.thinks),
            Quadrant::Does => seen(here, &empathy.does),
            Quadrant::Feels => seen(here, &empathy.feels),
        };
        Side { id, icon: icon(quadrant), title: here.quadrant(quadrant), items }
    });
    quadrants.collect()
}

fn said<'a>(here: &Here<'a>, quote: &'a Quote) -> Stated<'a> {
    Stated {
        text: here.said(&quote.text),
        quoted: true,
        note: quote.note.as_ref().map(|note| here.said(note)),
        feels: None,
        severity: None,
        evidence: here.evidence(&quote.insights),
        opportunities: Vec::new(),
    }
}

fn seen<'a>(here: &Here<'a>, observations: &'a [Observation]) -> Vec<Stated<'a>> {
    let stated = observations.iter().map(|observation| Stated {
        text: here.said(&observation.text),
        quoted: false,
        note: observation.note.as_ref().map(|note| here.said(note)),
        feels: observation.feels.map(|feeling| here.feels(feeling)),
        severity: None,
        evidence: here.evidence(&observation.insights),
        opportunities: Vec::new(),
    });
    stated.collect()
}

fn hurt<'a>(here: &Here<'a>, pain: &'a Pain) -> Stated<'a> {
    Stated {
        text: here.said(&pain.text),
        quoted: false,
        note: None,
        feels: None,
        severity: pain.severity.map(|severity| here.severity(severity)),
        evidence: here.evidence(&pain.insights),
        opportunities: pain.opportunities.iter().map(|&id| here.opportunity(id)).collect(),
    }
}

fn icon(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::Says => "speak",
        Quadrant::Thinks => "think",
        Quadrant::Does => "walk",
        Quadrant::Feels => "heart",
    }
}
