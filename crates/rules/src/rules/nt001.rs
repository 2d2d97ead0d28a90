//! NT001: 文中的“收入预算”与收支预算总表的收入总计是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Measure;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT001", document, facts, |table, key| {
        table == "B01" && key.measures == Set::only(Measure::Income) && key.funds == Set::all()
    })
}
