//! Money on charts: 万元 with thousands separators, and the round numbers of an axis.

use mingzhang_model::amount::{Amount, Unit, render};

/// An amount in 万元 with two decimals: `1,037.00`.
pub(crate) fn exact(amount: Amount) -> String {
    render(amount, Unit::WanYuan, 2, true)
}

/// The same, shorter where an amount is large: `1,037`, `10.37`.
pub(crate) fn short(amount: Amount) -> String {
    const HUNDRED_WAN: u64 = 100_000_000;
    let decimals = if amount.0.unsigned_abs() >= HUNDRED_WAN || amount.is_zero() { 0 } else { 2 };
    render(amount, Unit::WanYuan, decimals, true)
}

/// A part of a whole in per cent with one decimal, halves up: `31.1%`. The parts are not bent to make 100%.
pub(crate) fn share(part: Amount, whole: i128) -> String {
    let thousandths = if whole > 0 { (i128::from(part.0) * 2_000 + whole).div_euclid(2 * whole) } else { 0 };
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// An axis of money from a round number at or below all amounts to one at or above them; nothing is on it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Axis {
    /// In fen, ascending.
    pub(crate) ticks: Vec<i128>,
    decimals: u8,
}

impl Axis {
    /// The axis of some amounts with at most about so many steps.
    pub(crate) fn of(amounts: impl Iterator<Item = Amount>, steps: i128) -> Axis {
        let (low, high) =
            amounts.fold((0, 0), |(low, high), amount| (i128::from(amount.0).min(low), i128::from(amount.0).max(high)));
        let step = step((high - low).max(1), steps.max(1));
        let (first, last) = (low.div_euclid(step), (high + step - 1).div_euclid(step).max(low.div_euclid(step) + 1));
        // One fen is six decimals of 万元; each ten times of it needs one fewer.
        let mut decimals = Unit::WanYuan.fen_decimals();
        let mut unit = 1;
        while decimals > 0 && step % (unit * 10) == 0 {
            (unit, decimals) = (unit * 10, decimals - 1);
        }
        Axis { ticks: (first..=last).map(|i| i * step).collect(), decimals }
    }

    /// Where an amount lies between the first tick, 0, and the last, 1.
    pub(crate) fn at(&self, amount: i128) -> f64 {
        let (first, last) = (self.ticks[0], self.ticks[self.ticks.len() - 1]);
        (amount - first) as f64 / (last - first) as f64
    }

    /// A tick in 万元, all of them with the same decimals.
    pub(crate) fn label(&self, tick: i128) -> String {
        let fen = i64::try_from(tick).unwrap_or(if tick < 0 { i64::MIN } else { i64::MAX });
        render(Amount(fen), Unit::WanYuan, self.decimals, true)
    }
}

/// The smallest of 1, 2 and 5 times a power of ten with which so many steps are enough.
fn step(range: i128, steps: i128) -> i128 {
    let mut power = 1;
    loop {
        for times in [1, 2, 5] {
            if power * times * steps >= range {
                return power * times;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(wan: &[i64]) -> Vec<String> {
        let axis = Axis::of(wan.iter().map(|wan| Amount(wan * 1_000_000)), 5);
        axis.ticks.iter().map(|tick| axis.label(*tick)).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_all_amounts() {
        assert_eq!(labels(&[1_037, 998]), ["0", "500", "1,000", "1,500"]);
        assert_eq!(labels(&[12_000]), ["0", "5,000", "10,000", "15,000"]);
        assert_eq!(labels(&[-3, 7]), ["-4", "-2", "0", "2", "4", "6", "8"]);
        assert_eq!(labels(&[-3]), ["-3", "-2", "-1", "0"]);
        assert_eq!(labels(&[0]).len(), 2);
        assert_eq!(labels(&[]).len(), 2);
    }

    #[test]
    fn small_and_very_large_amounts_have_an_axis() {
        let axis = Axis::of([Amount(2_500_000)].into_iter(), 5);
        assert_eq!(axis.ticks.iter().map(|tick| axis.label(*tick)).collect::<Vec<_>>()[1], "0.5");
        let axis = Axis::of([Amount(i64::MAX), Amount(i64::MIN)].into_iter(), 5);
        assert!(axis.ticks.len() < 9 && axis.at(0) > 0.0 && axis.at(0) < 1.0);
    }

    #[test]
    fn shares_are_rounded_once() {
        assert_eq!(
            (share(Amount(1), 3), share(Amount(2), 3), share(Amount(5), 5)),
            ("33.3%".into(), "66.7%".into(), "100.0%".into())
        );
        assert_eq!(share(Amount(1), 0), "0.0%");
    }
}
