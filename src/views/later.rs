//! What is derived when it is first asked for.
//!
//! Most pages read little of what comes of all maps: a preview of one of them need not wait for the rest. A build asks for
//! all of it sooner or later.

use std::sync::{Arc, OnceLock};

use crate::model::unwatched;

/// Something that is made at most once, by whoever asks first. Copies share it.
#[derive(Debug)]
pub(super) struct Later<T>(Arc<OnceLock<T>>);

impl<T> Later<T> {
    /// The thing itself. What `make` makes may rest only on what every asker has alike; it must not work on several threads,
    /// as a thread that waits for it could be handed its own question.
    pub(super) fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(|| unwatched(make))
    }
}

// By hand, because a derive would ask the same of `T`.
impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Later<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}
