//! What was made already and may be asked for again, as long as there is room for it.
//!
//! Whoever follows all links of a handbook asks for all its pages, and half a gigabyte of them is of no use to anybody. What
//! was not asked for longest makes room first; it is made again when somebody wants it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by their keys, of a bounded size in all. Several may ask at once.
#[derive(Debug)]
pub(super) struct Store<K, V> {
    /// The most that all values may take, in bytes.
    most: usize,
    shelves: Mutex<Shelves<K, V>>,
}

#[derive(Debug)]
struct Shelves<K, V> {
    held: BTreeMap<K, Held<V>>,
    /// The keys in the order in which they were last asked for.
    order: BTreeMap<u64, K>,
    /// How often something was asked for.
    clock: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Held<V> {
    value: V,
    bytes: usize,
    asked: u64,
}

impl<K: Ord + Clone, V: Clone> Store<K, V> {
    /// An empty one for so many bytes. It holds one value at a time if that alone is larger.
    pub(super) fn new(most: usize) -> Self {
        let shelves = Shelves { held: BTreeMap::new(), order: BTreeMap::new(), clock: 0, bytes: 0 };
        Self { most, shelves: Mutex::new(shelves) }
    }

    /// The value of a key, if it is still there.
    pub(super) fn get(&self, key: &K) -> Option<V> {
        let mut shelves = self.shelves();
        let shelves = &mut *shelves;
        let held = shelves.held.get_mut(key)?;
        shelves.clock += 1;
        let before = std::mem::replace(&mut held.asked, shelves.clock);
        let key = shelves.order.remove(&before)?;
        shelves.order.insert(shelves.clock, key);
        Some(held.value.clone())
    }

    /// Keeps a value of this size; what was asked for longest ago goes if need be.
    pub(super) fn put(&self, key: K, value: V, bytes: usize) {
        let mut shelves = self.shelves();
        shelves.take(&key);
        while shelves.bytes + bytes > self.most
            && let Some((_, oldest)) = shelves.order.first_key_value()
        {
            let oldest = oldest.clone();
            shelves.take(&oldest);
        }
        shelves.clock += 1;
        let asked = shelves.clock;
        shelves.bytes += bytes;
        shelves.order.insert(asked, key.clone());
        shelves.held.insert(key, Held { value, bytes, asked });
    }

    /// How much all values take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.shelves().bytes
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves<K, V>> {
        // Whoever panicked while holding it has lost a value at most.
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord, V> Shelves<K, V> {
    fn take(&mut self, key: &K) {
        if let Some(held) = self.held.remove(key) {
            self.order.remove(&held.asked);
            self.bytes -= held.bytes;
        }
    }
}
