//! [`Change`], [`Share`] and [`Completion`]: what a sentence says of two amounts beside each other.
//!
//! All of them are computed from the amounts as they are printed, so that a reader with the page before
//! them arrives at the same number; only a percentage is rounded once more, to two decimals.
//!
//! Absent on purpose: the sentences and their reasons, and any putting right of shares so that they add
//! up to 100%. Parts that are rounded one by one need not.

use crate::fraction::Fraction;
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::members;
use std::fmt;

/// What is printed for a percentage of nothing.
pub const NO_RATE: &str = "无法计算";

/// How a table or a sentence prints its money.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Printing {
    /// The unit.
    pub unit: Unit,
    /// Digits after the decimal point.
    pub decimals: u8,
}

/// 万元 with two decimals: how sentences print their money.
pub const SENTENCE: Printing = Printing { unit: Unit::WanYuan, decimals: 2 };

impl Printing {
    /// An amount as it is printed: rounded once, half away from zero.
    pub fn figure(self, amount: Amount) -> Figure {
        Figure::rounded(amount, self.unit, self.decimals)
    }
}

members! {
    /// Which way an amount goes, by the sign of the printed difference.
    Direction {
        More = "more", "增加";
        Less = "less", "减少";
        Same = "same", "持平";
    }
}

impl Direction {
    /// The direction of a difference.
    pub fn of(difference: Amount) -> Direction {
        match difference.0 {
            ..0 => Direction::Less,
            0 => Direction::Same,
            1.. => Direction::More,
        }
    }

    /// The word that stands before a percentage, where [`Direction`]'s own stands before an amount.
    pub fn rate_term(self) -> &'static str {
        match self {
            Direction::More => "增长",
            Direction::Less => "下降",
            Direction::Same => "持平",
        }
    }
}

/// A percentage, exact until it is printed. There is none of nothing, nor of less than nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate(Option<Fraction>);

impl Rate {
    fn of(part: Amount, whole: Amount) -> Rate {
        Rate(if whole.0 > 0 { Fraction::from(part).over(Fraction::from(whole)) } else { None })
    }

    /// The number, 1 for 100%.
    pub fn exact(self) -> Option<Fraction> {
        self.0
    }
}

impl fmt::Display for Rate {
    /// `131.92%`, halves rounded up; [`NO_RATE`] where there is none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(rate) => f.write_str(&rate.percent()),
            None => f.write_str(NO_RATE),
        }
    }
}

/// An amount beside another of the same kind: this year's and last year's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// What it is now.
    pub current: Figure,
    /// What it is measured by.
    pub base: Figure,
    /// Now less then, with its sign, in the unit of `current`.
    pub difference: Figure,
    /// Which way.
    pub direction: Direction,
    /// The difference in per cent of the base, without its sign: the direction's word says it.
    pub rate: Rate,
}

impl Change {
    /// The change from `base` to `current`.
    pub fn of(current: Figure, base: Figure) -> Change {
        let difference = difference(current, base);
        let size = Amount(difference.amount.0.saturating_abs());
        let rate = Rate::of(size, base.amount);
        Change { current, base, difference, direction: Direction::of(difference.amount), rate }
    }
}

/// A part of a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// The part.
    pub part: Figure,
    /// The whole.
    pub whole: Figure,
    /// The part in per cent of the whole.
    pub rate: Rate,
}

impl Share {
    /// The share of a part in a whole.
    pub fn of(part: Figure, whole: Figure) -> Share {
        Share { part, whole, rate: Rate::of(part.amount, whole.amount) }
    }
}

/// What came of a budget.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Completion {
    /// 预算数
    pub budget: Figure,
    /// 决算数
    pub actual: Figure,
    /// Accounts less budget, with its sign.
    pub difference: Figure,
    /// Whether the accounts are more or less than the budget.
    pub direction: Direction,
    /// The accounts in per cent of the budget.
    pub rate: Rate,
}

impl Completion {
    /// The completion of a budget.
    pub fn of(actual: Figure, budget: Figure) -> Completion {
        let difference = difference(actual, budget);
        let (direction, rate) = (Direction::of(difference.amount), Rate::of(actual.amount, budget.amount));
        Completion { budget, actual, difference, direction, rate }
    }
}

/// The difference of two printed amounts, with as many decimals as it takes to print it.
fn difference(one: Figure, other: Figure) -> Figure {
    let finer = i16::from(one.unit.fen_decimals()) - i16::from(other.unit.fen_decimals());
    let others = u8::try_from((i16::from(other.decimals) + finer).max(0)).unwrap_or(u8::MAX);
    let decimals = one.decimals.max(others).min(one.unit.fen_decimals().max(one.decimals));
    Figure { amount: Amount(one.amount.0.saturating_sub(other.amount.0)), unit: one.unit, decimals }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::set::Member;

    /// Hundredths of a 万元.
    fn wan(hundredths: i64) -> Figure {
        SENTENCE.figure(Amount(hundredths * 10_000))
    }

    #[test]
    fn a_change_has_its_amount_its_direction_and_its_rate() {
        let less = Change::of(wan(13_099), wan(23_267));
        assert_eq!((less.difference.plain().as_str(), less.direction.term()), ("-101.68", "减少"));
        assert_eq!((less.rate.to_string().as_str(), less.direction.rate_term()), ("43.70%", "下降"));
        let more = Change::of(wan(29_512), wan(26_418));
        assert_eq!((more.difference.plain().as_str(), more.direction.term()), ("30.94", "增加"));
        assert_eq!((more.rate.to_string().as_str(), more.direction.rate_term()), ("11.71%", "增长"));
        let same = Change::of(wan(57_760), wan(57_760));
        assert_eq!((same.direction, same.rate.to_string().as_str()), (Direction::Same, "0.00%"));
    }

    #[test]
    fn of_nothing_there_is_no_rate_and_never_100_per_cent() {
        for base in [0, -500] {
            let change = Change::of(wan(1_000), wan(base));
            assert_eq!((change.direction, change.rate.exact()), (Direction::More, None));
            assert_eq!(change.rate.to_string(), NO_RATE);
        }
        assert_eq!(Completion::of(wan(7_297), wan(0)).rate.to_string(), NO_RATE);
        assert_eq!(Share::of(wan(0), wan(0)).rate.to_string(), NO_RATE);
    }

    #[test]
    fn a_completion_may_be_more_than_the_whole_budget() {
        let over = Completion::of(wan(8_319), wan(6_306));
        assert_eq!((over.rate.to_string().as_str(), over.direction), ("131.92%", Direction::More));
        assert_eq!(over.difference.plain(), "20.13");
        let under = Completion::of(wan(1_441), wan(1_463));
        assert_eq!((under.rate.to_string().as_str(), under.direction), ("98.50%", Direction::Less));
    }

    #[test]
    fn what_is_printed_is_what_is_computed_with() {
        // 1.0049 and 1.0051 万元 are printed 1.00 and 1.01: one hundredth more, though 2 yuan apart.
        let (then, now) = (SENTENCE.figure(Amount(1_004_900)), SENTENCE.figure(Amount(1_005_100)));
        let change = Change::of(now, then);
        assert_eq!((change.difference.plain().as_str(), change.rate.to_string().as_str()), ("0.01", "1.00%"));
        // 2 yuan apart and printed alike: nothing has changed on the page.
        let (then, now) = (SENTENCE.figure(Amount(1_000_000)), SENTENCE.figure(Amount(1_000_200)));
        assert_eq!(Change::of(now, then).direction, Direction::Same);
    }

    #[test]
    fn halves_of_the_last_decimal_are_rounded_up() {
        // 1 of 800 is 0.125%.
        assert_eq!(Share::of(wan(1), wan(800)).rate.to_string(), "0.13%");
        assert_eq!(Share::of(wan(1), wan(801)).rate.to_string(), "0.12%");
        assert_eq!(SENTENCE.figure(Amount(5_000)).plain(), "0.01");
        assert_eq!(SENTENCE.figure(Amount(4_999)).plain(), "0.00");
    }

    #[test]
    fn shares_add_up_exactly_and_are_printed_as_they_are() {
        let parts = [wan(1), wan(1), wan(1)].map(|part| Share::of(part, wan(3)));
        let sum = parts.iter().try_fold(Fraction::ZERO, |sum, share| sum.plus(share.rate.exact()?));
        assert_eq!(sum, Some(Fraction::ONE));
        // Printed they come to 99.99%, and no part is bent for it.
        assert!(parts.iter().all(|share| share.rate.to_string() == "33.33%"));
    }

    #[test]
    fn a_difference_keeps_the_decimals_of_both() {
        let yuan = Printing { unit: Unit::Yuan, decimals: 2 };
        let change = Change::of(wan(150), yuan.figure(Amount(1_000_001)));
        assert_eq!(change.difference.plain(), "0.499999");
        let change = Change::of(yuan.figure(Amount(1_000_001)), wan(150));
        assert_eq!(change.difference.plain(), "-4999.99");
    }
}
