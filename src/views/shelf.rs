//! The guides as they lie in their folders.
//!
//! A folder is a guide that others are named below. Where a folder has no page of its own, its guides lie
//! with those of the folder above. A guide that says `listed: false` lies in its folder, and stands in no list.

use std::hash::Hash;

use crate::hash::HashMap;
use crate::model::{Guide, Id, Marks, Noted, Table};

/// How many guides of a folder stand beside each of them.
const MOST_BESIDE: usize = 24;

/// The guides in their folders, each list in reading order.
#[derive(Debug, Default)]
pub struct Shelf {
    front: Option<Id<Guide>>,
    top: Vec<Id<Guide>>,
    below: Vec<Vec<Id<Guide>>>,
    above: Vec<Option<Id<Guide>>>,
    hidden: Vec<bool>,
    /// Under which numbers it is noted what is read of each guide.
    marks: Marks,
    /// The same of what is no guide's own.
    pub(super) rest: Noted<()>,
}

impl Shelf {
    /// Sorts the guides into their folders.
    pub fn of(guides: &Table<Guide>) -> Self {
        let named: HashMap<&str, Id<Guide>> =
            guides.entries().map(|(id, guide)| (guide.item.name.as_str(), id)).collect();
        let mut shelf = Self {
            below: vec![Vec::new(); guides.len()],
            above: vec![None; guides.len()],
            hidden: vec![false; guides.len()],
            marks: guides.uses(),
            ..Self::default()
        };
        for (id, guide) in guides.entries() {
            let mut name = guide.item.name.as_str();
            if matches!(name, "" | "index") {
                shelf.front = Some(id);
                continue;
            }
            while let Some((folder, _)) = name.rsplit_once('/') {
                name = folder;
                shelf.above[id.index()] = named.get(folder).copied();
                if shelf.above[id.index()].is_some() {
                    break;
                }
            }
            if !guide.listed {
                shelf.hidden[id.index()] = true;
                continue;
            }
            match shelf.above[id.index()] {
                Some(folder) => shelf.below[folder.index()].push(id),
                None => shelf.top.push(id),
            }
        }
        shelf
    }

    /// The text of the guides' own index, if somebody wrote one.
    pub fn front(&self) -> Option<Id<Guide>> {
        let () = *self.rest;
        self.front
    }

    /// The guides that lie in no other.
    pub fn top(&self) -> &[Id<Guide>] {
        let () = *self.rest;
        &self.top
    }

    /// The guides that lie in this one; none if it is no folder.
    pub fn below(&self, guide: Id<Guide>) -> &[Id<Guide>] {
        self.marks.note(guide.index());
        &self.below[guide.index()]
    }

    /// The folder this guide lies in.
    pub fn above(&self, guide: Id<Guide>) -> Option<Id<Guide>> {
        self.marks.note(guide.index());
        self.above[guide.index()]
    }

    /// The guides around one in its folder. A list of all of a big folder on each of its pages would make the site grow with the
    /// square of the folder; the folder's own page lists them all.
    pub fn beside(&self, guide: Id<Guide>) -> &[Id<Guide>] {
        self.marks.note(guide.index());
        let folder = self.above[guide.index()].map_or(&self.top, |folder| &self.below[folder.index()]);
        let at = folder.iter().position(|&other| other == guide).unwrap_or(0);
        let start = at.saturating_sub(MOST_BESIDE / 2).min(folder.len().saturating_sub(MOST_BESIDE));
        &folder[start..folder.len().min(start + MOST_BESIDE)]
    }

    /// All that is noted as read of a guide.
    pub(super) fn around(&self, guide: Id<Guide>) -> impl Hash {
        (self.above(guide), self.below(guide), self.beside(guide), self.neighbours(guide))
    }

    /// The guide before and the guide after this one, in reading order.
    pub fn neighbours(&self, guide: Id<Guide>) -> (Option<Id<Guide>>, Option<Id<Guide>>) {
        self.marks.note(guide.index());
        if self.hidden[guide.index()] {
            return (None, None);
        }
        let not_front = |id: &Id<Guide>| Some(*id) != self.front && !self.hidden[id.index()];
        let index = guide.index();
        let before = (0..index).rev().map(Id::at).find(not_front);
        let after = (index + 1..self.above.len()).map(Id::at).find(not_front);
        (before, after)
    }
}
