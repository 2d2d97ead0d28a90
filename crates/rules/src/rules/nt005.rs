//! NT005: 文中逐项写出的“类、款、项”金额与一般公共预算支出功能分类预算表的同一项级科目是同一个数。

use crate::named;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    named::hold("NT005", document, facts, |table, _| table == "B05")
}
