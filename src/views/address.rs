//! Where things are: from what a link means to a file of the site and a place in it.

use super::pages::{PageKind, Pages};
use super::split;
use crate::model::{Lang, Target};
use crate::path::SitePath;

/// Where something is: a file of the site and a place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// The place in it; `None` for the whole.
    pub anchor: Option<&'a str>,
}

impl Pages {
    /// Where a target is shown to readers of a language; `None` for the page itself, and for what lost its
    /// address to another.
    pub fn address(&self, target: Target, lang: Lang) -> Option<Address<'_>> {
        let kind = match target {
            Target::Persona(id) => PageKind::Persona(id),
            Target::Map(id) => PageKind::Map(id),
            Target::Touchpoint(id) => PageKind::Touchpoint(id),
            Target::Course(id) => PageKind::Course(id),
            Target::Lesson(id) => PageKind::Lesson(id),
            Target::Guide(id) => PageKind::Guide(id),
            Target::Channel(id) => PageKind::Channel(id),
            Target::Team(id) => PageKind::Team(id),
            Target::Insight(id) => PageKind::Insight(id),
            Target::Opportunity(id) => PageKind::Opportunity(id),
            Target::Metric(id) => PageKind::Metric(id),
            Target::Walkthrough(id) => PageKind::Walkthrough(id),
            Target::Term(id) => {
                let page = self.part_of(PageKind::Glossary, split::part_with(PageKind::Glossary, id.index()), lang)?;
                return Some(Address { path: &page.path, anchor: Some(&self.terms[id.index()]) });
            }
            Target::Front => PageKind::Home,
            Target::Asset(id) => return self.assets.get(id.index()).map(|path| Address { path, anchor: None }),
            Target::Here => return None,
        };
        self.of(kind, lang).map(|page| Address { path: &page.path, anchor: None })
    }
}
