//! A handbook in numbers that outlive the program: whether each of its nouns is what it was.
//!
//! What a page reads of a handbook is noun by noun, see [`Reads`](super::Reads), and besides that what all pages may rest on: the
//! settings, the day, which files there are, and which names stand in which order.

use std::hash::{Hash, Hasher};

use super::{Handbook, Noun, Outline, PLANNED, Reads, Table};
use crate::hash::{Folding, digest};
use crate::parallel;

/// What a handbook holds, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digests {
    /// All that is read without being noted.
    pub frame: u64,
    /// The maps with all that they can name: what is derived from nothing else, see [`Handbook::has_alike_maps`], is the same where
    /// this is.
    pub of_maps: u64,
    /// Each noun, by its number; before them what is derived from them, and after them the outlines of the maps.
    pub nouns: Vec<u64>,
    /// What each of these was made of; 0 where nobody knows.
    pub origins: Vec<u64>,
}

/// All that is noted when it is read, in the order of the numbers: parts, then tables.
macro_rules! numbered {
    ($of:expr, $part:ident, $table:ident) => {
        $part!($of.front);
        $part!($of.originals);
        $part!($of.history);
        $table!($of.personas);
        $table!($of.maps);
        $table!($of.touchpoints);
        $table!($of.channels);
        $table!($of.teams);
        $table!($of.insights);
        $table!($of.opportunities);
        $table!($of.metrics);
        $table!($of.courses);
        $table!($of.lessons);
        $table!($of.walkthroughs);
        $table!($of.terms);
        $table!($of.guides);
        $table!($of.assets);
    };
}

impl Handbook {
    /// Gives everything that can be read its number.
    pub fn number(&mut self) {
        let mut next = PLANNED;
        macro_rules! part {
            ($part:expr) => {
                $part.set_number(Some(next));
                next += 1;
            };
        }
        macro_rules! table {
            ($table:expr) => {
                next = $table.number(next);
            };
        }
        numbered!(self, part, table);
        self.maps.number_outlines(next);
    }

    /// What it holds, in short; zeros for what is derived from it. Two handbooks of equal digests are read alike, whatever is read.
    /// What was made of the same as `before` is the same, and is not looked at.
    pub fn digests(&self, before: Option<&Digests>) -> Digests {
        // What is not named here is read without being noted.
        let Self {
            settings,
            front: _,
            personas: _,
            maps: _,
            touchpoints: _,
            channels: _,
            teams: _,
            insights: _,
            opportunities: _,
            metrics: _,
            courses: _,
            lessons: _,
            walkthroughs: _,
            terms: _,
            guides: _,
            assets: _,
            originals: _,
            today,
            history: _,
            files,
        } = self;
        let mut nouns = vec![0; PLANNED as usize];
        let mut origins = nouns.clone();
        let (mut frame, mut of_maps) = (Folding::default(), Folding::default());
        (settings, today).hash(&mut frame);
        (settings, today).hash(&mut of_maps);
        files.iter().for_each(|(id, file)| (id, &file.path).hash(&mut frame));
        macro_rules! part {
            ($part:expr) => {
                nouns.push(digest(&*$part));
                origins.push(0);
            };
        }
        macro_rules! table {
            ($table:expr) => {
                named(&$table, &mut frame);
                table_into((&mut nouns, &mut origins), before, &$table, |noun| digest(noun));
            };
        }
        numbered!(self, part, table);
        table_into((&mut nouns, &mut origins), before, &self.maps, Outline::digest);
        let tables = [
            self.personas.numbers(),
            self.maps.numbers(),
            self.touchpoints.numbers(),
            self.channels.numbers(),
            self.teams.numbers(),
            self.insights.numbers(),
            self.opportunities.numbers(),
            self.metrics.numbers(),
            self.walkthroughs.numbers(),
        ];
        tables.into_iter().for_each(|numbers| nouns[numbers].hash(&mut of_maps));
        Digests { frame: frame.finish(), of_maps: of_maps.finish(), nouns, origins }
    }
}

impl Digests {
    /// What some of it comes to, with all that is read without being noted: the same for the same readings of handbooks that are
    /// read alike.
    pub fn of(&self, reads: &Reads) -> u64 {
        let mut hasher = Folding::default();
        (self.frame, self.nouns.len()).hash(&mut hasher);
        for (first, end) in reads.runs() {
            let [first, end] = [first, end].map(|number| self.nouns.len().min(number as usize));
            (first, &self.nouns[first..end]).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The numbers of what is not what it was, in order; `None` if more than that is not.
    pub fn changes(&self, before: &Self) -> Option<Vec<u32>> {
        let alike = self.frame == before.frame && self.nouns.len() == before.nouns.len();
        let pairs = (0..).zip(self.nouns.iter().zip(&before.nouns));
        alike.then(|| pairs.filter(|(_, (now, was))| now != was).map(|(number, _)| number).collect())
    }
}

/// What the nouns of a table come to, and what they were made of, after all that stands there already.
fn table_into<T: Send + Sync>(
    (nouns, origins): (&mut Vec<u64>, &mut Vec<u64>),
    before: Option<&Digests>,
    table: &Table<T>,
    come_to: impl Fn(&T) -> u64 + Sync + Send,
) {
    let (begin, items) = (nouns.len(), table.shared());
    origins.extend((0..table.len()).map(|index| table.origins().get(index).copied().unwrap_or(0)));
    let known = |index: usize| {
        let (before, origin) = (before?, origins[begin + index]);
        let same = origin != 0 && before.origins.get(begin + index) == Some(&origin);
        before.nouns.get(begin + index).copied().filter(|_| same)
    };
    let known: Vec<Option<u64>> = (0..table.len()).map(known).collect();
    nouns.extend(parallel::turn(known, |index, known| known.unwrap_or_else(|| come_to(&items[index]))));
}

/// What is known of a table without reading any of its nouns.
fn named<T: Noun>(table: &Table<T>, frame: &mut Folding) {
    (table.len(), table.is_unread()).hash(frame);
    table.names().for_each(|name| name.hash(frame));
}
