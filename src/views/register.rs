//! Registers: the channels, and the words of the glossary, each with a place to link to.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::split::Pager;
use crate::model::{Channel, Id, Target, Term, Text};

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
    /// What it is.
    pub summary: Option<Said<'a>>,
    /// All else.
    pub facts: Vec<FactLine<'a>>,
}

/// A label with links.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactLine<'a> {
    /// The label.
    pub label: &'a str,
    /// The links.
    pub links: Vec<Link<'a>>,
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
    /// What it means.
    pub definition: Said<'a>,
    /// Other words for the same.
    pub also: Vec<Said<'a>>,
}

/// What carries touchpoints.
pub fn channels<'a>(here: &Here<'a>) -> RegisterView<'a> {
    let entries = here.handbook.channels.entries();
    RegisterView { entries: entries.map(|(id, _)| channel(here, id)).collect() }
}

/// The glossary.
pub fn glossary<'a>(here: &Here<'a>) -> GlossaryView<'a> {
    let term = |term: &'a Term| TermLine {
        id: &term.name,
        title: here.said(&term.title),
        definition: here.said(&term.definition),
        also: here.all_said(&term.also),
    };
    let kind = PageKind::Glossary;
    GlossaryView {
        terms: here.on_this_part(kind, here.handbook.terms.iter()).map(term).collect(),
        pager: here.pager(kind),
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
    RegisterEntry { id, link: here.link(target), summary: summary.map(|summary| here.said(summary)), facts: Vec::new() }
}

fn facts<'a, const N: usize>(lines: [Option<FactLine<'a>>; N]) -> Vec<FactLine<'a>> {
    lines.into_iter().flatten().collect()
}

fn links<'a>(here: &Here<'a>, key: &'static str, links: impl IntoIterator<Item = Link<'a>>) -> Option<FactLine<'a>> {
    let links: Vec<Link<'a>> = links.into_iter().collect();
    (!links.is_empty()).then(|| FactLine { label: here.words.get(key), links })
}

fn mentions<'a>(here: &Here<'a>, target: Target) -> impl Iterator<Item = Link<'a>> {
    here.pages.uses.mentions(target).iter().map(|&source| here.link(source))
}
