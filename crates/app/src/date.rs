//! Days of the calendar, and the only place that reads the clock.
//!
//! Days are those of China, whatever the machine's time zone: a suppression that ends on a day ends on
//! that day in Beijing.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// The variable that stands for the clock, so that a run can be repeated as of an earlier day.
const TODAY: &str = "MINGZHANG_TODAY";

/// Beijing is so many seconds ahead of UTC, all year.
const BEIJING_AHEAD: u64 = 8 * 3600;

const SECONDS_A_DAY: u64 = 24 * 3600;

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, where the calendar has it.
    pub(crate) fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(Date { year, month, day })
    }

    /// A day written as YYYY-MM-DD.
    pub(crate) fn parse(text: &str) -> Option<Date> {
        let is_shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| (b == b'-') == (i == 4 || i == 7));
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        is_shaped.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
    }

    /// The day that is so many days after 1970-01-01: whole years are taken off, then whole months.
    fn after_epoch(mut days: u64) -> Date {
        let mut date = Date { year: 1970, month: 1, day: 1 };
        let year_length = |year| if Date::new(year, 2, 29).is_some() { 366 } else { 365 };
        while days >= year_length(date.year) {
            days -= year_length(date.year);
            date.year += 1;
        }
        let month_length =
            |month| (28..=31).rev().find(|day| Date::new(date.year, month, *day).is_some()).unwrap_or(31);
        while days >= u64::from(month_length(date.month)) {
            days -= u64::from(month_length(date.month));
            date.month += 1;
        }
        Date { day: days as u8 + 1, ..date }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The present day, or the one that the environment names instead; the words of the environment where
/// they are no day.
pub(crate) fn today() -> Result<Date, String> {
    if let Ok(words) = std::env::var(TODAY) {
        return Date::parse(&words).ok_or(format!("{TODAY}={words}"));
    }
    // A clock before 1970 is wrong; then nothing has expired.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Date::after_epoch((since.as_secs() + BEIJING_AHEAD) / SECONDS_A_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for text in ["2026-02-29", "2026-13-01", "2026-04-31", "2026-1-01", "2026/01/01", "20260101", "2026-01-0a", ""]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        for text in ["2024-02-29", "2026-12-31", "2000-02-29"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn days_are_in_order_and_counted_from_the_epoch() {
        assert!(Date::parse("2025-12-31") < Date::parse("2026-01-01"));
        let known = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_454, "2026-01-01")];
        for (days, text) in known {
            assert_eq!(Date::after_epoch(days).to_string(), text);
        }
    }
}
