//! The plan in numbers that outlive the program. A page notes which of its parts it reads, as it does with nouns.

use super::pages::Pages;
use crate::hash::digest;
use crate::model::{Handbook, PLANNED};

/// The parts of the plan that are noted when they are read, in the order of their numbers.
macro_rules! numbered {
    ($of:expr, $part:ident, $later:ident) => {
        [
            $part!($of.uses),
            $part!($of.uses.mentions),
            $part!($of.dues),
            $part!($of.gaps),
            $later!(evidence),
            $later!(worked),
            $part!($of.tags),
            $later!(map_order),
            $part!($of.shelf),
            $part!($of.line),
            $part!($of.steps),
            $later!(matrix),
            $later!(order),
            $part!($of.moments),
        ]
    };
}

impl Pages {
    /// Gives the parts their numbers, from 0. The last two numbers are those of the order of everything and of the findings.
    pub(super) fn number(&mut self) {
        let mut numbers = 0..PLANNED - 2;
        macro_rules! part {
            ($part:expr) => {
                $part.set_number(numbers.next())
            };
        }
        macro_rules! later {
            ($name:ident) => {
                self.$name.set_number(numbers.next())
            };
        }
        numbered!(self, part, later);
    }

    /// What it comes to: what is read without being noted, and each of the parts by its number.
    pub fn digests(&self, handbook: &Handbook) -> (u64, Vec<u64>) {
        // All of it stands here: whatever is no part with a number belongs to what is read without being noted.
        let Self {
            pages,
            places: _,
            by_path,
            assets,
            terms,
            moved,
            uses: _,
            dues: _,
            gaps: _,
            evidence: _,
            worked: _,
            tags: _,
            map_order: _,
            shelf: _,
            line: _,
            steps: _,
            matrix: _,
            order: _,
            moments: _,
            // They note themselves what they rest on.
            figures: _,
        } = self;
        macro_rules! part {
            ($part:expr) => {
                digest(&*$part)
            };
        }
        macro_rules! later {
            ($name:ident) => {
                digest(&self.$name(handbook))
            };
        }
        // Where pages are found is where they stand.
        (digest(&(pages, by_path.len(), assets, terms, moved)), numbered!(self, part, later).to_vec())
    }
}
