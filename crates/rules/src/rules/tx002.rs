//! TX002: of two opposite words that a template offers, one was chosen.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

const UP: [&str; 9] = ["增加", "增长", "提高", "上升", "大于", "高于", "多于", "超过", "上涨"];
const DOWN: [&str; 8] = ["减少", "下降", "降低", "小于", "低于", "少于", "节约", "下浮"];
const LEVEL: [&str; 3] = ["持平", "等于", "不变"];

/// What follows where both words together are the name of something: 增加（减少）额.
const NAMES: [char; 7] = ['额', '率', '数', '幅', '情', '变', '值'];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX002", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let places: Vec<Range<usize>> =
        text.match_indices(['（', '(', '/', '／']).filter_map(|(at, mark)| option(text, at, mark)).collect();
    let places = if places.is_empty() { run_on(text) } else { places };
    let told = |place: &Range<usize>| {
        format!("“{}”处的“{}”没有二选一，应按实际增减只留一个", passage.around(place), &text[place.clone()])
    };
    text::first_of(&places, told, hits);
}

/// The bytes of 增加（减少） or 增加/减少 whose bracket or slash stands at a byte.
fn option(text: &str, at: usize, mark: &str) -> Option<Range<usize>> {
    let before = text[..at].trim_end();
    let first = class(|word| before.ends_with(word))?;
    let after = &text[at + mark.len()..];
    let inner = after.trim_start();
    let second = class(|word| inner.starts_with(word))?;
    if first.0 == second.0 {
        return None;
    }
    let start = before.len() - first.1;
    let mut end = at + mark.len() + (after.len() - inner.len()) + second.1;
    if !matches!(mark, "/" | "／") {
        // 增加（减少的部分）: what the bracket holds must be the word alone, or a third one with it.
        let close = text[end..].find(['）', ')'])?;
        let rest = text[end..end + close].trim_start_matches(['/', '／', '、', '或', ' ']);
        if !rest.is_empty() && class(|word| rest == word).is_none() {
            return None;
        }
        end += close + text[end + close..].chars().next().map_or(0, char::len_utf8);
    }
    (!text[end..].starts_with(NAMES)).then_some(start..end)
}

/// Two opposite words, or what is left of one before the other, with nothing between them: 决算数大小于预算数, 减增加
/// 12.30万元, 增加持平.
fn run_on(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in ["大小于", "小大于"].iter().flat_map(|word| text.match_indices(word)) {
        found.push(at..at + word.len());
    }
    let changes = ["增加", "减少", "增长", "下降"];
    for (first, second) in changes.iter().flat_map(|first| changes.iter().map(move |second| (*first, *second))) {
        let stub = &first[..'增'.len_utf8()];
        if class(|word| word == first).map(|class| class.0) == class(|word| word == second).map(|class| class.0) {
            continue;
        }
        for at in text.match_indices(second).map(|(at, _)| at) {
            let before = &text[..at];
            let whole = before.ends_with(first);
            // 新增减少: the stub is the end of another word. An amount behind shows that a difference was meant.
            let alone = before.strip_suffix(stub).is_some_and(|rest| rest.ends_with(['年', '度', '比', '数', '算']));
            let behind = text[at + second.len()..].trim_start();
            if (whole || alone) && behind.starts_with(|c: char| c.is_ascii_digit()) {
                let start = at - if whole { first.len() } else { stub.len() };
                found.push(start..at + second.len());
            }
        }
    }
    for (at, level) in text.match_indices("持平") {
        if let Some(word) = changes.iter().find(|word| text[..at].ends_with(**word)) {
            found.push(at - word.len()..at + level.len());
        }
    }
    found.sort_by_key(|bytes| bytes.start);
    found
}

/// Which of the three classes the word is of that fits, and how many bytes it has.
fn class(fits: impl Fn(&str) -> bool) -> Option<(u8, usize)> {
    let classes = [(0, UP.as_slice()), (1, DOWN.as_slice()), (2, LEVEL.as_slice())];
    classes.into_iter().find_map(|(class, words)| words.iter().find(|word| fits(word)).map(|word| (class, word.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposite_words_that_run_on_are_an_option_left_open() {
        let found = |text: &'static str| run_on(text).into_iter().map(|bytes| &text[bytes]).collect::<Vec<_>>();
        assert_eq!(found("决算数大小于预算数的主要原因：调减。"), ["大小于"]);
        assert_eq!(found("比2024年度减增加12.30万元，增长98.40%"), ["减增加"]);
        assert_eq!(found("比上年增加减少5万元"), ["增加减少"]);
        assert_eq!(found("比2025年预算增加持平。"), ["增加持平"]);
        assert_eq!(found("新增减少5万元，与上年持平，人员增加。减少5万元"), [""; 0]);
    }
}
