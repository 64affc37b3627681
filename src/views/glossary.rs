//! The glossary: the words of the field, each with a place to link to.

use serde::Serialize;

use super::here::{Here, Said};
use super::pages::PageKind;
use super::split::Pager;
use crate::model::Term;

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
