//! Until when something shall be done, and whether that day has passed.

use serde::Serialize;

use super::here::{Day, Here};
use crate::model::Date;

/// A day by which something shall be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// “Overdue”; empty while the day has not passed.
    pub overdue: String,
}

impl Here<'_> {
    /// A day by which something shall be done. `open` is whether it still is to be.
    pub fn due(&self, date: Date, open: bool) -> Due {
        let overdue = open && date.is_over(self.handbook.today);
        let overdue = if overdue { self.words.get("is_overdue").to_owned() } else { String::new() };
        Due { day: self.day(date), overdue }
    }
}
