//! What day it is, where the preview runs. Home of the clock for days.

use crate::date::Date;

/// The real day, in the zone of this machine; `None` for a day that no handbook can write, such as one before the year 1.
pub(super) fn today() -> Option<Date> {
    Date::parse(&jiff::ZonedDateTime::now().date().to_string())
}
