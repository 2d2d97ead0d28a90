//! NT009: 文中的本年收入合计和各来源收入与收入决算表的合计行是同一个数。

use mingzhang_model::key::Key;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, _: &Key) -> bool {
    table == "A02"
}
