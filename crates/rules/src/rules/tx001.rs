//! TX001: no placeholder is left in the text.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// Words that stand for words to come.
const WORDS: [&str; 4] = ["某某", "待填写", "待补充", "待定稿"];

/// Words that an amount must follow.
const CHANGES: [&str; 4] = ["增加", "减少", "增长", "下降"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX001", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let mut places = text::places_of(text, &WORDS);
    places.extend(runs(text));
    places.extend(braces(text));
    places.extend(blanks(text));
    places.sort_by_key(|place| place.start);
    let told = |place: &Range<usize>| {
        format!("“{}”处的“{}”是没有填写的占位符，应填写实际内容", passage.around(place), text[place.clone()].trim())
    };
    text::first_of(&places, told, hits);
}

/// XX, ×××, ____: the same sign at least twice, and no part of a Latin word.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(['X', 'x', 'Ｘ', '×', '_', '＿']).map(|i| rest + i) {
        let sign = text[at..].chars().next().unwrap_or_default();
        let end = text[at..].find(|c| c != sign).map_or(text.len(), |i| at + i);
        let count = (end - at) / sign.len_utf8();
        let least = if matches!(sign, '_' | '＿') { 3 } else { 2 };
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'));
        let word = latin(text[..at].chars().next_back()) || latin(text[end..].chars().next());
        if count >= least && !word {
            found.push(at..end);
        }
        rest = end;
    }
    found
}

/// {单位名称}: a few Chinese characters in braces.
fn braces(text: &str) -> Vec<Range<usize>> {
    text.match_indices(['{', '｛'])
        .filter_map(|(at, open)| {
            let inner = at + open.len();
            let end = inner + text[inner..].find(['}', '｝'])?;
            let words = &text[inner..end];
            let short = words.chars().count() <= 20 && words.chars().any(|c| c > '\u{4e00}');
            short.then(|| at..end + text[end..].chars().next().map_or(0, char::len_utf8))
        })
        .collect()
}

/// 与上年相比减少  万元: the place of the number was left empty. Where the sentence prints no other
/// amount, the reader may have lost its digits.
fn blanks(text: &str) -> Vec<Range<usize>> {
    let printed = |at: usize| {
        let sentence = &text[text::sentence(text, at)];
        sentence.match_indices("万元").any(|(i, _)| sentence[..i].trim_end().ends_with(|c: char| c.is_ascii_digit()))
    };
    CHANGES
        .iter()
        .flat_map(|word| text.match_indices(word))
        .filter_map(|(at, word)| {
            let after = &text[at + word.len()..];
            let gap = after.len() - after.trim_start().len();
            let end = at + word.len() + gap + "万元".len();
            (gap > 0 && after[gap..].starts_with("万元") && printed(at)).then_some(at..end)
        })
        .collect()
}
