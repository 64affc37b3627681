//! Tables found by a quick hash. Home of rustc-hash.
//!
//! The standard hash is made to withstand keys that an enemy chose. Ours are the author's own names and addresses, asked
//! for hundreds of times a page, and a quick hash takes a tenth of the time.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A table like the standard one, with the quick hash; `default` makes an empty one.
pub(crate) type HashMap<K, V> = rustc_hash::FxHashMap<K, V>;

/// A set likewise.
pub(crate) type HashSet<T> = rustc_hash::FxHashSet<T>;

/// The hash of a text, the same whenever this program runs. It tells slips, not forgeries.
pub(crate) fn of(text: &str) -> u64 {
    of_bytes(text.as_bytes())
}

/// The same of bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// What a value comes to in a number, the same whenever this program runs.
pub(crate) fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The same of a table, whose entries are in no order.
pub(crate) fn digest_of_table<K: Hash, V: Hash, S>(table: &std::collections::HashMap<K, V, S>) -> u64 {
    table.iter().map(|entry| digest(&entry)).fold(table.len() as u64, u64::wrapping_add)
}
