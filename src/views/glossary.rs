//! The glossary: the words of the field, each with a place to link to.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::prose::Running;
use super::split::Pager;
use crate::model::{Id, Target, Term};

/// How many of the pages that speak of a term are named beside it.
const MOST_USES: usize = 6;

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

/// The glossary.
pub fn glossary<'a>(here: &Here<'a>) -> GlossaryView<'a> {
    let term = |(id, term): (Id<Term>, &'a Term)| {
        let used_in = here.pages.uses.mentions(Target::Term(id), here.lang);
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
