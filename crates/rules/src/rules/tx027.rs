//! TX027: no space stands inside a word or behind a comma.
//!
//! Only in text files: on a page the distance between characters is a matter of layout.

use crate::text::{self, is_han};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    if !document.format.keeps_paragraphs() {
        return Outcome::NotApplicable("版面上的字距不是空格".into());
    }
    text::habits(
        "TX027",
        document,
        facts,
        |passage| stray(passage.text()),
        |passage, bytes| format!("“{}”处多了空格，应删去", passage.around(bytes)),
    )
}

/// The first space of a sentence between two Chinese characters, or between a comma and what follows.
fn stray(text: &str) -> Option<Range<usize>> {
    // A line without a stop is a title, a name or a blank to be filled in.
    let number = text::ListNumber::of(text).map_or(0, |number| number.length);
    text.contains('。').then_some(())?;
    let mut rest = number;
    while let Some(at) = text[rest..].find([' ', '\u{3000}', '\u{a0}']).map(|i| rest + i) {
        let end = text.len() - text[at..].trim_start().len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next().unwrap_or(' ');
        let comma = matches!(before, Some('，' | '、' | '；')) && !after.is_whitespace();
        let word = before.is_some_and(is_han) && is_han(after) && is_one_word(text, at, end);
        if at > number && (comma || word) {
            let first: usize = text[..at].chars().rev().take(2).map(char::len_utf8).sum();
            let last: usize = text[end..].chars().take(4).map(char::len_utf8).sum();
            return Some(at - first..end + last);
        }
        rest = end.max(at + 1);
    }
    None
}

/// Two halves of a slogan or of a list may be set apart; a piece of fewer than three characters is no half.
fn is_one_word(text: &str, at: usize, end: usize) -> bool {
    const PIECE: usize = 3;
    let before = text[..at].chars().rev().take_while(|c| is_han(*c)).count();
    let after = text[end..].chars().take_while(|c| is_han(*c)).count();
    before < PIECE || after < PIECE || before + after > PIECE * 5
}
