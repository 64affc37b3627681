//! Moments of truth and moments of delight, by stage and by owner.
//!
//! A *moment of truth* is a step that says so. A *moment of delight* is a step that feels +1.5 or better, or that names a
//! gain and feels +1 or better; of one persona of several only its own feeling of +1.5 or better counts, for gains are
//! noted for all. A step may be both. Maps that show what shall be are left out.
//!
//! Whoever owns the stage answers for a moment; where nobody does, the owner of its touchpoint; else the map's.

use std::collections::HashMap;

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::met;
use super::pages::PageKind;
use super::split::Pager;
use super::stages::Line;
use super::uses::StepPlace;
use crate::model::{Feeling, Handbook, Id, MapKind, Persona, Step, Target, Team, Touchpoint};

/// A moment, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The step.
    pub place: StepPlace,
    /// Whether it is a moment of truth.
    pub truth: bool,
    /// Whether it is a moment of delight.
    pub delight: bool,
    /// Who answers for it, and as what; `None` if nobody does.
    pub owner: Option<(Id<Team>, As)>,
}

/// As what a team answers for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// As the owner of the stage.
    Stage,
    /// As the owner of the touchpoint.
    Touchpoint,
    /// As the owner of the map.
    Map,
}

/// How a list of moments is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// By the stages of the line, then other stages.
    Stage,
    /// By the teams in the handbook's order; what nobody answers for comes first.
    Owner,
}

/// Every moment of a handbook, in both orders.
#[derive(Debug, Clone, Default)]
pub struct Moments {
    by_stage: Vec<Moment>,
    by_owner: Vec<Moment>,
}

/// A list of moments, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentsView<'a> {
    /// The two orders; the one shown is current.
    pub tabs: Vec<Tab<'a>>,
    /// “9 moments of truth, 12 moments of delight.”
    pub said: String,
    /// “At Delivery: 3 moments of truth, 1 of delight” …: the groups of this part.
    pub groups: Vec<Group<'a>>,
    /// The way to the other parts.
    pub pager: Option<Pager>,
}

/// A page beside others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tab<'a> {
    /// Where it is, and its name.
    pub link: Link<'a>,
    /// Whether it is this one.
    pub current: bool,
}

/// The moments of a stage or of a team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group<'a> {
    /// The place to link to.
    pub id: String,
    /// The stage or the team.
    pub title: Said<'a>,
    /// The team's page.
    pub href: Option<String>,
    /// How many of each kind stand here, in words.
    pub said: String,
    /// The moments.
    pub moments: Vec<MomentLine<'a>>,
}

/// A moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentLine<'a> {
    /// The step in its map.
    pub step: Link<'a>,
    /// The map.
    pub map: Link<'a>,
    /// The stage.
    pub stage: Said<'a>,
    /// Whether it is a moment of truth.
    pub truth: bool,
    /// Whether it is a moment of delight.
    pub delight: bool,
    /// Why: what an author says of a moment of truth, the gains of a moment of delight.
    pub why: Vec<Said<'a>>,
    /// Who lives it; empty for everybody.
    pub personas: Vec<Link<'a>>,
    /// How many more there are, in words.
    pub more_personas: Option<String>,
    /// How it feels.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
    /// Where it happens.
    pub touchpoint: Option<Link<'a>>,
    /// Who answers for it.
    pub owner: Option<Link<'a>>,
    /// As what: `owns the stage` …
    pub owner_as: &'a str,
}

/// From this feeling on a step delights, gains or not.
pub const DELIGHT: f64 = 1.5;
/// From this feeling on a step with a gain delights.
pub const DELIGHT_WITH_GAIN: f64 = 1.0;

/// How many personas are named beside a moment.
const MOST_PERSONAS: usize = 4;

impl Moments {
    /// Every moment of a handbook.
    pub fn of(handbook: &Handbook, line: &Line) -> Self {
        let all: Vec<Moment> = moments(handbook).collect();
        let column = |moment: &Moment| line.place(met::stage(handbook, moment.place)).unwrap_or(usize::MAX);
        let mut by_stage = all.clone();
        by_stage.sort_by_key(column);
        let mut by_owner = all;
        by_owner.sort_by_key(|moment| (moment.owner.map(|(team, _)| team), column(moment)));
        Self { by_stage, by_owner }
    }

    /// The moments in an order.
    pub fn list(&self, by: By) -> &[Moment] {
        match by {
            By::Stage => &self.by_stage,
            By::Owner => &self.by_owner,
        }
    }

    /// The moments of truth by stage.
    pub fn truths(&self) -> impl Iterator<Item = Moment> {
        self.by_stage.iter().copied().filter(|moment| moment.truth)
    }
}

/// Every moment of a handbook, in the order of maps and steps.
pub fn moments(handbook: &Handbook) -> impl Iterator<Item = Moment> {
    let today = handbook.maps.entries().filter(|(_, map)| map.kind() != MapKind::FutureState);
    today.flat_map(move |(id, map)| {
        // What personas live otherwise, by step: looked up once for each map.
        let mut others: HashMap<usize, Vec<(Id<Persona>, Option<Id<Touchpoint>>)>> = HashMap::new();
        for other in map.crowd().into_iter().flat_map(|crowd| &crowd.differences) {
            let delights = other.feels.is_some_and(|feeling| feeling.value() >= DELIGHT);
            if delights && !other.skips {
                others.entry(other.step.index()).or_default().push((other.persona, other.touchpoint));
            }
        }
        let mut found = Vec::new();
        let mut number = 0;
        for (stage_index, stage) in map.stages.iter().enumerate() {
            for (step_index, step) in stage.steps.iter().enumerate() {
                let place = StepPlace { map: id, stage: stage_index, step: step_index, by: None };
                let owner = |touchpoint: Option<Id<Touchpoint>>| {
                    let of_stage = stage.owner.map(|team| (team, As::Stage));
                    let of_touchpoint = touchpoint.and_then(|id| handbook[id].item.owner);
                    let of_map = map.item.owner.map(|team| (team, As::Map));
                    of_stage.or(of_touchpoint.map(|team| (team, As::Touchpoint))).or(of_map)
                };
                let (truth, delight) = (step.moment_of_truth.is_some(), delights(step));
                if truth || delight {
                    found.push(Moment { place, truth, delight, owner: owner(step.touchpoint) });
                }
                for &(persona, touchpoint) in others.get(&number).into_iter().flatten() {
                    let place = StepPlace { by: Some(persona), ..place };
                    let owner = owner(touchpoint.or(step.touchpoint));
                    found.push(Moment { place, truth: false, delight: true, owner });
                }
                number += 1;
            }
        }
        found
    })
}

/// Whether a step delights.
fn delights(step: &Step) -> bool {
    let least = if step.gains.is_empty() { DELIGHT } else { DELIGHT_WITH_GAIN };
    step.feels.is_some_and(|feeling: Feeling| feeling.value() >= least)
}

/// A list of moments, or the part of it that stands on this page.
pub fn list<'a>(here: &Here<'a>, by: By) -> MomentsView<'a> {
    let all = here.pages.moments.list(by);
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut current = None;
    let mut tallies: Vec<(usize, usize)> = Vec::new();
    for moment in here.on_this_part(PageKind::Moments(by), all.iter()) {
        let key = match by {
            By::Stage => here.pages.line.place(met::stage(here.handbook, moment.place)),
            By::Owner => moment.owner.map(|(team, _)| team.index()),
        };
        if current != Some(key) {
            current = Some(key);
            groups.push(group(here, by, moment));
            tallies.push((0, 0));
        }
        if let (Some(group), Some(tally)) = (groups.last_mut(), tallies.last_mut()) {
            group.moments.push(moment_line(here, moment));
            tally.0 += usize::from(moment.truth);
            tally.1 += usize::from(moment.delight);
        }
    }
    for (group, (truths, delights)) in groups.iter_mut().zip(tallies) {
        group.said = counted(here, truths, delights);
    }
    let count = |of: fn(&Moment) -> bool| all.iter().filter(|moment| of(moment)).count();
    let tab = |one: By, key| Tab {
        link: Link { href: here.href_to(PageKind::Moments(one)), title: here.word(key) },
        current: one == by,
    };
    MomentsView {
        tabs: vec![tab(By::Stage, "by_stage"), tab(By::Owner, "by_owner")],
        said: counted(here, count(|moment| moment.truth), count(|moment| moment.delight)),
        groups,
        pager: here.pager(PageKind::Moments(by)),
    }
}

fn counted(here: &Here<'_>, truths: usize, delights: usize) -> String {
    let counts = [here.words.count("count_truths", truths), here.words.count("count_delights", delights)];
    here.words.list(counts.iter().map(String::as_str))
}

fn group<'a>(here: &Here<'a>, by: By, moment: &Moment) -> Group<'a> {
    let (id, title, href) = match by {
        By::Stage => {
            let column = here.pages.line.place(met::stage(here.handbook, moment.place));
            match column.map(|column| &here.pages.line.columns()[column]) {
                Some((name, title)) => (format!("stage-{name}"), here.said(title), None),
                None => ("other-stages".to_owned(), here.word("other_stages"), None),
            }
        }
        By::Owner => match moment.owner {
            Some((team, _)) => {
                let Link { href, title } = here.link(Target::Team(team));
                (format!("team-{}", here.handbook[team].name), title, Some(href))
            }
            None => ("nobody".to_owned(), here.word("nobody_answers"), None),
        },
    };
    Group { id, title, href, said: String::new(), moments: Vec::new() }
}

fn moment_line<'a>(here: &Here<'a>, moment: &Moment) -> MomentLine<'a> {
    let handbook = here.handbook;
    let place = moment.place;
    let step = met::step(handbook, place);
    let way = met::lived_at(handbook, place);
    let other = way.and_then(|way| way.difference);
    let touchpoint = other.and_then(|other| other.touchpoint).or(step.touchpoint);
    let truth = step.moment_of_truth.as_ref().filter(|_| moment.truth).map(|truth| here.said(&truth.why));
    let gains = step.gains.iter().filter(|_| moment.delight && place.by.is_none()).map(|gain| here.said(gain));
    let mut personas = met::lived_by(handbook, place);
    let more_personas = here.and_more(personas.len(), MOST_PERSONAS);
    personas.truncate(MOST_PERSONAS);
    MomentLine {
        step: here.step_link(place),
        map: here.link(Target::Map(place.map)),
        stage: here.said(&met::stage(handbook, place).title),
        truth: moment.truth,
        delight: moment.delight,
        why: truth.into_iter().chain(gains).collect(),
        more_personas,
        personas: personas.into_iter().map(|persona| here.link(Target::Persona(persona))).collect(),
        feels: met::feels_at(handbook, place).map(|feeling| here.feels(feeling)),
        word: way.map_or(step.feeling.as_ref(), |way| way.word()).map(|word| here.said(word)),
        touchpoint: touchpoint.map(|touchpoint| here.link(Target::Touchpoint(touchpoint))),
        owner: moment.owner.map(|(team, _)| here.link(Target::Team(team))),
        owner_as: moment.owner.map_or("", |(_, owns)| here.words.get(owns.key())),
    }
}

impl As {
    fn key(self) -> &'static str {
        match self {
            Self::Stage => "owns_stage",
            Self::Touchpoint => "owns_touchpoint",
            Self::Map => "owns_map",
        }
    }
}

/// How many moments a handbook has.
pub fn count(handbook: &Handbook) -> usize {
    moments(handbook).count()
}

/// How many of them are moments of truth.
pub fn truths(handbook: &Handbook) -> usize {
    moments(handbook).filter(|moment| moment.truth).count()
}
