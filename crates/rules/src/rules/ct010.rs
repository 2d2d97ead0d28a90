//! CT010: no year still to come is spoken of as the document's own.

use super::Verdicts;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::ops::Range;

/// What is said of the document's own year only.
const OWN: [&str; 9] =
    ["部门预算", "单位预算", "部门决算", "收入预算", "支出预算", "收支", "财政拨款", "一般公共预算", "机关运行经费"];

/// What is rightly said of later years.
const PLANS: [&str; 8] = ["计划", "规划", "预计", "拟", "将", "目标", "滚动", "至"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let mut verdicts = Verdicts::of("CT010");
    for passage in text::passages(document) {
        for (named, digits) in text::years(passage.text()) {
            if named <= year {
                verdicts.pass();
            } else if let Some(bytes) = own(&passage, &digits) {
                let quote = passage.around(&bytes);
                let message = format!("“{quote}”写的是{named}年，晚于本文的{year}年度，请核对年份");
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
        }
    }
    verdicts.outcome("正文没有写年份")
}

/// The bytes of 2027年部门预算 where the sentence is about no plan.
fn own(passage: &Passage<'_>, digits: &Range<usize>) -> Option<Range<usize>> {
    let text = passage.text();
    let sentence = text::sentence(text, digits.start);
    let after = &text[digits.end..];
    let year = after.strip_prefix("年度").or_else(|| after.trim_start().strip_prefix('年'))?;
    let word = OWN.iter().find(|word| year.trim_start().starts_with(**word))?;
    let end = text.len() - year.trim_start().len() + word.len();
    let folded = words::fold(&text[sentence]);
    (!PLANS.iter().any(|plan| folded.contains(plan))).then_some(digits.start..end)
}
