//! The register of evidence: by kind, the newest first, with how much rests on each.

use std::cmp::Reverse;

use serde::Serialize;

use super::here::{Day, Here, Link, Said};
use super::pages::PageKind;
use super::parts::Tag;
use super::rests;
use super::split::Pager;
use crate::model::{Handbook, Id, Insight, InsightKind};

/// The register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InsightsView<'a> {
    /// The handbook's rule for evidence in words; `None` if it has none.
    pub rule: Option<String>,
    /// “1 is old, 2 are small”; empty if every piece of evidence holds.
    pub flagged: String,
    /// How much of what the maps state cites evidence.
    pub coverage: Link<'a>,
    /// The evidence by kind, as far as it stands on this page.
    pub groups: Vec<InsightGroup<'a>>,
    /// The way to the rest, if there is much.
    pub pager: Option<Pager>,
}

/// The evidence of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InsightGroup<'a> {
    /// To link to.
    pub id: &'static str,
    /// The kind.
    pub title: &'a str,
    /// How many there are in all, also on other pages.
    pub count: String,
    /// The rows, newest first.
    pub rows: Vec<InsightRow<'a>>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InsightRow<'a> {
    /// The evidence.
    pub link: Link<'a>,
    /// When it was learned.
    pub day: Day,
    /// How many; empty if nobody counted.
    pub sample: String,
    /// Who or what.
    pub who: Option<Said<'a>>,
    /// Who did it, and how.
    pub source: Said<'a>,
    /// “4 steps, 3 pains”; `None` if nothing rests on it.
    pub rests: Option<String>,
    /// What the handbook's rule finds.
    pub flags: Vec<Tag>,
}

/// The evidence in the order of the register: by kind, the newest first, then by name.
pub fn order(handbook: &Handbook) -> Vec<Id<Insight>> {
    let place = |kind: InsightKind| InsightKind::ALL.iter().position(|(_, known)| *known == kind);
    let mut ids: Vec<Id<Insight>> = handbook.insights.ids().collect();
    ids.sort_by_key(|&id| (place(handbook[id].kind), Reverse(handbook[id].date), id));
    ids
}

/// The register.
pub fn insights<'a>(here: &Here<'a>) -> InsightsView<'a> {
    let handbook = here.handbook;
    let mut groups: Vec<InsightGroup<'a>> = Vec::new();
    for id in here.on_this_part(PageKind::Insights, order(handbook).into_iter()) {
        let kind = handbook[id].kind;
        let name = name(kind);
        if groups.last().is_none_or(|last| last.id != name) {
            let all = handbook.insights.iter().filter(|insight| insight.kind == kind).count();
            let title = here.insight_kind(kind);
            groups.push(InsightGroup { id: name, title, count: here.words.figure(all as f64), rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(here, id));
        }
    }
    let judged = || handbook.insights.iter().map(|insight| here.freshness(insight));
    let (old, small) = (judged().filter(|one| one.old).count(), judged().filter(|one| one.small).count());
    let told = [("old_count", old), ("small_count", small)].into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(key, count)| here.words.count(key, count)).collect();
    InsightsView {
        rule: here.evidence_rule(),
        flagged: here.words.list(told.iter().map(String::as_str)),
        coverage: here.link_to(PageKind::EvidenceCoverage),
        groups,
        pager: here.pager(PageKind::Insights),
    }
}

fn row<'a>(here: &Here<'a>, id: Id<Insight>) -> InsightRow<'a> {
    let insight = &here.handbook[id];
    let rests = here.rests_said(id);
    InsightRow {
        link: here.link(crate::model::Target::Insight(id)),
        day: here.day(insight.date),
        sample: insight.sample.map_or_else(String::new, |_| here.cited(id).sample),
        who: insight.who.as_ref().map(|who| here.said(who)),
        source: here.said(&insight.source),
        rests: (!rests.is_empty()).then_some(rests),
        flags: here.flags(insight),
    }
}

fn name(kind: InsightKind) -> &'static str {
    InsightKind::ALL.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

impl<'a> Here<'a> {
    /// What a kind of evidence is called.
    pub fn insight_kind(&self, kind: InsightKind) -> &'a str {
        self.words.get(match kind {
            InsightKind::Interview => "insight_interview",
            InsightKind::Survey => "insight_survey",
            InsightKind::Analytics => "insight_analytics",
            InsightKind::Review => "insight_review",
            InsightKind::Observation => "insight_observation",
        })
    }

    /// How much rests on a piece of evidence, in words; empty if nothing does.
    pub fn rests_said(&self, id: Id<Insight>) -> String {
        let counts = rests::counts(self.handbook, &self.pages.uses, id);
        let counts = [
            ("rest_steps", counts.steps),
            ("rest_pains", counts.pains),
            ("rest_quotes", counts.quotes),
            ("rest_personas", counts.personas),
            ("rest_touchpoints", counts.touchpoints),
            ("rest_opportunities", counts.opportunities),
            ("rest_metrics", counts.metrics),
        ];
        let told = counts.into_iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> = told.map(|(key, count)| self.words.count(key, count)).collect();
        self.words.list(told.iter().map(String::as_str))
    }
}
