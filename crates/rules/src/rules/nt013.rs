//! NT013: 文中按类列出的财政拨款支出与一般公共预算财政拨款支出决算表的同一类是同一个数。

use mingzhang_model::key::{Function, Key};

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    matches!(key.function, Function::Code(code) if table == "A05" && code.parent().is_none())
}
