//! What was made of texts before, as bytes that somebody keeps for a later build.
//!
//! Whoever compiles touches no disk, as with texts that are read again. What is kept stands under a number that says what it was
//! made from, all of it, so that a text that is another finds nothing; and anybody may have spoilt it.

use std::fmt;

/// Who keeps such bytes.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// What was put down under a number, which is asked for in the order in which it was put down, if possible; `None` if nothing
    /// was, or if it cannot be had.
    fn take(&self, key: u64) -> Option<Vec<u8>>;

    /// Puts bytes down under a number.
    fn put(&self, key: u64, bytes: Vec<u8>);
}
