//! Days of the calendar and spans of time. Nobody here knows what day it is.

use std::fmt;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The first day that can be written.
    pub const FIRST: Self = Self { year: 1, month: 1, day: 1 };

    /// The last day that can be written.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// That day, if there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_length(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2026-10-31`, and no other form.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |range: std::ops::Range<usize>| -> Option<u16> {
            let part = text.get(range)?;
            part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let shaped = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        if !shaped {
            return None;
        }
        let (month, day) = (u8::try_from(digits(5..7)?).ok()?, u8::try_from(digits(8..10)?).ok()?);
        Self::new(digits(0..4)?, month, day)
    }

    /// The day that lies `days` after the first of 1970, as clocks count.
    pub fn after_1970(days: u64) -> Self {
        let first = Self { year: 1970, month: 1, day: 1 };
        first.shift_days(i64::try_from(days).unwrap_or(i64::MAX / 2))
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// How many days from this day to `later`; negative when that is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        later.number() - self.number()
    }

    /// The day that lies `period` after this one. A month or year later is the same day of the
    /// month, or its last; past the end of the calendar it is [`Date::LAST`].
    #[must_use]
    pub fn plus(self, period: Period) -> Self {
        self.shift(period, 1)
    }

    /// The day that lies `period` before this one, likewise; at the earliest [`Date::FIRST`].
    #[must_use]
    pub fn minus(self, period: Period) -> Self {
        self.shift(period, -1)
    }

    fn shift(self, period: Period, sign: i64) -> Self {
        let count = i64::from(period.count) * sign;
        match period.unit {
            Unit::Day => self.shift_days(count),
            Unit::Week => self.shift_days(count * 7),
            Unit::Month => self.shift_months(count),
            Unit::Year => self.shift_months(count * 12),
        }
    }

    fn shift_days(self, days: i64) -> Self {
        let end = if days < 0 { Self::FIRST } else { Self::LAST };
        Self::from_number(self.number() + days).unwrap_or(end)
    }

    fn shift_months(self, months: i64) -> Self {
        let total = i64::from(self.year) * 12 + i64::from(self.month) - 1 + months;
        let month = u8::try_from(total.rem_euclid(12) + 1).unwrap_or(12);
        match u16::try_from(total.div_euclid(12)) {
            Ok(year @ 1..=9999) => {
                Self { year, month, day: self.day.min(month_length(year, month)) }
            }
            Ok(_) | Err(_) if months < 0 => Self::FIRST,
            Ok(_) | Err(_) => Self::LAST,
        }
    }

    /// Days since the (proleptic) first of March of year 0: years that begin in March end in the
    /// leap day, which keeps the arithmetic free of special cases.
    fn number(self) -> i64 {
        let month = (i64::from(self.month) + 9) % 12;
        let year = i64::from(self.year) - i64::from(self.month < 3);
        year * 365 + year / 4 - year / 100 + year / 400 + days_before(month) + i64::from(self.day)
            - 1
    }

    fn from_number(number: i64) -> Option<Self> {
        let mut year = (number * 400 + 399) / DAYS_IN_400_YEARS;
        let start = |year: i64| year * 365 + year / 4 - year / 100 + year / 400;
        while start(year) > number {
            year -= 1;
        }
        while start(year + 1) <= number {
            year += 1;
        }
        let in_year = number - start(year);
        let month = (in_year * 5 + 2) / 153;
        let day = u8::try_from(in_year - days_before(month) + 1).ok()?;
        let year = u16::try_from(year + i64::from(month >= 10)).ok()?;
        Self::new(year, u8::try_from((month + 2) % 12 + 1).ok()?, day)
    }
}

const DAYS_IN_400_YEARS: i64 = 146_097;

/// Days before a month, counted from March as 0.
fn days_before(month: i64) -> i64 {
    (153 * month + 2) / 5
}

fn month_length(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A span of time as a policy writes it: `120d`, `2w`, `6m`, `3y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a [`Period`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Period {
    /// Reads `120d` and its kin.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = match text.bytes().last()? {
            b'd' => Unit::Day,
            b'w' => Unit::Week,
            b'm' => Unit::Month,
            b'y' => Unit::Year,
            _ => return None,
        };
        let count = &text[..text.len() - 1];
        let plain = (1..=6).contains(&count.len()) && count.bytes().all(|it| it.is_ascii_digit());
        plain.then(|| count.parse().ok())?.map(|count| Self { count, unit })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => 'd',
            Unit::Week => 'w',
            Unit::Month => 'm',
            Unit::Year => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}
