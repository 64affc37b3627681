//! How far a text goes on without a byte that means anything by itself.

/// Bytes that mean something: some signs, and, if so wanted, all below the space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs<const N: usize> {
    signs: [u8; N],
    below_space: bool,
    table: [bool; 256],
}

impl<const N: usize> Signs<N> {
    /// These signs, and what is below the space.
    pub(crate) const fn and_below_space(signs: [u8; N]) -> Self {
        Self::new(signs, true)
    }

    /// These signs alone.
    pub(crate) const fn only(signs: [u8; N]) -> Self {
        Self::new(signs, false)
    }

    const fn new(signs: [u8; N], below_space: bool) -> Self {
        let mut table = [false; 256];
        let mut at = 0;
        while at < N {
            table[signs[at] as usize] = true;
            at += 1;
        }
        let mut byte = 0;
        while byte < 32 {
            table[byte] |= below_space;
            byte += 1;
        }
        Self { signs, below_space, table }
    }

    /// Whether a byte is one of them.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.table[usize::from(byte)]
    }

    /// How many bytes there are before the first of them; all if there is none.
    ///
    /// Asked of every text, mostly in vain: sixteen bytes in one step, without a branch, and one by one where there is one to
    /// find.
    #[inline(always)]
    pub(crate) fn before(&self, bytes: &[u8]) -> usize {
        let means = |byte: u8| {
            let is = u8::from(self.below_space && byte < b' ');
            self.signs.iter().fold(is, |is, &sign| is | u8::from(byte == sign))
        };
        let any = |part: &[u8; 16]| part.iter().fold(0, |any, &byte| any | means(byte)) != 0;
        let (parts, _) = bytes.as_chunks::<16>();
        let plain = parts.iter().take_while(|part| !any(part)).count();
        // The last step may take some bytes once more.
        if plain == parts.len() && bytes.last_chunk::<16>().is_some_and(|last| !any(last)) {
            return bytes.len();
        }
        let (start, rest) = (16 * plain, &bytes[16 * plain..]);
        start + rest.iter().position(|&byte| self.has(byte)).unwrap_or(rest.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_means_something_is_found_wherever_it_stands() {
        const SIGNS: Signs<2> = Signs::and_below_space(*b"<&");
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
}
