//! TX038: a sentence about amounts has all its parts: a share is a percentage, a change has a subject.

use crate::text::{self, Hit, Passage, is_han};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// Words that begin with 占 and take an amount: 占用, 占地.
const OTHER: &str = "用地比补有道全领据资";

const CHANGES: [&str; 4] = ["增加", "减少", "增长", "下降"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX038", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let told = |place: &Range<usize>| {
        format!("“{}”：“占”后面是金额而不是百分比，句子残缺，请核对是否抄错句式", passage.around(place))
    };
    text::first_of(&text.match_indices('占').filter_map(|(at, _)| share(text, at)).collect::<Vec<_>>(), told, hits);
    if let Some(bytes) = bare_change(text) {
        let message = format!("“{}”没有写明是什么比上年增减、增减多少，应补上主语和金额", &text[bytes.clone()]);
        hits.push(Hit { bytes, message });
    }
}

/// 占货物支出金额0万元
fn share(text: &str, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 14;
    let rest = &text[at + '占'.len_utf8()..];
    let whole: usize = rest.chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let words = &rest[..whole];
    let digits = rest[whole..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    let behind = &rest[whole + digits..];
    let ends = behind.strip_prefix("万元").is_some_and(|after| after.starts_with(['，', '。', '；']));
    let other = words.chars().next().is_none_or(|c| OTHER.contains(c));
    let length = words.chars().count();
    let amount = !words.contains("为") && words.ends_with(['额', '出', '入', '算', '计', '的']);
    (ends && digits > 0 && !other && amount && (2..=LONGEST).contains(&length))
        .then(|| at..at + '占'.len_utf8() + whole + digits + "万元".len())
}

/// A sentence that begins with a comparison and goes on with a rate, before any amount.
fn bare_change(text: &str) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    ["对比，", "相比，"].iter().flat_map(|word| text.match_indices(word)).find_map(|(at, word)| {
        let sentence = text::sentence(text, at);
        let before = text[sentence.start..at].trim_start();
        let start = at - before.len();
        let rest = &text[at + word.len()..];
        let change = CHANGES.iter().find_map(|change| rest.strip_prefix(change))?;
        let digits: usize = change.chars().take_while(|c| c.is_ascii_digit() || *c == '.').map(char::len_utf8).sum();
        let rate = digits > 0 && change[digits..].starts_with('%');
        // A paragraph before whose first sentence nothing stands may have its subject in the heading.
        let bare = !before.contains(|c: char| c.is_ascii_digit()) && before.chars().count() <= LONGEST;
        let amount = text[at..sentence.end].contains("万元");
        let end = text.len() - change.len() + digits + '%'.len_utf8();
        (rate && bare && !amount && sentence.start > 0).then_some(start..end)
    })
}
