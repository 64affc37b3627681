//! The plan in numbers that outlive the program. A page notes which of its parts it reads, as it does with nouns.

use super::pages::Pages;
use crate::hash::digest;
use crate::model::PLANNED;

/// The parts of the plan that are noted when they are read, in the order of their numbers.
macro_rules! numbered {
    ($of:expr, $part:ident) => {
        [
            $part!($of.uses),
            $part!($of.uses.mentions),
            $part!($of.dues),
            $part!($of.gaps),
            $part!($of.translations),
            $part!($of.evidence),
            $part!($of.worked),
            $part!($of.tags),
            $part!($of.map_order),
            $part!($of.shelf),
            $part!($of.line),
            $part!($of.matrix),
            $part!($of.order),
            $part!($of.moments),
        ]
    };
}

impl Pages {
    /// Gives the parts their numbers, from 0. The last number is that of the findings.
    pub(super) fn number(&mut self) {
        let mut numbers = 0..PLANNED - 1;
        macro_rules! part {
            ($part:expr) => {
                $part.set_number(numbers.next())
            };
        }
        numbered!(self, part);
    }

    /// What it comes to: what is read without being noted, and each of the parts by its number.
    pub fn digests(&self) -> (u64, Vec<u64>) {
        // All of it stands here: whatever is no part with a number belongs to what is read without being noted.
        let Self {
            pages,
            by_kind,
            by_path,
            assets,
            terms,
            moved,
            uses: _,
            dues: _,
            gaps: _,
            translations: _,
            evidence: _,
            worked: _,
            tags: _,
            map_order: _,
            shelf: _,
            line: _,
            matrix: _,
            order: _,
            moments: _,
        } = self;
        macro_rules! part {
            ($part:expr) => {
                digest(&*$part)
            };
        }
        // Where pages are found is where they stand.
        (digest(&(pages, by_kind.len(), by_path.len(), assets, terms, moved)), numbered!(self, part).to_vec())
    }
}
