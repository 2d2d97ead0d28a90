//! DW002: the word of a growth rate goes the way of the numbers, and is one word.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::dw001::word;
use crate::text::{Hit, passages, places_of, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

/// Two directions run into one word before a number.
const TORN: [&str; 12] = [
    "下提高",
    "下上升",
    "下增长",
    "下增加",
    "降增长",
    "减增长",
    "升下降",
    "提高下降",
    "增长下降",
    "下降增长",
    "上升下降",
    "下降上升",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW002");
    for claim in prose.claims() {
        let Claim::Change {
            current: Some(current),
            base: Some(base),
            difference: Some(_),
            rate: Some(rate),
            rate_direction: Some(said),
            ..
        } = claim
        else {
            continue;
        };
        let (Some(now), Some(then)) = (prose.interval(*current), prose.interval(*base)) else { continue };
        let truly = match () {
            () if now.exceeds(then) => Direction::Up,
            () if then.exceeds(now) => Direction::Down,
            () => continue,
        };
        if *said == truly {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "由 {} 到 {} 是{}，增减幅度 {} 前写的却是{}",
            prose.words(*base),
            prose.words(*current),
            word(truly),
            prose.words(*rate),
            word(*said)
        );
        prose.fail(&mut verdicts, Severity::Error, *rate, &[*current, *base], message);
    }
    for passage in passages(document) {
        for bytes in places_of(passage.text(), &TORN) {
            let behind = passage.text()[bytes.end..].trim_start_matches(['了', '为', '约', ' ']);
            let before = passage.text()[..bytes.start].chars().next_back();
            // 三岁以下提高3元 and 地下增长 are no torn words.
            let own = !passage.text()[bytes.clone()].starts_with('下')
                || before.is_none_or(|c| c.is_ascii_digit() || "，,；;、元年度数".contains(c));
            if own && behind.starts_with(|c: char| c.is_ascii_digit()) {
                let said = &passage.text()[bytes.clone()];
                let message = format!("“{said}”把两个方向写在一起，只应留一个：{}", passage.around(&bytes));
                report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
        }
    }
    verdicts.outcome("文中没有写明本年数、上年数和增减幅度")
}
