//! CT007: income and expenditure are compared with the same number of last year: its budget or its
//! execution, not one with the other.

use super::Verdicts;
use crate::text::{Passage, passages};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CT007");
    let mut executed: Vec<(Passage<'_>, Range<usize>)> = Vec::new();
    let mut budgeted = 0;
    for passage in passages(document).filter(|passage| is_of_totals(passage.text())) {
        for (at, _) in passage.text().match_indices("年预算") {
            let Some(start) = comparison(&passage.text()[..at]) else { continue };
            let behind = &passage.text()[at + "年预算".len()..];
            if behind.starts_with("执行数") {
                executed.push((passage, start..at + "年预算执行数".len()));
            } else if ["增加", "减少", "持平", "数增加", "数减少"].iter().any(|word| behind.starts_with(word))
            {
                budgeted += 1;
            }
        }
    }
    if budgeted == 0 || executed.is_empty() {
        (0..budgeted + executed.len()).for_each(|_| verdicts.pass());
        return verdicts.outcome("收支总额没有与上年比较");
    }
    // The first place tells; the others are counted.
    let times = executed.len();
    if let Some((passage, bytes)) = executed.into_iter().next() {
        let here = if times > 1 { format!("等 {times} 处") } else { String::new() };
        let message =
            format!("收支总额在这里{here}与上年“预算执行数”比，另有 {budgeted} 处与上年“预算”比，比较的基数应当一致");
        verdicts.fail(passage.locate(facts, bytes.clone()), &passage.text()[bytes], message);
    }
    verdicts.outcome("收支总额没有与上年比较")
}

/// The sentences of the narrative that state the totals: 收入预算…, 支出预算….
fn is_of_totals(text: &str) -> bool {
    text.contains("收入预算") && text.contains("财政拨款收入")
        || text.contains("支出预算") && text.contains("财政拨款支出预算")
}

/// Where 比2024 begins, if the text ends in it.
fn comparison(before: &str) -> Option<usize> {
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let years = before.len() - digits.len() == 4;
    (years && digits.ends_with('比')).then(|| digits.len() - '比'.len_utf8())
}
