//! Tables found by a quick hash. Home of rustc-hash.
//!
//! The standard hash is made to withstand keys that an enemy chose. Ours are the author's own names and addresses, asked
//! for hundreds of times a page, and a quick hash takes a tenth of the time.

/// A table like the standard one, with the quick hash; `default` makes an empty one.
pub(crate) type HashMap<K, V> = rustc_hash::FxHashMap<K, V>;

/// A set likewise.
pub(crate) type HashSet<T> = rustc_hash::FxHashSet<T>;

/// The hash of a text, the same for as long as the program runs. It tells slips, not forgeries.
pub(crate) fn of(text: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
