//! NT015: 文中的基本支出、人员经费、公用经费和列举的经济科目，与一般公共预算基本支出表（决算为财政拨款基本支出决算表）
//! 是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    matches!(table, "A06" | "B08")
}
