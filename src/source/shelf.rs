//! What was made of texts before, as bytes that somebody keeps for a later build.
//!
//! Whoever compiles touches no disk, as with texts that are read again. What is kept stands under a number that says what it was
//! made from, all of it, so that a text that is another finds nothing; and anybody may have spoilt it.

use std::fmt;

/// Who keeps such bytes.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// What was put down under a number, which is asked for in the order in which it was put down, if possible; `None` if nothing
    /// was, or if it cannot be had. With the place where the bytes stay, if there is such a place.
    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)>;

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
