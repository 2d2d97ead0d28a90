//! How the nouns of the model stand in an entry: money as whole fen, days as 2024-03-05, codes as their
//! digits, members of a dimension as their word.
//!
//! The entry is what is hashed, so every value has one spelling.

use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::date::Date;
use mingzhang_model::set::Member;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Reads a string without copying it.
struct Words<T, F>(F, &'static str, PhantomData<T>);

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Words<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom(format!("“{text}” is not {}", self.1)))
    }
}

fn words<'de, T, D: Deserializer<'de>>(
    d: D,
    what: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    d.deserialize_str(Words(parse, what, PhantomData))
}

/// Money: whole fen.
pub(crate) mod amount {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(amount: &Amount, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_i64(amount.0)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Amount, D::Error> {
        i64::deserialize(d).map(Amount)
    }
}

/// A day: 2024-03-05.
pub(crate) mod date {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(date: &Date, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(date)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
        words(d, "a day", Date::parse)
    }
}

/// A functional code: its digits.
pub(crate) mod function {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(code: &FunctionalCode, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(code)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<FunctionalCode, D::Error> {
        words(d, "a functional code", FunctionalCode::parse)
    }
}

/// An economic code: its digits.
pub(crate) mod economic {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(code: &EconomicCode, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(code)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<EconomicCode, D::Error> {
        words(d, "an economic code", EconomicCode::parse)
    }
}

/// A member of a dimension: its word.
pub(crate) mod member {
    use super::*;

    pub(crate) fn serialize<M: Member, S: Serializer>(member: &M, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(member.word())
    }

    pub(crate) fn deserialize<'de, M: Member, D: Deserializer<'de>>(d: D) -> Result<M, D::Error> {
        words(d, "a word of this dimension", |text| M::ALL.iter().copied().find(|m| m.word() == text))
    }
}
