//! What the numbers of a handbook stand for: two handbooks number the same nouns and files otherwise as soon as one has more of
//! them. Whatever outlives the program is hashed by names, so that it is the same wherever a noun stands.

use std::any::TypeId;
use std::hash::{Hash, Hasher};

use super::{
    Asset, Channel, Course, Guide, Handbook, Insight, JourneyMap, Lesson, Metric, Noun, Opportunity, Persona, State,
    Table, Team, Term, Touchpoint, Walkthrough,
};
use crate::hash::{Folding, digest};
use crate::source::{FileId, Files};

macro_rules! kinds {
    ($($noun:ident $table:ident),* $(,)?) => {
        #[derive(Clone, Copy)]
        enum Kind { $($noun),* }

        /// The kind of number that an [`Id`](super::Id) of such a noun is hashed as; the last one for what is in no table of a
        /// handbook, and has its number within something else.
        #[inline]
        pub(super) fn kind<T: 'static>() -> u32 {
            let of = TypeId::of::<T>();
            $(if of == TypeId::of::<$noun>() {
                return Kind::$noun as u32;
            })*
            NONE
        }

        impl Names {
            /// The names of a handbook.
            pub fn of<S: State>(handbook: &Handbook<S>) -> Self {
                let tables = vec![$(named(Kind::$noun as u32, &handbook.$table)),*];
                Self { tables, ..Self::of_files(&handbook.files) }
            }
        }
    };
}

kinds! {
    Persona personas, JourneyMap maps, Touchpoint touchpoints, Channel channels, Team teams, Insight insights,
    Opportunity opportunities, Metric metrics, Course courses, Lesson lessons, Walkthrough walkthroughs, Term terms,
    Guide guides, Asset assets,
}

/// In no table.
const NONE: u32 = FileId::KIND - 1;

/// What each number of a handbook stands for, in short.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The nouns, by their kinds.
    tables: Vec<Vec<u64>>,
    files: Files,
}

impl Names {
    /// Those of files alone.
    pub(crate) fn of_files(files: &Files) -> Self {
        Self { tables: Vec::new(), files: files.clone() }
    }

    /// What a value comes to, wherever the nouns and files stand that it names; the same whenever this program runs.
    pub fn digest(&self, value: &(impl Hash + ?Sized)) -> u64 {
        let mut hasher = ByName { names: self, folding: Folding::default(), last: (u32::MAX, 0) };
        value.hash(&mut hasher);
        hasher.finish()
    }

    /// What each noun of a table is called, with its kind.
    pub(super) fn of_table<T: 'static>(&self, _: &Table<T>) -> &[u64] {
        self.tables.get(kind::<T>() as usize).map_or(&[], Vec::as_slice)
    }

    /// What a noun of a kind is called, with its kind; 0 where there is none.
    fn of_noun(&self, kind: u32, place: u32) -> u64 {
        let table = self.tables.get(kind as usize);
        table.and_then(|table| table.get(place as usize)).copied().unwrap_or(0)
    }

    fn of_file(&self, number: u32) -> u64 {
        self.files.path_of(number).map_or(0, digest)
    }
}

/// What each noun of a table is called, with its kind. Of several with one name each has its own.
fn named<T: Noun>(kind: u32, table: &Table<T>) -> Vec<u64> {
    let mut names = vec![0; table.len()];
    let mut before: Option<(&str, u32)> = None;
    for (index, name) in table.sorted_names() {
        let again = before.filter(|(same, _)| *same == name).map_or(0, |(_, again)| again + 1);
        names[index] = digest(&(kind, name, again));
        before = Some((name, again));
    }
    names
}

/// A hash of values, but for places, of which what stands there is hashed.
struct ByName<'n> {
    names: &'n Names,
    folding: Folding,
    /// The last file, and what it is called: most places are in one file.
    last: (u32, u64),
}

impl Hasher for ByName<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.folding.write(bytes);
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.folding.write_u8(number);
    }

    #[inline]
    fn write_u16(&mut self, number: u16) {
        self.folding.write_u16(number);
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.folding.write_u32(number);
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.folding.write_u64(number);
    }

    #[inline]
    fn write_u128(&mut self, number: u128) {
        let (kind, place) = ((number >> 32) as u32, number as u32);
        self.folding.write_u64(match kind {
            FileId::KIND => {
                if self.last.0 != place {
                    self.last = (place, self.names.of_file(place));
                }
                self.last.1
            }
            NONE => place.into(),
            kind => self.names.of_noun(kind, place),
        });
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.folding.write_usize(number);
    }

    fn finish(&self) -> u64 {
        self.folding.finish()
    }
}
