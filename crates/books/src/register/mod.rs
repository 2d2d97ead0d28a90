//! Placeholder while the registers are written beside.
use crate::entry::RowName;
use crate::names::{RowId, UnitCode};
use crate::state::Books;
use mingzhang_model::amount::Amount;
use mingzhang_model::code::EconomicCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
/// A value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Value {
    /// Words.
    Text(String),
    /// Money.
    Money(i64),
}
/// A row.
pub type Row = BTreeMap<String, Value>;
pub(crate) const PROJECTS: &str = "projects";
pub(crate) const PROCUREMENT: &str = "procurement";
pub(crate) struct Register;
impl Register {
    pub(crate) fn title(&self) -> &'static str {
        ""
    }
    pub(crate) fn id(&self) -> &'static str {
        ""
    }
}
pub(crate) fn paying(_: EconomicCode) -> &'static [Register] {
    &[]
}
pub(crate) fn register(_: &str) -> Option<&'static Register> {
    Some(&Register)
}
pub(crate) fn complaints(_: &Books, _: &UnitCode, _: &Register, _: &RowName, _: &Row) -> Vec<String> {
    Vec::new()
}
pub(crate) fn year_of(_: &str, _: &Row) -> Option<u16> {
    None
}
pub(crate) fn contract_amount(_: &Books, _: &UnitCode, _: &RowId) -> Option<Amount> {
    None
}
