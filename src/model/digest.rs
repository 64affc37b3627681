//! A handbook in numbers that outlive the program: whether each of its nouns is what it was.
//!
//! What a page reads of a handbook is noun by noun, see [`Reads`](super::Reads), and besides that what all pages may rest on: the
//! settings, the day, which tables are empty, and what stands in lists.
//!
//! A noun is numbered by where it stands, so that all that follow have other numbers once one comes or goes. What a build leaves
//! for a later one is numbered by names: a noun keeps its number there as long as it is there, and a new one gets one that is
//! free. A free number is nobody's: what was read under it was made anew when its noun went.

use std::hash::{Hash, Hasher};

use super::link::{COUNTS, OUTLINE, USES};
use super::{Gathered, Handbook, Names, Noun, Outline, PLANNED, Reads, Table};
use crate::hash::{Folding, HashMap, digest};
use crate::parallel;

/// What a handbook holds, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digests {
    /// All that is read without being noted.
    pub frame: u64,
    /// What stands under each number: what is derived from all nouns, each table, its nouns, and what is derived about each.
    pub nouns: Vec<u64>,
    /// What each of these was made of; 0 where nobody knows.
    pub origins: Vec<u64>,
    /// What each number stands for; 0 if it is free.
    pub names: Vec<u64>,
    /// Which of these numbers each of the handbook's own is; empty if they are the same.
    pub(crate) places: Vec<u32>,
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

/// How much is derived about each noun of a table.
fn derived(is_map: bool) -> u32 {
    if is_map { COUNTS + 1 } else { USES + 1 }
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
                next = $table.number(next, derived($table.is_of_maps()));
            };
        }
        numbered!(self, part, table);
        let _ = next;
    }

    /// What each number stands for, in short.
    fn numbered(&self, names: &Names) -> Vec<u64> {
        let mut all: Vec<u64> = (0..PLANNED).map(|number| digest(&("planned", number))).collect();
        let mut parts = 0..;
        let mut kinds = 0..;
        macro_rules! part {
            ($part:expr) => {
                all.push(digest(&("part", parts.next())));
            };
        }
        macro_rules! table {
            ($table:expr) => {
                all.push(digest(&("table", kinds.next())));
                let nouns = names.of_table(&$table);
                all.extend_from_slice(nouns);
                for what in 0..derived($table.is_of_maps()) {
                    all.extend(nouns.iter().map(|noun| digest(&(noun, what))));
                }
            };
        }
        numbered!(self, part, table);
        all
    }

    /// What it holds, in short; zeros for what is derived from it. Two handbooks of equal digests are read alike, whatever is read.
    /// What was made of the same as `before` is the same, and is not looked at; what stands there has the same number here.
    pub fn digests(&self, names: &Names, before: Option<&Digests>) -> Digests {
        // What is not named here is read without being noted, or only where a noun says that it stands in it.
        let Self {
            settings,
            front: _,
            personas: _,
            maps: _,
            touchpoints: _,
            channels,
            teams,
            insights: _,
            opportunities: _,
            metrics: _,
            courses: _,
            lessons: _,
            walkthroughs: _,
            terms,
            guides: _,
            assets: _,
            originals: _,
            today,
            history: _,
            files: _,
        } = self;
        let mut made = Made::after(self.numbered(names), before);
        made.skip(PLANNED as usize);
        let mut frame = Folding::default();
        frame.write_u64(names.digest(&(settings, today)));
        // Of all others the order comes of what their files are called.
        in_order(channels, &mut frame);
        in_order(teams, &mut frame);
        in_order(terms, &mut frame);
        macro_rules! part {
            ($part:expr) => {
                made.push(names.digest(&*$part))
            };
        }
        macro_rules! table {
            ($table:expr) => {
                ($table.is_empty(), $table.is_unread()).hash(&mut frame);
                made.push(names.digest(&(names.of_table(&$table), $table.is_unread())));
                made.table(&$table, |noun| names.digest(noun));
                for what in 0..derived($table.is_of_maps()) {
                    match what {
                        OUTLINE => made.table(&self.maps, |map| Outline::digest(map, names)),
                        _ => made.skip($table.len()),
                    }
                }
            };
        }
        numbered!(self, part, table);
        made.end(frame.finish())
    }
}

/// The digests of a handbook in the making, by its own numbers.
struct Made<'b> {
    before: Option<&'b Digests>,
    names: Vec<u64>,
    places: Vec<u32>,
    nouns: Vec<u64>,
    origins: Vec<u64>,
}

impl<'b> Made<'b> {
    /// None yet, of what the names say, in the order of the handbook's own numbers.
    fn after(own: Vec<u64>, before: Option<&'b Digests>) -> Self {
        let numbered = before.and_then(|before| numbered_after(&own, before));
        let (nouns, origins) = (Vec::with_capacity(own.len()), Vec::with_capacity(own.len()));
        let (names, places) = numbered.unwrap_or((own, Vec::new()));
        Self { before, names, places, nouns, origins }
    }

    fn push(&mut self, noun: u64) {
        self.nouns.push(noun);
        self.origins.push(0);
    }

    /// Passes over so many that others know.
    fn skip(&mut self, count: usize) {
        self.nouns.resize(self.nouns.len() + count, 0);
        self.origins.resize(self.nouns.len(), 0);
    }

    /// Adds what the nouns of a table come to, and what they were made of.
    fn table<T: Send + Sync>(&mut self, table: &Table<T>, come_to: impl Fn(&T) -> u64 + Sync + Send) {
        let (begin, items) = (self.nouns.len(), table.shared());
        self.origins.extend((0..table.len()).map(|index| table.origins().get(index).copied().unwrap_or(0)));
        let Self { before, names, places, nouns, origins } = self;
        let known = |index: usize| {
            let (before, own, origin) = ((*before)?, begin + index, origins[begin + index]);
            let number = places.get(own).map_or(own, |number| *number as usize);
            let same = origin != 0 && before.origins.get(number) == Some(&origin);
            let same = same && before.names.get(number) == names.get(number);
            before.nouns.get(number).copied().filter(|_| same)
        };
        let known: Vec<Option<u64>> = (0..table.len()).map(known).collect();
        nouns.extend(parallel::turn(known, |index, known| known.unwrap_or_else(|| come_to(&items[index]))));
    }

    fn end(self, frame: u64) -> Digests {
        let Self { before: _, names, places, nouns, origins } = self;
        let place = |own: Vec<u64>| {
            if places.is_empty() {
                return own;
            }
            let mut placed = vec![0; names.len()];
            places.iter().zip(own).for_each(|(number, own)| placed[*number as usize] = own);
            placed
        };
        let (nouns, origins) = (place(nouns), place(origins));
        Digests { frame, nouns, origins, names, places }
    }
}

/// The names of `own` under the numbers that they had before, new ones under such as are free; and the number of each. `None` if
/// all have their own numbers.
fn numbered_after(own: &[u64], before: &Digests) -> Option<(Vec<u64>, Vec<u32>)> {
    if before.names == own {
        return None;
    }
    let known: HashMap<u64, u32> = before.names.iter().copied().zip(0..).filter(|(name, _)| *name != 0).collect();
    let mut names = vec![0; before.names.len()];
    let mut places: Vec<Option<u32>> = Vec::with_capacity(own.len());
    for name in own {
        // A number is taken once, whatever the names come to.
        let number = known.get(name).copied().filter(|number| names[*number as usize] == 0);
        number.into_iter().for_each(|number| names[number as usize] = *name);
        places.push(number);
    }
    let mut free = 0;
    let place = |(place, name): (Option<u32>, &u64)| {
        place.unwrap_or_else(|| {
            free += names[free..].iter().take_while(|name| **name != 0).count();
            names.resize(names.len().max(free + 1), 0);
            names[free] = *name;
            free as u32
        })
    };
    let places = places.into_iter().zip(own).map(place).collect();
    Some((names, places))
}

impl Digests {
    /// Says what something comes to that is derived from the handbook, by the handbook's own number.
    pub fn set(&mut self, own: u32, comes_to: u64) {
        let number = self.place(own);
        if let Some(noun) = self.nouns.get_mut(number as usize) {
            *noun = comes_to;
        }
    }

    /// The number here of what has this number in the handbook.
    pub fn place(&self, own: u32) -> u32 {
        self.places.get(own as usize).copied().unwrap_or(own)
    }

    /// What was read, noted by the handbook's own numbers, as a later build knows it.
    #[must_use]
    pub fn placed(&self, reads: Reads) -> Reads {
        if self.places.is_empty() { reads } else { reads.turned(|own| self.places.get(own as usize).copied()) }
    }

    /// Notes readings that a build before this left.
    pub fn note(&self, reads: &Gathered) {
        if self.places.is_empty() {
            return reads.note(Some);
        }
        let mut own = vec![None; self.names.len()];
        self.places.iter().zip(0..).for_each(|(number, number_own)| own[*number as usize] = Some(number_own));
        reads.note(|number| own.get(number as usize).copied().flatten());
    }

    /// What some of it comes to, with all that is read without being noted: the same for the same readings of handbooks that are
    /// read alike.
    pub fn of(&self, reads: &Reads) -> u64 {
        let mut hasher = Folding::default();
        self.frame.hash(&mut hasher);
        for (first, end) in reads.runs() {
            let [first, end] = [first, end].map(|number| self.nouns.len().min(number as usize));
            (first, &self.names[first..end], &self.nouns[first..end]).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The numbers of what is not what it was, or not there any more, in order; `None` if all that is read without being noted is
    /// not what it was.
    pub fn changes(&self, before: &Self) -> Option<Vec<u32>> {
        let same = |number: usize| {
            self.names.get(number) == before.names.get(number) && self.nouns.get(number) == before.nouns.get(number)
        };
        let changed = || (0..before.nouns.len()).filter(|number| !same(*number)).map(|number| number as u32);
        (self.frame == before.frame).then(|| changed().collect())
    }
}

/// What is known of a table whose order its nouns do not tell.
fn in_order<T: Noun>(table: &Table<T>, frame: &mut Folding) {
    table.len().hash(frame);
    table.names().for_each(|name| name.hash(frame));
}
