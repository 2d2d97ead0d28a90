//! NT004: 文中的财政拨款、事业、经营、其他收入与收支预算总表的各收入行是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Measure;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT004", document, facts, |table, key| {
        table == "B01" && key.measures == Set::only(Measure::Income) && key.funds != Set::all()
    })
}
