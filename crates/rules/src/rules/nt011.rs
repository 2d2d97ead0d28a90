//! NT011: 文中的财政拨款收入支出总计与财政拨款收入支出决算总表的总计是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT011", document, facts, |table, _| table == "A04")
}
