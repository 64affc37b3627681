//! Civil dates and the time between reviews. No clock, no zones.
//!
//! On the ground floor because the day of a build is one of its inputs, beside the texts.

use std::fmt;

/// A day, or a whole month where the day is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    /// 0 for a whole month.
    day: u8,
}

/// How long until something is due again: at least a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cadence {
    /// Whole months.
    pub months: u16,
    /// Days on top.
    pub days: u16,
}

impl Date {
    /// Stands in where a date that must be given is not; the report says so.
    pub const UNKNOWN: Self = Self { year: 0, month: 1, day: 0 };

    /// Reads `2026-09-12` or `2026-09`; `None` for anything else, or for a day that never was.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = number(parts.next()?, 2)? as u8;
        let day = parts.next().map_or(Some(0), |day| number(day, 2).filter(|&day| day > 0))? as u8;
        let real = parts.next().is_none() && (1..=12).contains(&month) && day <= days_in(year, month);
        real.then_some(Self { year, month, day })
    }

    /// It in a number that another day does not have.
    pub(crate) fn number(self) -> u32 {
        u32::from(self.year) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    /// What [`Self::number`] gave, as a date.
    pub(crate) fn from_number(number: u32) -> Self {
        Self { year: (number >> 16) as u16, month: (number >> 8) as u8, day: number as u8 }
    }

    /// Year, as in 2026.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1..=12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1..=31; `None` for a whole month.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// Whether it is over: the day, or the whole of a month, lies before `today`. What lies in the month of a `today`
    /// without a day is not over.
    pub fn is_over(self, today: Self) -> bool {
        match self.day {
            0 => (self.year, self.month) < (today.year, today.month),
            _ => self < today,
        }
    }

    /// Its month as a whole.
    #[must_use]
    pub fn month_of(self) -> Self {
        Self { day: 0, ..self }
    }

    /// The last day of what it means: itself, or the end of the month where the day is not known.
    #[must_use]
    pub fn last_day(self) -> Self {
        if self.day > 0 { self } else { Self { day: days_in(self.year, self.month), ..self } }
    }

    /// This date and a cadence later; a month's last day stays within the month it lands in.
    #[must_use]
    pub fn after(self, cadence: Cadence) -> Self {
        let months = u32::from(self.year) * 12 + u32::from(self.month) - 1 + u32::from(cadence.months);
        let (mut year, mut month) = ((months / 12) as u16, (months % 12) as u8 + 1);
        let mut day = u16::from(self.day).min(u16::from(days_in(year, month)));
        if self.day > 0 {
            day += cadence.days;
        }
        while day > u16::from(days_in(year, month)) {
            day -= u16::from(days_in(year, month));
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        Self { year, month, day: day as u8 }
    }
}

impl Cadence {
    /// Reads `6 months`, `2 weeks`, `14 days`, `1 year`; `None` for anything else or for nothing at all.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: u16 = count.parse().ok().filter(|count| (1..=1200).contains(count))?;
        match unit.trim().trim_end_matches('s') {
            "day" => Some(Self { months: 0, days: count }),
            "week" => Some(Self { months: 0, days: count * 7 }),
            "month" => Some(Self { months: count, days: 0 }),
            "year" => Some(Self { months: count * 12, days: 0 }),
            _ => None,
        }
    }
}

/// ISO 8601: `2026-09-12` or `2026-09`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 { write!(f, "-{:02}", self.day) } else { Ok(()) }
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}
