//! What was made of texts before, as bytes that somebody keeps for a later build.
//!
//! Whoever compiles touches no disk, as with texts that are read again. What is kept stands under a number that says what it was
//! made from, all of it, so that a text that is another finds nothing; and anybody may have spoilt it.

use std::fmt;
use std::ops::Range;

/// Where bytes are among many, and the place where what was put down apart from them stays, if there is such a place.
pub type Taken = (Range<usize>, Option<u32>);

/// What is put down under a number.
#[derive(Debug, Clone, Copy)]
pub struct Put<'p> {
    /// The number.
    pub key: u64,
    /// What is asked for as a whole.
    pub bytes: &'p [u8],
    /// What is read bit by bit, where it stays; empty unless the shelf [reads apart](Shelf::reads_apart).
    pub apart: &'p [u8],
}

/// Who keeps such bytes.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Whether some of what is put down may stand apart, to be [read](Self::read) only where it is wanted.
    fn reads_apart(&self) -> bool {
        false
    }

    /// What was put down under a number, which is asked for in the order in which it was put down, if possible; `None` if nothing
    /// was, or if it cannot be had. With the place where what was put down apart stays, where it [reads
    /// apart](Self::reads_apart).
    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)>;

    /// The same for many numbers, those that there are: the bytes are in `held` then, over whatever was there, each at its range.
    fn take_each(&self, keys: &[Option<u64>], held: &mut Vec<u8>) -> Vec<Option<Taken>> {
        held.clear();
        let mut take = |key| {
            let (bytes, apart) = self.take(key)?;
            let begin = held.len();
            held.extend_from_slice(&bytes);
            Some((begin..held.len(), apart))
        };
        keys.iter().map(|key| take((*key)?)).collect()
    }

    /// Puts things down, which will be asked for together; gives for each the place where what is apart stays once all is
    /// [settled](Self::settle), if there is such a place.
    fn put_each(&self, puts: &[Put<'_>]) -> Vec<Option<u32>>;

    /// Makes sure that everything that was put down can be read; whether it can.
    fn settle(&self) -> bool {
        false
    }

    /// Fills `bytes` with those that stay, from a place on: whatever stands there now; whether there are as many.
    fn read(&self, _at: u32, _bytes: &mut [u8]) -> bool {
        false
    }

    /// Hears that something did not stand any more where it was to stay.
    fn lose(&self) {}
}
