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
    let mut places: Vec<Range<usize>> = Vec::new();
    for word in WORDS {
        let twice = |(at, _): (usize, &str)| text[at + word.len()..].starts_with(word).then(|| at..at + word.len() * 2);
        places.extend(text.match_indices(word).filter_map(twice));
    }
    for (pair, right) in SINGLE {
        let wrong = |at: usize| !right.iter().any(|phrase| text[at..].starts_with(phrase));
        places.extend(text.match_indices(pair).filter(|(at, _)| wrong(*at)).map(|(at, _)| at..at + pair.len()));
    }
    places.extend(long(text));
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let told =
        |place: &Range<usize>| format!("“{}”处“{}”重复，应删去一个", passage.around(place), &text[place.clone()]);
    text::first_of(&places, told, hits);
}

/// Runs of at least four Chinese characters that stand twice.
fn long(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for length in LONG..=LONG * 2 {
        let mut same = 0;
        for i in length..chars.len() {
            let equal = chars[i].1 == chars[i - length].1 && chars[i].1 >= '\u{4e00}' && chars[i].1 <= '\u{9fff}';
            same = if equal { same + 1 } else { 0 };
            if same == length {
                found.push(chars[i + 1 - 2 * length].0..chars[i].0 + chars[i].1.len_utf8());
                same = 0;
            }
        }
    }
    found
}
