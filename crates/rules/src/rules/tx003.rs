//! TX003: no instruction of the template is left in the text.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// What only an instruction to the writer says.
const PHRASES: [&str; 13] = [
    "仍保留该表格式",
    "仍保留此表格式",
    "作下述说明",
    "作如下说明：",
    "应有此说明",
    "作持平表述",
    "不涉及的不列",
    "不涉及的可不列",
    "，列明",
    "按以下格式依次说明",
    "请根据实际情况",
    "按实际情况填写",
    "请自行删除",
];

/// How a bracket begins that speaks to the writer.
const OPENINGS: [&str; 9] = ["当表格", "如持平", "若持平", "如无请", "若无请", "请填", "请按", "填写说明", "此处填"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX003", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let mut places = brackets(text);
    places.extend(text::places_of(text, &PHRASES));
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    // A phrase inside a bracket is the same instruction.
    places.dedup_by(|next, first| next.start < first.end);
    let told = |place: &Range<usize>| format!("“{}”是写给填表人的说明，公开前应删去", &text[place.clone()]);
    text::first_of(&places, told, hits);
}

/// （当表格数据为空时，应有此说明）
fn brackets(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 600;
    let instruction = |(at, open): (usize, &str)| {
        let inner = &text[at + open.len()..];
        let inner = &inner[..inner.floor_char_boundary(LONGEST.min(inner.len()))];
        let end = inner.find(['）', ')'])?;
        let words = inner[..end].trim_start();
        let speaks = OPENINGS.iter().any(|opening| words.starts_with(opening))
            || PHRASES.iter().any(|phrase| words.contains(phrase));
        let close = inner[end..].chars().next().map_or(0, char::len_utf8);
        speaks.then(|| at..at + open.len() + end + close)
    };
    text.match_indices(['（', '(']).filter_map(instruction).collect()
}
