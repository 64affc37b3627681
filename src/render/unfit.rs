//! What a writer of our own says of values that are not foreseen.

use std::fmt::{self, Display};

use serde::ser::Error;

/// There is something that cannot be written: nothing that a view or data has.
#[derive(Debug)]
pub(super) struct Unfit;

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is something that cannot be written")
    }
}

impl std::error::Error for Unfit {}

impl Error for Unfit {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}
