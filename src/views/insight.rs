//! A piece of evidence: what was learned and how, and everything that rests on it.

use serde::Serialize;

use super::here::{Day, Here, Link, Said};
use super::parts::{Quoted, Review, Tag};
use super::rests::{self, RestKind};
use super::spot::{Capped, Spot};
use crate::model::{Id, Insight, Quote, Target};

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InsightView<'a> {
    /// How it was learned.
    pub kind: &'a str,
    /// When.
    pub day: Day,
    /// How many; empty if nobody counted.
    pub sample: String,
    /// Who or what was asked or counted.
    pub who: Option<Said<'a>>,
    /// Who did it, and how.
    pub source: Said<'a>,
    /// Where to read more.
    pub url: Option<&'a str>,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
    /// What the handbook's rule finds.
    pub flags: Vec<Tag>,
    /// The same as sentences.
    pub rules: Vec<String>,
    /// What people said.
    pub quotes: Vec<Quoted<'a>>,
    /// “4 steps, 3 pains”; empty if nothing rests on it.
    pub rests_said: String,
    /// What rests on it on maps.
    pub rests: Capped<RestRow<'a>>,
    /// Items that rest on it.
    pub personas: Capped<Link<'a>>,
    /// The same.
    pub touchpoints: Capped<Link<'a>>,
    /// The same.
    pub opportunities: Capped<Link<'a>>,
    /// The same.
    pub metrics: Capped<Link<'a>>,
    /// Pages that speak of it.
    pub mentions: Capped<Link<'a>>,
}

/// Something on a map that rests on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RestRow<'a> {
    /// What it is.
    pub kind: &'a str,
    /// Its words.
    pub text: Said<'a>,
    /// Whether somebody said it.
    pub is_quote: bool,
    /// Where it stands.
    pub spot: Spot<'a>,
}

/// How many rows and links stand on one page.
const MOST_ROWS: usize = 160;
const MOST_LINKS: usize = 100;

/// The page of a piece of evidence.
pub fn insight<'a>(here: &Here<'a>, id: Id<Insight>) -> InsightView<'a> {
    let insight = &here.handbook[id];
    let uses = &here.pages.uses;
    let quoted = |quote: &'a Quote| {
        // The page itself is the evidence.
        let mut quoted = here.quoted(quote);
        quoted.evidence.level = "one";
        quoted.evidence.text = "";
        quoted
    };
    let rests = rests::rests(here.handbook, uses, id);
    let row = |rest: &rests::Rest<'a>| RestRow {
        kind: here.words.get(rest_key(rest.kind)),
        text: here.said(rest.text),
        is_quote: rest.kind == RestKind::Quote,
        spot: here.spot(rest.map, rest.stage, rest.step, rest.by),
    };
    let cited = |is: fn(&Target) -> bool| {
        let targets = uses.cited(Target::Insight(id)).iter().filter(|target| is(target));
        Capped::new(here, MOST_LINKS, targets, |&target| here.link(target))
    };
    let mentions = uses.mentions(Target::Insight(id), here.lang);
    InsightView {
        kind: here.insight_kind(insight.kind),
        day: here.day(insight.date),
        sample: insight.sample.map_or_else(String::new, |_| here.cited(id).sample),
        who: insight.who.as_ref().map(|who| here.said(who)),
        source: here.said(&insight.source),
        url: insight.url.as_deref(),
        owner: here.owner(insight.item.owner),
        review: here.review(&insight.item),
        flags: here.flags(insight),
        rules: here.broken_rules(insight),
        quotes: insight.quotes.iter().map(quoted).collect(),
        rests_said: here.rests_said(id),
        rests: Capped::new(here, MOST_ROWS, &rests, row),
        personas: cited(|target| matches!(target, Target::Persona(_))),
        touchpoints: cited(|target| matches!(target, Target::Touchpoint(_))),
        opportunities: cited(|target| matches!(target, Target::Opportunity(_))),
        metrics: cited(|target| matches!(target, Target::Metric(_))),
        mentions: Capped::new(here, MOST_LINKS, mentions, |&source| here.link(source)),
    }
}

fn rest_key(kind: RestKind) -> &'static str {
    match kind {
        RestKind::Pain => "statement_pain",
        RestKind::Quote => "statement_quote",
        RestKind::Feeling => "statement_feeling",
        RestKind::Observation => "statement_observation",
        RestKind::FailPoint => "rest_fail_point",
        RestKind::Claim => "rest_claim",
        RestKind::Step => "rest_step",
    }
}
