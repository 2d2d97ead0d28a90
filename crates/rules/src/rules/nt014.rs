//! NT014: 文中逐项写出的支出决算与一般公共预算财政拨款支出决算表的同一项级科目是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Function;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT014", document, facts, |table, key| table == "A05" && key.function != Function::All)
}
