//! TX032: a definition does not repeat the term that stands before its colon.

use crate::text::{self, ListNumber};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::habits(
        "TX032",
        document,
        facts,
        |passage| repeated(passage.text()),
        |passage, bytes| {
            format!("名词解释“{}”在冒号后又重复了被解释的词，应删去后一个", &passage.text()[bytes.clone()])
        },
    )
}

/// 机关运行经费：机关运行经费指为…
fn repeated(text: &str) -> Option<Range<usize>> {
    let start = ListNumber::of(text).map_or(0, |number| number.length);
    let body = &text[start..];
    let (term, rest) = body.split_once(['：', ':'])?;
    let key = |words: &str| mingzhang_standard::words::fold(words);
    let (term_key, length) = (key(term), term.trim().chars().count());
    // The definition may print the term without its quotation marks.
    let again = rest.char_indices().nth(length + 2).map_or(rest.len(), |(at, _)| at);
    let ends = rest[..again].char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.into_iter().find(|end| key(&rest[..*end]) == term_key)?;
    let explains = ["是指", "指", "是", "反映"].iter().find(|word| rest[end..].trim_start().starts_with(**word))?;
    let from = body.len() - rest.len();
    let long = (3..=20).contains(&length) && !term.contains(['，', '。']);
    let stop = from + end + rest[end..].find(explains)? + explains.len();
    long.then(|| start..start + stop)
}
