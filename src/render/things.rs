//! The things of a long file, and what was read for each: a later build copies from the file that lies there what it would write
//! just so.

use std::ops::Range;

use crate::bytes::{Reader, Writer};
use crate::model::{Gathered, Reads};

/// Where the things of a file stand in it, in order, and what was read for each of them; packed, as a file has thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Things(Box<[u8]>);

impl Things {
    /// They, as bytes that [`Self::from_bytes`] takes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// They, from their bytes. Others come to things too, of no file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(Box::from(bytes))
    }
}

/// What is known of the things of a file that lies there.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The things.
    pub things: &'k Things,
    /// Whether nothing that was read is otherwise.
    pub is_same: &'k dyn Fn(&Reads) -> bool,
}

/// The things of a file in the making, beside those of the one that lies there.
pub(super) struct Parting<'k> {
    old: Reader<'k>,
    is_same: Option<&'k dyn Fn(&Reads) -> bool>,
    /// Where the last thing ended in the file that lies there.
    old_end: u64,
    new: Writer,
    /// Where the last thing ended in the new file.
    new_end: u64,
    /// What was read for those that need not be made.
    kept: Gathered,
}

impl<'k> Parting<'k> {
    /// No things yet.
    pub(super) fn new(known: Option<Known<'k>>) -> Self {
        let old = Reader::new(known.map_or(&[], |known| known.things.as_bytes()));
        let is_same = known.map(|known| known.is_same);
        Self { old, is_same, old_end: 0, new: Writer::default(), new_end: 0, kept: Gathered::default() }
    }

    /// Where the next thing stands in the file that lies there, and what was read for it, if it would be made just so.
    pub(super) fn next(&mut self) -> Option<(Range<u64>, Reads)> {
        let is_same = self.is_same?;
        let place = self.old.small().zip(self.old.small()).zip(self.old.small());
        let reads = place.and_then(|(_, length)| self.old.bytes(length as usize));
        let Some((((gap, length), _), reads)) = place.zip(reads) else {
            // These are no things of anything.
            self.is_same = None;
            return None;
        };
        let begin = self.old_end.saturating_add(gap.into());
        self.old_end = begin.saturating_add(length.into());
        let reads = Reads::from_bytes(reads);
        if !is_same(&reads) {
            return None;
        }
        self.kept.add(&reads);
        Some((begin..self.old_end, reads))
    }

    /// Says where the next thing stands in the new file, and what was read for it.
    pub(super) fn add(&mut self, place: Range<u64>, reads: &Reads) {
        self.new.small((place.start - self.new_end) as u32);
        self.new.small((place.end - place.start) as u32);
        self.new.small(reads.as_bytes().len() as u32);
        self.new.bytes(reads.as_bytes());
        self.new_end = place.end;
    }

    /// All things of the new file. Notes what was read for those that were not made.
    pub(super) fn end(self) -> Things {
        self.kept.note();
        Things::from_bytes(self.new.as_bytes())
    }
}
