//! Numbers and days as a spreadsheet stores them: binary fractions of 64 bits.
//!
//! Excel computes with such fractions and shows at most fifteen significant digits of them. What an
//! accountant typed and sees are those digits, so they are the number; the rest is noise of the machine.

use mingzhang_model::date::Date;

/// From which day a workbook counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Days {
    /// Day 1 is 1900-01-01, and there is a day 60 that never was.
    Since1900,
    /// Day 0 is 1904-01-01.
    Since1904,
}

/// 1970-01-01 as a serial number of each system.
const EPOCH_1900: i64 = 25_569;
const EPOCH_1904: i64 = 24_107;
/// 1900-02-29, which Excel believes in.
const NEVER: i64 = 60;
/// 9999-12-31.
const LAST: i64 = 2_958_465;

/// The number as Excel shows it: rounded to fifteen significant digits, without exponent. None for what is
/// no number.
pub(crate) fn from_double(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    // Whole numbers of up to fifteen digits are exact, and most numbers are of that kind.
    if value.abs() < 1e15 && value.fract() == 0.0 {
        return Some((value as i64).to_string());
    }
    let shown = format!("{value:.14e}");
    let (mantissa, exponent) = shown.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let length = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    Some(match exponent {
        e if e < 0 => format!("{sign}0.{}{digits}", zeros(-e - 1)),
        e if e + 1 >= length => format!("{sign}{digits}{}", zeros(e + 1 - length)),
        e => {
            let (whole, part) = digits.split_at(usize::try_from(e + 1).ok()?);
            format!("{sign}{whole}.{part}")
        }
    })
}

/// True for an optional sign, digits, and digits after a point, where the first digit is no idle zero: what
/// begins with one, as 007, is a code.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part) && (whole.len() == 1 || !whole.starts_with('0'))
}

/// The double that shows exactly the number of this text; none where no double does, as for a bank account
/// of nineteen digits.
pub(crate) fn to_double(text: &str) -> Option<f64> {
    if !is_number(text) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let plain = text.strip_prefix('+').unwrap_or(text);
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { plain };
    let plain = if plain == "-0" { "0" } else { plain };
    (from_double(value)? == plain).then_some(value)
}

/// The day of a serial number, and whether a time of day is dropped with it. None where there is no such
/// day, or only a time.
pub(crate) fn day(serial: f64, days: Days) -> Option<(Date, bool)> {
    let whole = serial.floor();
    let first = match days {
        Days::Since1900 => 1.0,
        Days::Since1904 => 0.0,
    };
    if !(whole >= first && whole <= LAST as f64) {
        return None;
    }
    let (has_time, whole) = (serial > whole, whole as i64);
    let since_epoch = match days {
        Days::Since1900 if whole == NEVER => return None,
        Days::Since1900 if whole < NEVER => whole + 1 - EPOCH_1900,
        Days::Since1900 => whole - EPOCH_1900,
        Days::Since1904 if whole > LAST - (EPOCH_1900 - EPOCH_1904) => return None,
        Days::Since1904 => whole - EPOCH_1904,
    };
    Some((Date::after_epoch(since_epoch), has_time))
}

/// The serial number of a day in the system of 1900; none for a day before it.
pub(crate) fn serial(date: Date) -> Option<f64> {
    let serial = date.since_epoch() + EPOCH_1900;
    let serial = if serial <= NEVER { serial - 1 } else { serial };
    (serial >= 1).then_some(serial as f64)
}

/// Hours, minutes and seconds of a part of a day, or of several days.
pub(crate) fn clock(serial: f64) -> Option<String> {
    let seconds = (serial * 86_400.0).round();
    if !(0.0..1e12).contains(&seconds) {
        return None;
    }
    let seconds = seconds as u64;
    Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_the_fifteen_digits_that_excel_shows() {
        let known = [
            (0.1 + 0.2, "0.3"),
            (1_234_567.89, "1234567.89"),
            (1e6, "1000000"),
            (-0.0, "0"),
            (-0.05, "-0.05"),
            (1.005, "1.005"),
            (4.35 * 100.0, "435"),
            (99_999_999_999.99, "99999999999.99"),
            (123_456_789_012_345_678.0, "123456789012346000"),
            (1e15, "1000000000000000"),
            (-2.5e20, "-250000000000000000000"),
            (1e-7, "0.0000001"),
            (0.999_999_999_999_999_9, "1"),
            (1.0 / 3.0, "0.333333333333333"),
        ];
        for (value, text) in known {
            assert_eq!(from_double(value).as_deref(), Some(text));
        }
        assert_eq!(from_double(f64::NAN), None);
        assert_eq!(from_double(f64::INFINITY), None);
    }

    #[test]
    fn every_amount_in_fen_survives_a_double() {
        let mut fen: i64 = 1;
        for step in 0..200_000_i64 {
            fen = (fen * 31 + step * 7919) % 99_999_999_999_999;
            let text = format!("{}.{:02}", fen / 100, fen % 100);
            let value: f64 = text.parse().unwrap();
            let plain = text.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(from_double(value).as_deref(), Some(if plain.is_empty() { "0" } else { plain }));
            assert_eq!(to_double(&text), Some(value));
        }
    }

    #[test]
    fn only_what_a_double_shows_is_written_as_one() {
        for text in ["0", "-0.5", "1.50", "+7", "123456789012345", "0.000001", "100", "-0", "0.00"] {
            assert!(to_double(text).is_some(), "{text}");
        }
        for text in
            ["1234567890123456", "6222021234567890123", "007", "1.2345678901234567", "1,000", "1e5", ".5", "5.", ""]
        {
            assert!(to_double(text).is_none(), "{text}");
        }
    }

    #[test]
    fn days_of_both_systems_are_days() {
        let date = |text: &str| Date::parse(text).unwrap();
        let known = [(1.0, "1900-01-01"), (59.0, "1900-02-28"), (61.0, "1900-03-01"), (46_023.0, "2026-01-01")];
        for (number, text) in known {
            assert_eq!(day(number, Days::Since1900), Some((date(text), false)));
            assert_eq!(serial(date(text)), Some(number));
        }
        assert_eq!(day(46_023.25, Days::Since1900), Some((date("2026-01-01"), true)));
        assert_eq!(day(0.0, Days::Since1904), Some((date("1904-01-01"), false)));
        assert_eq!(day(44_561.0, Days::Since1904), Some((date("2026-01-01"), false)));
        assert_eq!(day(2_958_465.0, Days::Since1900), Some((date("9999-12-31"), false)));
        for none in [0.0, 0.5, -1.0, 60.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(day(none, Days::Since1900), None);
        }
        assert_eq!(serial(date("1899-12-31")), None);
    }

    #[test]
    fn a_part_of_a_day_is_a_time() {
        assert_eq!(clock(0.5).as_deref(), Some("12:00:00"));
        assert_eq!(clock(1.25).as_deref(), Some("30:00:00"));
        assert_eq!(clock(-0.5), None);
    }
}
