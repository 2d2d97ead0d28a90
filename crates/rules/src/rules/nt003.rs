//! NT003: 文中的财政拨款支出预算和各类资金与财政拨款收支预算总表是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT003", document, facts, |table, _| table == "B04")
}
