//! OP001: 文中的机关运行经费与三公经费和机关运行经费预算表是同一个数。

use mingzhang_model::key::Key;
use mingzhang_model::set::Set;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    table == "B09" && key.units != Set::all()
}
