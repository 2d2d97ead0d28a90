//! NT011: 文中的财政拨款收入支出总计与财政拨款收入支出决算总表的总计是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "A04"
}
