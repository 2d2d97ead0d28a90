//! The only place that reads the clock.
//!
//! Days are those of China, whatever the machine's time zone: a suppression that ends on a day ends on
//! that day in Beijing.

use std::time::{SystemTime, UNIX_EPOCH};

use mingzhang_model::date::Date;

/// The variable that stands for the clock, so that a run can be repeated as of an earlier day.
const TODAY: &str = "MINGZHANG_TODAY";

/// Beijing is so many seconds ahead of UTC, all year.
const BEIJING_AHEAD: u64 = 8 * 3600;

const SECONDS_A_DAY: u64 = 24 * 3600;

/// The present day, or the one that the environment names instead; the words of the environment where
/// they are no day.
pub(crate) fn today() -> Result<Date, String> {
    if let Ok(words) = std::env::var(TODAY) {
        return Date::parse(&words).ok_or(format!("{TODAY}={words}"));
    }
    // A clock before 1970 is wrong; then nothing has expired.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = (since.as_secs() + BEIJING_AHEAD) / SECONDS_A_DAY;
    Ok(Date::after_epoch(i64::try_from(days).unwrap_or(i64::MAX)))
}

/// The present moment, in seconds since 1970-01-01 UTC.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A moment as a clock in Beijing shows it: 2024-03-05 16:20.
pub(crate) fn beijing(at: u64) -> String {
    let at = at.saturating_add(BEIJING_AHEAD);
    let day = Date::after_epoch(i64::try_from(at / SECONDS_A_DAY).unwrap_or(i64::MAX));
    let minutes = at % SECONDS_A_DAY / 60;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}
