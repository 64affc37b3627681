//! The same work on many things at once. Home of rayon.

use rayon::prelude::*;

/// What `work` makes of each item, in the order of the items, on all cores.
pub(crate) fn map<T: Sync, U: Send>(items: &[T], work: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    items.par_iter().map(&work).collect()
}

/// What `work` makes of each item and its position, in the order of the items, on all cores.
pub(crate) fn turn<T: Send, U: Send>(items: Vec<T>, work: impl Fn(usize, T) -> U + Sync + Send) -> Vec<U> {
    items.into_par_iter().enumerate().map(|(index, item)| work(index, item)).collect()
}

/// Two pieces of work side by side.
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// A piece of work on one of the threads that share all other work. What a thread lets go the allocator keeps for that thread:
/// what is made there may take its room, and what is made elsewhere takes more.
pub(crate) fn among<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::scope(|_| work())
}
