//! OP001: 文中的机关运行经费与三公经费和机关运行经费预算表是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("OP001", document, facts, |table, key| table == "B09" && key.units != Set::all())
}
