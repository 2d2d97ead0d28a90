//! NT005: 文中逐项写出的“类、款、项”金额与一般公共预算支出功能分类预算表的同一项级科目是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "B05"
}
