//! Values as bytes that a later build reads, of a file that anybody may delete, cut short or spoil.
//!
//! No form for others: the same program writes and reads them. What is read may be anything, so that every value may turn out not to
//! be there. Bytes that are sealed end with a hash of all that comes before, and are believed as a whole or not at all.

use crate::hash;

/// Bytes in the making.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Ones that begin with these.
    pub(crate) fn new(first: &[u8]) -> Self {
        Self(first.to_vec())
    }

    /// None yet, and room for so many.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// A number that is mostly large, in eight bytes.
    pub(crate) fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A number that is mostly small: seven bits a byte, the last ones first.
    #[inline]
    pub(crate) fn small(&mut self, mut number: u32) {
        while number > 0x7f {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A byte.
    #[inline]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// A text, shorter than four gigabytes.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        self.small(text.len() as u32);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// The bytes so far.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Bytes of somebody else's making.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The bytes.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The bytes, and a hash of them.
    pub(crate) fn sealed(mut self) -> Vec<u8> {
        let sum = hash::of_bytes(&self.0);
        self.number(sum);
        self.0
    }
}

/// What is left to read of some bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// All of these bytes.
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// What follows `first` in bytes that [`Writer::sealed`] gave; `None` if they are not what it gave.
    pub(crate) fn unsealed(bytes: &'b [u8], first: &[u8]) -> Option<Self> {
        let (held, last) = bytes.split_last_chunk::<8>()?;
        let whole = hash::of_bytes(held) == u64::from_le_bytes(*last);
        held.strip_prefix(first).filter(|_| whole).map(Self)
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As [`Writer::number`] wrote it.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*number))
    }

    /// As [`Writer::small`] wrote it.
    #[inline]
    pub(crate) fn small(&mut self) -> Option<u32> {
        let first = self.byte()?;
        if first < 0x80 { Some(first.into()) } else { self.rest_of_small(first) }
    }

    fn rest_of_small(&mut self, first: u8) -> Option<u32> {
        let mut number = u32::from(first & 0x7f);
        for shift in (7..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// As [`Writer::byte`] wrote it.
    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// As [`Writer::text`] wrote it.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'b str> {
        let length = self.small()? as usize;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// So many bytes, as [`Writer::bytes`] wrote them.
    #[inline]
    pub(crate) fn bytes(&mut self, length: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// How many things follow, each of which takes at least a byte: what is no such number asks for no memory.
    #[inline]
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = self.small()? as usize;
        (count <= self.0.len()).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    //! What was spoilt is a matter of bytes that nobody outside sees.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    #[test]
    fn values_come_back() {
        let numbers = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u32::MAX - 1, u32::MAX];
        let mut out = Writer::new(b"first");
        numbers.iter().for_each(|number| out.small(*number));
        out.number(u64::MAX);
        out.byte(7);
        out.text("窗口");
        let bytes = out.sealed();
        let mut rest = Reader::unsealed(&bytes, b"first").unwrap();
        numbers.iter().for_each(|number| assert_eq!(rest.small(), Some(*number)));
        assert_eq!((rest.number(), rest.byte(), rest.text()), (Some(u64::MAX), Some(7), Some("窗口")));
        assert!(rest.is_empty() && rest.small().is_none() && rest.text().is_none());
        assert!(Reader::unsealed(&bytes, b"other").is_none());
    }

    #[test]
    fn spoilt_bytes_are_none() {
        let mut out = Writer::new(b"");
        (0..40).for_each(|number| out.text(&format!("text {number}")));
        let bytes = out.sealed();
        for bit in 0..bytes.len() * 8 {
            let mut spoilt = bytes.clone();
            spoilt[bit / 8] ^= 1 << (bit % 8);
            assert!(Reader::unsealed(&spoilt, b"").is_none(), "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert!(Reader::unsealed(&bytes[..length], b"").is_none(), "cut after {length} bytes");
        }
        assert_eq!(Reader::new(&[0x80; 9]).small(), None, "a number without an end");
        assert_eq!(Reader::new(&[5, 1, 1]).count(), None, "more than can follow");
        assert_eq!(Reader::new(&[1, 0xff]).text(), None, "no text");
    }
}
