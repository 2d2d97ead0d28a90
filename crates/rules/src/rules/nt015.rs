//! NT015: 文中的基本支出、人员经费、公用经费与一般公共预算财政拨款基本支出决算表是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT015", document, facts, |table, _| table == "A06")
}
