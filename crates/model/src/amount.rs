//! Money: [`Amount`] (whole fen), [`Unit`], [`Figure`] (an amount as printed) and [`Interval`]
//! (what the true amount can have been).
//!
//! There is no tolerance parameter. A printed figure *is* an interval, half of its last digit to
//! either side; a sum adds the half-widths of its addends; two statements agree when their
//! intervals overlap. A figure printed to the fen is exact, because money has no smaller part.

use std::fmt;

/// Whole fen (分, 1/100 yuan). The only representation of money between bytes and finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Amount(pub i64);

impl Amount {
    /// No money at all.
    pub const ZERO: Amount = Amount(0);

    /// True when the amount is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// The unit that a table or a sentence prints its money in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// 元
    Yuan,
    /// 万元, ten thousand yuan
    WanYuan,
    /// 亿元, a hundred million yuan
    YiYuan,
}

impl Unit {
    /// How many decimals of this unit make one fen: 元 2, 万元 6, 亿元 10.
    pub const fn fen_decimals(self) -> u8 {
        match self {
            Unit::Yuan => 2,
            Unit::WanYuan => 6,
            Unit::YiYuan => 10,
        }
    }

    /// The word printed for it.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::WanYuan => "万元",
            Unit::YiYuan => "亿元",
        }
    }
}

/// A number of money exactly as it was printed: the amount, the unit, the decimals shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Figure {
    /// The printed value, in fen. Digits printed beyond the fen are rounded half away from zero.
    pub amount: Amount,
    /// The unit it is printed in.
    pub unit: Unit,
    /// Digits printed after the decimal point.
    pub decimals: u8,
}

impl Figure {
    /// The figure that is printed for an amount: rounded once, half away from zero.
    pub fn rounded(amount: Amount, unit: Unit, decimals: u8) -> Figure {
        let amount = match Figure::last_digit(unit, decimals) {
            0 | 1 => amount,
            last => {
                let half = if amount.0 < 0 { -last / 2 } else { last / 2 };
                Amount((amount.0 + half) / last * last)
            }
        };
        Figure { amount, unit, decimals }
    }

    /// What the true amount can have been when the number is rounded to `decimals` places of its
    /// unit. A column is as precise as its most precise cell, so the caller passes the column's
    /// decimals; fewer than the figure itself shows is ignored.
    pub fn interval(self, decimals: u8) -> Interval {
        let decimals = decimals.max(self.decimals);
        Interval::around(self.amount, half_width(self.unit, decimals))
    }

    /// One unit of the last digit when printed with `decimals` places, in fen (0 below a fen).
    pub fn last_digit(unit: Unit, decimals: u8) -> i64 {
        match unit.fen_decimals().checked_sub(decimals) {
            Some(places) => 10i64.pow(u32::from(places)),
            None => 0,
        }
    }

    /// The amount in the figure's own unit and decimals, without separators: `326.72`.
    pub fn plain(self) -> String {
        render(self.amount, self.unit, self.decimals, false)
    }
}

impl fmt::Display for Figure {
    /// With thousands separators: `2,106.66`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(self.amount, self.unit, self.decimals, true))
    }
}

/// Half of the last printed digit, in fen; nothing once the fen itself is printed.
fn half_width(unit: Unit, decimals: u8) -> i64 {
    match unit.fen_decimals().checked_sub(decimals) {
        Some(0) | None => 0,
        Some(places) => 10i64.pow(u32::from(places)) / 2,
    }
}

/// Prints an amount in a unit with so many decimals, rounded half away from zero.
pub fn render(amount: Amount, unit: Unit, decimals: u8, separators: bool) -> String {
    let full = unit.fen_decimals();
    let magnitude = i128::from(amount.0).unsigned_abs();
    let scaled = if decimals >= full {
        magnitude * 10u128.pow(u32::from(decimals - full))
    } else {
        let divisor = 10u128.pow(u32::from(full - decimals));
        (magnitude + divisor / 2) / divisor
    };
    let base = 10u128.pow(u32::from(decimals));
    let (whole, fraction) = (scaled / base, scaled % base);
    let mut text = String::new();
    if amount.0 < 0 && scaled != 0 {
        text.push('-');
    }
    let digits = whole.to_string();
    for (i, digit) in digits.chars().enumerate() {
        if separators && i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push_str(&format!(".{fraction:0width$}", width = usize::from(decimals)));
    }
    text
}

/// Where a true amount lies: from `low` to `high`, in fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    low: i128,
    high: i128,
}

impl Interval {
    /// Exactly nothing: a blank cell, an absent row of a table that lists every row.
    pub const ZERO: Interval = Interval { low: 0, high: 0 };

    /// `half` fen to either side of an amount. A negative half-width counts as none.
    pub fn around(amount: Amount, half: i64) -> Interval {
        let (middle, half) = (i128::from(amount.0), i128::from(half.max(0)));
        Interval { low: middle - half, high: middle + half }
    }

    /// Twice the middle, in fen: an integer even where the middle is half a fen.
    fn doubled_middle(self) -> i128 {
        self.low + self.high
    }

    /// The printed amount that the interval was made around.
    pub fn middle(self) -> Amount {
        Amount(clamp(self.doubled_middle() / 2))
    }

    /// The width, in fen.
    pub fn width(self) -> i64 {
        clamp(self.high - self.low)
    }

    /// The lowest amount it allows.
    pub fn low(self) -> Amount {
        Amount(clamp(self.low))
    }

    /// The highest amount it allows.
    pub fn high(self) -> Amount {
        Amount(clamp(self.high))
    }

    /// True when the amount lies in it, ends included.
    pub fn contains(self, amount: Amount) -> bool {
        (self.low..=self.high).contains(&i128::from(amount.0))
    }

    /// How two statements of one amount stand to each other.
    pub fn agreement(self, other: Interval) -> Agreement {
        let difference = self.doubled_middle() - other.doubled_middle();
        if difference == 0 {
            return Agreement::Exact;
        }
        let by = Amount(clamp(difference / 2));
        let slack = (self.high - self.low) + (other.high - other.low);
        match difference.abs().cmp(&slack) {
            std::cmp::Ordering::Less => Agreement::WithinRounding(by),
            std::cmp::Ordering::Equal => Agreement::Touching(by),
            std::cmp::Ordering::Greater => Agreement::Off(by),
        }
    }

    /// True when the amount here is surely greater than there.
    pub fn exceeds(self, other: Interval) -> bool {
        self.low > other.high
    }
}

impl std::ops::Add for Interval {
    type Output = Interval;
    fn add(self, other: Interval) -> Interval {
        Interval { low: self.low + other.low, high: self.high + other.high }
    }
}

impl std::ops::Sub for Interval {
    type Output = Interval;
    fn sub(self, other: Interval) -> Interval {
        Interval { low: self.low - other.high, high: self.high - other.low }
    }
}

impl std::iter::Sum for Interval {
    fn sum<I: Iterator<Item = Interval>>(parts: I) -> Interval {
        parts.fold(Interval::ZERO, |sum, part| sum + part)
    }
}

fn clamp(value: i128) -> i64 {
    value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// The result of comparing two statements of one amount. Differences are left minus right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Agreement {
    /// The printed numbers are equal.
    Exact,
    /// They differ, but both can be true.
    WithinRounding(Amount),
    /// The intervals share one end only: true if a half was once rounded up and once down.
    Touching(Amount),
    /// They cannot both be true.
    Off(Amount),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wan(text_fen: i64, decimals: u8) -> Interval {
        Figure { amount: Amount(text_fen), unit: Unit::WanYuan, decimals }.interval(decimals)
    }

    #[test]
    fn a_printed_figure_is_an_interval() {
        let figure = Figure { amount: Amount(326_720_000), unit: Unit::WanYuan, decimals: 2 };
        let interval = figure.interval(2);
        assert_eq!((interval.low(), interval.high()), (Amount(326_715_000), Amount(326_725_000)));
        assert_eq!(figure.plain(), "326.72");
    }

    #[test]
    fn yuan_with_two_decimals_is_exact_and_integer_yuan_is_not() {
        let fen = Figure { amount: Amount(12_345), unit: Unit::Yuan, decimals: 2 };
        assert_eq!(fen.interval(2).width(), 0);
        let yuan = Figure { amount: Amount(12_300), unit: Unit::Yuan, decimals: 0 };
        assert_eq!(yuan.interval(0).width(), 100);
        assert_eq!(yuan.interval(2).width(), 0, "the column shows fen, so the cell is exact");
    }

    #[test]
    fn sums_of_rounded_parts_may_be_off_by_half_their_number() {
        // 2589.00 + 263.80 + 68.81 + 133.84 = 3055.45, printed 3055.44: allowed with four parts.
        let parts = [2_589_000_000, 263_800_000, 68_810_000, 133_840_000];
        let sum: Interval = parts.iter().map(|&p| wan(p, 2)).sum();
        assert_eq!(sum.agreement(wan(3_055_440_000, 2)), Agreement::WithinRounding(Amount(10_000)));
        assert_eq!(sum.agreement(wan(3_055_420_000, 2)), Agreement::Off(Amount(30_000)));
    }

    #[test]
    fn one_quantity_printed_twice_one_digit_apart_only_touches() {
        let left = wan(326_710_000, 2);
        assert_eq!(left.agreement(wan(326_720_000, 2)), Agreement::Touching(Amount(-10_000)));
        assert_eq!(left.agreement(left), Agreement::Exact);
    }

    #[test]
    fn renders_with_separators_and_rounds_half_away_from_zero() {
        assert_eq!(render(Amount(2_106_660_000), Unit::WanYuan, 2, true), "2,106.66");
        assert_eq!(render(Amount(-50), Unit::Yuan, 0, true), "-1");
        assert_eq!(render(Amount(-49), Unit::Yuan, 0, true), "0");
        assert_eq!(render(Amount(8_428_140_000), Unit::Yuan, 0, true), "84,281,400");
    }
}
