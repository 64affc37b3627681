//! Tables found by a quick hash, and values in a number. Home of rustc-hash.
//!
//! The standard hash is made to withstand keys that an enemy chose. Ours are the author's own names and addresses, asked
//! for hundreds of times a page, and a quick hash takes a tenth of the time.

use std::hash::{Hash, Hasher};

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
    let mut hasher = Folding::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Hashes a number that stands for something: of this kind, with this place in this handbook. Who hashes by names, so that other
/// places make no difference, looks up what it stands for: see [`Hasher::write_u128`], which nothing else is written with.
#[inline]
pub(crate) fn place<H: Hasher>(kind: u32, place: u32, state: &mut H) {
    state.write_u128(u128::from(kind) << 32 | u128::from(place));
}

/// A hash in which every bit of what comes in meets every other, as figures that differ in their first bits only need it: each
/// word is multiplied to twice its length and folded.
///
/// Source: W. Yi, wyhash; O. Peters, foldhash.
#[derive(Debug, Clone)]
pub(crate) struct Folding(u64);

/// Digits of π, after the point.
const PI: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];
/// An odd number with as many ones as zeros.
const FACTOR: u64 = 0xa076_1d64_78bd_642f;

fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

impl Default for Folding {
    fn default() -> Self {
        Self(PI[0])
    }
}

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            // How many they are stands in a byte that no text has.
            self.write_u64(u64::from_le_bytes(last) | (rest.len() as u64 | 0xf8) << 56);
        }
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u16(&mut self, number: u16) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = fold(self.0 ^ number, FACTOR).wrapping_add(PI[1]);
    }

    #[inline]
    fn write_u128(&mut self, number: u128) {
        // Whatever `place` writes fits.
        self.write_u64(number as u64);
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        fold(self.0, FACTOR)
    }
}

#[cfg(test)]
mod tests {
    //! That little differences are told apart shows outside only when they are not.

    use super::*;

    #[test]
    fn little_differences_are_told_apart() {
        let mut seen = HashSet::default();
        for sign in [1.0_f64, -1.0] {
            for other in [1.0, -1.0, 2.0, -2.0] {
                // Both signs turned, figures swapped: only the first bits of the words differ.
                assert!(seen.insert(digest(&((3.0 * sign).to_bits(), f64::to_bits(other)))));
                assert!(seen.insert(digest(&(f64::to_bits(other), (3.0 * sign).to_bits()))));
            }
        }
        for text in
            ["", "a", "aa", "a\0", "aaaaaaa", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaa\u{1}", "aaaaaaa\u{7}", "aaaaaa\0\u{6}"]
        {
            assert!(seen.insert(digest(text)), "{text:?}");
        }
        for (one, other) in [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", "")] {
            assert!(seen.insert(digest(&(one, other))));
        }
        (0..100_000_u32).for_each(|number| assert!(seen.insert(digest(&(number, number + 1)))));
        (0..100_000_u64).for_each(|number| assert!(seen.insert(digest(&(number << 40)))));
    }

    #[test]
    fn every_bit_counts() {
        let near = |bit: u32| (digest(&(7_u64 ^ 1 << bit)) ^ digest(&7_u64)).count_ones();
        (0..64).for_each(|bit| assert!((16..=48).contains(&near(bit)), "bit {bit}: {}", near(bit)));
    }
}
