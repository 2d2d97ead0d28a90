//! [`Decimal`]: the decimal digits of a number that a spreadsheet keeps as a binary fraction.
//!
//! A spreadsheet rounds what it shows, the fifteen digits, and not the fraction that the machine has: 1.005 with two
//! decimals is 1.01 to whoever sees it.

use crate::number;

/// A number that is not negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    /// Digits without zeros in front, as characters.
    digits: Vec<u8>,
    /// How many of them stand before the point; below nothing where zeros follow the point first.
    point: i64,
}

impl Decimal {
    /// The digits of a number; none for what is no number.
    pub(super) fn of(value: f64) -> Option<Decimal> {
        let text = number::from_double(value)?;
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let decimal = Decimal { digits: [whole.as_bytes(), part.as_bytes()].concat(), point: whole.len() as i64 };
        Some(decimal.plain())
    }

    fn plain(mut self) -> Decimal {
        let zeros = self.digits.iter().take_while(|digit| **digit == b'0').count();
        self.digits.drain(..zeros);
        self.point = if self.digits.is_empty() { 0 } else { self.point - zeros as i64 };
        self
    }

    /// How many digits stand before the point.
    pub(super) fn whole_digits(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0)
    }

    /// Ten to the power of `places` times as much.
    pub(super) fn shifted(mut self, places: i64) -> Decimal {
        self.point += if self.digits.is_empty() { 0 } else { places };
        self
    }

    /// Rounded to so many decimals, a half upwards, and with all of them.
    pub(super) fn rounded(mut self, decimals: usize) -> Decimal {
        let keep = self.point + decimals as i64;
        let Ok(keep) = usize::try_from(keep) else {
            return Decimal { digits: Vec::new(), point: 0 }.padded(decimals);
        };
        let is_up = self.digits.get(keep).is_some_and(|digit| *digit >= b'5');
        self.digits.truncate(keep);
        if is_up {
            let nines = self.digits.iter().rev().take_while(|digit| **digit == b'9').count();
            let from = self.digits.len() - nines;
            self.digits[from..].fill(b'0');
            match from.checked_sub(1) {
                Some(last) => self.digits[last] += 1,
                None => {
                    self.digits.insert(0, b'1');
                    self.point += 1;
                }
            }
        }
        self.padded(decimals)
    }

    fn padded(mut self, decimals: usize) -> Decimal {
        if self.point < 0 {
            let zeros = usize::try_from(-self.point).unwrap_or(0);
            self.digits.splice(0..0, std::iter::repeat_n(b'0', zeros));
            self.point = 0;
        }
        self.digits.resize(self.whole_digits() + decimals, b'0');
        self
    }

    /// The digits before the point, none for nothing, and those behind it.
    pub(super) fn parts(&self) -> (String, String) {
        let (whole, part) = self.digits.split_at(self.whole_digits().min(self.digits.len()));
        let text = |digits: &[u8]| String::from_utf8_lossy(digits).into_owned();
        (text(whole), text(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_rounded_as_they_are_seen() {
        let known = [
            (1.005, 2, "1", "01"),
            (0.0049, 2, "", "00"),
            (0.005, 2, "", "01"),
            (0.0004, 2, "", "00"),
            (999.995, 2, "1000", "00"),
            (0.95, 1, "1", "0"),
            (0.0, 2, "", "00"),
            (1_234_567.0, 0, "1234567", ""),
            (0.5, 0, "1", ""),
            (0.05, 0, "", ""),
            (12.3, 4, "12", "3000"),
        ];
        for (value, decimals, whole, part) in known {
            let parts = Decimal::of(value).unwrap().rounded(decimals).parts();
            assert_eq!((parts.0.as_str(), parts.1.as_str()), (whole, part), "{value}");
        }
        let percent = Decimal::of(0.07165).unwrap().shifted(2).rounded(2).parts();
        assert_eq!(percent, ("7".to_owned(), "17".to_owned()));
    }
}
