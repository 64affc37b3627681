//! How far a text goes on without a byte that means anything by itself.

/// Bytes that mean something: some signs of ASCII, and, if so wanted, all below the space and some beyond ASCII.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs<const N: usize> {
    /// Each sign with a bit in which it may differ: two signs that differ in one bit only are asked for in one step.
    signs: [(u8, u8); N],
    below_space: bool,
    beyond: bool,
    table: [bool; 256],
}

impl<const N: usize> Signs<N> {
    /// These signs of ASCII.
    pub(crate) const fn new(signs: [u8; N]) -> Self {
        let (mut pairs, mut at) = ([(0, 0); N], 0);
        while at < N {
            pairs[at] = (0, signs[at]);
            let mut other = 0;
            while other < N {
                let bit = signs[at] ^ signs[other];
                if bit.is_power_of_two() {
                    pairs[at] = (bit, signs[at] | bit);
                }
                other += 1;
            }
            at += 1;
        }
        Self { signs: pairs, below_space: false, beyond: false, table: [false; 256] }.with(&signs)
    }

    /// The same and all below the space.
    pub(crate) const fn and_below_space(self) -> Self {
        let (mut below, mut byte) = ([0; 32], 0);
        while byte < below.len() {
            below[byte] = byte as u8;
            byte += 1;
        }
        Self { below_space: true, ..self }.with(&below)
    }

    /// The same and some bytes beyond ASCII, or its last.
    pub(crate) const fn and_beyond(self, bytes: &[u8]) -> Self {
        Self { beyond: true, ..self }.with(bytes)
    }

    const fn with(mut self, bytes: &[u8]) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            self.table[bytes[at] as usize] = true;
            at += 1;
        }
        self
    }

    /// Whether a byte is one of them.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.table[usize::from(byte)]
    }

    /// Whether any of some bytes may be one of them. A loop in a function of its own: so the machine asks all in one step.
    #[inline(always)]
    fn any(&self, part: &[u8; 16]) -> bool {
        let mut any = 0;
        for &byte in part {
            any |= u8::from(match (self.below_space, self.beyond) {
                // One step for both, and for the last of ASCII: beyond it the sign of the number is set.
                (true, true) => byte.wrapping_add(1).cast_signed() < 33,
                (true, false) => byte < 32,
                (false, beyond) => beyond && byte >= 0x80,
            });
            for (bit, sign) in self.signs {
                any |= u8::from(byte | bit == sign);
            }
        }
        any != 0
    }

    /// How many bytes there are before the first of them; all if there is none.
    ///
    /// Asked of every text, mostly in vain: sixteen bytes in one step, without a branch, and one by one where there may be one
    /// to find.
    #[inline(always)]
    pub(crate) fn before(&self, bytes: &[u8]) -> usize {
        let mut start = 0;
        while let Some(part) = bytes[start..].first_chunk() {
            if self.any(part) {
                break;
            }
            start += part.len();
        }
        // The last step may take some bytes once more.
        if bytes.len() - start < 16 && bytes.last_chunk().is_some_and(|last| !self.any(last)) {
            return bytes.len();
        }
        start + bytes[start..].iter().position(|&byte| self.has(byte)).unwrap_or(bytes.len() - start)
    }
}

// Eight bytes as one number, the first as its lowest, and all of them asked at once.
//
// Source: H. S. Warren, “Hacker’s Delight”, 2nd edition 2012, chapter 6.

/// The lowest bit of each byte.
const ALL: u64 = u64::MAX / 255;
/// The sign of each byte.
const SIGN: u64 = ALL << 7;

/// The sign of each of eight bytes that is this one.
#[inline]
pub(crate) fn each(eight: u64, byte: u8) -> u64 {
    let differs = eight ^ (ALL * u64::from(byte));
    !(((differs & !SIGN) + !SIGN) | differs) & SIGN
}

/// How many letters of ASCII there are before anything else: eight bytes in one step.
#[inline]
pub(crate) fn letters(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(part) = bytes[at..].first_chunk() {
        let part = u64::from_le_bytes(*part);
        let small = (part | ALL << 5) & !SIGN;
        // The sign of each byte says whether it is at least `a`, and whether it is beyond `z`.
        let from_a = small + ALL * u64::from(0x80 - b'a');
        let beyond_z = small + ALL * u64::from(0x80 - b'z' - 1);
        let others = !(from_a & !beyond_z & !part) & SIGN;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_means_something_is_found_wherever_it_stands() {
        const SIGNS: Signs<2> = Signs::new(*b"<&").and_below_space();
        for length in 0..70 {
            let plain = vec![b'x'; length];
            assert_eq!(SIGNS.before(&plain), length);
            for at in 0..length {
                let mut bytes = plain.clone();
                // Whatever stands behind the first does not matter.
                bytes[at..].fill(b'&');
                assert_eq!(SIGNS.before(&bytes), at);
                bytes[at] = b'\n';
                assert_eq!(SIGNS.before(&bytes), at);
            }
        }
    }

    #[test]
    fn each_byte_is_told_from_all_others() {
        for byte in 0..=255u8 {
            for other in 0..=255u8 {
                let eight = u64::from_le_bytes([other, byte, byte ^ 1, byte, other, byte ^ 128, other, byte]);
                let signs = |at: [u32; 3]| at.iter().fold(0, |signs, at| signs | 0x80 << (8 * at));
                let others = if byte == other { signs([0, 4, 6]) } else { 0 };
                assert_eq!(each(eight, byte), signs([1, 3, 7]) | others, "{byte} {other}");
            }
        }
    }

    #[test]
    fn letters_end_before_any_other_byte() {
        for length in 0..20 {
            let word = b"abzABZmnoXyqwertyuiop"[..length].to_vec();
            assert_eq!(letters(&word), length);
            for at in 0..length {
                for byte in 0..=255u8 {
                    let mut bytes = word.clone();
                    bytes[at] = byte;
                    assert_eq!(letters(&bytes), if byte.is_ascii_alphabetic() { length } else { at }, "{byte}");
                }
            }
        }
    }
}
