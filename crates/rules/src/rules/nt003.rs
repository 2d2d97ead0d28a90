//! NT003: 文中的财政拨款支出预算和各类资金与财政拨款收支预算总表是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "B04"
}
