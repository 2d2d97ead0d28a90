//! PF001: a score lies within the full marks.

use super::Verdicts;
use crate::reading::performance::{Points, scores};
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF001");
    for passage in text::passages(document) {
        let text = passage.text();
        // Full marks of another number are told beside the score.
        let other_scale = text.contains("满分") && !text.contains("满分100") && !text.contains("满分为100");
        for score in scores(&passage).into_iter().filter(|_| !other_scale) {
            if score.points <= Points::FULL {
                verdicts.pass();
                continue;
            }
            let message =
                format!("得分写为 {}，超过了满分 100 分：{}", &text[score.bytes.clone()], passage.around(&score.bytes));
            text::report(&mut verdicts, facts, &passage, Hit { bytes: score.bytes, message });
        }
    }
    verdicts.outcome("文中没有绩效得分")
}
