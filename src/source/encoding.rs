//! What a text is that is not UTF-8: a guess, so that its author is told what to convert it from.

/// An encoding other than UTF-8 in which texts are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Chinese, of old (with its superset GB 18030).
    Gbk,
    /// Two bytes a character, as some editors write “Unicode”.
    Utf16,
}

impl Encoding {
    /// Its name, as programs that convert texts know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gbk => "GBK",
            Self::Utf16 => "UTF-16",
        }
    }

    /// What a text that is not UTF-8 seems to be. UTF-16 says so by the mark at its beginning, or by its many zeros. GBK
    /// is all pairs of bytes in a certain range, which texts in other encodings may be as well; but most of its pairs are
    /// the common characters and the punctuation, which theirs are not.
    pub(super) fn guess(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || Self::has_zeros(bytes) {
            return Some(Self::Utf16);
        }
        let (mut pairs, mut common) = (0, 0);
        let mut rest = bytes;
        while let [first, after @ ..] = rest {
            rest = match (first, after) {
                (0..=0x7f, _) => after,
                (0x81..=0xfe, [second @ (0x40..=0x7e | 0x80..=0xfe), after @ ..]) => {
                    pairs += 1;
                    common += usize::from(matches!(first, 0xa1..=0xa3 | 0xb0..=0xd7) && *second >= 0xa1);
                    after
                }
                (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..]) => after,
                _ => return None,
            };
        }
        (common * 3 > pairs * 2).then_some(Self::Gbk)
    }

    /// Whether a third of the bytes are zero, as of Latin letters in pairs of bytes every second one is.
    pub(super) fn has_zeros(bytes: &[u8]) -> bool {
        // Nearly no text has any, and to see that is quick.
        bytes.contains(&0) && bytes.iter().filter(|byte| **byte == 0).count() * 3 > bytes.len()
    }
}
