//! NT008: 文中的收入支出总计与收入支出决算总表的总计是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "A01"
}
