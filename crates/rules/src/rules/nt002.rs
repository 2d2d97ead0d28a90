//! NT002: 文中的“支出预算”与收支预算总表的支出总计是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Measure;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT002", document, facts, |table, key| {
        table == "B01" && key.measures == Set::only(Measure::Expenditure)
    })
}
