//! [`Fraction`]: an exact number, for rates and for what they are measured by. Money and counts are whole
//! numbers of fen and of things; a rate is one divided by another and is rounded only where it is printed.
//!
//! Absent on purpose: floating point, and a silent overflow. What does not fit is no result.

use mingzhang_model::amount::Amount;
use std::cmp::Ordering;
use std::fmt;

/// An exact number: a numerator and a denominator above zero without a common divisor.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

/// The most decimals that a number may be written with.
const MAX_DECIMALS: usize = 12;
/// The most digits before the decimal point.
const MAX_DIGITS: usize = 18;

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction::whole(0);
    /// One, which as a rate is 100%.
    pub const ONE: Fraction = Fraction::whole(1);

    /// A whole number.
    pub const fn whole(number: i64) -> Fraction {
        Fraction { numerator: number as i128, denominator: 1 }
    }

    /// So many of so many parts; none where there are no parts, and for the one number without opposite.
    pub fn new(numerator: i128, denominator: i128) -> Option<Fraction> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let divisor = i128::try_from(common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let divisor = if denominator < 0 { -divisor } else { divisor };
        let (numerator, denominator) = (numerator.checked_div(divisor)?, denominator.checked_div(divisor)?);
        Some(Fraction { numerator, denominator })
    }

    /// A number as it is written: `-0.5`, `12`, `31.06%`. None for anything else.
    pub fn parse(text: &str) -> Option<Fraction> {
        let (text, percent) = text.strip_suffix('%').map_or((text, 1), |text| (text, 100));
        let (text, sign) = text.strip_prefix('-').map_or((text, 1), |text| (text, -1));
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || whole.len() > MAX_DIGITS || decimals.is_some_and(|part| !digits(part)) {
            return None;
        }
        let decimals = decimals.unwrap_or_default();
        if decimals.len() > MAX_DECIMALS {
            return None;
        }
        let number: i128 = format!("{whole}{decimals}").parse().ok()?;
        Fraction::new(sign * number, percent * 10i128.pow(decimals.len() as u32))
    }

    /// True below nothing.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// True for nothing.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The sum; none where it does not fit.
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        let divisor = common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let (left, right) = (other.denominator / divisor, self.denominator / divisor);
        let sum = self.numerator.checked_mul(left)?.checked_add(other.numerator.checked_mul(right)?)?;
        Fraction::new(sum, self.denominator.checked_mul(left)?)
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Fraction {
        Fraction { numerator: -self.numerator, ..self }
    }

    /// The difference; none where it does not fit.
    pub fn minus(self, other: Fraction) -> Option<Fraction> {
        self.plus(other.negated())
    }

    /// The product; none where it does not fit.
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        // Crosswise first, so that only what does not cancel is multiplied.
        let left = Fraction::new(self.numerator, other.denominator)?;
        let right = Fraction::new(other.numerator, self.denominator)?;
        Fraction::new(left.numerator.checked_mul(right.numerator)?, left.denominator.checked_mul(right.denominator)?)
    }

    /// The quotient; none where it is divided by nothing or does not fit.
    pub fn over(self, other: Fraction) -> Option<Fraction> {
        self.times(other.inverted()?)
    }

    /// One over it; none for nothing.
    pub fn inverted(self) -> Option<Fraction> {
        Fraction::new(self.denominator, self.numerator)
    }

    /// The whole number that it is; none when it has a part, or is too large.
    pub fn to_whole(self) -> Option<i64> {
        if self.denominator == 1 { i64::try_from(self.numerator).ok() } else { None }
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// As a whole number of units of the last of so many decimals, halves away from zero: 0.125 with two
    /// decimals is 13. None where it does not fit.
    pub fn rounded(self, decimals: u8) -> Option<i128> {
        let scaled = self.numerator.checked_abs()?.checked_mul(10i128.checked_pow(u32::from(decimals))?)?;
        let (quotient, rest) = (scaled / self.denominator, scaled % self.denominator);
        let magnitude = if rest >= self.denominator - rest { quotient + 1 } else { quotient };
        Some(if self.numerator < 0 { -magnitude } else { magnitude })
    }

    /// With exactly so many decimals, halves away from zero.
    pub fn fixed(self, decimals: u8) -> String {
        let Some(units) = self.rounded(decimals) else { return self.to_string() };
        let sign = if units < 0 { "-" } else { "" };
        let (base, magnitude) = (10u128.pow(u32::from(decimals)), units.unsigned_abs());
        match decimals {
            0 => format!("{sign}{magnitude}"),
            _ => format!("{sign}{}.{:0width$}", magnitude / base, magnitude % base, width = usize::from(decimals)),
        }
    }

    /// As a percentage with two decimals: `31.06%`.
    pub fn percent(self) -> String {
        self.percent_fixed(2)
    }

    /// As a percentage beside a limit: with more decimals where two would make it look like the limit, so that
    /// nobody reads that 10.00% is more than 10%.
    pub fn percent_beside(self, limit: Fraction) -> String {
        let apart = |decimals: &u8| self == limit || self.percent_fixed(*decimals) != limit.percent_fixed(*decimals);
        self.percent_fixed((2..=10).find(apart).unwrap_or(2))
    }

    fn percent_fixed(self, decimals: u8) -> String {
        match self.times(Fraction::whole(100)) {
            Some(percent) => format!("{}%", percent.fixed(decimals)),
            None => self.to_string(),
        }
    }

    /// As short a percentage as says it exactly, for limits: `10%`, `0.5%`.
    pub fn short_percent(self) -> String {
        let text = self.percent_fixed(6);
        match text.strip_suffix('%') {
            Some(number) => format!("{}%", short(number)),
            None => text,
        }
    }

    /// With no more decimals than it needs, at most six: `12`, `0.5`.
    pub fn short(self) -> String {
        short(&self.fixed(6)).to_string()
    }
}

/// Without zeros that say nothing.
fn short(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<Amount> for Fraction {
    /// In fen.
    fn from(amount: Amount) -> Fraction {
        Fraction::whole(amount.0)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Fraction {
    /// By whole parts, then by what is left, turned over: nothing is multiplied, so nothing overflows.
    fn cmp(&self, other: &Fraction) -> Ordering {
        let (mut a, mut b) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut turned = false;
        loop {
            let whole = a.0.div_euclid(a.1).cmp(&b.0.div_euclid(b.1));
            let rests = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let order = match (whole, rests) {
                (Ordering::Equal, (0, 0)) => Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, _) => {
                    (a, b) = ((a.1, rests.0), (b.1, rests.1));
                    turned = !turned;
                    continue;
                }
                (order, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            _ => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}
impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    #[test]
    fn written_numbers_are_exact_and_others_are_refused() {
        assert_eq!(f("31.06%"), Fraction::new(3106, 10_000).unwrap());
        assert_eq!(f("-0.5"), Fraction::new(-1, 2).unwrap());
        for text in ["", "%", ".5", "5.", "1.2.3", "--1", "1e3", "１", "9999999999999999999", "0.1234567890123"] {
            assert_eq!(Fraction::parse(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact_and_what_does_not_fit_is_no_result() {
        assert_eq!(f("0.1").plus(f("0.2")), Some(f("0.3")));
        assert_eq!(f("1").minus(f("1.5")), Some(f("-0.5")));
        assert_eq!(f("3").over(f("-4")), Some(f("-0.75")));
        assert_eq!(f("3").over(Fraction::ZERO), None);
        let huge = Fraction::new(i128::MAX, 1).unwrap();
        assert_eq!(huge.times(f("2")), None);
        assert_eq!(huge.plus(Fraction::ONE), None);
        assert_eq!(huge.over(huge), Some(Fraction::ONE));
        assert_eq!((f("-0.5").floor(), f("2.5").floor(), f("3").floor()), (-1, 2, 3));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let rate = |a, b| Fraction::new(a, b).unwrap();
        assert_eq!(rate(6994, 22518).percent(), "31.06%");
        assert_eq!(rate(12, 19).percent(), "63.16%");
        assert_eq!(rate(12, 12).percent(), "100.00%");
        assert_eq!((f("0.125").fixed(2), f("-0.125").fixed(2), f("0.1249").fixed(2)).0, "0.13");
        assert_eq!((f("-0.125").fixed(2), f("0.1249").fixed(2)), ("-0.13".into(), "0.12".into()));
        assert_eq!((f("-0.001").fixed(2), f("2.5").fixed(0)), ("0.00".into(), "3".into()));
    }

    #[test]
    fn a_percentage_beside_a_limit_shows_on_which_side_it_is() {
        assert_eq!(f("10.001%").percent_beside(f("10%")), "10.001%");
        assert_eq!(f("10%").percent_beside(f("10%")), "10.00%");
        assert_eq!(f("31.06%").percent_beside(f("30%")), "31.06%");
        assert_eq!((f("10%").short_percent(), f("0.5%").short_percent(), f("100").short()).1, "0.5%");
        assert_eq!((f("10%").short_percent(), f("100").short(), f("2.50").short()).0, "10%");
        assert_eq!((f("100").short(), f("2.50").short()), ("100".into(), "2.5".into()));
    }

    #[test]
    fn the_order_is_that_of_the_numbers_however_large_they_are() {
        let numbers = ["-2", "-1.5", "-1", "-0.25", "0", "0.2499", "0.25", "0.75", "1", "1.0001", "7"];
        for (i, a) in numbers.iter().enumerate() {
            for (j, b) in numbers.iter().enumerate() {
                assert_eq!(f(a).cmp(&f(b)), i.cmp(&j), "{a} {b}");
            }
        }
        let near = |d| Fraction::new(i128::MAX - 1, i128::MAX - d).unwrap();
        assert!(near(0) < Fraction::ONE && Fraction::ONE < near(2));
    }

    fn of(numerator: i128, denominator: i128) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    #[test]
    fn sums_and_products_are_exact_and_in_lowest_terms() {
        assert_eq!(of(1, 3).plus(of(1, 6)), Some(of(1, 2)));
        assert_eq!(of(2, 3).times(of(-9, 4)), Some(of(-3, 2)));
        assert_eq!(of(0, 5), Fraction::ZERO);
        assert_eq!(of(1, -2), of(-1, 2));
        assert_eq!(Fraction::ZERO.inverted(), None);
        assert_eq!(Fraction::parse("0.10"), Some(of(1, 10)));
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
