//! [`Books`]: what the entries so far add up to.
//!
//! Nothing here decides: an entry that is in the journal has happened. Every field can be built again
//! from the entries alone.

mod apply;
mod grown;
mod year;

pub(crate) use grown::Grown;

pub use year::{Account, Frozen, Held, Paid, Pile, Received, Status, Year};

use crate::entry::Known;
use crate::names::{Person, RegisterId, RequestId, RowId, UnitCode};
use crate::register::Row;
use crate::store::Hash;
use crate::unit::{Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::statistic::Statistic;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More levels than any department has: where going up ends, whatever the entries say.
const MOST_LEVELS: usize = 64;

/// The entries that one request became: the numbers of the first and the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Done {
    /// The first.
    pub first: u64,
    /// The last; one less than the first for a request without entries.
    pub last: u64,
}

/// What the entries so far add up to. A copy shares what is large until one of the two changes it.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// How many entries there are.
    pub(crate) count: u64,
    /// The hash of the last.
    pub(crate) hash: Hash,
    /// The units, closed ones included.
    pub(crate) units: BTreeMap<UnitCode, Unit>,
    /// Those that are closed.
    pub(crate) closed: BTreeSet<UnitCode>,
    /// Who may sign for what at which unit.
    pub(crate) roles: BTreeMap<(UnitCode, Person), BTreeSet<Role>>,
    /// The years of the units.
    pub(crate) years: BTreeMap<(UnitCode, u16), Arc<Year>>,
    /// The rows of the registers.
    pub(crate) registers: BTreeMap<(UnitCode, RegisterId), Arc<BTreeMap<RowId, Row>>>,
    /// Numbers of years that were not kept here.
    pub(crate) known: BTreeMap<Known, Amount>,
    /// Counts of such years.
    pub(crate) counts: BTreeMap<(UnitCode, u16, &'static str), i64>,
    /// The requests that were carried out.
    pub(crate) requests: Grown<RequestId, Done>,
}

impl Books {
    /// How many entries there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The hash of the last entry: two books with one hash have the same history.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// A unit.
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)
    }

    /// Every unit, in the order of the codes, closed ones left out.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values().filter(|unit| !self.closed.contains(&unit.code))
    }

    /// True when a unit is closed.
    pub fn is_closed(&self, code: &UnitCode) -> bool {
        self.closed.contains(code)
    }

    /// A unit and all that are or were below it, in the order of the codes.
    pub fn department(&self, code: &UnitCode) -> Vec<UnitCode> {
        let was = |unit: &UnitCode| self.years_of(unit).any(|(year, _)| self.is_within(unit, code, year));
        let is = |unit: &UnitCode| self.ancestors(unit).any(|above| above == code);
        self.units.keys().filter(|unit| is(unit) || was(unit)).cloned().collect()
    }

    /// A unit and all below it in a year: where a year was closed, where they stood then.
    pub fn department_in(&self, code: &UnitCode, year: u16) -> Vec<UnitCode> {
        self.units.keys().filter(|unit| self.is_within(unit, code, year)).cloned().collect()
    }

    fn is_within(&self, unit: &UnitCode, code: &UnitCode, year: u16) -> bool {
        let above = |unit: &&UnitCode| match self.year(unit, year).and_then(|kept| kept.place.as_ref()) {
            Some((_, parent)) => parent.as_ref(),
            None => self.units.get(*unit)?.parent.as_ref(),
        };
        // Places of different times may make a circle, which no present does.
        std::iter::successors(Some(unit), above).take(MOST_LEVELS).any(|above| above == code)
    }

    /// A unit, the one above it, and so on to the department's first.
    pub fn ancestors<'a>(&'a self, code: &'a UnitCode) -> impl Iterator<Item = &'a UnitCode> {
        std::iter::successors(Some(code), |unit| self.units.get(*unit)?.parent.as_ref()).take(MOST_LEVELS)
    }

    /// The year of a unit.
    pub fn year(&self, unit: &UnitCode, year: u16) -> Option<&Year> {
        self.years.get(&(unit.clone(), year)).map(Arc::as_ref)
    }

    /// The years that a unit keeps, the first first.
    pub fn years_of<'a>(&'a self, unit: &UnitCode) -> impl Iterator<Item = (u16, &'a Year)> {
        let span = (unit.clone(), u16::MIN)..=(unit.clone(), u16::MAX);
        self.years.range(span).map(|((_, year), kept)| (*year, kept.as_ref()))
    }

    /// The rows of a unit's register, in the order of their names.
    pub fn rows<'a>(&'a self, unit: &UnitCode, register: &RegisterId) -> impl Iterator<Item = (&'a RowId, &'a Row)> {
        self.registers.get(&(unit.clone(), register.clone())).into_iter().flat_map(|rows| rows.iter())
    }

    /// A row of a unit's register.
    pub fn row(&self, unit: &UnitCode, register: &RegisterId, row: &RowId) -> Option<&Row> {
        self.registers.get(&(unit.clone(), register.clone()))?.get(row)
    }

    /// True when a person may sign for a role at a unit: appointed there, or at a unit above it.
    pub fn may(&self, person: &Person, role: Role, unit: &UnitCode) -> bool {
        let held = |unit: &UnitCode| self.roles.get(&(unit.clone(), person.clone()));
        self.ancestors(unit).any(|unit| held(unit).is_some_and(|roles| roles.contains(&role)))
    }

    /// The roles that a person has at exactly this unit.
    pub fn roles(&self, person: &Person, unit: &UnitCode) -> Vec<Role> {
        self.roles.get(&(unit.clone(), person.clone())).into_iter().flatten().copied().collect()
    }

    /// Everyone with the roles that they have, unit by unit.
    pub fn appointments(&self) -> impl Iterator<Item = (&UnitCode, &Person, Vec<Role>)> {
        self.roles.iter().map(|((unit, person), roles)| (unit, person, roles.iter().copied().collect()))
    }

    /// The request's entries, if it was carried out.
    pub fn done(&self, request: &RequestId) -> Option<Done> {
        self.requests.get(request).copied()
    }

    /// A number of a year that was not kept here.
    pub fn known(&self) -> impl Iterator<Item = (&Known, Amount)> {
        self.known.iter().map(|(known, amount)| (known, *amount))
    }

    /// A count of a year that was not kept here.
    pub fn known_count(&self, unit: &UnitCode, year: u16, statistic: Statistic) -> Option<i64> {
        use mingzhang_model::set::Member;
        self.counts.get(&(unit.clone(), year, statistic.word())).copied()
    }
}
