//! The plan in numbers that outlive the program. A page notes which of its parts it reads, as it does with nouns.

use super::pages::Pages;
use crate::hash::digest;
use crate::model::{Handbook, PLANNED};

/// The parts of the plan that are noted when they are read, in the order of their numbers: what comes of any item, what comes of
/// maps alone, and of that what waits until it is asked for.
macro_rules! numbered {
    ($of:expr, $part:ident, $of_maps:ident, $later:ident) => {
        [
            $part!($of.uses),
            $part!($of.uses.mentions),
            $part!($of.dues),
            $of_maps!($of.gaps),
            $later!(evidence),
            $later!(worked),
            $part!($of.tags),
            $later!(map_order),
            $part!($of.shelf),
            $of_maps!($of.line),
            $of_maps!($of.steps),
            $later!(matrix),
            $later!(order),
            $of_maps!($of.moments),
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
        numbered!(self, part, part, later);
    }

    /// What it comes to: what is read without being noted, and each of the parts by its number. What is derived from maps alone came
    /// to the same `before`, if they are what they were.
    pub fn digests(&self, handbook: &Handbook, before: Option<&[u64]>) -> (u64, Vec<u64>) {
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
        let mut known = before.into_iter().flatten().map(|digest| Some(*digest)).chain(std::iter::repeat(None));
        let mut next = || known.next().flatten();
        macro_rules! part {
            ($part:expr) => {{
                next();
                digest(&*$part)
            }};
        }
        macro_rules! of_maps {
            ($part:expr) => {
                next().unwrap_or_else(|| digest(&*$part))
            };
        }
        macro_rules! later {
            ($name:ident) => {
                next().unwrap_or_else(|| digest(&self.$name(handbook)))
            };
        }
        let parts = numbered!(self, part, of_maps, later);
        // Where pages are found is where they stand.
        (digest(&(pages, by_path.len(), assets, terms, moved)), parts.to_vec())
    }
}
