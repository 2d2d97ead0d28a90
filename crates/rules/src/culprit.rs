//! Finding the numbers to blame.
//!
//! One wrong number breaks several relations: a cell its row, its column, its twin in another table and
//! the sentence that repeats it; an amount of the text also the percentage beside it. Sought is the
//! smallest set of numbers whose change makes every broken relation hold: one by one, the number and the
//! value that mend most and spoil least. Where the numbers leave a choice, the value that a slip of the
//! hand would explain is preferred; where nothing decides, nobody is blamed.

use crate::laws::{Identity, Law, Verdict};
use crate::places::Place;
use crate::sayings::{Said, Saying};
use mingzhang_model::amount::{Amount, Interval};
use std::collections::BTreeSet;

/// What must hold between places.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Relation {
    /// Between the cells of tables.
    Table(Identity),
    /// Of numbers of the text with each other or with cells.
    Text(Saying),
}

impl Relation {
    pub(crate) fn places(&self) -> Vec<usize> {
        match self {
            Relation::Table(identity) => identity.facts().collect(),
            Relation::Text(saying) => saying.places(),
        }
    }

    pub(crate) fn judge(&self, strict: impl Fn(usize) -> Interval, loose: impl Fn(usize) -> Interval) -> Verdict {
        match self {
            Relation::Table(identity) => identity.judge(strict, loose),
            Relation::Text(saying) => saying.judge(strict),
        }
    }

    fn required(&self, place: usize, value: impl Fn(usize) -> Interval) -> Option<Amount> {
        match self {
            Relation::Table(identity) => identity.required(place, value).map(Interval::middle),
            Relation::Text(saying) => saying.required(place, value),
        }
    }

    /// True when the relation can say which of its numbers is wrong: a bound cannot, and of a percentage
    /// and its amounts it is the percentage that was computed.
    fn blames(&self, place: usize) -> bool {
        match self {
            Relation::Table(identity) => identity.law != Law::Within,
            Relation::Text(Saying { said: Said::Ratio { percent, .. }, .. }) => *percent == place,
            Relation::Text(_) => true,
        }
    }

    /// True for a list of the text with its total: any of its numbers could make it true.
    fn is_list(&self) -> bool {
        matches!(self, Relation::Text(Saying { said: Said::Sum { .. }, .. }))
    }

    fn is_ratio(&self) -> bool {
        matches!(self, Relation::Text(Saying { said: Said::Ratio { .. }, .. }))
    }
}

/// A number to blame.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Cause {
    /// Where it stands.
    pub(crate) place: usize,
    /// What it should be.
    pub(crate) value: Amount,
    /// The broken relations that this mends.
    pub(crate) mends: Vec<usize>,
}

/// The numbers to blame, and the broken relations that no single number explains.
pub(crate) fn causes(places: &[Place], relations: &[Relation], broken: &[usize]) -> (Vec<Cause>, Vec<usize>) {
    let mut search = Search::new(places, relations, broken);
    let mut causes = Vec::new();
    while let Some(cause) = search.best() {
        search.apply(&cause);
        causes.push(cause);
    }
    (causes, search.broken.into_iter().collect())
}

struct Search<'a> {
    places: &'a [Place],
    relations: &'a [Relation],
    /// The relations that each place stands in.
    standing: Vec<Vec<usize>>,
    /// The values as mended so far.
    strict: Vec<Interval>,
    loose: Vec<Interval>,
    broken: BTreeSet<usize>,
    mended: BTreeSet<usize>,
}

/// What a change of one number would do.
struct Try {
    mends: Vec<usize>,
    spoils: usize,
    likelihood: u8,
}

impl<'a> Search<'a> {
    fn new(places: &'a [Place], relations: &'a [Relation], broken: &[usize]) -> Search<'a> {
        let mut standing = vec![Vec::new(); places.len()];
        for (n, relation) in relations.iter().enumerate() {
            for place in relation.places() {
                standing[place].push(n);
            }
        }
        Search {
            places,
            relations,
            standing,
            strict: places.iter().map(|place| place.strict).collect(),
            loose: places.iter().map(|place| place.loose).collect(),
            broken: broken.iter().copied().collect(),
            mended: BTreeSet::new(),
        }
    }

    /// The change that mends most and spoils least; none when no change is worth it.
    fn best(&self) -> Option<Cause> {
        let suspects: BTreeSet<usize> = self.broken.iter().flat_map(|n| self.relations[*n].places()).collect();
        let mut best: Option<((i64, u8, usize), Cause)> = None;
        for place in suspects.into_iter().filter(|place| !self.mended.contains(place)) {
            for value in self.values(place) {
                let tried = self.attempt(place, value);
                let gain = tried.mends.len() as i64 - tried.spoils as i64;
                let rank = (gain, tried.likelihood, tried.mends.len());
                if gain > 0 && self.may_blame(place, &tried) && best.as_ref().is_none_or(|(old, _)| rank > *old) {
                    best = Some((rank, Cause { place, value, mends: tried.mends }));
                }
            }
        }
        best.map(|(_, cause)| cause).filter(|cause| self.is_decided(cause))
    }

    /// One percentage by itself never tells that an amount is wrong.
    fn may_blame(&self, place: usize, tried: &Try) -> bool {
        tried.mends.len() > 1 || tried.mends.iter().all(|n| !self.relations[*n].is_ratio() || self.blames(*n, place))
    }

    fn blames(&self, relation: usize, place: usize) -> bool {
        self.relations[relation].blames(place)
    }

    /// The values that the broken relations of a place ask of it.
    fn values(&self, place: usize) -> BTreeSet<Amount> {
        let broken = self.standing[place].iter().filter(|n| self.broken.contains(n));
        broken.filter_map(|n| self.relations[*n].required(place, |i| self.strict[i])).collect()
    }

    fn attempt(&self, place: usize, value: Amount) -> Try {
        let (strict, loose) = self.intervals(place, value);
        let (mut mends, mut spoils) = (Vec::new(), 0);
        for n in &self.standing[place] {
            let was_broken = self.broken.contains(n);
            let verdict = self.relations[*n].judge(
                |i| if i == place { strict } else { self.strict[i] },
                |i| if i == place { loose } else { self.loose[i] },
            );
            match (was_broken, verdict.holds()) {
                (true, true) => mends.push(*n),
                (false, false) => spoils += 1,
                _ => {}
            }
        }
        Try { mends, spoils, likelihood: likelihood(self.places[place].printed, value) }
    }

    fn intervals(&self, place: usize, value: Amount) -> (Interval, Interval) {
        let interval = Interval::around(value, self.places[place].precision() / 2);
        (if value.is_zero() { Interval::ZERO } else { interval }, interval)
    }

    fn apply(&mut self, cause: &Cause) {
        (self.strict[cause.place], self.loose[cause.place]) = self.intervals(cause.place, cause.value);
        for n in &cause.mends {
            self.broken.remove(n);
        }
        self.mended.insert(cause.place);
        let spoiled: Vec<usize> = self.standing[cause.place]
            .iter()
            .copied()
            .filter(|n| !self.relations[*n].judge(|i| self.strict[i], |i| self.loose[i]).holds())
            .collect();
        self.broken.extend(spoiled);
    }

    /// How many numbers of a relation a slip of the hand would explain.
    fn slips(&self, relation: usize) -> usize {
        let explains = |place: &usize| {
            let needed = self.relations[relation].required(*place, |i| self.strict[i]);
            needed.is_some_and(|value| self.is_slip(*place, value))
        };
        self.relations[relation].places().iter().filter(|place| explains(place)).count()
    }

    fn is_slip(&self, place: usize, value: Amount) -> bool {
        slip(self.places[place].printed, value).is_some()
    }

    /// A number may be blamed when its change mends more than one relation, or no other number of the one
    /// relation would do as well, or a slip of the hand speaks for it.
    fn is_decided(&self, cause: &Cause) -> bool {
        if cause.mends.len() > 1 {
            return true;
        }
        let only = cause.mends[0];
        if self.relations[only].is_list() {
            return self.slips(only) == 1 && self.is_slip(cause.place, cause.value);
        }
        if likelihood(self.places[cause.place].printed, cause.value) > 0 {
            return true;
        }
        if self.relations[only].is_ratio() {
            return self.blames(only, cause.place);
        }
        let own = self.attempt(cause.place, cause.value).spoils;
        self.blames(only, cause.place)
            && self.relations[only].places().into_iter().filter(|place| *place != cause.place).all(|place| {
                let rival = self.values(place).into_iter().map(|value| self.attempt(place, value));
                rival.filter(|tried| !tried.mends.is_empty()).all(|tried| tried.spoils > own)
            })
    }
}

/// A slip of the hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Slip {
    /// The point, or the unit: so many zeros too many or too few.
    Shift(u8),
    /// Two neighbouring digits in each other's place.
    Transposed,
    /// One digit is another.
    Digit,
    /// One digit is missing or too many.
    Length,
    /// Minus for plus.
    Sign,
}

/// How well a slip explains what is printed where `value` should stand: 2 for a slip of the hand, 1 for a
/// number left out or put where nothing belongs, 0 for anything else.
fn likelihood(found: Amount, value: Amount) -> u8 {
    match () {
        () if found == value => 0,
        () if found.is_zero() || value.is_zero() => 1,
        () if slip(found, value).is_some() => 2,
        () => 0,
    }
}

/// The slip that makes the one number of the other.
pub(crate) fn slip(found: Amount, value: Amount) -> Option<Slip> {
    if found.is_zero() || value.is_zero() || found == value {
        return None;
    }
    if found.0 == -value.0 {
        return Some(Slip::Sign);
    }
    let (a, b) = (found.0.unsigned_abs(), value.0.unsigned_abs());
    let (small, large) = (a.min(b), a.max(b));
    let zeros = (1..=4).find(|zeros| large == small.saturating_mul(10u64.pow(*zeros)));
    let (a, b) = (a.to_string(), b.to_string());
    match zeros {
        Some(zeros) => Some(Slip::Shift(zeros as u8)),
        None if is_transposition(&a, &b) => Some(Slip::Transposed),
        None if !is_one_digit(&a, &b) => None,
        None if a.len() == b.len() => Some(Slip::Digit),
        None => Some(Slip::Length),
    }
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

    #[test]
    fn slips_of_the_hand_are_known() {
        for (found, meant) in [(1243, 1234), (1334, 1234), (12340, 1234), (123, 1234), (12234, 1234), (-1234, 1234)] {
            assert_eq!(likelihood(Amount(found), Amount(meant)), 2, "{found} for {meant}");
        }
        assert_eq!(likelihood(Amount::ZERO, Amount(1234)), 1);
        assert_eq!(likelihood(Amount(9876), Amount(1234)), 0);
    }
}
