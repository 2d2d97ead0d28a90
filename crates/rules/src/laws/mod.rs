//! The four laws over facts, and the identities that they make of one document.
//!
//! Equal filters *agree*. A filter that is the disjoint union of others is their *sum*. A filter
//! inside another stays *within* it. What comes in and what goes out *flow* into each other. A filter
//! that lets nothing through holds *nothing*. An [`Identity`] is one such law between printed cells;
//! none is written by hand.
//!
//! Absent on purpose: the name of any form, office or place, and any tolerance.

mod cover;
mod generate;
mod space;

pub(crate) use generate::identities;
pub(crate) use space::Space;

use mingzhang_model::amount::{Agreement, Amount, Interval};
use mingzhang_model::fact::Fact;

/// The laws.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Law {
    /// One number printed twice.
    Agree,
    /// A whole and its parts.
    Sum,
    /// A part does not exceed its whole.
    Within,
    /// Opening and income are expenditure and closing.
    Flow,
    /// A cell that can hold nothing.
    Nothing,
}

/// The dimensions along which the parts of a sum differ from their whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Along {
    /// No dimension: not a sum.
    None,
    /// 类款项.
    Function,
    /// Economic codes, row by row.
    Economic,
    /// Columns or named rows of one dimension or several: kinds, funds, categories of 三公.
    Funds,
    /// Kinds of expenditure, with or without 人员 and 公用.
    Kinds,
    /// Categories of economic codes.
    Categories,
    /// Movements that come in.
    Incoming,
    /// Movements that go out.
    Outgoing,
    /// As the table is laid out: what stands beside or under a total, or a year beside the one before.
    Layout,
}

/// A law between printed cells: the sum of `left` equals, or does not exceed, the sum of `right`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Identity {
    pub(crate) law: Law,
    pub(crate) along: Along,
    /// The whole, the inner number, or what comes in: indices of facts.
    pub(crate) left: Vec<usize>,
    /// The parts, the outer number, or what goes out.
    pub(crate) right: Vec<usize>,
}

/// Whether an identity holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// To the last digit.
    Exact,
    /// Off by no more than rounding explains.
    Rounded,
    /// One number printed twice, one last digit apart.
    Tail(Amount),
    /// Only if cells that print zero hold amounts too small to show.
    Doubtful(Amount),
    /// It cannot be true. Left minus right.
    Broken(Amount),
}

impl Verdict {
    /// True unless the numbers cannot all be true.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::Rounded | Verdict::Tail(_))
    }

    /// True where nothing is said against any number: not even that it is one last digit apart.
    pub(crate) fn is_exact(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::Rounded)
    }
}

impl Identity {
    /// The facts on both sides.
    pub(crate) fn facts(&self) -> impl Iterator<Item = usize> + '_ {
        self.left.iter().chain(&self.right).copied()
    }

    /// Tries the identity on the facts as printed.
    pub(crate) fn verdict(&self, facts: &[Fact]) -> Verdict {
        self.judge(|i| facts[i].interval(), |i| facts[i].loosely())
    }

    /// Tries the identity with the intervals given: `strict` takes a printed zero for nothing,
    /// `loose` for less than half of the last digit.
    pub(crate) fn judge(&self, strict: impl Fn(usize) -> Interval, loose: impl Fn(usize) -> Interval) -> Verdict {
        let sum =
            |side: &[usize], value: &dyn Fn(usize) -> Interval| -> Interval { side.iter().map(|i| value(*i)).sum() };
        let (left, right) = (sum(&self.left, &strict), sum(&self.right, &strict));
        if self.law == Law::Within {
            let by = Amount(left.middle().0 - right.middle().0);
            return if left.exceeds(right) { Verdict::Broken(by) } else { Verdict::Exact };
        }
        match left.agreement(right) {
            Agreement::Exact => Verdict::Exact,
            Agreement::WithinRounding(_) => Verdict::Rounded,
            Agreement::Touching(by) if self.left.len() == 1 && self.right.len() == 1 => Verdict::Tail(by),
            Agreement::Touching(by) | Agreement::Off(by) => {
                match sum(&self.left, &loose).agreement(sum(&self.right, &loose)) {
                    Agreement::Exact | Agreement::WithinRounding(_) => Verdict::Doubtful(by),
                    Agreement::Touching(_) | Agreement::Off(_) => Verdict::Broken(by),
                }
            }
        }
    }

    /// What one of its cells must hold for the identity to be true, the other cells being right.
    /// None for a cell that stands on both sides, and for a bound, which fixes no value.
    pub(crate) fn required(&self, cell: usize, value: impl Fn(usize) -> Interval) -> Option<Interval> {
        if self.law == Law::Within {
            return None;
        }
        let others = |side: &[usize]| -> Interval { side.iter().filter(|i| **i != cell).map(|i| value(*i)).sum() };
        match (self.left.contains(&cell), self.right.contains(&cell)) {
            (true, false) => Some(others(&self.right) - others(&self.left)),
            (false, true) => Some(others(&self.left) - others(&self.right)),
            _ => None,
        }
    }
}
