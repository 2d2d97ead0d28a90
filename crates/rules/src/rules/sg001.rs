//! SG001: 文中的“三公”经费合计与各分项与三公经费预算表是同一个数。

use mingzhang_model::key::Key;
use mingzhang_model::set::Set;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    matches!(table, "A07" | "B09") && key.units == Set::all()
}
