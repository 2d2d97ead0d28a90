//! SG013: where money is spent on 三公, no sentence says that there is none.

use super::Verdicts;
use crate::reading::stated::Stated;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

/// The items by the names under which they are denied.
const NAMES: [(&str, Statistic); 8] = [
    ("“三公”经费", Statistic::ThreePublic),
    ("三公经费", Statistic::ThreePublic),
    ("“三公经费”", Statistic::ThreePublic),
    ("因公出国（境）费", Statistic::OverseasTrips),
    ("因公出国(境)费", Statistic::OverseasTrips),
    ("公务用车购置费", Statistic::VehiclePurchase),
    ("公务用车运行", Statistic::VehicleRunning),
    ("公务接待费", Statistic::Receptions),
];

/// What may stand between 无 and the name.
const BETWEEN: [&str; 9] = [
    "",
    "财政拨款",
    "财政拨款的",
    "财政拨款安排的",
    "一般公共预算",
    "一般公共预算财政拨款",
    "安排",
    "发生",
    "使用财政拨款的",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG013");
    for passage in text::passages(document) {
        // The note of an empty table: SG014.
        if passage.text().contains("空表") || passage.text().contains("无数据") {
            continue;
        }
        for (bytes, item) in denials(passage.text()) {
            let Some(money) = stated.money(item) else { continue };
            if !stated.is_positive(money) {
                verdicts.pass();
                continue;
            }
            let quote = passage.text()[bytes.clone()].trim();
            let message = format!("文中写“{quote}”，{}却是 {}，两处不能都对", item.term(), stated.words(money));
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            if let Some(finding) = verdicts.last() {
                finding.related.push(stated.related(item, money));
            }
        }
    }
    verdicts.outcome("文中没有写无“三公”经费")
}

/// Clauses that deny an item: 2024年度无“三公”经费财政拨款支出. A clause about another year, an exception, or
/// advice to those who have none is no denial.
fn denials(text: &str) -> Vec<(std::ops::Range<usize>, Statistic)> {
    const OTHERS: [&str; 12] =
        ["上年", "去年", "往年", "除", "外", "如", "若", "的部门", "的单位", "结转", "新增", "因"];
    let mut found = Vec::new();
    for (at, word) in text.match_indices(['无', '未']).chain(text.match_indices("没有")) {
        let behind = text[at + word.len()..].trim_start();
        let Some((item, name, rest)) = BETWEEN.iter().rev().find_map(|between| {
            let rest = behind.strip_prefix(between)?;
            NAMES.iter().find_map(|(name, item)| Some((*item, *name, rest.strip_prefix(name)?)))
        }) else {
            continue;
        };
        if word == "未" && !behind.starts_with("安排") && !behind.starts_with("发生") {
            continue;
        }
        let start = text[..at].rfind(['。', '，', '；', ',', ';', '：', '（', '(']).map_or(0, |i| next(text, i));
        let rest_at = text.len() - rest.len();
        let end = rest.find(['。', '，', '；', ',', ';', '）', ')']).map_or(text.len(), |i| rest_at + i);
        let (before, after) = (&text[start..at], &text[rest_at..end]);
        let years = text::years(before).count();
        // The names hold 因 themselves: only what stands around them is looked at.
        let other = OTHERS.iter().any(|word| before.contains(word) || after.contains(word));
        let ends = [
            "",
            "支出",
            "预算",
            "财政拨款支出",
            "预算支出",
            "支出预算",
            "经费",
            "用",
            "用支出",
            "维护费",
            "费",
            "费用",
        ];
        let closed = ends.contains(&after.trim().trim_end_matches(['。']))
            || after.contains("支出")
            || after.contains("预算")
            || after.contains("安排");
        if !other && closed && years <= 1 && !name.is_empty() {
            found.push((start..end, item));
        }
    }
    found.sort_by_key(|(bytes, _)| bytes.start);
    found
}

fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}
