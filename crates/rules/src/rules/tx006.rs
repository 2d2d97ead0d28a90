//! TX006: no word is written twice in a row.
//!
//! Chinese repeats many words on purpose (常常, 种种) and joins words that share a character
//! (监测预测预警, 纪委监委监督), so only words that are never doubled are looked for.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// Words of disclosures that no phrase puts twice in a row.
const WORDS: [&str; 24] = [
    "其中",
    "主要",
    "用于",
    "包括",
    "万元",
    "工作",
    "以及",
    "进行",
    "情况",
    "支出",
    "收入",
    "预算",
    "决算",
    "增加",
    "减少",
    "原因",
    "资金",
    "经费",
    "由于",
    "按照",
    "根据",
    "比上年",
    "年度",
    "因公",
];

/// Single characters, each with what makes the pair right: 的的确确, 促进和和谐, 参与与否.
const SINGLE: [(&str, &[&str]); 3] = [
    ("的的", &["的的确"]),
    ("是是", &["是是非", "是是否"]),
    ("和和", &["和和谐", "和和平", "和和睦", "和和解", "和和美"]),
];

/// The shortest run of characters whose repetition is no word play.
const LONG: usize = 4;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX006", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let mut places = doubled(text);
    for place in text::places_of(text, &SINGLE.map(|(pair, _)| pair)) {
        let right = SINGLE.iter().any(|(_, right)| right.iter().any(|phrase| text[place.start..].starts_with(phrase)));
        if !right {
            places.push(place);
        }
    }
    places.sort_by_key(|place| place.start);
    // Two words that are repeated are two slips.
    for bytes in places {
        let message = format!("“{}”处“{}”重复，应删去一个", passage.around(&bytes), &text[bytes.clone()]);
        hits.push(Hit { bytes, message });
    }
}

/// Words of the list that stand twice in a row, and any run of four to eight Chinese characters that does.
fn doubled(text: &str) -> Vec<Range<usize>> {
    const WIDTH: usize = '中'.len_utf8();
    let is_han = |word: &str| word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.char_indices() {
        let rest = &text.as_bytes()[at..];
        let twice = (2..=LONG * 2).map(|count| count * WIDTH).find(|length| {
            // The first bytes alone tell nearly all runs apart.
            rest.len() >= length * 2
                && rest[..WIDTH] == rest[*length..length + WIDTH]
                && rest[..*length] == rest[*length..length * 2]
                && text.is_char_boundary(at + length)
                && (WORDS.contains(&&text[at..at + length])
                    || *length >= LONG * WIDTH && is_han(&text[at..at + length]))
        });
        if let Some(length) = twice.filter(|_| found.last().is_none_or(|last| last.end <= at)) {
            found.push(at..at + length * 2);
        }
    }
    found
}
