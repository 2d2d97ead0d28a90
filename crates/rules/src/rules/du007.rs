//! DU007: a unit's document calls its tables and sections a unit's.

use super::Verdicts;
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Scope};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// Terms that hold 部门 wherever they stand.
const TERMS: [&str; 4] = ["部门预算支出经济分类", "部门预算经济分类", "部门经济分类", "主管部门"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let titled = text::passages(document).take(8).any(|passage| {
        let folded = words::fold(passage.text());
        folded.contains("单位预算") || folded.contains("单位决算")
    });
    if facts.disclosure.scope != Scope::Unit || !titled {
        return Outcome::NotApplicable("不是单位的公开文件".into());
    }
    let mut verdicts = Verdicts::of("DU007");
    for statement in &facts.statements {
        let title = TERMS.iter().fold(words::fold(&statement.title.text), |text, term| text.replace(term, ""));
        if !title.contains("部门") {
            verdicts.pass();
            continue;
        }
        let message = format!("单位的公开文件里，表题“{}”仍写“部门”，应为“单位”", statement.title.text.trim());
        let quote = Some(statement.title.text.clone());
        let location = Locator { place: statement.title.place, quote, ..Locator::default() };
        verdicts.fail(location, statement.code, message);
    }
    verdicts.outcome("没有识别到法定表格")
}
