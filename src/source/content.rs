//! What is known of one file's contents.

use std::hash::{Hash, Hasher};

use super::{Encoding, LetGo};
use crate::hash;

/// What is known of one file's contents. A text that was let go hashes as it did before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// UTF-8 text without its byte-order mark.
    Text(String),
    /// A text by its name, but not UTF-8.
    NotUtf8 {
        /// First line that is not UTF-8, from 1.
        line: usize,
        /// What it seems to be instead; `None` if nobody can tell.
        encoding: Option<Encoding>,
    },
    /// A text by its name, but larger than [`MAX_TEXT_BYTES`](super::MAX_TEXT_BYTES).
    TooLarge {
        /// Size in bytes.
        bytes: u64,
    },
    /// Copied as it is; its bytes stay where they are until somebody asks for them.
    Asset,
    /// A text that is read again if somebody asks for it.
    LetGo(LetGo),
    /// Known by its path only: what it held is not kept.
    Forgotten,
}

impl Content {
    /// The hash of a text, the same whenever this program runs; `None` for what is no readable text.
    pub(crate) fn hash_of_text(&self) -> Option<u64> {
        match self {
            Self::Text(text) => Some(hash::of(text)),
            Self::LetGo(text) => Some(text.hash()),
            _ => None,
        }
    }
}

// By hand, because a text that was never read has to come to the same.
impl Hash for Content {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash_of_text().hash(state);
        match self {
            Self::Text(_) | Self::LetGo(_) => {}
            Self::NotUtf8 { line, encoding } => (0u8, line, encoding).hash(state),
            Self::TooLarge { bytes } => (1u8, bytes).hash(state),
            Self::Asset => 2u8.hash(state),
            Self::Forgotten => 3u8.hash(state),
        }
    }
}
