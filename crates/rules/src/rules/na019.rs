//! NA019: a rate has its per cent sign.

use super::Verdicts;
use crate::text::{Hit, passages, places_of, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

const WORDS: [&str; 10] = [
    "增长",
    "下降",
    "同比增加",
    "同比减少",
    "占比",
    "占总支出的",
    "占总收入的",
    "完成年初预算的",
    "完成全年预算的",
    "完成预算的",
];

/// Words that lead to a rate only directly behind the amount of the difference: 减少100万元，减少9.52.
const AFTER_AMOUNT: [&str; 4] = ["增加", "减少", "降低", "提高"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("NA019");
    for passage in passages(document) {
        let text = passage.text();
        let behind_amount = |word: &Range<usize>| text[..word.start].trim_end_matches(['，', ',', ' ']).ends_with('元');
        let after_amount = places_of(text, &AFTER_AMOUNT).into_iter().filter(behind_amount);
        // 占 alone leads to much else; beside shares that have their sign it leads to one more.
        let bare = places_of(text, &["占"]).into_iter().filter(|word| behind_amount(word) && is_list_of_shares(text));
        for word in places_of(text, &WORDS).into_iter().chain(after_amount).chain(bare) {
            let rest = text[word.end..].trim_start_matches(['了', '约', '为', ' ']);
            let start = text.len() - rest.len();
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let number = rest[..length].trim_end_matches('.');
            if number.is_empty() {
                continue;
            }
            let behind = rest[number.len()..].trim_start();
            // 增长10，000: the comma parts thousands.
            let mut marks = behind.chars();
            let closed = marks.next().is_some_and(|mark| "，。；;）)、".contains(mark));
            if !closed || marks.next().is_some_and(|c| c.is_ascii_digit()) {
                verdicts.pass();
                continue;
            }
            let bytes = word.start..start + number.len();
            let message = format!("“{}”后面没有单位，应写百分号或者金额单位", &text[bytes.clone()]);
            report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("文中没有增减幅度、占比和完成率")
}

/// True where 占 leads to a percentage elsewhere in the text.
fn is_list_of_shares(text: &str) -> bool {
    text.match_indices('占').any(|(at, word)| {
        let rest = text[at + word.len()..].trim_start();
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        number.len() < rest.len() && number.starts_with(['%', '％'])
    })
}
