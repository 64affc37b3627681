//! Which page shows what: asked for with every link of every page.
//!
//! Items, which most links lead to, are found by their numbers in tables; what else a site has, by a quick hash.

use super::pages::{Format, PageKind};
use crate::hash::HashMap;
use crate::model::Lang;

/// The pages by language and by what they show.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By language: of each noun the page of each item, plus one; 0 where there is none.
    items: Vec<[Vec<u32>; NOUNS]>,
    others: HashMap<(Lang, PageKind, usize), u32>,
}

/// How many nouns have pages of their own, a map's files among them.
const NOUNS: usize = 16;

impl Places {
    /// Says that a page, by its number, shows this.
    pub(super) fn insert(&mut self, lang: Lang, kind: PageKind, part: usize, page: usize) {
        let Some((noun, item)) = item(kind).filter(|_| part == 0) else {
            self.others.insert((lang, kind, part), page as u32);
            return;
        };
        if self.items.len() <= lang.index() {
            self.items.resize_with(lang.index() + 1, Default::default);
        }
        let pages = &mut self.items[lang.index()][noun];
        if pages.len() <= item {
            pages.resize(item + 1, 0);
        }
        pages[item] = page as u32 + 1;
    }

    /// The number of the page that shows this; `None` if none does.
    pub(super) fn get(&self, lang: Lang, kind: PageKind, part: usize) -> Option<usize> {
        match item(kind).filter(|_| part == 0) {
            Some((noun, item)) => {
                let page = *self.items.get(lang.index())?[noun].get(item)?;
                (page as usize).checked_sub(1)
            }
            None => self.others.get(&(lang, kind, part)).map(|&page| page as usize),
        }
    }
}

/// The noun of a page's item, and the item's number.
fn item(kind: PageKind) -> Option<(usize, usize)> {
    Some(match kind {
        PageKind::Map(id) => (0, id.index()),
        PageKind::Compare(id) => (1, id.index()),
        PageKind::MapData(id, Format::Json) => (2, id.index()),
        PageKind::MapData(id, Format::Csv) => (3, id.index()),
        PageKind::MapData(id, Format::Svg) => (4, id.index()),
        PageKind::Persona(id) => (5, id.index()),
        PageKind::Touchpoint(id) => (6, id.index()),
        PageKind::Course(id) => (7, id.index()),
        PageKind::Lesson(id) => (8, id.index()),
        PageKind::Guide(id) => (9, id.index()),
        PageKind::Insight(id) => (10, id.index()),
        PageKind::Opportunity(id) => (11, id.index()),
        PageKind::Metric(id) => (12, id.index()),
        PageKind::Team(id) => (13, id.index()),
        PageKind::Channel(id) => (14, id.index()),
        PageKind::Walkthrough(id) => (15, id.index()),
        _ => return None,
    })
}
