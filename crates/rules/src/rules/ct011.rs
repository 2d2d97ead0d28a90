//! CT011: what is compared with “last year” is compared with last year.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// The words right before a year that make it the base of a comparison.
const COMPARES: [&str; 5] = ["比", "较", "与", "同", "相比于"];

/// The words right after it that do the same.
const CHANGES: [&str; 14] = [
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
            let message =
                format!("“{}”与{named}年比，而本文是{year}年度的，通常应与{}年比", passage.around(&bytes), year - 1);
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("没有与上年的比较")
}
