//! TX034: in a list of classes of expenditure every name is printed in full.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;
use std::collections::BTreeSet;

const WORD: &str = "支出";

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let names: BTreeSet<&str> = codes::classes().filter_map(|name| name.strip_suffix(WORD)).collect();
    text::search("TX034", document, facts, |passage, hits| find(passage, &names, hits))
}

/// 社会保障和就业5.57万元 among amounts of other classes that have the word.
fn find(passage: &Passage<'_>, names: &BTreeSet<&str>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    if !text.contains(WORD) {
        return;
    }
    let figure = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    for name in names {
        for (at, _) in text.match_indices(name) {
            let rest = &text[at + name.len()..];
            let begins = text[..at].trim_end().ends_with(['，', '；', '、', '：', ':', ';', ',']);
            if !begins || !figure(rest) {
                continue;
            }
            let sentence = &text[text::sentence(text, at)];
            let full = |other: &&&str| {
                sentence
                    .match_indices(**other)
                    .any(|(i, _)| sentence[i + other.len()..].strip_prefix(WORD).is_some_and(figure))
            };
            let Some(other) = names.iter().find(full) else { continue };
            let end = at + name.len() + rest.find("元").map_or(0, |i| i + "元".len());
            let message = format!("“{}”漏了“支出”二字，同一句里“{other}支出”是写全的", &text[at..end]);
            hits.push(Hit { bytes: at..end, message });
        }
    }
}
