//! CT011: what is compared with “last year” is compared with last year.

use super::Verdicts;
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;
use std::ops::Range;

/// The words right before a year that make it the base of a comparison.
const COMPARES: [&str; 5] = ["比", "较", "与", "同", "相比于"];

/// The words right after it that do the same.
const CHANGES: [&str; 16] = [
    "增加",
    "减少",
    "增长",
    "下降",
    "相比",
    "持平",
    "预算增加",
    "预算减少",
    "预算数",
    "年初预算",
    "预算执行数",
    "执行数",
    "决算数",
    "上升",
    "降低",
    "预算相比",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let mut verdicts = Verdicts::of("CT011");
    for passage in text::passages(document) {
        let text = passage.text();
        for (named, bytes) in text::bases(text, &COMPARES, &CHANGES) {
            if named + 1 >= year {
                verdicts.pass();
                continue;
            }
            let around = passage.around(&bytes);
            let message = format!("“{around}”与{named}年比，而本文是{year}年度的，通常应与{}年比", year - 1);
            // A sentence that prints last year's number and compares with another year's is at odds with itself.
            let sentence = &text[text::sentence(text, bytes.start)];
            let gives_base = text::years(sentence).any(|(other, _)| other + 1 == year);
            let compares = text::bases(sentence, &COMPARES, &CHANGES).any(|(other, _)| other + 1 == year);
            let severity = if gives_base && !compares { Severity::Warning } else { Severity::Note };
            verdicts.fail_as(severity, passage.locate(facts, bytes), &words::fold(&around), message);
        }
        for (named, bytes) in beside(text, year) {
            let around = passage.around(&bytes);
            let message = format!("“{around}”把{year}年与{named}年并列，通常应与上年即{}年并列", year - 1);
            verdicts.fail_as(Severity::Warning, passage.locate(facts, bytes), &words::fold(&around), message);
        }
    }
    verdicts.outcome("没有与上年的比较")
}

/// 2026年度预算20.10万元，2024年度预算15.70万元: the years whose amounts stand directly beside those of the document's
/// own year, and which are not the year before it.
fn beside(text: &str, year: u16) -> Vec<(u16, Range<usize>)> {
    let amount_at = |at: usize| {
        let behind = text[at..].trim_start().strip_prefix('年')?.trim_start_matches('度');
        let word = ["预算", "决算"].into_iter().find(|word| behind.starts_with(*word))?;
        let behind = behind[word.len()..].trim_start_matches(['数', '为']);
        let amount = behind.trim_start();
        let rest = amount.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        // 预算2023年: what follows is another year.
        let unit = rest.trim_start().strip_prefix(['万', '元'])?.trim_start_matches('元');
        (rest.len() < amount.len()).then(|| (word, text.len() - unit.len()))
    };
    let years: Vec<(u16, Range<usize>)> = text::years(text).collect();
    let stale = years.windows(2).filter_map(|pair| {
        let [(own, first), (named, second)] = pair else { return None };
        let ((word, end), (other, _)) = (amount_at(first.end)?, amount_at(second.end)?);
        let adjacent = matches!(text.get(end..second.start)?.trim(), "，" | "," | "、");
        // Where last year's amount stands in the sentence too, it is a series of years.
        let series = text::years(&text[text::sentence(text, first.start)]).any(|(year, _)| year + 1 == *own);
        (*own == year && named + 1 < year && adjacent && word == other && !series)
            .then_some((*named, first.start..second.end))
    });
    stale.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amount_beside_this_years_is_last_years() {
        let found = |text| beside(text, 2026).into_iter().map(|(year, _)| year).collect::<Vec<_>>();
        assert_eq!(found("行政运行2026年度预算1,420.10万元，2024年度预算1,405.70万元，主要用于人员。"), [2024]);
        assert_eq!(found("行政运行2026年度预算20.10万元，2025年度预算15.70万元。"), [0; 0]);
        assert_eq!(found("2026年预算100.00万元，2024年决算80.00万元，2025年预算90.00万元。"), [0; 0]);
        assert_eq!(found("2026年度预算20.10万元。2024年度预算安排了设备。"), [0; 0]);
        assert_eq!(found("2026年预算2024年预算2024年，2026年度预算2026、2024年度预算1万元"), [0; 0]);
    }
}
