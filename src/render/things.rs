//! The things of a long file, and what was read for each: a later build copies from the file that lies there what it would write
//! just so.

use std::ops::Range;

use crate::bytes::{Reader, Writer};
use crate::hash::HashMap;
use crate::model::{Digests, Gathered, Reads};

/// Where the things of a file stand in it, in order, of which noun each tells, and what was read for it; packed, as a file has thousands.
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
    digests: &'k Digests,
    /// Where each thing stands in the file that lies there, and what was read for it, by the number of its noun.
    old: HashMap<u32, (Range<u64>, &'k [u8])>,
    is_same: Option<&'k dyn Fn(&Reads) -> bool>,
    new: Writer,
    /// Where the last thing ended in the new file.
    new_end: u64,
    /// What was read for those that need not be made.
    kept: Gathered,
}

impl<'k> Parting<'k> {
    /// No things yet, of a site that rests on `digests`.
    pub(super) fn new(digests: &'k Digests, known: Option<Known<'k>>) -> Self {
        let (old, is_same) =
            (known.map(|known| listed(known.things)).unwrap_or_default(), known.map(|known| known.is_same));
        Self { digests, old, is_same, new: Writer::default(), new_end: 0, kept: Gathered::default() }
    }

    /// Where the thing of a noun, by its number in the handbook, stands in the file that lies there, and what was read for it, if it
    /// would be made just so.
    pub(super) fn find(&mut self, noun: u32) -> Option<(Range<u64>, Reads)> {
        let (place, reads) = self.old.get(&self.digests.place(noun))?;
        let reads = Reads::from_bytes(reads);
        if !self.is_same?(&reads) {
            return None;
        }
        self.kept.add(&reads);
        Some((place.clone(), reads))
    }

    /// Says where the thing of a noun stands in the new file, which was made, and what was read for it.
    pub(super) fn add_made(&mut self, noun: u32, place: Range<u64>, reads: Reads) {
        self.add(noun, place, &self.digests.placed(reads));
    }

    /// The same of a thing that was there, as [`Self::find`] gave it.
    pub(super) fn add(&mut self, noun: u32, place: Range<u64>, reads: &Reads) {
        self.new.small((place.start - self.new_end) as u32);
        self.new.small((place.end - place.start) as u32);
        self.new.small(self.digests.place(noun));
        self.new.small(reads.as_bytes().len() as u32);
        self.new.bytes(reads.as_bytes());
        self.new_end = place.end;
    }

    /// All things of the new file. Notes what was read for those that were not made.
    pub(super) fn end(self) -> Things {
        self.digests.note(&self.kept);
        Things::from_bytes(self.new.as_bytes())
    }
}

/// Where each thing of a file stands in it, and what was read for it, by the number of its noun.
fn listed(things: &Things) -> HashMap<u32, (Range<u64>, &[u8])> {
    let (mut rest, mut end) = (Reader::new(things.as_bytes()), 0u64);
    let mut thing = || {
        let (gap, length, noun) = (rest.small()?, rest.small()?, rest.small()?);
        let reads = rest.small()?;
        let reads = rest.bytes(reads as usize)?;
        let begin = end.saturating_add(gap.into());
        end = begin.saturating_add(length.into());
        Some((noun, (begin..end, reads)))
    };
    std::iter::from_fn(&mut thing).collect()
}
