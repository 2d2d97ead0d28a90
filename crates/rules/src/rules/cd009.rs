//! CD009: running an office is basic expenditure; general administration of its tasks is a project.

use super::{Verdicts, row_of};
use crate::reading::money::{self, functional_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::key::Kind;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD009");
    let tables = facts.statements.iter().filter(|statement| statement.concept == "general_public_expenditure");
    for (statement, row) in tables.flat_map(|statement| statement.rows.iter().map(move |row| (statement, row))) {
        let Some(RowCode::Functional(code)) = row.code else { continue };
        let name = codes::functional(code).map_or("", |entry| entry.name);
        let for_projects = match name {
            "行政运行" | "事业运行" => false,
            "一般行政管理事务" => true,
            _ => continue,
        };
        let basic = money::amount(functional_of(facts, code, Some(Kind::Basic)));
        let project = money::amount(functional_of(facts, code, Some(Kind::Project)));
        let (odd, usual, printed) = match for_projects {
            true => (basic > project, "项目支出", "基本支出"),
            false => (project > basic, "基本支出", "项目支出"),
        };
        if !odd {
            verdicts.pass();
            continue;
        }
        let message = format!("请关注：{name}（{code}）通常是{usual}，这里以{printed}为主，请核对科目或支出性质");
        verdicts.fail(row_of(statement, row, &row.name), &code.to_string(), message);
    }
    verdicts.outcome("没有这几个科目")
}
