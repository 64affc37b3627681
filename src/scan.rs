//! How far a text goes on without a byte that means anything by itself.

/// How many bytes there are before the first that means something, for which `means` gives another number than 0; all of them
/// if none does.
///
/// Asked of every text, mostly in vain: sixteen bytes in one step, if `means` neither branches nor looks anything up, and one
/// by one where there is one to find.
pub(crate) fn before(bytes: &[u8], means: impl Fn(u8) -> u8) -> usize {
    let any = |part: &[u8; 16]| part.iter().fold(0, |any, &byte| any | means(byte)) != 0;
    let (parts, _) = bytes.as_chunks::<16>();
    let plain = parts.iter().take_while(|part| !any(part)).count();
    // The last step may take some bytes once more.
    if plain == parts.len() && bytes.last_chunk::<16>().is_some_and(|last| !any(last)) {
        return bytes.len();
    }
    let (start, rest) = (16 * plain, &bytes[16 * plain..]);
    start + rest.iter().position(|&byte| means(byte) != 0).unwrap_or(rest.len())
}

/// 1 for a byte that is one of some signs or below the space, and 0 for all others.
#[inline]
pub(crate) fn one_of<const N: usize>(byte: u8, signs: [u8; N]) -> u8 {
    signs.iter().fold(u8::from(byte < b' '), |is, &sign| is | u8::from(byte == sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_means_something_is_found_wherever_it_stands() {
        for length in 0..70 {
            let plain = vec![b'x'; length];
            assert_eq!(before(&plain, |byte| one_of(byte, *b"<&")), length);
            for at in 0..length {
                let mut bytes = plain.clone();
                // Whatever stands behind the first does not matter.
                bytes[at..].fill(b'&');
                assert_eq!(before(&bytes, |byte| one_of(byte, *b"<&")), at);
                bytes[at] = b'\n';
                assert_eq!(before(&bytes, |byte| one_of(byte, *b"<&")), at);
            }
        }
    }
}
