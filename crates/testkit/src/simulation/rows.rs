//! The rows of registers that the simulation needs: a project that lines may name, a contract.

use mingzhang_books::register::{Row, Value};

/// A row of the register of projects.
pub(super) fn project(name: &str) -> Row {
    [("words".to_owned(), Value::Text(name.to_owned()))].into()
}

/// A row of the register of procurement: a contract of so many fen.
pub(super) fn contract(amount: i64) -> Row {
    [("amount".to_owned(), Value::Money(amount))].into()
}

/// What a contract is worth, in fen.
pub(super) fn contract_amount(row: &Row) -> Option<i64> {
    match row.get("amount") {
        Some(Value::Money(amount)) => Some(*amount),
        _ => None,
    }
}
