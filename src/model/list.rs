//! A list that is finished: it takes no more memory than what stands in it.
//!
//! A `Vec` keeps room for what may be pushed, four places for a single pain, and one made in place of a longer one keeps all
//! of that one's room. A handbook of ten thousand pages has a million lists, most of them empty: those take one word.

use std::ops::{Deref, DerefMut};

/// Things in a row, no more of which will come. Read like a slice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List<T>(Option<Box<Things<T>>>);

/// The things of a list that has any.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Things<T>(Box<[T]>);

/// So much room is made before it is known how many things there are.
const MANY: usize = 64;

/// Gives back the room that a list kept for more: it is copied, as an allocator that is asked to cut off what is left over may keep
/// up to as much again.
pub fn settle<T: Clone>(things: &mut Vec<T>) {
    if things.len() < things.capacity() {
        *things = things.as_slice().to_vec();
    }
}

impl<T> List<T> {
    /// One with nothing in it.
    pub const EMPTY: Self = Self(None);

    /// The things, in order.
    pub fn as_slice(&self) -> &[T] {
        match &self.0 {
            Some(things) => &things.0,
            None => &[],
        }
    }
}

// By hand, because a derive would ask the same of `T`.
impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Some(things) => &mut things.0,
            None => &mut [],
        }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(things: Vec<T>) -> Self {
        // An allocator that is asked to cut off what is left over may keep up to as much again, so what stands in the list
        // is given room of its own.
        let exact = |things: Vec<T>| match things.capacity() == things.len() {
            true => things.into_boxed_slice(),
            false => {
                let mut exact = Vec::with_capacity(things.len());
                exact.extend(things);
                exact.into_boxed_slice()
            }
        };
        Self((!things.is_empty()).then(|| Box::new(Things(exact(things)))))
    }
}

impl<T> List<T> {
    /// The same with everything turned into something else, where it stands if that takes as much room.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> List<U> {
        let turned = self.into_iter().map(turn);
        // A vector puts them where those stand that they are made of.
        if size_of::<U>() == size_of::<T>() { turned.collect::<Vec<U>>().into() } else { turned.collect() }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let things = things.into_iter();
        // Not `collect`, which would put them where larger things stood, and keep all the room of those.
        let (least, most) = things.size_hint();
        if most == Some(0) {
            return Self::EMPTY;
        }
        // Where some may be left out, mostly none is.
        let mut list = Vec::with_capacity(most.filter(|most| *most <= MANY).unwrap_or(least));
        list.extend(things);
        Self::from(list)
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map_or_else(Vec::new, |things| things.0.into_vec()).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.deref_mut().iter_mut()
    }
}
