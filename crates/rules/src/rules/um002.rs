//! UM002: an amount in running text has a unit. Only numbers that can be nothing but money are told:
//! with two decimals, behind the name of money, and at the end of their sentence or before
//! their share.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// What money is called right before its amount.
const NAMES: [&str; 18] = [
    "支出",
    "收入",
    "经费",
    "预算",
    "决算",
    "拨款",
    "资金",
    "结余",
    "结转",
    "接待费",
    "运行费",
    "维护费",
    "购置费",
    "公积金",
    "总计",
    "合计",
    "出国（境）费",
    "年金缴费",
];

/// What may stand between the name and the amount.
const LINKS: [char; 6] = ['为', '是', '共', '约', '：', ':'];

/// What else can have two decimals.
const OTHER: [&str; 8] = ["得分", "指数", "完成率", "执行率", "比率", "占比", "平方米", "系数"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("UM002", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    // The unit may stand once for the whole paragraph: 单位：万元.
    if text.contains("单位：") || text.contains("单位:") || !text.contains("元") {
        return;
    }
    let bare: Vec<Range<usize>> = numbers(text).into_iter().filter(|number| is_bare(text, number)).collect();
    for number in bare {
        let quote = passage.around(&number);
        let message = format!("金额“{}”后面缺少单位（“{quote}”），请核对后补上“万元”或“元”", &text[number.clone()]);
        let start = named_from(text, number.start);
        hits.push(Hit { bytes: start..number.end, message });
    }
}

/// Where the name before a number begins, so that the quote tells which amount it is.
fn named_from(text: &str, at: usize) -> usize {
    let before = text[..at].trim_end_matches(LINKS).trim_end();
    let name = NAMES.iter().filter(|name| before.ends_with(**name)).map(|name| name.len()).max().unwrap_or(0);
    before.len() - name
}

/// The numbers with exactly two decimals that stand alone.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|i| from + i) {
        let end = text[at..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').map_or(text.len(), |i| at + i);
        let number = text[at..end].trim_end_matches([',', '.']);
        if number.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 2) {
            found.push(at..at + number.len());
        }
        from = end;
    }
    found
}

fn is_bare(text: &str, number: &Range<usize>) -> bool {
    let behind = text[number.end..].trim_start();
    // 10.43，占41.48%: what has a share of the whole is an amount.
    let shared =
        behind.starts_with("，占") && behind["，占".len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let ends = behind.starts_with(['。', '；', ';']) || shared;
    let before = text[..number.start].trim_end().trim_end_matches(LINKS).trim_end();
    let named = NAMES.iter().any(|name| before.ends_with(name));
    let sentence = text::sentence(text, number.start);
    ends && named && !OTHER.iter().any(|word| text[sentence.clone()].contains(word))
}
