//! CM015: the explanation of a project says how much money the year gives it.

use super::Verdicts;
use crate::reading::projects::{BUDGET, projects};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM015");
    for project in projects(document) {
        let Some(part) = &project.parts[BUDGET] else { continue };
        let inline = part.heading.text();
        let lines = || std::iter::once(inline).chain(part.lines.iter().map(|line| line.text()));
        // An amount has digits; 元 may stand in the head of a table that follows.
        if part.table || lines().any(holds_amount) {
            verdicts.pass();
            continue;
        }
        let told = part.lines.first().unwrap_or(&part.heading);
        let text = told.text();
        let title = project.title.as_ref().map_or("", |title| title.text().trim());
        let title =
            ["项目经费情况说明", "经费情况说明"].iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title);
        let message = format!("项目“{title}”的年度预算安排没有写金额，应写明本年度安排多少万元");
        verdicts.fail(told.locate(facts, 0..text.len()), &format!("{title}{text}"), message);
    }
    verdicts.outcome("没有写年度预算安排的项目说明")
}

/// 1720.00万元, 30万, 金额：30.
fn holds_amount(text: &str) -> bool {
    text.match_indices(['元', '万'])
        .any(|(at, _)| text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '万'))
        || text.contains("：") && text.trim_end().ends_with(|c: char| c.is_ascii_digit())
}
