//! DW011: a difference from last year says whether it is more or less.

use super::Verdicts;
use crate::prose::Prose;
use crate::text::{Hit, passages, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// What may stand between 比上年 and an amount without making it last year's own amount.
const OPENINGS: [&str; 8] =
    ["比上年", "较上年", "比去年", "较去年", "与上年相比", "与去年相比", "较上年度", "比上年度"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW011");
    let mentions = &facts.prose.mentions;
    for passage in passages(document) {
        for (i, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.span.block == passage.block) {
            let lead = words::fold(&mention.lead);
            let compares = OPENINGS.iter().any(|opening| lead.trim_end_matches(',').ends_with(opening));
            if !compares || matches!(mention.quantity, Quantity::Count { .. }) {
                continue;
            }
            let behind = words::fold(&passage.text()[mention.span.bytes.end..]);
            if continues(&behind) {
                verdicts.pass();
                continue;
            }
            let number = prose.words(i);
            let message = format!("与上年比较的 {number} 前面没有写增加还是减少");
            report(&mut verdicts, facts, &passage, Hit { bytes: mention.span.bytes.clone(), message });
        }
    }
    verdicts.outcome("文中没有与上年比较的增减额")
}

/// 比上年3万元增加1万元: the amount is last year's own, or the direction follows.
fn continues(behind: &str) -> bool {
    const FAR: usize = 12;
    let near: String = behind.chars().take(FAR).collect();
    let near = near.split('。').next().unwrap_or_default();
    ["增", "减", "升", "降", "提高", "持平", "多", "少", "相同", "一致", "相比"].iter().any(|word| near.contains(word))
}
