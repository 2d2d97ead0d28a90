//! [`Date`]: a day of the calendar.
//!
//! Laws count in days (twenty days after approval) and years end on 31 December, so days are whole
//! numbers here; what day it is today only the program knows.

use std::fmt;

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, where the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
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
    pub fn parse(text: &str) -> Option<Date> {
        let is_shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| (b == b'-') == (i == 4 || i == 7));
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        is_shaped.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
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

    /// How many days after 1970-01-01 it is; below nothing for a day before.
    pub fn since_epoch(self) -> i64 {
        // The year of this count begins in March, so that the leap day is its last.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(self.day) - 719_469
    }

    /// The day that is so many days after 1970-01-01. Days that four digits of a year cannot write are
    /// drawn to the nearest that they can.
    pub fn after_epoch(days: i64) -> Date {
        let first = Date { year: 1, month: 1, day: 1 };
        let last = Date { year: 9999, month: 12, day: 31 };
        let days = days.clamp(first.since_epoch(), last.since_epoch());
        // Too early by a little on both sides of the epoch, then forward year by year.
        let year_length = if days < 0 { 365 } else { 366 };
        let mut year = u16::try_from(1970 + days.div_euclid(year_length)).unwrap_or(1).max(1);
        while (Date { year: year + 1, month: 1, day: 1 }).since_epoch() <= days {
            year += 1;
        }
        let month =
            (1..=12).rev().find(|month| Date { year, month: *month, day: 1 }.since_epoch() <= days).unwrap_or(1);
        let day = days - Date { year, month, day: 1 }.since_epoch() + 1;
        Date { year, month, day: u8::try_from(day).unwrap_or(1) }
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Date {
        Date::after_epoch(self.since_epoch() + days)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
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
        let known =
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_454, "2026-01-01"), (-1, "1969-12-31")];
        for (days, text) in known {
            assert_eq!(Date::after_epoch(days).to_string(), text);
        }
        let mut day = Date::parse("0001-01-01").unwrap();
        let first = day.since_epoch();
        for days in 0..3_000_000 {
            assert_eq!(day.since_epoch(), first + days);
            assert_eq!(Date::after_epoch(first + days), day);
            let Some(next) = [(day.year, day.month, day.day + 1), (day.year, day.month + 1, 1), (day.year + 1, 1, 1)]
                .into_iter()
                .find_map(|(year, month, day)| Date::new(year, month, day))
            else {
                break;
            };
            day = next;
        }
    }

    #[test]
    fn twenty_days_after_approval() {
        assert_eq!(Date::parse("2024-02-15").unwrap().plus(20).to_string(), "2024-03-06");
    }
}
