//! CD008: one unit runs as an office or as an institution: 行政运行 or 事业运行, hardly both.

use super::{Verdicts, row_of};
use crate::reading::money::{self, functional_of};
use crate::text::passages;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

/// How a document says that it is of one unit alone.
const ALONE: [&str; 6] = ["只有本级", "没有其他二级", "无下属", "没有下属", "无所属单位", "没有其他预算单位"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let unit_form = facts.disclosure.form.is_some_and(|form| form.ends_with("_unit"));
    if !unit_form && !passages(document).any(|passage| ALONE.iter().any(|word| passage.text().contains(word))) {
        return Outcome::NotApplicable("不是单个单位的公开文件".into());
    }
    let mut verdicts = Verdicts::of("CD008");
    let spends = |name: &str| {
        facts.statements.iter().find(|s| s.concept == "general_public_expenditure").and_then(|statement| {
            statement.rows.iter().find_map(|row| {
                let Some(RowCode::Functional(code)) = row.code else { return None };
                let named = codes::functional(code).is_some_and(|entry| entry.name == name);
                let money = !money::amount(functional_of(facts, code, None)).is_zero();
                (named && money).then(|| (row_of(statement, row, &row.name), code))
            })
        })
    };
    match (spends("行政运行"), spends("事业运行")) {
        (Some((location, office)), Some((_, institution))) => {
            let message = format!(
                "请关注：同一单位既有行政运行（{office}），又有事业运行（{institution}）；行政、参公单位用前者，事业单位用后者"
            );
            verdicts.fail(location, "kinds", message);
        }
        (None, None) => {}
        _ => verdicts.pass(),
    }
    verdicts.outcome("没有行政运行、事业运行支出")
}
