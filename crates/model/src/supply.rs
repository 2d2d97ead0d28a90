//! [`Supply`]: what a disclosure is written from. Whoever keeps the numbers answers; whoever writes asks.
//!
//! A writer knows a form and asks for what the form shows: the amount of a [`Key`], a figure of a register, the rows
//! of one, a person's words. It cannot see where an answer comes from, only what stands behind it.
//!
//! Absent on purpose: units and decimals of print, and any answer where nothing is known. “None” is not nothing:
//! a year that nobody kept has no amount, a register that nobody filled has no count.

use crate::amount::Amount;
use crate::code::{EconomicCode, FunctionalCode};
use crate::date::Date;
use crate::key::Key;

/// Who can be asked about one body's year.
pub trait Supply {
    /// The body as its seal names it.
    fn body(&self) -> &str;

    /// The amount of a key; none where neither its year is kept nor the very number known.
    fn amount(&self, key: &Key) -> Option<Amount>;

    /// What the amount of a key is made of.
    fn behind(&self, key: &Key) -> Vec<Backing>;

    /// The functional items (项) with money under a key, ascending.
    fn functions(&self, key: &Key) -> Vec<FunctionalCode>;

    /// The economic items (款) with money under a key, ascending.
    fn economics(&self, key: &Key) -> Vec<EconomicCode>;

    /// A figure by its name: a count, a sum, a rate; none where its register has no rows and nobody has said that
    /// there was nothing.
    fn figure(&self, name: &str) -> Option<Counted>;

    /// The rows of a list: a register, or one that is made of the books, such as the units of a department.
    fn rows(&self, list: &str) -> Vec<Record>;

    /// A person's words for a place.
    fn words(&self, place: &str) -> Option<String>;
}

/// A figure and what stands behind it.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted {
    /// The figure.
    pub value: Datum,
    /// What is counted, as it is printed after the number: 辆, 批次, 元.
    pub unit: String,
    /// The rows that it was counted from.
    pub behind: Vec<Backing>,
}

/// A piece of what a number is made of: a line of the ledger, a row of a register.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Backing {
    /// Which line or row, in a person's words.
    pub what: String,
    /// How much of the number it is; none for a row that is counted.
    pub amount: Option<Amount>,
    /// The entries of the journal that made it what it is, ascending.
    pub entries: Vec<u64>,
}

/// One value.
#[derive(Clone, PartialEq, Debug)]
pub enum Datum {
    /// Words.
    Words(String),
    /// Money.
    Money(Amount),
    /// A whole number.
    Count(u64),
    /// Another number, ready to be printed, without its unit: 83.33.
    Number(String),
    /// A day.
    Day(Date),
}

/// A row of a list: its values by the names of its fields, in the order of the fields. A field that is not filled
/// is not there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The values.
    pub values: Vec<(String, Datum)>,
    /// The row itself, as a piece of evidence.
    pub behind: Option<Backing>,
}

impl Record {
    /// The value of a field.
    pub fn get(&self, field: &str) -> Option<&Datum> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value)
    }
}
