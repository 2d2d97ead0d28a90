//! NT010: 文中的本年支出合计、基本支出、项目支出与支出决算表的合计行是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT010", document, facts, |table, _| table == "A03")
}
