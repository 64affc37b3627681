//! How a step feels.

/// How a step feels: −2 (upset) to +2 (delighted), 0 neutral. Kept in hundredths, so that equal is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feeling(i16);

impl Feeling {
    /// `None` outside −2..=2, or for something that is no number.
    pub fn new(value: f64) -> Option<Self> {
        (-2.0..=2.0).contains(&value).then(|| Self((value * 100.0).round() as i16))
    }

    /// −2.0..=2.0.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The mean of some feelings; `None` of none.
    pub fn mean(feelings: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (sum, count) =
            feelings.into_iter().fold((0_i64, 0_i64), |(sum, count), feeling| (sum + i64::from(feeling.0), count + 1));
        (count > 0).then(|| Self((sum as f64 / count as f64).round() as i16))
    }

    /// The nearest face, −2..=2; halves go away from zero, so that −1.5 is not softened.
    pub fn face(self) -> i8 {
        self.value().round() as i8
    }
}
