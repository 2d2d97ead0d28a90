//! TX004: where a reason is announced, one is given.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX004", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let places: Vec<Range<usize>> =
        text.match_indices("原因").filter_map(|(at, word)| empty(text, at, at + word.len())).collect();
    let told = |place: &Range<usize>| {
        format!("“{}”后面没有写出原因，应补写具体原因", passage.around(place).trim_end_matches(['。', '；', '，']))
    };
    text::first_of(&places, told, hits);
}

/// The bytes of 主要原因是。 where nothing stands between the words and the stop.
fn empty(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let mut rest = text[end..].trim_start();
    let announced = ["是由于", "是因为", "是：", "是:", "是", "为：", "为:", "：", ":", "系"];
    rest = announced.iter().find_map(|word| rest.strip_prefix(word))?.trim_start();
    let stop = rest.chars().next().filter(|c| matches!(c, '。' | '；' | ';' | '，'))?;
    let start = if text[..at].ends_with("主要") { at - "主要".len() } else { at };
    Some(start..text.len() - rest.len() + stop.len_utf8())
}
