//! CD010: subsidies to enterprises and capital construction are no basic expenditure.

use super::{Verdicts, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;

/// The economic classes that basic expenditure normally does not have.
const PROJECTS: [(&str, &str); 4] = [
    ("309", "资本性支出（基本建设）"),
    ("311", "对企业补助（基本建设）"),
    ("312", "对企业补助"),
    ("313", "对社会保障基金补助"),
];

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD010");
    let mut told = Vec::new();
    for fact in &facts.facts {
        let statement = &facts.statements[fact.statement];
        let row = &statement.rows[fact.row];
        let Some(RowCode::Economic(code)) = row.code else { continue };
        if statement.concept != "general_public_basic_expenditure" || fact.printed.amount().is_zero() {
            continue;
        }
        let class = code.parent().unwrap_or(code).to_string();
        match PROJECTS.iter().find(|(own, _)| *own == class) {
            Some((_, name)) if !told.contains(&class) => {
                let message = format!("基本支出表里有{name}（{code}），这一类通常列项目支出，请核对");
                verdicts.fail(row_of(statement, row, &row.name), &class, message);
                told.push(class);
            }
            Some(_) => {}
            None => verdicts.pass(),
        }
    }
    verdicts.outcome("没有基本支出经济分类表")
}
