//! Guides: pages of running text in folders, with their headings beside them.

use serde::Serialize;

use super::cards::Card;
use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::parts::Review;
use super::prose::Running;
use super::split::Pager;
use super::training::CardsView;
use crate::model::{Guide, Heading, Id, Target};

/// A guide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuideView<'a> {
    /// The text.
    pub body: Running<'a>,
    /// How long it takes to read; empty if it has no text.
    pub reading: String,
    /// Its headings; none if there are too few to choose from.
    pub contents: Vec<Entry<'a>>,
    /// The guides in this folder.
    pub below: Vec<Card<'a>>,
    /// The way to the others in it, if there are many.
    pub pager: Option<Pager>,
    /// The guides beside this one, and itself.
    pub beside: Vec<Neighbour<'a>>,
    /// The folder it lies in.
    pub above: Option<Link<'a>>,
    /// The guide before.
    pub previous: Option<Link<'a>>,
    /// The guide after.
    pub next: Option<Link<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
}

/// A heading and those below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its text.
    pub title: &'a str,
    /// Headings below it.
    pub below: Vec<Entry<'a>>,
}

/// A guide in the same folder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbour<'a> {
    /// The guide.
    pub link: Link<'a>,
    /// Whether it is this one.
    pub current: bool,
}

/// The list of guides.
pub fn guides<'a>(here: &Here<'a>) -> CardsView<'a> {
    let (shelf, kind) = (&here.pages.shelf, PageKind::Guides);
    let body = shelf.front().filter(|_| here.part == 0);
    CardsView {
        cards: here.on_this_part(kind, shelf.top().iter()).map(|&id| here.guide_card(id)).collect(),
        body: body.map(|id| here.running(&here.handbook[id].body)).unwrap_or_default(),
        pager: here.pager(kind),
    }
}

/// What the list of guides is called, and a sentence about it.
pub fn front<'a>(here: &Here<'a>) -> (Said<'a>, Said<'a>) {
    let front = here.pages.shelf.front().map(|id| &here.handbook[id].item);
    let title = front.map_or_else(|| here.word("guides"), |item| here.called(item));
    let summary = front.and_then(|item| item.summary.as_ref());
    (title, summary.map_or_else(|| here.word("guides_summary"), |summary| here.said(summary)))
}

/// A guide's page.
pub fn guide<'a>(here: &Here<'a>, id: Id<Guide>) -> GuideView<'a> {
    let guide = &here.handbook[id];
    // The further parts of a folder of very many only go on with its list.
    let (kind, whole) = (PageKind::Guide(id), here.part == 0);
    let shelf = &here.pages.shelf;
    let above = shelf.above(id);
    let (previous, next) = shelf.neighbours(id);
    let link = |id: Id<Guide>| here.link(Target::Guide(id));
    GuideView {
        body: if whole { here.running(&guide.body) } else { Running::default() },
        reading: if whole { here.reading_time(&guide.body) } else { String::new() },
        contents: if whole { contents(&guide.body.show(here.lang).headings) } else { Vec::new() },
        below: here.on_this_part(kind, shelf.below(id).iter()).map(|&below| here.guide_card(below)).collect(),
        pager: here.pager(kind),
        beside: shelf.beside(id).iter().map(|&other| Neighbour { link: link(other), current: other == id }).collect(),
        above: above.map(link),
        previous: previous.map(link),
        next: next.map(link),
        review: here.review(&guide.item),
    }
}

/// Headings of the second level, each with those of the third below it.
fn contents(headings: &[Heading]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for heading in headings.iter().filter(|heading| heading.level <= 3) {
        let entry = Entry { id: &heading.id, title: &heading.text, below: Vec::new() };
        match entries.last_mut().filter(|_| heading.level == 3) {
            Some(above) => above.below.push(entry),
            None => entries.push(entry),
        }
    }
    if entries.len() < 2 { Vec::new() } else { entries }
}
