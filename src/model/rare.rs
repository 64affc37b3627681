//! Something that few things of a kind have: where it is missing it takes one word, however large it would be.
//!
//! A step may hold thirty things and holds eight. Kept in line, what it does not hold would take three times the memory of
//! what it does.

/// Like an `Option`, for what is mostly missing. Read in the same way, by reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rare<T>(Option<Box<T>>);

impl<T> Rare<T> {
    /// One that is missing.
    pub const NONE: Self = Self(None);

    /// What is there.
    pub fn as_ref(&self) -> Option<&T> {
        self.0.as_deref()
    }

    /// Whether it is there.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// Whether it is missing.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// What is there, as an iterator of one or nothing.
    pub fn iter(&self) -> std::option::IntoIter<&T> {
        self.as_ref().into_iter()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> std::option::IntoIter<&mut T> {
        self.0.as_deref_mut().into_iter()
    }

    /// The same turned into another, if it is there.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Rare<U> {
        Rare(self.0.map(|thing| Box::new(turn(*thing))))
    }
}

// By hand, because a derive would ask the same of `T`.
impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Option<T>> for Rare<T> {
    fn from(thing: Option<T>) -> Self {
        Self(thing.map(Box::new))
    }
}

impl<'a, T> IntoIterator for &'a Rare<T> {
    type Item = &'a T;
    type IntoIter = std::option::IntoIter<&'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Rare<T> {
    type Item = &'a mut T;
    type IntoIter = std::option::IntoIter<&'a mut T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
