//! What a day in the life holds: hours, and where one is.

use std::fmt;

use crate::model::link::State;
use crate::model::text::Text;
use crate::model::{Linked, Persona};

/// A time of day in whole minutes, 0..=1440; 1440 is midnight at the end of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(u16);

/// One day of one person: the stage in the same place has its title and its moments.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Day<S: State = Linked> {
    /// Whose day; the map's persona if absent.
    pub actor: Option<S::Link<Persona>>,
    /// A sentence about it.
    pub summary: Option<Text>,
    /// Where the drawing begins. Times before it are of the next morning.
    pub from: Clock,
    /// How many minutes are drawn, 60..=1440.
    pub minutes: u16,
    /// Where one is, in order and without overlaps.
    pub scenes: Vec<Scene>,
}

impl<S: State> Day<S> {
    /// Where one is at a minute of the day; `None` between scenes.
    pub fn scene_at(&self, minute: u16) -> Option<&Scene> {
        self.scenes.iter().find(|scene| (scene.start..scene.end).contains(&minute))
    }
}

/// Where one is for some hours, and whether we are there too.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Scene {
    /// Such as “At home”.
    pub title: Text,
    /// Its beginning, in minutes after the day's.
    pub start: u16,
    /// Its end, in minutes after the day's beginning; later than its own.
    pub end: u16,
    /// Whether customer and organisation meet there.
    pub ours: bool,
}

/// When a step happens in its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepTime {
    /// The time.
    pub at: Clock,
    /// When it is over, if that matters.
    pub until: Option<Clock>,
    /// The minutes from the day's beginning: never after its end, nor before the moment before it.
    pub minute: u16,
    /// Why it happens.
    pub nature: Option<Nature>,
}

/// Why something in a day happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Always done so.
    Habit,
    /// Has to be done.
    Duty,
    /// Chosen.
    Choice,
}

impl Nature {
    /// Every nature, as authors write it.
    pub const ALL: &[(&'static str, Self)] = &[("habit", Self::Habit), ("duty", Self::Duty), ("choice", Self::Choice)];
}

impl Clock {
    /// So many minutes after midnight, 0..=1440.
    pub(in crate::model) fn of(minutes: u16) -> Self {
        Self(minutes)
    }

    /// Reads `05:40`, or `24:00` for the end of the day; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
            let right = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            right.then(|| text.parse::<u16>().ok())?
        };
        let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
        let minutes = hour * 60 + minute;
        (minute < 60 && minutes <= 1440).then_some(Self(minutes))
    }

    /// Whole minutes since midnight, 0..=1440.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// The minutes from an earlier time to this one; past midnight if need be. 0..=1440.
    pub fn since(self, earlier: Self) -> u16 {
        if self.0 >= earlier.0 { self.0 - earlier.0 } else { self.0 + 1440 - earlier.0 }
    }

    /// The full hour at this time or before it.
    #[must_use]
    pub fn hour(self) -> Self {
        Self(self.0 / 60 * 60)
    }

    /// This time and some minutes later, within a day.
    #[must_use]
    pub fn after(self, minutes: u16) -> Self {
        Self((self.0 + minutes) % 1440)
    }
}

/// `05:40`.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
