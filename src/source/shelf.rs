//! What was made of texts before, as bytes that somebody keeps for a later build.
//!
//! Whoever compiles touches no disk, as with texts that are read again. What is kept stands under a number that says what it was
//! made from, all of it, so that a text that is another finds nothing; and anybody may have spoilt it.

use std::fmt;
use std::ops::Range;

/// Where bytes are among many, and the place where they stay, if there is such a place.
pub type Taken = (Range<usize>, Option<u32>);

/// Who keeps such bytes.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// What was put down under a number, which is asked for in the order in which it was put down, if possible; `None` if nothing
    /// was, or if it cannot be had. With the place where the bytes stay, if there is such a place.
    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)>;

    /// The same for many numbers, those that there are: the bytes are in `held` then, over whatever was there, each at its range.
    fn take_each(&self, keys: &[Option<u64>], held: &mut Vec<u8>) -> Vec<Option<Taken>> {
        held.clear();
        let mut take = |key| {
            let (bytes, stays) = self.take(key)?;
            let begin = held.len();
            held.extend_from_slice(&bytes);
            Some((begin..held.len(), stays))
        };
        keys.iter().map(|key| take((*key)?)).collect()
    }

    /// Puts bytes down under a number; gives the place where they stay once all is [settled](Self::settle), if there is such a
    /// place.
    fn put(&self, key: u64, bytes: &[u8]) -> Option<u32>;

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
