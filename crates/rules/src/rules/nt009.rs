//! NT009: 文中的本年收入合计和各来源收入与收入决算表的合计行是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT009", document, facts, |table, _| table == "A02")
}
