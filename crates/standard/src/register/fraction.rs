//! [`Fraction`]: an exact number. Nothing here rounds unless it is asked to, and nothing panics: what does
//! not fit is none.

use std::cmp::Ordering;

/// A whole number over a whole number, in lowest terms, the lower one above nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fraction {
    upper: i128,
    lower: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { upper: 0, lower: 1 };

    /// `upper / lower` in lowest terms; none when `lower` is nothing, or for the one number without opposite.
    pub fn new(upper: i128, lower: i128) -> Option<Fraction> {
        if lower == 0 || upper == i128::MIN || lower == i128::MIN {
            return None;
        }
        let divisor = greatest_divisor(upper.abs(), lower.abs());
        let sign = lower.signum();
        Some(Fraction { upper: sign * upper / divisor, lower: lower.abs() / divisor })
    }

    /// A whole number.
    pub fn whole(number: i64) -> Fraction {
        Fraction { upper: i128::from(number), lower: 1 }
    }

    /// Digits, perhaps with a point and digits behind it: `12`, `0.5`. No sign, no separators; none for
    /// anything else and for more digits than fit.
    pub fn parse(digits: &str) -> Option<Fraction> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(part) || (digits.contains('.') && part.is_empty()) {
            return None;
        }
        let upper: i128 = format!("{whole}{part}").parse().ok()?;
        Fraction::new(upper, 10i128.checked_pow(u32::try_from(part.len()).ok()?)?)
    }

    /// True for nothing.
    pub fn is_zero(self) -> bool {
        self.upper == 0
    }

    /// The whole number that it is; none when it has a part, or is too large.
    pub fn to_whole(self) -> Option<i64> {
        if self.lower == 1 { i64::try_from(self.upper).ok() } else { None }
    }

    /// The sum, where it fits.
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        let divisor = greatest_divisor(self.lower, other.lower);
        let (left, right) = (other.lower / divisor, self.lower / divisor);
        let upper = self.upper.checked_mul(left)?.checked_add(other.upper.checked_mul(right)?)?;
        Fraction::new(upper, self.lower.checked_mul(left)?)
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Fraction {
        Fraction { upper: -self.upper, lower: self.lower }
    }

    /// The product, where it fits.
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        let (a, b) = (
            greatest_divisor(self.upper.abs(), other.lower).max(1),
            greatest_divisor(other.upper.abs(), self.lower).max(1),
        );
        let upper = (self.upper / a).checked_mul(other.upper / b)?;
        Fraction::new(upper, (self.lower / b).checked_mul(other.lower / a)?)
    }

    /// One over it; none for nothing.
    pub fn inverted(self) -> Option<Fraction> {
        Fraction::new(self.lower, self.upper)
    }

    /// How many units of the last of so many decimals it is, half away from nothing: 2/3 with 2 is 67.
    pub fn rounded(self, decimals: u8) -> Option<i128> {
        let scaled = self.times(Fraction::new(10i128.checked_pow(u32::from(decimals))?, 1)?)?;
        let (size, lower) = (scaled.upper.abs(), scaled.lower);
        let (whole, rest) = (size / lower, size % lower);
        let up = i128::from(rest >= lower - rest);
        Some(scaled.upper.signum() * (whole + up))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Fraction {
    /// By whole parts first, then by what is left over, turned upside down: nothing is multiplied, so
    /// nothing can overflow.
    fn cmp(&self, other: &Fraction) -> Ordering {
        let (mut left, mut right) = (*self, *other);
        let mut turned = false;
        loop {
            let (a, b) = (left.upper.div_euclid(left.lower), right.upper.div_euclid(right.lower));
            let rest = (left.upper.rem_euclid(left.lower), right.upper.rem_euclid(right.lower));
            let order = match (a.cmp(&b), rest) {
                (Ordering::Equal, (0, 0)) => Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, (x, y)) => {
                    (left, right) =
                        (Fraction { upper: left.lower, lower: x }, Fraction { upper: right.lower, lower: y });
                    turned = !turned;
                    continue;
                }
                (order, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

fn greatest_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(upper: i128, lower: i128) -> Fraction {
        Fraction::new(upper, lower).unwrap()
    }

    #[test]
    fn sums_and_products_are_exact_and_in_lowest_terms() {
        assert_eq!(of(1, 3).plus(of(1, 6)), Some(of(1, 2)));
        assert_eq!(of(2, 3).times(of(-9, 4)), Some(of(-3, 2)));
        assert_eq!(of(0, 5), Fraction::ZERO);
        assert_eq!(of(1, -2), of(-1, 2));
        assert_eq!(Fraction::ZERO.inverted(), None);
        assert_eq!(Fraction::parse("0.10"), Some(of(1, 10)));
        for wrong in ["", ".", "1.", ".5", "-1", "1,0", "１"] {
            assert_eq!(Fraction::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_does_not_fit_is_none_and_comparing_always_works() {
        let large = of(i128::MAX, 1);
        assert_eq!((large.plus(large), large.times(of(2, 1)), large.rounded(2)), (None, None, None));
        assert!(of(i128::MAX, 2) < large && of(1, i128::MAX) > Fraction::ZERO);
        assert!(of(i128::MAX, i128::MAX - 1) < of(i128::MAX - 1, i128::MAX - 2));
        assert!(of(-1, 3) < of(-1, 4) && of(-1, 4) < of(1, 5) && of(1, 5) < of(1, 4));
        assert_eq!(of(-7, 2).cmp(&of(-7, 2)), Ordering::Equal);
    }

    #[test]
    fn rounding_is_half_away_from_nothing() {
        assert_eq!(of(2_000, 24).rounded(2), Some(8_333));
        assert_eq!(of(2_000, 24).rounded(1), Some(833));
        assert_eq!((of(1, 2).rounded(0), of(-1, 2).rounded(0), of(-49, 100).rounded(0)), (Some(1), Some(-1), Some(0)));
    }
}
