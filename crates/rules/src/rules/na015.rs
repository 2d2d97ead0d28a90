//! NA015: N个 is followed by N names.

use super::Verdicts;
use crate::reading::lists::{Listed, listed};
use crate::text::{Hit, passages, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    each(document, facts, "NA015", |noun| !noun.ends_with("单位"))
}

/// Tries the lists whose noun a rule looks at: NT023 has those of units.
pub(crate) fn each(document: &Document, facts: &Facts, code: &'static str, is_own: fn(&str) -> bool) -> Outcome {
    let mut verdicts = Verdicts::of(code);
    for passage in passages(document) {
        for Listed { bytes, number, noun, fewest, most, open } in listed(document, &passage) {
            if !is_own(&noun) {
                continue;
            }
            // 下属15家单位 may be listed together with the office itself.
            let with_head = is_subordinate(passage.text(), &bytes) && number + 1 == fewest;
            let fits = (fewest..=most).contains(&number) || open && number >= fewest || with_head;
            if fits {
                verdicts.pass();
                continue;
            }
            let count = if fewest == most { fewest.to_string() } else { format!("{fewest} 至 {most}") };
            let message = format!("写的是 {number} 个{noun}，后面列出的是 {count} 个");
            report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("文中没有写明个数并逐一列出的名单")
}

/// True when units are counted that stand below the office.
fn is_subordinate(text: &str, counted: &Range<usize>) -> bool {
    const BELOW: [&str; 5] = ["二级", "所属", "下属", "直属", "下级"];
    let from = text[..counted.start].char_indices().rev().take(12).last().map_or(0, |(at, _)| at);
    BELOW.iter().any(|word| text[from..counted.end].contains(word))
}
