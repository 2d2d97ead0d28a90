//! TX006: no word is written twice in a row.
//!
//! Chinese repeats many words on purpose (常常, 种种) and joins words that share a character
//! (监测预测预警, 纪委监委监督), so only words that are never doubled are looked for.

use crate::text::{self, Hit, Passage, is_han};
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
    for (bytes, message) in [again(text), counted_twice(text)].into_iter().flatten() {
        hits.push(Hit { bytes, message });
    }
    places.sort_by_key(|place| place.start);
    // Two words that are repeated are two slips.
    for bytes in places {
        let message = format!("“{}”处“{}”重复，应删去一个", passage.around(&bytes), &text[bytes.clone()]);
        hits.push(Hit { bytes, message });
    }
}

/// Verbs that begin what a clause says only once.
const VERBS: [&str; 16] = [
    "开展", "加强", "推进", "落实", "组织", "完善", "建立", "健全", "提高", "提升", "推动", "做好", "促进", "强化",
    "实施", "执行",
];

/// What joins two things that share their beginning.
const JOINTS: &str = "和与及或并、的为由对在向从以至等";

/// 开展风险防控工作开展风险排查防控工作: the clause was written anew before the old one was deleted.
fn again(text: &str) -> Option<(Range<usize>, String)> {
    const SHARED: usize = 5;
    const BETWEEN: usize = 6;
    for verb in VERBS {
        for (at, _) in text.match_indices(verb) {
            let clause: &str = text[at..].split(|c| !is_han(c)).next().unwrap_or_default();
            let shared: usize = clause.chars().take(SHARED).map(char::len_utf8).sum();
            let Some(second) = clause[shared..].find(&clause[..shared]).map(|i| shared + i) else { continue };
            let between = &clause[shared..second];
            let few = (1..=BETWEEN).contains(&between.chars().count()) && !between.contains(|c| JOINTS.contains(c));
            // The same verb in between makes a list.
            if few && clause.chars().count() > SHARED * 2 && shared == SHARED * '中'.len_utf8() {
                let bytes = at..at + clause.len();
                let same = clause.chars().zip(clause[second..].chars()).take_while(|(one, other)| one == other);
                let shared: usize = same.map(|(c, _)| c.len_utf8()).sum();
                let message = format!("“{clause}”里“{}”写了两遍，像是改写后没有删去前一句", &clause[..shared]);
                return Some((bytes, message));
            }
        }
    }
    None
}

/// 共接待来访人员共54批: one of the two is enough.
fn counted_twice(text: &str) -> Option<(Range<usize>, String)> {
    const LONGEST: usize = 20;
    text.match_indices('共').find_map(|(at, word)| {
        let joined = text[..at].ends_with(['公', '中', '总', '合', '一', '同']);
        let rest = &text[at + word.len()..];
        let second = rest.find('共')?;
        let between = &rest[..second];
        let count = rest[second + word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let apart = !between.ends_with(['公', '中', '总', '合', '一', '同']);
        let clause = !between.is_empty() && between.chars().all(is_han) && between.chars().count() <= LONGEST;
        let verb = !between.starts_with(['有', '计', '同', '享', '建', '产', '青', '和', '治', '富', '识', '性', '事']);
        let bytes = at..at + word.len() * 2 + second;
        (!joined && count && apart && clause && verb)
            .then(|| (bytes.clone(), format!("“{}”处“共”字重复，应删去一个", text::around(text, &bytes))))
    })
}

/// Words of the list that stand twice in a row, and any run of four to eight Chinese characters that does.
fn doubled(text: &str) -> Vec<Range<usize>> {
    const WIDTH: usize = '中'.len_utf8();
    let all_han = |word: &str| word.chars().all(is_han);
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
                    || *length >= LONG * WIDTH && all_han(&text[at..at + length]))
        });
        if let Some(length) = twice.filter(|_| found.last().is_none_or(|last| last.end <= at)) {
            found.push(at..at + length * 2);
        }
    }
    found
}
