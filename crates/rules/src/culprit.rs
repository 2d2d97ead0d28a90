//! Finding the cells to blame.
//!
//! One wrong cell breaks several identities: its row, its column, its twin in another table. Sought
//! is the smallest set of cells whose change makes every broken identity hold: one by one, the cell
//! and the value that mend most and spoil least. Where the numbers leave a choice, the value that a
//! slip of the hand would explain is preferred; where nothing decides, nobody is blamed.

use crate::laws::{Identity, Law};
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::fact::{Fact, Printed};
use std::collections::BTreeSet;

/// A cell to blame.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Cause {
    /// The cell.
    pub(crate) fact: usize,
    /// What it should hold.
    pub(crate) value: Amount,
    /// The broken identities that this mends.
    pub(crate) mends: Vec<usize>,
}

/// The cells to blame, and the broken identities that no single cell explains.
pub(crate) fn causes(facts: &[Fact], identities: &[Identity], broken: &[usize]) -> (Vec<Cause>, Vec<usize>) {
    let mut search = Search::new(facts, identities, broken);
    let mut causes = Vec::new();
    while let Some(cause) = search.best() {
        search.apply(&cause);
        causes.push(cause);
    }
    (causes, search.broken.into_iter().collect())
}

struct Search<'a> {
    facts: &'a [Fact],
    identities: &'a [Identity],
    /// The identities that each fact stands in.
    standing: Vec<Vec<usize>>,
    /// The values as mended so far.
    strict: Vec<Interval>,
    loose: Vec<Interval>,
    broken: BTreeSet<usize>,
    mended: BTreeSet<usize>,
}

/// What a change of one cell would do.
struct Try {
    mends: Vec<usize>,
    spoils: usize,
    likelihood: u8,
}

impl<'a> Search<'a> {
    fn new(facts: &'a [Fact], identities: &'a [Identity], broken: &[usize]) -> Search<'a> {
        let mut standing = vec![Vec::new(); facts.len()];
        for (n, identity) in identities.iter().enumerate() {
            for fact in identity.facts() {
                standing[fact].push(n);
            }
        }
        Search {
            facts,
            identities,
            standing,
            strict: facts.iter().map(Fact::interval).collect(),
            loose: facts.iter().map(Fact::loosely).collect(),
            broken: broken.iter().copied().collect(),
            mended: BTreeSet::new(),
        }
    }

    /// The change that mends most and spoils least; none when no change is worth it.
    fn best(&self) -> Option<Cause> {
        let suspects: BTreeSet<usize> = self.broken.iter().flat_map(|n| self.identities[*n].facts()).collect();
        let mut best: Option<((i64, u8, usize), Cause)> = None;
        for fact in suspects.into_iter().filter(|fact| !self.mended.contains(fact)) {
            for value in self.values(fact) {
                let tried = self.attempt(fact, value);
                let gain = tried.mends.len() as i64 - tried.spoils as i64;
                let rank = (gain, tried.likelihood, tried.mends.len());
                if gain > 0 && best.as_ref().is_none_or(|(old, _)| rank > *old) {
                    best = Some((rank, Cause { fact, value, mends: tried.mends }));
                }
            }
        }
        best.map(|(_, cause)| cause).filter(|cause| self.is_decided(cause))
    }

    /// The values that the broken identities of a cell ask of it.
    fn values(&self, fact: usize) -> BTreeSet<Amount> {
        let broken = self.standing[fact].iter().filter(|n| self.broken.contains(n));
        broken.filter_map(|n| self.identities[*n].required(fact, |i| self.strict[i])).map(Interval::middle).collect()
    }

    fn attempt(&self, fact: usize, value: Amount) -> Try {
        let (strict, loose) = self.intervals(fact, value);
        let (mut mends, mut spoils) = (Vec::new(), 0);
        for n in &self.standing[fact] {
            let was_broken = self.broken.contains(n);
            let verdict = self.identities[*n].judge(
                |i| if i == fact { strict } else { self.strict[i] },
                |i| if i == fact { loose } else { self.loose[i] },
            );
            match (was_broken, verdict.holds()) {
                (true, true) => mends.push(*n),
                (false, false) => spoils += 1,
                _ => {}
            }
        }
        Try { mends, spoils, likelihood: likelihood(self.facts[fact].printed, value) }
    }

    fn intervals(&self, fact: usize, value: Amount) -> (Interval, Interval) {
        let width = self.facts[fact].loosely().width().max(self.column_width(fact));
        let interval = Interval::around(value, width / 2);
        (if value.is_zero() { Interval::ZERO } else { interval }, interval)
    }

    /// The width of a figure of the fact's column: a blank cell has none of its own.
    fn column_width(&self, fact: usize) -> i64 {
        let fact = &self.facts[fact];
        let unit = fact.unit;
        let figure = mingzhang_model::amount::Figure { amount: Amount::ZERO, unit, decimals: fact.decimals };
        figure.interval(fact.decimals).width()
    }

    fn apply(&mut self, cause: &Cause) {
        (self.strict[cause.fact], self.loose[cause.fact]) = self.intervals(cause.fact, cause.value);
        for n in &cause.mends {
            self.broken.remove(n);
        }
        self.mended.insert(cause.fact);
        let spoiled: Vec<usize> = self.standing[cause.fact]
            .iter()
            .copied()
            .filter(|n| !self.identities[*n].judge(|i| self.strict[i], |i| self.loose[i]).holds())
            .collect();
        self.broken.extend(spoiled);
    }

    /// A cell may be blamed when its change mends more than one identity, or no other cell of the one
    /// identity would do as well, or a slip of the hand speaks for it.
    fn is_decided(&self, cause: &Cause) -> bool {
        if cause.mends.len() > 1 || likelihood(self.facts[cause.fact].printed, cause.value) > 0 {
            return true;
        }
        let identity = &self.identities[cause.mends[0]];
        let own = self.attempt(cause.fact, cause.value).spoils;
        identity.law != Law::Within
            && identity.facts().filter(|fact| *fact != cause.fact).all(|fact| {
                let rival = self.values(fact).into_iter().map(|value| self.attempt(fact, value));
                rival.filter(|tried| !tried.mends.is_empty()).all(|tried| tried.spoils > own)
            })
    }
}

/// How well a slip of the hand explains what is printed where `value` should stand: 2 for a slip of
/// one digit, 1 for a number left out or put where nothing belongs, 0 for anything else.
fn likelihood(printed: Printed, value: Amount) -> u8 {
    let found = printed.amount();
    if found == value {
        return 0;
    }
    if found.is_zero() || value.is_zero() {
        return 1;
    }
    let (a, b) = (found.0.unsigned_abs(), value.0.unsigned_abs());
    let (small, large) = (a.min(b), a.max(b));
    let shifted = large % small == 0 && matches!(large / small, 10 | 100 | 1_000 | 10_000);
    let (a, b) = (a.to_string(), b.to_string());
    let slip = shifted || is_transposition(&a, &b) || is_one_digit(&a, &b) || found.0 == -value.0;
    if slip { 2 } else { 0 }
}

/// Two neighbouring digits stand in each other's place.
fn is_transposition(a: &str, b: &str) -> bool {
    let differing: Vec<usize> =
        a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match differing.as_slice() {
        [i, j] => a.len() == b.len() && j - i == 1 && a[*i] == b[*j] && a[*j] == b[*i],
        _ => false,
    }
}

/// One digit differs, is missing or is too many. Trailing zeros come from the unit and do not count.
fn is_one_digit(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == long.len() {
        return short.bytes().zip(long.bytes()).filter(|(x, y)| x != y).count() == 1;
    }
    let (short, long) = (short.trim_end_matches('0').as_bytes(), long.trim_end_matches('0').as_bytes());
    short.len() + 1 == long.len() && (0..long.len()).any(|gap| [&long[..gap], &long[gap + 1..]].concat() == short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::amount::{Figure, Unit};

    fn printed(fen: i64) -> Printed {
        Printed::Figure(Figure { amount: Amount(fen), unit: Unit::Yuan, decimals: 2 })
    }

    #[test]
    fn slips_of_the_hand_are_known() {
        for (found, meant) in [(1243, 1234), (1334, 1234), (12340, 1234), (123, 1234), (12234, 1234), (-1234, 1234)] {
            assert_eq!(likelihood(printed(found), Amount(meant)), 2, "{found} for {meant}");
        }
        assert_eq!(likelihood(Printed::Blank, Amount(1234)), 1);
        assert_eq!(likelihood(printed(9876), Amount(1234)), 0);
    }
}
