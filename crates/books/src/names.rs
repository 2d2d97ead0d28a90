//! The names that people give to units, projects, payments and rows: short, visible, without trimmings.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The longest name, in characters.
pub const LONGEST: usize = 64;

/// Why some words are no name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAName {
    /// Nothing, or only spaces.
    Empty,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// It begins or ends with a space, or holds a line break or another control character.
    Unprintable,
}

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAName::Empty => f.write_str("编号不能为空"),
            NotAName::TooLong => write!(f, "编号超过 {LONGEST} 个字"),
            NotAName::Unprintable => f.write_str("编号首尾不能有空格，中间不能有换行等控制字符"),
        }
    }
}

fn checked(text: &str) -> Result<(), NotAName> {
    // Most names are a few visible ASCII characters.
    if (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    if text.trim().is_empty() {
        return Err(NotAName::Empty);
    }
    if text.chars().count() > LONGEST {
        return Err(NotAName::TooLong);
    }
    if text.trim() != text || text.chars().any(char::is_control) {
        return Err(NotAName::Unprintable);
    }
    Ok(())
}

/// Reads a name without copying it twice: there are some in every entry.
struct Words;

impl Visitor<'_> for Words {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Arc<str>, E> {
        checked(text).map(|()| text.into()).map_err(E::custom)
    }
}

/// Declares kinds of names. Each is its own type, so that a payment's name cannot stand for a unit's.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name that these words are.
            pub fn new(text: &str) -> Result<$name, NotAName> {
                checked(text).map(|()| $name(text.into()))
            }

            /// The words.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<$name, D::Error> {
                d.deserialize_str(Words).map($name)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// The code of a unit, such as 101001.
    UnitCode;
    /// The code of a project; its row in the register of projects has the same.
    ProjectCode;
    /// The number of a reservation: of the application that was approved before the money is spent.
    ReservationId;
    /// The number of a payment.
    PaymentId;
    /// The number of a receipt.
    ReceiptId;
    /// The number of an adjustment.
    AdjustmentId;
    /// A register, such as `receptions`.
    RegisterId;
    /// The number of a row in a register.
    RowId;
    /// A person who signs: an account, not a name to be published.
    Person;
    /// A request as its sender numbers it. Sent twice, it is carried out once.
    RequestId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_visible() {
        assert_eq!(UnitCode::new(" "), Err(NotAName::Empty));
        assert_eq!(UnitCode::new(&"一".repeat(65)), Err(NotAName::TooLong));
        assert_eq!(UnitCode::new("101\n"), Err(NotAName::Unprintable));
        assert_eq!(UnitCode::new("101001").unwrap().as_str(), "101001");
        assert!(serde_json::from_str::<UnitCode>("\" 1\"").is_err());
    }
}
