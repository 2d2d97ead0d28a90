//! NT004: 文中的财政拨款、事业、经营、其他收入与收支预算总表的各收入行是同一个数。

use mingzhang_model::key::{Key, Measure};
use mingzhang_model::set::Set;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    table == "B01" && key.measures == Set::only(Measure::Income) && key.funds != Set::all()
}
