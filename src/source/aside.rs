//! What stands beside the texts and is no part of what they say.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Somebody who may be asked, or nobody. Texts are the same whoever that is.
#[derive(Debug)]
pub(super) struct Aside<T: ?Sized>(pub(super) Option<Arc<T>>);

// By hand: derived, these would ask the same of `T`.
impl<T: ?Sized> Clone for Aside<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> Default for Aside<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: ?Sized> PartialEq for Aside<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T: ?Sized> Eq for Aside<T> {}

impl<T: ?Sized> Hash for Aside<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
