//! The HTML of running text, and where it is.
//!
//! There is more of it in a handbook than of anything else, and it is looked at now and then: when a page is shown and when it is
//! searched through. Where somebody keeps what was parsed, it stands there already, so it is not kept in memory as well, and read
//! again bit by bit. That costs a few hundredths of a build's time and saves a sixth of its memory, of a handbook of texts half.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use crate::hash;
use crate::source::Shelf;

/// Finished HTML.
#[derive(Debug, Clone)]
pub(crate) struct Html {
    /// Of the text.
    hash: u64,
    place: Place,
}

/// Where it is.
#[derive(Debug, Clone)]
enum Place {
    Here(Box<str>),
    /// On a shelf: where it begins there, and how long it is.
    Away(Arc<dyn Shelf>, u32, u32),
}

/// HTML that is being looked at. Read like a text.
#[derive(Debug)]
pub enum Shown<'h> {
    /// It is in memory.
    Here(&'h str),
    /// It was read for this.
    Read(Arc<str>),
}

/// What was read last.
struct Last {
    /// The text, its hash and its place.
    text: Option<((u64, u32), Arc<str>)>,
    /// Where its bytes were read to.
    bytes: Vec<u8>,
}

thread_local! {
    /// What was read last: the same page asks for it several times.
    static LAST: RefCell<Last> = const { RefCell::new(Last { text: None, bytes: Vec::new() }) };
}

impl Html {
    /// HTML in memory.
    pub(super) fn new(text: Box<str>) -> Self {
        Self { hash: hash::of(&text), place: Place::Here(text) }
    }

    /// HTML of this hash, in memory.
    pub(super) fn here(text: &str, hash: u64) -> Self {
        Self { hash, place: Place::Here(text.into()) }
    }

    /// HTML of this hash and length, which stands at a place of a shelf.
    pub(super) fn away(shelf: &Arc<dyn Shelf>, at: u32, length: u32, hash: u64) -> Self {
        Self { hash, place: Place::Away(Arc::clone(shelf), at, length) }
    }

    /// The hash of the text.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        match &self.place {
            Place::Here(text) => text.len(),
            Place::Away(.., length) => *length as usize,
        }
    }

    /// Lets the text go, as it stands at this place of a shelf.
    pub(super) fn send_away(&mut self, shelf: &Arc<dyn Shelf>, at: u32) {
        self.place = Place::Away(Arc::clone(shelf), at, self.len() as u32);
    }

    /// The text: nothing but spaces if it is not there any more, which the shelf is told.
    pub(super) fn show(&self) -> Shown<'_> {
        let (shelf, at, length) = match &self.place {
            Place::Here(text) => return Shown::Here(text),
            Place::Away(shelf, at, length) => (shelf, *at, *length),
        };
        LAST.with_borrow_mut(|last| {
            let wanted = (self.hash, at);
            let Last { text: last, bytes } = last;
            if let Some((_, text)) = last.as_ref().filter(|(known, text)| *known == wanted && text.len() == self.len())
            {
                return Shown::Read(Arc::clone(text));
            }
            bytes.resize(length as usize, 0);
            let whole = shelf.read(at, bytes) && hash::of_bytes(bytes) == self.hash;
            let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| whole) else {
                shelf.lose();
                return Shown::Read(" ".repeat(length as usize).into());
            };
            let text: Arc<str> = text.into();
            *last = Some((wanted, Arc::clone(&text)));
            Shown::Read(text)
        })
    }
}

impl Deref for Shown<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Here(text) => text,
            Self::Read(text) => text,
        }
    }
}

impl Default for Html {
    fn default() -> Self {
        Self::new(Box::default())
    }
}

// By hand: where it is says nothing about the text.
impl PartialEq for Html {
    fn eq(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (Place::Here(one), Place::Here(other)) => one == other,
            _ => (self.hash, self.len()) == (other.hash, other.len()),
        }
    }
}

impl Hash for Html {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.hash, self.len()).hash(state);
    }
}
