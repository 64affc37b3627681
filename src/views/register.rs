//! Registers: what has no page of its own stands here in order, each with a place to link to.

use serde::Serialize;

use super::here::{Day, Here, Link, MOST_LINKS, Said};
use super::pages::PageKind;
use super::parts::{Measured, Quoted, Source, Tag};
use super::prose::Running;
use super::split::Pager;
use super::uses::StepPlace;
use crate::model::{Better, Channel, Id, Insight, InsightKind, Metric, Opportunity, Quote, Target, Team, Term, Text};

/// How many of the pages that speak of a term are named beside it.
const MOST_USES: usize = 6;

/// A register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterView<'a> {
    /// Its entries, in the handbook's order.
    pub entries: Vec<RegisterEntry<'a>>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterEntry<'a> {
    /// Its id, to link to.
    pub id: &'a str,
    /// What it is called, and its own page.
    pub link: Link<'a>,
    /// What can be said in a word or two.
    pub tags: Vec<Tag>,
    /// What it is.
    pub summary: Option<Said<'a>>,
    /// What people said.
    pub quotes: Vec<Quoted<'a>>,
    /// A figure.
    pub figure: Option<Figure<'a>>,
    /// All else.
    pub facts: Vec<FactLine<'a>>,
}

/// A measured figure with its history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure<'a> {
    /// Today and target.
    pub measured: Measured<'a>,
    /// “Today → target by 31 Dec 2027”.
    pub head: String,
    /// “of 5, higher is better, baseline 2.9”.
    pub foot: String,
    /// “12 readings”.
    pub readings_said: String,
    /// What was measured, newest first.
    pub readings: Vec<ReadingLine<'a>>,
    /// Whether any reading has a note.
    pub has_notes: bool,
}

/// What was measured on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingLine<'a> {
    /// The day.
    pub day: Day,
    /// The value.
    pub value: String,
    /// A remark.
    pub note: Option<&'a str>,
}

/// A label with a text, with links, or with both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactLine<'a> {
    /// The label.
    pub label: &'a str,
    /// The text.
    pub text: Option<Said<'a>>,
    /// The links.
    pub links: Vec<Link<'a>>,
    /// 1..=5, drawn as pips; 0 for none.
    pub pips: u8,
}

/// The words of the field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GlossaryView<'a> {
    /// The terms, in the handbook's order.
    pub terms: Vec<TermLine<'a>>,
    /// The way to the other terms, if there are many.
    pub pager: Option<Pager>,
}

/// A word of the field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermLine<'a> {
    /// Its id, to link to.
    pub id: &'a str,
    /// The word.
    pub title: Said<'a>,
    /// What it means, with links to other terms.
    pub definition: Running<'a>,
    /// Other words for the same.
    pub also: Vec<Said<'a>>,
    /// Pages that speak of it, a few of many.
    pub used_in: Vec<Link<'a>>,
}

/// The evidence.
pub fn insights<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.insights.entries();
    RegisterView { entries: entries.map(|(id, _)| insight(here, id)).collect() }
}

/// The improvement backlog.
pub fn opportunities<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.opportunities.entries();
    RegisterView { entries: entries.map(|(id, _)| opportunity(here, id)).collect() }
}

/// What is measured.
pub fn metrics<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.metrics.entries();
    RegisterView { entries: entries.map(|(id, _)| metric(here, id)).collect() }
}

/// Who is responsible.
pub fn teams<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.teams.entries();
    RegisterView { entries: entries.map(|(id, _)| team(here, id)).collect() }
}

/// What carries touchpoints.
pub fn channels<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.channels.entries();
    RegisterView { entries: entries.map(|(id, _)| channel(here, id)).collect() }
}

/// The glossary.
pub fn glossary<'a>(here: &Here<'a>) -> GlossaryView<'a> {
    let term = |(id, term): (Id<Term>, &'a Term)| {
        let used_in = here.pages.uses.mentions(Target::Term(id));
        TermLine {
            id: &term.name,
            title: here.said(&term.title),
            definition: here.running(&term.body),
            also: here.all_said(&term.also),
            used_in: here.capped(MOST_USES, used_in.iter().map(|&source| here.link(source))),
        }
    };
    let kind = PageKind::Glossary;
    GlossaryView {
        terms: here.on_this_part(kind, here.handbook.terms.entries()).map(term).collect(),
        pager: here.pager(kind),
    }
}

/// One insight.
pub fn insight<'a>(here: &Here<'a>, id: Id<Insight>) -> RegisterEntry<'a> {
    let insight = &here.handbook[id];
    let words = here.words;
    let key = match insight.kind {
        InsightKind::Interview => "insight_interview",
        InsightKind::Survey => "insight_survey",
        InsightKind::Analytics => "insight_analytics",
        InsightKind::Review => "insight_review",
        InsightKind::Observation => "insight_observation",
    };
    let Source { sample, day, .. } = here.source(id);
    let mut about = vec![words.get(key).to_owned()];
    if insight.sample.is_some() {
        about.push(sample);
    }
    if let Some(who) = &insight.who {
        about.push(who.str(here.lang).to_owned());
    }
    about.push(day.text);
    let quote = |quote: &'a Quote| Quoted {
        // The entry itself is the evidence.
        evidence: here.evidence(&[]),
        ..here.quoted(quote)
    };
    let mut quotes: Vec<Quoted<'a>> = insight.quotes.iter().map(quote).collect();
    for quote in &mut quotes {
        quote.evidence.level = "one";
        quote.evidence.text = "";
    }
    let cited = here.pages.uses.cited(Target::Insight(id));
    RegisterEntry {
        tags: vec![tag("speak", about.join(" · "))],
        quotes,
        facts: facts([
            text(here, "source", Some(&insight.source)),
            links(here, "owner", here.owner(insight.item.owner)),
            links(
                here,
                "read_more",
                insight.url.as_ref().map(|url| Link { href: url.clone(), title: Said::plain(url.as_str()) }),
            ),
            links(here, "used_in", steps(here, here.pages.uses.insight(id))),
            links(here, "cited_in", cited.iter().map(|&target| here.link(target))),
            links(here, "spoken_of_in", mentions(here, Target::Insight(id))),
        ]),
        ..entry(here, &insight.item.name, Target::Insight(id), insight.item.summary.as_ref())
    }
}

/// One opportunity.
pub fn opportunity<'a>(here: &Here<'a>, id: Id<Opportunity>) -> RegisterEntry<'a> {
    let opportunity = &here.handbook[id];
    let words = here.words;
    let cited = here.pages.uses.cited(Target::Opportunity(id)).iter().map(|&target| here.link(target));
    let mut tags = vec![here.status(opportunity)];
    if let Some(due) = opportunity.due {
        tags.push(tag("cal", words.fill("due_by", &[("day", &words.date(due))])));
    }
    RegisterEntry {
        tags,
        facts: facts([
            Some(FactLine { pips: opportunity.impact, ..level(here, "impact", opportunity.impact) }),
            Some(FactLine { pips: opportunity.effort, ..level(here, "effort", opportunity.effort) }),
            links(here, "owner", here.owner(opportunity.item.owner)),
            links(here, "shows_in", opportunity.metrics.iter().map(|&metric| here.link(Target::Metric(metric)))),
            links(here, "evidence", opportunity.insights.iter().map(|&insight| here.link(Target::Insight(insight)))),
            links(here, "would_mend", steps(here, here.pages.uses.opportunity(id)).chain(cited)),
            links(here, "spoken_of_in", mentions(here, Target::Opportunity(id))),
        ]),
        ..entry(here, &opportunity.item.name, Target::Opportunity(id), opportunity.item.summary.as_ref())
    }
}

/// One metric.
pub fn metric<'a>(here: &Here<'a>, id: Id<Metric>) -> RegisterEntry<'a> {
    let metric = &here.handbook[id];
    let words = here.words;
    let measured = here.measured(id);
    let head = match metric.target_date {
        Some(date) => words.fill("today_target_by", &[("day", &words.date(date))]),
        None => words.get("today_target").to_owned(),
    };
    let baseline = metric.baseline.map(|figure| words.fill("baseline", &[("value", &here.with_unit(metric, figure))]));
    let better = words.get(match metric.better {
        Better::Higher => "higher_is_better",
        Better::Lower => "lower_is_better",
    });
    let foot = [measured.unit.as_str(), better, baseline.as_deref().unwrap_or("")];
    let readings = metric.readings.iter().rev().map(|reading| ReadingLine {
        day: here.day(reading.date),
        value: here.with_unit(metric, reading.value),
        note: reading.note.as_deref(),
    });
    let figure = Figure {
        head,
        foot: words.list(foot.into_iter().filter(|part| !part.is_empty())),
        readings_said: words.count("readings_count", metric.readings.len()),
        readings: readings.collect(),
        has_notes: metric.readings.iter().any(|reading| reading.note.is_some()),
        measured,
    };
    let cited = here.pages.uses.cited(Target::Metric(id));
    RegisterEntry {
        figure: Some(figure),
        facts: facts([
            links(here, "owner", here.owner(metric.item.owner)),
            text(here, "source", metric.source.as_ref()),
            links(here, "evidence", metric.insights.iter().map(|&insight| here.link(Target::Insight(insight)))),
            links(here, "measured_at", steps(here, here.pages.uses.metric(id))),
            links(here, "moved_by", cited.iter().map(|&target| here.link(target))),
            links(here, "spoken_of_in", mentions(here, Target::Metric(id))),
        ]),
        ..entry(here, &metric.item.name, Target::Metric(id), Some(&metric.definition))
    }
}

/// One team.
pub fn team<'a>(here: &Here<'a>, id: Id<Team>) -> RegisterEntry<'a> {
    let team = &here.handbook[id];
    let owned = here.pages.uses.owned(id);
    let owned_of = |key, of: fn(&Target) -> bool| {
        links(here, key, owned.iter().filter(|target| of(target)).map(|&target| here.link(target)))
    };
    RegisterEntry {
        facts: facts([
            text(here, "lead", team.lead.as_ref()),
            text(here, "contact", team.contact.as_ref()),
            links(here, "part_of", here.owner(team.part_of)),
            owned_of("maps", |target| matches!(target, Target::Map(_))),
            owned_of("personas", |target| matches!(target, Target::Persona(_))),
            owned_of("touchpoints", |target| matches!(target, Target::Touchpoint(_))),
            owned_of("opportunities", |target| matches!(target, Target::Opportunity(_))),
            owned_of("metrics", |target| matches!(target, Target::Metric(_))),
            owned_of("training", |target| matches!(target, Target::Course(_))),
        ]),
        ..entry(here, &team.name, Target::Team(id), team.summary.as_ref())
    }
}

/// One channel.
pub fn channel<'a>(here: &Here<'a>, id: Id<Channel>) -> RegisterEntry<'a> {
    let channel = &here.handbook[id];
    let carried = here.pages.uses.carried(id);
    RegisterEntry {
        facts: facts([
            links(here, "touchpoints", carried.iter().map(|&touchpoint| here.link(Target::Touchpoint(touchpoint)))),
            links(here, "spoken_of_in", mentions(here, Target::Channel(id))),
        ]),
        ..entry(here, &channel.name, Target::Channel(id), channel.summary.as_ref())
    }
}

fn entry<'a>(here: &Here<'a>, id: &'a str, target: Target, summary: Option<&'a Text>) -> RegisterEntry<'a> {
    RegisterEntry {
        id,
        link: here.link(target),
        tags: Vec::new(),
        summary: summary.map(|summary| here.said(summary)),
        quotes: Vec::new(),
        figure: None,
        facts: Vec::new(),
    }
}

fn facts<'a, const N: usize>(lines: [Option<FactLine<'a>>; N]) -> Vec<FactLine<'a>> {
    lines.into_iter().flatten().collect()
}

fn text<'a>(here: &Here<'a>, key: &'static str, text: Option<&'a Text>) -> Option<FactLine<'a>> {
    let text = text?;
    Some(FactLine { label: here.words.get(key), text: Some(here.said(text)), links: Vec::new(), pips: 0 })
}

fn links<'a>(here: &Here<'a>, key: &'static str, links: impl IntoIterator<Item = Link<'a>>) -> Option<FactLine<'a>> {
    let links = here.capped(MOST_LINKS, links);
    (!links.is_empty()).then(|| FactLine { label: here.words.get(key), text: None, links, pips: 0 })
}

fn level<'a>(here: &Here<'a>, key: &'static str, level: u8) -> FactLine<'a> {
    let text = here.words.fill("level_of_five", &[("n", &level.to_string())]);
    FactLine { label: here.words.get(key), text: Some(Said::plain(text)), links: Vec::new(), pips: 0 }
}

fn tag(icon: &'static str, text: String) -> Tag {
    Tag { icon, text, strong: false }
}

fn mentions<'a>(here: &Here<'a>, target: Target) -> impl Iterator<Item = Link<'a>> {
    here.pages.uses.mentions(target).iter().map(|&source| here.link(source))
}

/// The maps of some steps, each once, at the first of the steps.
fn steps<'a>(here: &Here<'a>, places: &[StepPlace]) -> impl Iterator<Item = Link<'a>> {
    let mut firsts: Vec<StepPlace> = Vec::new();
    for place in places {
        if firsts.last().is_none_or(|last| last.map != place.map) {
            firsts.push(*place);
        }
    }
    let here = *here;
    firsts.into_iter().map(move |place| Link {
        href: here.href_at(Target::Map(place.map), anchor(&here, place)),
        title: here.title(Target::Map(place.map)),
    })
}

/// The step, or the stage where it has none.
fn anchor<'a>(here: &Here<'a>, place: StepPlace) -> &'a str {
    let stage = &here.handbook[place.map].stages[place.stage];
    stage.steps.get(place.step).map_or(&stage.name, |step| &step.name)
}
