//! NT010: 文中的本年支出合计、基本支出、项目支出与支出决算表的合计行是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "A03"
}
