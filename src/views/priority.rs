//! How much a touchpoint wants attention: what it matters, how often it is met, how it feels, as one number.

use crate::model::{Feeling, Importance};

/// The steps from which on being met more often changes nothing.
pub const MOST_STEPS: usize = 6;

/// How urgent it is to look after a touchpoint, 1..=100; `None` if nobody said how much it matters.
///
/// priority = importance × use × need, rounded to a whole number, where
/// - importance is the mean of what it matters to the customer and to the organisation, 1–5;
/// - use is 1 + half a point for each step that meets it in maps that show what is, at most 4 (from six steps on);
/// - need is 3 − the average feeling there, so 1 where it delights (+2), 3 where it is neutral, 5 where it upsets (−2).
///
/// A feeling that nobody noted counts as neutral. It grows with importance, with use and with a worse feeling.
///
/// A product of ratings like the risk priority number of failure mode and effects analysis (IEC 60812: severity ×
/// occurrence × detection); these three ratings and their scales are our own.
pub fn priority(importance: Option<Importance>, steps: usize, average: Option<Feeling>) -> Option<u8> {
    let importance = importance?;
    // Twice the mean, twice the use and a hundred times the need: whole numbers, so that every machine rounds alike.
    let matters = u32::from(importance.customer) + u32::from(importance.organisation);
    let uses = 2 + steps.min(MOST_STEPS) as u32;
    let need = (300.0 - average.map_or(0.0, Feeling::value) * 100.0).round() as u32;
    Some(((matters * uses * need + 200) / 400) as u8)
}
