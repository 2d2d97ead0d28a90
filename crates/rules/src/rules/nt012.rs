//! NT012: 文中的一般公共预算财政拨款支出与一般公共预算财政拨款支出决算表的合计是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Function;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT012", document, facts, |table, key| table == "A05" && key.function == Function::All)
}
