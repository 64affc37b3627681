//! Where a blueprint breaks and where somebody waits: marks on the drawing, and what the tables below say of them.
//!
//! Fail points are numbered as the author declares them, waits as they are read: column by column, down each.

use serde::Serialize;

use crate::model::kinds::{Blueprint, FailPoint};
use crate::model::{Id, JourneyMap, Opportunity, Step, Target, Text};
use crate::views::here::{Here, Link, Said};
use crate::views::parts::{Evidence, Tag};

/// A mark on a card.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark<'a> {
    /// `fail` or `wait`.
    pub kind: &'static str,
    /// `F1`, `W2`.
    pub label: String,
    /// What the letter stands for.
    pub said: &'a str,
    /// Its row in the tables below; `None` in that row.
    pub href: Option<String>,
}

/// Something that breaks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FailView<'a> {
    /// The id of its row. No step has such an id, for a colon stands in it.
    pub id: String,
    /// Its mark.
    pub mark: Mark<'a>,
    /// What fails.
    pub title: Said<'a>,
    /// The steps where it does.
    pub places: Vec<Link<'a>>,
    /// What we know of it.
    pub known: Option<Said<'a>>,
    /// How well; `None` where nothing is claimed.
    pub evidence: Option<Evidence<'a>>,
    /// What would mend it.
    pub fixes: Vec<Fix<'a>>,
}

/// What would mend something, and who does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fix<'a> {
    /// The opportunity.
    pub link: Link<'a>,
    /// Whose it is.
    pub owner: Option<Link<'a>>,
    /// How far it is.
    pub status: Tag,
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaitView<'a> {
    /// The id of its row.
    pub id: String,
    /// Its mark.
    pub mark: Mark<'a>,
    /// How long.
    pub long: Said<'a>,
    /// What is done meanwhile.
    pub text: Said<'a>,
    /// The step.
    pub place: Link<'a>,
    /// The lane of who waits.
    pub lane: &'a str,
}

/// What has been marked so far.
pub(super) struct Breaks<'a, 'h> {
    here: &'h Here<'a>,
    id: Id<JourneyMap>,
    blueprint: &'a Blueprint,
    /// The steps where each fail point is marked.
    places: Vec<Vec<Link<'a>>>,
    /// The waits so far.
    pub(super) waits: Vec<WaitView<'a>>,
}

impl<'a, 'h> Breaks<'a, 'h> {
    /// A blueprint with nothing marked yet, but every place of its fail points known.
    pub(super) fn new(
        here: &'h Here<'a>,
        (id, map): (Id<JourneyMap>, &'a JourneyMap),
        blueprint: &'a Blueprint,
    ) -> Self {
        let mut places = vec![Vec::new(); blueprint.fail_points.len()];
        for (_, step) in map.steps() {
            for fail in step.breaks() {
                let place = place(here, id, step);
                if places[fail.index()].last() != Some(&place) {
                    places[fail.index()].push(place);
                }
            }
        }
        Self { here, id, blueprint, places, waits: Vec::new() }
    }

    /// The marks of a card: what breaks there, and whether somebody waits.
    pub(super) fn marks(
        &mut self,
        step: &'a Step,
        (lane, text): (&'a str, &'a Text),
        fails: &[Id<FailPoint>],
        waits: Option<&'a Text>,
    ) -> Vec<Mark<'a>> {
        let here = self.here;
        let points = &self.blueprint.fail_points;
        let mut marks: Vec<Mark<'a>> = (fails.iter())
            .map(|fail| Mark {
                href: Some(format!("#{}", fail_id(&points[fail.index()]))),
                ..fails_as(here, fail.index())
            })
            .collect();
        if let Some(long) = waits {
            let number = self.waits.len() + 1;
            let id = format!("wait:{number}");
            let mark = Mark { kind: "wait", label: format!("W{number}"), said: here.words.get("wait"), href: None };
            marks.push(Mark { href: Some(format!("#{id}")), ..mark.clone() });
            let place = place(here, self.id, step);
            self.waits.push(WaitView { id, mark, long: here.said(long), text: here.said(text), place, lane });
        }
        marks
    }

    /// Every fail point.
    pub(super) fn fails(&self) -> Vec<FailView<'a>> {
        let here = self.here;
        let points = self.blueprint.fail_points.iter().zip(&self.places).enumerate();
        points
            .map(|(index, (point, places))| FailView {
                id: fail_id(point),
                mark: fails_as(here, index),
                title: here.said(&point.title),
                places: places.clone(),
                known: point.known.as_ref().map(|known| here.said(known)),
                evidence: (point.known.is_some() || !point.insights.is_empty()).then(|| here.evidence(&point.insights)),
                fixes: point.opportunities.iter().map(|&opportunity| fix(here, opportunity)).collect(),
            })
            .collect()
    }
}

fn place<'a>(here: &Here<'a>, map: Id<JourneyMap>, step: &'a Step) -> Link<'a> {
    Link { href: here.href_at(Target::Map(map), &step.name), title: here.said(step.label()) }
}

fn fix<'a>(here: &Here<'a>, id: Id<Opportunity>) -> Fix<'a> {
    let opportunity = &here.handbook[id];
    Fix {
        link: here.link(Target::Opportunity(id)),
        owner: here.owner(opportunity.item.owner),
        status: here.progress(opportunity.status),
    }
}

fn fails_as<'a>(here: &Here<'a>, index: usize) -> Mark<'a> {
    Mark { kind: "fail", label: format!("F{}", index + 1), said: here.words.get("fail_point"), href: None }
}

fn fail_id(point: &FailPoint) -> String {
    format!("fail:{}", point.name)
}
