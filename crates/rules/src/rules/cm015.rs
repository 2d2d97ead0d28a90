//! CM015: the explanation of a project says how much money the year gives it.

use super::Verdicts;
use crate::reading::projects::{BUDGET, projects};
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM015");
    let year = text::year(document, facts);
    for project in projects(document) {
        let Some(part) = &project.parts[BUDGET] else { continue };
        let inline = part.heading.text();
        let lines = || std::iter::once(inline).chain(part.lines.iter().map(|line| line.text()));
        let told = part.lines.first().unwrap_or(&part.heading);
        let text = told.text();
        // An amount has digits; 元 may stand in the head of a table that follows.
        let holds = lines().any(holds_amount);
        if let Some(year) = year.filter(|year| holds && !part.table && !lines().any(|line| speaks_of(line, *year))) {
            let message = format!("“年度预算安排”只写了总投资或其他年度的金额，没有写{year}年安排多少");
            verdicts.fail(told.locate(facts, 0..text.len()), text, message);
            continue;
        }
        if part.table || holds {
            verdicts.pass();
            continue;
        }
        let title = project.title.as_ref().map_or("", |title| title.text().trim());
        let title =
            ["项目经费情况说明", "经费情况说明"].iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title);
        let message = format!("项目“{title}”的年度预算安排没有写金额，应写明本年度安排多少万元");
        verdicts.fail(told.locate(facts, 0..text.len()), &format!("{title}{text}"), message);
    }
    verdicts.outcome("没有写年度预算安排的项目说明")
}

/// True for a line that tells, or may tell, the money of a year: one that names it or says 本年, and one with an amount
/// that is neither of another year nor of the whole project.
fn speaks_of(line: &str, year: u16) -> bool {
    const OWN: [&str; 5] = ["本年", "今年", "当年", "本次", "不再安排"];
    const WHOLE: [&str; 3] = ["总投资", "概算", "估算"];
    let names =
        |text: &str| text::years(text).any(|(named, _)| named == year) || OWN.iter().any(|own| text.contains(own));
    let of_whole = |sentence: &&str| WHOLE.iter().any(|whole| sentence.contains(whole));
    let sentences = line.split_inclusive(text::STOPS).filter(|sentence| !of_whole(sentence));
    let mut clauses = sentences.flat_map(|sentence| sentence.split(['，', '；', '：']));
    names(line) || clauses.any(|clause| holds_amount(clause) && text::years(clause).next().is_none())
}

/// 1720.00万元, 30万, 金额：30.
fn holds_amount(text: &str) -> bool {
    text.match_indices(['元', '万'])
        .any(|(at, _)| text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '万'))
        || text.contains("：") && text.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_money_of_the_year_is_told_apart() {
        assert!(speaks_of("2026年安排建设资金500.00万元。", 2026));
        assert!(speaks_of("安排资金500.00万元，分四季度支付。", 2026));
        assert!(speaks_of("项目自2023年起实施，根据可行性研究报告的批复，安排财政资金500.00万元。", 2026));
        assert!(speaks_of("已在上年安排，本年不再安排。", 2026));
        assert!(!speaks_of("可研批复总投资为8420.30万元，其中工程费7100.10万元。2025年安排建设资金3000万元。", 2026));
    }
}
