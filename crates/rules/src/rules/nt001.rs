//! NT001: 文中的“收入预算”与收支预算总表的收入总计是同一个数。

use mingzhang_model::key::{Key, Measure};
use mingzhang_model::set::Set;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    matches!(table, "B01" | "B02") && key.measures == Set::only(Measure::Income) && key.funds == Set::all()
}
