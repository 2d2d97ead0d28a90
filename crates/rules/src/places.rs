//! [`Places`]: every printed number of a document, in a cell or in a sentence, in one row.
//!
//! A wrong number is sought among all of them at once: where a cell and two sentences say one thing and
//! another cell says another, it is the other cell that is wrong. The cells come first, so a cell has the
//! index of its fact; behind them come the numbers of the running text.

use crate::prose;
use mingzhang_model::amount::{Amount, Figure, Interval};
use mingzhang_model::fact::{Doubts, Fact, Facts};
use mingzhang_model::prose::{Percent, Quantity};

/// A printed number as the search for the wrong one sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// What it can be; a printed zero is nothing.
    pub(crate) strict: Interval,
    /// The same, but a zero printed in a cell may be an amount too small to show.
    pub(crate) loose: Interval,
    /// What was printed.
    pub(crate) printed: Amount,
    /// One unit of its last digit.
    pub(crate) digit: i64,
}

impl Place {
    /// The width of what a value printed here can be.
    pub(crate) fn precision(&self) -> i64 {
        self.loose.width().max(self.digit)
    }
}

/// Every printed number of a document.
pub(crate) struct Places {
    all: Vec<Place>,
    cells: usize,
    doubts: Doubts,
}

/// How many units of a [`Place`] make one per cent: percentages are held as whole numbers too.
pub(crate) const PER_CENT: i64 = 1_000_000;

/// The most decimals of a percentage that are held.
const MOST_DECIMALS: u8 = 5;

impl Places {
    pub(crate) fn of(facts: &Facts) -> Places {
        let mentions = (0..facts.prose.mentions.len()).map(|mention| of_mention(facts, mention));
        let all: Vec<Place> = facts.facts.iter().map(of_cell).chain(mentions).collect();
        Places { all, cells: facts.facts.len(), doubts: facts.doubts.clone() }
    }

    pub(crate) fn all(&self) -> &[Place] {
        &self.all
    }

    /// The place of a number of the running text.
    pub(crate) fn of_text(&self, mention: usize) -> usize {
        self.cells + mention
    }

    /// True for a number that may have been misread.
    pub(crate) fn is_doubtful(&self, place: usize) -> bool {
        match self.mention(place) {
            Some(mention) => self.doubts.mentions.contains(&mention),
            None => self.doubts.facts.contains(&place),
        }
    }

    /// The mention at a place; none for a cell.
    pub(crate) fn mention(&self, place: usize) -> Option<usize> {
        place.checked_sub(self.cells)
    }
}

fn of_cell(fact: &Fact) -> Place {
    // A blank cell is as precise as its column.
    let column = Figure { amount: Amount::ZERO, unit: fact.unit, decimals: fact.decimals };
    let digit = column.interval(fact.decimals).width();
    Place { strict: fact.interval(), loose: fact.loosely(), printed: fact.printed.amount(), digit }
}

fn of_mention(facts: &Facts, mention: usize) -> Place {
    let one =
        |interval: Interval, printed: Amount, digit: i64| Place { strict: interval, loose: interval, printed, digit };
    match facts.prose.mentions[mention].quantity {
        Quantity::Money { figure, .. } => {
            let interval = prose::interval(&facts.prose, mention).unwrap_or(Interval::ZERO);
            // 34万元 beside 6.25万元 is as precise as it.
            let digit = if figure.amount.is_zero() {
                Figure::last_digit(figure.unit, figure.decimals)
            } else {
                interval.width()
            };
            one(interval, figure.amount, digit)
        }
        Quantity::Percent(percent) => {
            let (amount, digit) = scaled(percent);
            one(Interval::around(amount, digit / 2), amount, digit)
        }
        Quantity::Count { number, .. } => {
            let amount = Amount(i64::try_from(number).unwrap_or(i64::MAX));
            one(Interval::around(amount, 0), amount, 1)
        }
    }
}

/// A percentage as a whole number, and one unit of its last digit.
fn scaled(percent: Percent) -> (Amount, i64) {
    let kept = percent.decimals.min(MOST_DECIMALS);
    let digit = PER_CENT / 10i64.pow(u32::from(kept));
    let digits = percent.digits / 10i64.pow(u32::from(percent.decimals - kept));
    (Amount(digits.saturating_mul(digit)), digit)
}

/// The percentage of that many decimals that a whole number stands for.
pub(crate) fn percent(amount: Amount, decimals: u8) -> Percent {
    let digit = PER_CENT / 10i64.pow(u32::from(decimals.min(MOST_DECIMALS)));
    Percent { digits: (2 * amount.0 + digit) / (2 * digit), decimals }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_whole_numbers_and_back() {
        let printed = Percent { digits: 7_165, decimals: 2 };
        let (amount, digit) = scaled(printed);
        assert_eq!((amount, digit), (Amount(71_650_000), 10_000));
        assert_eq!(percent(amount, 2), printed);
        assert_eq!(percent(Amount(71_654_999), 2), printed);
    }
}
