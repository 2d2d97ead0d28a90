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
use crate::slip::{self, Slip};
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

    fn required(&self, place: usize, value: impl Fn(usize) -> Interval) -> Option<Interval> {
        match self {
            Relation::Table(identity) => identity.required(place, value),
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

    fn is_list(&self) -> bool {
        matches!(self, Relation::Text(saying) if saying.is_list())
    }

    fn spares(&self, place: usize) -> bool {
        matches!(self, Relation::Text(saying) if saying.spares(place))
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
                if gain > 0 && self.may_blame(place, value, &tried) && best.as_ref().is_none_or(|(old, _)| rank > *old)
                {
                    best = Some((rank, Cause { place, value, mends: tried.mends }));
                }
            }
        }
        best.map(|(_, cause)| cause).filter(|cause| self.is_decided(cause))
    }

    /// One percentage by itself never tells that an amount is wrong, unless the amount has the wrong unit.
    fn may_blame(&self, place: usize, value: Amount, tried: &Try) -> bool {
        let unit = || slip::between(self.places[place].printed, value) == Some(Slip::Shift(4));
        let mut mended = tried.mends.iter().map(|n| &self.relations[*n]);
        let spared = mended.clone().any(|relation| relation.spares(place));
        !spared
            && (tried.mends.len() > 1
                || mended.all(|relation| !relation.is_ratio() || relation.blames(place) || unit()))
    }

    /// The values that the broken relations of a place ask of it: the middle of what each allows, and of a
    /// number of the text every value from which a slip can have made it.
    fn values(&self, place: usize) -> BTreeSet<Amount> {
        let broken = self.standing[place].iter().filter(|n| self.broken.contains(n));
        let mut values = BTreeSet::new();
        for n in broken {
            let Some(asked) = self.relations[*n].required(place, |i| self.strict[i]) else { continue };
            values.insert(asked.middle());
            if let Relation::Text(_) = &self.relations[*n] {
                let own = &self.places[place];
                values.extend(slip::near(own.printed, own.digit).into_iter().filter(|v| asked.contains(*v)));
            }
        }
        values
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

    /// True when no other number of a list could be the slip: in a long list several may.
    fn is_only_slip(&self, relation: usize, culprit: usize) -> bool {
        let rivals = self.relations[relation].places().into_iter().filter(|place| *place != culprit);
        rivals.flat_map(|place| self.values(place).into_iter().map(move |value| (place, value))).all(
            |(place, value)| {
                let tried = self.attempt(place, value);
                tried.likelihood == 0 || tried.spoils > 0 || tried.mends.is_empty()
            },
        )
    }

    /// A number may be blamed when its change mends more than one relation, or no other number of the one
    /// relation would do as well, or a slip of the hand speaks for it.
    fn is_decided(&self, cause: &Cause) -> bool {
        let only = cause.mends[0];
        let printed = self.places[cause.place].printed;
        if self.relations[only].is_list() && cause.mends.len() == 1 {
            // A few last digits are as likely the sum of what was rounded.
            const FEW: i64 = 10;
            let little = (printed.0 - cause.value.0).abs() < FEW * self.places[cause.place].digit;
            let is_slip = slip::between(printed, cause.value).is_some();
            return !little && is_slip && self.is_only_slip(only, cause.place);
        }
        if cause.mends.len() > 1 || likelihood(printed, cause.value) > 0 {
            return true;
        }
        if self.relations[only].is_ratio() {
            // An amount came here only where its unit is wrong.
            return true;
        }
        let own = self.attempt(cause.place, cause.value).spoils;
        self.relations[only].blames(cause.place)
            && self.relations[only].places().into_iter().filter(|place| *place != cause.place).all(|place| {
                let rival = self.values(place).into_iter().map(|value| self.attempt(place, value));
                rival.filter(|tried| !tried.mends.is_empty()).all(|tried| tried.spoils > own)
            })
    }
}

/// How well a slip explains what is printed where `value` should stand: 2 for a slip of the hand, 1 for a
/// number left out or put where nothing belongs, 0 for anything else.
fn likelihood(found: Amount, value: Amount) -> u8 {
    match () {
        () if found == value => 0,
        () if found.is_zero() || value.is_zero() => 1,
        () if slip::between(found, value).is_some() => 2,
        () => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_likelier_than_nothing_and_nothing_than_anything() {
        assert_eq!(likelihood(Amount(1243), Amount(1234)), 2);
        assert_eq!(likelihood(Amount::ZERO, Amount(1234)), 1);
        assert_eq!(likelihood(Amount(9876), Amount(1234)), 0);
    }
}
