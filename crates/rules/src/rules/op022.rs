//! OP022: a document that says it has no meeting or training costs shows none.

use super::{Verdicts, op021};
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("OP022");
    for passage in text::passages(document) {
        for (kind, code) in op021::KINDS {
            let Some(bytes) = denial(passage.text(), kind) else { continue };
            let Some(cell) = op021::cell(facts, code) else { continue };
            if cell.interval().low().0 <= 0 {
                verdicts.pass();
                continue;
            }
            let location = facts.locator(cell);
            let message = format!(
                "文中写“{}”，基本支出表里的{kind}却有 {}{}",
                passage.text()[bytes.clone()].trim(),
                location.quote.clone().unwrap_or_default(),
                cell.unit.word()
            );
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            if let Some(finding) = verdicts.last() {
                finding.related.push(Related { label: "基本支出表".into(), location });
            }
        }
    }
    verdicts.outcome("文中没有写无会议费、培训费，或者没有基本支出表")
}

/// 2024年本部门无会议费预算: the clause that denies a kind for this year and for all money.
fn denial(text: &str, kind: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 8] = ["上年", "去年", "结转", "除", "外", "项目", "新增", "政府性基金"];
    let words = ["无", "没有", "未安排", "不安排", "未开支"];
    let at = words.iter().find_map(|word| {
        let denied = |(at, _): (usize, &str)| text[..at].ends_with(word).then(|| at - word.len());
        text.match_indices(kind).find_map(denied)
    })?;
    let mark = ['。', '，', '；', ',', ';', '：'];
    let start = text[..at].rfind(mark).map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
    let end = text[at..].find(mark).map_or(text.len(), |i| at + i);
    let clause = &text[start..end];
    (!OTHERS.iter().any(|word| clause.contains(word))).then_some(start..end)
}
