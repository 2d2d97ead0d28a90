//! What sentences say of numbers, as relations that must hold: the counterpart of the laws of tables.
//!
//! A sentence repeats an amount, states a difference, or a percentage. Each is a [`Saying`] between
//! places, so that cells and sentences are tried, and a wrong number sought, together.

mod gather;
mod shares;
mod telling;

pub(crate) use gather::{absent, gather, list};
pub(crate) use shares::{Shares, shares};
pub(crate) use telling::Teller;

use crate::laws::Verdict;
use crate::places::PER_CENT;
use mingzhang_model::amount::{Agreement, Amount, Interval};

/// A relation that a sentence states, and the rule that it belongs to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Saying {
    pub(crate) rule: &'static str,
    pub(crate) said: Said,
}

/// The relations that sentences state. Numbers are places.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Said {
    /// The number of the sentence is that of a cell, or of another sentence.
    Same {
        text: usize,
        other: usize,
        /// One unit of the last digit printed: cut off instead of rounded is no other number.
        digit: i64,
        /// The other number is not the wrong one, however many say as the first does: a unit that is
        /// left out is left out in every copy.
        spares_other: bool,
    },
    /// `more` is `less` and `difference`.
    Difference { more: usize, less: usize, difference: usize },
    /// `whole` is the sum of `parts`; not less than it, where only some of them are listed.
    Sum { whole: usize, parts: Terms, extent: Extent },
    /// `percent` of `whole` is `part`.
    Ratio { part: Terms, whole: Terms, percent: usize, what: What },
}

/// Whether a sentence lists all parts of a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Extent {
    /// All of them: the sentence says so.
    All,
    /// All of them, by what the numbers show: the sentence does not say so.
    Likely,
    /// Only some of them.
    Some,
}

/// What a percentage is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    /// 占比
    Share,
    /// 增减幅度
    Change,
    /// 预算完成率
    Completion,
}

/// Places that are added, and places that are taken away.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Terms {
    pub(crate) plus: Vec<usize>,
    pub(crate) minus: Vec<usize>,
}

impl Terms {
    pub(crate) fn one(place: usize) -> Terms {
        Terms { plus: vec![place], minus: Vec::new() }
    }

    fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.plus.iter().chain(&self.minus).copied()
    }

    fn value(&self, value: &impl Fn(usize) -> Interval) -> Interval {
        let sum = |places: &[usize]| -> Interval { places.iter().map(|place| value(*place)).sum() };
        sum(&self.plus) - sum(&self.minus)
    }

    /// How often a place counts, and the rest without it, in the middle.
    fn without(&self, place: usize, value: &impl Fn(usize) -> Interval) -> (i128, i128) {
        let count = |places: &[usize]| places.iter().filter(|p| **p == place).count() as i128;
        let times = count(&self.plus) - count(&self.minus);
        let at = |place: usize| i128::from(value(place).middle().0);
        let rest = |places: &[usize]| -> i128 { places.iter().filter(|p| **p != place).map(|p| at(*p)).sum() };
        (times, rest(&self.plus) - rest(&self.minus))
    }
}

impl Saying {
    /// True for a number that the relation holds to be right.
    pub(crate) fn spares(&self, place: usize) -> bool {
        matches!(self.said, Said::Same { other, spares_other: true, .. } if other == place)
    }

    /// True for a whole and its parts.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.said, Said::Sum { .. })
    }

    /// The places that it relates, each once.
    pub(crate) fn places(&self) -> Vec<usize> {
        match &self.said {
            Said::Same { text, other, .. } => vec![*text, *other],
            Said::Difference { more, less, difference } => vec![*more, *less, *difference],
            Said::Sum { whole, parts, .. } => [*whole].into_iter().chain(parts.places()).collect(),
            Said::Ratio { part, whole, percent, .. } => {
                let mut places: Vec<usize> = part.places().chain(whole.places()).chain([*percent]).collect();
                places.sort_unstable();
                places.dedup();
                places
            }
        }
    }

    /// The number that is written from the others.
    pub(crate) fn written_last(&self) -> usize {
        match &self.said {
            Said::Same { text, .. } => *text,
            Said::Difference { difference, .. } => *difference,
            Said::Sum { whole, .. } => *whole,
            Said::Ratio { percent, .. } => *percent,
        }
    }

    /// Tries it on the values given.
    pub(crate) fn judge(&self, value: impl Fn(usize) -> Interval) -> Verdict {
        match &self.said {
            Said::Same { text, other, digit, .. } => match value(*text).agreement(value(*other)) {
                Agreement::Exact => Verdict::Exact,
                Agreement::WithinRounding(_) => Verdict::Rounded,
                Agreement::Touching(by) => Verdict::Tail(by),
                Agreement::Off(by) if by.0.abs() < *digit => Verdict::Tail(by),
                Agreement::Off(by) => Verdict::Broken(by),
            },
            Said::Difference { more, less, difference } => {
                match (value(*more) - value(*less)).agreement(value(*difference)) {
                    Agreement::Exact => Verdict::Exact,
                    Agreement::WithinRounding(_) => Verdict::Rounded,
                    Agreement::Touching(by) | Agreement::Off(by) => Verdict::Broken(by),
                }
            }
            Said::Sum { whole, parts, extent } => {
                let (whole, sum) = (value(*whole), parts.value(&value));
                match whole.agreement(sum) {
                    Agreement::Exact => Verdict::Exact,
                    Agreement::WithinRounding(_) => Verdict::Rounded,
                    _ if *extent == Extent::Some && !sum.exceeds(whole) => Verdict::Rounded,
                    Agreement::Touching(by) | Agreement::Off(by) => Verdict::Broken(by),
                }
            }
            Said::Ratio { part, whole, percent, .. } => {
                ratio(part.value(&value), whole.value(&value), value(*percent)).unwrap_or(Verdict::Broken(Amount::ZERO))
            }
        }
    }

    /// What one of its places must hold for it to be true, the others being right.
    pub(crate) fn required(&self, place: usize, value: impl Fn(usize) -> Interval) -> Option<Interval> {
        match &self.said {
            Said::Same { text, other, .. } => Some(value(if place == *text { *other } else { *text })),
            Said::Difference { more, less, difference } => Some(match place {
                _ if place == *more => value(*less) + value(*difference),
                _ if place == *less => value(*more) - value(*difference),
                _ => value(*more) - value(*less),
            }),
            Said::Sum { extent: Extent::Some, .. } => None,
            Said::Sum { whole, parts, .. } if place == *whole => Some(parts.value(&value)),
            Said::Sum { whole, parts, .. } => {
                let rest = |places: &[usize]| places.iter().copied().filter(|other| *other != place).collect();
                let others = Terms { plus: rest(&parts.plus), minus: rest(&parts.minus) };
                let needed = value(*whole) - others.value(&value);
                Some(if parts.plus.contains(&place) { needed } else { Interval::ZERO - needed })
            }
            Said::Ratio { part, whole, percent, .. } => {
                if place == *percent {
                    let needed = exact(part.value(&value).middle(), whole.value(&value).middle());
                    return needed.map(|amount| Interval::around(amount, 0));
                }
                let stated = value(*percent);
                let at = |percent: Amount| solve(part, whole, percent, place, &value);
                let (one, other) = (at(stated.low())?, at(stated.high())?);
                let half = (one.0 - other.0).abs() / 2;
                Some(Interval::around(Amount(one.0.min(other.0) + half), half))
            }
        }
    }
}

/// The scale of a percentage: 100% is this.
const WHOLE: i128 = 100 * PER_CENT as i128;

/// How a percentage stands to the ratio of two amounts; none when the whole may be nothing.
pub(crate) fn ratio(part: Interval, whole: Interval, percent: Interval) -> Option<Verdict> {
    let ends = |interval: Interval| (i128::from(interval.low().0), i128::from(interval.high().0));
    let ((part_low, part_high), (whole_low, whole_high)) = (ends(part), ends(whole));
    if whole_low <= 0 || part_high < 0 {
        return None;
    }
    let (low, high) = ends(percent);
    let digit = high - low;
    // One digit more on either side is a tail: cut instead of rounded, or adjusted to make 100%.
    let within = |slack: i128| {
        part_low.max(0) * WHOLE <= (high + slack) * whole_high && part_high * WHOLE >= (low - slack) * whole_low
    };
    let by = || Amount(exact(part.middle(), whole.middle()).map_or(0, |truly| percent.middle().0 - truly.0));
    Some(match () {
        () if within(0) => Verdict::Rounded,
        () if within(digit) => Verdict::Tail(by()),
        () => Verdict::Broken(by()),
    })
}

/// The percentage that a part is of a whole.
fn exact(part: Amount, whole: Amount) -> Option<Amount> {
    let whole = i128::from(whole.0);
    let scaled = (whole > 0).then(|| (2 * i128::from(part.0) * WHOLE + whole) / (2 * whole))?;
    i64::try_from(scaled).ok().map(Amount)
}

/// The value of one amount that makes a percentage true: `part = percent × whole` is linear in it.
fn solve(
    part: &Terms,
    whole: &Terms,
    percent: Amount,
    place: usize,
    value: &impl Fn(usize) -> Interval,
) -> Option<Amount> {
    let percent = i128::from(percent.0);
    let ((in_part, part), (in_whole, whole)) = (part.without(place, value), whole.without(place, value));
    let factor = in_part * WHOLE - in_whole * percent;
    let needed = (factor != 0).then(|| (percent * whole - WHOLE * part) / factor)?;
    i64::try_from(needed).ok().filter(|needed| *needed >= 0).map(Amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 is 2106.66万元, 2 is 2940.05万元, 3 is a percentage.
    fn value(percent: i64) -> impl Fn(usize) -> Interval {
        move |place| match place {
            1 => Interval::around(Amount(2_106_660_000), 5_000),
            2 => Interval::around(Amount(2_940_050_000), 5_000),
            _ => Interval::around(Amount(percent * 10_000), 5_000),
        }
    }

    fn share() -> Saying {
        let said = Said::Ratio { part: Terms::one(1), whole: Terms::one(2), percent: 3, what: What::Share };
        Saying { rule: "NA005", said }
    }

    #[test]
    fn a_percentage_fits_where_some_true_amounts_give_it() {
        assert_eq!(share().judge(value(7_165)), Verdict::Rounded);
        assert!(matches!(share().judge(value(7_166)), Verdict::Tail(_)));
        assert!(matches!(share().judge(value(7_173)), Verdict::Broken(_)));
        let nothing = |place| if place == 2 { Interval::ZERO } else { value(7_165)(place) };
        assert!(matches!(share().judge(nothing), Verdict::Broken(_)));
    }

    #[test]
    fn what_is_required_makes_it_true() {
        for place in [1, 2, 3] {
            let needed = share().required(place, value(7_173)).unwrap();
            let mended = |p| if p == place { Interval::around(needed.middle(), 5_000) } else { value(7_173)(p) };
            assert!(share().judge(mended).holds(), "{place}: {needed:?}");
        }
    }

    #[test]
    fn a_rate_over_a_base_that_is_not_printed() {
        // 25.12 is 13.66 less than last year's 38.78: down 35.22%, not 36.16%.
        let value = |place: usize| match place {
            1 => Interval::around(Amount(25_120_000), 5_000),
            2 => Interval::around(Amount(13_660_000), 5_000),
            _ => Interval::around(Amount(36_160_000), 5_000),
        };
        let whole = Terms { plus: vec![1, 2], minus: vec![] };
        let said = Said::Ratio { part: Terms::one(2), whole, percent: 3, what: What::Change };
        let saying = Saying { rule: "NA003", said };
        assert!(matches!(saying.judge(value), Verdict::Broken(_)));
        let rate = saying.required(3, value).unwrap();
        assert_eq!(rate.middle().0 / 10_000, 3_522);
        let now = saying.required(1, value).unwrap();
        assert!(saying.judge(|p| if p == 1 { Interval::around(now.middle(), 5_000) } else { value(p) }).holds());
    }
}
