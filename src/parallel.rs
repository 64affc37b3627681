//! The same work on many things at once. Home of rayon.

use rayon::prelude::*;

/// What `work` makes of each item, in the order of the items, on all cores.
pub(crate) fn map<T: Sync, U: Send>(items: &[T], work: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    items.par_iter().map(&work).collect()
}
