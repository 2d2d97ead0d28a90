//! NT012: 文中的一般公共预算财政拨款支出与一般公共预算财政拨款支出决算表的合计是同一个数。

use mingzhang_model::key::{Function, Key};

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    table == "A05" && key.function == Function::All
}
