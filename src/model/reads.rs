//! What is read of a handbook while something is made of it.
//!
//! Whatever is made of the same readings is the same, so a page may stay as it lies there while nothing that it read has
//! changed. Nobody has to say what a page needs: nouns are reached through a [`Table`](super::Table) or a [`Noted`], and those
//! note it. What is noted belongs to the thread that reads, as a page is made on one thread; where nobody watches, a note costs
//! a glance.

mod gathered;

use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};

pub use gathered::Gathered;

use crate::bytes::{Reader, Writer};

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static NOTED: RefCell<Notes> = const { RefCell::new(Notes::NONE) };
}

/// Not of any handbook yet.
pub(super) const NO_NUMBER: u32 = u32::MAX;
/// How many numbers are left to what is derived from a handbook: its own follow after them.
pub const PLANNED: u32 = 20;
/// All of a handbook.
const ALL: u32 = u32::MAX - 1;
/// So many notes stand one after the other: of more there is a bit for each number.
const MANY: usize = 1 << 10;
/// A run of so many numbers is noted at once.
const LONG: u32 = 64;
/// How many numbers of late are known.
const LATELY: usize = 128;

/// What was noted, in no order. What is read is mostly read again soon, and is not noted again then.
struct Notes {
    numbers: Vec<u32>,
    /// What was noted before these, once there was much of it.
    many: Gathered,
    /// Numbers of late, each at the place of its remainder.
    lately: [u32; LATELY],
}

/// What was read, by its numbers in the handbook. Those of all files of a site wait for its last, so its runs are packed: one past
/// the last number of all, then how far each begins behind the one before, and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads(Box<[u8]>);

/// Numbers in a row, each for something that is derived about one noun of a table.
#[derive(Debug, Clone, Copy)]
pub struct Marks(u32);

impl Marks {
    /// Those from a number on; none from the last of all on.
    pub(super) fn from(first: u32) -> Self {
        Self(first)
    }

    /// The number of a noun, by its position.
    pub fn number(self, index: usize) -> u32 {
        self.0.saturating_add(index as u32)
    }

    /// Notes that it is read of a noun, by its position.
    #[inline]
    pub fn note(self, index: usize) {
        note(self.number(index));
    }
}

impl Default for Marks {
    fn default() -> Self {
        Self(NO_NUMBER)
    }
}

/// Numbers in a row: the first of them, and one past the last.
pub type Run = (u32, u32);

/// Makes something, and tells what was read for it on this thread.
pub fn watch<T>(make: impl FnOnce() -> T) -> (T, Reads) {
    // What is watched inside of something watched belongs to both.
    let outer = WATCHED.replace(true).then(|| NOTED.take());
    let watching = Watching { outer };
    let made = make();
    (made, watching.end().into_reads())
}

/// Makes something without noting what is read for it: for what is noted by itself, or is part of every page.
pub fn unwatched<T>(make: impl FnOnce() -> T) -> T {
    // Whoever watches inside of it starts anew, and what was noted before is not lost, not even by a panic.
    let _outer = Unwatched { watched: WATCHED.replace(false), noted: NOTED.take() };
    make()
}

/// What was noted before nobody watched, to be gone on with.
struct Unwatched {
    watched: bool,
    noted: Notes,
}

impl Drop for Unwatched {
    fn drop(&mut self) {
        WATCHED.set(self.watched);
        NOTED.set(std::mem::take(&mut self.noted));
    }
}

/// A watch that ends in any case.
struct Watching {
    outer: Option<Notes>,
}

impl Watching {
    fn end(mut self) -> Notes {
        let noted = NOTED.take();
        if let Some(outer) = &mut self.outer {
            noted.numbers.iter().for_each(|number| outer.push(*number));
            outer.many.join(&noted.many);
        }
        noted
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let outer = self.outer.take();
        WATCHED.set(outer.is_some());
        NOTED.set(outer.unwrap_or_default());
    }
}

/// Notes that all of the handbook is read: for what is made once, by whoever asks first, and shown by many.
pub fn note_all() {
    note(ALL);
}

/// Notes that something is read.
#[inline]
pub(super) fn note(number: u32) {
    if WATCHED.get() && number != NO_NUMBER {
        keep(number);
    }
}

fn keep(number: u32) {
    NOTED.with_borrow_mut(|noted| {
        let lately = &mut noted.lately[number as usize % LATELY];
        if *lately != number {
            *lately = number;
            noted.push(number);
        }
    });
}

impl Notes {
    /// No notes.
    const NONE: Self = Self { numbers: Vec::new(), many: Gathered::NONE, lately: [NO_NUMBER; LATELY] };

    fn push(&mut self, number: u32) {
        self.numbers.push(number);
        if self.numbers.len() == MANY {
            self.gather();
        }
    }

    /// Makes bits of the numbers.
    fn gather(&mut self) {
        let Self { numbers, many, .. } = self;
        numbers.drain(..).for_each(|number| many.add_number(number));
    }

    fn into_reads(mut self) -> Reads {
        if self.many.is_none() {
            return Reads::of(self.numbers);
        }
        self.gather();
        self.many.into_reads()
    }
}

impl Default for Notes {
    fn default() -> Self {
        Self::NONE
    }
}

impl Reads {
    /// Everything there is.
    pub fn all() -> Self {
        Self::packed([(0, u32::MAX)])
    }

    fn of(mut noted: Vec<u32>) -> Self {
        noted.sort_unstable();
        if noted.last() == Some(&ALL) {
            return Self::all();
        }
        noted.dedup();
        Self::packed(noted.chunk_by(|one, next| one + 1 == *next).map(|run| (run[0], run[run.len() - 1] + 1)))
    }

    fn packed(runs: impl IntoIterator<Item = Run>) -> Self {
        let (mut out, mut last) = (Writer::default(), 0);
        for (first, end) in runs {
            out.small(first - last);
            out.small(end - first);
            last = end;
        }
        if last == 0 {
            return Self::default();
        }
        let mut all = Writer::with_room(out.as_bytes().len() + 5);
        all.small(last);
        all.bytes(out.as_bytes());
        // Copied, as what is cut off may keep all of its room.
        Self(Box::from(all.as_bytes()))
    }

    /// It, as bytes: as they are held.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// It, from its bytes. Others come to readings too, of whatever.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(Box::from(bytes))
    }

    /// The same from its runs; `None` if these are not in order, apart and none of them empty.
    #[cfg(test)]
    pub(crate) fn from_runs(runs: Vec<Run>) -> Option<Self> {
        let apart = runs.windows(2).all(|two| two[0].1 < two[1].0);
        (apart && runs.iter().all(|run| run.0 < run.1)).then(|| Self::packed(runs))
    }

    /// The numbers, in order, in as few runs as possible.
    pub fn runs(&self) -> impl Iterator<Item = Run> {
        let (mut rest, mut last) = (Reader::new(&self.0), 0u32);
        let _ = rest.small();
        std::iter::from_fn(move || {
            let first = last.saturating_add(rest.small()?);
            last = first.saturating_add(rest.small()?);
            Some((first, last))
        })
    }

    /// The same under other numbers; those that have none are left out.
    #[must_use]
    pub fn turned(self, turn: impl Fn(u32) -> Option<u32>) -> Self {
        if self.runs().any(|run| run.1 == u32::MAX) {
            return self;
        }
        Self::of(self.runs().flat_map(|(first, end)| first..end).filter_map(turn).collect())
    }

    /// Notes all of it once more: for what was made before, and is shown again.
    pub fn note(&self) {
        if !WATCHED.get() {
            return;
        }
        for (first, end) in self.runs() {
            match end {
                u32::MAX => note_all(),
                _ if end - first >= LONG => NOTED.with_borrow_mut(|noted| noted.many.add_run((first, end))),
                _ => (first..end).for_each(note),
            }
        }
    }

    /// Whether any of these was read, which are given in order.
    pub fn meet(&self, changed: &[u32]) -> bool {
        // What comes before all that changed need not be gone through.
        let end = Reader::new(&self.0).small().unwrap_or(0);
        if changed.first().is_none_or(|first| *first >= end) {
            return false;
        }
        // Both are in order, and mostly few are given.
        let mut rest = changed;
        for (first, end) in self.runs() {
            while let [number, others @ ..] = rest
                && *number < first
            {
                rest = others;
            }
            match rest.first() {
                None => return false,
                Some(number) if *number < end => return true,
                Some(_) => {}
            }
        }
        false
    }
}

/// A part of a handbook that is no table: reading it is noted.
#[derive(Debug, Clone, Default)]
pub struct Noted<T> {
    value: T,
    number: Option<u32>,
}

impl<T> Noted<T> {
    /// A part of no handbook yet.
    pub fn new(value: T) -> Self {
        Self { value, number: None }
    }

    /// What it holds, for those who note themselves what they read of it.
    pub fn unnoted(&self) -> &T {
        &self.value
    }

    /// Gives it the number under which it is noted that it is read.
    pub fn set_number(&mut self, number: Option<u32>) {
        self.number = number;
    }

    /// What it holds.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Noted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.number.into_iter().for_each(note);
        &self.value
    }
}

impl<T> DerefMut for Noted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> From<T> for Noted<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

// By hand, because the number is that of a place and says nothing about what stands there.
impl<T: PartialEq> PartialEq for Noted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

#[cfg(test)]
mod tests {
    //! Numbers are given inside of this room.

    use super::*;

    #[test]
    fn runs_are_what_was_noted() {
        let ((), reads) = watch(|| [5, 3, 4, 4, 9, 3, NO_NUMBER].into_iter().for_each(note));
        assert!(reads.runs().eq([(3, 6), (9, 10)]));
        for (changed, meets) in
            [(&[2, 6, 8, 10][..], false), (&[1, 5], true), (&[9], true), (&[10], false), (&[], false)]
        {
            assert_eq!(reads.meet(changed), meets, "{changed:?}");
        }
        assert_eq!(watch(|| reads.note()).1, reads);
        let long = Reads::from_runs(vec![(3, 5), (60, 64), (100, 1000), (1024, 1025)]).unwrap_or_default();
        let mut gathered = Gathered::default();
        [&reads, &long, &reads].into_iter().for_each(|reads| gathered.add(reads));
        let runs = [(3, 6), (9, 10), (60, 64), (100, 1000), (1024, 1025)];
        assert!(watch(|| gathered.note(Some)).1.runs().eq(runs));
        gathered.add(&Reads::all());
        assert_eq!(watch(|| gathered.note(Some)).1, Reads::all());
        assert_eq!(watch(|| Reads::all().note()).1, Reads::all());
        assert!(Reads::all().meet(&[0]) && !Reads::all().meet(&[]));
        assert_eq!(Reads::from_runs(reads.runs().collect()), Some(reads));
        for wrong in [vec![(3, 3)], vec![(3, 5), (5, 6)], vec![(6, 7), (2, 3)]] {
            assert_eq!(Reads::from_runs(wrong), None);
        }
    }

    #[test]
    fn a_watch_inside_a_watch_tells_both() {
        let (inner, outer) = watch(|| {
            note(1);
            let ((), inner) = watch(|| note(2));
            note(3);
            inner
        });
        assert!(inner.runs().eq([(2, 3)]) && outer.runs().eq([(1, 4)]));
        note(7);
        assert_eq!(watch(|| ()).1, Reads::default(), "nobody watched");
    }

    #[test]
    fn what_nobody_watches_is_not_noted_and_loses_no_note() {
        let (inner, outer) = watch(|| {
            note(1);
            let inner = unwatched(|| {
                note(2);
                watch(|| note(3)).1
            });
            note(4);
            inner
        });
        assert!(inner.runs().eq([(3, 4)]) && outer.runs().eq([(1, 2), (4, 5)]));
    }

    #[test]
    fn a_watch_ends_with_a_panic() {
        let caught = std::panic::catch_unwind(|| watch(|| -> () { std::panic::resume_unwind(Box::new("stop")) }));
        assert!(caught.is_err() && !WATCHED.get());
    }

    #[test]
    fn many_notes_take_little_room() {
        let ((), reads) = watch(|| (0..200_000).for_each(|turn| note(turn % 777 * 2)));
        assert_eq!(reads.runs().count(), 777);
    }

    #[test]
    fn many_notes_come_to_the_same_as_few() {
        let many = MANY as u32;
        for run in [1, 2, 63, 64, 65, 128, 1000] {
            for gap in [1, 2, 62, 63, 64, 65, 200] {
                let numbers = || (0..3 * many).filter(|number| number % (run + gap) >= gap);
                let ((), reads) = watch(|| numbers().for_each(note));
                assert_eq!(reads, Reads::of(numbers().collect()), "{run} after {gap}");
                let (inner, outer) = watch(|| {
                    note(1);
                    watch(|| numbers().rev().for_each(note)).1
                });
                assert_eq!(inner, reads, "{run} after {gap}, from the last on");
                assert_eq!(outer, Reads::of(numbers().chain([1]).collect()), "{run} after {gap}, for both");
            }
        }
        let ((), all) = watch(|| (0..2 * many).chain([ALL]).for_each(note));
        assert_eq!(all, Reads::all());
    }
}
