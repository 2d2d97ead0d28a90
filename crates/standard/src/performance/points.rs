//! [`Points`]: what is scored, in hundredths of a point.

use crate::fraction::Fraction;
use std::fmt;

/// A number of points, in hundredths: 98.5分 is 9850. Tables of scores show at most two decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Points(pub i64);

/// The most points that can be written: more is a slip of the hand.
const MOST: i64 = 1_000_000;

impl Points {
    /// None at all.
    pub const ZERO: Points = Points(0);
    /// The full score of a system: 100 points.
    pub const FULL: Points = Points(10_000);

    /// Points as they are written, `98.5`: not below nothing, at most two decimals. None for anything else.
    pub fn parse(text: &str) -> Option<Points> {
        let number = Fraction::parse(text).filter(|number| !text.contains('%') && !number.is_negative())?;
        let hundredths = number.times(Fraction::whole(100))?;
        let whole = i64::try_from(hundredths.floor()).ok()?;
        (Fraction::whole(whole) == hundredths && whole <= MOST).then_some(Points(whole))
    }

    /// A number of points rounded to so many decimals (at most two), halves up. None where it does not fit.
    pub fn rounded(number: Fraction, decimals: u8) -> Option<Points> {
        let decimals = decimals.min(2);
        let units = i64::try_from(number.rounded(decimals)?).ok()?;
        units.checked_mul(10i64.pow(u32::from(2 - decimals))).map(Points)
    }

    /// As an exact number.
    pub fn number(self) -> Fraction {
        Fraction::new(i128::from(self.0), 100).unwrap_or(Fraction::ZERO)
    }
}

impl std::ops::Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}
impl std::ops::Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}
impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(parts: I) -> Points {
        parts.fold(Points::ZERO, |sum, part| sum + part)
    }
}

impl fmt::Display for Points {
    /// Without zeros that say nothing: 98.5.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number().short())
    }
}
