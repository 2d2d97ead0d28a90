//! SG001: 文中的“三公”经费合计与各分项与三公经费预算表是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("SG001", document, facts, |table, key| table == "B09" && key.units == Set::all())
}
